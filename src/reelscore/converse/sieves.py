"""Patterns that first ask whether a word is there without which they cannot match.

A message says few of the hundreds of things that can be meant. Looking a word up in a text costs a fortieth of trying
an alternation at every place of it, so what is not said costs next to nothing. The words come from the pattern itself,
as the standard library's own parser reads it.

A text that hundreds of patterns are tried on is gone through once (`may_match`), for the words of all of them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from threading import Lock
from typing import Any

MOST_WORDS = 160  # more than these cost as much as they save
MOST_HEADS = 20_000  # beginnings of words that are remembered
MOST_TEXTS = 128  # of which is remembered what may match
_HEAD = 3  # letters by which a longer word is looked up


class Sieve:
    """A compiled pattern, tried only where one of its words is in the text.

    There is one of each pattern: tables of them that two threads make at once, each for the first time, hold the same.
    """

    __slots__ = ("latin", "regex", "words")
    regex: re.Pattern[str]
    words: tuple[str, ...] | None  # each match holds one of them; None where that is not known
    latin: tuple[str, ...]  # those that an English text can hold

    def __new__(cls, regex: re.Pattern[str]) -> Sieve:
        key = (regex.pattern, regex.flags)
        if (held := _made.get(key)) is not None:
            return held
        made = object.__new__(cls)
        made.regex = regex
        needed = needed_words(regex)
        made.words = tuple(sorted(needed)) if needed and len(needed) <= MOST_WORDS else None
        made.latin = tuple(word for word in made.words or () if word.isascii())
        with _lock:
            if (held := _made.get(key)) is None:
                held = _made[key] = made
                _enter(made)
        return held

    @property
    def pattern(self) -> str:
        return self.regex.pattern

    def may(self, text: str) -> bool:
        """False only where the pattern is certainly not found."""
        if (known := known_texts.get(text)) is not None:
            return self in known
        if self.words is None:
            return True
        for word in self.latin if text.isascii() else self.words:  # noqa: SIM110 - the hottest loop of all reading
            if word in text:
                return True
        return False

    def search(self, text: str) -> re.Match[str] | None:
        known = known_texts.get(text)  # as in `may`, without the cost of calling it
        return self.regex.search(text) if (self.may(text) if known is None else self in known) else None

    def match(self, text: str) -> re.Match[str] | None:
        return self.regex.match(text) if self.may(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self.regex.fullmatch(text) if self.may(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        known = known_texts.get(text)
        return self.regex.finditer(text) if (self.may(text) if known is None else self in known) else _NOWHERE


_NOWHERE: Iterator[re.Match[str]] = iter(())
_made: dict[tuple[str, int], Sieve] = {}
_wordless: set[Sieve] = set()
_by_word: dict[str, set[Sieve]] = {}
_by_head: dict[str, list[str]] = {}  # words longer than their head
_by_start: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}  # by three letters: short words, longer ones
_NONE: frozenset[Sieve] = frozenset()
known_texts: dict[str, frozenset[Sieve]] = {}
_words_of: dict[str, tuple[str, ...]] = {}  # of the same texts
_lock = Lock()  # no text is remembered without a pattern that was made meanwhile


def _enter(sieve: Sieve) -> None:
    """Under the lock: what a text may hold is told with this pattern from here on."""
    words = sieve.words or ()
    if sieve.words is None:
        _wordless.add(sieve)
    for word in words:
        if word not in _by_word:
            if len(word) > _HEAD:
                _by_head.setdefault(word[:_HEAD], []).append(word)
                _by_start.pop(word[:_HEAD], None)
            else:
                _by_start.clear()
        _by_word.setdefault(word, set()).add(sieve)
    for text, known in known_texts.items():
        here = [word for word in words if word in text]
        if here or sieve.words is None:
            known_texts[text] = known | {sieve}
            _words_of[text] = tuple(dict.fromkeys((*_words_of[text], *here)))


def may_match(text: str, within: str = "") -> frozenset[Sieve]:
    """All patterns there are that may be found in a text; remembered for the texts last asked for. `within`: a longer
    text; where the first is a part of it, only the words of the longer one need to be looked for."""
    known = known_texts.get(text)
    if known is None:
        if len(text) < len(within) and text in within:
            may_match(within)
        with _lock:
            held = _words_of.get(within) if text in within else None
            words = _words_in(text) if held is None else [word for word in held if word in text]
            known = _NONE.union(_wordless, *map(_by_word.__getitem__, words))
            if len(known_texts) >= MOST_TEXTS:  # the older half goes; what is being read now stays
                for old in [*islice(known_texts, MOST_TEXTS // 2)]:
                    del known_texts[old], _words_of[old]
            known_texts[text] = known
            _words_of[text] = tuple(words)
    return known


def _words_in(text: str) -> set[str]:
    """The words of any pattern that are in a text."""
    found: set[str] = set()
    for head in {text[at : at + _HEAD] for at in range(len(text))}:
        held = _by_start.get(head)
        if held is None:
            if len(_by_start) >= MOST_HEADS:
                _by_start.clear()
            short = [head[:size] for size in range(1, len(head) + 1) if head[:size] in _by_word]
            held = _by_start[head] = tuple(short), tuple(_by_head.get(head, ()))
        found.update(held[0])
        for word in held[1]:
            if word in text:
                found.add(word)
    return found


def needed_words(regex: re.Pattern[str]) -> frozenset[str] | None:
    """Strings of which each match of the pattern holds at least one; None where no such are known."""
    if regex.flags & re.IGNORECASE:
        return None
    try:
        tree = import_module("re._parser").parse(regex.pattern, regex.flags)
    except (ImportError, AttributeError):  # a Python that keeps its parser elsewhere: every pattern is tried
        return None
    return _needed(tree)


def _needed(sequence: Any) -> frozenset[str] | None:
    """The best of what a sequence needs: its longest run of letters, or what one of its groups needs."""
    found: list[frozenset[str]] = []
    run = ""
    for kind, value in sequence:
        name = str(kind)
        if name == "LITERAL":
            run += chr(value)
            continue
        if run:
            found.append(frozenset((run,)))
            run = ""
        part = _needed_by(name, value)
        if part:
            found.append(part)
    if run:
        found.append(frozenset((run,)))
    return max(found, key=lambda words: (min(map(len, words)), -len(words)), default=None)


def _needed_by(name: str, value: Any) -> frozenset[str] | None:
    match name:
        case "SUBPATTERN":
            return _needed(value[-1])
        case "BRANCH":
            parts = [_needed(branch) for branch in value[1]]
            return None if any(part is None for part in parts) else frozenset().union(*(p for p in parts if p))
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _needed(value[2]) if value[0] >= 1 else None
        case "ATOMIC_GROUP":
            return _needed(value)
        case "ASSERT":
            return _needed(value[1])
        case "IN":
            letters = [chr(code) for kind, code in value if str(kind) == "LITERAL"]
            return frozenset(letters) if len(letters) == len(value) else None
    return None
