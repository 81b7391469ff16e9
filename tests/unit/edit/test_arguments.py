"""Numbers, lengths, colours and shapes as people write them; everything else is refused by name."""

from __future__ import annotations

from fractions import Fraction as F

import pytest

from reelscore.edit.amounts import (
    colour_of,
    db_of_percent,
    factor_of,
    length_of,
    percent_of_db,
    plain_length,
    plain_span,
    ratio_of,
    size_of,
)  # fmt: skip
from reelscore.edit.registry import command, commands
from reelscore.edit.samples import FACTS, SAMPLES
from reelscore.errors import EditError
from reelscore.values.time import Span

FRAME = F(1, 30)
LENGTHS = [
    ("12.5", F(25, 2)), ("1:05", F(65)), ("1:02:03.5", F(7447, 2)), ("00:00:12:15", F(25, 2)), ("90s", F(90)),
    ("1m30s", F(90)), ("2 min 30", F(150)), ("500ms", F(1, 2)), ("12f", F(2, 5)), ("7/3", F(7, 3)), ("-3", F(-3)),
    ("1分30秒", F(90)), ("3秒", F(3)), ("1 hour", F(3600)), ("1,5", F(3, 2)), ("2 minutes and 5 seconds", F(125)),
]  # fmt: skip
NO_LENGTHS = ["", "x", "3 apples", "1/0", "1e99", "9" * 40, "--", ":", "1:2:3:4:5", "∞", "nan"]


@pytest.mark.parametrize(("said", "seconds"), LENGTHS, ids=[said for said, _ in LENGTHS])
def test_a_length_is_read_exactly(said: str, seconds: F) -> None:
    assert length_of(said, FRAME) == seconds


@pytest.mark.parametrize("said", NO_LENGTHS)
def test_what_is_no_length_is_none(said: str) -> None:
    assert length_of(said, FRAME) is None


def test_factors_colours_shapes_and_sizes() -> None:
    assert [factor_of(said) for said in ("2x", "half", "50%", "1.5倍", "1/3", "两倍", "x")] == [
        2,
        F(1, 2),
        F(1, 2),
        F(3, 2),
        F(1, 3),
        2,
        None,
    ]
    assert [colour_of(said) for said in ("red", "#F80", "ff8800cc", "白色", "rouge")] == [
        "#e53935",
        "#ff8800",
        "#ff8800cc",
        "#ffffff",
        None,
    ]
    assert [ratio_of(said) for said in ("9:16", "4/5", "square", "竖屏", "16x9", "0:1")] == [
        F(9, 16),
        F(4, 5),
        1,
        F(9, 16),
        F(16, 9),
        None,
    ]
    assert size_of("720p", 1920, 1080) == (1280, 720)
    assert size_of("720p", 1080, 1920) == (720, 1280)
    assert size_of("1000×500", 1, 1) == (1000, 500)


def test_percent_and_decibels_are_each_others_inverse() -> None:
    for percent in (1, 35, 80, 100, 141.3, 400):
        assert percent_of_db(db_of_percent(percent)) == pytest.approx(percent, rel=1e-6)
    assert db_of_percent(100) == 0
    assert db_of_percent(50) == pytest.approx(-6.0206, abs=1e-4)


def test_lengths_are_told_shortly() -> None:
    assert [plain_length(F(v)) for v in ("10", "5/2", "1/3", "65", "3723.5", "-2")] == [
        "10s",
        "2.5s",
        "0.33s",
        "1:05",
        "1:02:03.5",
        "-2s",
    ]
    assert plain_span(Span(F(0), F(10))) == "0-10s"
    assert plain_span(Span(F(5), F(80))) == "0:05-1:20"


HOSTILE = [float("inf"), float("-inf"), [], {}, object(), "\x00", "9" * 100_000, 10**400, "; rm -rf /", "{ref}", b"x"]


@pytest.mark.parametrize("value", HOSTILE, ids=lambda v: repr(v)[:20])
@pytest.mark.parametrize("name", list(commands()))
def test_nothing_sent_as_an_argument_can_break_a_command(name: str, value: object) -> None:
    """Whatever arrives, the answer is an edit or a refusal."""
    held = command(name)
    for param in held.params:
        said = ""
        try:
            held.apply(SAMPLES["talk"](), {**held.examples[0].args, param.name: value}, FACTS)
        except EditError as error:
            said = str(error)
        assert len(said) < 3000


def test_times_on_the_timeline_have_names_and_count_from_the_end() -> None:
    def starts(at: object) -> F:
        after = command("title").apply(SAMPLES["film"](), {"text": "x", "at": at, "duration": 1}).timeline
        return next(span.start for _, span, s in after.placed() if s.text and s.text.content == "x")

    assert [starts(at) for at in ("middle", "-2", "0:03", "中间", 4.01)] == [5, 8, 3, 5, 4]


def test_a_float_of_seconds_is_the_fraction_it_was_made_of() -> None:
    """A moment that was read from the timeline (37/6 s) is put back there: it was refused as too fine."""
    made = command("move").apply(SAMPLES["film"](), {"which": "music", "to": float(F(37, 6))}).timeline
    assert next(made.tracks[1].placed())[0].start == F(37, 6)
