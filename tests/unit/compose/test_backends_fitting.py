"""Generated music on the film's clock: beats on beats, bars on bars, exactly as many samples as asked for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from reelscore.compose.neural.beats import beat_grid
from reelscore.compose.neural.fitting import Fitted, fitted
from reelscore.compose.neural.pulses import per_bar, pulse, pulses
from reelscore.compose.neural.stretch import along, stretched
from reelscore.errors import CancelledError
from reelscore.understand.onsets import onset_errors, onsets
from reelscore.values.progress import unwatched
from reelscore.values.sound import SAMPLE_RATE, Samples
from reelscore.values.time import Bar, Meter, TempoMap, TempoStep
from tests.unit.compose.generated import groove, washes

pytestmark = pytest.mark.slow


def fit(samples: Samples, bpm: float, seconds: float, start: float = 0.0, loop: bool = False) -> Fitted:
    tempo_map = TempoMap.constant(Fraction(bpm), Meter(), 8, Fraction(start))
    return fitted(samples, tempo_map, Fraction(seconds), loop, unwatched)


def lateness(samples: Samples, beats: Sequence[float]) -> NDArray[np.float64]:
    """How late the nearest onset is, in seconds, for each beat a second and more before the end."""
    inside = [Fraction(beat) for beat in beats if beat < len(samples) / SAMPLE_RATE - 1]
    return np.abs(onset_errors(onsets(samples, SAMPLE_RATE), inside))


def beats_at(bpm: float, start: float = 0.0, count: int = 200) -> list[float]:
    return [start + n * 60 / bpm for n in range(count)]


@pytest.mark.parametrize("bpm", [72, 96.5, 120, 150])
def test_the_tempo_is_found_to_a_thousandth_and_beats_to_milliseconds(bpm: float) -> None:
    grid = beat_grid(groove(bpm, 24), 60 / (bpm * 1.05), 4)
    assert grid.steady
    assert 60 / grid.period == pytest.approx(bpm, rel=1e-3)
    true = 0.3 + np.arange(len(grid.beats) + 8) * 60 / bpm
    assert max(np.min(np.abs(true - beat)) for beat in grid.beats) < 0.01


@pytest.mark.parametrize("beats", [3, 4])
def test_the_first_beat_of_the_bar_is_heard(beats: int) -> None:
    grid = beat_grid(groove(110, 24, start=0.5, beats=beats), 60 / 110, beats)
    ones = 0.5 + np.arange(20) * beats * 60 / 110
    assert np.min(np.abs(ones - grid.beats[grid.first])) < 0.01


def test_noise_and_silence_have_no_beat() -> None:
    assert not beat_grid(washes(12), 0.5, 4).steady
    assert not beat_grid(np.zeros((SAMPLE_RATE * 4, 2), np.float32), 0.5, 4).steady
    assert not beat_grid(np.zeros((100, 2), np.float32), 0.5, 4).steady


@pytest.mark.parametrize(("given", "wanted"), [(118, 120), (121.5, 120), (100, 108), (120, 108)])
def test_beats_fall_on_the_maps_beats(given: float, wanted: float) -> None:
    done = fit(groove(given, 30), wanted, 20, start=0.25)
    assert done.aligned
    assert done.bpm == pytest.approx(given, rel=2e-3)
    late = lateness(done.samples, beats_at(wanted, 0.25))
    assert late.mean() < 0.006
    assert np.quantile(late, 0.9) < 0.015


def test_music_at_half_the_tempo_is_laid_on_every_other_beat() -> None:
    done = fit(groove(60, 30), 118, 20)
    assert done.aligned
    assert lateness(done.samples, beats_at(118)[::2]).mean() < 0.006


def test_a_tempo_too_far_away_is_kept_and_said() -> None:
    done = fit(groove(96, 30), 140, 20)
    assert not done.aligned
    assert len(done.samples) == 20 * SAMPLE_RATE
    assert "keeps its own tempo" in done.notes[0]


def test_beats_follow_a_map_whose_tempo_changes() -> None:
    bars = tuple(Bar(n, Fraction(4 * n), Meter()) for n in range(10))
    steps = (TempoStep(Fraction(0), Fraction(60, 118)), TempoStep(Fraction(16), Fraction(60, 126)))
    tempo_map = TempoMap(Fraction(1, 2), steps, bars)
    done = fitted(groove(120, 30), tempo_map, Fraction(18), False, unwatched)
    assert done.aligned
    assert lateness(done.samples, [float(tempo_map.seconds_at(Fraction(beat))) for beat in range(40)]).mean() < 0.006


@pytest.mark.parametrize("seconds", [Fraction(20), Fraction(61, 3), Fraction(1001, 77), Fraction(45)])
@pytest.mark.parametrize("loop", [False, True])
def test_the_length_is_exact_to_the_sample(seconds: Fraction, loop: bool) -> None:
    for sound in (groove(119, 16), washes(16)):
        done = fitted(sound, TempoMap.constant(Fraction(120), Meter(), 9), seconds, loop, unwatched)
        assert done.samples.shape == (round(seconds * SAMPLE_RATE), 2)
        assert done.samples.dtype == np.float32
        assert np.all(np.isfinite(done.samples))


def test_music_that_is_too_short_repeats_whole_bars_and_stays_in_time() -> None:
    done = fit(groove(121, 13), 120, 44)
    assert lateness(done.samples, beats_at(120)).mean() < 0.006
    level = [np.sqrt(np.mean(second**2)) for second in np.array_split(done.samples[: 40 * SAMPLE_RATE], 40)]
    assert min(level) > 0.4 * max(level), "no hole where it is joined"


def test_repeats_keep_the_downbeats_downbeats() -> None:
    done = fit(groove(121, 13), 120, 44)
    grid = beat_grid(done.samples, 0.5, 4)
    assert (grid.beats[grid.first] / 2) % 1 == pytest.approx(0, abs=0.02) or grid.beats[grid.first] % 2 > 1.98


def test_beatless_music_is_repeated_through_long_fades() -> None:
    done = fit(washes(9), 80, 30)
    assert not done.aligned
    level = [np.sqrt(np.mean(half**2)) for half in np.array_split(done.samples[: 26 * SAMPLE_RATE], 52)]
    assert min(level) > 0.5 * max(level)


def test_music_ends_instead_of_breaking_off() -> None:
    done = fit(groove(120, 40), 120, 20)
    assert np.abs(done.samples[-1]).max() < 1e-3
    body = np.sqrt(np.mean(done.samples[: 10 * SAMPLE_RATE] ** 2))
    assert np.sqrt(np.mean(done.samples[-SAMPLE_RATE // 4 :] ** 2)) < 0.2 * body


def test_a_loop_goes_on_as_if_it_had_not_ended() -> None:
    done = fit(groove(121, 20), 120, 16, loop=True)
    round_again = np.concatenate([done.samples[-2 * SAMPLE_RATE :], done.samples[: 2 * SAMPLE_RATE]])
    step = np.abs(np.diff(round_again, axis=0)).max(axis=1)
    seam = step[2 * SAMPLE_RATE - 3 : 2 * SAMPLE_RATE + 3].max()
    assert seam <= np.quantile(step, 0.9999)
    assert np.sqrt(np.mean(done.samples[-4800:] ** 2)) > 0.01, "no fade out"


def test_stretching_by_nothing_changes_nothing() -> None:
    sound = groove(120, 6)
    beats = np.arange(0, 6, 0.5) * SAMPLE_RATE
    assert np.allclose(stretched(sound, beats, beats, len(sound), unwatched), sound, atol=1e-6)


def test_stretching_keeps_the_pitch() -> None:
    t = np.arange(8 * SAMPLE_RATE) / SAMPLE_RATE
    tone = np.repeat(np.sin(2 * np.pi * 440 * t)[:, None] * 0.3, 2, axis=1).astype(np.float32)
    ends = np.array([0.0, 8.0]) * SAMPLE_RATE
    out = stretched(tone, ends, ends * 0.9, round(7.2 * SAMPLE_RATE), unwatched)[SAMPLE_RATE : 6 * SAMPLE_RATE, 0]
    spectrum = np.abs(np.fft.rfft(out * np.hanning(len(out))))
    assert np.argmax(spectrum) * SAMPLE_RATE / len(out) == pytest.approx(440, abs=1)
    assert np.sqrt(np.mean(out**2)) == pytest.approx(0.3 / np.sqrt(2), rel=0.05)


def test_between_anchors_time_runs_straight_and_on_beyond_them() -> None:
    source, target = np.array([10.0, 20.0, 40.0]), np.array([0.0, 10.0, 20.0])
    assert along(source, target, np.array([-5.0, 5.0, 15.0, 25.0])).tolist() == [5.0, 15.0, 30.0, 50.0]


@pytest.mark.parametrize(
    ("meter", "tapped", "count"),
    [("4/4", "1", 4), ("3/4", "1", 3), ("6/8", "3/2", 2), ("12/8", "3/2", 4), ("7/8", "1/2", 7), ("5/4", "1", 5)],
)
def test_what_is_tapped_in_each_meter(meter: str, tapped: str, count: int) -> None:
    above, below = (int(n) for n in meter.split("/"))
    assert pulse(Meter(above, below)) == Fraction(tapped)
    assert per_bar(Meter(above, below)) == count


def test_pulses_go_on_a_bar_beyond_the_end() -> None:
    found = pulses(TempoMap.constant(Fraction(120), Meter(), 2, Fraction(1, 4)), 6.0)
    assert found[0] == 0.25
    assert np.allclose(np.diff(found), 0.5)
    assert 7.5 <= found[-1] < 8.5


def test_fitting_can_be_stopped() -> None:
    def stop(stage: str, share: float) -> None:
        if share > 0.3:
            raise CancelledError

    with pytest.raises(CancelledError):
        fitted(groove(119, 16), TempoMap.constant(Fraction(120), Meter(), 9), Fraction(15), False, stop)
