"""Onsets are found where they are, to a few milliseconds. Tolerance: median 5 ms, nearest within 30 ms."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from reelscore.understand.onsets import chance, onset_errors, onsets
from reelscore.values.sound import Samples

pytestmark = pytest.mark.slow

Floats = NDArray[np.float64]
Voice = Callable[[Floats, float, np.random.Generator], Floats]


def click(t: Floats, hertz: float, rng: np.random.Generator) -> Floats:
    """A burst of noise of 10 ms."""
    return np.asarray(rng.normal(size=len(t)) * np.exp(-t / 0.01))


def pluck(t: Floats, hertz: float, rng: np.random.Generator) -> Floats:
    """Six harmonics with a 2 ms attack."""
    tone = sum((np.sin(2 * np.pi * hertz * k * t) / k for k in range(1, 7)), np.zeros_like(t))
    return np.asarray(tone * np.exp(-t / 0.15) * np.minimum(1, t / 0.002) * np.minimum(1, (0.6 - t) / 0.05))


def kick(t: Floats, hertz: float, rng: np.random.Generator) -> Floats:
    """A falling low tone."""
    return np.asarray(np.sin(2 * np.pi * (50 * t + 8 * (1 - np.exp(-t / 0.02)))) * np.exp(-t / 0.1))


def piece(voice: Voice, rate: int, seconds: float = 20.0, pad: float = 0.0) -> tuple[Samples, list[Fraction]]:
    """Notes at known moments, over a sustained chord at level `pad`."""
    rng = np.random.default_rng(4)
    at = np.cumsum(rng.uniform(0.15, 0.9, int(seconds * 4)))
    at = 0.2 + at[at < seconds - 1]
    clock = np.arange(int(seconds * rate)) / rate
    sound = pad * sum((np.sin(2 * np.pi * f * clock) for f in (110.0, 165.0, 220.0, 277.2)), np.zeros_like(clock))
    note = np.arange(int(0.6 * rate)) / rate
    starts = [round(float(t) * rate) for t in at]
    for start in starts:
        wave = voice(note, float(220 * 2 ** (rng.integers(0, 24) / 12)), rng)
        end = min(len(sound), start + len(wave))
        sound[start:end] += wave[: end - start] / np.abs(wave).max() * rng.uniform(0.25, 0.8)
    return np.repeat(sound[:, None], 2, axis=1).astype(np.float32), [Fraction(start, rate) for start in starts]


@pytest.mark.parametrize("pad", [0.0, 0.04], ids=["alone", "over a chord"])
@pytest.mark.parametrize("rate", [48_000, 44_100])
@pytest.mark.parametrize("voice", [click, pluck, kick], ids=["clicks", "plucks", "kicks"])
def test_notes_are_found_to_a_few_milliseconds(voice: Voice, rate: int, pad: float) -> None:
    """Nearly every note is found, the median error is below 5 ms, and little is found that is not there."""
    samples, at = piece(voice, rate, pad=pad)
    found = onsets(samples, rate)
    errors = np.abs(onset_errors(found, at))
    assert np.mean(errors < 0.03) >= 0.97
    assert np.median(errors) < 0.005
    assert len(found) <= 1.25 * len(at) + 2


def test_nothing_sounds_in_silence() -> None:
    """Silence, and sound of no length, have no onsets."""
    assert len(onsets(np.zeros((48_000, 2), np.float32), 48_000)) == 0
    assert len(onsets(np.zeros((0, 2), np.float32), 48_000)) == 0


def test_a_steady_tone_begins_once() -> None:
    """A chord held for five seconds has one onset: its own."""
    clock = np.arange(5 * 48_000) / 48_000
    sound = np.where(clock >= 1.0, 0.3 * np.sin(2 * np.pi * 220 * clock) + 0.3 * np.sin(2 * np.pi * 331 * clock), 0.0)
    found = onsets(np.repeat(sound[:, None], 2, axis=1).astype(np.float32), 48_000)
    assert len(found) == 1
    assert found[0] == pytest.approx(1.0, abs=0.005)


def test_the_first_sample_may_be_an_onset() -> None:
    """Music that begins at once is heard to begin at once."""
    samples, _ = piece(pluck, 48_000, 3.0)
    first = np.flatnonzero(samples[:, 0])[0]
    found = onsets(samples[first:], 48_000)
    assert found[0] == pytest.approx(0.0, abs=0.01)


def test_errors_are_signed_and_against_the_nearest_onset() -> None:
    """Late onsets are positive, early ones negative, and without onsets there is no error to speak of."""
    errors = onset_errors(np.array([1.0, 2.0]), [Fraction(9, 10), Fraction(21, 10), Fraction(3)])
    assert errors == pytest.approx([0.1, -0.1, -1.0])
    assert np.all(np.isinf(onset_errors(np.zeros(0), [Fraction(1)])))


def test_one_onset_serves_every_hit() -> None:
    """A single onset is the nearest to hits on either side."""
    assert onset_errors(np.array([1.0]), [Fraction(0), Fraction(2)]) == pytest.approx([1.0, -1.0])


def test_chance_is_the_share_of_time_near_an_onset() -> None:
    """Two onsets 10 ms apart cover 110 ms of a second at 50 ms reach; overlaps count once."""
    assert chance(np.array([0.5, 0.51]), Fraction(1), Fraction(1, 20)) == pytest.approx(0.11)
    assert chance(np.zeros(0), Fraction(1), Fraction(1, 20)) == 0.0
