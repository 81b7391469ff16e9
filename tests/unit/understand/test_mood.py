"""Light, colour and cutting as arousal and valence, on a scale that is the same for every film."""

from fractions import Fraction

import numpy as np
import pytest

from reelscore.understand.glimpses import HEIGHT, WIDTH, Glimpse
from reelscore.understand.mood import Colour, Curves, colour_of, curves, cut_density, mean_within
from reelscore.understand.motion import Motion
from reelscore.values.reading import Shot
from reelscore.values.time import Seconds, Span


def plain(y: int, cb: int = 128, cr: int = 128) -> Colour:
    planes = np.empty((3, HEIGHT, WIDTH), np.uint8)
    for plane, level in zip(planes, (y, cb, cr), strict=True):
        plane[:] = level
    return colour_of(Glimpse(0, Fraction(0), planes))


def shots_every(length: Seconds, duration: Seconds) -> tuple[Shot, ...]:
    count = int(duration / length)
    spans = [Span(n * length, (n + 1) * length) for n in range(count)]
    return tuple(Shot(span, "cut" if n else "start", 1.0, 0.5, 0.0, 0.0) for n, span in enumerate(spans))


def film_of(speed: float, brightness: float, saturation: float, warmth: float, shot_s: int) -> Curves:
    """Twenty seconds in which nothing changes."""
    motions = [Motion(n / 5, 0.0, speed) for n in range(100)]
    colours = [Colour(n / 4, brightness, saturation, warmth) for n in range(80)]
    return curves(motions, colours, shots_every(Fraction(shot_s), Fraction(20)), Fraction(20))


def test_black_and_white() -> None:
    assert plain(16).brightness == pytest.approx(0.0)
    assert plain(235).brightness == pytest.approx(1.0)
    assert plain(120).saturation == pytest.approx(0.0)
    assert plain(120).warmth == pytest.approx(0.5)


def test_orange_is_warm_and_blue_is_cold() -> None:
    assert plain(120, cb=90, cr=160).warmth == 1.0
    assert plain(120, cb=165, cr=110).warmth == 0.0
    assert plain(120, cb=90, cr=160).saturation > 0.3


def test_a_calm_film_stays_calm() -> None:
    """Standardised against shipped constants, not against the film itself."""
    calm = film_of(0.0, 0.5, 0.3, 0.5, 20)
    assert calm.arousal.max() < -0.3
    assert np.ptp(calm.arousal) < 0.05


def test_motion_and_quick_cutting_arouse() -> None:
    calm, moving, cutting = (film_of(s, 0.5, 0.3, 0.5, length) for s, length in ((0.0, 20), (0.3, 20), (0.0, 1)))
    assert moving.arousal.mean() > calm.arousal.mean() + 0.5
    assert cutting.arousal.mean() > calm.arousal.mean() + 0.3


def test_bright_warm_pictures_please() -> None:
    assert film_of(0.1, 0.7, 0.5, 0.9, 5).valence.mean() > 0.3
    assert film_of(0.1, 0.15, 0.1, 0.3, 5).valence.mean() < -0.3


def test_curves_have_one_value_per_step_and_stay_in_range() -> None:
    result = film_of(3.0, 1.0, 1.0, 1.0, 1)
    assert len(result.arousal) == len(result.camera) == 40
    for curve in (result.camera, result.subject, result.brightness, result.saturation, result.warmth):
        assert curve.min() >= 0
        assert curve.max() <= 1
    assert np.abs(result.arousal).max() <= 1


def test_a_film_shorter_than_a_step_still_has_a_value() -> None:
    short = curves([], [Colour(0.0, 0.5, 0.2, 0.5)], shots_every(Fraction(1, 5), Fraction(1, 5)), Fraction(1, 5))
    assert len(short.arousal) == 1


def test_one_take_has_no_density_of_cuts() -> None:
    grid = np.arange(0.25, 6, 0.5)
    assert cut_density(grid, shots_every(Fraction(6), Fraction(6))).max() == 0
    assert cut_density(grid, shots_every(Fraction(1), Fraction(6))).min() > 0.7


def test_a_shots_mean_is_taken_over_its_own_span() -> None:
    curve = np.array([0.0, 0.0, 1.0, 1.0])
    shot = shots_every(Fraction(1), Fraction(2))[1]
    assert mean_within(curve, shot) == 1.0
