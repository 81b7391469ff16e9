"""How sampled solo players phrase: vibrato sets in late, tied notes slide without a new attack, soft notes are dark."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from reelscore.perform.band import render_player
from reelscore.perform.sampler import Strike, sound
from reelscore.perform.soundfont import SoundFont
from reelscore.perform.synths.wavetable import hertz
from reelscore.perform.voice import Take
from reelscore.perform.voices import VOICES
from reelscore.values.score import Feel
from reelscore.values.sound import SAMPLE_RATE, PlayedNote, Samples
from tests.unit.perform.fonts import SAMPLE, Font, sine, write_font
from tests.unit.perform.scores import piece

Curve = NDArray[np.float64]


def phrase(name: str, *notes: tuple[float, float, int, int], seconds: float = 3.0) -> Samples:
    """One player alone; notes are (start, length, pitch, velocity)."""
    score = piece({name: []}, feel=Feel(looseness=0.0))
    struck = [
        PlayedNote(
            name, Fraction(round(at * 1e3), 1000), Fraction(round(length * 1e3), 1000), pitch, velocity, "legato"
        )
        for at, length, pitch, velocity in notes
    ]
    return render_player(score, score.player(name), struck, round(seconds * SAMPLE_RATE))


def cents_over_time(samples: Samples, pitch: int) -> Curve:
    """Pitch every 20 ms against the written one, from the strongest bin near it."""
    mono, width = samples.sum(axis=1, dtype=np.float64), 4096
    f = np.arange(32_769) * (SAMPLE_RATE / 65_536)
    near = np.flatnonzero(np.abs(np.log2(np.maximum(f, 1) / hertz(pitch))) < 0.2)
    found = []
    for start in range(0, len(mono) - width, 960):
        strength = np.abs(np.fft.rfft(mono[start : start + width] * np.hanning(width), 65_536))
        found.append(1200 * np.log2(f[near[np.argmax(strength[near])]] / hertz(pitch)))
    return np.array(found)


def share_above(samples: Samples, hz: float) -> float:
    """Part of the power that lies above a frequency."""
    power = np.abs(np.fft.rfft(samples.sum(axis=1, dtype=np.float64) * np.hanning(len(samples)))) ** 2
    return float(power[round(hz * len(samples) / SAMPLE_RATE) :].sum() / power.sum())


def test_vibrato_sets_in_late() -> None:
    """A trumpet's long note stands straight first and sways in its second half; a short note never sways."""
    cents = cents_over_time(phrase("trumpet", (0.0, 2.4, 70, 95)), 70)
    assert cents[70:110].std() > 2.5 * cents[8:22].std()
    assert cents[70:110].std() > 5


def test_a_tied_note_slides_from_the_one_before() -> None:
    """50 ms into the second of two tied notes the pitch lies between; a detached one is nearly there at once."""
    tied = cents_over_time(phrase("erhu", (0.0, 1.03, 67, 95), (1.0, 1.0, 71, 95)), 71)
    apart = cents_over_time(phrase("erhu", (0.0, 0.7, 67, 95), (1.0, 1.0, 71, 95)), 71)
    early = slice(49, 53)
    assert tied[early].mean() < apart[early].mean() - 40
    assert abs(tied[75:90].mean()) < 15


def test_chords_do_not_slide() -> None:
    """Notes struck together keep their pitches."""
    chord = phrase("violin", (0.0, 1.0, 67, 95), (0.0, 1.0, 71, 95))
    alone = phrase("violin", (0.0, 1.0, 67, 95))
    other = phrase("violin", (0.0, 1.0, 71, 95))
    assert np.abs(chord - alone - other).max() < 1e-4 * np.abs(chord).max()


@pytest.mark.parametrize("name", ["trumpet", "violin", "tenor_sax", "horn_section"])
def test_soft_notes_are_darker(name: str) -> None:
    """Velocity moves the filter, not only the level."""
    soft, hard = (share_above(phrase(name, (0.0, 1.0, 66, v))[4800:43_200], 2500) for v in (35, 120))
    assert hard > 1.4 * soft


def test_a_swell_peaks_in_the_middle(tmp_path: Path) -> None:
    """A strike that swells by 6 dB is that much louder half-way than at its end."""
    held = [(54, 1), (SAMPLE, 0)]  # looped
    font = SoundFont(write_font(tmp_path / "held.sf2", Font([sine(cycles_looped=110)], [[held]])))
    plain, swelling = np.zeros((SAMPLE_RATE, 2), np.float32), np.zeros((SAMPLE_RATE, 2), np.float32)
    sound(plain, font, (0, 0), Strike(0, SAMPLE_RATE, 60, 100))
    sound(swelling, font, (0, 0), Strike(0, SAMPLE_RATE, 60, 100, swell_db=6.0))
    gain = [np.std(swelling[a : a + 2400]) / np.std(plain[a : a + 2400]) for a in (24_000 - 1200, 45_600)]
    assert 20 * np.log10(gain[0]) == pytest.approx(6.0, abs=0.1)
    assert 20 * np.log10(gain[1]) < 1.0


def test_breath_begins_with_a_chiff_unless_tied() -> None:
    """The first 30 ms of a detached note are louder than its middle; of a tied one they are not."""
    take = Take(np.zeros((2 * SAMPLE_RATE, 2), dtype=np.float32))
    notes = [
        PlayedNote("x", Fraction(0), Fraction(1), 70, 100),
        PlayedNote("x", Fraction(1), Fraction(1), 72, 100),
    ]
    VOICES["breath"].render(notes, {}, take)
    level = [float(np.std(take.out[a : a + 1440])) for a in (480, 24_000, 48_480, 72_000)]
    assert level[0] > 1.8 * level[1]
    assert level[2] < 1.6 * level[3]
