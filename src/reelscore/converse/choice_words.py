"""The words of a choice, and whether a word is said."""

from __future__ import annotations

from collections.abc import Mapping

from reelscore.values.command import Choice

_MOST_CHOICES = 1024  # of which the words are remembered

Words = tuple[tuple[str, Choice], ...]
Extra = Mapping[str, tuple[str, ...]]
_words_held: dict[tuple[int, int], tuple[tuple[Choice, ...], Extra | None, Words, Words]] = {}


def words_of(choices: tuple[Choice, ...], extra: Extra | None = None, *, latin: bool = False) -> Words:
    """The words of each choice (and more of them by their names), the longest first; or the `latin` ones alone. Known
    again by identity: to compare is dear."""
    held = _words_held.get((id(choices), id(extra)))
    if held is None or held[0] is not choices or held[1] is not extra:
        said = [
            (word, choice)
            for choice in choices
            for word in (choice.name, choice.name.replace("_", " "), *choice.en, *choice.zh)
        ]
        said += [(word, choice) for choice in choices for word in (extra or {}).get(choice.name, ())]
        if len(_words_held) >= _MOST_CHOICES:
            _words_held.clear()
        every = tuple(sorted(said, key=lambda one: -len(one[0])))
        held = choices, extra, every, tuple(one for one in every if one[0].isascii())
        _words_held[id(choices), id(extra)] = held
    return held[3] if latin else held[2]


def longest_said(choices: tuple[Choice, ...], text: str, extra: Extra | None = None) -> Choice | None:
    """The choice that is said by the longest words."""
    for word, choice in words_of(choices, extra, latin=text.isascii()):
        if word in text and holds(text, word):
            return choice
    return None


def holds(text: str, word: str) -> bool:
    """Is this word or phrase said? Latin words end at their edges; plurals and Chinese do not."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        before = text[at - 1] if at else " "
        after = text[end] if end < len(text) else " "
        if not word.isascii() or not ((before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum())):
            return True
        at = text.find(word, at + 1)
    return False
