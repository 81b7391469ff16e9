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
    ("en", "kept"): 0.85,  # of messages written anew, which nobody has worked on
    ("zh", "kept"): 0.83,
}
OTHERS = ("es", "fr", "de", "pt", "ja", "ko")
LEAST_OTHERS = {"dev": 0.97, "kept": 0.83}  # of six unseen messages each


@cache
def verdicts() -> tuple[Verdict, ...]:
    read = reader()
    return tuple(judge(case, read) for case in load() if _judged(case))


def _judged(case: Case) -> bool:
    """Every second of the many dev messages in English and Chinese, the same ones each time; of the others all."""
    return case.part == "kept" or case.language in OTHERS or int(case.id[-6:], 16) % 2 == 0


def share(language: str, part: str) -> float:
    of = [verdict for verdict in verdicts() if (verdict.case.language, verdict.case.part) == (language, part)]
    return sum(verdict.right for verdict in of) / len(of)


@pytest.mark.parametrize(("language", "part"), LEAST)
def test_messages_are_understood_exactly(language: str, part: str) -> None:
    assert LEAST[language, part] <= GOAL
    assert share(language, part) >= LEAST[language, part]


@pytest.mark.parametrize("part", LEAST_OTHERS)
@pytest.mark.parametrize("language", OTHERS)
def test_common_commands_are_understood_in_other_languages(language: str, part: str) -> None:
    assert share(language, part) >= LEAST_OTHERS[part]


@pytest.mark.parametrize("part", PARTS)
def test_every_reading_is_without_a_fault(part: str) -> None:
    assert [v.why for v in verdicts() if v.case.part == part and v.why.startswith("raised")] == []
