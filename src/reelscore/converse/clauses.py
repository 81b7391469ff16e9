"""Where a message may be divided into the things it asks for. Whether it is, the parser decides by what they mean.

A strong joint (a full stop, "then", 然后) ends a clause unless what follows means nothing alone; a weak one (a comma,
"and") only does where both sides stand for themselves. Lists such as "drums and bass" stay whole that way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from reelscore.converse import patterns
from reelscore.converse.tables import table


@dataclass(frozen=True, slots=True)
class Piece:
    """text[start:end], and whether the joint before it is strong."""

    start: int
    end: int
    strong: bool


@cache
def _joints() -> tuple[re.Pattern[str], re.Pattern[str]]:
    held = table("joints")["split"]
    return re.compile("|".join(held["strong"])), re.compile("|".join(held["weak"]))


def pieces(text: str, whole: Sequence[tuple[int, int]] = (), topics: Sequence[int] = ()) -> tuple[Piece, ...]:
    """All stretches between joints, in order; empty ones are left out. What is in `whole` is never divided; at
    `topics` something else is spoken of, without a joint."""
    strong, weak = _joints()
    cuts: list[tuple[int, int, bool]] = []
    cut = bytearray(len(text))  # 1 where a joint is already
    for pattern, is_strong in ((strong, True), (weak, False)):
        for match in pattern.finditer(text):
            start, end = match.span()
            taken = 1 in cut[start:end] or any(a < start and end < b for a, b in whole)
            if not taken and end > start and not _decimal(text, start, end):
                cuts.append((start, end, is_strong))
                cut[start:end] = b"\1" * (end - start)
    for at in topics:
        if not any(a <= at <= b for a, b, _ in cuts) and not any(a < at < b for a, b in whole):
            cuts.append((at, at, False))
    cuts.sort()
    made: list[Piece] = []
    at, strong_before = 0, True
    for start, end, this in [*cuts, (len(text), len(text), True)]:
        if text[at:start].strip(" ,.!?;"):
            made.append(Piece(at, start, strong_before))
            strong_before = this
        else:
            strong_before = strong_before or this
        at = end
    return tuple(made)


def _decimal(text: str, start: int, end: int) -> bool:
    """Is this comma part of a number?"""
    beside = text[max(0, start - 1) : end + 8]
    return patterns.match(r"\d,\d{3}(?!\d)|\d,\d+ ?(?:s|sec|db|x|%)", beside) is not None
