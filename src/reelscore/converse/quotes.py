"""Text in quotes is content, never a command: it is lifted out before anything else is read.

All quote signs of the languages count; and so does what follows "saying", "that reads", 写着, "title:" without quotes.
Where it stood, the text to match holds marks (`MARK`) of the same length, so places stay true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from reelscore.converse import patterns
from reelscore.converse.content_ends_zh import (
    CALLED,
    OPTIONS,
    SO_LONG,
    counted,
    dealt_out,
    holds_names,
    linked,
    over_commas,
)
from reelscore.converse.normalise import Plain
from reelscore.converse.sieves import Sieve, may_match
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
        if words and not spoken_there(text[: match.start()]):
            found.append(Quoted(*match.span(), words))
    for quoted in found:
        text = text[: quoted.start] + MARK * (quoted.end - quoted.start) + text[quoted.end :]
    if "个" in text and (place := counted(text)):
        found.append(Quoted(*place, plain.said(*place), False))
        text = text[: place[0]] + MARK * (place[1] - place[0]) + text[place[1] :]
    leads = _announcing()  # made before it is asked which of them may match
    may = may_match(text)
    for pattern in filter(may.__contains__, leads):
        for match in pattern.regex.finditer(text):
            start, end = match.span("words")
            if text[start] in _OPENS and text.find(text[start], start + 1) < 0:  # a sign that is never closed
                line = start + len(text[start:].partition("\n")[0])
                end = line if _PROGRAM.search(text, start, line) else end  # '; DROP TABLE clips;--
            if MARK in text[start:end]:
                if plain.text.isascii() or not holds_names(text, start, end, MARK):
                    continue
                found = [quoted for quoted in found if quoted.end <= start or quoted.start >= end]
            if is_style(text[start:end]) or _ANNOUNCES.fullmatch(text, start, end) or not text[start:end].strip():
                continue
            if patterns.search(_PROPERTY_OF, text[: match.start()]) or spoken_there(text[: match.start()]):
                continue
            if so_long := SO_LONG.match(text, start, end):  # 加字幕三秒 大家好
                start = so_long.end()
            end = start + len(text[start:end].rstrip(" ,;"))
            if denied := _NOT_SO.search(text, start, end):  # "saying hello, not in the middle"
                end = denied.start() if denied.start() > start else end
            if (options := OPTIONS.search(text, start, end)) and options.start() > start:
                end = start + len(text[start : options.start()].rstrip(" ,;"))
            elif not plain.text.isascii() and (called := CALLED.match(text, end)):
                end = called.end()  # 写：这家绝了！
            lead = text[match.start() : start].rstrip()
            if not plain.text.isascii():
                told = lead.endswith(":") and "名" not in lead  # behind a name there is who that is
                end = over_commas(text, end, told=told, is_style=is_style)
            for a, b in dealt_out(text, start, end) or [(start, end)]:
                if words := plain.said(a, b):
                    words = _JOINT.sub("\n", words, count=1) if _TWO_LINES.search(lead) else words
                    found.append(Quoted(a, b, words, False))
                    text = text[:a] + MARK * (b - a) + text[b:].replace("、", " ", 1 if text[b : b + 1] == "、" else 0)
    return plain.with_text(linked(text, MARK)), tuple(sorted(found, key=lambda q: q.start))


_TWO_LINES = re.compile("成(?:两行|双行)")  # 标题换成两行：奶奶80岁，生日快乐
_JOINT = re.compile(r"\s*[,，、/;；]\s*|\s+")
_ANNOUNCES = re.compile(r"\s*(?:就|内容|上面|要)?(?:写|叫|说|是)(?:着|上|成)?\s*")  # 加一行字，就写，三个关键点
_NOT_SO = re.compile(r"(?:,| but|, but| and|, and) not$")
_PROGRAM = re.compile(r";|--|</?\w|\w\(|=")
_OPENS = "'\"`<"


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


def spoken_there(before: str) -> bool:
    """ "cut the bit where i keep | saying um": is what follows heard in the film, and nothing to be written?"""
    return _WHERE.search(before) is not None


_WHERE = re.compile(
    r"(?<![a-z])(?:(?:bit|part|moment|section|place|piece|stretch|spot|time)s?|cut|cut out|trim out|remove|delete) (?:where|when|in which) (?!(?:it|this|that|there|the)(?![a-z]))[a-z]+(?:'s|'m|'re|'ve)?"
    r"(?: (?:am|is|are|was|keeps?|kept|just|starts?|started|suddenly|always|only|all|repeatedly|accidentally))*(?: (?:say|says|said|saying|go|goes|going|went))? $"
)


def is_style(words: str) -> bool:
    """Is this how a text shall look, and not what it shall say?"""
    if patterns.fullmatch(r" ?(?:19|20)\d\d ?", words):
        return False  # a year
    style = "|".join(table("announcing")["style"]["patterns"])
    if patterns.search(style, words) is not None:
        return True
    parts = [part.strip() for part in words.split(",")]
    return len(parts) > 2 and sum(patterns.search(style, part) is not None for part in parts) > 1
