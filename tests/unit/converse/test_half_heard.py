"""Where a part of a request was read by nothing, it is asked before the rest is done."""

from __future__ import annotations

import pytest

from reelscore.converse.parse import parse
from reelscore.values.message import Context
from tests.messages.timelines import TIMELINES
from tests.unit.converse.said import known


@pytest.mark.parametrize(
    ("on", "message", "words"),
    [
        ("vlog", "crossfade the clips around 12 seconds", "12 seconds"),
        ("vlog", "make the title red for 17 people", "17"),
    ],
    ids=["a time", "a number"],
)
def test_what_is_left_over_is_asked_about_and_nothing_is_done(on: str, message: str, words: str) -> None:
    """A time, number or thing that the reading does not hold is named in the question."""
    meaning = parse(message, TIMELINES[on](), known(), Context())
    assert meaning.steps == ()
    assert meaning.question is not None
    assert words in meaning.question.text.en
    assert len(meaning.question.options) in (2, 3)


@pytest.mark.parametrize(
    ("on", "message"),
    [
        ("vlog", "make the voice-over 10% faster"),
        ("vlog", "keep only the last 10 seconds"),
        ("vlog", "three things: mute the hiking clip"),
        ("vlog", "trim hiking from 10 s -> 7s"),
        ("vlog", "the subtitle should stay 2 seconds longer"),
    ],
)
def test_what_a_number_comes_to_is_held(on: str, message: str) -> None:
    """A percent as a factor, a length counted from the end, a count and what was before: nothing is asked."""
    meaning = parse(message, TIMELINES[on](), known(), Context())
    assert meaning.steps
    assert meaning.question is None


def test_as_many_things_as_values_take_one_each() -> None:
    """Each clip has the length that is said beside it."""
    meaning = parse("first clip 3s second clip 2s third clip 4s", TIMELINES["clips"](), known(), Context())
    assert [dict(step.args)["to"] for step in meaning.edits] == [3, 2, 4]


def test_a_number_after_a_direction_makes_it_exact() -> None:
    """Down to like 20 is 20 percent, and not a step down."""
    meaning = parse("the song is too loud, bring it down to like 20", TIMELINES["vlog"](), known(), Context())
    assert [dict(step.args).get("to") for step in meaning.edits] == [20]


def test_what_is_said_beside_what_was_read_is_told_as_missed() -> None:
    """An amount that stands in no clause is not passed over."""
    meaning = parse("the title in red and then the whole thing, hmm, 17 s", TIMELINES["vlog"](), known(), Context())
    assert meaning.missed or meaning.question
