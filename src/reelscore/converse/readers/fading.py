"""Fades of sound, picture and text: which of them, how long, to which colour."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.denied import FADES, denied, taken_zh
from reelscore.converse.mention import Mention
from reelscore.converse.readers.shares import share_in
from reelscore.converse.reading import PICTURE_KINDS, SOUND_KINDS, TEXT_KINDS, Reading, step, steps, targets
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain, Said

_WHEN_ANOTHER = re.compile(
    r"(?<![a-z])(?:when|once|while|as|before|after|until|till)(?: the| my)? $|(?:再|然后|接着)接?(?:上|到|着|进|放)?$"
)


_DIES_AWAY = Sieve(
    re.compile(  # "let it die away over 3": seconds are meant
        r"(?<![a-z])(?:die|dies|fade|fades|tail|tails|ring|rings|trail|trails|ebb|ebbs|taper|tapers) (?:away|off|out) (?:over|in|across|for) (?:about |around |the last |roughly )?(\d{1,2}(?:\.\d)?)(?: (?:or so|please))?[ .!]*$"
    )
)


_SOFTLY = Sieve(  # "start it softer": loud enough later on
    re.compile(
        r"(?<![a-z])(?:start|begin|open|come in|let it start|have it start)s? (?:(?:it|off|out|in|the (?:music|song|track)|with it) )*(?:(?:a (?:bit|little|touch)|much|way|more|very) )*(?:softer|quieter|softly|quietly|gently|gentler|lower)(?![a-z])"
    )
)


_LOUD_THERE = re.compile(r"[^,.;]* loud [^,.;]*(?<![a-z])(?:start|beginning)[,.;]+ [^,.;]*$")  # what is mended so
_AT_START = re.compile(r"(?<![a-z])(?:at|in|from) the (?:very )?(?:start|beginning)(?![a-z])|开头|片头")
_AT_END = re.compile(r"(?<![a-z])(?:at|in|to) the (?:very )?end(?![a-z])|结尾|片尾")


def fades(c: Clause) -> Iterator[Reading]:
    """ "Fade the music out over 3 seconds", "from black", "no fades"."""
    if (bare := _DIES_AWAY.search(c.text)) and c.scene.of("music") and not c.mention(*TEXT_KINDS, "clip", "image"):
        yield step("fade_out", 0.97, which="music", duration=float(bare[1]) if "." in bare[1] else int(bare[1]))
        return
    if _SOFTLY.search(c.text) and c.scene.of("music") and not c.quantities and not c.quotes:
        besides = [m for m in c.mentions if m.kind not in ("pronoun", "music") and m.start > 0]
        if not besides and (c.mention("music") or c.around.focus_kind == "music" or not c.scene.clips):
            yield replace(step("fade_in", 0.965, which="music"), whole=_LOUD_THERE.match(c.text) is not None)
            return
    both = c.has("fade_both")
    gone = (
        denied(c.text, FADES)
        or patterns.search(
            r"(?<![a-z])no (?:more )?fad(?:e|es|ing)|remove the fad(?:e|es|ing)|without (?:a |the |any )?fad(?:e|es|ing)",
            c.text,
        )
        or taken_zh(c.text, r"[淡渐][入出进隐显变强弱][淡渐]?[入出进隐显]?")
    )
    going_in, going_out = both or c.has("fade_in"), both or c.has("fade_out")
    if not (gone or going_in or going_out) and _FADES_ALONE.search(c.text):
        it = c.meant(c.mention("pronoun")) if c.mention("pronoun") else None  # type: ignore[arg-type]
        new = it is None and c.around.focus and any(getattr(one, "command", "") == "add" for one in c.around.before)
        sounds = (
            new
            or (it and it.role in SOUND_KINDS)
            or c.mention("music", "voice", "sound")
            or any(t.role in SOUND_KINDS for m in c.mentions for t in m.things[:1])
        )
        going_out = bool(sounds) and not c.mention(*TEXT_KINDS, "transition", "clip", "image")
    if gone and not (going_in or going_out):
        going_in, going_out = not _AT_END.search(c.text), not _AT_START.search(c.text)
    if not (going_in or going_out) or (c.has("captions") and c.quotes):
        return
    if c.has("animate") and c.mention(*TEXT_KINDS) and not c.quantity("seconds"):
        return
    length = c.quantity("seconds", "frames")
    one_way = bool(going_out) != bool(going_in)
    if one_way and length is None and (over := _over_a_clip(c, coming=bool(going_in))) is not None:
        yield over
        return
    if going_out and not (going_in or gone) and (there := _at_a_moment(c)) is not None:
        yield there
        return
    of = _what_fades(c)
    along_with = _ALONG.search(c.text) if of == "picture" and going_out and not (going_in or gone) else None
    music = c.mention("music") if along_with else None
    if music is not None and music.things:
        lasts_so = plain(length) if length else None
        both_go = step("fade_out", 1, duration=lasts_so, of="picture", colour=_shade(c, opening=False)).asked
        yield Reading((*both_go, *step("fade_out", 1, which=music.said, duration=lasts_so).asked), 0.95)
        return
    heard_only = of == "sound" and not c.mention("music", "voice", "sound")
    if (
        not heard_only
        and any(m.kind in ("music", "voice", "sound", "audio") and not c.spared(m) for m in c.mentions)
        and not c.mention("clip", "image")
    ):
        held = [m for m in c.mentions if m.kind in ("music", "voice", "sound", "name") and not c.spared(m)]
        along = len(held) == 2 and _WHEN_ANOTHER.search(c.text[held[0].end : held[1].start])
        named = [m.said for m in (held[:1] if along else held)]
        of = None
    else:
        leans = (
            c.mention("pronoun") is not None or not c.has("at_end", "at_start") or c.around.focus_kind in SOUND_KINDS
        )
        named = targets(c, (*SOUND_KINDS, *PICTURE_KINDS, *TEXT_KINDS), pronouns=leans)
        named = [said for said in named if said not in ("audio", "clip")]
        heard_of = [m for m in c.mentions if m.said in named and m.things and m.things[0].role in SOUND_KINDS]
        if (
            heard_of
            and len(named) > 1
            and patterns.search(
                r"(?<![a-z])(?:with|as|when|before|after|until|by) (?:the )?[^,.;]*$|^(?:的?(?:声音)?(?:要|就|也|能)*(?:跟着|随着?|等|到)[^,。;]{1,12}?(?:一起|一块儿?|同时|同步)*(?:就|的时候|时|慢慢|渐渐)*(?:结束|收尾?|停|完|淡|没|消失))",
                c.text[heard_of[0].end :],
            )
        ):
            named, of = [heard_of[0].said], None  # "the song should fade out with the last picture"
    if not named and not c.mentions and c.around.focus_kind in SOUND_KINDS and of is None:
        named = [c.around.focus]  # 音乐断得太突然,最后三秒慢慢收
    if not named and c.mention("audio"):
        of = None if patterns.search(r"picture|image|video|画面", c.text) else "sound"
    if named == ["all"]:
        named = []
        if of is None and len(c.scene.of("music")) == 1 and c.scene.clips:
            picture = "last clip" if going_out and not going_in else "clip 1"
            named = [picture, "music"]
    if named == ["all clips"] and (c.mention("own") or of == "sound"):
        named, of = [], "sound"
    if of == "sound" and not named and _ALL_AUDIO.search(c.text) and len(c.scene.of("music")) == 1 and c.scene.clips:
        last = c.scene.of("clip")[-1 if going_out else 0]
        of = "sound" if c.scene.sounds(last) else None
        named = [*([last.segment.id] if of else []), "music"]
    if gone:
        made = [*steps("fade_in", 0.93, named or [None], duration=0).asked] if going_in else []
        made += [*steps("fade_out", 0.93, named or [None], duration=0).asked] if going_out else []
        yield Reading(tuple(made), 0.93)
        return
    onward = _left_to_fade(c, named) if going_out and not going_in else None
    if onward is None and going_out and not going_in and not named and _told_when(c):
        yield Reading((), 0.95, missed=_HOW_LONG)
        return
    if onward is not None:  # 音乐从第10秒淡出: until it ends
        yield steps("fade_out", 0.93, named or [None], duration=onward, of=of)
        return
    share = share_in(c.text) if length is None and going_in != going_out else None
    if share is not None and len(named) < 2:  # "over the last third"
        one = next((m.things[0] for m in c.mentions if m.said in named and len(m.things) == 1), None)
        part = seconds((one.span.duration if one else c.scene.duration) * share[1])
        yield steps("fade_in" if going_in else "fade_out", 0.95, named or [None], duration=part, of=of)
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
        shade = _shade(c, opening=True) if of == "picture" else None
        made += steps("fade_in", 0.9, named or [None], duration=plain(q) if q else None, of=of, colour=shade).asked
    if going_out:
        q = lasts["out"]
        shade = _shade(c, opening=False) if of == "picture" else None
        made += steps("fade_out", 0.9, named or [None], duration=plain(q) if q else None, of=of, colour=shade).asked
    ends = going_out and not going_in and len(c.quantities) < 2 and _BEFORE_NEXT.search(c.text) is not None
    yield Reading(tuple(made), 0.9 if not c.quotes else 0.6, whole=ends)


_BEFORE_NEXT = re.compile(  # at its own end
    r"(?<![a-z])(?:before|as|until|when) the (?:next|second|other|following) (?:one|song|track|piece|clip|shot|tune)(?: (?:starts|begins|plays|kicks in|comes(?: in| on)?))?(?: please| pls)?[ .!]*$"
)


def _over_a_clip(c: Clause, *, coming: bool) -> Reading | None:
    """ "the piano fades away over the last photo": as long as what is left of the piano from there on; "fade the music in
    over the intro": until that is over."""
    over = next((m for m in c.mentions if m.things and all(t.role == "clip" for t in m.things) and _over(c, m)), None)
    if over is None:
        return None
    shown = [t.span for m in c.mentions if m.start == over.start for t in m.things]
    others = [m for m in c.mentions if m.start != over.start]
    if len(others) > 1 or (others and len(others[0].things) > 1):
        return None
    thing, which = (c.meant(others[0]), others[0].said) if others else (None, c.around.focus)
    if not others and which:  # 钢琴声小一点,到最后一张照片淡出
        told = [t for t in c.scene.things if which in (t.segment.id, t.segment.name.lower(), t.role)]
        thing = told[0] if len(told) == 1 else None
    if thing is None or thing.role not in SOUND_KINDS:
        return None
    which = thing.segment.id if others and others[0].kind == "pronoun" else which
    start, end = min(s.start for s in shown), max(s.end for s in shown)
    left = end - thing.span.start if coming else thing.span.end - start
    if not 0 < left <= end - start and not (left > 0 and not coming and _FROM_THEN_ZH.match(c.text, over.end)):
        return None
    way = "fade_in" if coming else "fade_out"
    return Reading(steps(way, 1, [which], duration=seconds(left)).asked, 0.95, whole=True)


def _at_a_moment(c: Clause) -> Reading | None:
    """ "fade the music out at 20 seconds", 音乐在20秒的地方渐弱到没有: what sounds is over then."""
    times = c.every("seconds", "timecode")
    sounds = [m for m in c.mentions if len(m.things) == 1 and m.things[0].role in ("music", "voice")]
    focus = c.scene.find(c.around.focus) if c.around.focus and not c.mentions else None
    alone = [c.touched] if not c.mentions and focus is None and c.touched else [focus] if focus else []
    alone = alone or ([] if c.scene.clips else [*c.scene.of("music")[:1]])
    of = sounds[0].things[0] if len(sounds) == len(c.mentions) == 1 else alone[0] if alone else None
    if of is None or of.role not in ("music", "voice") or len(times) != 1 or len(c.quantities) != 1:
        return None
    at = times[0]
    if isinstance(at.value, str) or _WITHIN.match(c.text, at.end) or not _THEN.search(c.text[: at.start]):
        return None
    if _FADES_FROM.search(c.text):
        return None  # "should start fading out at 0:28"
    left = at.value - of.span.start
    if not 0 < left < of.span.duration:
        return None
    which = sounds[0].said if sounds else of.role
    made = (*step("trim", 1, which=which, to=seconds(left)).asked, *step("fade_out", 1, which=which).asked)
    return Reading(made, 0.965, whole=True)


_THEN = re.compile(r"(?<![a-z])(?:at|by) (?:the |about |around )?$|[在到于]第?(?:大概|大约|差不多)?$")
_WITHIN = re.compile(r"钟?(?:之?内|里|中|以内|左右内|长|的时间)")


def _over(c: Clause, clip: Mention) -> bool:
    return bool(_OVER.search(c.text[: clip.start]) or _WHILE_ZH.match(c.text, clip.end)) or (
        c.text[: clip.start].endswith("到") and _FADES_THERE_ZH.match(c.text, clip.end) is not None
    )


_FADES_THERE_ZH = re.compile(
    r"(?:[那这][里儿段张个]|时|的时候)?(?:就|再|才|开始|慢慢|渐渐|逐渐|缓缓)*[淡渐]"
)  # 到最后一张淡出
_FROM_THEN_ZH = re.compile(r"(?:[那这][里儿段张个]|时|的时候)?(?:就|才|慢慢|渐渐)*开始")
_WHILE_ZH = re.compile(r"(?:出现|出来|播放?|放)?的?(?:时候|期间|时(?!长|间))")  # 最后一张的时候钢琴渐渐没声
_OVER = re.compile(r"(?<![a-z])(?:over|during|across|throughout|in the course of) (?:the |my )?$")
_ALONG = re.compile(  # 画面黑下去,音乐也一起收掉
    r"(?:画面|结尾|片尾|最后|影片|视频)[^。;]*[,， ](?:背景)?(?:音乐|配乐|bgm)(?:也|跟着|一起|同时|一并|同步)+|(?:画面|视频|影片)[和跟与同](?:背景)?(?:音乐|配乐|bgm)(?:的?声音?)?(?:一起|一块儿?|同时|一并|同步|都)+|(?:音乐|配乐|bgm)[和跟与同](?:画面|视频|影片)(?:一起|一块儿?|同时|一并|同步|都)+|black,? and (?:the |my )?(?:music|song|soundtrack) (?:[a-z]+ ){0,2}(?:with it|too|as well|along)"
)


def _left_to_fade(c: Clause, named: list[str]) -> Plain:
    """From the moment that is named to the end of what fades; None where no moment is."""
    times = c.every("seconds", "timecode")
    at_once = _told_when(c)
    if len(times) != 1 or isinstance(times[0].value, str) or not (at_once or _FADES_FROM.search(c.text)):
        return None
    one = next((m.things[0] for m in c.mentions if m.said in named and len(m.things) == 1), None)
    end = one.span.end if one else c.scene.duration
    left = end - times[0].value
    return seconds(left) if left > 0 and not (at_once and left > _LONGEST) else None


def _told_when(c: Clause) -> bool:
    """ "fade to black at 30 seconds", "fade out at 0:28": a moment of the film, and not how long it takes."""
    times = c.every("seconds", "timecode")
    return len(times) == len(c.quantities) == 1 and patterns.just_before(_AT_THEN, c.text, times[0].start) is not None


_LONGEST = 10  # seconds that a fade told only by its moment may take
_AT_THEN = re.compile(r"(?<![a-z])(?:at|by) (?:the |about |around |second )?$")
_HOW_LONG = Said(
    'Say how long it fades at the end, as in "fade out over the last 3 seconds", or cut off what comes after that moment first.',
    "请说明结尾淡出多久，例如“最后3秒淡出”；或者先剪掉那之后的部分。",
)


_FADES_FROM = re.compile(
    r"从第?[^,。]{1,6}[秒分]钟?(?:处|那里|的时候)?(?:开始|起|就)*(?:[^,。]{0,6}?)(?:慢慢|逐渐|渐渐|缓缓)?(?:地)?(?:[淡渐](?:出|隐|弱)|变小|减弱|变弱|没声|消失|收掉)"
    r"|(?<![a-z])(?:from|starting (?:at|from)|beginning (?:at|from)) (?:about |around )?[\d:.]+(?: ?(?:s|secs?|seconds?|mins?|minutes?))?(?: on(?:wards?)?)?[, ]+(?:please |slowly |gradually )*fade|(?<![a-z])fad(?:e|ing)(?: [a-z]+){0,5}? (?:from|starting (?:at|from)|beginning (?:at|from)) (?:second |sec )?[\d:.]+(?: ?(?:s|secs?|seconds?|mins?|minutes?))?(?: on(?:wards?)?)?(?! to)"
    r"|(?<![a-z])(?:start|begin)[a-z]* (?:to fade|fading|(?:the |its |a )?fade)(?:[ -]out| away| down)? (?:at|from) (?:second )?[\d:.]+"
)
_ALL_AUDIO = re.compile(
    r"(?<![a-z])(?:all|everything|whole|entire)(?: of)?(?: the| my| your)? ?(?:audio|sounds?)?(?![a-z])"
)
_FADES_ALONE = Sieve(re.compile(r"(?<![a-z])(?:fade|fades)(?![a-z])(?! (?:between|into|to))"))
_AND_OUT = re.compile(r"(?<![a-z])in(?![a-z])[^.;]{1,40}(?:and|,) (?:then )?(?:back |fade )?out(?![a-z])")


def _shade(c: Clause, *, opening: bool) -> str | None:
    """The colour of "fade to white", "from a red screen"; None for black."""
    way = r"(?:from|out of)" if opening else r"(?:(?:in)?to|in|on)"
    for name, start, _ in c.colours:
        if name != "black" and patterns.search(rf"(?<![a-z]){way} (?:an? |the |pure |solid |plain )*$", c.text[:start]):
            return name
    if patterns.search(r"白[场屏色]|(?:变|到|成|为|渐)白|从白" if not opening else r"从?(?:白[场屏色]|白)", c.text):
        return "white"
    return None


def _what_fades(c: Clause) -> str | None:
    if patterns.search(
        r"(?:picture|video|image) and (?:the )?(?:sound|audio)|(?:sound|audio) and (?:the )?(?:picture|video|image)",
        c.text,
    ):
        return None
    if patterns.search(
        r"(?:from|to|into|on) (?:an? |the |pure |solid |plain )*(?:black|white|red|blue|gr[ae]y|yellow|green|orange|pink|purple|cream|beige)(?![a-z])|白[场屏]|从[白黑红灰蓝]色?(?:画面)?[淡渐慢]|[渐变]白|黑场|渐黑|黑屏|变黑|(?:慢慢|渐渐|逐渐|缓缓)地?(?:变|转)?黑|黑(?:掉|下[去来])|(?:the |just the |only the )?(?:picture|image)|画面",
        c.text,
    ):
        return "picture"
    if patterns.search(r"(?:the |just the |only the )(?:sound|audio)|声音|音频", c.text):
        return "sound"
    return None


def crossfade(c: Clause) -> Iterator[Reading]:
    """ "Crossfade the two songs": sound into sound; of pictures it is a transition."""
    meeting = len(c.scene.of("music")) > 1 and c.mention("music") is not None and _HOW_THEY_MEET.search(c.text)
    if not (c.has("crossfade") or meeting):
        return
    if not c.mention("music", "sound", "audio", "voice") and not patterns.search(
        r"songs?|tracks?|audio|歌|音乐|[两几]首", c.text
    ):
        return
    if c.mention("clip", "image", "film") and not c.mention("music"):
        return
    length = c.quantity("seconds")
    picked = [m.said for m in c.mentions if m.kind == "music" and m.nth is not None]
    songs = (
        0.97
        if meeting
        else 0.95
        if patterns.search(r"[两几]首|[两几][段支]的?(?:音乐|配乐|bgm|歌|曲)", c.text)
        else 0.94
    )
    yield steps("crossfade", songs, picked or [None], duration=plain(length) if length else None)


_HOW_THEY_MEET = re.compile(  # 两段音乐接得太硬了,过渡柔和一点
    r"(?:接|衔接|过渡|切换|换)(?:得|的|处|那里|地方|那一?下)*(?:要|再|能|可以|更|弄|做)*(?:有点|太|好|很|更|不够?|不太?)*(?:硬|生硬|突兀|突然|死|柔和|自然|平滑|顺滑|顺)"
    r"|(?<![a-z])(?:switch|change|changeover|jump|join|cut|transition|seam|handover) (?:between|from) [^,.;!?]{2,40}? (?:is|are|sounds?|feels?|comes?)(?: (?:so|too|way|very|really|a bit|pretty|quite|kinda))* (?:harsh|hard|abrupt|sudden|jarring|rough|awkward|clumsy|brutal)(?![a-z])"
)
