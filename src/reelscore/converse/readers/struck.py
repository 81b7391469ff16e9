"""The music strikes at a moment: "the music should hit when the title comes", "land the drop on the logo", 鼓点卡在第6秒.

An accent is a hit point, which composed music meets; a drop or a climax is a change of the music's own course.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.mention import Mention
from reelscore.converse.readers.moments import every_cut
from reelscore.converse.reading import TEXT_KINDS, Reading, step
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain

LEAD_IN = 2  # seconds: what comes sooner has nothing to rise from
_MUSIC = r"(?:music|beats?|soundtrack|score|song|track|drums?|drum hit|bass|accents?|downbeat|hits?|it)"
_PEAK = r"(?:(?:beat |bass |big )?drops?|climax|peak)"
_STRIKES = r"(?:hits?|land(?:s|ing)?|strikes?|punch(?:es)?|falls?|coincides?|syncs?(?: up)?|lines? up|explodes?|kicks?)"
_COURSE = re.compile(  # where the music goes: "a drop when the product appears", "the beat drops on the logo", "build up to it"
    rf"(?<![a-z])(?:{_MUSIC}) (?:(?:should|must|has to|to|needs to|can|could|will|would|really) )*(?:drops?|peaks?|climax(?:es)?|erupts?|explodes?) (?:in |right |exactly |just )?(?:at|when|where|as|on|with)(?![a-z])"
    rf"|(?<![a-z])(?:an? |the )(?:big |huge |nice |proper |musical )?(?:{_PEAK}) (?:(?:in|of) the music )?(?:in |right |exactly |just )?(?:at|when|where|as|on|with)(?![a-z])"
    rf"|(?<![a-z])(?:beat |bass )drop (?:at|when|where|as|on|with)(?![a-z])"
    rf"|(?<![a-z])(?:{_MUSIC}) (?:(?:should|must|has to|to|needs to|can|could|will|would|really|slowly) )*(?:builds?|rises?|swells?|grows?|crescendos?)(?: up)? (?:in)?to(?:wards?)? (?=the |clip |my )"
    rf"|(?<![a-z])(?:build|swell|crescendo)(?: up)? (?:the )?(?:music |tension |energy |it )?(?:in)?to(?:wards?)? the (?=[a-z])"
)
_SWELLS = Sieve(
    re.compile(  # "the music should swell when the lake appears": it rises from there on
        rf"(?<![a-z]){_MUSIC} (?:(?:should|must|has to|to|needs to|can|could|will|would|really|slowly) )*(?:builds?|rises?|swells?|grows?|crescendos?)(?: up)? (?:right |exactly |just )?(?:at|when|where|as|once|from|with)(?![a-z])"
    )
)
_COURSES = Sieve(_COURSE)
_SAID = Sieve(
    re.compile(
        rf"(?<![a-z])(?:{_MUSIC}|{_PEAK}) (?:(?:should|must|has to|to|needs to|can|could|will|would|really|exactly|right|be|is) )*{_STRIKES}(?![a-z])"
        rf"|(?<![a-z])(?:sync|line up|land|match|align|time|put|place|set|want|have|get) (?:the |a |an )?(?:music(?:al)? |big |drum )?(?:{_PEAK}|hits?|accents?|music hits?|drum hits?|downbeat|stingers?) (?:up )?(?:with|to|on|at|when|for|as|right|exactly)(?![a-z])"
        rf"|{_COURSE.pattern}|{_SWELLS.pattern}"
        rf"|(?<![a-z])(?:{_PEAK}) (?:of the music |in the music )?(?:should |must |to |needs to )?(?:be|come|happen|arrive|start)s? (?:at|on|when|with|as|right|exactly)(?![a-z])"
        r"|(?<![a-z])(?:accent|emphasi[sz]e|punctuate|underline) (?:on |the )?(?:moment |cut |appearance )?[^,]{0,40}(?:(?:in|with) the (?:music|beat|score)|musically)(?![a-z])"
        r"|(?<![a-z])(?:music(?:al)? |drum )?(?:accents?|hits?|stingers?) (?:on|at|when|for|with) (?=every|each|all|the|cut|\d|clip)"
        r"|(?:音乐|鼓点|鼓声|重音|节拍|节奏|高潮|副歌|爆点|drop)[^,。]{0,6}?(?:卡|对准|对上|对齐|落|打|砸|踩|爆发?|炸)(?:到|在|上|准)?"
        r"|(?:音乐|配乐|背景)[^,。]{0,10}?(?:来|加|给|有|放|打)(?:一?个|一下|一声)?(?:重音|重击|重拍|鼓点|爆点|卡点|强拍|高潮)"
    )
)
_NOT_MUSIC = re.compile(
    r"(?<![a-z])(?:music|soundtrack|score|song|track|tune) (?:(?:should|must|has to|to|needs to|can|could|will|would|only|just) )*kicks? (?:in|off)(?![a-z])"
    r"|(?<![a-z])(?:cuts?|edits?|clips?|switch(?:es)?|transitions?|captions?) (?:should |to |must )?(?:hit|land|fall|line|match|sync)"
    r"|(?<![a-z])(?:cut|snap|edit|trim) (?:[a-z]+ ){0,3}to the (?:beat|music)|剪辑点?(?:对|卡|踩|落)|画面(?:对|卡|踩)|切换|卡点剪"
)
_ITS_PEAK = re.compile(rf"{_COURSE.pattern}|{_SWELLS.pattern}|(?<![a-z])(?:{_PEAK})(?![a-z])|高潮|副歌|爆发|炸|drop")
_RISES = re.compile(r"(?<![a-z])(?:build|swell|rise|grow|crescendo)s?(?: up)?(?![a-z])")
_ENDS = re.compile(r"\s*(?:clip |shot |part |title )?(?:ends|is over|disappears|leaves|goes)|(?:结束|消失)")
_NTH_CUT = re.compile(
    r"(?<![a-z])(first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th|last) (?:cut|transition|scene change)(?![a-z])"
)
_NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "last": 0}  # fmt: skip
_POINT = re.compile(r"(?<![a-z])(?:hits?|accents?|markers?)(?![a-z])|重点|重音|标记|卡点")
_SEEN = (*TEXT_KINDS, "clip", "overlay", "logo", "image", "name")


def read(c: Clause) -> Iterator[Reading]:
    """Hit points, or a change of the music's course, where a moment is named."""
    if not _SAID.may(c.text) or c.quotes or not _SAID.search(c.text) or _NOT_MUSIC.search(c.text):
        return
    if c.has("volume") or c.quantity("percent", "decibels"):
        return
    moments = _moments(c)
    if not moments or not (c.scene.of("music") or _POINT.search(c.text)):
        return  # a wish for music that is not there yet goes to the composer in its own words
    first = moments[0]
    if _ITS_PEAK.search(c.text) and len(moments) == 1 and isinstance(first, (int, float)) and first >= LEAD_IN:
        if c.scene.of("music"):
            way = "builds up to a drop at" if _RISES.search(c.text) else "a drop at"
            way = "builds from" if _SWELLS.search(c.text) else way
            yield step("change_music", 0.975, prompt=f"{way} {clock(first)}")
        return
    made = tuple(one for at in moments for one in step("marker", 1, at=at, kind="hit").asked)
    yield Reading(made, 0.975)


def goes_somewhere(text: str) -> bool:
    """Is the music's own course spoken of: "a drop when the product appears"?"""
    return _COURSES.search(text) is not None or _SWELLS.search(text) is not None


def _moments(c: Clause) -> list[Plain]:
    """When: the times said, where things come or go, the cuts."""
    if times := [plain(q) for q in c.every("seconds", "timecode", "frames") if q.cue not in ("for", "by")]:
        return list(times)
    if every := every_cut(c):
        return every
    clips = c.scene.of("clip")
    if (cut := _NTH_CUT.search(c.text)) and len(clips) > 1:
        at = _NTH[cut[1]] or len(clips) - 1
        return [seconds(clips[at].span.start)] if at < len(clips) else []
    seen = [
        m for m in c.mentions if m.things and m.kind in _SEEN and m.things[0].role not in ("music", "voice", "sound")
    ]
    return list(dict.fromkeys(_moment(c, m) for m in seen if len(m.things) == 1))


def _moment(c: Clause, mention: Mention) -> Plain:
    span = mention.things[0].span
    return seconds(span.end if _ENDS.match(c.text, mention.end) else span.start)


def clock(at: float) -> str:
    """A moment as the composer reads it: "0:07", "1:05.5"."""
    minutes, rest = divmod(round(at * 100), 6000)
    return f"{minutes}:{rest // 100:02d}" + (f".{rest % 100:02d}".rstrip("0") if rest % 100 else "")
