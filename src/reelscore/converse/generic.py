"""Any command, read from nothing but its own tables: its words, its parameters' kinds, its choices.

This is what makes a new command file work in conversation without a change here. It also stands in where no reader of
`readers/` has anything to say of a command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reelscore.converse.clause import Clause, once
from reelscore.converse.filling import filled
from reelscore.converse.reading import Reading
from reelscore.values.command import CommandEntry, Step

_FILLER = re.compile(
    r"(?<![a-z])(?:the|a|an|please|pls|can|could|you|would|i|want|to|of|in|on|for|it|my|this|that|and|with|by|at|from|over|make|add|put|some|"
    r"apply|use|set|give|me|now|effect|just|do|let|need|like)(?![a-z])|[的了吧请把给加个一下用让在上到为成]|[^\w]"
)
GAP = r"(?:\W+\w+){0,4}?\W+"


class _Phrases:
    """All commands' phrases, found quickly: Latin ones by their words, the others as they stand."""

    def __init__(self, commands: Mapping[str, CommandEntry]) -> None:
        self.commands = commands
        self._last: tuple[str, dict[str, tuple[int, tuple[int, int]]]] = ("", {})
        self.latin: dict[str, list[tuple[frozenset[str], re.Pattern[str], int, str]]] = {}
        self.eastern: list[tuple[str, str]] = []
        for name, entry in commands.items():
            for words in (word.lower() for held in entry.words.values() for word in held):
                if words.isascii():
                    self._add(words, name)
                else:
                    self.eastern.append((words, name))

    def _add(self, words: str, name: str) -> None:
        parts = [part for part in words.split() if part not in ("the", "a", "an")] or words.split()
        pattern = re.compile(rf"(?<![a-z0-9]){GAP.join(map(re.escape, parts))}(?![a-z0-9])")
        telling = frozenset(_LATIN.findall(" ".join(parts)))
        if telling:
            self.latin.setdefault(max(telling, key=len), []).append((telling, pattern, len(words), name))

    def said(self, text: str) -> dict[str, tuple[int, tuple[int, int]]]:
        """The commands whose phrases are said, each with the length and place of its longest; the last is kept."""
        last, found = self._last
        if last != text:
            found = self._said(text)
            self._last = (text, found)
        return found

    def _said(self, text: str) -> dict[str, tuple[int, tuple[int, int]]]:
        found: dict[str, tuple[int, tuple[int, int]]] = {}
        words = set(_LATIN.findall(text))
        for word in words:
            for telling, pattern, length, name in self.latin.get(word, ()):
                if telling <= words and length > found.get(name, (0,))[0] and (match := pattern.search(text)):
                    found[name] = (length, match.span())
        for phrase, name in () if text.isascii() else self.eastern:
            if phrase in text and 2.5 * len(phrase) > found.get(name, (0,))[0]:
                at = text.index(phrase)
                found[name] = (round(2.5 * len(phrase)), (at, at + len(phrase)))
        return found


_LATIN = re.compile(r"[a-z0-9]+")
_built: list[_Phrases] = []


def _phrases(commands: Mapping[str, CommandEntry]) -> _Phrases:
    for held in _built:
        if held.commands is commands:
            return held
    _built.append(_Phrases(commands))
    del _built[:-4]
    return _built[-1]


def commands_said(c: Clause) -> dict[str, int]:
    """The commands whose words are said, with how telling their longest phrase is: most where it begins the clause."""
    return {
        name: length + 20 * (span[0] < 3) for name, (length, span) in _phrases(c.known.commands).said(c.text).items()
    }


@once
def read(c: Clause) -> Iterator[Reading]:
    """A reading for every command whose words are said."""
    telling = 0
    for name, (length, span) in _phrases(c.known.commands).said(c.text).items():
        entry = c.known.commands[name]
        args, used = filled(c, entry)
        telling = telling or len(_FILLER.sub("", c.text)) or 1
        score = 0.4 + min(0.2, length * 0.02) + 0.25 * _covered(c, [span, *used], telling)
        if any(param.required and param.name not in args for param in entry.params):
            score -= 0.5  # what only the person can say is not said
        if args.keys() <= {"which"} and not any(e.args.keys() <= {"which"} for e in entry.examples):
            score -= 0.35
        yield Reading((Step(entry.name, tuple(args.items())),), round(score, 3))


def _covered(c: Clause, used: list[tuple[int, int]], telling: int) -> float:
    """The share of so many telling letters that was read."""
    text = list(c.text)
    for start, end in used:
        text[start:end] = " " * (end - start)
    rest = len(_FILLER.sub("", "".join(text)))
    return max(0.0, 1 - rest / telling)
