"""The line synthesiser: tied notes slide, separate ones attack, wobbles keep time, pulses have their duty."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from reelscore.perform.synths.line import NEUTRAL, Patch, phrases, render
from reelscore.perform.synths.wavetable import hertz
from reelscore.perform.voice import CONTROL_STEP, Take
from reelscore.perform.voices import VOICES
from reelscore.values.sound import SAMPLE_RATE, PlayedNote

STILL = {"unison": 1.0, "drift_cents": 0.0, "vibrato_cents": 0.0}


def note(at: float, seconds: float, pitch: int, velocity: int = 100) -> PlayedNote:
    return PlayedNote(
        "x", Fraction(at).limit_denominator(1000), Fraction(seconds).limit_denominator(1000), pitch, velocity
    )


def played(*notes: PlayedNote, seconds: float = 2.0, beats: float = 0.0, **settings: float) -> NDArray[np.float64]:
    """The left side; `beats` a second, 0 for a take without any."""
    frames = round(seconds * SAMPLE_RATE)
    clock = np.arange(frames // CONTROL_STEP + 2, dtype=np.float64) * (CONTROL_STEP / SAMPLE_RATE * beats)
    take = Take(np.zeros((frames, 2), dtype=np.float32), beats=clock if beats else None)
    render(notes, {**NEUTRAL, **settings}, take)
    return take.out[:, 0].astype(np.float64)


def power(wave: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    spectrum: NDArray[np.float64] = np.abs(np.fft.rfft(wave * np.blackman(len(wave)))) ** 2
    return np.asarray(np.fft.rfftfreq(len(wave), 1 / SAMPLE_RATE), dtype=np.float64), spectrum


def test_notes_that_touch_are_one_phrase() -> None:
    """A gap longer than the touch ends it; of two notes struck together the higher one sings."""
    notes = [note(0, 0.5, 40), note(0.5, 0.5, 43), note(1.2, 0.3, 40), note(1.2, 0.3, 47)]
    found = phrases(notes, Patch())
    assert [[n.pitch for n in phrase] for phrase in found] == [[40, 43], [47]]


def test_a_tied_note_slides_and_has_no_second_attack() -> None:
    """The envelope of a plucked setting goes on falling through a tie; a detached note starts it again."""
    plucked = {"sustain": 0.0, "decay_s": 0.5, "glide_s": 0.1, **STILL}
    tied = played(note(0, 0.5, 45), note(0.5, 0.5, 57), **plucked)
    apart = played(note(0, 0.45, 45), note(0.5, 0.5, 57), **plucked)
    second = slice(round(0.52 * SAMPLE_RATE), round(0.6 * SAMPLE_RATE))
    assert np.std(tied[second]) < 0.5 * np.std(apart[second])


def test_the_phase_never_jumps_within_a_phrase() -> None:
    """Across a tie of a pure sine no step is larger than the sine's own steepest."""
    wave = played(note(0, 0.5, 60), note(0.5, 0.5, 64), wave=0, glide_s=0.05, sustain=1.0, **STILL)
    seam = np.abs(np.diff(wave[round(0.49 * SAMPLE_RATE) : round(0.53 * SAMPLE_RATE)])).max()
    assert seam < 1.15 * 2 * np.pi * hertz(64) / SAMPLE_RATE * np.abs(wave).max()


def test_a_wobble_keeps_the_beat() -> None:
    """Two cycles a beat at 1.5 beats a second: brightness swings three times a second."""
    wave = played(
        note(0, 4, 40), seconds=4, beats=1.5, lfo_per_beat=2, lfo_octaves=4, cutoff_hz=150, sustain=1, slope=24, **STILL
    )
    edges = np.abs(np.diff(wave))
    level = np.array([edges[i : i + 480].mean() for i in range(24_000, 168_000, 480)])
    rate, strength = np.fft.rfftfreq(len(level), 0.01), np.abs(np.fft.rfft(level - level.mean()))
    assert rate[np.argmax(strength)] == pytest.approx(3.0, abs=0.35)


@pytest.mark.parametrize("duty", [0.125, 0.25, 0.5])
def test_a_pulse_lacks_the_harmonics_of_its_duty(duty: float) -> None:
    """Every harmonic that is a multiple of 1 / duty is missing, as on the chips."""
    wave = played(note(0, 2, 57), duty=duty, sustain=1.0, **STILL)[12_000:84_000]
    f, strength = power(wave)
    missing = round(1 / duty)
    tone = hertz(57)
    heard = [strength[np.abs(f - k * tone) < 8].max() for k in (1, missing)]
    assert 10 * np.log10(heard[1] / heard[0]) < -55


def test_the_stepped_triangle_has_the_chips_grit() -> None:
    """A triangle's harmonics fall by 12 dB an octave; the sixteen steps leave strong ones around the 31st and 33rd."""
    take = Take(np.zeros((2 * SAMPLE_RATE, 2), dtype=np.float32))
    VOICES["triangle_bass"].render([note(0, 2, 33)], {}, take)
    f, strength = power(take.out[12_000:84_000, 0].astype(np.float64))
    tone = hertz(33)
    level = {k: 10 * np.log10(strength[np.abs(f - k * tone) < 4].max()) for k in (1, 3, 27, 31, 33)}
    assert level[1] - level[3] == pytest.approx(19, abs=1.5)
    assert level[31] > level[27] + 10


@pytest.mark.parametrize(
    ("name", "top"),
    [
        ("saw_lead", 93),
        ("square_lead", 93),
        ("pulse_lead", 100),
        ("pulse_arp", 100),
        ("hard_lead", 90),
        ("acid_bass", 60),
    ],
)  # fmt: skip
def test_aliases_stay_far_below(name: str, top: int) -> None:
    """Swept up to the top of the range, nothing sounds between the harmonics, drives and all."""
    plain = {**STILL, **dict.fromkeys(("detune_cents", "pwm", "second", "noise", "bend_semitones", "steps"), 0.0)}
    for pitch in (top - 24, top - 12, top):
        take = Take(np.zeros((2 * SAMPLE_RATE, 2), dtype=np.float32))
        VOICES[name].render([note(0, 2, pitch)], plain, take)
        f, strength = power(take.out[SAMPLE_RATE // 2 : SAMPLE_RATE * 3 // 2, 0].astype(np.float64))
        tone = hertz(pitch)
        between = (np.abs(f / tone - np.round(f / tone)) * tone > min(60.0, 0.3 * tone)) & (f > 60)
        assert 10 * np.log10(strength[between].max() / strength.max()) < -45, pitch


def test_an_accent_opens_the_acid_filter() -> None:
    """A louder note is brighter in proportion, not just louder."""
    soft, hard = (
        power(played(note(0, 0.5, 40, velocity), seconds=1.0, **VOICES["acid_bass"].settings)) for velocity in (70, 127)
    )
    share = [float(s[f > 1500].sum() / s.sum()) for f, s in (soft, hard)]
    assert share[1] > 3 * share[0]
