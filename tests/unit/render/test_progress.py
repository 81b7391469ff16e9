"""Frames done, frames a second and time left follow from shares and a clock."""

from __future__ import annotations

import pytest

from reelscore.errors import CancelledError
from reelscore.render.progress import Pacer, Progress


def told(shares: list[tuple[float, float]], frames: int = 300) -> list[Progress]:
    """What is shown for (time, share) in turn."""
    seen: list[Progress] = []
    times = iter([at for at, _ in shares])
    pacer = Pacer(frames, seen.append, lambda: next(times))
    for _, share in shares:
        pacer("render", share)
    return seen


def test_pace_and_time_left_come_from_what_was_done() -> None:
    last = told([(0.0, 0.0), (5.0, 0.25), (10.0, 0.5)])[-1]
    assert last == Progress(0.5, 150, 300, 15.0, 10.0)


def test_nothing_is_forecast_from_nothing() -> None:
    first, second = told([(0.0, 0.0), (0.2, 0.1)])
    assert (first.fps, first.seconds_left, second.fps) == (None, None, None)


def test_the_past_is_forgotten() -> None:
    """A jump over chunks made before no longer counts half a minute later."""
    shares = [(0.0, 0.0), (1.0, 0.5)] + [(float(n), 0.5 + 0.002 * n) for n in range(2, 62)]
    assert told(shares)[-1].fps == pytest.approx(0.6, rel=0.02)


def test_cancelling_comes_through() -> None:
    def show(_: Progress) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        Pacer(10, show, lambda: 0.0)("render", 0.0)
