"""The words of the actions, as patterns of a language."""

from __future__ import annotations

import re
from functools import cache

from reelscore.converse.concepts import bounded
from reelscore.converse.quotes import MARK
from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table

_ORDER = [
    "cancel", "name_version", "restore", "versions", "diff", "music_video", "undo", "redo", "upload", "credits", "genres",
    "moods", "instruments", "greet", "thank", "help", "status",
]  # fmt: skip


@cache
def patterns_of(language: str) -> dict[str, tuple[Sieve, ...]]:
    """Each action and what is said for it, in a language and in English and Chinese."""
    held: dict[str, list[Sieve]] = {}
    for lang in dict.fromkeys((language, "en", "zh")):
        for name, entries in table("actions").get(lang, {}).items():
            held.setdefault(name, []).extend(_compiled(entry, lang) for entry in entries)
    return {name: tuple(patterns) for name, patterns in held.items()}


@cache
def _compiled(entry: str, language: str) -> Sieve:
    if entry.startswith("^") or MARK in entry:
        return Sieve(re.compile(entry))
    return Sieve(re.compile(bounded(entry, language) if entry[:1].isascii() else entry))


@cache
def turns_said(language: str) -> dict[Sieve, tuple[int, str]]:
    """When each pattern is tried, and for which action."""
    told = [(name, sieve) for name in _ORDER for sieve in patterns_of(language).get(name, ())]
    return {sieve: (turn, name) for turn, (name, sieve) in reversed(list(enumerate(told)))}


@cache
def sieves_said(language: str) -> frozenset[Sieve]:
    return frozenset(turns_said(language))
