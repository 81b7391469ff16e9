"""Exact time: the tempo map converts beats and seconds without loss."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelscore.errors import BriefError
from reelscore.values.time import (
    Bar,
    Meter,
    Span,
    TempoMap,
    TempoStep,
    exactly,
    frames_in,
    merged,
    seconds,
    swung,
    unswung,
)

FOUR = Meter(4, 4)


def test_at_120_bpm_a_beat_is_half_a_second() -> None:
    tempo = TempoMap.constant(F(120), FOUR, 4)
    assert tempo.seconds_at(F(3)) == F(3, 2)
    assert tempo.beat_at(F(3, 2)) == 3
    assert tempo.end == 16


def test_a_step_changes_the_pace_from_its_beat_on() -> None:
    tempo = TempoMap(F(0), (TempoStep(F(0), F(1, 2)), TempoStep(F(4), F(1))), (Bar(0, F(0), FOUR), Bar(1, F(4), FOUR)))
    assert tempo.seconds_at(F(4)) == 2
    assert tempo.seconds_at(F(6)) == 4
    assert tempo.bpm_at(F(5)) == 60


@given(
    st.lists(st.fractions(min_value=F(1, 4), max_value=F(2), max_denominator=1000), min_size=1, max_size=12),
    st.fractions(min_value=-2, max_value=60, max_denominator=1000),
)
def test_there_and_back_is_the_same_beat(paces: list[F], beat: F) -> None:
    steps = tuple(TempoStep(F(4 * i), pace) for i, pace in enumerate(paces))
    tempo = TempoMap(F(1, 3), steps, (Bar(0, F(0), FOUR),))
    assert tempo.beat_at(tempo.seconds_at(beat)) == beat


def test_the_bar_at_a_beat_is_the_one_that_holds_it() -> None:
    tempo = TempoMap.constant(F(90), Meter(3, 4), 3)
    assert [tempo.bar_at(F(b)).index for b in (0, 2, 3, 8, 99)] == [0, 0, 1, 2, 2]


def test_six_eight_is_three_quarter_beats_long() -> None:
    assert Meter(6, 8).beats == 3


def test_triplet_swing_moves_the_off_eighth_to_two_thirds() -> None:
    assert swung(F(5, 2), F(2, 3), F(1, 2)) == F(8, 3)
    assert swung(F(2), F(2, 3), F(1, 2)) == 2


@given(st.fractions(min_value=0, max_value=16), st.fractions(min_value=0, max_value=16))
def test_swing_keeps_the_order_of_notes(a: F, b: F) -> None:
    for swing8, swing16 in ((F(3, 5), F(1, 2)), (F(1, 2), F(14, 25))):
        assert (a < b) == (swung(a, swing8, swing16) < swung(b, swing8, swing16))


@given(st.fractions(min_value=0, max_value=16))
def test_swing_is_undone_exactly(beat: F) -> None:
    for swing8, swing16 in ((F(3, 5), F(1, 2)), (F(1, 2), F(14, 25)), (F(1, 2), F(1, 2))):
        assert swung(unswung(beat, swing8, swing16), swing8, swing16) == beat


def test_spans_closer_than_the_gap_are_joined() -> None:
    spans = [Span(F(5), F(6)), Span(F(0), F(1)), Span(F(11, 10), F(2))]
    assert merged(spans, F(3, 10)) == (Span(F(0), F(2)), Span(F(5), F(6)))


def test_frames_of_an_ntsc_film_are_exact() -> None:
    assert frames_in(F(1001, 1000), F(30000, 1001)) == 30


def test_a_number_given_is_the_decimal_that_was_meant() -> None:
    assert exactly(92.1, "The tempo") == F(921, 10)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_ordinary_number_is_refused_by_name(value: float) -> None:
    with pytest.raises(BriefError, match="The tempo cannot be"):
        exactly(value, "The tempo")


def test_seconds_from_text_and_floats_are_readable_fractions() -> None:
    assert seconds("12.5") == F(25, 2)
    assert seconds(0.1) == F(1, 10)
