"""What is said, by what it means: the tables of a language as patterns, one for each meaning.

English and Chinese are always read together, since people mix them; another language is read beside English.
"""

from __future__ import annotations

import re
from functools import cache

from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table

EASTERN = ("zh", "ja", "ko")
_LETTERS = "a-z0-9à-öø-ÿœß"


class Concepts:
    """The patterns of some languages. Patterns are compiled when first asked for."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self._tables = [(language, table(language)) for language in languages]
        self._held: dict[str, Sieve | None] = {}
        self.edged = frozenset(  # meanings that words may have at the beginning or the end of a clause only
            name
            for _, held in self._tables
            for section in held.values()
            if isinstance(section, dict)
            for name, entries in section.items()
            if isinstance(entries, list) and any(_EDGE.search(str(entry)) for entry in entries)
        )

    def pattern(self, name: str) -> Sieve | None:
        """The pattern of a meaning; None where these languages have no words for it. KeyError where none has."""
        if name not in self._held:
            parts = [
                bounded(entry, language)
                for language, held in self._tables
                for section in held.values()
                if isinstance(section, dict) and name in section
                for entry in section[name]
            ]
            if not parts and not any(name in section for section in table("en").values()):
                raise KeyError(name)
            self._held[name] = Sieve(re.compile("|".join(parts))) if parts else None
        return self._held[name]


_EDGE = re.compile(r"^\^|[^\\]\$(?:$|\)|\|)")


def bounded(entry: str, language: str) -> str:
    """One entry as a pattern with the edges its script needs."""
    if language in EASTERN:
        return "(?:" + entry.replace("~", ".{0,8}?") + ")"
    inner = entry.replace(" ~ ", r"(?: [^ ,;]+){0,5}? ")
    return rf"(?<![{_LETTERS}])(?:{inner})(?![{_LETTERS}])"


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
        rf"(?<![a-z])(?P<latin>{latin})(?![a-z])|(?P<eastern>{eastern})(?!体|书|包|人|酒|光|板|天|屏|场)色?|(?P<hex>#(?:[0-9a-f]{{8}}|[0-9a-f]{{6}}|[0-9a-f]{{3}})(?![0-9a-z]))"
    )


@cache
def colour_names() -> dict[str, str]:
    return {word: name for name, held in table("colours").items() for word in held}
