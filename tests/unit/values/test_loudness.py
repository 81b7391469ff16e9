"""Loudness, range and true peak agree with libebur128 and with the standards' own signals."""

import math

import numpy as np
import pyebur128
import pytest

from reelscore.values.loudness import energies, integrated, integrated_lufs, measure, true_peak_dbtp
from reelscore.values.sound import SAMPLE_RATE, Samples


def _sine(hertz: float, seconds: float, peak: float, rate: int = SAMPLE_RATE, phase: float = 0.0) -> Samples:
    wave = peak * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate + phase)
    return np.stack([wave, wave], axis=1).astype(np.float32)


def _noise(seconds: float, seed: int) -> Samples:
    """Noise whose level breathes, so that gates and range have something to do."""
    count = round(seconds * SAMPLE_RATE)
    sound = 0.1 * np.random.default_rng(seed).standard_normal((count, 2))
    breath = 0.02 + np.abs(np.sin(np.arange(count) / SAMPLE_RATE / 3))
    return np.asarray(sound * breath[:, None], dtype=np.float32)


def _reference(samples: Samples, rate: int = SAMPLE_RATE) -> tuple[float, float, float]:
    mode = pyebur128.MeasurementMode
    state = pyebur128.R128State(2, rate, mode.MODE_I | mode.MODE_LRA | mode.MODE_TRUE_PEAK)
    state.add_frames(samples.ravel(), len(samples))
    peak = max(pyebur128.get_true_peak(state, 0), pyebur128.get_true_peak(state, 1))
    return pyebur128.get_loudness_global(state), pyebur128.get_loudness_range(state), 20 * math.log10(peak)


SOUNDS = {
    "breathing noise": _noise(25, 1),
    "other noise": _noise(11.37, 2),
    "low sine": _sine(60, 8, 0.5),
    "sine between samples": _sine(11_999.7, 5, 0.5, phase=0.7),
    "loud then silent": np.concatenate([_noise(6, 3), np.zeros((SAMPLE_RATE * 6, 2), dtype=np.float32)]),
}


@pytest.mark.parametrize("name", SOUNDS)
def test_agrees_with_libebur128(name: str) -> None:
    """Within 0.05 LU and 0.1 dB."""
    lufs, lra, peak = _reference(SOUNDS[name])
    got = measure(SOUNDS[name])
    assert got.integrated_lufs == pytest.approx(lufs, abs=0.05)
    assert got.range_lu == pytest.approx(lra, abs=0.1)
    assert got.true_peak_dbtp == pytest.approx(peak, abs=0.1)


@pytest.mark.parametrize("rate", [44_100, 96_000])
def test_other_sample_rates(rate: int) -> None:
    """The K filter moves with the rate."""
    sound = _sine(100, 5, 0.3, rate)
    assert measure(sound, rate).integrated_lufs == pytest.approx(_reference(sound, rate)[0], abs=0.05)


def test_calibration_tone() -> None:
    """A 997 Hz sine at 0 dBFS in one channel reads -3.01 LUFS (BS.1770-4)."""
    sound = _sine(997, 5, 1.0)
    sound[:, 1] = 0
    assert integrated_lufs(sound) == pytest.approx(-3.01, abs=0.02)


def test_gain_moves_loudness_by_as_much() -> None:
    """Ten decibels down is ten units down."""
    sound = _noise(10, 4)
    quieter = np.asarray(sound * np.float32(10**-0.5))
    assert integrated_lufs(sound) - integrated_lufs(quieter) == pytest.approx(10, abs=0.01)


def test_the_peak_between_samples_is_found() -> None:
    """A quarter-rate sine sampled 45 degrees off its crests peaks 3 dB above its samples."""
    sound = _sine(SAMPLE_RATE / 4, 1, 0.5, phase=math.pi / 4)[4800:-4800]
    assert 20 * math.log10(np.abs(sound).max()) == pytest.approx(-9.03, abs=0.02)
    assert true_peak_dbtp(sound) >= -6.1


@pytest.mark.parametrize("frames", [0, 1, 479, 4_800, 19_200])
def test_silence_has_no_loudness(frames: int) -> None:
    """Nothing in, minus infinity out, whatever the length."""
    got = measure(np.zeros((frames, 2), dtype=np.float32))
    assert got.integrated_lufs == -math.inf
    assert got.true_peak_dbtp == -math.inf
    assert got.range_lu == 0


def test_the_energies_are_enough() -> None:
    """Loudness from the 100 ms energies is the loudness of the sound."""
    sound = _noise(7, 5)
    assert integrated(energies(sound)) == integrated_lufs(sound)
