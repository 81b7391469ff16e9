"""What is said, by what it means: the tables of a language as patterns, one for each meaning.

English and Chinese are always read together, since people mix them; another language is read beside English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby

from reelscore.converse.sieves import Sieve, may_match
from reelscore.converse.tables import table

EASTERN = ("zh", "ja", "ko")
_LETTERS = "a-z0-9à-öø-ÿœß"


class Concepts:
    """The patterns of some languages, one for each meaning; compiled when the languages are first asked for."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        said: dict[str, list[tuple[str, str]]] = {}
        for language in languages:
            for section in table(language).values():
                for name, entries in section.items() if isinstance(section, dict) else ():
                    said.setdefault(name, []).extend((entry, language) for entry in entries)
        self._held = {name: Sieve(re.compile(any_bounded(told))) for name, told in said.items() if told}
        self._names = {sieve: name for name, sieve in self._held.items()}
        self._sieves = frozenset(self._names)
        self._none = frozenset(name for section in table("en").values() for name in section) - self._held.keys()

    def pattern(self, name: str) -> Sieve | None:
        """The pattern of a meaning; None where these languages have no words for it. KeyError where none has."""
        return None if name in self._none else self._held[name]

    def told(self, text: str, within: str = "") -> frozenset[str]:
        """All meanings of which a word is in the text (a part of the text `within`): no other can be said there."""
        return frozenset(map(self._names.__getitem__, self._sieves & may_match(text, within)))


def bounded(entry: str, language: str) -> str:
    """One entry as a pattern with the edges its script needs."""
    return any_bounded([(entry, language)])


def any_bounded(entries: Iterable[tuple[str, str]]) -> str:
    """Entries with their languages as one pattern. What has the same edges shares them: they are looked at but once."""
    made: list[str] = []
    for eastern, run in groupby(entries, key=lambda entry: entry[1] in EASTERN):
        if eastern:
            made += ["(?:" + entry.replace("~", ".{0,8}?") + ")" for entry, _ in run]
        else:
            inner = "|".join(entry.replace(" ~ ", r"(?: [^ ,;]+){0,5}? ") for entry, _ in run)
            made.append(rf"(?<![{_LETTERS}])(?:{inner})(?![{_LETTERS}])")
    return "|".join(made)


@cache
def concepts_for(language: str) -> Concepts:
    """The meanings to read a message of this language with."""
    return Concepts(("en", "zh") if language in ("en", "zh") else (language, "en"))


@cache
def colour_pattern() -> re.Pattern[str]:
    words = {word: name for name, held in table("colours").items() for word in held}
    latin = "|".join(sorted((re.escape(w) for w in words if w < "\u0250"), key=len, reverse=True))
    eastern = "|".join(sorted((re.escape(w) for w in words if w >= "\u0250"), key=len, reverse=True))
    return re.compile(
        rf"(?<![a-z])(?P<latin>{latin})(?![a-z])|(?P<eastern>{eastern})(?!体|书|包|人|酒|光|板|天|屏|场|幕|行|河|牌)色?|(?P<hex>#(?:[0-9a-f]{{8}}|[0-9a-f]{{6}}|[0-9a-f]{{3}})(?![0-9a-z]))"
    )


@cache
def colour_names() -> dict[str, str]:
    return {word: name for name, held in table("colours").items() for word in held}
