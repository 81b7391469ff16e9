"""Mastering and recording: loudness and peak exact, length exact, the same bytes every time, no click at the end."""

from __future__ import annotations

import math
import tracemalloc
from fractions import Fraction
from hashlib import sha256

import numpy as np
import pytest

from reelscore.errors import CancelledError
from reelscore.perform.filters import equalise, high_shelf, low_pass, response_db
from reelscore.perform.limiter import apply, curve, fit, peaks
from reelscore.perform.master import (
    CODEC_MARGIN_DB,
    WIDEST_LU,
    balance_db,
    excite,
    fade_out,
    finish,
    master,
    tone,
)
from reelscore.perform.record import record
from reelscore.values.brief import LoudnessTarget
from reelscore.values.loudness import energies, integrated, loudness_range, measure, true_peak_dbtp
from reelscore.values.score import Colour
from reelscore.values.sound import SAMPLE_RATE, Samples

from .pieces import piece

pytestmark = pytest.mark.slow

TARGETS = {
    "default": LoudnessTarget(),
    "podcast": LoudnessTarget("podcast", -16.0, -1.0),
    "broadcast": LoudnessTarget("broadcast-ebu", -23.0, -1.0),
    "loud": LoudnessTarget("loud", -10.0, -1.0),
}


def _music(seconds: float = 12.0, seed: int = 1, range_db: float = 6.0) -> Samples:
    """Noise coloured like music, with beats on top and a level that breathes."""
    count = round(seconds * SAMPLE_RATE)
    chance = np.random.default_rng(seed)
    spectrum = np.fft.rfft(chance.standard_normal((count, 2)), axis=0)
    f = np.maximum(np.fft.rfftfreq(count, 1 / SAMPLE_RATE), 20)
    sound = np.fft.irfft(spectrum / np.sqrt(f)[:, None], count, axis=0)
    sound *= 10 ** (range_db / 40 * np.sin(np.arange(count) / count * 9))[:, None] / np.abs(sound).max()
    beat = np.exp(-(np.arange(count) % (SAMPLE_RATE // 2)) / 900)
    sound += (beat * np.sin(2 * np.pi * 55 * np.arange(count) / SAMPLE_RATE))[:, None]
    return (0.2 * sound).astype(np.float32)


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("level", [0.02, 1.0])
def test_loudness_and_peak_are_met(name: str, level: float) -> None:
    """Integrated within 0.05 LU; true peak under the ceiling less the margin kept for encoders."""
    target = TARGETS[name]
    reached = master(_music() * np.float32(level), Colour(), target).loudness
    assert reached.integrated_lufs == pytest.approx(target.lufs, abs=0.05)
    assert reached.true_peak_dbtp <= target.true_peak_dbtp - CODEC_MARGIN_DB + 0.1


def test_what_is_reported_is_what_is_there() -> None:
    """The loudness returned is the loudness of the samples returned."""
    done = master(_music(5), Colour(), LoudnessTarget())
    assert measure(done.samples) == done.loudness


@pytest.mark.parametrize("gain_db", [0, 6, 14])
def test_no_true_peak_passes_the_limiter(gain_db: float) -> None:
    """Whatever the drive, the true peak of the result is at most 0.1 dB over the ceiling."""
    sound = _music(4, seed=5)
    apply(sound, curve(peaks(sound), 10 ** (gain_db / 20) / 0.2, 0.8), sound)
    assert true_peak_dbtp(sound) < 20 * math.log10(0.8) + 0.1


def test_the_limiter_leaves_quiet_sound_alone() -> None:
    """Below the ceiling the gain is one number."""
    sound = _music(2) * np.float32(0.1)
    assert np.ptp(curve(peaks(sound), 1.0, 0.8)) < 1e-6


def test_fit_says_what_it_reached() -> None:
    """The loudness it returns is that of the limited sound."""
    sound = _music(6)
    peak = peaks(sound)
    gain, reached = fit(sound, peak, -14, 0.8)
    apply(sound, curve(peak, gain, 0.8), sound)
    assert integrated(energies(sound)) == pytest.approx(reached, abs=1e-6)
    assert reached == pytest.approx(-14, abs=0.05)


def test_a_wide_piece_is_brought_together() -> None:
    """Twenty decibels between parts become a range a viewer can live with; the order of parts is kept."""
    sound = _music(40)
    sound[: 20 * SAMPLE_RATE] *= np.float32(0.1)
    before = loudness_range(energies(sound))
    done = master(sound, Colour(), LoudnessTarget())
    samples, reached = done.samples, done.loudness
    assert before > 15
    assert reached.range_lu < WIDEST_LU + 4
    halves = [integrated(energies(half)) for half in (samples[: 18 * SAMPLE_RATE], samples[22 * SAMPLE_RATE :])]
    assert halves[0] < halves[1] - 2


def test_tone_moves_towards_released_music() -> None:
    """A dark and a bright mix end up nearer to each other, and no band is moved by more than a few dB."""
    dark, bright = _music(6), _music(6)
    equalise(dark, high_shelf(2000, -12))
    equalise(bright, high_shelf(2000, 12))
    apart = [float(np.ptp(balance_db(dark) - balance_db(bright)))]
    for sound in (dark, bright):
        bands = tone(sound, Colour())
        assert np.abs(response_db(bands, np.geomspace(60, 12_000, 50))).max() < 9
        equalise(sound, *bands)
    apart.append(float(np.ptp(balance_db(dark) - balance_db(bright))))
    assert apart[1] < 0.75 * apart[0]


def test_wood_has_its_weight_above_the_sub_bass_of_machines() -> None:
    """The same mix, mastered as a folk band, has less below 88 Hz against 88 to 354 Hz."""
    machine, band = _music(6), _music(6)
    for sound, body in ((machine, 0.0), (band, 1.0)):
        equalise(sound, *tone(sound, Colour(body=body)))
    gained = balance_db(band) - balance_db(machine)
    assert min(gained[1:3]) > 0
    assert gained[0] < min(gained[1:3]) - 2


def test_a_dull_mix_gets_air_and_a_bright_one_does_not() -> None:
    """Above 11 kHz a mix without anything there gains; one with plenty is left as it is."""
    dull = _music(4)
    equalise(dull, low_pass(6000), low_pass(6000))
    before = dull.copy()
    excite(dull, Colour(brightness=0.8))
    f = np.fft.rfftfreq(len(dull), 1 / SAMPLE_RATE)
    power = [np.sum(np.abs(np.fft.rfft(sound[:, 0])[f > 11_000]) ** 2) for sound in (before, dull)]
    assert power[1] > 2 * power[0]
    rest = [np.sum(np.abs(np.fft.rfft(sound[:, 0])[f < 5000]) ** 2) for sound in (before, dull)]
    assert rest[1] == pytest.approx(rest[0], rel=0.01)
    bright = _music(4)
    equalise(bright, high_shelf(9000, 9))
    same = bright.copy()
    excite(bright, Colour())
    np.testing.assert_array_equal(bright, same)


@pytest.mark.parametrize("frames", [0, 1, 100, 5000])
def test_silence_and_scraps(frames: int) -> None:
    """Silence stays silence, and no length is too short."""
    done = master(np.zeros((frames, 2), dtype=np.float32), Colour(), LoudnessTarget())
    samples, reached = done.samples, done.loudness
    assert samples.shape == (frames, 2)
    assert not samples.any()
    assert reached.integrated_lufs == -math.inf
    sound = _music(1)[:frames]
    assert np.isfinite(master(sound, Colour(), LoudnessTarget()).samples).all()


def test_the_end_is_silent() -> None:
    """The last sample is nothing and the way there is smooth."""
    sound = np.ones((SAMPLE_RATE, 2), dtype=np.float32)
    fade_out(sound)
    assert abs(float(sound[-1, 0])) < 1e-6
    assert np.abs(np.diff(sound[:, 0])).max() < 0.001
    assert sound[: SAMPLE_RATE - 2400].min() == 1


def test_finish_works_in_place() -> None:
    """The array given is the array finished."""
    sound = _music(4)
    reached = finish(sound, LoudnessTarget())
    assert integrated(energies(sound)) == pytest.approx(reached.integrated_lufs)


@pytest.mark.parametrize("seconds", [Fraction(1), Fraction(1001, 240), Fraction(8)])
def test_a_recording_is_exact_and_repeats(seconds: Fraction) -> None:
    """round(duration * 48000) frames everywhere, at the target, byte for byte the same twice."""
    target = LoudnessTarget()
    first, second = (record(piece(4), seconds, target) for _ in range(2))
    frames = round(seconds * SAMPLE_RATE)
    for samples in (first.mix.samples, first.mix.unmastered, first.programme, *(s.samples for s in first.mix.stems)):
        assert samples.shape == (frames, 2)
        assert samples.dtype == np.float32
        assert np.isfinite(samples).all()
    assert first.mix.loudness.integrated_lufs == pytest.approx(-14, abs=0.05)
    assert first.mix.loudness.true_peak_dbtp <= -1
    assert abs(float(first.mix.samples.mean())) < 1e-3
    hashes = [sha256(take.mix.samples.tobytes() + take.mix.unmastered.tobytes()).digest() for take in (first, second)]
    assert hashes[0] == hashes[1]
    assert first.played == second.played


def test_without_stems_the_music_is_the_same() -> None:
    """Leaving stems out saves time, not sound."""
    full, short = (record(piece(2), Fraction(4), LoudnessTarget(), stems=keep) for keep in (True, False))
    assert full.mix.samples.tobytes() == short.mix.samples.tobytes()
    assert short.mix.stems == ()
    assert [stem.name for stem in full.mix.stems] == [*(player.name for player in piece(2).players), "rooms"]


def test_progress_is_told_and_cancelling_stops() -> None:
    """Shares of each stage never fall; a watch that raises ends the work."""
    told: list[tuple[str, float]] = []
    record(piece(2), Fraction(4), LoudnessTarget(), watch=lambda stage, share: told.append((stage, share)))
    for stage in ("perform", "mix", "master"):
        shares = [share for name, share in told if name == stage]
        assert shares == sorted(shares) != []

    def stop(stage: str, share: float) -> None:
        if share > 0.3:
            raise CancelledError

    with pytest.raises(CancelledError):
        record(piece(2), Fraction(4), LoudnessTarget(), watch=stop)


def test_two_minutes_take_a_fifth_of_the_memory_that_ten_may() -> None:
    """The full band, no stems: exact length, at the target; ten minutes, which grow evenly, stay under 2 GB."""
    record(piece(2), Fraction(4), LoudnessTarget(), stems=False)  # what is kept of the instruments is kept already
    tracemalloc.start()
    take = record(piece(60), Fraction(120), LoudnessTarget(), stems=False)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(take.mix.samples) == 120 * SAMPLE_RATE
    assert take.mix.loudness.integrated_lufs == pytest.approx(-14, abs=0.05)
    one_more = take.mix.samples.nbytes  # held or not by the second thread when the first is at its peak
    assert peak < 1.8e9 / 5 + one_more
