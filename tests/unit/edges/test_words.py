"""What the command line reads and prints."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reelscore.edges.cli import words
from reelscore.edges.cli.display import WEIGHTS, minutes, time_left, total_share
from reelscore.edges.cli.typed import clock
from reelscore.errors import BriefError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("60", Fraction(60)),
        ("90s", Fraction(90)),
        ("1:30", Fraction(90)),
        ("0:01:30.5", Fraction(181, 2)),
        (" 12.25 ", Fraction(49, 4)),
    ],
)
def test_lengths_are_read_exactly(text: str, expected: Fraction) -> None:
    assert clock(text) == expected


@pytest.mark.parametrize("text", ["", "soon", "-5", "1:2:3:4", "1e9", "nan", "inf", "5 minutes or so"])
def test_what_is_no_length_is_refused_with_the_way_to_say_it(text: str) -> None:
    with pytest.raises(BriefError, match='Give seconds \\("60"\\) or minutes'):
        clock(text)


def test_the_option_that_was_misread_is_named() -> None:
    with pytest.raises(BriefError, match="--from 'soon' is not a time"):
        clock("soon", "--from")


def test_messages_stay_on_one_line_whatever_a_file_is_called() -> None:
    assert words.one_line("a\nb\r\x1b[31mc\u2028d") == "a b [31mc d"


def test_the_whole_share_grows_from_stage_to_stage_up_to_one() -> None:
    shares = [total_share(stage, share) for stage in WEIGHTS for share in (0.0, 0.5, 1.0)]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] == pytest.approx(1)


def test_time_left_is_told_once_it_can_be_told() -> None:
    assert time_left(0.2, 0.5) == ""
    assert time_left(10, 0.5) == ", 0:10 left"


def test_durations_read_as_clocks() -> None:
    assert [minutes(s) for s in (7, 65, 3723)] == ["0:07", "1:05", "1:02:03"]
