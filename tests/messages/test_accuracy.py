"""How many of the messages are understood exactly; and that every surface reads them the same."""

from __future__ import annotations

from functools import cache

import pytest

from tests.messages.cases import PARTS, Case, load
from tests.messages.score import Verdict, judge
from tests.messages.surfaces import reader

pytestmark = pytest.mark.slow
GOAL = 0.95
LEAST = {  # what has been reached; every share below the goal is to grow
    ("en", "dev"): 0.94,
    ("zh", "dev"): 0.95,
    ("en", "kept"): 0.75,  # of messages written anew, which nobody has worked on
    ("zh", "kept"): 0.72,
}
OTHERS = ("es", "fr", "de", "pt", "ja", "ko")
LEAST_OTHERS = 0.97
LEAST_OTHERS_KEPT = 0.9  # of the unseen ones of all six together: six each


@cache
def verdicts() -> tuple[Verdict, ...]:
    read = reader()
    return tuple(judge(case, read) for case in load() if _judged(case))


def _judged(case: Case) -> bool:
    """Every second of the many dev messages in English and Chinese, the same ones each time; of the others all."""
    return case.part == "kept" or case.language in OTHERS or int(case.id[-6:], 16) % 2 == 0


def share(part: str, *languages: str) -> float:
    of = [verdict for verdict in verdicts() if verdict.case.part == part and verdict.case.language in languages]
    return sum(verdict.right for verdict in of) / len(of)


@pytest.mark.parametrize(("language", "part"), LEAST)
def test_messages_are_understood_exactly(language: str, part: str) -> None:
    assert LEAST[language, part] <= GOAL
    assert share(part, language) >= LEAST[language, part]


@pytest.mark.parametrize("language", OTHERS)
def test_common_commands_are_understood_in_other_languages(language: str) -> None:
    assert share("dev", language) >= LEAST_OTHERS


def test_unseen_messages_are_understood_in_other_languages() -> None:
    assert share("kept", *OTHERS) >= LEAST_OTHERS_KEPT


@pytest.mark.parametrize("part", PARTS)
def test_every_reading_is_without_a_fault(part: str) -> None:
    assert [v.why for v in verdicts() if v.case.part == part and v.why.startswith("raised")] == []
