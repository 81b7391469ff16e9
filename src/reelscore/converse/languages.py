"""Which language a message is in: script first, then the words that only one language has, then the conversation's.

Quotations do not count. Of Latin text, Spanish, French, German and Portuguese are told by their small words; what is
not plainly one of them is English.
"""

from __future__ import annotations

import re

from reelscore.converse.quotes import MARK
from reelscore.converse.words import table

LANGUAGES = ("en", "zh", "es", "fr", "de", "pt", "ja", "ko")


def language_of(text: str, before: str = "") -> str:
    """The language of normalised text; `before` is the conversation's, and decides where the text does not."""
    plain = text.replace(MARK, " ")
    kana = len(re.findall(r"[\u3040-\u30ff]", plain))
    hangul = len(re.findall(r"[\uac00-\ud7af]", plain))
    han = len(re.findall(r"[\u3400-\u9fff]", plain))
    latin = re.findall(r"[a-zà-öø-ÿœß']+", plain)
    if kana:
        return "ja"
    if hangul:
        return "ko"
    if han and (han >= len(latin) or han >= 4 or before == "zh"):
        return "zh"
    scores = {name: sum(word in words for word in latin) for name, words in _small_words().items()}
    best = max(scores, key=lambda name: (scores[name], name == before))
    english = sum(word in _english() for word in latin)
    if scores[best] and scores[best] > english:
        return best
    if not latin and before in LANGUAGES:
        return before
    if not english and not scores[best] and before in ("es", "fr", "de", "pt") and len(latin) < 3:
        return before
    return "en"


def _small_words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in table("small_words").items() if name != "en"}


def _english() -> frozenset[str]:
    return frozenset(table("small_words")["en"])
