"""A thing that ends at a moment of the film: where a time says so, where a clip begins, before the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, seconds
from reelscore.converse.mention import Mention
from reelscore.converse.reading import Reading, step
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Said

_STOPS = (
    r"(?<![a-z])(?:(?:cut|stop|end|kill|drop|silence|take) (?:off |out )?.{0,40}?|.{2,40}? (?:should |must |to |needs? to |has to |can )?(?:stops?|ends?|cuts? (?:out|off)|goes silent|finish(?:es)?|is over|drops? out|out|off)(?: exactly| off| out| right| just)?)"
    r" ?(?:off |out )?(?:at|by|after|on) (?:the )?"
)


def stopped(c: Clause) -> Iterator[Reading]:
    """ "stop the music at 25 seconds": a thing that ends at a moment of the film, where it lies now."""
    if _FOR_A_WHILE.search(c.text) and not c.range and c.mention("music", "voice"):
        yield Reading((), 0.97, missed=_WHEN_SILENT)
        return
    if there := _ends_there_zh(c):
        yield there
        return
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
        alone = len(c.quantities) == 1 and all(m is thing or m.kind == "pronoun" for m in c.mentions)
        yield replace(step("trim", 0.945, which=thing.said, to=left), whole=alone)


_FOR_A_WHILE = Sieve(
    re.compile(
        r"(?:停|断|静音?|消失)(?:个|上|顿|下|掉)?(?:[\d.一二两三四五六七八九十半]+秒钟?|一会儿?|一下)(?:之?后|以后|,|，)?(?:再|又|然后|接着)"
    )
)
_WHEN_SILENT = Said(
    'Say from when to when it shall be silent: "no music from 5 to 8 seconds".',
    "请说明从几秒到几秒不要声音：“5秒到8秒音乐静音”。",
)
_ENDS_WITH = re.compile(r"(?<![a-z])(?:end|stop|finish)(?:s|es)? (?:together |exactly |along )?with (?:the )?$")
_ONLY_UNTIL = re.compile(
    r"(?<![a-z])(?:(?:only|just|stops?|ends?|cut|trim|plays?|should|keep|let|goes|lasts?|runs?)(?![a-z])(?:[^,.;]*(?<![a-z]))?(?:until|till|up to)"
    r"|(?:gone|over|finished|silent|out|off|done)(?: completely| fully)? (?:by|before|when)(?: the time)?"
    r"|(?:stops?|ends?|cut|trim|out|off|away|gone|silent)(?: off| out)?(?:[^,.;]*(?<![a-z]))?(?:at|when|where|to|as soon as|once|before))(?: we get to)?(?: the start of| the beginning of)? (?:the )?$"
)


_IT_ENDS = re.compile(r"(?: (?:clip|shot|part|scene))? (?:ends?|is over|is done|finish(?:es)?|stops|goes)(?![a-z])")


def _until_a_clip(c: Clause, thing: Mention) -> Reading | None:
    """ "the music only till the lake": what sounds ends where the clip begins."""
    clip = next((m for m in c.mentions if m.start >= thing.end and len(m.things) == 1 and not m.every), None)
    if clip is None or clip.things[0].role not in ("clip", "voice") or c.quantities:
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
    shown = clip.things[0].span
    left = (shown.end if _IT_ENDS.match(c.text, clip.end) else shown.start) - thing.things[0].span.start
    stays = 0 < left < thing.things[0].segment.duration
    whole = len(c.mentions) == 2  # both are told by how long it lasts
    return replace(step("trim", 0.955, which=thing.said, to=seconds(left)), whole=whole) if stays else None


_TO_ZH = re.compile(r"(?:一?直?到|等到?|从|在|当|一|等|第|,)+$")
_BEGINS_ZH = re.compile(
    r"(?:钟|那|这)?[段张个里儿]?(?P<begins>一?(?:开始|出来|出现|进来|响起))?的?(?:时候?|那里|那儿|地方|那一刻|[之以]前|前)?[,的]*"
)
_GOES_ZH = re.compile(
    r"(?:就|要|再|得|该|马上|立刻|直接|全部|都|给我|也|,)*(?:(?P<soft>收(?:掉|住|了|尾)?)|停(?:掉|止|下来?|了)?|结束|断掉?|没了)(?:吧|了|就行|就好|[ 。.!])*"
)


def _ends_there_zh(c: Clause) -> Reading | None:
    """采访开始的时候音乐停掉, 第8秒音乐停, 音乐到航拍那里收掉: what sounds ends where the clip begins, or then."""
    if c.quotes or c.text.isascii() or any(len(m.things) != 1 for m in c.mentions):
        return None
    sound = next((m for m in c.mentions if m.things[0].role in ("music", "voice")), None)
    places = [m for m in c.mentions if m is not sound]
    times = c.every("seconds", "timecode")
    if sound is None or len(places) + len(c.quantities) != 1 or len(times) != len(c.quantities):
        return None
    clip = places[0].things[0] if places else None
    if clip is not None and (clip.role != "clip" or places[0].every):
        return None
    at = times[0].value if times else clip.span.start if clip else None
    start, end = (times[0].start, times[0].end) if times else (places[0].start, places[0].end)
    tail = _BEGINS_ZH.match(c.text, end)
    assert tail is not None
    to = patterns.just_before(_TO_ZH, c.text, start)
    gone = _GOES_ZH.fullmatch(c.text, max(tail.end(), sound.end))
    moment = times or tail["begins"] or re.search(r"[里儿前]", tail[0]) or (to and "到" in to[0])
    if gone is None or not moment or (start < sound.start and tail.end() != sound.start):
        return None
    if at is None or isinstance(at, str) or (times and times[0].cue in ("first", "last")):
        return None
    left = at - sound.things[0].span.start
    if not 0 < left < sound.things[0].segment.duration:
        return None
    asked = step("trim", 1, which=sound.said, to=seconds(left)).asked
    asked += step("fade_out", 1, which=sound.said).asked if gone["soft"] else ()
    return Reading(asked, 0.965, whole=True)


_SOONER_ZH = re.compile(r"比(?:影片|视频|画面|片子|片尾|结尾)(?:要|得|应该)?(?:提前|早|先)$")  # 音乐比影片早3秒结束
_ENDS_ZH = re.compile(r"钟?(?:就|再|先)?(?:结束|停|收)")
_BEFORE_THE_END = re.compile(r"(?<![a-z])(?:end|stop|finish|be over|go out|cut out)(?:s|es)? (?:about |exactly )?$")


def _ends_before(c: Clause) -> Reading | None:
    """ "let the music end 2s before the end"."""
    q = next(iter(c.every("seconds", "frames")), None)
    thing = next((m for m in c.mentions if len(m.things) == 1 and m.things[0].role in ("music", "voice", "text")), None)
    if q is None or thing is None or isinstance(q.value, str) or len(c.quantities) != 1:
        return None
    told = _BEFORE_THE_END.search(c.text[: q.start]) and _THE_END.match(c.text, q.end)
    if not told and not (_SOONER_ZH.search(c.text[: q.start]) and _ENDS_ZH.match(c.text, q.end)):
        return None
    of = thing.things[0]
    left = c.scene.duration - q.value - of.span.start
    if left <= 0:
        return None
    command = "text_duration" if of.role == "text" else "music_length" if of.segment.piece else "trim"
    return replace(step(command, 0.965, which=of.segment.id, to=seconds(left)), whole=True)


_THE_END = re.compile(r" (?:before|earlier than) (?:the )?(?:very )?(?:end|video|film|movie|picture)(?![a-z])")
