"""A sieve never changes what a pattern finds; it only saves the trying."""

from __future__ import annotations

import re

import pytest

from reelscore.converse.concepts import concepts_for
from reelscore.converse.sieves import Sieve, needed_words
from reelscore.converse.tables import table
from tests.messages.cases import load


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"(?<![a-z])(?:mute|silence)(?![a-z])", {"mute", "silence"}),
        (r"colou?r", {"colo"}),
        (r"(?:very )?quiet(?:er)?", {"quiet"}),
        (r"把(?:音乐|声音)关掉", {"关掉"}),
        (r"[关停]掉?", {"关", "停"}),
        (r"(?:loud|\d+ db)", {"loud", " db"}),
        (r"[a-z]+", None),
        (r"(?:loud)?", None),
        (r"(?:loud|\d)", None),
        (r"(?i:LOUD)|(?!x)y*", None),
    ],
)
def test_the_words_without_which_nothing_is_found(pattern: str, words: set[str] | None) -> None:
    found = needed_words(re.compile(pattern))
    assert (set(found) if found else None) == words


def test_no_message_is_read_otherwise() -> None:
    says = [case.say.lower() for case in load("dev")[::7]]
    names = [name for section in table("en").values() if isinstance(section, dict) for name in section]
    for sieve in filter(None, map(concepts_for("en").pattern, names)):
        assert isinstance(sieve, Sieve)
        wrong = [say for say in says if not sieve.may(say) and sieve.regex.search(say)]
        assert wrong == []
