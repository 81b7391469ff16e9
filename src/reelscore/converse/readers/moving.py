"""When something begins: moved to a moment, to an end, or so much earlier or later."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.mention import Mention
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers.ordering import BACK, FRONT
from reelscore.converse.reading import (
    PICTURE_KINDS,
    SOUND_KINDS,
    TEXT_KINDS,
    Reading,
    step,
    target,
)
from reelscore.converse.sieves import Sieve

_ANY = (*PICTURE_KINDS, *SOUND_KINDS, *TEXT_KINDS)


_FROM_A_CLIP = re.compile(
    r"(?:从|在|到)[^,。]{1,14}(?:开始|出现|出来|起)(?:的时候|时)?(?:就|再|才)?(?:响|放|播|进|出|奏|唱|有)"
)


def moved(c: Clause) -> Iterator[Reading]:
    """Something shall begin at another time, or so much earlier or later."""
    if "循环" in c.text:
        return  # 海滩那段循环播放到20秒
    lone = [m for m in c.mentions if len(m.things) == 1 and m.things[0].role != "clip" and m.kind != "pronoun"]
    if len(lone) == len(c.mentions) == 1 and not c.quantities and (bit := _A_BIT.search(c.text)):
        yield step("move", 0.93, which=lone[0].said, by=0.5 if bit[1] == "later" else -0.5)
        return
    late = patterns.search(r"(?:is|are|comes?) .{0,14}(?:early|late)(?!r)|[早晚]了", c.text)
    if not (c.has("move") or late) or (
        c.has("fade_in", "fade_out", "animate", "cut")
        and not patterns.search(
            r"move|shift|push|delay|start|pops? (?:up|in|on) (?:at|after|from)|移|挪|推迟|提前|延后", c.text
        )
    ):
        return
    things = [
        m for m in c.mentions if m.kind not in ("pronoun", "other", "film", "all", "transition", "marker", "filter")
    ]
    which = things[0].said if things else target(c, _ANY)
    if which is None and not (c.mention("clip") or (c.scene.clips == 1 and c.mention("pronoun"))):
        return
    if (
        c.has("generate", "regenerate")
        and c.mention("music")
        and not patterns.search(r"move|shift|start|移|挪|推迟|提前", c.text)
    ):
        return
    q = next((one for one in c.quantities if one.kind in ("seconds", "frames", "timecode")), None)
    if _SOUNDS_SO.search(c.text) and q is not None and not patterns.search(r"[移挪推提延]", c.text):
        return  # 音乐从第10秒开始小声
    if c.anchor and q is None and (begins := _FROM_A_CLIP.search(c.text)) and len(c.mentions) < 3:
        mover = next((m for m in c.mentions if m not in c.anchor[1] and m.end <= begins.start() + 1), None)
        song = c.scene.of("music") and any(w.kind == "instrument" and w.end <= begins.start() + 1 for w in c.wishes)
        if mover is None and song and c.scene.music and not c.scene.composed:
            yield step("move", 0.965, which="music", to=c.anchor[0])
            return
        if mover and any(t.role in ("voice", "sound", "music", "overlay", "text") for t in mover.things):
            yield step("move", 0.965, which=mover.said, to=c.anchor[0])  # 钢琴从第三张照片开始响
            return
    if c.anchor and q is None:
        mover = next((m for m in things if m not in c.anchor[1]), None)  # lake出来的时候旁白开始
        named = mover is not None and any(t.role in ("voice", "sound", "music", "overlay") for t in mover.things)
        if mover and (named or mover.kind in (*TEXT_KINDS, "voice", "sound", "music", "overlay", "logo")):
            yield step("move", 0.94, which=mover.said, to=c.anchor[0])
            return
    if q is not None and c.has("longer", "shorter") and not c.has("later", "earlier"):
        return  # "put the name tag up two seconds longer"
    if q is not None and not things and c.around.focus_kind == "name" and _IN_THE_SONG.search(c.text):
        return  # "add the pop song, start it from the chorus at 0:45": where in the file
    if q is None:
        found = patterns.search(r"(?:to|at) (\d{1,3}(?:\.\d+)?)$", c.text)
        if found and things and patterns.search(r"move|shift|start", c.text):
            yield step("move", 0.85, which=which, to=float(found[1]))
        elif (
            things
            and things[0].kind != "clip"
            and patterns.search(
                r"(?<![a-z])(?:(?:start|begin|come in|kick in|enter|play|come up|appear|show up)(?:s|ing)?|(?:start|begin|play|show|bring in) (?:the |my )?[a-z -]{3,20}?) (?:right away|right off|straight away|immediately|at once|instantly|from (?:second|frame) (?:zero|one|0|1))|从(?:头|最?开始|一开始|最?开头)(?:就)?(?:开始|放|播|出|响|进|说|讲|念)|(?:[一刚]开始|一?开头|一?上来|一开场)就(?:要|得|该|可以|直接)?(?:出|放|播|响|进|有|开始|说|讲|念|开口)|(?:move|put|start|begin|shift|place)[^,]*(?:at|to|from) the (?:very )?(start|beginning|end|middle)|(?:移|挪|放|调|拖|提前?)(?:到|至|在)?(?:影片|视频)?的?(?:最)?(开头|结尾|中间|前面|(?<=最)前|末尾)",
                c.text,
            )
        ):
            spot = (
                "end"
                if patterns.search(r"the (?:very )?end|结尾|末尾", c.text)
                else "middle"
                if patterns.search(r"middle|中间", c.text)
                else 0
            )
            if things[0].kind in TEXT_KINDS and spot == "middle":
                return
            yield step("move", 0.9, which=which, to=spot)
        elif (
            things
            and things[0].things
            and things[0].things[0].role == "clip"
            and patterns.search(r"(?<![a-z])(?:move|put|bring|place)(?![a-z])|移|挪|放", c.text)
            and (FRONT.search(c.text[things[0].end :]) or BACK.search(c.text[things[0].end :]))
        ):
            yield step(
                "move",
                0.93 if patterns.search(r"(?<![a-z])move(?![a-z])|移|挪", c.text) else 0.88,
                which=which,
                to="start" if FRONT.search(c.text[things[0].end :]) else "end",
            )
        return
    sound_or_text = (
        not things
        or things[0].kind in (*TEXT_KINDS, "voice", "sound", "music", "overlay")
        or any(t.role != "clip" for t in things[0].things)
    )
    late = patterns.search(r"too (?:early|late)|(?:is|are|comes?) .{0,14}(?:early|late)(?!r)|[早晚]了", c.text)
    if late is not None and q.start > late.end() and q.cue in ("to", "at", "from"):
        late = None  # "comes too late, show it from 15 seconds": when it shall be seen
    later = (
        late is not None
        or q.cue in ("by", "later", "earlier", "more")
        or (c.has("later", "earlier") and q.cue not in ("to", "at", "from"))
    )
    if later:
        if late:
            early = patterns.search(r"early|早", c.text)
            yield step("move", 0.95, which=which, by=q.number if early else -q.number)
            return
        by = (
            -q.number if c.has("earlier") and not patterns.search(r"later|推迟|延后|往后|后移|晚", c.text) else q.number
        )
        yield step(
            "move",
            0.93,
            which=which,
            by=f"-{plain(q)}" if q.kind == "frames" and by < 0 else plain(q) if by > 0 else by,
        )
    elif _COURSE_ZH.search(c.text) and things and any(t.role in ("music", "voice") for t in things[0].things):
        return  # 25秒开始音乐推起来: how it goes on then
    elif q.cue in ("to", "at", "from") and (sound_or_text or patterns.search(r"move|shift|place|put|移|挪|放", c.text)):
        if c.has("show", "trim") and not patterns.search(
            r"start|move|appear|come|begin|(?:show|pop|turn)s? (?:up|in|on)|移|挪|开始|出现|shift|push|放", c.text
        ):
            return
        yield _shown_from(c, q, things) or step("move", 0.91, which=which, to=plain(q))


_COURSE_ZH = re.compile(
    r"(?:推|嗨|燃|炸|热|躁|激[烈昂]|活跃?|快|大|小|强|弱|安静|慢)一?(?:起来|上去|下来|下去|[点些])|推[上向到高]|高潮|爆发|停(?!留)|收(?:掉|住)|变[得成]|换成"
)
_SOUNDS_SO = Sieve(
    re.compile(
        r"(?:开始|起|往后|之后|以后)[,，]?(?:再|就|都|要|可以|慢慢)*(?:变|调|开)?(?:小|大|轻|响|静音)(?:声|一?[点些])?"
    )
)


def _shown_from(c: Clause, q: Quantity, things: list[Mention]) -> Reading | None:
    """logo从第5秒开始显示, where it lasts as long as the film: its beginning goes, and its end stays."""
    thing = things[0].things[0] if things and things[0].things else c.spoken_of
    if thing is None or thing.role != "overlay" or isinstance(q.value, str) or not _SEEN_FROM.search(c.text):
        return None
    late = q.value - thing.span.start
    if not 0 < late < thing.segment.duration or thing.span.end + late <= c.scene.duration:
        return None
    return step("trim", 0.93, which=thing.segment.id, from_start=seconds(late))


_SEEN_FROM = re.compile(r"(?<![a-z])(?:appears?|shows?|visible|seen|comes? (?:in|up))(?![a-z])|显示|出现|出来")


_IN_THE_SONG = Sieve(
    re.compile(
        r"(?<![a-z])(?:from|at|on|with) (?:the|its) (?:first |second )?(?:chorus|drop|verse|hook|bridge|beat drop|refrain|solo)(?![a-z])|(?:of|in|into) the (?:song|track|music|tune|file|recording)(?![a-z])"
    )
)
_A_BIT = Sieve(
    re.compile(
        r"(?<![a-z])(?:a (?:little |tiny )?(?:bit|touch|tad|little)|a little|slightly|somewhat) (earlier|sooner|later)(?![a-z])"
    )
)
