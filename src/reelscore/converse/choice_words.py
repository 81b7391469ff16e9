"""The words of a choice, and whether a word is said."""

from __future__ import annotations

from reelscore.values.command import Choice

_MOST_CHOICES = 1024  # of which the words are remembered

_words_held: dict[int, tuple[tuple[Choice, ...], tuple[tuple[int, str, Choice], ...]]] = {}


def words_of(choices: tuple[Choice, ...]) -> tuple[tuple[int, str, Choice], ...]:
    """The words of each choice with their lengths, the longest first. Known again by identity: to compare is dear."""
    held = _words_held.get(id(choices))
    if held is None or held[0] is not choices:
        said = [
            (len(word), word, choice)
            for choice in choices
            for word in (choice.name, choice.name.replace("_", " "), *choice.en, *choice.zh)
        ]
        if len(_words_held) >= _MOST_CHOICES:
            _words_held.clear()
        held = _words_held[id(choices)] = choices, tuple(sorted(said, key=lambda one: -one[0]))
    return held[1]


def longest_said(choices: tuple[Choice, ...], text: str) -> Choice | None:
    """The choice that is said by the longest words."""
    return next((choice for _, word, choice in words_of(choices) if word in text and holds(text, word)), None)


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
