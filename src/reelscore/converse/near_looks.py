"""A look that is not known, read as the nearest that is: 日系色调 as 褪色, 港风滤镜 as 复古. What was read is told.

Only where a word of colour or of look stands behind it, so that 日系音乐 stays music and 夏天的视频 a thing that was filmed.
"""

from __future__ import annotations

import re
from functools import cache

from reelscore.converse.normalise import Plain
from reelscore.converse.scene import Scene
from reelscore.converse.tables import table

_TONE = r"的?(?:滤镜|色调|调色|色系|画质|质感|影调|画风|色彩|调子|颜色)"
_FEEL = rf"(?:{_TONE}|的?(?:那种)?(?:风格|感觉|氛围|风|感(?!拉满)|系)的?(?:{_TONE})?)"
_BIT = r"(?=一[点些])"  # 日系一点
_TOLD = r"(?<=(?:滤镜|色调|调色)[换改调选变弄]成)"  # 滤镜换成日系
_CUE = re.compile(r"[风感调镜质画系色氛点]")
_NO_PICTURE = re.compile(r"音乐|配乐|歌|曲|bgm|旋律|伴奏|[一换来]首|字|标题|文案|吉他|钢琴|鼓|说唱|爵士|电子")


def nearest_look(plain: Plain, scene: Scene) -> tuple[Plain, tuple[tuple[str, str], ...]]:
    """The message with a known look instead, and (typed, read); as it was where none is named."""
    text = plain.text
    if not scene.clips or not _CUE.search(text) or (match := _named().search(text)) is None or _NO_PICTURE.search(text):
        return plain, ()
    name = _says()[match.lastgroup or ""]
    start, end = match.span()
    said = f"{name}滤镜"
    at = (*plain.at[:start], *(plain.at[start],) * len(said), *plain.at[end:])
    return Plain(text[:start] + said + text[end:], plain.original, at), ((plain.said(start, end), name),)


@cache
def _says() -> dict[str, str]:
    return {look: row["say"] for look, row in table("near_looks").items()}


@cache
def _named() -> re.Pattern[str]:
    rows = table("near_looks").items()
    ways = []
    for look, row in rows:
        own, style = "|".join(row["look"]), "|".join(row["style"]) or "(?!)"
        ways.append(f"(?P<{look}>(?:{own})(?:{_FEEL}|{_BIT})|{_TOLD}(?:{own})|(?:{style}){_TONE})")
    return re.compile("|".join(ways))
