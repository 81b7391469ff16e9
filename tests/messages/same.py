"""When two answers are the same: timelines, the music that is asked for, arguments, actions.

Music is compared by the brief the composer would get from its words and wishes; where a brief cannot tell, by the words
themselves, without those that every wish has.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from fractions import Fraction
from functools import cache

from reelscore.catalogue import vocabulary
from reelscore.edit.amounts import length_of
from reelscore.edit.arguments import FORMS
from reelscore.edit.command import Command
from reelscore.edit.registry import command
from reelscore.errors import EditError, ReelscoreError
from reelscore.values.command import Plain, Step
from reelscore.values.message import Action
from reelscore.values.timeline import Item, Request, Segment, Timeline

_LISTS = ("instruments", "with", "without")
_FILLER = re.compile(
    r"\b(?:a|an|the|some|of|with|and|for|to|please|pls|music|track|song|tune|beats?|bgm|background|soundtrack|piece"
    r"|make|add|generate|compose|create|me|my|it|like|something|that|in|video|film)\b|音乐|配乐|背景|一段|一首|一个|的|来|点|加|生成|写|做|创作"
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
    from reelscore.piece_changed import wishes_of as typed

    try:
        brief = make_brief(words, replace(typed(dict(wishes)), duration=Fraction(30)), vocabulary())
    except ReelscoreError as fault:
        return str(fault)
    told = frozenset(
        (why.field, why.value) for why in brief.reasons
        if why.source in ("prompt", "option") and why.field not in ("without", "instruments")
    )  # fmt: skip
    return told, frozenset(brief.exclusions), frozenset(brief.instruments), frozenset(brief.entrances)


def _told_composer(request: Request) -> object:
    """For new music its brief; for changes all that is wished, each wish by itself."""
    if request.kind == "generate":
        return _brief(request.words, request.wishes)
    directions = tuple(sorted((n, v) for n, v in request.wishes if n not in ("genre", "mood", "bpm", "key", *_LISTS)))
    rest = tuple((n, v) for n, v in request.wishes if n in ("genre", "mood", "bpm", "key", *_LISTS))
    return directions, _brief(request.words, rest)


def same_args(a: Step, b: Step, timeline: Timeline) -> bool:
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


def plain_action(action: Action, wanted: Action | None = None) -> tuple[str, tuple[tuple[str, object], ...]]:
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
