"""How many messages a parser understands, exactly: the same edits and actions as a sensible person expects.

Two lists of edits are the same when the timelines they lead to are (ids included; music that is asked for is compared
by the brief the composer would get, not by its words). Where no edit can be made, or one of several is meant, the
parser or the edit must say so. `read` is given: (message, timeline, context, facts) -> Meaning.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from reelscore.catalogue import vocabulary
from reelscore.edit.amounts import length_of
from reelscore.edit.arguments import FORMS
from reelscore.edit.command import Command
from reelscore.edit.registry import command, commands
from reelscore.errors import EditError, ReelscoreError
from reelscore.values.command import Edited, Plain, Step
from reelscore.values.facts import Facts
from reelscore.values.message import Action, Asked, Context, Meaning
from reelscore.values.timeline import Item, Request, Segment, Timeline
from tests.messages.cases import Case, Earlier
from tests.messages.timelines import FACTS, TIMELINES

Read = Callable[[str, Timeline, Context, Facts], Meaning]
_LISTS = ("instruments", "with", "without")
_HARMLESS = ("greet", "thank", "help", "status", "cancel")
_FILLER = re.compile(
    r"\b(?:a|an|the|some|of|with|and|for|to|please|pls|music|track|song|tune|beats?|bgm|background|soundtrack|piece"
    r"|make|add|generate|compose|create|me|my|it|like|something|that|in|video|film)\b|音乐|配乐|背景|一段|一首|一个|的|来|点|加|生成|写|做|创作"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a case. `why`: what differs, "" when it is right."""

    case: Case
    why: str
    seconds: float = 0.0
    language: str = ""

    @property
    def right(self) -> bool:
        return not self.why


def judge(case: Case, read: Read) -> Verdict:
    """Read a case's message through `read` and compare."""
    timeline, context = situation(case, read)
    began = time.perf_counter()
    try:
        meaning = read(case.say, timeline, context, FACTS)
    except Exception as fault:  # a parser that fails is wrong, and the next case must still be read
        return Verdict(case, f"raised {type(fault).__name__}: {fault}"[:300], time.perf_counter() - began)
    took = time.perf_counter() - began
    return Verdict(case, differs(case, meaning, timeline), took, meaning.language)


def situation(case: Case, read: Read | None = None) -> tuple[Timeline, Context]:
    """The timeline a message is said to, and what the conversation remembers."""
    timeline = TIMELINES[case.on]()
    context = Context(language=case.language if case.before else "")
    for earlier in case.before:
        timeline, context = _after(earlier, timeline, context, read)
    uploaded = tuple(m.id for name in case.uploaded for m in timeline.media if m.name == name)
    return timeline, replace(context, uploaded=uploaded)


def _after(earlier: Earlier, timeline: Timeline, context: Context, read: Read | None) -> tuple[Timeline, Context]:
    done, _, edited = carried_out(timeline, earlier.do)
    touched = dict.fromkeys(
        change.subject.id
        for one in reversed(edited)
        for change in sorted(one.changes, key=lambda c: c.follows)
        if change.subject.kind == "segment" and not change.follows and done.find(change.subject.id)
    )
    question = None
    if earlier.question and read is not None:
        question = read(earlier.say, timeline, context, FACTS).question
    return done, Context(context.language, tuple(touched), earlier.do, question)


def carried_out(timeline: Timeline, steps: Iterable[Asked]) -> tuple[Timeline, list[EditError], list[Edited]]:
    """The timeline after the edits that can be made, and the refusals of the others."""
    refused: list[EditError] = []
    edited: list[Edited] = []
    for step in steps:
        if isinstance(step, Step):
            try:
                edited.append(command(step.command).apply(timeline, dict(step.args), FACTS))
                timeline = edited[-1].timeline
            except EditError as fault:
                refused.append(fault)
    return timeline, refused, edited


def differs(case: Case, meaning: Meaning, timeline: Timeline) -> str:
    """What is wrong with a meaning; "" when it is what the case expects, in one of its readings."""
    after, refused, _ = carried_out(timeline, meaning.steps)
    held = tuple(asked.name if isinstance(asked, Action) else asked.command for asked in meaning.withheld)
    if missing := set(case.withheld) - set(held):
        return f"not withheld: {sorted(missing)}"
    asks = meaning.question is not None or any(fault.candidates for fault in refused)
    misses = bool(meaning.missed) or bool(refused)
    if case.nothing:
        return _does_something(meaning, timeline, after)
    first = ""
    either = not case.do  # it may be asked, or refused, or one of the other readings be done
    for n, reading in enumerate(case.readings):
        if n and not reading:
            continue
        why = "" if either and n else _flags_differ((case.question, case.missed), asks, misses)
        why = why or _steps_differ(reading, meaning.steps, timeline, after)
        if not why:
            return ""
        first = first or why
    return first


def _does_something(meaning: Meaning, timeline: Timeline, after: Timeline) -> str:
    if after != timeline or {action.name for action in meaning.actions} - set(_HARMLESS):
        return f"does {_told(meaning.steps)}"
    answers = meaning.steps or meaning.missed or meaning.withheld or meaning.question
    return "" if answers else "has nothing to answer"


def _flags_differ(wanted: tuple[bool, bool], asks: bool, misses: bool) -> str:
    question, missed = wanted
    if question and missed:
        return "" if asks or misses else "neither asks nor says that it cannot be done"
    if question:
        return "" if asks else "does not ask"
    if missed:
        return "" if misses else "does not say that it cannot be done"
    return "asks" if asks and not misses else "could not do it" if misses else ""


def _steps_differ(wanted: tuple[Asked, ...], got: tuple[Asked, ...], timeline: Timeline, after: Timeline) -> str:
    actions = [step for step in wanted if isinstance(step, Action)]
    found = [step for step in got if isinstance(step, Action)]
    named = {action.name: action for action in actions}
    if [_plain_action(a) for a in actions] != [_plain_action(a, named.get(a.name)) for a in found]:
        return f"actions: {_told(found) or '-'} instead of {_told(actions) or '-'}"
    expected, _, _ = carried_out(timeline, wanted)
    edits = [step for step in wanted if isinstance(step, Step)]
    mine = [step for step in got if isinstance(step, Step)]
    if same_timeline(expected, after) and (bool(edits) == bool(mine)):
        return ""
    if edits and len(edits) == len(mine) and all(_same_args(a, b, timeline) for a, b in zip(edits, mine, strict=True)):
        return ""
    return f"edits: {_told(mine) or '-'} instead of {_told(edits) or '-'}"


def _told(steps: Iterable[Asked]) -> str:
    return "; ".join(
        f"{step.name if isinstance(step, Action) else step.command}({', '.join(f'{k}={v!r}' for k, v in step.args)})"
        for step in steps
    )


def same_timeline(a: Timeline, b: Timeline) -> bool:
    """Equal, ids included; music that is asked for by what the composer would be told."""
    if a == b:
        return True
    if len(a.requests) != len(b.requests):
        return False
    if not all(same_request(one, two) for one, two in zip(a.requests, b.requests, strict=True)):
        return False
    return _without_words(a) == _without_words(b)


def _without_words(timeline: Timeline) -> Timeline:
    """The timeline, where what waits for music has no name yet."""
    waiting = {request.segment for request in timeline.requests}
    tracks = tuple(
        replace(
            track, items=tuple(_nameless(item) if getattr(item, "id", "") in waiting else item for item in track.items)
        )
        for track in timeline.tracks
    )
    return replace(timeline, tracks=tracks, requests=())


def _nameless(item: Item) -> Item:
    return replace(item, name="") if isinstance(item, Segment) else item


def same_request(a: Request, b: Request) -> bool:
    """The same bars of the same segment, and the same wishes, typed or in words."""
    plain = [replace(request, words="", wishes=(), section=request.section.lower()) for request in (a, b)]
    if plain[0] != plain[1]:
        return False
    return (_wishes(a) == _wishes(b) and _words(a.words) == _words(b.words)) or _told_composer(a) == _told_composer(b)


def _wishes(request: Request) -> dict[str, object]:
    return {name: _listed(value) if name in _LISTS else _norm(value) for name, value in request.wishes}


def _listed(value: str) -> tuple[str, ...]:
    return tuple(sorted(_norm(item) for item in re.split(r"[,，、]|\band\b|和", value) if item.strip()))


def _norm(words: str) -> str:
    return re.sub(r"[\s_]+", " ", unicodedata.normalize("NFKC", words).lower()).strip(" .,!?，。！")


def _words(words: str) -> frozenset[str]:
    """The words that carry a wish."""
    return frozenset(re.findall(r"[a-z#0-9]+|[\u4e00-\u9fff]", _FILLER.sub(" ", _norm(words))))


@cache
def _brief(words: str, wishes: tuple[tuple[str, str], ...]) -> tuple[object, ...] | str:
    """What the composer would be told, or the refusal."""
    from reelscore.brief.make import make_brief
    from reelscore.fulfil import _wishes as typed

    try:
        brief = make_brief(words, replace(typed(dict(wishes)), duration=Fraction(30)), vocabulary())
    except ReelscoreError as fault:
        return str(fault)
    told = ("genre", "moods", "bpm", "tempo", "meter", "key", "band", "instruments", "exclusions", "form", "energy")
    return tuple((name, repr(getattr(brief, name))) for name in told if hasattr(brief, name))


def _told_composer(request: Request) -> object:
    """For new music its brief; for changes all that is wished, each wish by itself."""
    if request.kind == "generate":
        return _brief(request.words, request.wishes)
    directions = tuple(sorted((n, v) for n, v in request.wishes if n not in ("genre", "mood", "bpm", "key", *_LISTS)))
    rest = tuple((n, v) for n, v in request.wishes if n in ("genre", "mood", "bpm", "key", *_LISTS))
    return directions, _brief(request.words, rest)


def _same_args(a: Step, b: Step, timeline: Timeline) -> bool:
    """The same command, and arguments that read the same."""
    if a.command != b.command:
        return False
    held = command(a.command)
    return _args_read(held, a, timeline) == _args_read(held, b, timeline)


def _args_read(held: Command, step: Step, timeline: Timeline) -> dict[str, object]:
    read: dict[str, object] = {}
    given = dict(step.args)
    for param in held.params:
        value = given.get(param.name, param.default)
        if value is None:
            continue
        try:
            known = FORMS[param.kind].read(value, param, timeline)
        except EditError:
            known = None
        read[param.name] = known if known is not None and not isinstance(known, str) else _norm(str(known or value))
    return read


def _plain_action(action: Action, wanted: Action | None = None) -> tuple[str, tuple[tuple[str, object], ...]]:
    """An action's name and arguments, however they were written. Topics and prompts are free words: what is expected
    must be among them, and where none is expected any will do."""
    args = {name: _arg(name, value) for name, value in action.args if value not in (None, "", False)}
    if action.name in ("undo", "redo") and args.get("count") == Fraction(1):
        del args["count"]
    if wanted is not None:
        expected = {name: _arg(name, value) for name, value in wanted.args}
        for name in ("prompt", "topic"):
            want, got = str(expected.get(name, "")), str(args.get(name, ""))
            if name in args and (not want or want in got or (got and got in want)):
                args.pop(name)
                if want:
                    args[name] = want
    return action.name, tuple(sorted(args.items()))


def _arg(name: str, value: Plain) -> object:
    plain = _norm(str(value))
    if name in ("count", "version", "a", "b", "frame_rate") and re.fullmatch(r"-?\d+(?:\.\d+)?", plain):
        return Fraction(plain)
    if name in ("start", "end") and (seconds := length_of(plain, Fraction(1, 30))) is not None:
        return seconds
    return {"mpeg4": "mp4", "uhd": "4k", "2160p": "4k", "full hd": "1080p", "square": "1:1"}.get(plain, plain)


def used_commands(cases: Iterable[Case]) -> dict[str, int]:
    """How many cases expect each edit command."""
    counted = dict.fromkeys(commands(), 0)
    for case in cases:
        for name in {step.command for step in case.do if isinstance(step, Step)}:
            counted[name] += 1
    return counted
