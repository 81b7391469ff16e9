"""Regular expressions, compiled once: there are more of them here than the standard library's own cache holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

from reelscore.converse.sieves import Sieve, known_texts

MOST_BEFORE = 64  # letters that are looked at before a place


@lru_cache(maxsize=8192)
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def _sieve(pattern: str) -> Sieve:
    return Sieve(compiled(pattern))


def search(pattern: str, text: str) -> re.Match[str] | None:
    """The first place where the pattern is found."""
    sieve = _sieve(pattern)
    known = known_texts.get(text)
    if known is None:
        return sieve.search(text)
    return sieve.regex.search(text) if sieve in known else None


def may_hold_any(several: tuple[str, ...], text: str) -> bool:
    """False only where none of the patterns is found in the text."""
    sieves = _sieves(several)  # made before it is asked which of them may match
    known = known_texts.get(text)
    return known is None or not known.isdisjoint(sieves)


@cache
def _sieves(several: tuple[str, ...]) -> frozenset[Sieve]:
    return frozenset(map(_sieve, several))


def just_before(pattern: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    """Where a pattern that ends with `$` stands right before a place of the text.

    Only as many letters are looked at as the pattern takes, 64 at most: asked at every place of a long text it costs no
    more than the text is long.
    """
    return pattern.search(text, max(0, end - _widest(pattern)), end)


@cache
def _widest(pattern: re.Pattern[str]) -> int:
    try:
        tree = import_module("re._parser").parse(pattern.pattern, pattern.flags)
    except (ImportError, AttributeError):  # a Python that keeps its parser elsewhere
        return MOST_BEFORE
    return min(MOST_BEFORE, int(tree.getwidth()[1]))


def fullmatch(pattern: str, text: str) -> re.Match[str] | None:
    """The pattern as the whole text."""
    return _sieve(pattern).fullmatch(text)


def match(pattern: str, text: str) -> re.Match[str] | None:
    """The pattern at the very beginning."""
    return _sieve(pattern).match(text)


def finditer(pattern: str, text: str) -> Iterator[re.Match[str]]:
    """All places where the pattern is found."""
    return _sieve(pattern).finditer(text)


def findall(pattern: str, text: str) -> list[Any]:
    """What the pattern finds, place by place: as in `re`."""
    return compiled(pattern).findall(text)


def sub(pattern: str, new: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
    """The text with what the pattern finds replaced."""
    return compiled(pattern).sub(new, text, count)


def split(pattern: str, text: str) -> list[str | Any]:
    """The text between the places where the pattern is found."""
    return compiled(pattern).split(text)
