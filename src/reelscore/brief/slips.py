"""Typing slips put right, carefully: a wrong correction is worse than none.

Only Latin words we do not know, five letters and more, not listed as words of their own, sharing their first letter
with one of ours and at least .82 like it (Damerau-Levenshtein); plus a short list of known slips.
"""

from __future__ import annotations

from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from reelscore.brief.lexicon import Lexicon
from reelscore.brief.tables import not_typos, slips
from reelscore.brief.text import Text, Word

LEAST_LETTERS = 5
LEAST_LIKENESS = 0.82
MOST_WORDS = 200  # beyond this a prompt is a page, and only known slips are put right


def corrected(text: Text, lexicon: Lexicon) -> tuple[Text, tuple[tuple[str, str], ...]]:
    """The text with slips put right, and what was changed: (typed, read as)."""
    words: list[Word] = []
    changes: list[tuple[str, str]] = []
    guesses = 0
    for word in text.words:
        known = slips().get(word.text)
        if known is None and guesses < MOST_WORDS and _doubtful(word.text, lexicon):
            guesses += 1
            known = _nearest(word.text, lexicon)
        if known:
            changes.append((text.plain[word.start : word.end], known))
        words.append(replace(word, text=known) if known else word)
    return replace(text, words=tuple(words)), tuple(dict.fromkeys(changes))


def _doubtful(word: str, lexicon: Lexicon) -> bool:
    return (
        len(word) >= LEAST_LETTERS and word.isascii() and word.isalpha() and not lexicon.knows(word)
    ) and word not in not_typos()


def _nearest(word: str, lexicon: Lexicon) -> str | None:
    candidates = lexicon.starting_with(word[0])
    best = process.extractOne(
        word, candidates, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=LEAST_LIKENESS
    )
    return best[0] if best else None
