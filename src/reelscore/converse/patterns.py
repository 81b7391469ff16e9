"""Regular expressions, compiled once: there are more of them here than the standard library's own cache holds."""

from __future__ import annotations

import re
from functools import lru_cache

from reelscore.converse.sieves import Sieve, known_texts


@lru_cache(maxsize=8192)
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@lru_cache(maxsize=8192)
def _sieve(pattern: str) -> Sieve:
    return Sieve(compiled(pattern))


def search(pattern: str, text: str) -> re.Match[str] | None:
    """The first place where the pattern is found."""
    sieve = _sieve(pattern)
    known = known_texts.get(text)
    if known is None:
        return sieve.search(text)
    return sieve.regex.search(text) if sieve in known else None


def fullmatch(pattern: str, text: str) -> re.Match[str] | None:
    """The pattern as the whole text."""
    return _sieve(pattern).fullmatch(text)


def match(pattern: str, text: str) -> re.Match[str] | None:
    """The pattern at the very beginning."""
    return _sieve(pattern).match(text)
