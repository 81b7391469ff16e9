"""The sound of a filmed clip without its picture: "lay the narration over the screen recording" of a narration that was
filmed, "only its sound, not the picture", 只要那段的声音，不要画面.

The clip leaves the film, and its sound is laid where it is wanted: from the beginning of the other clip, or of the film.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse.clause import Clause, seconds
from reelscore.converse.reading import Reading
from reelscore.converse.scene import Thing
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain, Step

_SPOKEN = re.compile(r"narration|narrator|voice ?-?over|voice|commentary|speech|talk|旁白|解说|配音|讲解|录音")
_LAID = Sieve(
    re.compile(
        r"(?<![a-z])(?:lay|put|place|play|run|use|have|set|layer)(?![a-z]).*?(?<![a-z])(?P<over>over|under|underneath|on top of|beneath|behind|onto|on|to|as the (?:voice ?-?over|narration|audio|sound)|for)(?![a-z])"
        r"|(?:铺|垫|放|盖|配|叠|加)(?:在|到|进)(?!.*(?:开头|最前|最后|结尾|前面|后面))"
    )
)
_NO_PICTURE = Sieve(
    re.compile(
        r"(?<![a-z])(?:no need for|don'?t need|do not need|don'?t want|do not want|without|not|lose|drop|hide|no|ignore|skip) (?:the |its |any )?(?:picture|pictures|video|image|images|visuals?|footage)(?: part)?(?![a-z])"
        r"|(?:不要|不用|不需要|去掉|别要|没有|不显示)(?:它的|那个|这个)?(?:画面|图像|视频画面|影像)"
    )
)
_SOUND = re.compile(r"(?<![a-z])(?:sound|audio|voice|narration)(?![a-z])|声音|音频|人声|原声")
_ADDS = Sieve(
    re.compile(
        r"(?<![a-z])(?:small|corner|overlay|picture in picture|pip|inset|window|subtitle|title|music)(?![a-z])|画中画|小窗|角|字幕|标题|音乐"
    )
)


def read(c: Clause) -> Iterator[Reading]:
    """What is heard of a clip, laid under the others; its picture goes."""
    if c.quotes or c.quantities or _ADDS.search(c.text):
        return
    if _NO_PICTURE.search(c.text) and _SOUND.search(c.text):
        named = [t for m in c.mentions if m.kind in ("name", "voice", "clip") for t in m.things]
        heard_already = [t for t in named if t.role in ("voice", "sound", "audio")]
        if not named and any(m.kind == "voice" for m in c.mentions):
            heard_already = list(c.scene.of("voice"))
        if len(heard_already) == 1:  # which the answer says
            held = heard_already[0].segment
            same = (("which", held.id), ("media", held.media))
            yield Reading((Step("replace_media", same),), 0.985, whole=True)
            return
    if c.scene.clips < 2:
        return
    lone = [m for m in c.mentions if len(m.things) == 1 and m.things[0].role == "clip" and not m.every]
    if not lone or len(lone) > 2:
        return
    told = next((m for m in lone if _SPOKEN.search(c.text[m.start : m.end])), None)
    if _NO_PICTURE.search(c.text) and _SOUND.search(c.text):
        heard, under = (told or lone[0]).things[0], None
    elif told is not None and _LAID.search(c.text) and (len(lone) == 2 or _THE_FILM.search(c.text)):
        heard = told.things[0]
        under = next((m.things[0] for m in lone if m is not told and m.start > told.start), None)
        if under is None and len(lone) == 2:
            return
    else:
        return
    medium = c.scene.timeline.medium(heard.segment.media)
    if medium is None or not medium.has_sound or heard is under:
        return
    args: dict[str, Plain] = {"media": medium.name, "as": "voice", "at": _begins(heard, under)}
    whole = heard.segment.start == 0 and heard.segment.duration + c.scene.timeline.canvas.frame >= medium.duration
    if not whole:
        args |= {"start": seconds(heard.segment.start), "duration": seconds(heard.segment.duration)}
    yield Reading((Step("remove", (("which", heard.segment.id),)), Step("add", tuple(args.items()))), 0.985, whole=True)


_THE_FILM = re.compile(
    r"(?<![a-z])(?:everything|the (?:whole )?(?:video|film|rest|others?|other clips?|pictures?)|all of it)(?![a-z])|整[个条部]|全片|其他|其它|画面|视频(?:下|上)"
)


def _begins(heard: Thing, under: Thing | None) -> int | float:
    """Where the other clip begins once the clip that is only heard is gone."""
    if under is None:
        return 0
    start = under.span.start
    return seconds(start - heard.span.duration if heard.span.start < start else start)
