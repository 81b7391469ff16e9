"""Every genre against the gates of release: loudness, range, air, and nothing that should not be there.

One piece of each genre is composed, performed and mastered once, and everything is measured on it. What a genre may
differ in stands in the tables below.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import chain

import numpy as np
import pytest
from numpy.typing import NDArray

from reelscore.brief.make import make_brief
from reelscore.catalogue import vocabulary
from reelscore.compose.genre import Genre
from reelscore.compose.tables import genres
from reelscore.compose.write import write_score
from reelscore.perform.record import record
from reelscore.values.brief import Wishes
from reelscore.values.score import Score
from reelscore.values.sound import SAMPLE_RATE, Samples

SECONDS = 24
Decibels = float

# Loudness range in LU over 24 s: machines hold a level, bands breathe, an orchestra swells.
_MACHINES = (
    "chiptune", "disco", "dnb", "dubstep", "edm", "hiphop", "house", "synthpop", "synthwave", "tech_minimal",
    "techno", "trap", "afrobeats",
)  # fmt: skip
_BANDS = (
    "blues", "bossa", "corporate", "country", "folk", "funk", "jazz", "latin", "metal", "pop", "post_rock", "reggae",
    "rock", "ukulele_happy",
)  # fmt: skip
_FREE = (
    "ambient", "chinese", "choral", "cinematic", "classical", "horror", "indian", "japanese", "piano_solo", "waltz",
)  # fmt: skip
RANGES_LU: Mapping[str, tuple[float, float]] = dict(
    chain(
        ((name, (0.8, 6.0)) for name in _MACHINES),
        [("lofi", (0.6, 6.0))],  # a loop for the background: it holds its level more than any
        ((name, (0.8, 7.0)) for name in _BANDS),
        ((name, (1.0, 9.0)) for name in _FREE),
    )
)


def share_db(samples: Samples, low: float, high: float) -> Decibels:
    """Power between two frequencies, in dB of full scale, both channels averaged."""
    size = 4096
    blocks = samples[: len(samples) // size * size].reshape(-1, size, 2) * np.hanning(size)[None, :, None]
    power = (np.abs(np.fft.rfft(blocks, axis=1)) ** 2).mean(axis=(0, 2))
    at = np.fft.rfftfreq(size, 1 / SAMPLE_RATE)
    return float(10 * np.log10(power[(at >= low) & (at < high)].sum() + 1e-9))


def clicks(samples: Samples) -> NDArray[np.float64]:
    """How far each second difference stands out of the 4 ms before and behind it: music stays below 12."""
    bend = np.abs(np.diff(samples, 2, axis=0)).max(axis=1).astype(np.float64)
    sums = np.concatenate(([0.0], np.cumsum(bend**2)))
    at, width = np.arange(len(bend)), 192

    def rms(first: NDArray[np.int_]) -> NDArray[np.float64]:
        start, end = np.clip(first, 0, len(bend)), np.clip(first + width, 0, len(bend))
        found: NDArray[np.float64] = np.sqrt((sums[end] - sums[start]) / np.maximum(1, end - start))
        return found

    around = np.maximum(rms(at - width - 2), rms(at + 3))
    return np.asarray(bend / (around + 1e-3))


def at_joints(score: Score, frames: int) -> NDArray[np.bool_]:
    """The 50 ms around every change of section."""
    near = np.zeros(frames, dtype=np.bool_)
    for section in score.sections[1:]:
        at = round(score.tempo_map.seconds_at(section.start) * SAMPLE_RATE)
        near[max(0, at - 1440) : at + 960] = True
    return near


def faults_of_tone(genre: Genre, samples: Samples, bar: int) -> list[str]:
    """What is amiss between 8 and 14 kHz, in the whole and from the first bar on, unless the genre says otherwise."""
    faults = []
    whole = share_db(samples, 8000, 14_000)
    share = whole - share_db(samples, 0, 24_000)
    if share < genre.air_db:
        faults.append(f"8-14 kHz is {share:.1f} dB of the whole")
    first = share_db(samples[: max(8192, bar)], 8000, 14_000)
    if not genre.dawns and first < whole - 8:
        faults.append(f"the first bar has {first - whole:.1f} dB of the piece's air")
    return faults


def test_every_genre_stands_in_the_table_of_ranges() -> None:
    assert set(RANGES_LU) == set(genres())


def test_a_click_at_a_joint_is_seen() -> None:
    """The measure itself: a small step in a loud chord."""
    t = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    chord = sum(0.2 * np.sin(2 * np.pi * hertz * t) for hertz in (220.0, 277.2, 329.6))
    sound = np.stack([chord, chord], axis=1).astype(np.float32)
    assert clicks(sound)[100:-100].max() < 12
    sound[24_000:] += np.float32(0.02)
    assert clicks(sound)[23_990:24_010].max() > 12


@pytest.mark.slow
@pytest.mark.parametrize("genre", list(genres()))
def test_a_genre_passes_every_gate(genre: str) -> None:
    brief = make_brief("", Wishes(seed=1, duration=Fraction(SECONDS), genre=genre), vocabulary())
    score = write_score(brief)
    mix = record(score, brief.duration, brief.loudness, stems=False).mix
    sound, heard = mix.samples, mix.loudness
    faults = []
    if abs(heard.integrated_lufs + 14) > 0.3:
        faults.append(f"{heard.integrated_lufs:.2f} LUFS")
    if heard.true_peak_dbtp > -1:
        faults.append(f"{heard.true_peak_dbtp:.2f} dBTP")
    narrowest, widest = RANGES_LU[genre]
    if not narrowest <= heard.range_lu <= widest:
        faults.append(f"a range of {heard.range_lu:.1f} LU, not {narrowest} to {widest}")
    bar = round(score.tempo_map.seconds_at(score.tempo_map.bars[0].end) * SAMPLE_RATE)
    faults += faults_of_tone(genres()[genre], sound, bar)
    offset = float(np.abs(sound.mean(axis=0, dtype=np.float64)).max())
    if offset >= 1e-4:
        faults.append(f"an offset of {offset:.1e}")
    for what, samples in (("music", sound), ("unmastered mix", mix.unmastered)):
        if np.abs(samples).max() >= 1:
            faults.append(f"the {what} clips")
    standing_out = clicks(sound)
    near = at_joints(score, len(standing_out))
    if near.any() and standing_out[near].max() > max(12.0, standing_out[~near].max()):
        faults.append(f"a click of {standing_out[near].max():.0f} at a joint")
    assert not faults, faults
