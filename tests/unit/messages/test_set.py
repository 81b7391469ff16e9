"""The set of messages is sound: every expected edit can be made, every command is asked for, nothing is said twice."""

from __future__ import annotations

from collections import Counter

import pytest

from reelscore.edit.refusals import refuse
from reelscore.values.command import Said, Step
from reelscore.values.message import ACTIONS, Action, Meaning, Missed, Option, Question
from tests.messages.cases import Case, id_of, load
from tests.messages.score import carried_out, differs, judge, situation, used_commands
from tests.messages.timelines import TIMELINES

pytestmark = pytest.mark.slow

CASES = load()
LEAST = {"en": 320, "zh": 220, "es": 12, "fr": 12, "de": 12, "pt": 12, "ja": 12, "ko": 12}


def test_every_expected_edit_can_be_made() -> None:
    for case in CASES:
        timeline, _ = situation(case)
        for reading in case.readings:
            _, refused, _ = carried_out(timeline, reading)
            assert not refused, f"{case.id}: {case.say!r}: {refused[0]}"


def test_every_earlier_message_could_be_carried_out() -> None:
    for case in CASES:
        timeline = TIMELINES[case.on]()
        for earlier in case.before:
            timeline, refused, _ = carried_out(timeline, earlier.do)
            assert not refused, f"{case.id}: {earlier.say!r}: {refused[0]}"


def test_actions_take_only_their_arguments() -> None:
    for case in CASES:
        for reading in case.readings:
            for asked in reading:
                if isinstance(asked, Action):
                    assert {name for name, _ in asked.args} <= set(ACTIONS[asked.name]), case.id
        assert set(case.withheld) <= set(ACTIONS), case.id


def test_every_case_expects_something() -> None:
    assert not [c.id for c in CASES if not (c.do or c.question or c.missed or c.nothing or c.withheld)]


def test_nothing_is_said_twice_to_the_same_timeline() -> None:
    said = Counter((case.language, case.on, case.say, case.before) for case in CASES)
    assert [key for key, count in said.items() if count > 1] == []


def test_every_case_has_a_name_of_its_own() -> None:
    assert [name for name, count in Counter(case.id for case in CASES).items() if count > 1] == []


def test_a_case_keeps_the_name_that_its_words_give() -> None:
    for case in CASES:
        theme = case.file.split(".")[0].split("_")[0]
        assert case.id == id_of(theme, case.language, case.say + "".join(e.say for e in case.before)), case.id


@pytest.mark.parametrize("language", LEAST)
def test_there_are_enough_of_a_language(language: str) -> None:
    assert sum(case.language == language for case in CASES) >= LEAST[language]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_command_is_asked_for_three_times(language: str) -> None:
    counted = used_commands(case for case in CASES if case.language == language)
    assert {name: count for name, count in counted.items() if count < 3} == {}


def test_the_expected_answer_is_right_and_silence_is_wrong() -> None:
    for case in CASES:
        timeline, _ = situation(case)
        assert differs(case, _expected(case), timeline) == "", case.id
        assert differs(case, Meaning(case.language), timeline), f"{case.id}: no answer counts as right"


def test_a_parser_that_fails_is_wrong_and_says_so() -> None:
    def broken(*_: object) -> Meaning:
        raise refuse("no_music")

    verdict = judge(CASES[0], broken)
    assert not verdict.right
    assert "EditError" in verdict.why


def test_another_edit_is_wrong() -> None:
    case = next(case for case in CASES if case.do == (Step("cut_first", (("seconds", 3),)),))
    timeline, _ = situation(case)
    other = Meaning("en", (Step("cut_first", (("seconds", 2),)),))
    assert "cut_first(seconds=2) instead of cut_first(seconds=3)" in differs(case, other, timeline)


def _expected(case: Case) -> Meaning:
    said = Said("?", "?")
    question = Question(said, (Option(said, ()),)) if case.question else None
    missed = (Missed("?", said),) if case.missed or case.nothing else ()
    withheld = tuple(Action(name) for name in case.withheld)
    return Meaning(case.language, case.do, question, missed, withheld)
