"""One level and then another: "music 60% until 10s, then 20%", "the song at 20% for the first 8 seconds and at 70% after".

The sound is divided at the moment that is told, and each part has its level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from reelscore.converse.anchors import on_one_side
from reelscore.converse.clause import Clause, seconds
from reelscore.converse.mention import Mention
from reelscore.converse.reading import Reading, step
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain, Said

_THEN = re.compile(
    r"(?<![a-z])(?:then|after(?:wards?)?|and|the rest|down to|up to|onwards?)(?![a-z])|,|然后|之后|再|后面|其余"
)
_ONWARD = re.compile(r"(?<![a-z])(?:at|after|from|past|by) (?:the )?$|[到从在]$")


_FIRST_AND_LAST = Sieve(
    re.compile(r"先[小轻弱低大响强高][^,。;]{0,4}后来?[^,。;]{0,2}[小轻弱低大响强高]")
)  # 音乐先小后大
_WHEN = Said(
    'Say until when, and how loud each part shall be: "music 30% until 5 s, then 80%". A fade in grows from silence.',
    "请说明到几秒为止、各多大声：“音乐前5秒30%，之后80%”。渐强可以用淡入。",
)


def in_turn(c: Clause) -> Iterator[Reading]:
    """Two levels of one sound, and the moment between them."""
    levels = c.every("percent")
    if not c.quantities and _FIRST_AND_LAST.search(c.text):
        yield Reading((), 0.97, missed=_WHEN)
        return
    if c.quotes or len(levels) != 2 or levels[0].pair or not _THEN.search(c.text, levels[0].end):
        return
    sounds = [m for m in c.mentions if {t.role for t in m.things} in ({"music"}, {"voice"})]
    others = [m for m in c.mentions if m not in sounds[:1] and m.kind != "pronoun"]
    others = [m for m in others if c.text[m.start : m.end] != "the rest"]
    things = sounds[0].things if sounds else c.scene.of("music")
    if len(things) != 1:
        return
    at, span = _moment(c, others), things[0].span
    if at is None or not span.start < at < span.end:
        return
    role = things[0].role
    made = [*step("split", 1, at=seconds(at), which=role).asked]
    for n, level in enumerate(levels, 1):
        told: Plain = level.number
        made += step("volume", 1, which=f"{role} {n}", to=told).asked
    yield Reading(tuple(made), 0.97, whole=True)


def _moment(c: Clause, others: list[Mention]) -> Fraction | None:
    """Where the second level begins: a time, or a side of the one thing that is named."""
    times = c.every("seconds", "timecode")
    if len(times) == 1 and not others and not isinstance(times[0].value, str):
        told, first = times[0], c.every("percent")[0]
        later = _ONWARD.search(c.text, 0, told.start) is not None and told.start > first.end
        return Fraction(told.value) if told.cue in ("until", "first") or later else None
    if len(others) == 1 and not times and (side := on_one_side(c.text, others[0], c.scene)) is not None:
        return side[0].end if side[0].start == 0 else side[0].start
    return None
