"""A look that is not known, read as the nearest that is: 日系色调 as 褪色, "a Wes Anderson look" as faded. What was read is told.

Only where a word of colour or of look stands behind it ("like a ... film" in English), so that 日系音乐 stays music and
夏天的视频 a thing that was filmed.
"""

from __future__ import annotations

import re
from functools import cache

from reelscore.converse.normalise import Plain
from reelscore.converse.scene import Scene
from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table

_TONE = r"的?(?:滤镜|色调|调色|色系|画质|质感|影调|画风|色彩|调子|颜色)"
_FEEL = rf"(?:{_TONE}|(?:导演)?(?:电影)?的?(?:那种)?(?:胶片|电影|画面)?的?(?:风格|感觉|氛围|风|感(?!拉满)|系|味道|味儿|味|调调|样子|效果|模样)的?(?:{_TONE})?)"
_BIT = r"(?=一[点些])"  # 日系一点
_TOLD = r"(?<=(?:滤镜|色调|调色)[换改调选变弄]成)"  # 滤镜换成日系
_CUE = Sieve(re.compile(r"[风感调镜质画系色氛点味样效]"))
_NO_PICTURE = re.compile(
    r"音乐|配乐|歌|曲|bgm|旋律|伴奏|[一换来]首|[来配写]一?段|合成器|贝斯|弦乐|节奏|节拍|字|标题|文案|吉他|钢琴|鼓|说唱|爵士|电子"
)
_CUE_EN = Sieve(
    re.compile(
        r"(?<![a-z])(?:look|style|vibe|aesthetic|feel|palette|grade|grading|tone|colou?rs?|filter|like|out of|à la|a la|inspired|esque)"
    )
)
_LOOK_EN = r"(?:looks?|styles?|styled|vibes?|aesthetics?|feel(?:ing)?|palette|grad(?:e|ing)|tones?|colou?rs|colou?r(?:ing| (?:grad(?:e|ing)|palette|scheme|tones?))|filter|treatment)(?![a-z])"
_FILM_EN = r"(?:movie|film|picture|show|series|photo|video|commercial|ad|scene|trailer)"
_NO_PICTURE_EN = re.compile(
    r"(?<![a-z])(?:music|songs?|soundtrack|score|beats?|tune|track|melody|titles?|fonts?|captions?|subtitles?|text|lettering|typeface|piano|guitar|drums|synth|transitions?|sound)(?![a-z])"
)
_END = re.compile(r"[,.;!?]")


def nearest_look(plain: Plain, scene: Scene, language: str) -> tuple[Plain, tuple[tuple[str, str], ...]]:
    """The message with a known look instead, and (typed, read); as it was where none is named."""
    text = plain.text
    found = None
    if scene.clips and language == "zh" and _CUE.search(text) and not _NO_PICTURE.search(text):
        found = _named().search(text)
    elif scene.clips and language == "en" and _CUE_EN.search(text):
        found = _named_en().search(text)
        if found is not None and (_NO_PICTURE_EN.search(_piece(text, found)) or scene.media_named(found["name"])):
            found = None
    if found is None:
        return plain, ()
    look = next(key for key, value in found.groupdict().items() if value and key not in ("name", "led"))
    name = table("near_looks")[look]["say"] if language == "zh" else look
    start, end = found.span()
    said = f"{name}滤镜" if language == "zh" else f"{name} look"
    at = (*plain.at[:start], *(plain.at[start],) * len(said), *plain.at[end:])
    return Plain(text[:start] + said + text[end:], plain.original, at), ((plain.said(start, end), name),)


def _piece(text: str, found: re.Match[str]) -> str:
    """What is said between two stops around a name."""
    ends = [m.end() for m in _END.finditer(text, 0, found.start())]
    stop = _END.search(text, found.end())
    return text[ends[-1] if ends else 0 : stop.start() if stop else len(text)]


@cache
def _named() -> re.Pattern[str]:
    rows = table("near_looks").items()
    ways = []
    for look, row in rows:
        own, style = "|".join(row["look"]), "|".join(row["style"]) or "(?!)"
        ways.append(f"(?P<{look}>(?:{own})(?:{_FEEL}|{_BIT})|{_TOLD}(?:{own})|(?:{style}){_TONE})")
    return re.compile("|".join(ways))


@cache
def _named_en() -> re.Pattern[str]:
    names = "|".join(f"(?P<{look}>{'|'.join(row['en'])})" for look, row in table("near_looks").items())
    lead = r"(?:in the style of|à la|a la|inspired by|(?:something )?(?:straight )?(?:out of|from)|(?:a bit |kind of |just |more )?like(?: in| out of| something (?:out of|from))?)"
    return re.compile(
        rf"(?<![a-z])(?:(?P<led>{lead} )(?:an? |the |some )?(?:old |typical |real )?)?(?P<name>{names})(?:'s|s')?(?(led)(?:[ -]{_FILM_EN}s?)?(?:[ -]{_LOOK_EN})?(?![a-z])|(?:esque|[ -]ish|[ -](?:esque|type|like|kinda|{_FILM_EN}))?[ -]?{_LOOK_EN})"
    )
