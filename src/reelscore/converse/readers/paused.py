"""A sound that is silent for a while: "the music drops out when the lake appears and comes back with the drone"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from reelscore.converse.clause import Clause
from reelscore.converse.mention import Mention
from reelscore.converse.readers.spans import on_stretch
from reelscore.converse.reading import Reading, step
from reelscore.converse.sieves import Sieve

_STOPS = re.compile(
    r"(?<![a-z])(?:drops?|cuts?|go(?:es)?|fades?|stops?|dies?|pauses?|mutes?|silences?|kills?|disappears?|takes?)(?![a-z])"
)
_RETURNS = Sieve(
    re.compile(
        r"(?<![a-z])(?:(?:comes?|kicks?|starts?|goes?|go|brings?(?: it)?|fades?(?: it)?) (?:back|again|in again)|returns?|resumes?|back (?:in|on))(?![a-z])"
    )
)
_ENDS = re.compile(r"(?: (?:clip|shot|part|scene))? (?:ends?|is over|is done|finish(?:es)?|stops|goes)(?![a-z])")


def paused(c: Clause) -> Iterator[Reading]:
    """The music or the voice silent from one moment to another."""
    back = _RETURNS.search(c.text)
    if back is None or c.quotes or c.quantity("percent", "decibels") or not _STOPS.search(c.text, 0, back.start()):
        return
    sounds = [m for m in c.mentions if {t.role for t in m.things} in ({"music"}, {"voice"})]
    moments = sorted([*_times(c), *(_seen(c, m) for m in c.mentions if m not in sounds and _clip(m))])
    if len(sounds) != 1 or len(moments) != 2 or not moments[0][0] < back.start() <= moments[1][0]:
        return
    (_, start), (_, end) = moments
    role = sounds[0].things[0].role
    if start < end and len(sounds[0].things) == 1:
        silent = on_stretch(step("mute", 0.975, which=role), (start, end), c.scene.of(role))
        yield replace(silent, whole=True)


def _times(c: Clause) -> list[tuple[int, Fraction]]:
    return [
        (q.start, Fraction(q.value)) for q in c.every("seconds", "timecode", "number") if not isinstance(q.value, str)
    ]


def _clip(m: Mention) -> bool:
    return len(m.things) == 1 and m.things[0].role == "clip"


def _seen(c: Clause, m: Mention) -> tuple[int, Fraction]:
    span = m.things[0].span
    return m.start, span.end if _ENDS.match(c.text, m.end) else span.start
