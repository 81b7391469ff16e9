"""The string model: in tune everywhere, brighter when hard, damped when let go, never the same stroke twice running."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from reelscore.perform.synths.kept import Kept, Turns
from reelscore.perform.synths.plucked import repeated
from reelscore.perform.synths.string_model import Pluck, string
from reelscore.perform.synths.wavetable import hertz
from reelscore.perform.voice import Take
from reelscore.perform.voices import VOICES
from reelscore.values.sound import SAMPLE_RATE, PlayedNote, Samples

STRINGS = tuple(name for name in VOICES if name.endswith("_string"))


def note(at: float, seconds: float, pitch: int, velocity: int = 100, articulation: str = "") -> PlayedNote:
    return PlayedNote(
        "x", Fraction(round(at * 1000), 1000), Fraction(round(seconds * 1000), 1000), pitch, velocity, articulation
    )


def played(name: str, *notes: PlayedNote, seconds: float = 2.0, **settings: float) -> Samples:
    take = Take(np.zeros((round(seconds * SAMPLE_RATE), 2), dtype=np.float32))
    VOICES[name].render(notes, settings, take)
    return take.out


def off_cents(wave: NDArray[np.float64], pitch: int) -> float:
    """How far the fundamental is from the written pitch."""
    strength = np.abs(np.fft.rfft(wave * np.hanning(len(wave)), 1 << 19))
    f = np.arange(len(strength)) * (SAMPLE_RATE / (1 << 19))
    near = np.flatnonzero(np.abs(f / hertz(pitch) - 1) < 0.04)
    return float(1200 * np.log2(f[near[np.argmax(strength[near])]] / hertz(pitch)))


@pytest.mark.parametrize("pitch", range(40, 97, 8))
def test_a_string_is_in_tune_across_the_register(pitch: int) -> None:
    """Fractional delay and loss filter included: within 3 cents once the twang is over."""
    wave = string(pitch, 0.7, 2 * SAMPLE_RATE, 0, 0.0, Pluck(twang_cents=0))
    assert abs(off_cents(wave[4800:70_000], pitch)) < 3


@pytest.mark.parametrize("name", STRINGS)
def test_levels_are_even_across_the_register(name: str) -> None:
    """Three octaves within 6 dB: no key stands out."""
    levels = []
    for pitch in range(48, 85, 6):
        out = played(name, note(0, 0.5, pitch), seconds=0.5)[:9600]
        levels.append(10 * np.log10(float(np.mean(out.astype(np.float64) ** 2))))
    assert max(levels) - min(levels) < 6


@pytest.mark.parametrize("name", STRINGS)
def test_harder_is_brighter(name: str) -> None:
    """The share of highs grows with velocity."""
    shares = []
    for velocity in (30, 120):
        power = np.abs(np.fft.rfft(played(name, note(0, 0.4, 60, velocity), seconds=0.4).sum(axis=1))) ** 2
        shares.append(power[round(2500 * 0.4) :].sum() / power.sum())
    assert shares[1] > 1.5 * shares[0]


def test_letting_go_damps_the_string() -> None:
    """A banjo's short note is gone soon after; a held one rings."""
    short, held = (played("banjo_string", note(0, length, 60)) for length in (0.15, 1.5))
    later = slice(round(0.5 * SAMPLE_RATE), round(0.7 * SAMPLE_RATE))
    assert np.std(short[later]) < 0.03 * np.std(held[later])


def test_strokes_take_turns() -> None:
    """Equal notes in a row are different strokes of nearly equal level."""
    out = played("koto_string", *(note(i * 0.5, 0.1, 60) for i in range(4)), release_s=0.05)
    strokes = [out[i * 24_000 : i * 24_000 + 9600] for i in range(4)]
    assert all(not np.array_equal(a, b) for a, b in pairwise(strokes))
    levels = [20 * np.log10(np.std(stroke)) for stroke in strokes]
    assert max(levels) - min(levels) < 2.5


def test_a_pulled_note_bends_and_is_not_plucked() -> None:
    """A sitar's tied step comes from the note before, without the plectrum's noise."""
    tied = [note(0, 0.53, 60, 100, "legato"), note(0.5, 1, 62, 100, "legato")]
    bent, straight = (played("sitar_string", *tied, pulled=share, sympathy=0, buzz=0) for share in (1.0, 0.0))
    onset = slice(24_000, 24_000 + 2400)
    assert np.abs(np.diff(bent[onset], axis=0)).max() < 0.7 * np.abs(np.diff(straight[onset], axis=0)).max()
    early = bent[24_480:28_320].sum(axis=1).astype(np.float64)
    assert off_cents(early, 62) < -25


def test_long_notes_of_a_mandolin_are_a_tremolo() -> None:
    """Strokes at the set rate fill the note and no more; short notes are one stroke."""
    patch = Pluck(tremolo_after_s=0.7, tremolo_hz=12)
    strokes = repeated(note(1, 2, 70), patch)
    assert len(strokes) == 24
    assert strokes[0][0] == 1.0
    assert strokes[-1][0] + strokes[-1][1] < 3.05
    assert len(repeated(note(1, 0.5, 70), patch)) == 1


def test_the_bridge_of_a_sitar_feeds_highs() -> None:
    """With the curved bridge, highs that a plain string has lost are still there after a third of a second."""
    share = []
    for buzz in (0.0, 14.0):
        wave = string(57, 0.9, SAMPLE_RATE, 0, 0.0, Pluck(damp=0.05, buzz=buzz))[16_000:32_000]
        power = np.abs(np.fft.rfft(wave)) ** 2
        share.append(power[round(3000 / 3) :].sum() / power.sum())
    assert share[1] > 2 * share[0]


def test_what_is_kept_stays_within_its_memory() -> None:
    """The longest unused is forgotten first and drawn again when asked for."""
    kept, drawn = Kept(3 * 800), list[int]()

    def draw(number: int) -> Samples:
        drawn.append(number)
        return np.zeros((100, 2), dtype=np.float32)

    for number in (1, 2, 3, 1, 4, 1, 2):
        kept(number, lambda number=number: draw(number))  # type: ignore[misc]
    assert drawn == [1, 2, 3, 4, 2]


def test_takes_hang_on_their_own_place() -> None:
    """No key has the same take twice running here, and other notes written earlier change no take from then on."""
    places = [Fraction(i, 3) for i in range(12)]
    first, second = Turns(3, 1, "x"), Turns(3, 1, "x")
    whole = [first(60, at) for at in places]
    rewritten = [second(60, at) for at in (Fraction(1, 7), *places[4:])]
    assert whole[5:] == rewritten[2:]
    assert set(whole) == {0, 1, 2}
