"""What is not to be heard, or is to be heard again, or alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.denied import SOUND, denied
from reelscore.converse.mentions import mentions
from reelscore.converse.readers.sounding import heard
from reelscore.converse.readers.spans import on_stretch
from reelscore.converse.reading import PICTURE_KINDS, SOUND_KINDS, TEXT_KINDS, Reading, steps
from reelscore.converse.scene import Thing
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Step
from reelscore.values.message import Asked

_SOUND_OFF = (
    r"的?(?:声音|原声|现场[声音]|音量|声儿?|音频|音)(?:都|也|全|全部|统统|给我|先)*(?:去掉|去了|关掉|关了|关上|关闭|关(?![小低轻])|不要了?|不需要|删掉|删了|删除|拿掉|消掉|静掉|清掉|取消|移除|抹掉)"
    r"|(?:去掉|去除|关掉|关了|关闭|关(?![小低轻])|不要|别要|不需要|删掉|删除|拿掉|消掉|清除|移除|取消|抹掉)(?!静音)[^,。]{0,14}?的?(?:声音|原声|现场[声音]|音量|音频)(?!(?:文件|淡|太|大|小))"
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


_LEFT_OFF = re.compile(  # "leave the music off"
    r"(?<![a-z])(?:leave|keep)(?:ing)? (?:[a-z\ue100-\ue6ff-]+ ){1,3}?(?:muted|silent|silenced|off|on mute)(?![a-z])"
)
_TO_BE_HEARD = Sieve(
    re.compile(
        r"(?<![a-z])(?<!don't )(?<!not )(?:want|need|like|love|make sure|must|should|let) (?:(?:to|that|people|everyone|everybody|we|you|i|us|can|really|them|still|also|always) )*(?:hear|be heard|be audible)(?![a-z])(?! (?:less|no|nothing))|(?<!不)(?<!别)(?:要|能|想)能?听得?(?:清楚?|见|到)(?!不)"
    )
)
_HEARD = re.compile(r"(?<![a-z])hear(?![a-z])|听")


def _is_off(thing: Thing) -> bool:
    return thing.track.muted or (thing.segment.sound is not None and thing.segment.sound.muted)


FOUND_SILENT = Sieve(
    re.compile(  # "the interview is silent, why? turn it back on": nobody wants it so
        r"(?<![a-z])(?:is|are|was|went|(?:has|have)(?: gone)?) (?:[a-z]+ )?(?:silent|muted?|no (?:sound|audio))(?![a-z])[^;]*(?<![a-z])(?:why|how come|(?:turn|switch|put) (?:it|them|that|the sound|everything)(?: all)? (?:back )?on|unmute|(?:bring|get|put|turn|have|want|need) (?:it|them|that|the sound|everything)(?: all)? back)(?![a-z])"
    )
)
_BROUGHT_BACK = re.compile(
    r"\W*(?:(?:and|so|please|can you|could you|just|now|i|we) )*(?:bring|get|put|turn|have|want|need) (?:it|them|that|the sound|everything)(?: all)? back(?: on| in| again| please| now)*\W*"
)


_ITS_OWN_ZH = Sieve(
    re.compile(r"[只仅](?:留下?|要|剩下?|听)[^,。;]{0,3}(?:水|风|鸟|海|雨|浪|环境|现场)[声音]")
)  # what is seen is heard


def _alone_there(c: Clause) -> Iterator[Reading]:
    """湖那段安静一点,只留水声: while that clip is seen neither music nor voices are heard."""
    clip = next((t for m in c.mentions for t in m.things[:1] if t.role == "clip" and not m.every), None)
    if clip is None or not c.scene.sounds(clip):
        return
    made: list[Asked] = []
    for role in ("music", "voice"):
        over = tuple(t for t in c.scene.of(role) if t.span.start < clip.span.end and clip.span.start < t.span.end)
        muted_there = steps("mute", 1, [role])
        made += on_stretch(muted_there, (clip.span.start, clip.span.end), over).asked if over else ()
    if made:
        yield replace(Reading(tuple(made), 0.97), whole=True)


_MISSED_ZH = Sieve(
    re.compile(r"(?:没|没有|无)(?:任何|一点|什么)?声音?[,， ]?(?:好|太|很|有点|怪|显得|看着|干巴|真|就|挺)")
)  # 没声音好单调


def muted(c: Clause) -> Iterator[Reading]:
    """ "No sound on clip 2", "mute all but the voice", "unmute it"."""
    if any(m.kind == "name" and not m.things for m in c.mentions):
        return  # "drop the whoosh sound at 15": a file that is not used yet
    if c.has("unmute") or _TO_BE_HEARD.search(c.text):
        named = [n for n in heard(c) if n != "all clips" or c.mention("own", "clip")]
        things = [t for m in c.mentions for t in m.things]
        players = any(w.kind in ("instrument", "role") and not w.idle for w in c.wishes)
        measured = c.has("louder", "quieter") or c.quantity("percent", "decibels")  # by how much, and why
        if _HEARD.search(c.text) and things and not (players or measured) and not any(_is_off(t) for t in things):
            yield steps("volume", 0.97, named or [None], step="louder")  # it sounds already
            return
        if c.has("unmute"):
            yield steps("unmute", 0.94, named or [None])
            return
    if FOUND_SILENT.search(c.plain.text) and _BROUGHT_BACK.fullmatch(c.text):
        yield replace(steps("unmute", 0.985, [None]), whole=True)
        return
    if FOUND_SILENT.search(c.plain.text) or _MISSED_ZH.search(c.text):
        return
    if _ITS_OWN_ZH.search(c.text):
        yield from _alone_there(c)
        return
    if _LET_OUT.search(c.text) and (silent := [t for m in c.mentions for t in m.things]) and all(map(_is_off, silent)):
        yield steps("unmute", 0.96, heard(c) or [None])
        return
    if others := _all_but_heard(c):
        yield replace(steps("mute", 0.97, others), whole=True)
        return
    off = sound_off(c) or denied(c.text, SOUND)
    off = off and not any(m.kind == "name" and not m.things for m in c.mentions)  # "drop the whoosh sound at 0:15"
    if patterns.search(r"(?<![a-z])(?:the|that|this|any|all) silences?(?![a-z])", c.text) and c.has("cut"):
        return  # a silence that is cut out
    if patterns.search(r"colou?r", c.text) or not (c.has("mute") or off) or c.quantity("percent", "decibels"):
        return
    spoken = c.mention("music", "voice", "sound", "audio", "own") is not None
    plainly = patterns.search(
        r"(?<![a-z])(?:muted?|silenced?|no sound|no audio|silent|soundless|(?:want|need) to hear|be heard|bleep|beep|censor)(?![a-z])|静音|(?<!取)消(?:一?下|个)?音|没有声音|不要声音|无声",
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
        r"(?:but |and )?(?:keep|leave|not|except)(?: for)? (?:the )?(?:music|voice|narration|bgm)(?![a-z -]{0,12} (?:muted|silent|silenced|off|on mute|quiet)(?![a-z]))|(?:保留|留下|不动|除了)(?:背景)?(?:音乐|旁白|配乐)",
        c.text,
    )
    named = heard(c)
    if _ME.search(c.text) is not None:
        if not c.quantities:
            yield _myself(c)
            return
        named = ["voice"] if c.scene.of("voice") else named
    if not named and c.mention("other"):
        return  # "the others don't need sound": which others is not known
    but = patterns.search(
        r"除了?.{1,12}(?:都|全|其他|其它|其余|别的)|only keep|keep only|只(?:留|要|保留|听|想听|剩)",
        c.text,
    )
    if but:
        told = [m for m in c.mentions if m.kind != "all"]
        comma = c.text.find(",", but.end()) if but[0].startswith("只") else -1
        if comma > 0 and any(but.end() <= m.start < comma for m in told):
            told = [m for m in told if m.start < comma]  # 只要旁白,音乐关掉
            named = [said for said in named if said not in {m.said for m in told}] or ["all clips"]
        spared = {t.segment.id for m in told for t in m.things}
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
    if not named and (behind := _LEFT_OFF.search(c.text)):
        named = [m.said for m in c.mentions if behind.start() <= m.start < behind.end() and m.things]
    score = 0.96 if off and named else 0.95 if plainly or off or c.mention("own") else 0.9
    yield steps("mute", score, named or [None])


def _myself(c: Clause) -> Reading:
    """ "mute me while the sponsor plays": who speaks, and not the sponsor."""
    who = c.scene.of("voice") or c.scene.of("clip")
    whole = steps("mute", 0.96, ["voice" if c.scene.of("voice") else "all clips"])
    when = [m.things[0].span for m in c.mentions if len(m.things) == 1 and m.things[0] not in who]
    there = on_stretch(whole, (when[0].start, when[0].end), who) if len(when) == 1 and who else whole
    return replace(there, whole=True)


_ME = Sieve(re.compile(r"(?<![a-z])(?:mute|silence) (?:me|myself|my (?:mic|microphone|own sound))(?![a-z])"))
_LET_OUT = Sieve(re.compile(r"(?:放|弄|调)(?:出来|出声|开)|出(?:个|点)?声(?!音)|(?<!不)(?<!别)响起来"))
_ONLY_HEARD = Sieve(
    re.compile(
        r"(?:^|[,。; ])(?:我们?|观众|大家|就|要|想|希望)*[只仅光](?:想|要|需要|能|让|用|给|我|大家|人)*听(?:得?[到见])?(?=[^,。;!?]{2,})"
    )
)


def _all_but_heard(c: Clause) -> list[str]:
    """小窗静音，只听采访: all that sounds yet but what is named behind; nothing where that is no sound."""
    found = None if c.quotes or c.quantities else _ONLY_HEARD.search(c.text)
    if found is None or (c.text[: found.start()].strip() and not c.has("mute")):
        return []
    told = [m for m in c.mentions if m.things and m.start >= found.end()]
    told = [m for m in told if m.kind not in ("audio", "own", "all")] or told  # 只听采访的声音
    heard_on = {t.segment.id for m in told for t in m.things if c.scene.sounds(t)}
    every = [t for t in c.scene.things if c.scene.sounds(t) and not _is_off(t) and t.segment.id not in heard_on]
    return [t.segment.id for t in every] if heard_on else []


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


_THE_REST = re.compile(r"(?<![a-z])(?:the (?:rest|remaining ones|other ones)|what'?s left)(?![a-z])")


def _after_a_clip(c: Clause) -> bool:
    """Was a clip just taken away, so that "the rest" are those that are left?"""
    last = c.context.steps[-1] if c.context.steps and not c.around.before else None
    gone = str(dict(last.args).get("which") or "") if isinstance(last, Step) and last.command == "remove" else ""
    heard_here = any(c.scene.sounds(t) for t in c.scene.of("clip"))
    return bool(gone) and heard_here and gone not in (*SOUND_KINDS, *TEXT_KINDS)
