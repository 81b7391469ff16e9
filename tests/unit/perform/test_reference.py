"""Our sampler beside FluidSynth, where its library is installed: the same notes of the same font sound alike.

Both play without reverb and chorus; one constant level is allowed between them. Spectra are compared in thirds of an
octave, as the ear hears them. FluidSynth is no part of the product.
"""

from __future__ import annotations

import ctypes
import ctypes.util
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from reelscore.perform.played_sounds import FONT
from reelscore.perform.sampler import Strike, sound
from reelscore.perform.soundfont import open_font
from reelscore.values.sound import SAMPLE_RATE, Samples

LIBRARY = ctypes.util.find_library("fluidsynth")
FILE = Path(str(files("reelscore.perform") / "sounds" / FONT))
PRESETS = ((0, 0), (0, 11), (0, 24), (0, 33), (0, 48), (0, 56), (0, 73))
# Sweeping filters, crackle and a sample pitched down by four octaves: the two part in their LFOs and interpolation.
APART = {9: 4.0, 93: 5.0, 94: 3.0, 95: 5.0, 98: 5.0, 101: 8.0, 127: 4.0}
SECONDS, HELD_S = 2.0, 1.0
Bands = NDArray[np.float64]


class Fluid:
    """As little of FluidSynth as the comparison needs."""

    def __init__(self) -> None:
        lib = ctypes.CDLL(LIBRARY)
        for name in ("new_fluid_settings", "new_fluid_synth"):
            getattr(lib, name).restype = ctypes.c_void_p
        self._lib, self._settings = lib, ctypes.c_void_p(lib.new_fluid_settings())
        lib.fluid_settings_setnum(self._settings, b"synth.sample-rate", ctypes.c_double(SAMPLE_RATE))
        lib.fluid_settings_setnum(self._settings, b"synth.gain", ctypes.c_double(1.0))
        for key in (b"synth.reverb.active", b"synth.chorus.active"):
            lib.fluid_settings_setint(self._settings, key, 0)
        self._synth = ctypes.c_void_p(lib.new_fluid_synth(self._settings))
        self._font = lib.fluid_synth_sfload(self._synth, str(FILE).encode(), 1)
        if self._font < 0:
            pytest.skip("this FluidSynth does not read SF3")

    def play(self, preset: tuple[int, int], key: int, velocity: int) -> Samples:
        """One note, held HELD_S, SECONDS in all."""
        self._lib.fluid_synth_system_reset(self._synth)
        self._lib.fluid_synth_program_select(self._synth, 0, self._font, *preset)
        self._lib.fluid_synth_noteon(self._synth, 0, key, velocity)
        held = self._run(HELD_S)
        self._lib.fluid_synth_noteoff(self._synth, 0, key)
        return np.concatenate((held, self._run(SECONDS - HELD_S)))

    def _run(self, seconds: float) -> Samples:
        count = round(seconds * SAMPLE_RATE)
        left, right = ((ctypes.c_float * count)() for _ in range(2))
        self._lib.fluid_synth_write_float(self._synth, count, left, 0, 1, right, 0, 1)
        return np.stack([np.frombuffer(bytes(side), dtype=np.float32) for side in (left, right)], axis=1)

    def close(self) -> None:
        self._lib.delete_fluid_synth(self._synth)
        self._lib.delete_fluid_settings(self._settings)


def ours(preset: tuple[int, int], key: int, velocity: int) -> Samples:
    out: Samples = np.zeros((round(SECONDS * SAMPLE_RATE), 2), dtype=np.float32)
    sound(out, open_font(FILE), preset, Strike(0, round(HELD_S * SAMPLE_RATE), key, velocity))
    return out


def bands_db(samples: Samples) -> Bands:
    """Level in every third of an octave from 60 Hz to 12 kHz while the note is held, floored at -60 of the loudest."""
    mono = samples[2400:43_200].sum(axis=1, dtype=np.float64)
    power = np.abs(np.fft.rfft(mono * np.hanning(len(mono)))) ** 2
    f = np.fft.rfftfreq(len(mono), 1 / SAMPLE_RATE)
    edges = 60 * 2 ** (np.arange(24) / 3)
    level = np.array([power[(f >= a) & (f < b)].sum() for a, b in pairwise(edges)])
    found: Bands = 10 * np.log10(np.maximum(level, level.max() * 1e-6))
    return found


@pytest.mark.slow
@pytest.mark.skipif(LIBRARY is None, reason="FluidSynth is not installed")
def test_the_sampler_agrees_with_fluidsynth() -> None:
    """Per preset: spectra within 2 dB on average, levels within 2 dB of one common offset, releases alike."""
    reference = Fluid()
    try:
        offsets = []
        for preset in PRESETS:
            theirs, own = reference.play(preset, 60, 100), ours(preset, 60, 100)
            expected, actual = bands_db(theirs), bands_db(own)
            offset = 10 * np.log10(np.sum(10 ** (actual / 10)) / np.sum(10 ** (expected / 10)))
            offsets.append(offset)
            audible = expected > expected.max() - 45
            assert np.abs(actual - expected - offset)[audible].mean() < 2.0, preset
            fading = slice(round(1.25 * SAMPLE_RATE), round(1.35 * SAMPLE_RATE))
            tails = [20 * np.log10(np.std(x[fading]) / np.std(x[24_000:43_200]) + 0.005) for x in (theirs, own)]
            assert abs(tails[0] - tails[1]) < 8, preset
        assert np.ptp(offsets) < 4.0
    finally:
        reference.close()


@pytest.mark.slow
@pytest.mark.skipif(LIBRARY is None, reason="FluidSynth is not installed")
def test_every_preset_of_general_midi_sounds_as_in_fluidsynth() -> None:
    """Mean distance of the log spectra in thirds of an octave: at most 1.5 dB, but for those stated above."""
    reference = Fluid()
    try:
        presets = [at for at in open_font(FILE).presets if at[0] == 0]
        assert len(presets) == 128
        far = {}
        for preset in presets:
            expected, actual = bands_db(reference.play(preset, 60, 100)), bands_db(ours(preset, 60, 100))
            offset = 10 * np.log10(np.sum(10 ** (actual / 10)) / np.sum(10 ** (expected / 10)))
            distance = np.abs(actual - expected - offset)[expected > expected.max() - 45].mean()
            if distance > APART.get(preset[1], 1.5):
                far[preset] = round(float(distance), 1)
        assert not far
    finally:
        reference.close()


@pytest.mark.slow
@pytest.mark.skipif(LIBRARY is None, reason="FluidSynth is not installed")
def test_the_velocity_curve_is_fluidsynths() -> None:
    """From velocity 40 to 110 a piano rises by the same number of decibels."""
    reference = Fluid()
    try:
        rises = []
        for play in (reference.play, ours):
            soft, hard = (np.std(play((0, 0), 60, velocity)[:48_000]) for velocity in (40, 110))
            rises.append(20 * np.log10(hard / soft))
        assert rises[0] == pytest.approx(rises[1], abs=1.5)
    finally:
        reference.close()
