"""Dictated Chinese without the sounds between its words: 那个就是一分钟那个地方呃加个字幕, 采访的时候，呃，下面那个，就是打一行字.

A sound that takes something back (30%，呃25%) stays, and so does what stands between signs of quotation.
"""

from __future__ import annotations

import re

from reelscore.converse.normalise import Plain
from reelscore.converse.sieves import Sieve

_CORRECTS = r"(?![, ]*(?:等|不|是|应该|还是|说错|错|算了|第?[\d一二两三四五六七八九十]+(?:[秒分帧倍%段,。吧]|$)))"
_STUMBLED = Sieve(
    re.compile(
        rf"(?:(?<=[\u4e00-\u9fffa-z0-9,。])|^)(?:呃+|额(?=[, ])|嗯+|唔+)[, ]*{_CORRECTS}"
        r"|(?:(?<=[,。;!? ])|^)(?:那个|这个|就是说?|那个就是说?|就是那个(?=[,呃嗯]))(?:,+|(?<=就是)(?=[一二两三四五六七八九十\d]+[分秒]|在|把|给|打|加|写|那个|这个|下面|上面))(?!也|这样|这种|说|因为)"
        r"|(?<=[上下左右里外后前][面边])那个,就是"
    )
)
_OF_A_PLACE = re.compile(  # 片头那个音乐: the music there, and not the clip
    r"(?<=片头|片尾|开头|结尾)那[个段首](?=(?:背景)?(?:音乐|配乐|bgm|歌|曲|音效|声音)| ?[a-z])"
)
_SPACED = re.compile(r"(?<=[第停从到]) (?=\d)|(?<=\d) (?=秒|分钟|帧|倍)")
_AND_SO_ON = re.compile(r"(?<=[\u4e00-\u9fff])(?:啥|什么|之类|那些)的(?=[都全])")  # 滤镜啥的都不要了
_HELD = re.compile(r"[“”\"「」『』《》【】]")


def smoothed(plain: Plain) -> Plain:
    """The message without such sounds; places of what is left stay known."""
    if " " in plain.text and not plain.text.isascii():
        for match in reversed(list(_SPACED.finditer(plain.text))):  # 第 8 秒
            plain = plain.instead(*match.span(), "")
    if "的都" in plain.text or "的全" in plain.text:
        for match in reversed(list(_AND_SO_ON.finditer(plain.text))):
            plain = plain.instead(*match.span(), "")
    if plain.text.isascii() or not any(sound in plain.text for sound in "呃额嗯唔个是那"):
        return plain
    for match in reversed(
        list(_OF_A_PLACE.finditer(plain.text)) if "头那" in plain.text or "尾那" in plain.text else []
    ):
        plain = plain.instead(*match.span(), "的")
    for match in reversed(list(_STUMBLED.finditer(plain.text))):
        if not len(_HELD.findall(plain.text, 0, match.start())) % 2 and match.end() < len(plain.text):
            plain = plain.instead(*match.span(), "")
    return plain
