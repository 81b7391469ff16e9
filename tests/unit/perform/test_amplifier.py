"""Electric guitars: a power chord stays clear, a third does not growl, and the amplifier adds nothing it should not."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from reelscore.perform.synths.amplifier import buses, hands
from reelscore.perform.synths.wavetable import hertz
from reelscore.perform.voice import Take
from reelscore.perform.voices import VOICES
from reelscore.values.sound import SAMPLE_RATE, PlayedNote, Samples

AMPS = tuple(name for name in VOICES if name.startswith("amp_"))


def chord(*pitches: int, at: float = 0.0, seconds: float = 1.5, velocity: int = 105) -> list[PlayedNote]:
    start, length = (Fraction(round(value * 1000), 1000) for value in (at, seconds))
    return [PlayedNote("x", start, length, pitch, velocity) for pitch in pitches]


def played(name: str, notes: list[PlayedNote], seconds: float = 2.0, **settings: float) -> Samples:
    take = Take(np.zeros((round(seconds * SAMPLE_RATE), 2), dtype=np.float32))
    VOICES[name].render(notes, settings, take)
    return take.out


def power(samples: Samples) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    mono = samples[9600:57_600].sum(axis=1, dtype=np.float64)
    spectrum: NDArray[np.float64] = np.abs(np.fft.rfft(mono * np.blackman(len(mono)))) ** 2
    return np.asarray(np.fft.rfftfreq(len(mono), 1 / SAMPLE_RATE), dtype=np.float64), spectrum


def test_thirds_and_sevenths_get_an_amplifier_of_their_own() -> None:
    """Root, fifth, octave together; the colour of the chord apart; a chord of the next beat is another chord."""
    first, second = buses(chord(40, 44, 47, 52) + chord(45, at=1.0))
    assert [n.pitch for n in first] == [40, 47, 52, 45]
    assert [n.pitch for n in second] == [44]


@pytest.mark.parametrize("name", ["amp_crunch", "amp_high_gain"])
def test_a_major_chord_has_no_mud_below_its_root(name: str) -> None:
    """What sounds below the root (difference tones) is at least 14 dB under what sounds above it."""
    f, spectrum = power(played(name, chord(45, 49, 52, 57)))
    below, above = spectrum[(f > 25) & (f < hertz(44))].sum(), spectrum[f > hertz(44)].sum()
    assert 10 * np.log10(below / above) < -14


def test_a_power_chord_growls_an_octave_below() -> None:
    """Root and fifth in one amplifier make their difference tone: what power chords are played for."""
    f, spectrum = power(played("amp_high_gain", chord(52, 59)))
    difference = hertz(40)
    heard = spectrum[np.abs(f - difference) < 3].max()
    assert 10 * np.log10(heard / spectrum.max()) > -30


@pytest.mark.parametrize("name", AMPS)
def test_nothing_folds_back(name: str) -> None:
    """One steady note high on the neck: nothing between its harmonics within 40 dB."""
    still = {"width": 0.0, "ring": 20.0}
    f, spectrum = power(played(name, chord(81, seconds=2), **still))
    tone = hertz(81)
    between = (np.abs(f / tone - np.round(f / tone)) * tone > 0.25 * tone) & (f > 60)
    assert 10 * np.log10(spectrum[between].max() / spectrum.max()) < -40


@pytest.mark.parametrize("name", AMPS)
def test_the_speaker_ends_the_spectrum(name: str) -> None:
    """Above 10 kHz there is next to nothing: no fizz."""
    f, spectrum = power(played(name, chord(45, 52)))
    assert 10 * np.log10(spectrum[f > 10_000].sum() / spectrum.sum()) < -34


def test_silence_stays_silent_and_two_takes_are_wide() -> None:
    """No hum between notes; left and right are different takes of the same level."""
    out = played("amp_high_gain", chord(45, 52, seconds=0.5) + chord(45, 52, at=2.5, seconds=0.5), seconds=4)
    assert np.abs(out[round(1.6 * SAMPLE_RATE) : round(2.4 * SAMPLE_RATE)]).max() < 1e-4
    left, right = (np.std(out[4800:24_000, side]) for side in range(2))
    assert abs(20 * np.log10(left / right)) < 1.5
    assert np.asarray(np.corrcoef(out[4800:24_000].T))[0, 1] < 0.6


def test_a_palm_shortens_the_chug() -> None:
    """A held chug is gone after a third of a second, an open chord is not."""
    muted, open_ = (played(name, chord(40, 47)) for name in ("amp_chug", "amp_high_gain"))
    late = slice(round(0.9 * SAMPLE_RATE), round(1.2 * SAMPLE_RATE))
    assert np.std(muted[late]) < 0.05 * np.std(open_[late])


def test_a_note_high_on_the_neck_is_a_solo_in_the_middle() -> None:
    """Chords and low riffs come from two sides, a solo from one; its octave below is there when it is asked for."""
    rhythm, solo = hands(chord(45, 52) + chord(72, at=2.0) + chord(50, at=3.0))
    assert [n.pitch for n in solo] == [72]
    assert [n.pitch for n in rhythm] == [45, 52, 50]
    alone = played("amp_crunch", chord(72))
    assert np.array_equal(alone[:, 0], alone[:, 1])
    f, plain = power(alone)
    _, doubled = power(played("amp_crunch", chord(72), octave=1.0))
    below = np.abs(f - hertz(60)) < 8
    assert 10 * np.log10(doubled[below].sum() / plain[below].sum()) > 20


def test_a_plectrum_comes_to_one_string_after_the_other() -> None:
    """What is written on one instant is struck from the lowest string on, within a hundredth of a second."""
    rhythm, _ = hands(chord(40, 47, 52))
    late = [float(note.at) for note in rhythm]
    assert late == sorted(late)
    assert 0 < late[-1] - late[0] < 0.01
