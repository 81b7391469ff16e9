"""Replies' own sentences and words in Spanish, French, German, Portuguese, Japanese and Korean (`words/replies.toml`), and
what the composer and the service say in Chinese (`words/composer_zh.toml`, `words/service_zh.toml`). What is not in the
tables stays English.
"""

from __future__ import annotations

import re
from functools import cache

from reelscore.converse.tables import table

LANGUAGES = ("es", "fr", "de", "pt", "ja", "ko")


def in_own(english: str, language: str) -> str:
    """A question, an option or a note, in the language."""
    if language == "zh":
        return in_chinese(english)
    if language not in LANGUAGES:
        return english
    n = LANGUAGES.index(language)
    for pattern, own in _sentences():
        if match := pattern.fullmatch(english):
            return own[n].format(*match.groups())
    return english


def in_chinese(english: str) -> str:
    """What the composer and the service say, sentence by sentence."""
    if not english[:1].isascii() and english[:1] != "“":
        return english
    found = [_sentence(one) for one in _JOINT.split(english)]
    return "".join(found) if all(found) else english


def _sentence(english: str) -> str:
    for pattern, own in _chinese():
        if match := pattern.fullmatch(english):
            return own.format(
                *(_LIST.sub(lambda m: "–" if m[0] == " to " else "、", words) for words in match.groups())
            )
    return ""


_LIST = re.compile(r"(?<=\d)(?: to |, )(?=\d)")  # "19, 21, 24 to 27"


_JOINT = re.compile(r"(?<=[.!]) (?=[A-Z“\d])")


@cache
def _chinese() -> tuple[tuple[re.Pattern[str], str], ...]:
    held = table("composer_zh") | table("service_zh")
    return tuple((_pattern(said), own) for said, own in held.items())


def _pattern(said: str) -> re.Pattern[str]:
    return re.compile(re.escape(said).replace(r"\{\}", "(.+)"), re.DOTALL)


def values_in_own(english: str, language: str) -> str:
    """Before and after of a change ("none -> black and white"), in the language."""
    if language not in LANGUAGES:
        return english
    held = table("replies")["values"]
    return _values().sub(lambda m: held[m[0]][LANGUAGES.index(language)], english)


def in_all(english: str) -> tuple[str, ...]:
    """The sentence in every language that has it."""
    return tuple(own for language in LANGUAGES if (own := in_own(english, language)) != english)


@cache
def _sentences() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    held = table("replies")
    return tuple(
        (_pattern(said), tuple(own)) for kind in ("options", "notes", "questions") for said, own in held[kind].items()
    )


@cache
def _values() -> re.Pattern[str]:
    words = sorted(table("replies")["values"], key=len, reverse=True)
    return re.compile(rf"(?<![\w\"“])(?:{'|'.join(map(re.escape, words))})(?![\w\"”])")
