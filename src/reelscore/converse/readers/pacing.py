"""Time as a whole: faster and slower, backwards, held still, repeated, brought to a length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.mentions import mentions
from reelscore.converse.proportions import proportion
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers.music_parts import decade
from reelscore.converse.reading import PICTURE_KINDS, Reading, step, steps, target, targets
from reelscore.values.command import Plain, Said

_PLAYED = ("clip", "image", "music", "voice", "sound", "overlay", "own")


def read(c: Clause) -> Iterator[Reading]:
    """Speed, reverse, freeze, loop, length."""
    yield from _speed(c)
    yield from _reverse(c)
    yield from _freeze(c)
    yield from _loop(c)
    yield from _length(c)


def _speed(c: Clause) -> Iterator[Reading]:
    fast, slow = c.has("speed_up"), c.has("slow_down")
    factor = c.quantity("factor")
    percent = c.quantity("percent")
    if patterns.search(
        r"又快又慢|又慢又快|快一?[点些]?,?(?:但|又|再)慢|慢一?[点些]?,?(?:但|又)快|(?<![a-z])(?:faster and slower|slower and faster)(?![a-z])",
        c.text,
    ):
        yield Reading((), 0.96, missed=Said("It cannot be faster and slower at once.", "不能同时又快又慢。"))
        return
    normal = patterns.search(r"(?:normal|original|regular) speed|正常速度|原速|恢复速度|恢复原来的速度", c.text)
    zero = c.quantity("number") if patterns.search(r"^(?:set )?(?:the )?speed(?: to)?|^速度", c.text) else None
    if zero is not None and not fast and not slow:
        yield step("speed", 0.9, factor=zero.number)
        return
    if not (
        fast or slow or normal or (factor and not c.has("bigger", "smaller", "zoom")) or (percent and c.has("speed"))
    ):
        return
    if patterns.search(r"(?<![a-z])(?:big|large|bigger|larger)(?![a-z])|[放变]?大一倍|字", c.text) and not (
        fast or slow
    ):
        return
    if patterns.search(r"[慢快缓](?:一?点儿?)?[推拉摇移](?!迟)|[推拉摇移](?:得|的)?[慢快]", c.text) and not c.mention(
        "film"
    ):
        return  # 慢点推: how the camera moves
    if factor and _OF_SIZE.search(c.text, factor.start, factor.end):
        return  # "a third of the size"
    if _OF_CUTTING.search(c.text) or (proportion(c.text, "size") and not proportion(c.text, "speed")):
        return  # "faster cuts", "half as big"
    if c.quantity("bpm") or c.quotes or (c.has("fade_in", "fade_out", "zoom") and not factor):
        return
    if factor and not (fast or slow) and _LOUD_TIMES.search(c.text):
        return  # 旁白声音1.5倍: how loud
    named = targets(c, _PLAYED)
    if c.mention("title", "subtitle", "text"):
        return
    if patterns.search(r"too fast|太快", c.text) and slow:
        fast = False
    elif (far := patterns.search(r"太[快慢]", c.text)) and not (fast and slow):
        if c.scene.composed and patterns.search(r"节奏|曲速|拍子", c.text):
            return
        fast, slow = far[0] == "太慢", far[0] == "太快"
    fitted = patterns.search(
        r"(?<![a-z])(?:fits?(?: in| into| within)?|(?:done|over|finish(?:ed|es)?|through) (?:in|within)|takes?(?: only| just)?) (?:\d|a |one|two|three|ten|half)",
        c.text,
    )
    length = next((q for q in c.every("seconds") if q.cue in ("to", "within", "for") or fitted), None)
    if length and factor is None and percent is None and (fast or slow) and not c.has("fade_in", "fade_out", "zoom"):
        yield steps(
            "fit_duration",
            0.94,
            [n for n in named if n not in ("clip", "all")] or [None],
            to=plain(length),
            how="speed",
        )
        return
    if normal and (undone := _as_filmed(c)):
        yield undone
        return
    value = _factor(c, fast, slow)
    keep = False if c.has("keep_pitch_not") else None
    music = named == ["music"]
    explicit = factor is not None or percent is not None or normal is not None or c.quantity("times") is not None
    if value is None:
        return
    score = 0.92 if explicit else 0.7
    if named and not music and not c.leaning:
        score = 0.92
    if music and c.scene.composed:
        score = 0.6  # composed music is played in another tempo, not sped up
    if not named and not c.mention("film") and not explicit and c.scene.composed:
        score = 0.92 if c.range else 0.62  # "speed it up from 5 to 8"
    if patterns.search(r"slow(?:-| )?mo|慢动作|慢镜头|升格|fast forward|快进", c.text):
        score = 0.93
    if "clip" in named and c.scene.clips == 1:
        named = []
    if c.has("reverse") and not patterns.search(r"reverse (?:the )?order", c.text):
        both = [*steps("reverse", 1, named or [None]).asked, *steps("speed", 1, named or [None], factor=value).asked]
        yield Reading(tuple(both), 0.95)
    yield steps("speed", score, named or [None], factor=value, keep_pitch=keep)


_LOUD_TIMES = re.compile(r"(?<![a-z])(?:volume|loudness)(?![a-z])|音量|声音?(?=[\d一二两三四五六七八九十.]+倍)")
_OF_SIZE = re.compile(r"(?<![a-z])(?:size|big|large)(?![a-z])")
_OF_CUTTING = re.compile(
    r"(?:切换|换图|换画面|翻页|转场|剪辑)(?:的?(?:速度|节奏))?(?:别|不要|可以|再|稍微|太|有点|得|能不能| )*(?:那么|这么|太)?[快慢]|(?<![a-z])(?:faster|quicker|snappier|slower|quick|fast|slow) (?:cuts|cutting|editing|edits|paced cuts)(?![a-z])"
)


def _factor(c: Clause, fast: bool, slow: bool) -> Plain:
    factor, percent = c.quantity("factor") or c.quantity("times"), c.quantity("percent")
    if (part := proportion(c.text, "speed")) is not None:
        return seconds(part)
    slowing = slow and not (fast and not patterns.search(r"slow|慢|减速", c.text))
    slowing = slowing and not patterns.search(r"faster|speed ~ up|加速|加快|提速|(?<!太)快", c.text)
    if factor is not None:
        value = Fraction(factor.value)
        return seconds(1 / value if slowing and value > 1 else value)
    if percent is not None:
        value = Fraction(percent.value) / 100
        lead = c.text[: percent.start]
        compared = patterns.search(
            r"%\s*(?:faster|slower|quicker)|(?:快|慢)(?:了|个|上)?\s*(?:\d|百分|[一二三四五六七八九]成)", c.text
        )
        by = patterns.search(r"\bby\b|加快|加速|减速|放慢|减慢|提速", lead)
        set_to = percent.cue in ("to", "at", "") and not compared and not by
        if set_to or patterns.search(r"(?:to|at|到|至) ?$", lead):
            return seconds(value)
        return seconds(1 - value if slowing else 1 + value)
    if patterns.search(r"normal speed|original speed|正常速度|原速|恢复速度", c.text):
        return 1
    a_bit, much = c.has("a_bit"), c.has("much")
    if slowing and c.has("halve"):
        return 0.5
    if slowing:
        return 0.8 if a_bit else 0.25 if patterns.search(r"super slow|very slow|超慢|extreme", c.text) else 0.5
    return 1.25 if a_bit else 4 if much and patterns.search(r"super|超", c.text) else 2 if much else 1.5


def times(factor: Fraction) -> Plain:
    """A factor as an edit takes it, exact: "4/5"."""
    return factor.numerator if factor.denominator == 1 else f"{factor.numerator}/{factor.denominator}"


def _as_filmed(c: Clause) -> Reading | None:
    """What plays faster or slower than it was filmed, of what is named, at its own speed again: factors multiply."""
    both = patterns.search(r"(?<![a-z])(?:both|all|everything|every|them)(?![a-z])|都|全|所有", c.text)
    about = {t.segment.id for m in c.mentions if m.kind not in ("pronoun", "film", "all") for t in m.things}
    if not about and c.touched is not None and not both and c.mention("pronoun"):
        about = {c.touched.segment.id}
    changed = [t for t in c.scene.things if t.segment.speed != 1 and (not about or t.segment.id in about)]
    made = [step("speed", 1, which=t.segment.id, factor=times(1 / t.segment.speed)).asked[0] for t in changed]
    return Reading(tuple(made), 0.975) if made else None


def _reverse(c: Clause) -> Iterator[Reading]:
    if not c.has("reverse") or patterns.search(r"order|顺序|排列", c.text) or c.quotes or _MIRRORED.search(c.text):
        return
    named = targets(c, _PLAYED)
    if c.mention("film") and not named and c.scene.clips > 1:
        named = ["all clips"]
    if not named and c.scene.clips == 1 and c.mention("clip"):
        named = ["clip"]
    about = [t for m in c.mentions for t in m.things]
    if "backwards" in c.text and about and set(about) <= set(c.scene.of("image")):
        yield steps("flip", 0.95, named)  # a picture that stands still
        return
    yield steps("reverse", 0.9, named or [None])


_MIRRORED = re.compile(  # what is wrong with a picture that is to be flipped
    r"(?<![a-z])(?:writing|texts?|letters?|lettering|words?|signs?|logo|print)(?: on [a-z ]{2,20})? (?:is|are|looks?|reads?|shows up|comes out)(?: all| like)? (?:backwards?|reversed|in reverse)(?![a-z])|字[^,。]{0,4}(?:是|都|全)?反"
)
_HELD_FRAME = re.compile(
    r"(?<![a-z])(?:hold|keep|leave) (?:on )?(?:the |that )?(?P<edge>first|last|final) (?:frame|image|picture) (?!at )"
)
_FOR_SO_LONG = re.compile(r"(?:画面|个|住|上)?\|(?:钟|左右|吧|就好|就行|效果)*")


def _around(text: str, verb: re.Match[str], amount: Quantity) -> str:
    """What stands between the verb and its amount, and behind it."""
    return f"{text[verb.end() : amount.start].strip()}|{text[amount.end :].strip(' .。!,')}"


def _freeze(c: Clause) -> Iterator[Reading]:
    if c.range and c.has("remove"):
        return
    if c.has("longer") and not patterns.search(r"freeze|(?:last|final|first) frame|定格|冻结|静止|停格|停帧", c.text):
        return
    if (
        patterns.search(r"停留|多停", c.text)
        and c.mention("name", "clip", "image")
        and not patterns.search(r"定格|冻结|静止|停格|停帧|freeze|第 ?\d", c.text)
    ):
        return  # how long a clip is shown
    frame = _HELD_FRAME.search(c.text)
    if frame and len(c.every("seconds", "frames")) == 1 and not c.mentions:  # "hold the last frame 2s longer"
        first = frame["edge"] == "first"
        yield step("freeze", 0.955, at="start" if first else "end", duration=plain(c.every("seconds", "frames")[0]))
        return
    if not c.has("freeze") or (c.has("show") and c.mention("title", "text", "subtitle")) or c.mention("music", "voice"):
        return
    lengths = c.every("seconds", "frames", "timecode")
    at: Plain = None
    if c.around.focus and c.mention("pronoun") is None and patterns.search(r"(?<![a-z])its(?![a-z])", c.text):
        thing = c.scene.find(c.around.focus) or next(
            (t for m in mentions(c.around.focus.lower(), c.scene) for t in m.things), None
        )
        if thing and thing.role == "clip" and c.has("last_frame", "first_frame"):
            edge = thing.span.end if c.has("last_frame") else thing.span.start
            stay = next((q for q in c.every("seconds", "frames") if q.cue not in ("at", "from")), None)
            yield step("freeze", 0.95, at=seconds(edge), duration=plain(stay) if stay else None)
            return
    if len(lengths) == 2 and patterns.search(r"各|都|分别", c.text[lengths[1].end :]) and not c.range:
        one, two = sorted(lengths, key=lambda q: Fraction(q.value))  # 3秒和9秒各定格一下: the second comes later then
        later = seconds(Fraction(two.value) + 2)
        yield Reading((*step("freeze", 1, at=plain(one)).asked, *step("freeze", 1, at=later).asked), 0.97)
        return
    clip = next((m for m in c.mentions if len(m.things) == 1 and m.things[0].role == "clip" and m.kind != "film"), None)
    if c.has("last_frame"):
        at = seconds(clip.things[0].span.end) if clip else "end"
    elif c.has("first_frame"):
        at = seconds(clip.things[0].span.start) if clip else "start"
    moment = next((q for q in lengths if q.cue in ("at", "from", "until")), None)
    stay = next((q for q in lengths if q is not moment and q.cue not in ("at", "from")), None)
    held = patterns.search(r"定格|停格|停帧|静[止帧]|冻结|停住", c.text)
    if held and lengths and moment is None:
        after = [q for q in lengths if q.start >= held.end()]
        ends = patterns.search(r"最后|结尾|末尾|尾帧|片尾|尾巴", c.text[: held.start()])
        first = patterns.search(r"开头|首帧|片头|一开始", c.text[: held.start()])
        if len(lengths) == 1 and (ends or first) and at is None:
            stay = lengths[0]
            span = clip.things[0].span if clip else None
            at = (seconds(span.end) if span else "end") if ends else (seconds(span.start) if span else "start")
        elif len(lengths) == 1 and after and at is None and _FOR_SO_LONG.fullmatch(_around(c.text, held, after[0])):
            stay, at = lengths[0], seconds(clip.things[0].span.end) if clip else "end"  # 第二段定格一秒
        elif (
            len(lengths) > 1
            and len(after) == len(lengths)
            and c.text[held.end() : after[0].start].strip() in ("在", "", "第", "在第")
        ):
            moment, stay = after[0], after[1]
    if (
        at is None
        and moment is None
        and patterns.search(
            r"at (?:the|its) (?:very )?end(?! of the [a-z]+ (?:clip|shot))|(?:end|finish|close)(?:es|ing|s)? (?:on|with) (?:a|an|the) ",
            c.text,
        )
    ):
        at = seconds(clip.things[0].span.end) if clip else "end"
    if at is None and moment is None and lengths and not patterns.search(r"(?:for|last) ", c.text):
        moment, stay = lengths[0], lengths[1] if len(lengths) > 1 else None
    if at is None and moment is not None:
        at = plain(moment)
    if at is None and c.has("at_middle"):
        at = "middle"
    if at is None and patterns.search(r"at the (?:very )?end|结尾|最后|末尾", c.text):
        at = "end"
    if at is None and (found := patterns.search(r"(?<!\d)at (\d{1,3}(?:\.\d+)?)(?!\d)", c.text)):
        at = float(found[1])
    if at is not None:
        score = 0.945 if patterns.match(r"\s*(?:please |then |and )*freeze(?![a-z])", c.text) else 0.93
        yield step("freeze", score, at=at, duration=plain(stay) if stay else None)
    elif patterns.search(r"freeze|定格|冻结", c.text):
        yield step("freeze", 0.6, at="end", duration=plain(stay) if stay else None)


def _loop(c: Clause) -> Iterator[Reading]:
    if not c.has("loop") or c.quotes:
        return
    named = targets(c, _PLAYED)
    lengths = c.every("seconds", "timecode")
    times = c.quantity("times", "factor") or c.quantity("number")
    until: Plain = plain(lengths[0]) if lengths else None
    if until is None and patterns.search(
        r"until the (?:video|film|movie)? ?(?:ends?|is over)|to the end|till the end|到(?:影片|视频)?(?:结束|结尾|最后)|影片结束|视频结束",
        c.text,
    ):
        until = "end" if named != ["music"] else None
    count = int(times.number) if times and times.kind != "seconds" else None
    again = count is not None and patterns.search(
        r"times? (?:in a row|back to back|over)|twice (?:in a row|back to back)|(?<![a-z])(?:play|show|run) .{0,30}(?:times|twice)(?![a-z])",
        c.text,
    )
    if again and not named and (c.mention("film") or c.mention("pronoun")) and not lengths and c.scene.clips:
        named = ["all clips"]
    if (
        again
        or patterns.search(r"\bloop|循环", c.text)
        or (
            patterns.search(r"(?:连着|连续|反复|重复|来回)(?:播放?|放|来)", c.text) and (named or count) and not lengths
        )
    ):
        if not named and c.mention("film") and not lengths:
            named = ["all clips"]
        if not named and not lengths and c.mention("pronoun") and not c.scene.music and len(c.scene.of("clip")) == 1:
            named = ["clip 1"]  # "loop it three times", and there is nothing else
        if not named and lengths and (c.mention("film") or c.mention("pronoun")):
            yield step("fit_duration", 0.91, to=until, how="loop")
            return
        yield steps("loop", 0.9, named or [None], times=count, until=until)
    elif (named and named[0] == "music" and (until or count)) or (
        lengths and patterns.search(r"until|直到", c.text) and named
    ):
        yield steps("loop", 0.9, named, times=count, until=until)


_WHOLE = re.compile(
    r"total|overall|everything|it all|all of it|整体|总长|总时长|全长|exactly|控制|whole|entire|整个|整片|全片|成片|影片|视频|film|video|movie|slideshow|幻灯片|短片"
)


_OF_EACH = re.compile(
    r"(?<![a-z])(?:a (?:little )?(?:bit|little|piece)|some(?:thing)?|equally|evenly|the same) (?:of|off|from|out of) (?:each|every|all)(?: of)?(?: the)?(?: (?:clips?|shots?|ones?|scenes?))?(?![a-z])"
    r"|(?<![a-z])proportional(?:ly)?(?![a-z])|按比例|每(?:一?段|一?个(?:片段|镜头)?)都?(?:各|匀着|均匀地?|平均|稍微|一起)*(?:剪|减|缩)(?:短|掉)?(?:一?点|一些)"
)
_FAST_CUTS = re.compile(r"(?<![a-z])(?:fast|quick|rapid|snappy|punchy|short|jumpy) cuts(?![a-z])")
_A_MOMENT = re.compile(r"钟?(?:那里|那儿|的?地方|的?位置|的?时候|那一?刻)")
_TOO_LONG = re.compile(r"钟?(?:的(?:视频|片子))?(?:有点|实在|还是)?太?(?:太长|太短|有点长|有点短|不够)")


def _length(c: Clause) -> Iterator[Reading]:
    lengths = [
        q
        for q in c.every("seconds")
        if q.cue not in ("first", "last", "off", "from", "over", "within", "every") and not decade(c.text, q)
    ]
    if not lengths or c.range or c.quotes or not c.has("fit_length"):
        return
    if " cuts" in c.text and _FAST_CUTS.search(c.text):
        return  # how long the clips are is not said
    if any(_A_MOMENT.match(c.text, q.end) for q in lengths):
        return  # 到15秒那里掉下来
    lengths = [q for q in lengths if not _TOO_LONG.match(c.text, q.end)] or lengths
    to = lengths[0]
    if _OF_EACH.search(c.text) and c.scene.clips > 1:
        yield step("fit_duration", 0.975, to=plain(to), how="share")
        return
    if not c.scene.clips and c.scene.music and to.cue not in ("at", "by", "later", "earlier", "more", "until"):
        yield step("music_length", 0.93, to=plain(to))
        return
    if to.cue in ("at", "by", "later", "earlier", "more", "until") or c.mention(
        "title", "subtitle", "text", "lower_third"
    ):
        return
    if c.has("fade_in", "fade_out", "freeze", "split", "add", "crossfade") and not c.mention("film", "pronoun"):
        return
    if c.has("music_noun") and not c.mention("film"):
        return
    how = "speed" if c.has("by_speed") and not patterns.search(r"不要?变速|without speed", c.text) else None
    how = how or ("loop" if c.has("by_loop") else None) or ("trim" if c.has("by_trim") else None)
    if patterns.search(r"一共|总共|合计|加起来|全部加", c.text) and not c.mention("music", "voice"):
        yield step("fit_duration", 0.95, to=plain(to), how=how)
        return
    things = [said for said in targets(c, (*PICTURE_KINDS, "voice"), pronouns=False) if said != "all"]
    if things and things != ["clip"]:
        every = things[0].startswith("all ")
        if every and not patterns.search(r"each|every|每", c.text):
            yield step("fit_duration", 0.8, to=plain(to), how=how)
        elif (left := _left_of_one(c, things, to)) and how == "trim":
            yield replace(step("trim", 0.95, which=things[0], to=left), whole=True)
        elif how:
            yield steps("fit_duration", 0.92, things, to=plain(to), how=how)
        return
    focused = target(c, PICTURE_KINDS)
    shortened = bool(c.around.focus) and _SHORTENED.search(c.text) is not None and not _taken_out(c)
    spoken = bool(c.context.touched) or shortened
    if focused and spoken and c.mention("pronoun") and c.scene.clips != 1 and not _WHOLE.search(c.text):
        yield step("trim", 0.86, which=focused, to=plain(to))
        return
    if c.mention("clip") and c.scene.clips > 1 and not c.mention("film"):
        return
    score = 0.9 if c.mention("film", "pronoun") or _WHOLE.search(c.text) else 0.8
    yield step("fit_duration", score, to=plain(to), how=how)


_SHORTENED = re.compile(r"[剪缩截裁修](?:短|到|成|减)|(?<![a-z])(?:trim|shorten|cut)(?![a-z])")


def _taken_out(c: Clause) -> bool:
    """Is what was last spoken of gone: "remove the intro and cut it to 30 seconds"?"""
    return any(getattr(one, "command", "") in ("remove", "ripple_delete", "add") for one in c.around.before)


def _left_of_one(c: Clause, things: list[str], length: Quantity) -> Plain:
    """ "the whole thing 10 seconds by trimming the interview": the seconds left of the one clip; None where it cannot."""
    one = [m.things[0] for m in c.mentions if m.said in things and len(m.things) == 1 and m.things[0].role == "clip"]
    if len(one) != 1 or not (c.mention("film") or _WHOLE.search(c.text)) or not isinstance(length.value, Fraction):
        return None
    left = length.value - (c.scene.duration - one[0].segment.duration)
    return seconds(left) if 0 < left < one[0].segment.duration else None
