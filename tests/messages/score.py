"""How many messages a parser understands, exactly: the same edits and actions as a sensible person expects.

Two lists of edits are the same when the timelines they lead to are (ids included; music that is asked for is compared
by the brief the composer would get, not by its words). Where no edit can be made, or one of several is meant, the
parser or the edit must say so. `read` is given: (message, timeline, context, facts) -> Meaning.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from reelscore.conversing import carry_out
from reelscore.edit.history import begun
from reelscore.edit.registry import command, commands
from reelscore.errors import EditError
from reelscore.values.command import Edited, Step
from reelscore.values.facts import Facts
from reelscore.values.message import Action, Asked, Context, Meaning
from reelscore.values.timeline import Timeline
from tests.messages.cases import Case, Earlier
from tests.messages.same import plain_action, same_args, same_timeline
from tests.messages.timelines import FACTS, TIMELINES

Read = Callable[[str, Timeline, Context, Facts], Meaning]
_HARMLESS = ("greet", "thank", "help", "status", "cancel")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a case. `why`: what differs, "" when it is right. `seconds`: of the processor, for reading it."""

    case: Case
    why: str
    seconds: float = 0.0
    waited: float = 0.0  # by the clock on the wall
    language: str = ""

    @property
    def right(self) -> bool:
        return not self.why


def judge(case: Case, read: Read) -> Verdict:
    """Read a case's message through `read` and compare."""
    timeline, context = situation(case, read)
    clock, began = time.perf_counter(), time.thread_time()
    try:
        meaning = read(case.say, timeline, context, FACTS)
    except Exception as fault:  # a parser that fails is wrong, and the next case must still be read
        return Verdict(case, f"raised {type(fault).__name__}: {fault}"[:300])
    took, waited = time.thread_time() - began, time.perf_counter() - clock
    return Verdict(case, differs(case, meaning, timeline), took, waited, meaning.language)


def situation(case: Case, read: Read | None = None) -> tuple[Timeline, Context]:
    """The timeline a message is said to, and what the conversation remembers."""
    timeline = TIMELINES[case.on]()
    context = Context(language=case.language if case.before else "")
    for earlier in case.before:
        timeline, context = _after(earlier, timeline, context, read)
    uploaded = tuple(m.id for name in case.uploaded for m in timeline.media if m.name == name)
    return timeline, replace(context, uploaded=uploaded)


def _after(earlier: Earlier, timeline: Timeline, context: Context, read: Read | None) -> tuple[Timeline, Context]:
    """As the conversation goes on by itself, had the earlier message been understood as it was meant."""
    meaning = Meaning(context.language, earlier.do)
    if earlier.question and read is not None:
        meaning = read(earlier.say, timeline, context, FACTS)
    turn = carry_out(meaning, begun(timeline), FACTS, earlier.say, context=context)
    return turn.history.timeline, replace(turn.context, language=context.language)


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
    asks = meaning.question is not None or (bool(refused) and _asked(meaning, timeline))
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


def _asked(meaning: Meaning, timeline: Timeline) -> bool:
    """Is a refused edit made into a question?"""
    edits = replace(meaning, steps=meaning.edits)
    return carry_out(edits, begun(timeline), FACTS).question is not None


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
    actions, found = _spoken(wanted), _spoken(got)
    named = {action.name: action for action in actions}
    if [plain_action(a) for a in actions] != [plain_action(a, named.get(a.name)) for a in found]:
        return f"actions: {_told(found) or '-'} instead of {_told(actions) or '-'}"
    edits = [step for step in wanted if isinstance(step, Step)]
    mine = [step for step in got if isinstance(step, Step)]
    if edits == mine:
        return ""
    expected, _, _ = carried_out(timeline, wanted)
    if same_timeline(expected, after) and (not edits or expected != timeline or _names(edits) == _names(mine)):
        return ""
    if edits and len(edits) == len(mine) and all(same_args(a, b, timeline) for a, b in zip(edits, mine, strict=True)):
        return ""
    return f"edits: {_told(mine) or '-'} instead of {_told(edits) or '-'}"


def _spoken(steps: Sequence[Asked]) -> list[Action]:
    """The actions; a greeting or thanks beside something else is no matter, and once is enough."""
    found = list(dict.fromkeys(step for step in steps if isinstance(step, Action)))
    beside = [action for action in found if action.name not in ("greet", "thank")]
    return beside if beside or any(isinstance(step, Step) for step in steps) else found[:1]


def _names(steps: Iterable[Step]) -> list[str]:
    return [step.command for step in steps]


def _told(steps: Iterable[Asked]) -> str:
    return "; ".join(
        f"{step.name if isinstance(step, Action) else step.command}({', '.join(f'{k}={v!r}' for k, v in step.args)})"
        for step in steps
    )


def used_commands(cases: Iterable[Case]) -> dict[str, int]:
    """How many cases expect each edit command."""
    counted = dict.fromkeys(commands(), 0)
    for case in cases:
        for name in {step.command for step in case.do if isinstance(step, Step)}:
            counted[name] += 1
    return counted
