"""A prompt that is a cue sheet: "0:00-0:15 soft piano, 0:15-0:45 full band", "calm intro (0-10s), tense (10-25s)".

Two ranges of time or more that follow each other divide the piece; what stands beside each is meant for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reelscore.brief.measures import Clock, Length, Quantity
from reelscore.values.time import Seconds

_TO = re.compile(r"\s*(?:-|–|—|~|to|until|till|到|至)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CueRange:
    """A stretch of the piece in seconds, and the quantities that named it."""

    start: Seconds
    end: Seconds
    quantities: tuple[Quantity, ...]
    bracketed: bool  # "(0-10s)": it belongs to the words before it


def cue_ranges(plain: str, quantities: Sequence[Quantity]) -> tuple[CueRange, ...]:
    """The ranges in order; () where the text (normalised, with all its quantities) is no cue sheet."""
    found: list[CueRange] = []
    for k, quantity in enumerate(quantities):
        bracketed = plain[: quantity.start][-4:].rstrip()[-1:] in ("(", "[", "（")
        if isinstance(quantity, Length) and quantity.low < quantity.high:
            found.append(CueRange(quantity.low, quantity.high, (quantity,), bracketed))
        elif isinstance(quantity, Clock) and k + 1 < len(quantities):
            other = quantities[k + 1]
            gap = plain[quantity.end : other.start]
            if isinstance(other, Clock) and other.at > quantity.at and _TO.fullmatch(gap):
                found.append(CueRange(quantity.at, other.at, (quantity, other), bracketed))
    follow = all(a.end <= b.start for a, b in pairwise(found))
    return tuple(found) if len(found) > 1 and follow else ()
