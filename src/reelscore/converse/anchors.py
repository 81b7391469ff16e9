"""A moment that is named by clips or a marker: "before the drone", "between hiking and lake", lake开始的时候."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from reelscore.converse import patterns
from reelscore.converse.mention import Mention
from reelscore.converse.patterns import just_before
from reelscore.converse.scene import Scene
from reelscore.converse.sieves import Sieve
from reelscore.values.time import Span

_AT_MARKER = Sieve(
    re.compile(
        r"[到在][^,。;]{1,16}?(?:的|[这那]个)标记(?=[吧了呀啊]*$)|标记(?: ?[\w\ue000-\ue6ff]{1,16}? ?)?(?:点|处|之前|以前|前面?(?=[\d一二两三四五六七八九十半])|前面|之后|以后|后面?(?=[\d一二两三四五六七八九十半])|后面|开始|起|那里|那儿|那边|那|这里|的?(?:位置|地方|时候)|上)|(?<![a-z])(?:at|on|from|before|after|past|following|with|until|till|to) (?:the |my )?(?:[a-z\ue100-\ue6ff]+ )?marker(?![a-z])|(?<![a-z])where (?:the |my )?(?:[a-z\ue100-\ue6ff]+ )?marker (?:is|sits|stands)(?![a-z])"
    )
)


_AS = re.compile(r"(?<![a-z])(as|just as|right as) (?:the |my )?$")  # "as the beach comes in"
_HAPPENS = re.compile(
    r" (?:clip |shot |photo |picture |part )?(?:appears?|comes? (?:in|on|up)|starts?|begins?|shows? up|pops? (?:in|up)|opens?|enters?|cuts? in|ends?|is over|finish(?:es)?|stops?)(?![a-z])"
)


_REACHED_ZH = re.compile(r"(?:切|转|跳|进|换)[换场入]?(?:到|进|入|去)$")  # 切到湖那一下
_THEN_ZH = re.compile(r"(?:[那这]段|那个?(?:片段|镜头))?的?(?:那一?[下刻瞬]间?|那里|那儿|那边|时候?|瞬间|地方)")


def _beside(mention: Mention, start: int, end: int) -> bool:
    """Is this the marker's own name, and nothing that is done there: "sponsor标记", "at the sponsor marker"?"""
    return mention.end == start or (start <= mention.start and mention.end <= end)


_SIDE = re.compile(
    r"(?<![a-z])(?:right |just |only |starting |and )*(?P<way>once|as soon as|from the moment|the moment|as of|from|starting (?:with|at)|when|where|after|until|till|up to|before)(?: (?:we (?:see|get to|reach)|the (?:start|beginning) of))?(?: the| my| this| that)? ?$"
)
_WHEN = re.compile(
    r"(?:'s)?(?: (?:clip|shot|part|scene|bit|section|photo|picture|name(?: ?tag)?|text|title))?"
    r"(?: (?:(?P<begins>(?:(?:first )?(?:appears?|starts?|begins?|arrives?|opens?|enters?)|(?:comes?|pops?|shows?|cuts?|turns?|kicks?)(?: (?:in|on|up))+|comes?|is (?:shown|visible|on|up|there))(?: on screen)?)|(?P<ends>ends?|is (?:over|gone|done|finished|through)|finishes|stops|disappears|goes away|leaves)|(?P<on>on(?:wards?)?))(?![a-z]))?"
)


def on_one_side(text: str, mention: Mention, scene: Scene) -> tuple[Span, int, int] | None:
    """From when to when is "once the drone shows up", "from the lake on", "until the intro is over", and where that is
    said; None where no side of the thing is told."""
    lead = just_before(_SIDE, text, mention.start)
    if lead is None or len(mention.things) != 1:
        return None
    tail = _WHEN.match(text, mention.end)
    assert tail is not None  # all of it is optional
    way, of = lead["way"], mention.things[0].span
    if (way in ("when", "where") and not (tail["begins"] or tail["ends"])) or (
        way == "from" and text.startswith(" to ", tail.end())
    ):
        return None
    at = of.end if tail["ends"] or (way == "after" and not tail["begins"]) else of.start
    early = way in ("until", "till", "up to", "before")
    start, end = (Fraction(0), at) if early else (at, scene.duration)
    return (Span(start, end), lead.start(), tail.end()) if start < end else None


def anchor_of(text: str, mentions: tuple[Mention, ...], scene: Scene) -> tuple[float, tuple[Mention, ...]] | None:
    """A moment that is named by clips: "before the drone", "between hiking and lake", lake开始的时候; and these."""
    clips = [m for m in mentions if len(m.things) == 1 and m.things[0].role == "clip" and not m.every]
    for one, two in pairwise(clips):
        gap, lead, tail = text[one.end : two.start], text[: one.start], text[two.end : two.end + 4]
        between = patterns.search(r"(?<![a-z])between (?:the )?$", lead) and gap.strip() in ("and", "&", "and the")
        if between or (
            patterns.match(r"\s*(?:之间|中间|的?之间)", tail) and patterns.fullmatch(r"\s*(?:和|与|跟|、)\s*", gap)
        ):
            return float(max(one.things[0].span.start, two.things[0].span.start)), (one, two)
    if (marked := _AT_MARKER.search(text)) and not patterns.search(
        r"(?:删|去|移除|取消|清).{0,8}标记(?!之|以|前|后)", text
    ):
        held = [m for m in scene.timeline.markers if m.label and m.label.lower() in text]
        held = held or [m for m in scene.timeline.markers if m.kind == "user"]
        if len(held) == 1 and marked:
            return float(held[0].at), tuple(m for m in mentions if m.kind == "name" and _beside(m, *marked.span()))
    for clip in clips:
        lead, tail = text[: clip.start], text[clip.end : clip.end + 22]
        span = clip.things[0].span
        said = patterns.search(
            r"(?<![a-z])(when|where|once|as|as soon as|the moment) (?:it|we|you|the (?:film|video|picture|shot|camera)) (?:cuts?|switch(?:es)?|changes?|goes|go|jumps?|gets?|moves?) (?:over |on )?to (?:the )?$|(?<![a-z])(before|after|where|when|once|until|till|as soon as|right before|right after|in front of|(?<=[a-z] )(?:start|begin|come in|enter|kick in|appear|drop)(?:s|ing)? (?:together |right |exactly |along )?with) (?:the )?$",
            lead,
        )
        behind = patterns.match(
            r"\s*(?:的)?(?:[那这]一?[段个张条])?(?:图片?|照片|片段|镜头|视频|画面)?的?(?:出来|出现|开始|到)?一?(之前|前面|前边|之后|后面|后边|开始|结束|出现|出来(?=的时候|时|以?后|之后)|(?<=一)(?:出来|进来)|前|后)(?:的)?(?:时候?|处|地方)?",
            tail,
        )
        if _REACHED_ZH.search(lead) and _THEN_ZH.match(tail):
            return float(span.start), (clip,)
        said = said or (_AS.search(lead) if _HAPPENS.match(tail) else None)
        if said:
            ends = patterns.match(r"\s*(?:clip |part |shot )?(?:ends|is over|finishes|stops)", tail)
            after = (said[1] or said[2]) in ("after", "right after") or (
                ends is not None and (said[1] or said[2]) not in ("before", "right before", "in front of")
            )
            return float(span.end if after else span.start), (clip,)
        if behind and not patterns.match(r"\s*[前后]\s*[\d一二三四五六七八九十半]", tail):
            return float(span.end if behind[1] in ("之后", "后面", "后边", "结束", "后") else span.start), (clip,)
    for other in mentions:
        if (
            len(other.things) == 1
            and other.things[0].role in ("text", "overlay", "voice")
            and (at := _upon(text, other)) is not None
        ):
            return float(at), (other,)
    return None


def _upon(text: str, other: Mention) -> Fraction | None:
    """When "the title disappears", "the voiceover starts"; None where that is not told."""
    lead = just_before(_SIDE, text, other.start)
    tail = _WHEN.match(text, other.end) if lead and lead["way"] in _UPON else None
    if tail is None or not (tail["begins"] or tail["ends"]):
        return None
    return other.things[0].span.end if tail["ends"] else other.things[0].span.start


_UPON = ("once", "as soon as", "the moment", "when", "after", "before", "until", "till")
