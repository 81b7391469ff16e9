"""The arguments of a reading all together: as words, and as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reelscore.converse.clause import Clause
from reelscore.values.message import Action, Asked

_NEAR = 0.02  # seconds, percents: nearer than this is the same


_TEXTS = ("prompt", "text", "topic", "name", "second_line", "label", "file", "media", "with", "key")


_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

INSTEAD = re.compile(  # what is taken back, or was so before
    r"(?:(?<![a-z])(?:not|instead of|rather than|no longer|isn'?t|was)(?: at| for| in| to)? $|(?:不是|而不是|原来是?|不要) ?$)"
)


@dataclass(frozen=True, slots=True)
class Given:
    """The arguments of a reading: as words, and as numbers."""

    words: frozenset[str]
    all_words: str
    texts: str  # of what is free text: a title's words, a wish for music
    numbers: tuple[float, ...]
    commands: frozenset[str]
    steps: int
    aimed: bool  # is a thing named among the arguments?


def given_by(asked: Sequence[Asked]) -> Given | None:
    """All arguments together; None where nothing is edited or exported."""
    names = frozenset(one.name if isinstance(one, Action) else one.command for one in asked)
    if all(isinstance(one, Action) and one.name != "export" for one in asked):
        return None
    values = [value for one in asked for _, value in one.args if value is not None]
    words = [str(value).lower() for value in (*values, *(key for one in asked for key, _ in one.args))]
    texts = "\n".join(str(value).lower() for one in asked for key, value in one.args if key in _TEXTS)
    numbers = tuple(
        number
        for one in asked
        for key, value in one.args
        if key not in ("which", "media") and key not in _TEXTS
        for number in numbers_in(value)
    )
    aimed = any(key == "which" for one in asked for key, _ in one.args)
    if {"mp3", "wav"} & set(words):
        words += ["music", "audio"]
    return Given(frozenset(words), "\n".join(words), texts, numbers, names, len(asked), aimed)


def numbers_in(value: object) -> Iterator[float]:
    if isinstance(value, bool):
        return
    if isinstance(value, int | float | Fraction):
        yield float(value)
    elif isinstance(value, str) and len(value) < 24:
        yield from map(float, _NUMBER.findall(value))


def in_words(c: Clause, start: int, end: int, given: Given) -> bool:
    return c.text[start:end] in given.all_words


def among(value: float, numbers: Iterable[float]) -> bool:
    return any(near(value, number) for number in numbers)


def near(a: float, b: float) -> bool:
    return abs(a - b) < _NEAR
