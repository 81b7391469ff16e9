"""What is left of a message once all that was read is taken out, but for the small words of `words/followups.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reelscore.converse import patterns
from reelscore.converse.patterns import compiled
from reelscore.converse.tables import table
from reelscore.values.command import CommandEntry, Plain

LONGEST = 60  # letters of a message that is looked at so


class Left:
    """What is left of a text as parts of it are read."""

    def __init__(self, text: str) -> None:
        self.letters = list(text)

    def take(self, start: int, end: int) -> None:
        self.letters[start:end] = " " * (end - start)

    def holds(self, word: str, text: str) -> bool:
        """Is this word still to be read?"""
        at = text.find(word)
        return at >= 0 and "".join(self.letters[at : at + len(word)]) == word

    def holds_any(self, start: int, end: int) -> bool:
        """Is any of this stretch still to be read?"""
        return bool("".join(self.letters[start:end]).strip())

    def drop(self, words: re.Pattern[str], end: int | None = None) -> None:
        text = "".join(self.letters)
        end = len(text) if end is None else end
        self.letters = list(words.sub(lambda m: " " * len(m[0]), text[:end]) + text[end:])

    def empty(self) -> bool:
        latin, eastern = _small()
        text = eastern.sub(" ", latin.sub(" ", "".join(self.letters)))
        return not patterns.search(r"\w", text)


@cache
def _small() -> tuple[re.Pattern[str], re.Pattern[str]]:
    held = table("followups")["around"]
    latin = "|".join(sorted(held["en"], key=len, reverse=True))
    return re.compile(rf"(?<![a-z0-9])(?:{latin})(?![a-z0-9])"), re.compile(
        "|".join(sorted(held["zh"], key=len, reverse=True))
    )


def own_words(entry: CommandEntry) -> Iterator[re.Pattern[str]]:
    """The command's own words may be said again: "mute the lake", "and mute the drone"."""
    for words in (word.lower() for held in entry.words.values() for word in held):
        if len(words) > 1:
            yield compiled(rf"(?<![a-z]){re.escape(words)}(?![a-z])" if words.isascii() else re.escape(words))


def property_words(command: str, values: dict[str, Plain]) -> Iterator[re.Pattern[str]]:
    """What an argument is called may be said beside its value: "volume 30%", 时长半秒."""
    held = table("followups")["properties"]
    for name in values:
        for words in held.get(f"{command}.{name}", held.get(name, ())):
            yield compiled(rf"(?<![a-z]){words}(?![a-z])" if words.isascii() else words)


@cache
def comparatives() -> re.Pattern[str]:
    """ "slower, like 10%": which way is told by the value."""
    held = table("followups")["comparatives"]
    return re.compile(rf"(?<![a-z])(?:{'|'.join(held['en'])})(?![a-z])|{'|'.join(held['zh'])}")
