"""Chinese words that were typed or dictated with letters that sound like theirs: 配因 for 配音, 第而个 for 第二个.

Each letter is put down to a sound (`words/alike_zh.toml`); a stretch that sounds like a word of ours, and is neither one
nor another word, is that word. What was typed is kept beside it, so names and what is written on a picture stay.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from reelscore.converse.tables import table

_LONGEST = 4  # letters of a word
_LEAST = 2


def heard_alike(text: str) -> str:
    """The text with such words as they are meant, letter for letter."""
    words = _words()
    sounds = text.translate(words.sound)
    made: list[str] = []
    at = 0
    while at < len(text):
        found = sounds[at : at + _LEAST] in words.heads and words.at(text, sounds, at)
        made.append(found or text[at])
        at += len(made[-1])
    return "".join(made)


class _Words(NamedTuple):
    sound: dict[int, str]  # what a letter sounds like
    meant: dict[str, str]  # the word of each sound
    right: frozenset[str]  # words that are right as they stand
    heads: frozenset[str]  # what any of these begins with
    own: frozenset[str]  # letters that stand for no other

    def at(self, text: str, sounds: str, at: int) -> str:
        """The word that is meant here; "" where none is."""
        for size in range(_LONGEST, _LEAST - 1, -1):
            typed = text[at : at + size]
            if typed in self.right:
                return typed
            word = self.meant.get(sounds[at : at + size])
            if word and self._stands_for(typed, word) and not self._goes_on(text, at + 1, at + size):
                return word
        return ""

    def _stands_for(self, typed: str, word: str) -> bool:
        return all(a == b or a not in self.own for a, b in zip(typed, word, strict=True))

    def _goes_on(self, text: str, start: int, end: int) -> bool:
        """Does a word that is right begin in between: 适|配|影片?"""
        return any(text[n : n + size] in self.right for n in range(start, end) for size in range(_LEAST, _LONGEST + 1))


@cache
def _words() -> _Words:
    held = table("alike_zh")
    sound = {ord(letter): row[0] for row in held["sounds"]["alike"] for letter in row}
    words = held["meant"]["words"].split()
    right = frozenset((*words, *held["right"]["words"].split()))
    heads = frozenset(word.translate(sound)[:_LEAST] for word in right)
    return _Words(sound, {w.translate(sound): w for w in words}, right, heads, frozenset(held["sounds"]["own"]))
