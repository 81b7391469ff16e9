"""How things sound: mute, fades, ducking, balance, loudness; how loud they are is `levels.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import log10

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.denied import FADES, SOUND, denied, taken_zh
from reelscore.converse.mention import Mention
from reelscore.converse.mentions import mentions
from reelscore.converse.readers.levels import volume
from reelscore.converse.readers.sounding import heard
from reelscore.converse.reading import PICTURE_KINDS, SOUND_KINDS, TEXT_KINDS, Reading, step, steps, targets
from reelscore.values.command import Plain, Step


def read(c: Clause) -> Iterator[Reading]:
    """Everything that only changes how something is heard, and the fades of pictures."""
    yield from _normalise(c)
    yield from _mute(c)
    yield from _duck(c)
    yield from _pan(c)
    yield from _fades(c)
    yield from _crossfade(c)
    yield from volume(c)


def _normalise(c: Clause) -> Iterator[Reading]:
    if not c.has("normalise"):
        return
    lufs = c.quantity("lufs")
    if not lufs and c.quantity("decibels") and c.has("louder", "quieter"):
        return  # "pull the master down 3 dB"
    named = heard(c) if c.mentions else []
    if named == ["all clips"] and not c.mention("own", "clip"):
        named = []
    if c.mention("own") and c.mention("music") and named == ["music"]:
        named = ["all clips", "music"]
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


_SOUNDLESS = re.compile(
    r"\s*(?:and |but |with )*(?:(?:no|without(?: any)?|w/o|minus the) (?:sound|audio)|muted?|silent|soundless|on mute)(?: please| pls| too)?[ .!,]*"
    r"|(?:要|并|也|顺便|把)*(?:静音|消音|(?:去掉|去除|关掉|关闭|不要|删掉|取消)(?:它的?)?(?:原声|声音|原音)|(?:原声|声音|原音)(?:去掉|关掉|关了|不要了?|删掉))(?:就行|吧|了)?"
)


_ALONE = re.compile(
    r"\s*(?:please |and )*(?:(?:i |we |you |should )*(?:(?:just|only|want|need|wanna|like|to|hear|be able|have|keep|leave|play) )*(?<![a-z])(?:just|only) (?:(?:want|need|to|hear|have|keep|leave|play|with) )*(?:the |my )?(?:background )?(?:music|bgm|soundtrack|voice(?:-?over)?|narration)"
    r"|no (?:other )?(?:sounds?|audio|noise) (?:except|but|besides|other than|apart from)(?: for)? (?:the |my )?(?:background )?(?:music|bgm|soundtrack|voice(?:-?over)?|narration)"
    r"|(?:(?:i|we|you|should|to|want|wanna|need|like) )*(?:(?:just|only)(?: (?:i|we|you|want|wanna|need|to))* hear|hear (?:just|only)) (?:the (?:sound|audio) (?:of|from) )?(?:the |my )?\ue800+(?:'s (?:sound|audio))?"
    r"|(?:(?:keep|leave|use) )?(?:just|only) (?:the (?:sound|audio) (?:of|from) (?:the |my )?\ue800+|(?:the |my )?\ue800+'s (?:sound|audio)))"
    r"(?: (?:on|alone|playing|please|pls|to be heard|only|then|now|talking|speaking))*[ .!]*"
)


_NAMED = "\ue800"  # each letter of a name, for the forms that need no knowledge of names


def _heard_alone(c: Clause) -> Reading | None:
    """ "i only want to hear the music", "no sound except the voice": all else that sounds is muted."""
    if "only" not in c.text and "just" not in c.text and "no " not in c.text:
        return None
    kept = c.mention("music", "voice") or next((m for m in c.mentions if len(m.things) == 1 and not m.every), None)
    if kept is None or not kept.things or c.around.before or c.span[0]:
        return None
    named = kept.kind == "name" and kept.things[0].role != "text"
    text = f"{c.text[: kept.start]}{_NAMED * (kept.end - kept.start)}{c.text[kept.end :]}" if named else c.text
    if not _ALONE.fullmatch(text):
        return None
    media = c.scene.timeline.medium
    others = [
        t.segment.id
        for t in c.scene.things
        if t not in kept.things and t.role != "text" and (m := media(t.segment.media)) and m.has_sound
    ]
    return steps("mute", 0.965, others) if others else None


def _mute(c: Clause) -> Iterator[Reading]:
    if any(m.kind == "name" and not m.things for m in c.mentions):
        return  # "drop the whoosh sound at 15": a file that is not used yet
    if c.has("unmute"):
        yield steps("unmute", 0.94, [n for n in heard(c) if n != "all clips" or c.mention("own", "clip")] or [None])
        return
    if alone := _heard_alone(c):
        yield alone
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
    if (plainly or off) and (rest := _spared_zh(c)):
        yield steps("mute", 0.96, rest)
        return
    if plainly and _THE_REST.search(c.text) and _after_a_clip(c):
        yield steps("mute", 0.96, ["all clips"])
        return
    kept = patterns.search(
        r"(?:but |and )?(?:keep|leave|not|except)(?: for)? (?:the )?(?:music|voice|narration|bgm)|(?:保留|留下|不动|除了)(?:背景)?(?:音乐|旁白|配乐)",
        c.text,
    )
    named = heard(c)
    but = patterns.search(
        r"除了?.{1,12}(?:都|全|其他|其它|其余|别的)|only keep|keep only|只(?:留|要|保留)",
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
    if c.around.focus_kind in (*PICTURE_KINDS, "name") and _SOUNDLESS.fullmatch(c.text):
        named = [c.around.focus]  # "add reviews at the start, no sound"
    if kept and not named:
        named = ["all clips"]
    if kept:
        spared = {m.said for m in c.mentions if kept.start() <= m.start < kept.end()}
        named = [said for said in named if said not in spared] or (
            ["all clips"] if c.mention("film", "own", "audio") else []
        )
    score = 0.96 if off and named else 0.95 if plainly or off or c.mention("own") else 0.9
    yield steps("mute", score, named or [None])


_ONLY_ZH = re.compile(r"[ ,，。]*(?:但|要|请)*(?:就?只|仅|就)(?:保留|留下?|留着|要|剩|听|放)[^,。;!?]{1,12}")


def _spared_zh(c: Clause) -> list[str]:
    """全部静音,只留音乐: all that sounds but what is named behind."""
    found = _ONLY_ZH.match(c.plain.text, c.span[1]) or _ONLY_ZH.search(c.text)
    one = any(len(m.things) == 1 and m.things[0].role == "clip" and not m.every for m in c.mentions)
    if (
        found is None
        or (one and c.scene.clips > 1)
        or not (c.mention("all", "own") or patterns.search(r"[全都]", c.text))
    ):
        return []
    spared = {t.segment.id for m in mentions(found[0], c.scene) for t in m.things}
    return [t.segment.id for t in c.scene.things if c.scene.sounds(t) and t.segment.id not in spared] if spared else []


def _duck(c: Clause) -> Iterator[Reading]:
    if not c.has("duck"):
        return
    scored = any(t.role == "music" for m in c.mentions for t in m.things[:1])
    if not c.mention("music") and not scored and not patterns.search(r"duck|闪避|避让|side-?chain", c.text):
        return
    lowers = patterns.search(
        r"duck|dip|lower|(?<![a-z])low(?![a-z])|quiet|down|soft|back|drop|room|out of the way|on top|drown|cover|bury|mask|less|side-?chain|under|压低|降|小|闪避|避让|让|轻|打架|冲突|盖住",
        c.text,
    )
    if (
        not lowers
        or (c.quantity("percent") and not _AT_ALL_TIMES.search(c.text) and not _WHEN_ZH.search(c.text))
        or (c.mention("voice") and not c.mention("music") and c.has("louder"))
    ):
        return
    by = c.quantity("decibels", "number")
    level = c.quantity("percent") if _WHEN_ZH.search(c.text) else None
    if level is not None and 0 < level.number < 100 and level.cue in ("to", "at", ""):  # 说话的时候降到两成
        which = "music" if c.scene.music else None
        yield Reading(steps("duck", 1, [which], by=round(-20 * log10(level.number / 100), 1)).asked, 0.96, whole=True)
        return
    named = [m.said for m in c.mentions if m.kind in ("music", "name") and "voice" not in {t.role for t in m.things}]
    named = [m.said for m in c.mentions if m.kind == "music"] or named  # 采访说话的时候音乐让一让
    off = (by is None and denied(c.text, r"duck(?:ing|ed|s)?|side-?chain(?:ing)?")) or patterns.search(
        r"(?:no|stop|remove|turn off|without|don'?t) (?:the )?duck|(?:取消|不要|关闭)(?:自动)?(?:闪避|避让|压低)",
        c.text,
    )
    yield steps(
        "duck", 0.94, named[:1] or ["music" if c.scene.music else None], by=0 if off else abs(by.number) if by else None
    )


_WHEN_ZH = re.compile(r"(?:说话|讲话|旁白|人声|解说|配音)(?:出来|出现|响起)?(?:的时候|时(?!长|间)|期间)")
_AT_ALL_TIMES = re.compile(
    r"(?<![a-z])(?:whenever|every time|each time|any time|when(?:ever)? (?:some|any)(?:one|body))(?![a-z])"
)


_CALMER = re.compile(
    r"(?<![a-z])(?:more|less|\w+(?<!cent)(?<!wat)er)(?: \w+)? (?:in|at) the (?:middle|cent)|中间.{0,6}一?[点些]$"
)
_TOO_SOFT = re.compile(r"(?<![a-z])too (?:quiet|loud|low|soft|faint|noisy)(?![a-z])")


def _pan(c: Clause) -> Iterator[Reading]:
    if "too " in c.text and _TOO_SOFT.search(c.text):
        return  # "the voice is too quiet in the middle"
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
    if side == "centre" and _CALMER.search(c.text):
        return  # "calmer in the middle"
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


_THE_REST = re.compile(r"(?<![a-z])(?:the (?:rest|remaining ones|other ones)|what'?s left)(?![a-z])")


def _after_a_clip(c: Clause) -> bool:
    """Was a clip just taken away, so that "the rest" are those that are left?"""
    last = c.context.steps[-1] if c.context.steps and not c.around.before else None
    gone = str(dict(last.args).get("which") or "") if isinstance(last, Step) and last.command == "remove" else ""
    heard_here = any(c.scene.sounds(t) for t in c.scene.of("clip"))
    return bool(gone) and heard_here and gone not in (*SOUND_KINDS, *TEXT_KINDS)


_WHEN_ANOTHER = re.compile(r"(?<![a-z])(?:when|once|while|as|before|after|until|till)(?: the| my)? $")


def _fades(c: Clause) -> Iterator[Reading]:
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
    if going_out and not going_in and length is None and (ending := _over_a_clip(c)) is not None:
        yield ending
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
                r"(?<![a-z])(?:with|as|when|before|after|until|by) (?:the )?[^,.;]*$", c.text[heard_of[0].end :]
            )
        ):
            named, of = [heard_of[0].said], None  # "the song should fade out with the last picture"
    if not named and c.mention("audio"):
        of = None if patterns.search(r"picture|image|video|画面", c.text) else "sound"
    if named == ["all"]:
        named = []
        if of is None and len(c.scene.of("music")) == 1 and c.scene.clips:
            picture = "last clip" if going_out and not going_in else "clip 1"
            named = [picture, "music"]
    if named == ["all clips"] and (c.mention("own") or of == "sound"):
        named, of = [], "sound"
    if gone:
        made = [*steps("fade_in", 0.93, named or [None], duration=0).asked] if going_in else []
        made += [*steps("fade_out", 0.93, named or [None], duration=0).asked] if going_out else []
        yield Reading(tuple(made), 0.93)
        return
    onward = _left_to_fade(c, named) if going_out and not going_in else None
    if onward is not None:  # 音乐从第10秒淡出: until it ends
        yield steps("fade_out", 0.93, named or [None], duration=onward, of=of)
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
    yield Reading(tuple(made), 0.9 if not c.quotes else 0.6)


def _over_a_clip(c: Clause) -> Reading | None:
    """ "the piano fades away over the last photo": as long as what is left of the piano from there on."""
    alone = [m for m in c.mentions if len(m.things) == 1]
    over = next((m for m in alone if m.things[0].role == "clip" and _over(c, m)), None)
    sounds = [m for m in alone if m.things[0].role in SOUND_KINDS]
    if over is None or len(sounds) != 1 or len(c.mentions) != 2:
        return None
    left = sounds[0].things[0].span.end - over.things[0].span.start
    if not 0 < left <= over.things[0].span.duration:
        return None
    return Reading(steps("fade_out", 1, [sounds[0].said], duration=seconds(left)).asked, 0.95, whole=True)


def _over(c: Clause, clip: Mention) -> bool:
    return bool(_OVER.search(c.text[: clip.start]) or _WHILE_ZH.match(c.text, clip.end))


_WHILE_ZH = re.compile(r"(?:出现|出来|播放?|放)?的?(?:时候|期间|时(?!长|间))")  # 最后一张的时候钢琴渐渐没声
_OVER = re.compile(r"(?<![a-z])(?:over|during|across|throughout|in the course of) (?:the |my )?$")


_ALONG = re.compile(  # 画面黑下去,音乐也一起收掉
    r"画面[^。;]*[,， ](?:背景)?(?:音乐|配乐|bgm)(?:也|跟着|一起|同时|一并|同步)+|black,? and (?:the |my )?(?:music|song|soundtrack) (?:[a-z]+ ){0,2}(?:with it|too|as well|along)"
)


def _left_to_fade(c: Clause, named: list[str]) -> Plain:
    """From the moment that is named to the end of what fades; None where no moment is."""
    times = c.every("seconds", "timecode")
    if len(times) != 1 or isinstance(times[0].value, str) or not _FADES_FROM.search(c.text):
        return None
    one = next((m.things[0] for m in c.mentions if m.said in named and len(m.things) == 1), None)
    end = one.span.end if one else c.scene.duration
    left = end - times[0].value
    return seconds(left) if left > 0 else None


_FADES_FROM = re.compile(
    r"从第?[^,。]{1,6}[秒分]钟?(?:处|那里|的时候)?(?:开始|起|就)*(?:慢慢|逐渐|渐渐|缓缓)?(?:地)?[淡渐](?:出|隐|弱)"
)


_FADES_ALONE = re.compile(r"(?<![a-z])(?:fade|fades)(?![a-z])(?! (?:between|into|to))")


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
        r"(?:from|to|into|on) (?:an? |the |pure |solid |plain )*(?:black|white|red|blue|gr[ae]y|yellow|green|orange|pink|purple|cream|beige)(?![a-z])|白[场屏]|[渐变]白|黑场|渐黑|黑屏|变黑|(?:the |just the |only the )?(?:picture|image)|画面",
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
        r"songs?|tracks?|audio|歌|音乐|[两几]首", c.text
    ):
        return
    if c.mention("clip", "image", "film") and not c.mention("music"):
        return
    length = c.quantity("seconds")
    picked = [m.said for m in c.mentions if m.kind == "music" and m.nth is not None]
    songs = 0.95 if patterns.search(r"[两几]首", c.text) else 0.94
    yield steps("crossfade", songs, picked or [None], duration=plain(length) if length else None)
