"""The string machine's chorus, the cloud of grains, the sung syllable."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from reelscore.perform.synths.wavetable import hertz
from reelscore.perform.voice import CONTROL_STEP, Take
from reelscore.perform.voices import VOICES
from reelscore.values.sound import SAMPLE_RATE, PlayedNote, Samples


def played(
    name: str, *pitches: int, at: float = 0.0, seconds: float = 3.0, cutoff: float | None = None, **settings: float
) -> Samples:
    frames = round(seconds * SAMPLE_RATE)
    curve = None if cutoff is None else np.full(frames // CONTROL_STEP + 2, cutoff, dtype=np.float32)
    take = Take(np.zeros((frames, 2), dtype=np.float32), 1, curve)
    notes = [PlayedNote("x", Fraction(round(at * 1000), 1000), Fraction(2), pitch, 100) for pitch in pitches]
    VOICES[name].render(notes, settings, take)
    return take.out


def likeness(samples: Samples) -> float:
    """Correlation of the two sides."""
    return float(np.asarray(np.corrcoef(samples.T))[0, 1])


def test_the_chorus_is_where_the_width_comes_from() -> None:
    """With its depth at nought the machine is nearly mono; at one, three keys are wide and still survive mono."""
    still, moved = (played("string_machine", 60, 64, 67, chorus=depth)[24_000:72_000] for depth in (0.0, 1.0))
    assert likeness(moved) < likeness(still) - 0.2
    assert np.mean(moved.mean(axis=1) ** 2) > 0.4 * np.mean(moved**2)


def test_a_cloud_never_repeats_but_holds_its_level() -> None:
    """Second after second the grains differ, and their loudness stays within 3 dB."""
    out = played("granular_pad", 60, 67, seconds=3)
    parts = [out[a : a + 24_000] for a in (43_200, 67_200)]
    assert not np.allclose(parts[0], parts[1], atol=0.01)
    assert abs(20 * np.log10(np.std(parts[0]) / np.std(parts[1]))) < 3


@pytest.mark.parametrize("name", ["string_machine", "granular_pad"])
def test_the_scores_cutoff_closes_them(name: str) -> None:
    """At 0.4 the highs are gone."""
    highs = []
    for cutoff in (1.0, 0.4):
        power = np.abs(np.fft.rfft(played(name, 60, cutoff=cutoff)[24_000:72_000, 0])) ** 2
        highs.append(power[3000:].sum())
    assert highs[1] < 0.1 * highs[0]


def test_a_chop_scoops_up_to_its_note() -> None:
    """The first 30 ms lie below the pitch, the rest on it."""
    out = played("vocal_chop", 69, width=0, vibrato_cents=0).sum(axis=1, dtype=np.float64)

    def off_cents(start: int, length: int) -> float:
        strength = np.abs(np.fft.rfft(out[start : start + length] * np.hanning(length), 1 << 18))
        f = np.arange(len(strength)) * (SAMPLE_RATE / (1 << 18))
        near = np.flatnonzero(np.abs(f / hertz(69) - 1) < 0.12)
        return float(1200 * np.log2(f[near[np.argmax(strength[near])]] / hertz(69)))

    assert off_cents(240, 1920) < -15
    assert abs(off_cents(14_400, 19_200)) < 6


def test_syllables_differ_by_place_and_are_the_same_again() -> None:
    """Chance stands on the position: another beat may sing another vowel, the same beat never does."""
    first, again = (played("vocal_chop", 64, at=0.0)[:48_000] for _ in range(2))
    assert np.array_equal(first, again)
    others = [played("vocal_chop", 64, at=at)[round(at * SAMPLE_RATE) :][:24_000] for at in (0.25, 0.5, 0.75, 1.0)]
    assert any(not np.allclose(first[:24_000], other, atol=0.02) for other in others)
