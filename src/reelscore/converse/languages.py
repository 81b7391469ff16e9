"""Which language a message is in: script first, then the words that only one language has, then the conversation's.

Quotations do not count. Of Latin text, Spanish, French, German and Portuguese are told by their small words; what is
not plainly one of them is English.
"""

from __future__ import annotations

from functools import cache

from reelscore.converse import patterns
from reelscore.converse.quotes import MARK
from reelscore.converse.tables import table
from reelscore.converse.typos import told_words

LANGUAGES = ("en", "zh", "es", "fr", "de", "pt", "ja", "ko")


def language_of(text: str, before: str = "") -> str:
    """The language of normalised text; `before` is the conversation's, and decides where the text does not."""
    plain = text.replace(MARK, " ")
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
    english = sum(word in _english() for word in words)
    scores = {name: sum(word in held for word in words) for name, held in _small_words().items()}
    best = max(scores, key=lambda name: (scores[name], name == before))
    if scores[best] > english:
        return best
    if english == 0 and before in LANGUAGES and before != "zh" and (not words or len(words) < 3):
        return before
    return "en"


@cache
def _small_words() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(words)
        | {word for held in table(name).get("glossary", {}).values() for one in held for word in one.split()}
        for name, words in table("small_words").items()
        if name != "en"
    }


@cache
def _english() -> frozenset[str]:
    return frozenset(table("small_words")["en"]) | told_words()
