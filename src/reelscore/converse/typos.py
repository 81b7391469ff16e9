"""Typing slips put right, carefully: a wrong correction is worse than none.

Only Latin words of five letters and more that nobody here knows: those that begin with the same letter as a command's
word or a file's name and are at least .82 like it (Damerau-Levenshtein); those that sound like a thing ("tital", "musick");
two words written as one ("speedup"); a dropped g ("sayin"), a letter that is not doubled ("croping"); and a short list
of known slips. What was changed is told.
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
LEAST_SOUNDS = 3  # consonants
LEAST_LIKENESS_OF_SOUND = 0.55
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
        self.by_sound: dict[str, list[str]] = {}
        self.by_letters = {"".join(sorted(word)): word for word in sorted(told) if len(word) >= LEAST_LETTERS}
        for word in sorted(told):
            if len(word) >= LEAST_LETTERS - 1:
                self.by_letter.setdefault(word[0], []).append(word)
        for row in table("kinds").values():
            for word in row["words"]:
                if word.isascii() and word.isalpha() and len(key := _sound(word)) >= LEAST_SOUNDS:
                    self.by_sound.setdefault(key, []).append(word)
        self.told = told

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
        return best[0] if best else self._inflected(word) or self._alike(word)

    def name_meant(self, word: str, names: set[str]) -> str | None:
        """The word of a file's name that was meant: "intor" where there is an intro."""
        if len(word) < LEAST_LETTERS or word in self.right:
            return None
        turned = next((name for name in names if len(name) == len(word) and sorted(name) == sorted(word)), None)
        if turned or self._knows(word):
            return turned
        among = [name for name in names if name[0] == word[0] and len(name) >= LEAST_LETTERS - 1]
        scorer, least = DamerauLevenshtein.normalized_similarity, _cutoff(word)
        best = process.extractOne(word, among, scorer=scorer, score_cutoff=least) if among else None
        return best[0] if best else None

    def _inflected(self, word: str) -> str | None:
        """ "speedup", "sayin", "croping": known words, with a letter or a space left out."""
        if (two := _TWO.fullmatch(word)) and two[1] in self.told:
            return f"{two[1]} {two[2]}"
        if word.endswith("in") and self._knows(f"{word}g"):
            return f"{word}g"
        one = _NOT_DOUBLED.fullmatch(word)
        return f"{one[1]}{one[1][-1]}{one[2]}" if one and one[1] in self.told else None

    def _alike(self, word: str) -> str | None:
        """The word of a command in which two letters are exchanged, or the word for a thing that sounds like this."""
        turned = self.by_letters.get("".join(sorted(word)), "")
        if turned[:1] == word[0] and DamerauLevenshtein.distance(word, turned) == 1:
            return turned
        near = [
            (DamerauLevenshtein.normalized_similarity(word, one), one)
            for one in self.by_sound.get(_sound(word), ())
            if abs(len(one) - len(word)) <= 2
        ]
        best = max(near, default=(0.0, ""))
        return best[1] if best[0] >= LEAST_LIKENESS_OF_SOUND else None

    def _knows(self, word: str) -> bool:
        forms = (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ed"), word.removesuffix("d"),
                 "" if _DOUBLED.search(word) else word.removesuffix("ing"), word.removesuffix("ing") + "e", word.removesuffix("ly"), "" if _DOUBLED.search(word) else word.removesuffix("er"), word.removesuffix("r"), word.removesuffix("y"), patterns.sub(r"(.)\1(?:ing|ed|er)$", r"\1", word), patterns.sub(r"ies$", "y", word))  # fmt: skip
        return any(form in self.right for form in forms)


_TWO = re.compile(r"([a-z]{3,}?)(up|down|off|out|in)")
_NOT_DOUBLED = re.compile(r"([a-z]*[^aeiou][aeiou][^aeiouwxy])(ing|ed|er)")
_SPELT_OTHERWISE = (
    ("ph", "f"), ("ck", "k"), ("gh", ""), ("wr", "r"), ("kn", "n"), ("wh", "w"), ("ce", "se"), ("ci", "si"), ("cy", "sy"),
    ("c", "k"), ("q", "k"), ("x", "ks"), ("z", "s"),
)  # fmt: skip


def _sound(word: str) -> str:
    """The consonants of a word as they are heard, and whether it begins with a vowel: "center", "senter" are "sntr"."""
    for spelt, heard in _SPELT_OTHERWISE:
        word = word.replace(spelt, heard)
    word = re.sub(r"(.)\1+", r"\1", word)
    return ("a" if word[:1] in "aeiou" else word[:1]) + re.sub(r"[aeiouyh]", "", word[1:])


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


_ONE_OF = re.compile(
    r"(?<![a-z])(?:(?:the|my) (?P<of>[a-z]+|\d{1,2}(?:st|nd|rd|th))|that|this|which) $"
)  # "the family 1"
_AMOUNT = re.compile(
    r" ?(?:s|secs?|seconds?|mins?|minutes?|frames?|%|percent|db|decibels?|x|times|bars?|beats?|to|-|and)(?![a-z])"
)
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
        patterns.finditer(r"(?<![a-z0-9à-ÿ'./:@_-])(?:[a-z]+|b4|1)(?![a-z0-9à-ÿ'@_:/-]|\.[a-z0-9])", plain.text)
    ):
        word = match[0]
        if word in names or count > MOST_WORDS or any(start <= match.start() < end for start, end in skip):
            continue
        if word == "1":
            lead = _ONE_OF.search(plain.text[: match.start()])
            named = lead is not None and (lead["of"] is None or lead["of"] in names or lead["of"][0].isdigit())
            meant = "one" if named and not _AMOUNT.match(plain.text, match.end()) else None
        else:
            meant = spelling.nearest(word) or spelling.name_meant(word, names)
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
