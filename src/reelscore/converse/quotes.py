"""Text in quotes is content, never a command: it is lifted out before anything else is read.

All quote signs of the languages count; and so does what follows "saying", "that reads", 写着, "title:" without quotes.
Where it stood, the text to match holds marks (`MARK`) of the same length, so places stay true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from reelscore.converse import patterns
from reelscore.converse.normalise import Plain
from reelscore.converse.numbers import value_of
from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table

MARK = "\ue000"
LAST_MARK = "\ue6ff"  # up to here: the own words of texts, names of files
_QUOTED = re.compile(
    r'[“”„‟"]([^“”„‟"]{1,2000})[“”„‟"]|「([^」]*)」|『([^』]*)』|《([^》]*)》|«([^»]*)»|‹([^›]*)›|【([^】]*)】'
    r"|(?<![a-z0-9\u3040-\u9fff])'([^'\s](?:[^\n]{0,400}?[^'\s])?)'(?![a-z0-9])"
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """Content at text[start:end], as it was typed."""

    start: int
    end: int
    words: str
    marked: bool = True  # in quotes, or only after a word that announces it


def lifted(plain: Plain) -> tuple[Plain, tuple[Quoted, ...]]:
    """The message with its quotations marked out, and the quotations."""
    found: list[Quoted] = []
    text = plain.text
    for match in _QUOTED.finditer(text):
        inner = next(n for n, group in enumerate(match.groups(), 1) if group is not None)
        words = plain.said(*match.span(inner))
        if words:
            found.append(Quoted(*match.span(), words))
    for quoted in found:
        text = text[: quoted.start] + MARK * (quoted.end - quoted.start) + text[quoted.end :]
    if "个" in text and (counted := _counted(text)):
        found.append(Quoted(*counted, plain.said(*counted), False))
        text = text[: counted[0]] + MARK * (counted[1] - counted[0]) + text[counted[1] :]
    for pattern in _announcing():
        for match in pattern.finditer(text):
            start, end = match.span("words")
            if text[start] in _OPENS and text.find(text[start], start + 1) < 0:  # a sign that is never closed
                line = start + len(text[start:].partition("\n")[0])
                end = line if _PROGRAM.search(text, start, line) else end  # '; DROP TABLE clips;--
            if MARK in text[start:end] or is_style(text[start:end]) or not text[start:end].strip():
                continue
            if patterns.search(_PROPERTY_OF, text[: match.start()]):
                continue
            if so_long := _SO_LONG.match(text, start, end):  # 加字幕三秒 大家好
                start = so_long.end()
            end = start + len(text[start:end].rstrip(" ,;"))
            if denied := _NOT_SO.search(text, start, end):  # "saying hello, not in the middle"
                end = denied.start() if denied.start() > start else end
            if (options := _OPTIONS_ZH.search(text, start, end)) and options.start() > start:
                end = start + len(text[start : options.start()].rstrip(" ,;"))
            elif not text.isascii() and (called := _CALLED.match(text, end)):
                end = called.end()  # 写：这家绝了！
            lead = text[match.start() : start].rstrip()
            if lead.endswith(":") and "名" not in lead:  # behind a name there is who that is
                end = _over_commas(text, end)
            words = plain.said(start, end)
            if words:
                found.append(Quoted(start, end, words, False))
                text = text[:start] + MARK * (end - start) + text[end:]
    return plain.with_text(text), tuple(sorted(found, key=lambda q: q.start))


_NOT_SO = re.compile(r"(?:,| but|, but| and|, and) not$")
_PROGRAM = re.compile(r";|--|</?\w|\w\(|=")
_OPENS = "'\"`<"
_N_ZH = r"(?:\d{1,3}(?:\.\d)?|[一二两三四五六七八九十半]{1,3})"
_OPTIONS_ZH = re.compile(  # what is said of the text right behind its words, without a comma
    rf"(?:[ ,]?(?:然后|并且?|要|就|给我|帮我)?(?:(?:停留?|显示|持续|展示|保持|留|挂|待|放)(?:个|上|大概|大约|差不多)?{_N_ZH}秒钟?(?:左右)?"
    rf"|[从在]?第?{_N_ZH}秒钟?(?:的时候|时|处)?(?:开始|起|出现|出来|显示)|[从在]第?{_N_ZH}秒钟?(?:的时候|时|处)?"
    r"|(?:放|居|摆|打|显示|靠)(?:在|到|于)?(?:屏幕|画面)?的?最?(?:正?中[间央]|中|[左右][上下]角?|[上下]面|[底顶]部|[上下]方|底下)(?:位置)?"
    rf"|(?<= ){_N_ZH}秒钟?"
    rf"|(?<= )第?{_N_ZH}秒?(?:到|至|-|~)第?{_N_ZH}秒钟?"
    r"|(?<= )用?[大小粗]字|用?[红白黑黄蓝绿橙粉紫灰金]色?(?:的)?(?:大|小|粗)?(?:字|粗体)|字体?(?:号)?(?:要|再|弄|调)?[大小粗]一?[点些]|加粗"
    r")(?:就行|就好|就可以|吧|的)?)+$"
)
_CALLED = re.compile(r"!{1,3}(?=\s*$)")
_SO_LONG = re.compile(rf"(?:显示|停留?|持续)?{_N_ZH}秒钟?[ ,](?=\S)")
_SO_MANY = re.compile(
    r"(?:加|写|打|显示|出|来|放|配|弄|飘|弹|改成|换成)(?:上|出|个|一行|着|入|现|几个|一下)*(?P<words>[\u4e00-\u9fff]{2,12}?)(?P<behind>(?:这|那)?(?P<count>[二两三四五六七八九十]|\d{1,2})个(?:大|小|美术|金|花)?字)"
)


_MORE_OF_IT = re.compile(r",(?P<more>[^,。;:!\n\ue000]{2,30})(?=[,。;!\n]|$)")
_TOLD_OF_IT = re.compile(  # what shall be done, and no words for the picture
    r"^ ?(?:改|换|弄|调|再|然后|并|同时|顺便|另外|其他|别|不要|不用|请|给|帮|麻烦|把|将|就|这样|可以|谢谢|在|从|到|第|用|要|都|也|字|颜色|白|黑|红|黄|蓝|绿|金|粗|居|位置|时长|时间|停|显示|持续|放(?!心|假|松)|移|删|去掉|剪(?!影)|导出|画面|视频|片子|旁白|音乐|标题|字幕|背景|底|顶|大小|加|淡|弹|滑|动画|出现|这个|那个|[上下左右大小]面?一?[点些]?$)"
    r"|\d ?(?:秒|s(?![a-z])|%)|[一二两三四五六七八九十半]秒|[大小长短]一?[点些]|[放移摆]到|居中|加粗|[红白黑黄蓝绿金]色|(?:行吗|好吗|可以吗|谢谢)$"
)


def _over_commas(text: str, end: int) -> int:
    """Where the words after a colon end, with what is told of them left out: 改为：大家好，我是小林."""
    while (
        (more := _MORE_OF_IT.match(text, end)) and not _TOLD_OF_IT.search(more["more"]) and not is_style(more["more"])
    ):
        end = more.end()
    return end


def _counted(text: str) -> tuple[int, int] | None:
    """片尾加上谢谢观看四个字: as many characters before 四个字 as are counted."""
    for match in _SO_MANY.finditer(text):
        count = value_of(match["count"])
        if count == len(match["words"]):
            return match.span("words")
    return None


@cache
def _announcing() -> tuple[Sieve, ...]:
    held = table("announcing")
    stop = "|".join(held["stop"]["patterns"])
    stop_zh = "|".join(held["stop"]["chinese"])
    return tuple(
        [Sieve(re.compile(rf"(?:{lead})(?P<words>.+?)(?={stop}|[\n]|$)")) for lead in held["lead"]["patterns"]]
        + [
            Sieve(re.compile(rf"(?:{lead})(?P<words>[^,。;!\n]+?)(?={stop_zh}|[,。;!\n]|$)"))
            for lead in held["lead"]["chinese"]
        ]
    )


_PROPERTY_OF = (
    r"(?<![a-z])(?:font|typeface|colou?r|size|place|position|style|animation|duration|length|time) (?:of|for) $"
)


def is_style(words: str) -> bool:
    """Is this how a text shall look, and not what it shall say?"""
    style = "|".join(table("announcing")["style"]["patterns"])
    if patterns.search(style, words) is not None:
        return True
    parts = [part.strip() for part in words.split(",")]
    return len(parts) > 2 and sum(patterns.search(style, part) is not None for part in parts) > 1
