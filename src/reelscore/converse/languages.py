"""Which language a message is in: script first, then the words that only one language has, then the conversation's.

Quotations do not count. Of Latin text, Spanish, French, German and Portuguese are told by their small words; what is
not plainly one of them is English.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import chain

from reelscore.converse import patterns
from reelscore.converse.foreign import west_words
from reelscore.converse.foreign.conjugation import folded
from reelscore.converse.quotes import MARK
from reelscore.converse.tables import table
from reelscore.converse.typos import told_words

LANGUAGES = ("en", "zh", "es", "fr", "de", "pt", "ja", "ko")


_ADDRESS = re.compile(r"[a-z]+://\S+")


def language_of(text: str, before: str = "") -> str:
    """The language of normalised text; `before` is the conversation's, and decides where the text does not."""
    plain = text.replace(MARK, " ")
    if "://" in plain:
        plain = _ADDRESS.sub(" ", plain)  # the "com" of an address is no word
    kana = len(patterns.findall(r"[\u3040-\u30ff]", plain))
    hangul = len(patterns.findall(r"[\uac00-\ud7af]", plain))
    han = len(patterns.findall(r"[\u3400-\u9fff]", plain))
    latin = patterns.findall(r"[a-zà-öø-ÿœß']+", plain)
    if kana:
        return "ja"
    if hangul:
        return "ko"
    if han and (han >= len(latin) or han >= 4 or before == "zh"):
        return "zh"
    return _latin(latin, before)


def _latin(words: list[str], before: str) -> str:
    """Which language Latin words are in: the one that knows most of them, English where it is even."""
    if before and words and all(word in _EVERYWHERE for word in words):
        return before
    english = sum(word in _english() for word in words)
    scores = dict.fromkeys(_small_words(), 0)
    for name in chain.from_iterable(map(_having, words)):
        scores[name] += 1
    best = max(scores, key=lambda name: (scores[name], name == before, *_plainly(name, words)))
    if scores[best] > english:
        return best
    own = {word for word in words if best in _having(word) and word not in _english()}
    theirs = any(word in _english() and best not in _having(word) and not _also(word, best) for word in words)
    if own and scores[best] >= english and (len(own) > 1 or not theirs):
        return best
    if english == 0 and before in LANGUAGES and before != "zh" and (not words or len(words) < 3):
        return before
    return "en"


_EVERYWHERE = ("ok", "okay", "oki", "stop", "super", "bravo")


@lru_cache(maxsize=8192)
def _having(word: str) -> tuple[str, ...]:
    """The languages that have a word."""
    return tuple(name for name, held in _small_words().items() if _in(word, held, name == "es"))


def _in(word: str, held: frozenset[str], leaning: bool) -> bool:
    plain = folded(word)
    return (
        word in held
        or plain in held
        or (
            leaning
            and len(plain) > 4
            and plain.endswith(("lo", "la", "los", "las", "le"))
            and plain.rstrip("s")[:-2] in held
        )
    )


@cache
def _small_words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) | _known(name) for name, words in table("small_words").items() if name != "en"}


def _plainly(name: str, words: list[str]) -> tuple[int, int]:
    """How plainly words are of a language: how long those are that it knows, how many of them tell it."""
    listed = table("small_words")[name]
    return sum(len(word) for word in words if name in _having(word)), sum(word in listed for word in words)


def _also(word: str, name: str) -> bool:
    """Is an English word one of the language as well: format, video, minute?"""
    return name in ("es", "fr", "de", "pt") and folded(word) in west_words.words_of(name).pieces


@cache
def _known(name: str) -> frozenset[str]:
    """The words of a language that are no English ones too."""
    if name not in ("es", "fr", "de", "pt"):
        return frozenset()
    held = west_words.words_of(name).known
    english = _english()
    return frozenset(word for word in held if word not in english and word.removesuffix("s") not in english)


@cache
def _english() -> frozenset[str]:
    return frozenset(table("small_words")["en"]) | told_words()
