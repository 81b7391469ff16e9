"""Cuts beside something: all before the voice starts, everything after where it was just split."""

from __future__ import annotations

import re

from reelscore.converse.clause import Clause, seconds
from reelscore.converse.reading import Reading, step

_BEFORE_IT = re.compile(
    r"(?<![a-z])(?:everything|all|anything|whatever|what(?:'s| is| comes)?|the part|the bit|the stuff)(?: (?:that )?(?:comes|is|happens))? (?P<way>before|until|till|up to|after|past) (?:the |my )?$"
)
_STARTS_OR_ENDS = re.compile(
    r"(?: (?:clip|track|over))? ?(?:(?P<starts>starts?|begins?|comes? in|kicks? in|appears?|talking|talks|speaks)|(?P<ends>ends?|stops?|is over|is done|finishes|goes away|disappears))?[ .!]*"
)


def beside_a_thing(c: Clause) -> Reading | None:
    """ "cut everything before the voice starts": of the film, where a sound or a text begins or ends."""
    things = [m for m in c.mentions if len(m.things) == 1 and m.things[0].role in ("voice", "music", "text", "sound")]
    if len(things) != 1 or c.quantities or not (found := _BEFORE_IT.search(c.text[: things[0].start])):
        return None
    tail = _STARTS_OR_ENDS.fullmatch(c.text, things[0].end)
    if tail is None:
        return None
    span, later = things[0].things[0].span, found["way"] in ("after", "past")
    at = span.end if tail["ends"] or (later and not tail["starts"]) else span.start
    if not 0 < at < c.scene.duration:
        return None
    return (
        step("cut_range", 0.965, start=seconds(at), end="end")
        if later
        else step("cut_first", 0.965, seconds=seconds(at))
    )


_REST = re.compile(
    r"(?<![a-z])(?:everything|all|whatever|anything|the rest|what|the part)(?: (?:that )?(?:comes?|is|follows|goes))? (?P<way>after|behind|following|past|before|in front)(?: of)?(?: (?:it|that|this|there|the (?:cut|split)|that point|this point))?(?: (?:please|pls|too))*[ .!]*$"
)


def beside_the_cut(c: Clause) -> Reading | None:
    """ "split at 2:30 and delete everything after": from where it was just split."""
    found = _REST.search(c.text)
    last = c.around.before[-1] if c.around.before else None
    given = dict(last.args) if last is not None else {}
    at = given.get("at")
    if found is None or at is None or getattr(last, "command", "") not in ("split", "freeze", "marker"):
        return None
    if found["way"] in ("before", "in front"):
        return step("cut_first", 0.975, seconds=at)
    return step("cut_range", 0.975, start=at, end="end")
