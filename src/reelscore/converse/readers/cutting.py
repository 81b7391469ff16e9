"""Taking time out: the beginning, the end, a stretch; trimming and dividing one thing. What is kept: `keeping`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.mention import Mention
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers.keeping import keeps
from reelscore.converse.readers.laid import laid_elsewhere
from reelscore.converse.readers.moments import between_moments
from reelscore.converse.readers.ranges import cut_stretches
from reelscore.converse.reading import (
    PICTURE_KINDS,
    SOUND_KINDS,
    Reading,
    resulting,
    step,
    steps,
    target,
    targets,
)
from reelscore.converse.scene import Thing
from reelscore.values.command import Plain

_FILM_THINGS = ("clip", "image", "music", "voice", "sound", "overlay", "logo")


def read(c: Clause) -> Iterator[Reading]:
    """Cuts, keeps, trims and splits."""
    away = c.text.isascii() or c.has("remove", "cut") or patterns.search(r"波纹|涟漪", c.text)  # 往前挪 alone moves
    named = targets(c, PICTURE_KINDS) if c.has("ripple") and away else []
    named = [said for said in named if said != "all"] or named
    if named:
        joined = patterns.search(
            r"ripple|波纹|涟漪|gap|补|合拢|all tracks|forward|together|接上|往前|向前|up$|over", c.text
        )
        yield from [steps("ripple_delete", 0.95, named)] if joined else []
    if _about_looks(c):
        return
    yield from _halves(c)
    yield from _as_long_as(c)
    yield from _stopped(c)
    yield from keeps(c)
    yield from _cuts(c)
    yield from _trim(c)
    yield from _split(c)


def _halves(c: Clause) -> Iterator[Reading]:
    """ "the second half of the drone clip", "to half its length"."""
    if not any(word in c.text for word in ("half", "半", "倍")):
        return
    clip = next((m for m in c.mentions if len(m.things) == 1 and not m.every), None)
    whole = clip.things[0].segment.duration if clip else c.scene.duration
    if resulting(c):
        return
    half = seconds(whole / 2)
    if not whole or (clip is None and c.mentions and not c.mention("film", "pronoun")):
        return
    if (
        (found := patterns.search(r"(first|second|last) half|(前|后)(?:面)?(?:一)?半", c.text))
        and c.has("keep")
        and clip is None
    ):
        front = found[0] in ("first half", "前半", "前一半", "前面一半")
        yield step("keep_range", 0.94, start=0 if front else half, end=half if front else "end")
        return
    if found := patterns.search(r"(first|second|last) half|(前|后)(?:面)?(?:一)?半", c.text):
        if c.has("cut", "remove") and not c.has("keep"):
            command = "cut_first" if found[0] in ("first half", "前半", "前一半", "前面一半") else "cut_last"
            yield step(command, 0.95, which=clip.said if clip else None, seconds=half)
    elif patterns.search(
        r"(?:to|by) half (?:of )?(?:its|the) (?:length|duration)|(?:剪|缩短|压缩|缩|砍|截)(?:到|掉|成|为)?(?:原来的?)?一半|(?:时长|长度|时间|片长)[^,。]{0,4}(?:减半|一半|砍半)",
        c.text,
    ):
        shown = c.around.focus_kind in _SHOWN or any(t.role in _SHOWN for m in c.mentions for t in m.things)
        if shown and _SIZED.search(c.text):
            return  # logo有点大,缩一半: how large it is
        if c.has("by_speed"):
            yield step("fit_duration", 0.97, to=half, which=clip.said if clip else None, how="speed")
            return
        yield step("trim", 0.97, which=clip.said, to=half) if clip else step("fit_duration", 0.97, to=half)
    elif patterns.search(r"(?:时长|长度|时间|片长)[^,。]{0,4}(?:翻一?[倍番]|加倍|变?两倍|延长一倍)", c.text):
        double = seconds(whole * 2)
        yield step("fit_duration", 0.97, to=double, which=clip.said if clip else None)


_SHOWN = ("overlay", "logo", "text")
_SIZED = re.compile(r"大|小|尺寸|缩(?!短|减)(?!.*(?:时长|长度|时间))")


def _about_looks(c: Clause) -> bool:
    """Fades, freezes, captions and their like have lengths too."""
    if c.has("fade_in", "fade_out", "crossfade", "mark_beats") or c.quotes:
        return True
    return c.quantity("percent") is not None and c.quantity("seconds") is None


_STOPS = (
    r"(?<![a-z])(?:(?:cut|stop|end|kill|drop|silence|take) (?:off |out )?.{0,40}?|.{2,40}? (?:should |must |to |needs? to |has to |can )?(?:stops?|ends?|cuts? (?:out|off)|goes silent|finish(?:es)?|is over|drops? out|out|off)(?: exactly| off| out)?)"
    r" ?(?:off |out )?(?:at|by|after) "
)


def _stopped(c: Clause) -> Iterator[Reading]:
    """ "stop the music at 25 seconds": a thing that ends at a moment of the film, where it lies now."""
    if sooner := _ends_before(c):
        yield sooner
        return
    at = next((q for q in c.every("seconds", "timecode", "number") if q.cue == "at" and not q.pair), None)
    thing = next(
        (
            m
            for m in c.mentions
            if len(m.things) == 1 and m.things[0].role in ("music", "voice", "clip", "audio", "sound")
        ),
        None,
    )
    if at is None and thing and thing.things[0].role in ("music", "voice") and (until := _until_a_clip(c, thing)):
        yield until
        return
    if at is None or thing is None or c.range or c.has("marker", "fade_out") or len(c.every("seconds")) > 1:
        return
    if not patterns.search(_STOPS, c.text[: at.start]) or patterns.search(
        r"(?<![a-z])(?:in (?:half|two)|cut (?:the )?(?:clip|shot)? ?\d? ?at)(?![a-z])", c.text
    ):
        return
    if thing.things[0].role == "clip" and not patterns.search(r"(?<![a-z])(?:stops?|ends?|off)(?![a-z])", c.text):
        return
    left = seconds(at.value - thing.things[0].span.start) if not isinstance(at.value, str) else 0
    if isinstance(left, (int, float)) and left > 0:
        yield step("trim", 0.945, which=thing.said, to=left)


_ENDS_WITH = re.compile(r"(?<![a-z])(?:end|stop|finish)(?:s|es)? (?:together |exactly |along )?with (?:the )?$")
_ONLY_UNTIL = re.compile(
    r"(?<![a-z])(?:(?:only|just|stops?|ends?|cut|trim|plays?|should|keep|let|goes|lasts?|runs?)(?![a-z])(?:[^,.;]*(?<![a-z]))?(?:until|till|up to)"
    r"|(?:stops?|ends?|cut|trim|out|off|away|gone|silent)(?: off| out)?(?:[^,.;]*(?<![a-z]))?(?:at|when|where|to|as soon as|once|before))(?: we get to)?(?: the start of| the beginning of)? (?:the )?$"
)


def _until_a_clip(c: Clause, thing: Mention) -> Reading | None:
    """ "the music only till the lake": what sounds ends where the clip begins."""
    clip = next((m for m in c.mentions if m.start >= thing.end and len(m.things) == 1 and not m.every), None)
    if clip is None or clip.things[0].role != "clip" or c.quantities:
        return None
    if _ENDS_WITH.search(c.text[: clip.start]):
        left = clip.things[0].span.end - thing.things[0].span.start
        if c.has("move") and patterns.search(r"(?<![a-z])(?:move|shift|push|place|put|nudge)(?![a-z])", c.text):
            late = clip.things[0].span.end - thing.things[0].segment.duration
            return step("move", 0.97, which=thing.said, to=seconds(late)) if late >= 0 else None
        command = "music_length" if thing.things[0].segment.piece else "trim"
        return step(command, 0.97, which=thing.said, to=seconds(left)) if left > 0 else None
    if not _ONLY_UNTIL.search(c.text[: clip.start]):
        return None
    left = clip.things[0].span.start - thing.things[0].span.start
    stays = 0 < left < thing.things[0].segment.duration
    return step("trim", 0.955, which=thing.said, to=seconds(left)) if stays else None


_SAME_LENGTH = re.compile(
    r"[^,.;]{0,30}?(?:(?:the )?same (?:length|duration) (?:as|like)|(?:exactly )?as long as|(?:match|fit)(?:es)? (?:the )?(?:length|duration) of) (?:the |my )?"
)


def _as_long_as(c: Clause) -> Iterator[Reading]:
    """ "make clip 3 the same length as clip 1"."""
    named = [m for m in c.mentions if len(m.things) == 1 and m.kind not in ("film", "pronoun")]
    if len(named) != 2 or c.quantities or not _SAME_LENGTH.fullmatch(c.text, named[0].end, named[1].start):
        return
    of, like = named[0].things[0], named[1].things[0]
    to = seconds(like.segment.duration)
    if of.role == "text":
        yield step("text_duration", 0.965, which=of.segment.id, to=to)
    elif of.role in ("clip", "overlay", "voice"):
        yield step("trim", 0.965, which=of.segment.id, to=to)


_BEFORE_THE_END = re.compile(r"(?<![a-z])(?:end|stop|finish|be over|go out|cut out)(?:s|es)? (?:about |exactly )?$")


def _ends_before(c: Clause) -> Reading | None:
    """ "let the music end 2s before the end"."""
    q = next(iter(c.every("seconds", "frames")), None)
    thing = next((m for m in c.mentions if len(m.things) == 1 and m.things[0].role in ("music", "voice", "text")), None)
    if q is None or thing is None or isinstance(q.value, str) or len(c.quantities) != 1:
        return None
    if not _BEFORE_THE_END.search(c.text[: q.start]) or not _THE_END.match(c.text, q.end):
        return None
    of = thing.things[0]
    left = c.scene.duration - q.value - of.span.start
    if left <= 0:
        return None
    command = "text_duration" if of.role == "text" else "music_length" if of.segment.piece else "trim"
    return replace(step(command, 0.965, which=of.segment.id, to=seconds(left)), whole=True)


_THE_END = re.compile(r" (?:before|earlier than) (?:the )?(?:very )?(?:end|video|film|movie|picture)(?![a-z])")


def _cuts(c: Clause) -> Iterator[Reading]:
    music = True if c.has("music_too") else None
    cutting = c.has("cut", "remove") and not _HIDES.match(c.text)
    if cutting and (beside := _beside_a_thing(c)):
        yield beside
        return
    if cutting and (beside := _beside_the_cut(c)):
        yield beside
        return
    if cutting and c.anchor and (side := _BESIDE_MARKER.search(c.text)):
        marked = c.anchor[0]
        yield (
            step("cut_range", 0.97, start=marked, end="end")
            if side["after"]
            else step("cut_first", 0.97, seconds=marked)
        )
        return
    span = between_moments(c) or (_told_twice(c) if cutting else None)
    if span and _CUT_DOWN.search(c.text) and not c.has("keep", "remove"):
        yield step("keep_range", 0.975, start=span[0], end=span[1], cut_music=music)
        return
    if cutting and (many := cut_stretches(c)):
        yield many
        return
    if span and cutting and not c.has("keep"):
        which = target(c, ("clip", "image", "voice", "overlay", "logo"), pronouns=False)
        which = None if which == "all" else which
        yield step("cut_range", 0.92, start=span[0], end=span[1], which=which, cut_music=music)
        return
    if held := laid_elsewhere(c):
        yield held
        return
    if stop := patterns.search(
        r"^(?:please )?(?:end|finish|stop) (?:the )?(?:video|film|movie|it)(?= at)|(?:影片|视频|片子)?(?:到|在)第?(?=\d+(?:\.\d+)?秒(?:处)?(?:就)?(?:结束|为止))",
        c.text,
    ):
        at = next((q for q in c.every("seconds", "timecode") if q.start >= stop.start()), None)
        if at is not None:
            yield step("cut_range", 0.93, start=plain(at), end="end")
            return
    if patterns.search(
        r"^(?:please )?(?:start|begin|have) (?:the )?(?:whole )?(?:video|film|movie|it)(?: start| begin)? (?:right )?(?:at|from) (?!the )",
        c.text,
    ) and (at := next((q for q in c.every("seconds", "timecode") if q.cue in ("at", "from", "")), None)):
        yield step("cut_first", 0.93, seconds=plain(at))
        return
    first, last = c.quantity("seconds", "frames", cue=("first",)), c.quantity("seconds", "frames", cue=("last",))
    if first is None and patterns.search(r"(?<!在)第一秒(?!到|至|处)", c.text) and not c.range:
        first = c.quantity("seconds")
    thing = target(c, _FILM_THINGS)
    if not c.mentions and c.around.focus_kind in ("voice", "music", "sound", "audio", "text"):
        thing = None  # "make the voice louder and cut the last 3 seconds": of the film
    if music and thing == "music":
        thing = None
    if first is not None and last is not None and cutting and not thing:
        both = (
            *step("cut_first", 1, seconds=plain(first), cut_music=music).asked,
            *step("cut_last", 1, seconds=plain(last)).asked,
        )
        yield Reading(both, 0.94)
    if first is not None and cutting:
        yield step("cut_first", 0.93, seconds=plain(first), which=thing, cut_music=music)
    if last is not None and cutting:
        if patterns.search(r"earlier|提前", c.text):
            thing = None
        yield step("cut_last", 0.92, seconds=plain(last), which=thing)
    if first or last:
        return
    amounts = [q for q in c.quantities if q.kind in ("seconds", "frames") and q.cue not in ("to", "until")]
    if not amounts or not cutting:
        return
    ends = _ends(c, amounts)
    if thing and ends:
        yield step("trim", 0.93, which=thing, **ends)
    elif ends.get("from_start") and ends.get("from_end") is None:
        yield step("cut_first", 0.9, seconds=ends["from_start"], cut_music=music)
    elif ends.get("from_end") and ends.get("from_start") is None:
        yield step("cut_last", 0.9, seconds=ends["from_end"])
    elif ends:
        first_cut = step("cut_first", 0.9, seconds=ends["from_start"], cut_music=music)
        yield Reading((*first_cut.asked, *step("cut_last", 0.9, seconds=ends["from_end"]).asked), 0.9)
    elif patterns.search(r"end it|结束", c.text) and c.has("earlier"):
        yield step("cut_last", 0.9, seconds=plain(amounts[0]))


_HIDES = re.compile(r"\s*(?:please |can you |then |and |just )*(?:hide|don'?t show)(?![a-z])")  # which cuts nothing
_BEFORE_IT = re.compile(
    r"(?<![a-z])(?:everything|all|anything|whatever|what(?:'s| is| comes)?|the part|the bit|the stuff)(?: (?:that )?(?:comes|is|happens))? (?P<way>before|until|till|up to|after|past) (?:the |my )?$"
)
_STARTS_OR_ENDS = re.compile(
    r"(?: (?:clip|track|over))? ?(?:(?P<starts>starts?|begins?|comes? in|kicks? in|appears?|talking|talks|speaks)|(?P<ends>ends?|stops?|is over|is done|finishes|goes away|disappears))?[ .!]*"
)


def _beside_a_thing(c: Clause) -> Reading | None:
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


def _beside_the_cut(c: Clause) -> Reading | None:
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


_CUT_DOWN = re.compile(  # "cut the interview to match the voiceover, 2s to 10s": that stretch stays
    r"(?<![a-z])(?:cut|trim|shorten|clip|chop)(?: [a-z]+){1,4} (?:down )?to (?:match|fit|just|only)(?![a-z])"
)


def _told_twice(c: Clause) -> tuple[Plain, Plain] | None:
    """ "remove 2 seconds from the middle, 4 to 6": how much, and then from where to where."""
    held = c.quantities
    if len(held) != 3 or held[0].kind != "seconds" or any(isinstance(q.value, str) for q in held):
        return None
    _, start, end = held
    if start.kind not in ("seconds", "number") or end.cue not in ("to", "until"):
        return None
    return (plain(start), plain(end)) if float(end.number) - float(start.number) == float(held[0].number) else None


_START = re.compile(
    r"(?:off|from|at|of|on) (?:the |its )?(?:very )?(?:start|beginning|front|head)|(?:the|its) (?:start|beginning|front|head)(?! of the (?:film|video))|开头|前面|头上|头部|片头|开始(?!处)"
)
_END = re.compile(
    r"(?:off|from|at|of|on) (?:the |its )?(?:very )?(?:end|tail|back)|(?:the|its) (?:end|tail)|结尾|末尾|后面|尾部|尾巴|片尾|最后"
)


def _ends(c: Clause, amounts: list[Quantity]) -> dict[str, Plain]:
    """How much comes off the start, and off the end: each end takes the amount that stands nearest."""
    made: dict[str, Plain] = {}
    both = patterns.search(r"both ends|each end|either end|两头|两端|首尾|头尾|掐头去尾|去头去尾|前后各|首尾各", c.text)
    if both:
        return {"from_start": plain(amounts[0]), "from_end": plain(amounts[0])}
    sides = [
        (name, found)
        for name, pattern in (("from_start", _START), ("from_end", _END))
        if (found := pattern.search(c.text))
    ]
    if len(sides) == 2 and len(amounts) == 1 and patterns.search(r"[\u4e00-\u9fff]", c.text) and not c.every("number"):
        q = amounts[0]  # 前面四秒不要了，直接从后面开始
        near = min(sides, key=lambda one: min(abs(one[1].start() - q.end), abs(q.start - one[1].end())))
        return {near[0]: plain(q)}
    for name, pattern in (("from_start", _START), ("from_end", _END)):
        if found := pattern.search(c.text):
            pool = amounts
            if len(amounts) == 1 and _END.search(c.text) and _START.search(c.text):
                pool = [*amounts, *[q for q in c.quantities if q.kind == "number"]]
            nearest = min(pool, key=lambda q: min(abs(found.start() - q.end), abs(q.start - found.end()) + 6))
            made[name] = plain(nearest)
    return made


_AT_MOST = re.compile(
    r"(?<![a-z])(?:max(?:imum)?|at (?:the )?most|no longer than|no more than|not longer than|up to|limit(?:ed)?|tops)(?![a-z])|最多|不超过"
)
_BESIDE_MARKER = re.compile(r"标记(?:点)?的?(?:(?P<after>之后|以后|后面?)|之前|以前|前面?)")
_BY = re.compile(
    r"(?:(?P<less>[缩变]?短|少(?:放|停|留)?)|(?<!时)(?<!总)长|延长|加长|多(?:放|停|留|播|显示)?)(?:了|上|出)?\s*$"
)


def _several(c: Clause) -> tuple[Thing, ...]:
    """照片多停1秒: photos that are named by their kind alone, and no one of them."""
    bare = [m for m in c.mentions if m.kind == "image" and m.nth is None and len(m.things) > 1]
    return bare[0].things if len(bare) == len(c.mentions) == 1 and _HAN.search(c.text) else ()


_HAN = re.compile(r"[\u4e00-\u9fff]")
_EACH = re.compile(  # "3 seconds each", "make them 2 s each": of all clips, where none is named
    r"(?:(?:please|make|give|set|keep|show|trim|cut|let'?s (?:do|make|have)|them|all(?: of them)?|these|those|the (?:clips|photos|pictures|shots|images)|down|to|for|about|should be|can be|at|now|and|,) ?)*"
    r"[\w.]+(?: ?and a half)? ?(?:s|secs?|seconds?) (?:each|apiece|every one|per (?:clip|photo|picture))(?: please| pls| now| instead)*[.! ]*"
    r"|(?:每(?:一)?[个段张]|各)(?:都|就)?(?:给|放|留|要|显示|改成|剪成|剪到)?[\d一二两三四五六七八九十半.]+秒钟?(?:吧|就行|就好|。)*"
)


def _trim(c: Clause) -> Iterator[Reading]:
    named = targets(c, _FILM_THINGS)
    lengths = c.every("seconds", "frames")
    several = _several(c) or (c.scene.of("clip") if _EACH.fullmatch(c.text.strip()) else ())
    if each := several or patterns.search(
        r"(?<![a-z])(?:per|each|every|for each|for every) (?:clip|photo|picture|shot|image|slide)|(?:clips?|photos?|pictures?|slides?) (?:for )?[\w. ]{1,12} each|每(?:一)?(?:个|张|段)(?:片段|照片|镜头|图片)?(?:图|图片)?(?!之间|中间|的?(?:开头|结尾|前|后|最))",
        c.text,
    ):
        clips = several or c.scene.of("clip")
        if lengths and clips and (way := _BY.search(c.text[: lengths[0].start])) and not c.has("fade_in", "fade_out"):
            change = float(lengths[0].number) * (-1 if way["less"] else 1)  # 每张图多放一秒
            made = [
                step("trim", 1, which=t.segment.id, to=round(float(t.segment.duration) + change, 6)).asked[0]
                for t in clips
            ]
            yield Reading(tuple(made), 0.97)
            return
        if (
            lengths
            and clips
            and not c.has("fade_in", "fade_out")
            and lengths[0].cue not in ("first", "last", "off", "at", "by")
            and each
            and not _BY.search(c.text[: lengths[0].start])
        ):
            left = [m.said for m in c.mentions if len(m.things) == 1 and not m.every and m.things[0].role == "clip"]
            kept = len(left) > 1 or (
                patterns.search(r"(?<![a-z])(?:except|but|apart from|other than)(?![a-z])|除", c.text) and left
            )
            most = clips
            if _AT_MOST.search(c.text) and not isinstance(lengths[0].value, str):
                most = tuple(t for t in clips if t.segment.duration > lengths[0].value) or clips
            yield steps("trim", 0.94, left if kept else [thing.segment.id for thing in most], to=plain(lengths[0]))
            return
    alike = len(named) == 1 or (len(named) > 1 and len({(m.start, m.end) for m in c.mentions}) == 1)  # 第2、3张
    if (
        alike
        and len(lengths) == 1
        and (way := _BY.search(c.text[: lengths[0].start]))
        and not c.has("fade_in", "fade_out")
    ):
        thing = next((t for m in c.mentions for t in m.things), None)  # intro短1秒, drone长2秒
        if thing is not None and thing.role in ("clip", "voice", "overlay") and not c.range:
            change = float(lengths[0].number) * (-1 if way["less"] else 1)
            yield steps("trim", 0.945, named, to=round(float(thing.segment.duration) + change, 6))
            return
    bare = (
        bool(c.mentions)
        and alike
        and len(lengths) == 1
        and patterns.search(
            r"^\s*(?:the |limit |把|the )?(?:the )?[^,]*?(?:clip|shot|part|one|photo|片段|镜头|照片)?\s*(?::|,|max(?:imum)?|at most|to at most|最多|不超过|limit(?:ed)? to|to)?\s*$",
            c.text[: lengths[0].start],
        )
        is not None
        and not c.has("volume", "fade_in", "fade_out", "speed_up", "slow_down", "zoom", "move", "add", "remove", "cut")
    )
    stays = (
        alike
        and len(lengths) == 1
        and (lengths[0].cue in ("for", "within") or (bare and lengths[0].cue in ("", "to")))
        and not c.has("add", "fade_in", "fade_out", "freeze", "move", "remove", "loop")
    )
    first = (
        patterns.search(
            r"only (?:show |be |appear |stay |there |up |on |visible |shown |seen |on screen )*(?:for|in|during) the first|只在前|只显示前",
            c.text,
        )
        and len(named) == 1
        and len(lengths) == 1
    )
    if (
        (stays or first)
        and named != ["all"]
        and not c.range
        and not c.mention("title", "subtitle", "text", "lower_third", "music")
    ):
        yield steps("trim", 0.9 if stays else 0.94, named, to=plain(lengths[0]))
        return
    if not c.has("trim") or not lengths or c.range:
        return
    music = c.mention("music") is not None
    to = next(
        (q for q in lengths if q.cue in ("to", "for", "long") or (q.cue == "" and not c.has("shorter", "longer"))), None
    )
    by = next((q for q in lengths if q.cue in ("by", "off", "more") or (q.cue == "" and c.has("shorter"))), None)
    if to and patterns.search(r"too long|太长|just|只", c.text) and not named:
        named = []
    if c.mention("clip") and not named:
        named = ["clip"]
    if not named or named == ["all"] or c.mention("title", "subtitle", "text", "lower_third"):
        return
    score = 0.88 if patterns.search(r"trim|shorten|cut ~ down|last|long|修剪|剪|缩短|时长|短", c.text) or to else 0.7
    if by and c.has("longer") and not c.has("shorter") and not music:
        thing = next((t for m in c.mentions for t in m.things), None)
        now = float(thing.segment.duration) if thing else 0.0
        yield step("trim", 0.85, which=named[0], to=round(now + float(by.number), 6))
    elif by and (by.cue in ("by", "off") or not to):
        yield step("trim", score, which=named[0], from_end=plain(by))
    elif to and to.cue not in ("at", "from"):
        yield steps("trim", score + 0.01, named, to=plain(to))


def _in_pieces(c: Clause, each: Quantity) -> int:
    """How many pieces are "2 second pieces" of the one clip that is named, or of the only one; 0 where that is no whole number."""
    if isinstance(each.value, str) or not _PIECES.match(c.text, each.end):
        return 0
    clips = [t for m in c.mentions if len(m.things) == 1 for t in m.things if t.role == "clip"] or list(
        c.scene.of("clip")
    )
    count = clips[0].segment.duration / each.value if len(clips) == 1 and each.value else Fraction(0)
    return int(count) if count.denominator == 1 and 1 < count <= 100 else 0


_PIECES = re.compile(r"[ -]?(?:long )?(?:pieces|parts|chunks|bits|segments|clips|sections|snippets)(?![a-z])")


def _split(c: Clause) -> Iterator[Reading]:
    if not c.has("split"):
        return
    thing = target(c, (*PICTURE_KINDS, *SOUND_KINDS))
    if thing == "clip":
        thing = None
    parts = c.quantity("parts")
    count = int(parts.number) if parts else None
    if count is None and patterns.search(r"in (?:half|two|halves)|一分为二|对半|平分|两半|中间", c.text):
        count = 2
    if count is None and patterns.search(r"in(?:to)? (?:thirds|three)|三等分", c.text):
        count = 3
    at = c.quantity("seconds", "timecode", "frames")
    many = c.every("seconds", "timecode")
    if at is not None and (pieces := _in_pieces(c, at)):
        yield replace(step("split", 0.955, which=thing, parts=pieces), whole=True)
        return
    inside = patterns.search(r"(?:seconds?|secs?|s) in(?:to)? (?:the |that )?(?:clip|shot|it)(?![a-z])", c.text)
    held = next((t for m in c.mentions if len(m.things) == 1 for t in m.things), None)
    if inside and held and at is not None and len(many) == 1 and not isinstance(at.value, str):
        yield step("split", 0.945, at=seconds(held.span.start + at.value), which=thing)
        return
    if at is not None and not (parts and "every" in at.cue):
        made = [step("split", 0.93, at=plain(q), which=thing).asked[0] for q in (many or [at])]
        yield Reading(tuple(made), 0.93)
    elif count and patterns.search(r"每一?[个段条]|(?<![a-z])(?:each|every) (?:clip|shot)(?![a-z])", c.text):
        yield steps("split", 0.945, [t.segment.id for t in c.scene.of("clip")] or [None], parts=count)
    elif count:
        yield step("split", 0.92, which=thing, parts=count)
    elif c.has("at_middle"):
        yield step("split", 0.92, which=thing, parts=2) if thing else step("split", 0.92, at="middle")
    elif c.anchor and ("marker" in c.text or any(m.kind in ("music", "voice") for m in c.mentions)):
        of = next((m.said for m in c.mentions if m.kind in ("music", "voice")), None)
        yield step("split", 0.955, at=c.anchor[0], which=of)
    elif found := patterns.search(r"(?<!\d)at (\d{1,3}(?:\.\d+)?)(?!\d)", c.text):
        yield step("split", 0.9, at=float(found[1]), which=thing)
