"""Keeping a stretch of the film or a part of one thing, and with it nothing else: "keep only the first 10 seconds"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.mention import Mention
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers.moments import between_moments
from reelscore.converse.readers.ranges import kept_stretches
from reelscore.converse.reading import Reading, step, steps
from reelscore.converse.scene import stem
from reelscore.converse.sieves import Sieve

_DONE_TO_IT = r"^ (?:in|should|to|be|gets?|needs?|has to|at|by|with|without|too|louder|quieter|faster|slower|brighter|darker|warmer|cooler|black|muted?|sepia|blurred|backwards?|reversed|mirrored|flipped)(?![a-z])"
"""After "only the beach": what is to happen to it, so that nothing is cut away."""


def keeps(c: Clause) -> Iterator[Reading]:
    """What stays, where everything else goes."""
    only = c.has("keep") or patterns.search(
        r"^(?:please |pls )?only the (?:first|last)|^(?:please |pls )?(?:(?:only|just) use|use (?:only|just)|use .* only$)|只(?:要|留|保留)|以外",
        c.text,
    )
    bare = None if only else _ONLY_BARE.match(c.text)
    alone = bare is not None and any(m.start == bare.end() for m in c.mentions[:1]) and _kept_whole(c)
    used = c.range is not None and _STRETCH_USED.match(c.text) is not None
    used = used or (c.range is not None and _ONLY_THAT.search(c.text, c.range[1].end) is not None)
    used = used and any(len(m.things) == 1 and m.things[0].role == "clip" for m in c.mentions)
    if (
        not (only or used or alone)
        or _done_only(c.text)
        or _DONE_TO_THE_REST.search(c.text)
        or _SOUND_KEPT_ZH.search(c.text)
        or patterns.search(r"(?:那里|那儿|那段|[上里处边中])(?:才|就)?有(?:就|才|即|$)", c.text)  # 只要湖边那里有就行
        or (c.mention("pronoun") is not None and c.has("keep_harmony", "keep_groove", "keep_melody"))
    ):
        return
    strict = patterns.search(
        r"only|just|nothing but|everything (?:except|but)|all but|throw|只|仅|除了|保留|留下|keep|截取", c.text
    )
    if not strict and not used:
        return
    if c.mention("music", "voice", "sound") and c.quantity("percent", "decibels"):
        return  # "keep the music at 40% for the first 15 seconds"
    music = True if c.has("music_too") else None
    if many := kept_stretches(c):
        yield many
        return
    thing = next(
        (m for m in c.mentions if len(m.things) == 1 and m.things[0].role in ("clip", "overlay", "voice")), None
    )
    if thing is None and not c.mention("film") and patterns.search(r"[\u4e00-\u9fff]", c.text):  # 歌只用前十秒
        thing = next((m for m in c.mentions if m.kind == "music" and len(m.things) == 1 and m.start < 4), None)
    if len([m for m in c.mentions if m.things and m.kind != "pronoun"]) > 1 and "除" in c.text:
        thing = None  # 除了…其他: each of them, read elsewhere
    length = c.quantity("seconds")
    if part := _part_kept(c, thing, length) or _part_of_each(c, length):
        yield part
        return
    if thing and c.range and (stretch := _stretch_kept(thing, c.range)):
        yield stretch
        return
    if thing and length and not c.range and length.cue not in ("first", "last", "from", "at", "until"):
        yield step("trim", 0.93, which=thing.said, to=plain(length))
        return
    if (one := next((m for m in c.mentions if m.nth is not None and len(m.things) == 1), None)) and not c.every(
        "seconds"
    ):
        alike = c.scene.of(one.kind) if one.things[0].role == "text" else ()
        done = patterns.search(_DONE_TO_IT, c.text[one.end :]) or c.colours
        if len(alike) > 1 and not done and patterns.search(r"(?<![a-z])only(?![a-z])|只[留要剩保]", c.text):
            yield steps("remove_text", 0.96, [t.segment.id for t in alike if t not in one.things])  # 字幕只留第一条
            return
    clips = [t for m in c.mentions for t in m.things if t.role == "clip" and not m.every and m.kind != "film"]
    nothing_but = patterns.search(r"^(?:please |just |i )*(?:[a-z]+ )?nothing (?:but|except)", c.text)
    if (len(clips) > 1 or (clips and nothing_but)) and not c.quantities and _kept_whole(c):
        ids = {t.segment.id for t in clips}
        gone = [t.segment.id for t in c.scene.of("clip") if t.segment.id not in ids]
        if gone:
            yield steps("remove", 0.94, gone)
        return
    if (
        thing
        and not length
        and thing.things[0].role == "clip"
        and len({t.segment.id for t in clips}) < 2
        and not (_ONLY_BARE.match(c.text) and _GOES_ON.match(c.plain.text, c.span[1]))
        and patterns.search(r"only|just|只|仅", c.text)
        and not patterns.search(_DONE_TO_IT, c.text[thing.end :])
    ):
        at = thing.things[0].span
        yield step("keep_range", 0.92, start=seconds(at.start), end=seconds(at.end))
        return
    if any(m.kind == "name" and not m.things for m in c.mentions):
        return  # reviews只要后面4秒: of a file that is not used yet
    if span := between_moments(c):
        yield step("keep_range", 0.93, start=span[0], end=span[1], cut_music=music)
    elif q := c.quantity("seconds", cue=("first",)):
        yield step("keep_range", 0.93, start=0, end=plain(q), cut_music=music)
    elif q := c.quantity("seconds", cue=("last",)):
        end = c.scene.duration
        yield step("keep_range", 0.93, start=float(end) - q.number if end > q.number else 0, end="end", cut_music=music)


_FROM_THERE = re.compile(
    r"(?:就|请|让|把|片子|视频|影片|整个|全片|正片|直接|,)*从(?:那[段里张]|这[段里])?(?:就|直接)?开始(?P<plays>放|播放?)?(?:就行|就好|吧|了)*[。!]*"
)


def begins_there(c: Clause) -> Iterator[Reading]:
    """从湖边开始放: what lies before that clip goes, where this is all that is asked for."""
    if "从" not in c.text or len(c.mentions) not in (1, 2) or c.quantities or c.quotes or c.around.before:
        return
    at = c.mentions[-1]
    if len(at.things) != 1 or at.things[0].role != "clip" or any(m.kind != "film" for m in c.mentions[:-1]):
        return
    found = _FROM_THERE.fullmatch(f"{c.text[: at.start]}{c.text[at.end :]}".strip(" ,"))
    told = found is not None and (found["plays"] or "直接" in found[0] or len(c.mentions) == 2)
    if told and not c.around.focus and (start := at.things[0].span.start):
        yield step("keep_range", 0.93, start=seconds(start), end="end")


_SOUND_KEPT_ZH = Sieve(
    re.compile(  # 湖那段安静,只留水声: no picture is cut
        r"[只仅](?:留下?|要|保留|剩下?|有)[^,。;画]{0,4}(?:声音?|音乐|配乐|bgm|旁白|人声|环境音)(?:就|吧|[,。;!]|$)"
    )
)
_DONE_TO_THE_REST = Sieve(
    re.compile(  # "blur everything except 5 to 10 seconds"
        r"(?<![a-z])(?:make|mute|unmute|silence|slow|speed|blur|brighten|darken|lighten|colou?r|tint|warm|sharpen|flip|mirror|rotate|reverse|fade|lower|raise|zoom|crop)(?: down| up)? (?:everything|all|anything|it all|the (?:whole|rest))[^.;]*(?<![a-z])(?:except|but|apart from|other than)(?![a-z])"
    )
)
_ONLY_THAT = re.compile(r"^ only[ .!]*$| only(?: please)?[ .!]*$")
_STRETCH_USED = re.compile(
    r"(?:(?:please|pls|then|and|now|can you|could you) )*(?:use|take|trim|show|play)(?! [^.;]*(?:out|off|away)(?![a-z]))(?![a-z])"
)


def _part_kept(c: Clause, thing: Mention | None, length: Quantity | None) -> Reading | None:
    """ "hiking只要前4秒": a part of one clip, and nothing of the film beside it."""
    if length is None or c.range:
        return None
    focus = c.scene.find(c.around.focus) or next(
        (t for t in c.scene.of("clip") if c.around.focus and stem(t.segment.name) == c.around.focus), None
    )
    held = (
        thing.things[0]
        if thing
        else focus
        if not c.mentions or patterns.search(r"其中|它|(?<![a-z])it(?:s)?(?![a-z])", c.text)
        else None
    )
    if held is None or held.role not in ("clip", "overlay", "voice", "music"):
        return None
    which = thing.said if thing else held.segment.id
    over = float(held.segment.duration) - float(length.number)
    if length.cue == "first":
        return step("trim", 0.95, which=which, to=plain(length))
    if over > 0 and length.cue == "last":
        return step("trim", 0.95, which=which, from_start=round(over, 6))
    if over > 0 and patterns.search(r"中间的?(?=.{0,4}秒)|(?<![a-z])middle(?![a-z])", c.text):
        return step("trim", 0.95, which=which, from_start=round(over / 2, 6), from_end=round(over / 2, 6))
    return None


def _part_of_each(c: Clause, length: Quantity | None) -> Reading | None:
    """每段只留前4秒: as much of every clip that is longer."""
    each = next((m for m in c.mentions if m.every and m.kind in ("clip", "image")), None)
    if each is None or length is None or c.range or length.cue not in ("first", "last", "to", None, ""):
        return None
    longer = [t.segment for t in each.things if t.segment.duration > length.number]
    if not longer:
        return None
    if length.cue == "last":
        over = [(s.id, round(float(s.duration) - float(length.number), 6)) for s in longer]
        return Reading(
            tuple(one for which, rest in over for one in step("trim", 1, which=which, from_start=rest).asked), 0.95
        )
    return steps("trim", 0.95, [s.id for s in longer], to=plain(length))


def _stretch_kept(thing: Mention, between: tuple[Quantity, Quantity]) -> Reading | None:
    """ "use the hiking clip from 0:10 to 0:14 only": counted in the clip where it is that long, else in the film."""
    span, (start, end) = thing.things[0].span, (Fraction(one.number) for one in between)
    if not 0 <= start < end or not isinstance(between[0].value, (int, float, Fraction)):
        return None
    length = span.end - span.start
    first = Fraction(0) if end <= length else span.start
    if not 0 <= start - first < end - first <= length:
        return None
    ends = {"from_start": seconds(start - first), "from_end": seconds(length - (end - first))}
    return step("trim", 0.97, which=thing.said, **{name: value for name, value in ends.items() if value})


def _done_only(text: str) -> bool:
    """ "slow down just the lake", "make only the drone sepia": an edit of no more than that, and nothing to keep."""
    said = patterns.search(r"(?<![a-z])(?:only|just)(?! (?:keep|use|want|need|leave|show|have|take)(?![a-z]))", text)
    if said is None or patterns.search(r"(?<![a-z])(?:keep|leave|use|want|need|show|trim|cut|left|remain)", text):
        return False
    return (
        patterns.search(
            r"(?<![a-z])(?:make|mute|unmute|slow|speed|put|add|apply|turn|colou?r|crop|zoom|blur|brighten|darken|lighten|flip|mirror|rotate|reverse|fade|lower|raise|warm|give|set|tint|sharpen)(?![a-z])",
            text[: said.start()],
        )
        is not None
    )


_ONLY_BARE = Sieve(
    re.compile(r"\s*(?:please |so |and )*(?:just|only) (?:the |my )?")
)  # "just the lake | and the drone in sepia"


_GOES_ON = re.compile(r" and (?:(?:the|my) )?(?!(?:the|my) )[\w-]+ [a-z]")


def _kept_whole(c: Clause) -> bool:
    """Are clips named as what stays, and nothing said of them besides: "keep clip 1 and clip 3"?"""
    between = "".join(c.text[a.end : b.start] for a, b in pairwise(c.mentions))
    if not patterns.fullmatch(r"(?:[\s,&+、和跟与及第]|and|also|the|plus|my)*", between):
        return False  # "keep the drone, lose the lake"
    lead = c.text[: c.mentions[0].start]
    rest = c.text[c.mentions[-1].end :]
    said = patterns.search(
        r"^(?:please |just |only |but |and |i want to |i |let's )*(?:keep|use|(?:(?:keep|use|leave|show|want|need) )?nothing (?:but|except(?: for)?))(?: only| just)?(?: the| my)? *$|^(?:please |so |and |i want |make it )*(?:just|only)(?: the| my)? *$|(?:只|仅)(?:要|留|保留)(?:下)? *$",
        lead,
    )
    return (
        said is not None
        and patterns.fullmatch(
            r"(?: ?(?:please|pls|only|clips?|shots?|parts?|bits?|scenes?|photos?|ones?|and nothing else|(?:should|must|shall|is to|may|can) (?:be left|stay|remain)(?: over)?|stays?|remains?|吧|就行|就好))*[ .!]*",
            rest,
        )
        is not None
    )
