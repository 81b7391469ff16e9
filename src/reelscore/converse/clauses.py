"""Where a message may be divided into the things it asks for. Whether it is, the parser decides by what they mean.

A strong joint (a full stop, "then", 然后) ends a clause unless what follows means nothing alone; a weak one (a comma,
"and") only does where both sides stand for themselves. Lists such as "drums and bass" stay whole that way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from reelscore.converse import patterns
from reelscore.converse.words import table


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


def pieces(text: str) -> tuple[Piece, ...]:
    """All stretches between joints, in order; empty ones are left out."""
    strong, weak = _joints()
    cuts: list[tuple[int, int, bool]] = [
        (m.start(), m.end(), True) for m in strong.finditer(text) if m.end() > m.start()
    ]
    for match in weak.finditer(text):
        inside = any(match.start() < end and start < match.end() for start, end, _ in cuts)
        digits = patterns.match(
            r"\d,\d{3}(?!\d)|\d,\d+ ?(?:s|sec|db|x|%)", text[max(0, match.start() - 1) : match.end() + 8]
        )
        if not inside and not digits and match.end() > match.start():
            cuts.append((match.start(), match.end(), False))
    cuts.sort()
    made: list[Piece] = []
    at, is_strong = 0, True
    for start, end, this in [*cuts, (len(text), len(text), True)]:
        if text[at:start].strip(" ,.!?;"):
            made.append(Piece(at, start, is_strong))
            is_strong = this
        else:
            is_strong = is_strong or this
        at = end
    return tuple(made)
