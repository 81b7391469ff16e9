"""A text or a small picture that shall be seen with a clip: "put the title over the lake", "the badge only in the intro".

title  | intro | lake |   ->   | intro | title |         it begins with the clip; "only": and ends with it
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from reelscore.converse.anchors import on_one_side
from reelscore.converse.clause import Clause, seconds
from reelscore.converse.mention import Mention
from reelscore.converse.numbers import value_of
from reelscore.converse.reading import Reading, step
from reelscore.converse.sieves import Sieve
from reelscore.values.message import Asked
from reelscore.values.time import Span

_LEFT = re.compile(
    r"(?:(?:please|can you|could you|can|could|shall|now|just|then|and|actually|so) )*(?P<verb>(?:put|move|show|place|shift|display|have|keep|leave|bring|lay|only show|just show) )?(?P<only>only |just )?(?:the |my |that )?"
)
_BETWEEN = re.compile(
    r"(?: (?:image|picture|text|line|logo))?(?P<shall> (?:should|must|shall|can|could|has to|needs to|ought to))?(?P<only>,? (?:only|just))?(?: (?:be|there|appear|come|show|shown|seen|visible|stay|go|start|on|up|in))*(?P<alone> (?:only|just))? "
    r"(?:on|over|onto|during|across|in|with|to|for|at the (?:start|beginning) of|when we (?:see|get to)) (?:the |my )?"
)
_RIGHT = re.compile(
    r"(?: (?:clip|shot|part|scene|bit|section|photo|picture))?(?P<only>,? (?:only|alone))?(?: (?:instead|please|pls|then|now|starts|begins))*[.! ]*"
)


_WHEN = re.compile(
    r"(?:(?: should| must| shall| can| has to)? (?:to |start|begin|come|appear|show|kick|go|play|be|drop|enter)(?:s|es)?(?: in| on| up)?)? ?(?:right |exactly |just )?(?P<how>when|once|as soon as|as|where|after|with|before|at|on) (?:the |my )?"
)
_BEGINS = re.compile(r"(?<![a-z])(?:start|begin|come|kick|bring)(?:s|ing)?(?: it)?(?: (?:in|off))?(?![a-z])")
_THERE = re.compile(r" ?(?:clip|shot|part|scene|bit|section)?(?P<starts>)(?P<ends>(?!))?[.! ]*")  # "at the lake"
_HAPPENS = re.compile(
    r" ?(?:(?P<starts>starts?(?: talking| speaking)?|begins?|comes? (?:in|up|on)|kicks? in|appears?|is (?:shown|on|up)|talks|speaks)|(?P<ends>ends?|stops?|is (?:over|done|gone|finished)|finishes|goes(?: away)?|disappears?|leaves|fades(?: out)?))(?: please| pls)?[.! ]*"
)


def _with_another(c: Clause, thing: Mention, other: Mention) -> Reading | None:
    """ "make the voice come in when the subtitle goes": one begins where the other begins or ends."""
    roles = ("text", "voice", "music", "sound", "overlay")
    one, two = thing.things[0], other.things[0]
    if one.role not in roles or two.role not in (
        *roles,
        *(("clip",) if one.role in ("music", "voice", "sound") else ()),
    ):
        return None
    left, when = _LEFT.fullmatch(c.text, 0, thing.start), _WHEN.fullmatch(c.text, thing.end, other.start)
    left = left or _STARTED.fullmatch(c.text, 0, thing.start)
    happens = _HAPPENS.fullmatch(c.text, other.end) or _THERE.fullmatch(c.text, other.end)
    begins = _BEGINS.search(c.text, 0, other.start) is not None
    if not left or not when or not happens or when["how"] == "before" or (when["how"] in ("at", "on") and not begins):
        return None
    at = two.span.end if happens["ends"] or (when["how"] == "after" and not happens["starts"]) else two.span.start
    return step("move", 0.972, which=one.segment.id, to=seconds(at))


_STARTED = re.compile(
    r"(?:(?:please|can you|could you|now|and) )*(?:make|let|start|begin|bring in|fade in|get) (?:the |my )?"
)


_LEFT_ZH = re.compile(r"[,，]*(?:请|麻烦|帮我|把|将|让|那|就|再|然后|它|这个|那个|[,，])*")
_BETWEEN_ZH = re.compile(
    r"(?:也|就|都|要|应该|改|直接)*(?:(?:放|移|挪|摆|加|打|显示|出现)(?:到|在|去)?|在)(?P<only>只)?(?:出现在|显示在)?"
)
_RIGHT_ZH = re.compile(
    r"的?(?:[那这]?一?[段个张条](?:片段|视频|镜头|画面)?|片段|视频|镜头|画面)?(?:上面?|里面?|中|的时候|时)?(?:再?(?:出现|显示|出来)|就行|就好|去|吧|了|。)*"
)


def _upon(c: Clause, held: list[Mention]) -> Reading | None:
    """标题放到洱海那段上, and of the text that was just spoken of: 放在洱海那段上."""
    if not held or held[-1].bare or len(held[-1].things) != 1 or held[-1].things[0].role != "clip":
        return None
    clip, text = held[-1], held[0].things[0] if len(held) == 2 and len(held[0].things) == 1 else None
    if len(held) == 1:
        touched = c.touched
        of = c.around.focus if c.around.focus_kind == "text" else ""
        of = of or (touched.segment.id if touched and touched.role == "text" and not c.around.focus else "")
    else:
        of = text.segment.id if text and text.role == "text" else ""
    lead = _LEFT_ZH.match(c.text) if len(held) == 1 else _LEFT_ZH.fullmatch(c.text, 0, held[0].start)
    at = held[0].end if len(held) == 2 else lead.end() if lead else 0
    if not of or not lead or not _BETWEEN_ZH.fullmatch(c.text, at, clip.start):
        return None
    if not _RIGHT_ZH.fullmatch(c.text, clip.end, len(c.text.rstrip())):
        return None
    return step("move", 0.972, which=of, to=seconds(clip.things[0].span.start))


_STAYS = Sieve(
    re.compile(
        r"(?<![a-z])(?:show|keep|leave|let|make|have|put|be|display|stays?|remains?|runs?|plays?|visible|lasts?|shown|up|there)(?![a-z])"
    )
)
_GOES = Sieve(
    re.compile(
        r"(?<![a-z])(?:hide|remove|take|lose|drop|away|gone|off|hidden|disappears?|goes|vanish(?:es)?|leaves?|no|without)(?![a-z])"
    )
)
_TO_THE_END = re.compile(
    r"(?<![a-z])(?:(?:un)?till?|to|through) (?:the )?(?:very )?end(?: of (?:the |my )?(?:video|film|movie|clip|whole thing))?(?![a-z])|(?<![a-z])(?:the )?(?:whole|entire) (?:time|video|film|movie)(?![a-z])|(?<![a-z])all the way through(?![a-z])"
)
_THE_WHOLE_TIME = re.compile(r"(?<![a-z])(?:whole|entire) (?:time|video|film|movie)(?![a-z])")
_SAID_AT = re.compile(r"(?<![a-z])(?P<way>after|from|before|until|till|up to) (?:the )?$")


def _on_a_side(c: Clause, thing: Mention) -> Reading | None:
    """ "hide the badge until the intro is over", "the badge only from the lake on", "keep the overlay until the end"."""
    of, whole = thing.things[0], c.scene.duration
    goes, stays = _GOES.search(c.text), _STAYS.search(c.text) or " only " in c.text
    others = [m for m in c.mentions if m is not thing and m.kind != "pronoun"]
    times = c.every("seconds", "timecode")
    span = None
    if stays and not goes and not times and _TO_THE_END.search(c.text) and all(m.kind == "film" for m in others):
        longer = whole - of.span.start
        made = step("trim", 0.975, which=of.segment.id, to=seconds(longer)) if longer > 0 else None
        if made and of.role == "overlay" and of.span.start and _THE_WHOLE_TIME.search(c.text):
            first = step("move", 1, which=of.segment.id, to=0)
            return replace(made, asked=(*first.asked, *step("trim", 1, which=of.segment.id, to=seconds(whole)).asked))
        return made
    if len(others) == 1 and not times and (side := on_one_side(c.text, others[0], c.scene)):
        span = side[0].start, side[0].end
    elif len(times) == 1 and not others and (said := _SAID_AT.search(c.text[: times[0].start])):
        at = Fraction(times[0].value)
        span = (Fraction(0), at) if said["way"] in ("before", "until", "till", "up to") else (at, whole)
    if span is None or not (goes or stays):
        return None
    start, end = max(span[0], of.span.start), min(span[1], of.span.end)
    if goes:
        out = start < end and (start, end) != (of.span.start, of.span.end)
        return step("cut_range", 0.975, start=seconds(start), end=seconds(end), which=of.segment.id) if out else None
    if span[0] == 0 and of.span.start < span[1]:
        return step("trim", 0.975, which=of.segment.id, to=seconds(span[1] - of.span.start))
    if of.span.start < span[0] < of.span.end:
        return step("trim", 0.975, which=of.segment.id, from_start=seconds(span[0] - of.span.start))
    return None


_NEW_ZH = re.compile(
    r"[,，]*(?:请|帮我|把|将|给|再|加|写|打|放|上|个|一个|[,，])*(?P<kind>标题|字幕|文字|字)?(?:写|叫|是|打|[:：])*"
)


def _new_upon(c: Clause, held: list[Mention]) -> Reading | None:
    """标题“大理三日”放在洱海那段: over the whole of it."""
    if len(c.quotes) != 1 or not held or held[-1].bare or len(held[-1].things) != 1:
        return None
    quote, clip = c.quotes[0], held[-1]
    if any(m.end > quote.start for m in held[:-1]):
        return None
    lead = _NEW_ZH.fullmatch(c.text, 0, quote.start)
    if lead is None or clip.things[0].role != "clip" or not _BETWEEN_ZH.fullmatch(c.text, quote.end, clip.start):
        return None
    if not _RIGHT_ZH.fullmatch(c.text, clip.end, len(c.text.rstrip())):
        return None
    span, command = clip.things[0].span, "subtitle" if lead["kind"] == "字幕" else "title"
    return step(command, 0.975, text=quote.words, at=seconds(span.start), duration=seconds(span.duration))


def read(c: Clause) -> Iterator[Reading]:
    """Where one text or overlay and one clip are named, and nothing else."""
    over = [m for m in c.mentions if len(m.things) == 1 and m.things[0].role == "overlay"]
    if len(over) == 1 and not c.quotes and len(c.text) <= 80 and (kept := _on_a_side(c, over[0])) is not None:
        yield kept
        return
    held = [m for m in c.mentions if m.kind not in ("pronoun", "film")]
    if "只" in c.text and not c.quotes and len(held) == 1 and (then := _only_then(c, held[0])) is not None:
        yield then
        return
    held = [m for m in c.mentions if m.kind != "pronoun"]
    if c.quotes and not c.text.isascii() and (upon := _new_upon(c, held)) is not None:
        yield upon
        return
    if not (c.text.isascii() or c.quotes or c.quantities) and len(held) in (1, 2) and (upon := _upon(c, held)):
        yield upon
        return
    two = len(held) == 2 and all(len(m.things) == 1 for m in held) and not (c.quotes or c.quantities)
    if two and (along := _with_another(c, *held)) is not None:
        yield along
        return
    if c.quotes or c.quantities or len(held) != 2 or len(c.text) > 80:
        return
    thing, clip = held
    if len(thing.things) != 1 or len(clip.things) != 1 or thing.things[0].role not in ("text", "overlay"):
        return
    if thing.things[0].role == "overlay" and clip.things[0].role == "clip" and _OFF.match(c.text[: thing.start]):
        of, span = thing.things[0].span, clip.things[0].span
        start, end = max(of.start, span.start), min(of.end, span.end)
        if _OFF_FROM.fullmatch(c.text, thing.end, clip.start) and start < end and (start, end) != (of.start, of.end):
            yield step("cut_range", 0.975, start=seconds(start), end=seconds(end), which=thing.things[0].segment.id)
            return
    left, between = _LEFT.fullmatch(c.text, 0, thing.start), _BETWEEN.fullmatch(c.text, thing.end, clip.start)
    right = _RIGHT.fullmatch(c.text, clip.end)
    if clip.things[0].role != "clip" or not left or not between or not right:
        return
    only = bool(left["only"] or "only" in (left["verb"] or "") or between["only"] or between["alone"] or right["only"])
    if (only or (thing.things[0].role == "text" and (left["verb"] or between["shall"]))) and (
        made := tuple(_laid(thing, clip.things[0].span, only))
    ):
        yield Reading(made, 0.972)


_OFF = re.compile(r"\s*(?:[a-z']+ ){0,4}?(?:take|get|remove|hide|lose|drop|delete|clear) (?:the |my |our )?$")
_OFF_FROM = re.compile(r" (?:off|off of|out of|from|away from) (?:of )?(?:the |my )?")
_ONLY_THEN = re.compile(  # logo只在最后五秒出现, 标题只显示前两秒
    r"(?:就|请|能不能|可以)?只(?:需|要|用|想)?(?:让它)?(?:出现|显示|保留|留|放)?(?:在|于)?(?:影片|视频|片子|全片)?的?(?:(?P<last>最后|结尾|片尾|末尾)|(?P<first>最?前面?|开头|片头|最开始))的?(?:那|这)?(?P<n>\d+(?:\.\d+)?|[一二两三四五六七八九十半]{1,3})秒钟?"
    r"(?:里面?|内|的时候|时)?(?:才|再|都)?(?:出现|显示|露出来?|露面|出来|有|要|就行|就好|可以|吧|了|。)*"
)


def _only_then(c: Clause, thing: Mention) -> Reading | None:
    """What is seen in the first or last seconds of the film alone."""
    said = _ONLY_THEN.fullmatch(c.text, thing.end) if len(thing.things) == 1 else None
    long = value_of(said["n"]) if said else None
    if said is None or long is None or thing.things[0].role not in ("text", "overlay"):
        return None
    long = min(Fraction(long), c.scene.duration)
    over = Span(c.scene.duration - long, c.scene.duration) if said["last"] else Span(Fraction(0), long)
    made = tuple(_laid(thing, over, only=True))
    return Reading(made, 0.972) if made else None


def _laid(thing: Mention, over: Span, only: bool) -> Iterator[Asked]:
    of = thing.things[0]
    which = of.segment.id
    if of.role == "text":
        if of.span.start != over.start:
            yield from step("move", 1, which=which, to=seconds(over.start)).asked
        if only:
            yield from step("text_duration", 1, which=which, to=seconds(over.duration)).asked
        return
    first, last = over.start - of.span.start, of.span.end - over.end
    ends = {"from_start": seconds(first) if first > 0 else None, "from_end": seconds(last) if last > 0 else None}
    yield from step("trim", 1, which=which, **ends).asked
