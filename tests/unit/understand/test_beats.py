"""Beats and bars are found in music that was not written here, and none where there are none.

F-measures are over beats within 70 ms, the first second left out, as is usual.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from reelscore.edit.known import SURE_OF_BEATS, facts_of_reading
from reelscore.understand.beats import Beats, beats_of
from reelscore.understand.read import read_media
from reelscore.understand.strengths import RATE, Ear
from tests.unit.understand.grooves import Groove, clicks, groove

pytestmark = pytest.mark.slow

NEAR = 0.07
MEDIA = os.environ.get("REELSCORE_TEST_MEDIA", "")


def heard(sound: NDArray[np.float32], piece: int = 50_000) -> Beats:
    """The beats of sound that comes in pieces."""
    ear = Ear()
    for start in range(0, len(sound), piece):
        ear.push(sound[start : start + piece])
    return beats_of(ear.strengths())


def f_measure(found: Sequence[float], at: Sequence[float] | NDArray[np.float64]) -> float:
    """Agreement of two rows of moments, 0..1."""
    ours, theirs = (np.array([t for t in row if t >= 1.0]) for row in (found, at))
    if not len(ours) or not len(theirs):
        return 0.0
    hits = sum(bool(np.min(np.abs(ours - t)) <= NEAR) for t in theirs)
    return float(2 * hits / (len(ours) + len(theirs)))


def error(found: Beats, piece: Groove) -> float:
    """The median distance of a beat from the nearest that was found, in seconds."""
    return float(np.median([np.min(np.abs(np.array(found.beats) - at)) for at in piece.beats]))


@pytest.mark.parametrize("bpm", [80, 104, 128, 160])
def test_a_click_track_is_followed(bpm: int) -> None:
    """Ticks: every beat, its tempo to a tenth, and no doubt about it."""
    at = np.arange(0.5, 20, 60 / bpm)
    found = heard(clicks(at, 20))
    assert f_measure(found.beats, at) >= 0.98
    assert abs(found.bpm - bpm) < 0.5
    assert np.median([np.min(np.abs(np.array(found.beats) - t)) for t in at]) < 0.012  # less than half a frame
    assert found.confidence > 0.7


@pytest.mark.parametrize(
    ("kind", "bpm", "meter", "swing"),
    [("rock", 96, 4, 0.5), ("rock", 126, 4, 0.6), ("rock", 110, 3, 0.5), ("oompah", 150, 3, 0.5),
     ("oompah", 112, 4, 0.5), ("chords", 100, 4, 0.5), ("chords", 100, 3, 0.5)],
)  # fmt: skip
def test_bars_of_three_and_four_are_told_apart(kind: str, bpm: int, meter: int, swing: float) -> None:
    """Drums and chords, even and swung: beats, bar length, and where bars begin."""
    piece = groove(kind, bpm, meter, swing=swing)
    found = heard(piece.sound)
    assert f_measure(found.beats, piece.beats) >= 0.95
    assert found.meter == meter
    assert f_measure(found.downbeats, piece.downbeats) >= 0.9
    assert error(found, piece) < 0.015
    assert found.confidence > SURE_OF_BEATS


@pytest.mark.parametrize("swing", [0.58, 0.667])
def test_swung_off_beats_are_not_taken_for_beats(swing: float) -> None:
    """Chords only on the swung off-beats, a quiet bass on the beats."""
    piece = groove("shuffle", 132, 4, swing=swing)
    assert f_measure(heard(piece.sound).beats, piece.beats) >= 0.9


@pytest.mark.parametrize("to_bpm", [108, 132])
def test_a_tempo_that_drifts_is_followed(to_bpm: int) -> None:
    """From 120 beats a minute to ten per cent less or more within half a minute."""
    piece = groove("rock", 120, 4, to_bpm=to_bpm)
    assert f_measure(heard(piece.sound).beats, piece.beats) >= 0.95


def test_hats_between_the_beats_do_not_shift_them() -> None:
    """A drum on each beat, a hat half-way: the bars' chords tell which is which."""
    piece = groove("offbeat", 122, 3)
    assert f_measure(heard(piece.sound).beats, piece.beats) >= 0.95


def noises() -> dict[str, NDArray[np.float32]]:
    """What has no beat."""
    rng = np.random.default_rng(3)
    noise = rng.normal(0, 0.1, 30 * RATE)
    t = np.arange(30 * RATE) / RATE
    pad = sum(np.sin(2 * np.pi * f * t + 3 * np.sin(0.7 * t)) for f in (110, 165, 220)) * 0.1
    words = noise * np.repeat(rng.random(200) ** 2, 30 * RATE // 200)
    return {
        "noise": noise.astype(np.float32),
        "a pad": np.asarray(pad, dtype=np.float32),
        "syllables": words.astype(np.float32),
        "scattered clicks": clicks(np.cumsum(rng.uniform(0.15, 0.9, 50)), 30),
    }


@pytest.mark.parametrize("name", list(noises()))
def test_what_has_no_beat_is_not_believed(name: str) -> None:
    """Confidence stays below what an edit asks for."""
    assert heard(noises()[name]).confidence < SURE_OF_BEATS


@pytest.mark.parametrize("seconds", [0.0, 0.1, 3.0, 20.0])
def test_silence_and_scraps_have_no_beats(seconds: float) -> None:
    """Nothing is made up."""
    assert heard(np.zeros(round(seconds * RATE), dtype=np.float32)) == Beats()


def test_beats_rise_within_the_sound_and_bars_begin_on_them() -> None:
    """In order, inside, downbeats among the beats; silence before and after music has none."""
    piece = groove("rock", 120, seconds=16)
    quiet = np.zeros(6 * RATE, dtype=np.float32)
    found = heard(np.concatenate((quiet, piece.sound, quiet)))
    beats = np.array(found.beats)
    assert np.all(np.diff(beats) > 0)
    assert set(found.downbeats) <= set(found.beats)
    assert beats[0] > 5.5
    assert beats[-1] < 6 + 16 + 0.6


def test_how_the_sound_comes_does_not_matter() -> None:
    """Blocks of any size give the same beats."""
    sound = groove("rock", 100, seconds=12).sound
    assert heard(sound, 7_777) == heard(sound, len(sound))


@pytest.mark.skipif(not MEDIA, reason="REELSCORE_TEST_MEDIA names no folder of real media")
@pytest.mark.parametrize(
    ("name", "bpm", "meter", "least"),
    [("rock_keep_on_rolling_104bpm.mp3", 104.0, 4, 0.95), ("waltz_time_boogi_marabi_3-4_153bpm.m4a", 153.0, 3, 0.83)],
)
def test_played_music_has_its_beats_and_bars(name: str, bpm: float, meter: int, least: float) -> None:
    """Against the written beats; the waltz is taken a third of a beat late for its first nine seconds."""
    reading = read_media(Path(MEDIA, name))
    facts = facts_of_reading(reading)
    written = np.loadtxt(Path(MEDIA, f"{name}.beats.txt"))
    assert reading.audio is not None
    assert abs(reading.audio.bpm - bpm) < 1
    assert reading.audio.meter == meter
    assert f_measure([float(at) for at in facts.beats], written[:, 0]) >= least
    assert f_measure([float(at) for at in facts.downbeats], written[written[:, 1] == 1, 0]) >= least
