"""Spanish, French, German, Portuguese, Japanese and Korean, put into English before they are read.

Words are found in whatever form they were bent, clauses are said again in English order (`foreign/`), and everything
after that reads one language. Quotations, files and names stay as they were typed.
"""

from __future__ import annotations

from reelscore.converse.foreign import east, west
from reelscore.converse.foreign.asked import asks_advice
from reelscore.converse.foreign.east_words import GRAMMAR
from reelscore.converse.foreign.items import Item, assembled, typed_for
from reelscore.converse.foreign.written import with_written
from reelscore.converse.normalise import Plain
from reelscore.converse.quotes import Quoted

TRANSLATED = ("es", "fr", "de", "pt", "ja", "ko")


def in_english(plain: Plain, quotes: tuple[Quoted, ...], language: str) -> tuple[Plain, tuple[Quoted, ...]]:
    """The message in English, with its quotations where they now stand."""
    plain, quotes = with_written(plain, quotes, language)
    items = _items(plain, language)
    if items and asks_advice(plain.text, language):
        items = [items[0].before("should i"), *items]
    return assembled(items, plain, quotes)


def as_typed(words: str, plain: Plain, language: str) -> str:
    """What was typed for words of the English message."""
    plain, _ = with_written(plain, (), language)
    return typed_for(words, _items(plain, language), plain)


def _items(plain: Plain, language: str) -> list[Item]:
    if language in GRAMMAR:
        return east.put_in_english(plain.text, language)
    return west.put_in_english(plain.text, language)
