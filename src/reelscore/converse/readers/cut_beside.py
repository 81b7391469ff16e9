"""Cuts beside something: all before the voice starts, everything after where it was just split."""

from __future__ import annotations

import re
from fractions import Fraction

from reelscore.converse.clause import Clause, seconds
from reelscore.converse.reading import Reading, step
from reelscore.converse.sieves import Sieve

_BEFORE_IT = re.compile(
    r"(?<![a-z])(?:everything|all|anything|whatever|what(?:'s| is| comes)?|the part|the bit|the stuff)(?: (?:that )?(?:comes|is|happens))? (?P<way>before|until|till|up to|after|past) (?:the |my )?(?:[a-z\ue100-\ue6ff]+ )?$"
)
_STARTS_OR_ENDS = re.compile(
    r"(?: (?:clip|track|over))? ?(?:(?P<starts>starts?|begins?|comes? in|kicks? in|appears?|talking|talks|speaks)|(?P<ends>ends?|stops?|is over|is done|finishes|goes away|disappears))?[ .!]*"
)


def beside_a_thing(c: Clause) -> Reading | None:
    """ "cut everything before the voice starts": of the film, where a sound or a text begins or ends."""
    things = [m for m in c.mentions if len(m.things) == 1 and m.things[0].role in ("voice", "music", "text", "sound")]
    if len(things) == 1 and not c.quantities and (tail := _TAIL_ZH.match(c.text, things[0].end)) is not None:
        span, later = things[0].things[0].span, "后" in tail["way"]
        at = span.start if tail["starts"] or (not later and not tail["ends"]) else span.end
        if not 0 < at < c.scene.duration:
            return None
        if later:
            return step("cut_range", 0.965, start=seconds(at), end="end")
        return step("cut_first", 0.965, seconds=seconds(at))
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


_TAIL_ZH = re.compile(  # 旁白说完之后的画面都剪掉
    r"(?:(?P<ends>(?:全部|都)?(?:(?:说|讲|念|播|放)完|结束|消失|没了))|(?P<starts>开始(?:说话|讲话)?|出来|出现|响起|进来|开口))?了?(?P<way>[之以][前后]|[前后]面)(?:的)?(?:画面|视频|片子|内容|部分|镜头|东西|那段|那些|全部)+(?:就|都|全|也|可以|给我)*(?=[剪删去砍裁切掐不])"
)
_LENGTH_BESIDE = re.compile(  # what stands between the length and the moment
    r"(?: of (?:the )?(?:film|video|footage))?(?: right| just| directly| immediately)?(?: that (?:comes?|is|are|follows?|goes))? ?(?P<way>before|leading up to|up to|until|starting (?:at|from|with|where|when)|beginning (?:at|with|where)|from|after|following|past|where|when)? ?(?:where |when )?(?:the |my )?$"
)
_BESIDE_ZH = re.compile(r"(?P<before>之前|以前|前面?)|之后|以后|后面?|开始|起")


def beside_a_moment(c: Clause) -> Reading | None:
    """ "cut 30 seconds starting at the sponsor marker", "remove the 2 seconds before the drone", 从标记开始剪掉三十秒."""
    lengths = c.every("seconds")
    if c.anchor is None or len(lengths) != 1 or len(c.quantities) != 1 or lengths[0].cue == "to":
        return None
    at, length = Fraction(c.anchor[0]), Fraction(lengths[0].value)
    marker = next((m for m in c.mentions if m.kind == "marker"), None)
    named = [*c.anchor[1], *([marker] if marker else [])]
    labels = {m.label.lower() for m in c.scene.timeline.markers if m.label} if marker else set()
    if not named or any(m not in named and m.kind != "film" and m.said.lower() not in labels for m in c.mentions):
        return None
    first, last = min(m.start for m in named), max(m.end for m in named)
    if lengths[0].cue in ("first", "last") and not _BESIDE_ZH.match(c.text, last):
        return None
    if c.text.isascii() or first > lengths[0].end:
        found = _LENGTH_BESIDE.fullmatch(c.text, lengths[0].end, first) if first >= lengths[0].end else None
        if found is None or not found["way"]:
            return None
        before = found["way"] in ("before", "leading up to", "up to", "until")
    else:  # lake后面2秒 are the last of the lake, and no seconds beside it
        said = _BESIDE_ZH.search(c.text, last, len(c.text)) or _BESIDE_ZH.search(c.text, first, last)
        if said is None or marker is None:
            return None
        before = said["before"] is not None
    start, end = (at - length, at) if before else (at, at + length)
    if start < 0 or end > c.scene.duration:
        return None
    return step("cut_range", 0.975, start=seconds(start), end=seconds(end))


def beside_a_marker(c: Clause) -> Reading | None:
    """ "cut everything after the sponsor marker": of the film, from there on or up to there."""
    marker = next((m for m in c.mentions if m.kind == "marker"), None)
    if c.anchor is None or c.quantities or marker is None or not (found := _BEFORE_IT.search(c.text[: marker.start])):
        return None
    if found["way"] in ("after", "past"):
        return step("cut_range", 0.97, start=seconds(c.anchor[0]), end="end")
    return step("cut_first", 0.97, seconds=seconds(c.anchor[0]))


_REST = Sieve(
    re.compile(
        r"(?<![a-z])(?:everything|all|whatever|anything|the rest|what|the part)(?: (?:that )?(?:comes?|is|follows|goes))? (?P<way>after|behind|following|past|before|in front)(?: of)?(?: (?:it|that|this|there|the (?:cut|split)|that point|this point))?(?: (?:please|pls|too))*[ .!]*$"
        r"|^[, ]*(?:把|将|然后|再)*(?P<zh>后面|之后|以后|后边|剩下|前面|之前|以前)的?(?:那段|部分|内容|全部?|都|统统|就|给我)*(?=[删剪去砍扔不])"
    )
)


def beside_the_cut(c: Clause) -> Reading | None:
    """ "split at 2:30 and delete everything after": from where it was just split."""
    found = _REST.search(c.text)
    last = c.around.before[-1] if c.around.before else None
    given = dict(last.args) if last is not None else {}
    at = given.get("at")
    if found is None or at is None or getattr(last, "command", "") not in ("split", "freeze", "marker"):
        return None
    if found["way"] in ("before", "in front") or "前" in (found["zh"] or ""):
        return step("cut_first", 0.975, seconds=at)
    return step("cut_range", 0.975, start=at, end="end")
