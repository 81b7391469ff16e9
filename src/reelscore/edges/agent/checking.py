"""What a model proposed, held to the rules: known edits that apply, and that the message's own words can mean.

A model is never trusted with more than edits. Beyond that, what it proposes is done at once only when it is small,
reversible by one undo like everything, and supported by the words of the message; whatever removes something, changes
the whole film, takes long, or has no ground in what was said, is put to the person as one question. So text that came
in with a file (a name, a caption) cannot make anything happen by itself.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from reelscore.edges.agent.planner import PlannerError
from reelscore.edges.agent.prompt import MOST_STEPS
from reelscore.editing import command, commands
from reelscore.errors import ReelscoreError
from reelscore.values.command import Plain, Step
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline

LONGEST_VALUE = 2_000
PLENTY = 3  # more steps than this are shown before they are done
GRAVE = frozenset({  # removes, changes the whole film, or takes long
    "remove", "ripple_delete", "remove_text", "cut_range", "keep_range", "cut_first", "cut_last", "fit_duration",
    "cut_to_beat", "aspect", "resolution", "frame_rate", "replace_media", "reorder", "captions",
    "generate_music", "regenerate_music", "vary_music", "refit_music", "change_music", "music_length",
})  # fmt: skip
_WRITTEN = ("text", "name")  # kinds of free words: they must not come out of the data
_COMMON = {
    *("the", "this", "that", "and", "for", "with", "you", "please", "make", "can", "could", "would", "some", "more"),
    *(
        "less",
        "all",
        "one",
        "clip",
        "video",
        "film",
        "music",
        "set",
        "add",
        "get",
        "let",
        "down",
        "from",
        "into",
        "its",
    ),
    *("not", "now", "then"),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """Edits that would work, in order. `ask`: they are put to the person first."""

    steps: tuple[Step, ...]
    ask: bool


def proposal(answer: object, message: str, timeline: Timeline, facts: Facts) -> Proposal:
    """The edits of a model's answer. Raises PlannerError where it is not of the form, or nothing in it works."""
    held = answer.get("steps") if isinstance(answer, Mapping) else None
    if not isinstance(held, list) or len(held) > MOST_STEPS:
        raise PlannerError(f"no list of steps in {str(answer)[:80]!r}")
    steps = [_step(one) for one in held]
    at = timeline
    for step in steps:
        _check_words(step, message, timeline)
        try:
            at = command(step.command).apply(at, dict(step.args), facts).timeline
        except ReelscoreError as error:
            raise PlannerError(f"{step.command} does not apply: {error.message}") from None
    grave = len(steps) > PLENTY or any(step.command in GRAVE for step in steps)
    return Proposal(tuple(steps), grave or not all(_supported(step.command, message) for step in steps))


def _step(one: object) -> Step:
    """A step of the answer as a value. Raises PlannerError for commands and arguments that there are not."""
    if not isinstance(one, Mapping) or not isinstance(one.get("command"), str):
        raise PlannerError(f"no step: {str(one)[:80]!r}")
    name, args = one["command"], one.get("args", {})
    if name not in commands():
        raise PlannerError(f"there is no edit {name[:40]!r}")
    if not isinstance(args, Mapping):
        raise PlannerError(f"no arguments: {str(args)[:80]!r}")
    known = {param.name for param in commands()[name].params}
    read: list[tuple[str, Plain]] = []
    for key, value in args.items():
        if value is None:
            continue
        if key not in known or not _plain(value):
            raise PlannerError(f"{name} takes no {str(key)[:40]!r}: {str(value)[:40]!r}")
        read.append((str(key), value))
    return Step(name, tuple(read))


def _plain(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST_VALUE
    return isinstance(value, (bool, int)) or (isinstance(value, float) and math.isfinite(value))


def _check_words(step: Step, message: str, timeline: Timeline) -> None:
    """Free words of an edit may be the model's own, but not those of a file or a caption that was not spoken of."""
    kinds = {param.name: param.kind for param in commands()[step.command].params}
    said = _folded(message)
    for name, value in step.args:
        if not isinstance(value, str) or kinds.get(name) not in _WRITTEN or step.command == "captions":
            continue
        words = _folded(value)
        if words and words not in said and any(words in other for other in _outside(timeline)):
            raise PlannerError(f"{step.command}: words that nobody said")


def _outside(timeline: Timeline) -> list[str]:
    names = [medium.name for medium in timeline.media]
    names += [segment.text.content if segment.text else segment.name for _, _, segment in timeline.placed()]
    return [_folded(name) for name in (*names, timeline.title)]


def _supported(name: str, message: str) -> bool:
    """Is there a word in the message that has to do with this edit?"""
    said = _folded(message)
    if any("一" <= c <= "鿿" for c in said):
        return any(phrase in said for phrase in _chinese(name))
    return bool(_words(said) & _english(name))


@cache
def _english(name: str) -> frozenset[str]:
    entry = commands()[name]
    phrases = [name.replace("_", " "), entry.help.en, *entry.words.get("en", ())]
    phrases += [said for param in entry.params for choice in param.choices for said in (choice.name, *choice.en)]
    return frozenset(word for phrase in phrases for word in _words(_folded(phrase.replace("_", " "))))


@cache
def _chinese(name: str) -> frozenset[str]:
    """Every two letters in a row of the command's own words."""
    entry = commands()[name]
    phrases = [entry.help.zh, *entry.words.get("zh", ())]
    phrases += [said for param in entry.params for choice in param.choices for said in choice.zh]
    return frozenset(phrase[n : n + 2] for phrase in phrases for n in range(len(phrase) - 1))


def _words(text: str) -> set[str]:
    return {re.sub(r"(?:ing|er|ed|es|s|ly)$", "", word) for word in re.findall(r"[a-zà-ÿ]{3,}", text)} - _COMMON


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
