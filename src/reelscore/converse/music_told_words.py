"""The words by which music that is there is spoken of, as patterns: `words/music_told.toml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from reelscore.converse.sieves import Sieve, known_texts
from reelscore.converse.tables import table


@lru_cache(maxsize=256)
def sections_in(text: str) -> tuple[tuple[str, int, int, bool], ...]:
    """The sections that are named, where, and whether a film has none of that name."""
    found: list[tuple[str, int, int, bool]] = []
    words, every = _section_words(), _section_sieves()  # made before it is asked which of them may match
    known = known_texts.get(text)
    if known is not None and known.isdisjoint(every):
        return ()
    for name, music, film in words:
        found += [(name, *m.span(), True) for m in music.finditer(text)]
        found += [(name, *m.span(), False) for m in film.finditer(text)] if film else []
    return tuple(sorted(found, key=lambda one: one[1]))


@cache
def _section_words() -> tuple[tuple[str, Sieve, Sieve | None], ...]:
    return tuple(
        (name, _compiled(row["en"], row["zh"]), _compiled(row["film"], []) if row.get("film") else None)
        for name, row in table("music_told")["section"].items()
    )


@cache
def _section_sieves() -> frozenset[Sieve]:
    return frozenset(sieve for _, music, film in _section_words() for sieve in (music, film) if sieve is not None)


@cache
def patterns_of(kind: str) -> tuple[tuple[str, Sieve], ...]:
    """The words of each of a kind: "part", "flaw", "wish"."""
    return tuple((name, _compiled(row["en"], row["zh"])) for name, row in table("music_told")[kind].items())


@cache
def style_patterns(kind: str) -> tuple[tuple[str, Sieve], ...]:
    """The words of each style of a kind: "genre" or "mood"."""
    return tuple((name, _compiled(words, [])) for name, words in table("music_told")["style"][kind].items())


@cache
def pattern_of(name: str) -> Sieve:
    """The words that mean one thing: "every", "redo", "out"."""
    row = table("music_told")[name]
    return _compiled(row["en"], row["zh"])


def _compiled(en: Sequence[str], zh: Sequence[str]) -> Sieve:
    latin = sorted((w.replace(" ~ ", "(?: [a-z']+){0,4} ") for w in en if w.isascii()), key=len, reverse=True)
    eastern = sorted((w for w in (*en, *zh) if not w.isascii() or w in zh), key=len, reverse=True)
    parts = [f"(?<![a-z])(?:{'|'.join(latin)})(?![a-z])"] if latin else []
    return Sieve(re.compile("|".join([*parts, *eastern]) or r"(?!)"))


@cache
def small_words() -> re.Pattern[str]:
    """English words that say nothing of music."""
    return re.compile(table("music_told")["small"]["en"])


@cache
def all_else() -> re.Pattern[str]:
    """That all else stays as it is."""
    held = table("music_told")["rest"]
    return re.compile(f"(?:{held['en']})|(?:{held['zh']})")
