"""Typing slips put right, carefully: a wrong correction is worse than none.

Only Latin words of five letters and more that nobody here knows, that begin with the same letter as a command's word
and are at least .82 like it (Damerau-Levenshtein); and a short list of known slips. What was changed is told.
"""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from reelscore.converse import patterns
from reelscore.converse.known import Known
from reelscore.converse.normalise import Plain
from reelscore.converse.scene import Scene
from reelscore.converse.tables import table

LEAST_LETTERS = 5
LEAST_LIKENESS = 0.82
MOST_SEEN = 10_000  # words
MOST_WORDS = 120  # beyond this a message is a page, and only known slips are put right
_WORD = re.compile(r"[a-z]+")
_BEGINS = re.compile(
    r"(?:^|[,.;:!?\n]|(?<![a-z])(?:and|then|to|please|pls|also|now|you|just|let's|i))\s*$"
)  # a verb follows


class Spelling:
    """The words there are: those to correct to, and those that are right as they stand."""

    def __init__(self, known: Known) -> None:
        self.commands, self.vocabulary = known.commands, known.vocabulary
        told = set(told_words()) | {
            w for held in table("colours").values() for w in held if w.isascii() and w.isalpha()
        }
        for entry in known.commands.values():
            for phrase in (
                *entry.words.get("en", ()),
                *(w for p in entry.params for ch in p.choices for w in (ch.name, *ch.en)),
            ):
                told |= set(_WORD.findall(phrase.lower()))
        self.right = told | set(_WORD.findall(table("typos")["own"]["words"])) | _plain_words()
        for held in (known.vocabulary.genres, known.vocabulary.moods, known.vocabulary.instruments):
            for name, one in held.items():
                for phrase in (name, *one.words):
                    self.right |= set(_WORD.findall(phrase.lower()))
        self._seen: dict[str, str | None] = {}
        self.by_letter: dict[str, list[str]] = {}
        for word in sorted(told):
            if len(word) >= LEAST_LETTERS - 1:
                self.by_letter.setdefault(word[0], []).append(word)

    def nearest(self, word: str) -> str | None:
        """The word that was meant; None where the word is right, or nothing is near. The words last seen are known."""
        if word not in self._seen:
            if len(self._seen) >= MOST_SEEN:
                self._seen.clear()
            self._seen[word] = self._nearest(word)
        return self._seen[word]

    def _nearest(self, word: str) -> str | None:
        slips: dict[str, str] = table("typos")["slips"]
        if word in slips:
            return slips[word]
        if len(word) < LEAST_LETTERS or self._knows(word):
            return None
        best = process.extractOne(
            word,
            self.by_letter.get(word[0], ()),
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=_cutoff(word),
        )
        return best[0] if best else None

    def _knows(self, word: str) -> bool:
        forms = (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ed"), word.removesuffix("d"),
                 "" if _DOUBLED.search(word) else word.removesuffix("ing"), word.removesuffix("ing") + "e", word.removesuffix("ly"), "" if _DOUBLED.search(word) else word.removesuffix("er"), word.removesuffix("r"), word.removesuffix("y"), patterns.sub(r"(.)\1(?:ing|ed|er)$", r"\1", word), patterns.sub(r"ies$", "y", word))  # fmt: skip
        return any(form in self.right for form in forms)


_DOUBLED = re.compile(r"^[^aeiou]*[aeiou][^aeiouwxy](?:er|ing|ed)$")  # "biger": right it has two letters


def _cutoff(word: str) -> float:
    return LEAST_LIKENESS if len(word) > 5 else 0.8


@cache
def told_words() -> frozenset[str]:
    """The Latin words of our own tables of meanings."""
    found: set[str] = set()
    for entries in table("actions")["en"].values():
        for entry in entries:
            found |= set(_WORD.findall(re.sub(r"\\[a-z]|\(\?[:!=<]*(?:P<\w+>)?", " ", entry)))
    for section in table("en").values():
        for entries in section.values():
            for entry in entries:
                found |= set(_WORD.findall(re.sub(r"\\[a-z]|\(\?[:!=<]*", " ", entry)))
    for row in table("kinds").values():
        for word in row["words"]:
            found |= set(_WORD.findall(word))
    return frozenset(word for word in found if len(word) > 2)


@cache
def _plain_words() -> frozenset[str]:
    """Words of the other tables: colours, numbers, what announces content."""
    found: set[str] = set()
    for name in ("colours", "music_words"):
        for held in table(name).values():
            rows = held.values() if isinstance(held, dict) else [held]
            for row in rows:
                for words in row:
                    found |= set(_WORD.findall(words))
    return frozenset(found)


_built: list[Spelling] = []


def spelling_for(known: Known) -> Spelling:
    """The spelling for these commands and this vocabulary; the last few are remembered."""
    for held in _built:
        if held.commands is known.commands and held.vocabulary is known.vocabulary:
            return held
    _built.append(Spelling(known))
    del _built[:-4]
    return _built[-1]


def corrected(
    plain: Plain, known: Known, scene: Scene, skip: list[tuple[int, int]]
) -> tuple[Plain, tuple[tuple[str, str], ...]]:
    """The message with slips put right, and what was changed. Text in `skip` (quotations) stays."""
    spelling = spelling_for(known)
    names = {word for name in scene.names for word in _WORD.findall(name)}
    changes: list[tuple[str, str]] = []
    letters: list[str] = []
    at: list[int] = []
    last = 0
    for count, match in enumerate(
        patterns.finditer(r"(?<![a-z0-9à-ÿ'./:@_-])(?:[a-z]+|b4)(?![a-z0-9à-ÿ'@_:/-]|\.[a-z0-9])", plain.text)
    ):
        word = match[0]
        if word in names or count > MOST_WORDS or any(start <= match.start() < end for start, end in skip):
            continue
        meant = spelling.nearest(word)
        if meant is None or meant == word or (word == "ad" and not _BEGINS.search(plain.text[: match.start()][-12:])):
            continue
        if len(word) > 2 and word not in ("pls", "plz", "wanna", "gimme", "vol"):
            changes.append((plain.said(*match.span()), meant))
        letters += plain.text[last : match.start()] + meant
        at += plain.at[last : match.start()]
        at += [plain.at[match.start() + min(n, len(word) - 1)] for n in range(len(meant))]
        last = match.end()
    if not last:
        return plain, ()
    letters += plain.text[last:]
    at += plain.at[last:]
    return Plain("".join(letters), plain.original, tuple(at)), tuple(dict.fromkeys(changes))
