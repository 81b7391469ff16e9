"""What shall stand on the picture, or be the name of a marker, said without quotes in Spanish, French, German, Portuguese,
Japanese and Korean: "unten soll stehen: Bis bald", "cambia 20% off por 30% off", タイトルを夏の思い出に変えて.

Such words are marked out as quotations are, before the message is put into English. They begin behind what announces
them (the `written` part of a language's table) and end where nothing but options follows: where, when, how long, in
which colour, or another wish. Words that are all known say how a text shall look, and are left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from reelscore.converse.foreign import east_words, west_words
from reelscore.converse.foreign.conjugation import PREFIXES
from reelscore.converse.foreign.items import AMOUNT, DEGREE, IDLE, LOOK, MORE, PLACE, SIGN, TYPED, VERB, Item
from reelscore.converse.foreign.west_words import NUMBER, ORDER, SMALL, UNIT
from reelscore.converse.normalise import Plain, simplified
from reelscore.converse.quotes import MARK, Quoted
from reelscore.converse.tables import table

_OWN = "[\ue100-\ue6ff]+"
_OPTIONS = frozenset({PLACE, AMOUNT, UNIT, ORDER, NUMBER, "clock"})
_LEADING = frozenset({"in", "in the", "at", "at the", "for", "from", "of the", "over", "to the", "with", "on", "until"})


def with_written(plain: Plain, quotes: Sequence[Quoted], language: str) -> tuple[Plain, tuple[Quoted, ...]]:
    """The message with such words marked out; unchanged where none are announced, or they are in quotes."""
    text = plain.text
    if MARK in text:
        return plain, tuple(quotes)
    east = language in east_words.GRAMMAR
    bare = text if east else text.translate(west_words.BARE)
    for pattern in _patterns(language):
        found = pattern.search(bare)
        if found is None:
            continue
        start, end = found.span("words")
        if not east:
            start, end = _content(text, start, end, language, "led" in found.groupdict())
        typed = plain.said(start, end)
        if start >= end or not _is_content(text[start:end], typed, language, "sure" in found.groupdict()):
            continue
        made = text[:start] + MARK * (end - start) + text[end:]
        if found.groupdict().get("said"):  # what announces them is no word of the wish
            a, b = found.span("said")
            made = made[:a] + " " * (b - a) + made[b:]
        if found.groupdict().get("instead"):  # A じゃなくて B: A becomes B
            a, b = found.span("instead")
            made = made[:a] + {"ja": "を", "ko": "를"}[language].ljust(b - a) + made[b:]
        return plain.with_text(made), (*quotes, Quoted(start, end, typed, False))
    return plain, tuple(quotes)


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    if language in east_words.GRAMMAR:
        return tuple(
            re.compile(simplified(pattern).replace("OWN", _OWN)) for pattern in table(language)["written"]["patterns"]
        )
    held = {name: rf"(?<![a-z])(?:{'|'.join(words)})(?![a-z])" for name, words in table(language)["written"].items()}
    kind = rf"(?:{held['articles']} )?{held['kinds']}"
    rest = r"(?P<words>[^\n;]+)"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"(?P<sure>){held['changes']} (?:{kind} )?{_OWN} {held['to']} {rest}",
            rf"(?P<sure>){held['instead']} {_OWN},? (?:[a-z]+ ){{0,3}}?(?:{held['adds']}|{held['writes']}|{held['stands']}) {rest}",
            rf"(?P<sure>)(?P<said>{held['says']}:? ){rest}",
            rf"(?P<sure>)(?:^|[,.;\n] ?)[^:,.;\n]*(?:{held['kinds']}|{held['writes']}|{held['stands']})[^:,.;\n]{{0,40}}?(?P<said> ?: ){rest}",
            rf"(?P<sure>){held['markers']}(?: [^,.;\n]*?)? (?P<said>{held['named']} ){rest}",
            rf"{held['changes']} {kind} {held['to']} {rest}",
            rf"{kind} {held['must']} {rest}",
            rf"(?P<led>){held['writes']} {rest}",
            rf"{held['adds']} {kind} {rest}",
        )
    )


def _content(text: str, start: int, end: int, language: str, led: bool) -> tuple[int, int]:
    """Where the words begin and end, without the options behind them, and before them where they are `led` by such."""
    items = [item for item in _items(text[start:end], language) if item.end > item.start]
    first = 0
    while led and (length := _option(items, first)) and first + length < len(items):
        first += length
    last = first + 1
    while last < len(items) and not _ends(items, last, language):
        last += 1
    if not items:
        return start, start
    stop = start + items[min(last, len(items)) - 1].end
    price = _CURRENCY.match(text, stop, end)
    return start + items[first].start, price.end() if price else stop


def _option(items: Sequence[Item], n: int) -> int:
    """How many items from a place on say where, when or how long: "abajo", "en el minuto 2"; 0 where they do not."""
    k = n
    while k < len(items) and (items[k].english in _LEADING or items[k].english in ("the", "a")):
        k += 1
    content = k
    while k < len(items) and items[k].kind in _OPTIONS:
        k += 1
    told = any(item.kind in (PLACE, AMOUNT, UNIT) for item in items[content:k])
    return k - n if told else 0


def _ends(items: Sequence[Item], n: int, language: str) -> bool:
    """Do the words end before an item: nothing but options, colours or another wish is left?"""
    rest = items[n:]
    if language == "de" and all(item.kind in (VERB, IDLE, SIGN) or item.english in _TAIL for item in rest):
        return True
    if rest[0].kind == SIGN or rest[0].english in ("and", "then", "but"):
        wish = [item for item in rest[1:] if item.kind != IDLE]
        return not wish or any(item.kind in (VERB, MORE, *_OPTIONS) for item in wish[:3])
    if rest[0].kind not in (SMALL, *_OPTIONS, IDLE):
        return False
    known = all(item.kind in (*_OPTIONS, SMALL, LOOK, IDLE, SIGN) for item in rest)
    return known and any(item.kind in (PLACE, AMOUNT, UNIT, LOOK) for item in rest)


_CURRENCY = re.compile(r"\s*[€$£¥%]")
_FONT = re.compile(
    r"(?:arial|helvetica|georgia|times|courier|comic sans|futura|garamond|verdana|roboto|montserrat)\b", re.I
)
_TAIL = frozenset(PREFIXES)


def _is_content(words: str, typed: str, language: str, sure: bool) -> bool:
    """Are these words to be read on the picture, and not how a text shall look, or what is asked of the music?"""
    items = [item for item in _items(words, language) if item.end > item.start]
    if sure:
        return any(item.kind not in (LOOK, MORE, PLACE, DEGREE, SMALL, IDLE, "comparing") for item in items)
    if any(item.english in ("music", "background music", "font", "version") for item in items):
        return False
    unknown = any(item.kind == TYPED for item in items)
    if not items or (items[0].kind == SMALL and typed[:1].islower()) or _FONT.match(typed):
        return False  # "en la esquina", "Arial"
    return unknown and (typed[:1].isupper() or items[0].english not in ("a", "the", "me", "it"))


def _items(words: str, language: str) -> list[Item]:
    if language in east_words.GRAMMAR:
        return east_words.items_of(words, language)
    return west_words.items_of(words, language)
