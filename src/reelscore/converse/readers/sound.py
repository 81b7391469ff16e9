"""How things sound: loudness, ducking, balance; silence is `muting`, fades `fading`, how loud they are `levels`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import log10

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.denied import denied
from reelscore.converse.readers.fading import crossfade, fades
from reelscore.converse.readers.levels import volume
from reelscore.converse.readers.levels_in_turn import in_turn
from reelscore.converse.readers.muting import muted
from reelscore.converse.readers.paused import paused
from reelscore.converse.readers.shapes import shape_said
from reelscore.converse.readers.sounding import heard
from reelscore.converse.reading import SOUND_KINDS, Reading, steps
from reelscore.values.command import Plain


def read(c: Clause) -> Iterator[Reading]:
    """Everything that only changes how something is heard, and the fades of pictures."""
    yield from _normalise(c)
    yield from muted(c)
    yield from _duck(c)
    yield from _pan(c)
    yield from fades(c)
    yield from crossfade(c)
    yield from volume(c)
    yield from in_turn(c)
    yield from paused(c)


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
            r"^(?:please )?(?:don'?t|stop|no|undo|turn off|remove)(?![a-z]).{0,12}normali|取消.{0,4}(?:标准化|统一)",
            c.text,
        )
        else None
    )
    yield steps("normalise", 0.92, named or [None], to=level, off=off)


def _duck(c: Clause) -> Iterator[Reading]:
    spoken = c.mention("music") and any(  # "quieter music during the pitch"
        m.things and m.things[0].role == "voice" and patterns.just_before(_DURING, c.text, m.start) for m in c.mentions
    )
    if not (c.has("duck") or spoken) or (c.has("inset") and not c.mention("music")):
        return  # "the lake in the corner while she talks"
    scored = any(t.role == "music" for m in c.mentions for t in m.things[:1])
    scored = scored or bool(c.touched and c.touched.role == "music" and _IT_UNDER.search(c.text))
    then = _IT_THEN.search(c.text) and not c.mention("voice")
    known = c.mention("music") or scored or (c.scene.music and (then or _LOWER_UNDER.match(c.text)))
    if not known and not patterns.search(r"duck|闪避|避让|side-?chain", c.text):
        return
    level = c.quantity("percent") or c.quantity("number", cue=("to", "at")) if _WHEN_SPOKEN.search(c.text) else None
    if level is not None and 0 < level.number < 100 and level.cue in ("to", "at", ""):  # 说话的时候降到两成
        which = "music" if c.scene.music else None
        music = next(iter(c.scene.of("music")), None)
        now = music.segment.sound.gain_db if music and music.segment.sound else 0.0
        lower = round(now - 20 * log10(level.number / 100), 1)
        yield Reading(steps("duck", 1, [which], by=max(0.0, lower)).asked, 0.96, whole=True)
        return
    alone = not c.findings.text[c.span[1] :].strip(" .,!?")  # with an order behind it that is what is asked for
    lowers = (alone and "too loud" in c.text) or patterns.search(
        r"duck|dip|lower|(?<![a-z])low(?![a-z])|(?<![a-z])no (?:background )?(?:music|song|track)|quiet|down|soft|back|drop|room|out of the way|on top|drown|cover|bury|mask|less|side-?chain|under|[压降小弱低轻让]|闪避|避让|打架|冲突|盖住",
        c.text,
    )
    if (
        not lowers
        or (c.quantity("percent") and not _AT_ALL_TIMES.search(c.text) and not _WHEN_SPOKEN.search(c.text))
        or (c.mention("voice") and not c.mention("music") and c.has("louder"))
    ):
        return
    if _BY_ITSELF.search(c.text) and not c.quantities:
        yield Reading(
            steps("duck", 1, [m.said for m in c.mentions if m.kind == "music"][:1] or ["music"]).asked, 0.96, whole=True
        )
        return
    by = c.quantity("decibels", "number")
    named = [
        m.said
        for m in c.mentions
        if m.kind in ("music", "name")
        and "voice" not in {t.role for t in m.things}
        and c.text[m.start : m.end] not in ("speech", "说话", "讲话")  # when, and not what
    ]
    if c.touched and c.touched.role == "music" and _IT_UNDER.search(c.text):
        named = ["music"]  # "make it quieter when I talk in the selfie", after the song was added
    named = [m.said for m in c.mentions if m.kind == "music"] or named  # 采访说话的时候音乐让一让
    off = (by is None and denied(c.text, r"duck(?:ing|ed|s)?|side-?chain(?:ing)?")) or patterns.search(
        r"(?:no|stop|remove|turn off|without|don'?t) (?:the )?duck|(?:取消|不要|关闭)(?:自动)?(?:闪避|避让|压低)",
        c.text,
    )
    yield steps(
        "duck", 0.94, named[:1] or ["music" if c.scene.music else None], by=0 if off else abs(by.number) if by else None
    )


_DURING = re.compile(r"(?:during|under|underneath|beneath|behind|below) (?:the |my |his |her |our )?$")
_IT_UNDER = re.compile(  # after an edit of the music: "lower it under the talking"
    r"(?<![a-z])(?:it|that)(?: down| back| quieter| softer| lower| low| soft| a bit| a little)* (?:under|beneath|below|behind|during|while|when) (?:the |my |his |her |all the )?(?:talking|talk|voice|voice-?over|narration|speech|speaking|dialogue|words|i|he|she|they|we|someone|somebody)(?![a-z])"
)
_LOWER_UNDER = re.compile(  # "quieter under the talking": not who talks
    r"\s*(?:(?:and|but|please|pls|just|also|make it|keep it|a (?:bit|little)|much|way|bring it|turn it|go) )*(?:quieter|softer|lower|quiet|soft|low|down)(?: a (?:bit|little))? (?:under(?:neath)?|beneath|below|behind|during)(?![a-z])"
)
_IT_THEN = re.compile(  # "make it quieter when I talk": of the music, while what talks stays
    r"(?<![a-z])it(?:'s| is)?(?![a-z]).* (?:when(?:ever)?|while|as|if|every time|each time) (?:[a-z']+ ){1,2}(?:talk|talks|talking|speak|speaks|speaking|says|say)(?![a-z])"
    r"|(?:说话|讲话|有人声)(?:的时候|时|的地方).{0,4}(?:它|就)?(?:小|轻|低|弱)"
)
_BY_ITSELF = re.compile(
    r"(?:说话|讲话|旁白|人声|解说|配音|开口)[^,。]{0,16}(?:自动|自己)|自动[^,。]{0,8}(?:说话|讲话|旁白|人声|解说|配音)"
)
_WHEN_SPOKEN = re.compile(
    r"(?:说话|讲话|旁白|人声|解说|配音)(?:出来|出现|响起)?(?:的时候|的地方|的部分|的段落|时(?!长|间)|期间)"
    r"|(?<![a-z])(?:when(?:ever)?|while|as long as|every time) (?:i|we|you|he|she|they|people|(?:some|any)(?:one|body))(?:'m|'s|'re| am| is| are)? (?:talk|speak)(?:s|ing)?(?![a-z])"
)
_AT_ALL_TIMES = re.compile(
    r"(?<![a-z])(?:whenever|every time|each time|any time|when(?:ever)? (?:some|any)(?:one|body))(?![a-z])"
)
_CALMER = re.compile(
    r"(?<![a-z])(?:more|less|\w+(?<!cent)(?<!wat)er)(?: \w+)? (?:in|at) the (?:middle|cent)|中间.{0,6}一?[点些]$"
)
_TOO_SOFT = re.compile(r"(?<![a-z])too (?:quiet|loud|low|soft|faint|noisy)(?![a-z])")


_EVEN_ZH = re.compile(r"左右(?:声道|两边|两侧)?的?(?:声音)?(?:平衡|均衡|一样|对称)")  # 左右声道平衡一下


def _pan(c: Clause) -> Iterator[Reading]:
    if "too " in c.text and _TOO_SOFT.search(c.text):
        return  # "the voice is too quiet in the middle"
    if not c.has("pan_to") or (c.has("rotate", "flip", "zoom") and not patterns.search(r"\bpan\b", c.text)):
        return
    if c.quantity("ratio") or shape_said(c.text):
        return  # "a square version with the speaker centred"
    named = heard(c)
    sounding = c.mention("music", "voice", "sound", "audio", "own") or patterns.search(
        r"channel|speaker|声道|\bear\b|左耳|右耳", c.text
    )
    if not sounding and not any(m.kind == "name" and m.things and m.things[0].role in SOUND_KINDS for m in c.mentions):
        return
    side = "centre" if c.has("centre") and not patterns.search(r"left|right|左|右", c.text) else c.chosen("pan", "to")
    if _EVEN_ZH.search(c.text):
        yield steps("pan", 0.94, named or [None], to="centre")
        return
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
