"""How things sound: volume, mute, fades, ducking, balance, loudness."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain
from reelscore.converse.denied import FADES, SOUND, denied
from reelscore.converse.quantities import Quantity
from reelscore.converse.reading import PICTURE_KINDS, SOUND_KINDS, TEXT_KINDS, Reading, step, steps, targets, unnamed
from reelscore.values.command import Plain, Said, Step
from reelscore.values.message import Asked

_HEARD = (*SOUND_KINDS, "clip", "overlay")


def read(c: Clause) -> Iterator[Reading]:
    """Everything that only changes how something is heard, and the fades of pictures."""
    yield from _normalise(c)
    yield from _mute(c)
    yield from _duck(c)
    yield from _pan(c)
    yield from _fades(c)
    yield from _crossfade(c)
    yield from _volume(c)


def heard(c: Clause) -> list[str]:
    """What is spoken of that sounds; the film as a whole is its clips' own sound, "the audio" is everything."""
    named = targets(c, _HEARD, film="all clips")
    if len(named) > 1 and (weighed := _COMPARED.search(c.text)):
        named = [said for said in named if any(m.said == said and m.start < weighed.end() for m in c.mentions)] or named
    if "all clips" in named and len(named) > 1 and c.mention("own"):
        named = [said for said in named if said != "all clips"]  # "the drone's own sound"
    empty = {m.said for m in c.mentions if m.kind in SOUND_KINDS and not m.things}
    if len(named) > 1 and empty and any(m.things for m in c.mentions):
        named = [said for said in named if said not in empty] or named  # "my voice in the selfie clip"
    silent = {t.segment.id for t in c.scene.things if not c.scene.sounds(t)}
    if len(named) > 1:
        named = [said for said in named if said not in silent]
    named = [said for said in named if said not in ("audio", "all", "all audios")]
    if named and named[0] == "clip":
        named = ["clip"] if c.scene.clips == 1 else named
    if not named and c.mention("audio") and c.around.focus and c.around.focus_kind in SOUND_KINDS:
        named = [c.around.focus]  # "he cannot be heard, the sound a bit louder"
    return named


_COMPARED = re.compile(  # "louder than the music": only what stands before it is to change
    r"(?<=[a-z] )(?:than|over|compared (?:to|with)|relative to|against|behind|underneath|on top of) (?=(?:the |my |her |his )?[a-z])"
)


def _normalise(c: Clause) -> Iterator[Reading]:
    if not c.has("normalise"):
        return
    lufs = c.quantity("lufs")
    if not lufs and c.quantity("decibels") and c.has("louder", "quieter"):
        return  # "pull the master down 3 dB"
    named = heard(c) if c.mentions else []
    if named == ["all clips"] and not c.mention("own", "clip"):
        named = []
    level: Plain = None
    lufs = lufs or next((q for q in c.every("number", "decibels") if q.number < 0), None)
    if lufs is not None:
        level = -abs(lufs.number)
    off = (
        True
        if patterns.search(
            r"^(?:please )?(?:don'?t|stop|no|undo|turn off|remove).{0,12}normali|取消.{0,4}(?:标准化|统一)", c.text
        )
        else None
    )
    yield steps("normalise", 0.92, named or [None], to=level, off=off)


_SOUND_OFF = (
    r"的?(?:声音|原声|音量|声儿?|音频|音)(?:都|也|全|全部|统统|给我|先)*(?:去掉|去了|关掉|关了|关上|关闭|关|不要了?|不需要|删掉|删了|删除|拿掉|消掉|静掉|清掉|取消|移除|抹掉)"
    r"|(?:去掉|去除|关掉|关了|关闭|关|不要|别要|不需要|删掉|删除|拿掉|消掉|清除|移除|取消|抹掉)(?!静音)[^,。]{0,14}?的?(?:声音|原声|音量|音频)(?!(?:文件|淡|太|大|小))"
    r"|(?<![a-z])(?:remove|get rid of|delete|lose|kill|drop|take out|take away|turn off|strip|cut) (?:all )?(?:the )?[a-z0-9'. -]{0,28}?(?:sound|audio|noise)(?! ?(?:effect|track|file|clip))(?![a-z])"
    r"|(?:没|无|没有)声音?|不(?:要|带|出|发)声音?|别(?:出|有|发)声音?|变?哑"
)
"""The sound of something is not wanted: it is muted, and stays where it is."""


def sound_off(c: Clause) -> bool:
    """Is it the sound of a thing that shall go, and not the thing?"""
    if patterns.search(r"慢慢|渐渐|逐渐|缓缓|[淡渐][入出隐]", c.text):
        return False
    return patterns.search(_SOUND_OFF, c.text) is not None


def _mute(c: Clause) -> Iterator[Reading]:
    if any(m.kind == "name" and not m.things for m in c.mentions):
        return  # "drop the whoosh sound at 15": a file that is not used yet
    if c.has("unmute"):
        yield steps("unmute", 0.94, [n for n in heard(c) if n != "all clips" or c.mention("own", "clip")] or [None])
        return
    off = sound_off(c) or denied(c.text, SOUND)
    off = off and not any(m.kind == "name" and not m.things for m in c.mentions)  # "drop the whoosh sound at 0:15"
    if patterns.search(r"(?<![a-z])(?:the|that|this|any|all) silences?(?![a-z])", c.text) and c.has("cut"):
        return  # a silence that is cut out
    if patterns.search(r"colou?r", c.text) or not (c.has("mute") or off) or c.quantity("percent", "decibels"):
        return
    spoken = c.mention("music", "voice", "sound", "audio", "own") is not None
    plainly = patterns.search(
        r"(?<![a-z])(?:muted?|silenced?|no sound|no audio|silent|soundless|(?:want|need) to hear|be heard)(?![a-z])|静音|(?<!取)消音|没有声音|不要声音|无声",
        c.text,
    )
    if not (plainly or off) and not spoken:
        return
    kept = patterns.search(
        r"(?:but |and )?(?:keep|leave|not|except)(?: for)? (?:the )?(?:music|voice|narration|bgm)|(?:保留|留下|不动|除了)(?:背景)?(?:音乐|旁白|配乐)",
        c.text,
    )
    named = heard(c)
    but = patterns.search(
        r"(?:everything|all|全部|所有|其他|其它).{0,16}(?:except|but|apart from|other than)|除了?.{1,12}(?:都|全|其他|其它|其余|别的)|only keep|keep only|只(?:留|要|保留)",
        c.text,
    )
    if but:
        all_clips = patterns.search(
            r"(?:所有|全部|各个?|每[个段])?(?:片段|视频|镜头)?的?(?:原声|原音).{0,12}只", c.text
        )
        if all_clips:
            yield steps("mute", 0.96, ["all clips"])
            return
        spared = {t.segment.id for m in c.mentions for t in m.things if m.kind != "all"}
        left = [t.segment.id for t in c.scene.things if c.scene.sounds(t) and t.segment.id not in spared]
        if spared and left and not any(m.kind == "name" for m in c.mentions):
            yield steps("mute", 0.95, left)
            return
    if kept and not named:
        named = ["all clips"]
    if kept:
        spared = {m.said for m in c.mentions if kept.start() <= m.start < kept.end()}
        named = [said for said in named if said not in spared] or (
            ["all clips"] if c.mention("film", "own", "audio") else []
        )
    score = 0.96 if off and named else 0.95 if plainly or off or c.mention("own") else 0.9
    yield steps("mute", score, named or [None])


def _duck(c: Clause) -> Iterator[Reading]:
    if not c.has("duck"):
        return
    scored = any(t.role == "music" for m in c.mentions for t in m.things[:1])
    if not c.mention("music") and not scored and not patterns.search(r"duck|闪避|避让|side-?chain", c.text):
        return
    lowers = patterns.search(
        r"duck|dip|lower|(?<![a-z])low(?![a-z])|quiet|down|soft|back|drop|room|out of the way|on top|drown|cover|bury|mask|less|side-?chain|under|压低|降低|小|闪避|避让|让|轻",
        c.text,
    )
    if not lowers or c.quantity("percent") or (c.mention("voice") and not c.mention("music") and c.has("louder")):
        return
    by = c.quantity("decibels", "number")
    named = [m.said for m in c.mentions if m.kind in ("music", "name") and "voice" not in {t.role for t in m.things}]
    off = (by is None and denied(c.text, r"duck(?:ing|ed|s)?|side-?chain(?:ing)?")) or patterns.search(
        r"(?:no|stop|remove|turn off|without|don'?t) (?:the )?duck|(?:取消|不要|关闭)(?:自动)?(?:闪避|避让|压低)",
        c.text,
    )
    yield steps(
        "duck", 0.94, named[:1] or ["music" if c.scene.music else None], by=0 if off else abs(by.number) if by else None
    )


def _pan(c: Clause) -> Iterator[Reading]:
    if not c.has("pan_to") or (c.has("rotate", "flip", "zoom") and not patterns.search(r"\bpan\b", c.text)):
        return
    named = heard(c)
    sounding = c.mention("music", "voice", "sound", "audio", "own") or patterns.search(
        r"channel|speaker|声道|\bear\b|左耳|右耳", c.text
    )
    if not sounding and not any(m.kind == "name" and m.things and m.things[0].role in SOUND_KINDS for m in c.mentions):
        return
    side = "centre" if c.has("centre") and not patterns.search(r"left|right|左|右", c.text) else c.chosen("pan", "to")
    if side is None or (side == "centre" and not patterns.search(r"cent|middle|居中|中间|正中", c.text)):
        return
    amount = c.quantity("percent") or c.quantity("number")
    part: Plain = (
        amount.number
        if amount
        else 50
        if patterns.search(r"half|一半", c.text)
        else 30
        if c.has("a_bit") and side != "centre"
        else None
    )
    yield steps("pan", 0.94, named or [None], to=side, amount=part)


def _fades(c: Clause) -> Iterator[Reading]:
    both = c.has("fade_both")
    gone = denied(c.text, FADES) or patterns.search(
        r"(?<![a-z])no (?:more )?fad(?:e|es|ing)|remove the fad(?:e|es|ing)|without (?:a |the |any )?fad(?:e|es|ing)|(?:去掉|不要|取消).{0,4}(?:淡|渐)",
        c.text,
    )
    going_in, going_out = both or c.has("fade_in"), both or c.has("fade_out")
    if not (gone or going_in or going_out) and _FADES_ALONE.search(c.text):
        sounds = c.mention("music", "voice", "sound") or any(
            t.role in SOUND_KINDS for m in c.mentions for t in m.things[:1]
        )
        going_out = bool(sounds) and not c.mention(*TEXT_KINDS, "transition", "clip", "image")
    if gone and not (going_in or going_out):
        going_in = going_out = True
    if not (going_in or going_out) or (c.has("captions") and c.quotes):
        return
    if c.has("animate") and c.mention(*TEXT_KINDS) and not c.quantity("seconds"):
        return
    length = c.quantity("seconds", "frames")
    of = _what_fades(c)
    heard_only = of == "sound" and not c.mention("music", "voice", "sound")
    if (
        not heard_only
        and any(m.kind in ("music", "voice", "sound", "audio") and not c.spared(m) for m in c.mentions)
        and not c.mention("clip", "image")
    ):
        named = [m.said for m in c.mentions if m.kind in ("music", "voice", "sound", "name") and not c.spared(m)]
        of = None
    else:
        leans = c.mention("pronoun") is not None or not c.has("at_end", "at_start")
        named = targets(c, (*SOUND_KINDS, *PICTURE_KINDS, *TEXT_KINDS), pronouns=leans)
        named = [said for said in named if said not in ("audio", "clip")]
        heard_of = [m for m in c.mentions if m.said in named and m.things and m.things[0].role in SOUND_KINDS]
        if (
            heard_of
            and len(named) > 1
            and patterns.search(
                r"(?<![a-z])(?:with|as|when|before|after|until|by) (?:the )?[^,.;]*$", c.text[heard_of[0].end :]
            )
        ):
            named, of = [heard_of[0].said], None  # "the song should fade out with the last picture"
    if not named and c.mention("audio"):
        of = None if patterns.search(r"picture|image|video|画面", c.text) else "sound"
    if named == ["all"] and of == "picture":
        named = []
    if named == ["all clips"] and (c.mention("own") or of == "sound"):
        named, of = [], "sound"
    if gone:
        made = [*steps("fade_in", 0.93, named or [None], duration=0).asked] if going_in else []
        made += [*steps("fade_out", 0.93, named or [None], duration=0).asked] if going_out else []
        yield Reading(tuple(made), 0.93)
        return
    lasts = {"in": length, "out": length}
    times = c.every("seconds", "frames")
    if going_in and not going_out and (back := _AND_OUT.search(c.text)):
        going_out = True
        times = [*times, *([q] if (q := c.quantity("number")) and q.start > back.start() else [])]
    if going_in and going_out and len(times) == 2 and not both:
        lasts = {"in": times[0], "out": times[1]}
    made = []
    if going_in:
        q = lasts["in"]
        made += steps("fade_in", 0.9, named or [None], duration=plain(q) if q else None, of=of).asked
    if going_out:
        q = lasts["out"]
        made += steps("fade_out", 0.9, named or [None], duration=plain(q) if q else None, of=of).asked
    yield Reading(tuple(made), 0.9 if not c.quotes else 0.6)


_FADES_ALONE = re.compile(r"(?<![a-z])(?:fade|fades)(?![a-z])(?! (?:between|into|to))")
_AND_OUT = re.compile(r"(?<![a-z])in(?![a-z])[^.;]{1,40}(?:and|,) (?:then )?(?:back |fade )?out(?![a-z])")


def _what_fades(c: Clause) -> str | None:
    if patterns.search(
        r"(?:from|to|into) (?:black|white)|黑场|渐黑|黑屏|变黑|(?:the |just the |only the )?(?:picture|image)|画面",
        c.text,
    ):
        return "picture"
    if patterns.search(r"(?:the |just the |only the )(?:sound|audio)|声音|音频", c.text):
        return "sound"
    return None


def _crossfade(c: Clause) -> Iterator[Reading]:
    if not c.has("crossfade"):
        return
    if not c.mention("music", "sound", "audio", "voice") and not patterns.search(
        r"songs?|tracks?|audio|歌|音乐", c.text
    ):
        return
    if c.mention("clip", "image", "film") and not c.mention("music"):
        return
    length = c.quantity("seconds")
    picked = [m.said for m in c.mentions if m.kind == "music" and m.nth is not None]
    yield steps("crossfade", 0.94, picked or [None], duration=plain(length) if length else None)


def _volume(c: Clause) -> Iterator[Reading]:
    if c.quotes or c.has("zoom", "opacity", "crop"):
        return
    spoken = c.mention("music", "voice", "sound", "audio", "own") is not None
    named = heard(c)
    sounding = (
        spoken
        or c.has("volume")
        or any(
            t.role in ("music", "voice", "sound", "audio")
            for m in c.mentions
            for t in m.things[:1]
            if m.kind in ("name", "pronoun")
        )
    )
    thing = c.touched
    if c.mention("pronoun") and thing and thing.role in ("music", "voice", "sound", "audio") and not c.around.focus:
        sounding = True
    if c.leaning and thing and thing.role in ("music", "voice", "sound", "audio"):
        sounding = True
    up, down = c.has("louder"), c.has("quieter")
    if (" more " in f" {c.text}" or " less " in f" {c.text}") and (wanted := _more_and_less(c)):
        yield wanted
        return
    if amount := patterns.match(
        r"(?:[^,;]{0,16}? )??(?:(?P<bit>a bit|a little|a touch|a tad|slightly|a notch)|much|(?P<lot>a lot|way)|\d+ ?(?:%|percent)|(?:\d+|[a-z]+) ?db)? ?(?P<way>more|less) (?:of )?(?:the )?",
        c.text,
    ):
        after = next((m for m in c.mentions if m.start <= amount.end() <= m.end and m.kind in SOUND_KINDS), None)
        if after and after.end >= len(re.sub(r"(?:[ .!]|please|pls)+$", "", c.text)) and not c.quotes:
            sign = 1 if amount["way"] == "more" else -1
            how = c.quantity("percent", "decibels")
            bit = "a_bit_" if amount["bit"] else "much_" if amount["lot"] else ""
            if how is not None:
                yield step(
                    "volume", 0.94, which=after.said, **{"by" if how.kind == "percent" else "by_db": sign * how.number}
                )
            else:
                yield step("volume", 0.93, which=after.said, step=f"{bit}{'louder' if sign > 0 else 'quieter'}")
            return
    if patterns.search(
        r"both (?:louder and quieter|quieter and louder)|louder and quieter|既要?大声?又要?小|又大声?又小|[又既](?:高|响|要响|大)[又也](?:低|轻|要轻|小)|[又既]小声?[又也]大",
        c.text,
    ):
        yield Reading((), 0.96, missed=Said("It cannot be louder and quieter at once.", "不能同时又大声又小声。"))
        return
    if masking := patterns.search(
        r"drown(?:s|ing|ed)?|overpower(?:s|ing|ed)?|盖过|盖住|盖掉|压过|压住|压不住|压不过|盖不过|盖不住|淹没|抢了",
        c.text,
    ):
        over = next((m for m in c.mentions if m.end <= masking.start() and m.kind in SOUND_KINDS), None)
        if "不" in masking[0]:  # 旁白盖不过音乐
            if over and not (up or down):
                yield step("volume", 0.95, which=over.said, step="louder")
                return
            if over:
                yield step("volume", 0.95, which=over.said, step="a_bit_louder" if c.has("a_bit") else "louder")
            return
        elif (by := patterns.search(r"被(?:.{1,8})$", c.text[: masking.start()])) and over:
            first = next((m for m in c.mentions if m.end <= by.start() and m.kind in SOUND_KINDS), None)
            over = next((m for m in c.mentions if m.start > by.start() and m.kind in SOUND_KINDS), over)
            louder = first and patterns.search(r"大|高|响", c.text[: by.start()])
            bit = "a_bit_" if louder and c.has("a_bit") else ""
            yield (
                step("volume", 0.95, which=first.said, step=f"{bit}louder")
                if first and louder
                else step("volume", 0.95, which=over.said, step="quieter")
            )
            return
        elif over:
            yield step("volume", 0.95, which=over.said, step="quieter")
            return
    level = c.quantity("percent") or (c.quantity("number") if sounding and not _A_MOMENT.search(c.text) else None)
    decibels = c.quantity("decibels")
    if decibels is None and level is None and not (up or down or c.has("halve", "full")):
        return
    if level is not None and level.kind == "number" and patterns.search(_NO_LEVEL, unnamed(c)):
        return
    if c.quantity("seconds", "bpm", "factor", "fps", "bars", "degrees") or c.has("speed_up", "slow_down", "speed"):
        return
    if c.has("normalise") and not decibels:
        return
    if patterns.search(r"key|tempo|pitch|bpm|opaque|opacity|透明|(?:升|降)个?调|[大小]调|speed|速度|节奏", unnamed(c)):
        return
    if len(more := _MORE_OR_LESS.findall(c.text)) > 1 and not c.quantities:
        of = [m for m in c.mentions if m.kind in SOUND_KINDS]
        if len(of) == len(more) == len(c.mentions):
            made = [
                step("volume", 1, which=m.said, step="louder" if w == "more" else "quieter").asked
                for m, w in zip(of, more, strict=True)
            ]
            yield Reading(tuple(one for asked in made for one in asked), 0.95)
            return
    pieces = _split_amounts(c)
    if pieces:
        yield Reading(pieces, 0.94)
        return
    args = _amount(c, up, down, level, decibels)
    if (
        level is not None
        and level.kind == "number"
        and (told := patterns.search(r"(?<![a-z])(plus|minus) $", c.text[: level.start]))
    ):
        args = {"by_db": level.number if told[1] == "plus" else -abs(level.number)}
    if not args:
        return
    if not named and not spoken and up and c.scene.of("voice") and patterns.search(_TALKING, c.text):
        named, sounding = ["voice"], True
    loud = patterns.search(
        r"loud|quiet|nois|soft(?:er)|volume|(?:turn|crank|bring|bump|pump|dial|tone|put|push|boost|ramp)(?: [^ ,]+){0,5}? (?:up|down)(?![a-z])"
        r"|^(?:a bit |a little |much )?(?:up|down)(?![a-z])"
        r"|hear|音量|大声|小声|响|吵|轻|声音|调[大小高低]|听不|(?<![a-z])db(?![a-z])|分贝|大一?[点些]|小一?[点些]",
        c.text,
    )
    if not sounding and patterns.search(
        r"画质|清晰|分辨率|码率|帧|字号|字体|画面|亮度|对比|饱和|锐度|色|温度|透明", c.text
    ):
        return
    sized = loud is not None and patterns.fullmatch(r"[大小]一?[点些]", loud[0]) is not None
    if sized and not sounding and c.around.focus and c.around.focus_kind not in (*SOUND_KINDS, "clip", "film"):
        return  # "badge in the corner, a bit smaller"
    loud = loud or (
        patterns.search(r"(?<![a-z])(?:up|down)(?: a bit| a little| a lot| please)?$", c.text) if sounding else None
    )
    if any(w.kind in ("genre", "mood") and not w.idle for w in c.wishes) and not level and not decibels:
        return
    score = (
        0.93
        if sounding and (loud or level or decibels or args.get("step") or c.has("halve", "full"))
        else 0.86
        if loud
        else 0.5
    )
    if decibels is not None:
        score = 0.94
    if not sounding and not loud:
        if not (named and (c.mention("clip", "name"))):
            return
        score = 0.4 if not level else 0.6
    if not named and spoken is False and c.mention("title", "text", "overlay", "logo", "image"):
        return
    yield steps("volume", score, named or [None], **args)


_NO_LEVEL = (
    r"(?<![a-z])(?:cut|trim|start|begin|stop|end|move|come|enter|appear|second|hit|accent|marker|bars?)s?(?![a-z])"
)
_MORE_OR_LESS = re.compile(r"(?<![a-z])(more|less) (?:of )?(?:the )?(?=[a-z])")


def _more_and_less(c: Clause) -> Reading | None:
    """ "we need more music and less voice": how loud each should be."""
    said = [
        (match[1], next((m for m in c.mentions if m.start == match.end() and m.kind in SOUND_KINDS), None))
        for match in patterns.compiled(r"(?<![a-z])(more|less) (?:of )?(?:the )?").finditer(c.text)
    ]
    needing = patterns.match(
        r"\s*(?:we|i|it|this|you|they)(?:'d| would| could| should)? (?:need|needs|want|wants|use|like)(?![a-z])", c.text
    )
    if not said or not all(thing for _, thing in said) or not (len(said) > 1 or needing):
        return None
    made = [
        one
        for way, thing in said
        if thing
        for one in step("volume", 1, which=thing.said, step="louder" if way == "more" else "quieter").asked
    ]
    return Reading(tuple(made), 0.955)


def _in_decibels(c: Clause) -> bool:
    """ "voice plus 2 dB, music minus 4": the unit goes on."""
    last = c.around.before[-1] if c.around.before else None
    told = dict(last.args) if isinstance(last, Step) and last.command == "volume" else {}
    return "by_db" in told or "db" in told


_A_MOMENT = re.compile(  # a bare number beside these is a moment, and no level
    r"(?<![a-z])(?:cut|stop|end|start|begin|come|enter|hit|mark|fade|trim|until|till|second|appear|leave|kick|second|bar|beat|accent|drop out)(?:s|es|ing)?(?: \w+){0,6}? (?:at|in|by|from|on) ?(?:the )?\d"
)


def _split_amounts(c: Clause) -> tuple[Asked, ...] | None:
    """ "music at 35% and voice at 120%": as many things as levels, side by side."""
    levels = c.every("percent", "decibels")
    things = [m for m in c.mentions if m.kind in (*_HEARD, "name")]
    if len(levels) < 2 or len(things) != len(levels):
        return None
    made: list[Asked] = []
    for thing, q in zip(things, levels, strict=True):
        said = thing.said
        if q.kind == "percent" and q.cue == "by":
            before = [
                m
                for m in patterns.compiled(
                    r"(?<![a-z])(?:louder|up|raise|quieter|softer|down|lower)(?![a-z])"
                ).finditer(c.text)
                if m.start() < q.start
            ]
            sign = -1 if before and before[-1][0] in ("quieter", "softer", "down", "lower") else 1
            made += step("volume", 1, which=said, by=sign * q.number).asked
            continue
        args = {"to": q.number} if q.kind == "percent" else {"by_db": q.number} if q.signed else {"db": q.number}
        made += step("volume", 1, which=said, **args).asked
    return tuple(made)


def _amount(c: Clause, up: bool, down: bool, level: Quantity | None, decibels: Quantity | None) -> dict[str, Plain]:
    if patterns.search(r"太(?:吵|响|大声?)(?!家)|吵死|震耳|盖[过住]|压[过住](?!低)", c.text) and not patterns.search(
        r"盖不[过住]|[调开放]大|大声[一点些]|大[一点些]", c.text
    ):
        up, down = False, True
    lowering = down and not (up and not patterns.search(r"down|lower|quiet|降|低|小|压|减|轻", c.text))
    if up and down:
        lowering = bool(
            patterns.search(
                r"turn .{0,30}down|too loud|not (?:so|as) loud|less loud|bring .{0,20}down|down|lower|降|低|小|压|太大|太响|太吵",
                c.text,
            )
        ) and not patterns.search(
            r"too (?:quiet|low|soft)|太小|太低|太轻|听不|tur?n .{0,30}up|提高|调高|调大|加大", c.text
        )
    if decibels is not None:
        number = decibels.number
        if decibels.cue in ("to", "at") and not decibels.signed and not lowering:
            return {"db": number}
        if decibels.cue in ("to", "at") and (
            decibels.signed or c.text[: decibels.start].rstrip().endswith(("to", "at", "到", "为"))
        ):
            return {"db": -abs(number) if number < 0 else number}
        if number < 0:
            return {"by_db": number}
        if _OFF.search(c.text):
            return {"by_db": -number}
        return {"by_db": -number if lowering else number}
    if level is not None and level.kind == "number" and _in_decibels(c):
        down = lowering or level.number < 0
        return {"by_db": -abs(level.number) if down else level.number}
    if level is not None and (level.kind == "percent" or level.cue != "of"):
        return _percent(c, level, up, lowering)
    if c.has("full"):
        return {"to": 100}
    if c.has("halve"):
        return (
            {"to": 50}
            if not patterns.search(r"by half|减半|降(?:低)?一半|half as", c.text)
            else {"to": round(_now(c) / 2, 2)}
        )
    if not (up or down):
        return {}
    strength = "much_" if _much(c) else "a_bit_" if c.has("a_bit") else ""
    return {"step": f"{strength}{'quieter' if lowering else 'louder'}"}


_TALKING = (
    r"(?<![a-z])(?:when|while|whenever) (?:[a-z'\ue100-\ue6ff]+ ){1,3}(?:talks?|speaks?|talking|speaking|says)(?![a-z])"
)
_OFF = re.compile(
    r"(?<![a-z])(?:take|knock|shave|pull|cut|drop|lose|trim|chop)(?: another| about| like)? [^,;]{1,18}?(?:%|percent|db|decibels?) (?:off|from|out of)(?![a-z])"
    r"|(?<![a-z])drop (?:the )?[^,;]{1,30} (?<!to )(?<!at )\d+ ?(?:%|percent)$"
)


def _percent(c: Clause, level: Quantity, up: bool, lowering: bool) -> dict[str, Plain]:
    number = level.number
    if level.kind == "number" and 0 < number <= 1.5 and "." in c.text[level.start : level.end]:
        number = round(100 * number, 4)
    lead = c.text[: level.start].rstrip()
    absolute = level.cue in ("to", "at", "for") or lead.endswith(
        ("to", "at", "到", "为", "成", "是", "=", ":", "音量", "volume")
    )
    if _OFF.search(c.text):
        return {"by": -abs(number)}
    if patterns.search(r"(?<![a-z])add (?:another )?$", c.text[: level.start]):
        return {"by": number}
    relative: object = level.cue in ("by", "more") or patterns.match(
        r"\s*(?:louder|quieter|softer|more|less|lower|higher)", c.text[level.end :]
    )
    relative = (
        relative
        or patterns.search(r"(?<![a-z])(?:down|up) $", c.text[: level.start])
        or level.signed
        or (
            not absolute
            and patterns.search(r"(?:降低|减少|提高|增加|调低|调高|降|升|加大|减小|小|大|低|高|加|减)(?:了)?\s*$", lead)
        )
    )
    if (absolute and not relative) or not (relative or up or lowering):
        return {"to": number}
    if relative:
        return {"by": number if number < 0 else -number if lowering else number}
    return {"to": number}


def _much(c: Clause) -> bool:
    """ "a lot louder", "way too loud", "barely hear"; "too loud" alone is plain."""
    return patterns.search(
        r"(?<![a-z])(?:much|a lot|way|far|really|very|super|tons|barely|can'?t (?:even )?hear|considerably|significantly)(?![a-z])"
        r"|很多|得多|多了|大幅|非常|特别|超级|好多|不少|许多|几乎听不|完全听不",
        c.text,
    ) is not None and not patterns.search(r"not (?:so|too) (?:much|loud)|very slightly|特别.{0,3}一点", c.text)


def _now(c: Clause) -> float:
    """How loud, in percent, what is meant is now."""
    thing = next((t for m in c.mentions for t in m.things if t.segment.sound), None) or next(
        iter(c.scene.of("music")), None
    )
    gain = thing.segment.sound.gain_db if thing and thing.segment.sound else 0.0
    return float(Fraction(100 * 10 ** (gain / 20)))
