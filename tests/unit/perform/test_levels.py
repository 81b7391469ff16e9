"""Every instrument is as loud as any other, so that replacing one by another leaves the balance alone.

Measured as a listener would: the loudest 400 ms (BS.1770) of one two-second note, velocity 100, in the middle of the
range; of kits, two bars of an ordinary groove. The figures are those of the instruments that came first.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from reelscore.perform.band import render_player
from reelscore.perform.tables import Instrument, instruments
from reelscore.values.loudness import energies, lufs
from reelscore.values.score import Feel
from reelscore.values.sound import SAMPLE_RATE, PlayedNote, Samples
from tests.unit.perform.scores import piece

pytestmark = pytest.mark.slow

NOTE_LUFS, KIT_LUFS, PERCUSSION_LUFS = -22.4, -17.8, -21.0
TOLERANCE_LU = 1.6

GROOVES = {
    "tabla": (60, 62, 61, 63, 64, 60, 62, 61),
    "chinese_percussion": (76, 77, 76, 36, 76, 77, 41, 43),
    "wadaiko": (36, 41, 43, 45, 36, 48, 41, 43),
    "hand_claps": (39, 39, 39, 39),
    "light_percussion": (82, 54, 82, 54, 82, 54, 82, 54),
}
HANDS = (63, 64, 62, 60, 61, 63, 64, 64)
BACKBEAT = ((36, 42), (42,), (38, 42), (42,), (36, 42), (42,), (38, 42), (42,))


def sounded(name: str, *struck: tuple[float, float, int], velocity: int = 100, seconds: float = 3.0) -> Samples:
    """One player alone; `struck` are (start, length, pitch), in seconds."""
    score = piece({name: []}, feel=Feel(looseness=0.0))
    notes = [PlayedNote(name, Fraction(at), Fraction(length), pitch, velocity) for at, length, pitch in struck]
    return render_player(score, score.player(name), notes, round(seconds * SAMPLE_RATE))


def loudest_lufs(samples: Samples) -> float:
    """Momentary loudness at its highest."""
    curve = energies(samples)
    return max(lufs(float(np.mean(curve[i : i + 4]))) for i in range(len(curve) - 3))


def of_groove(plays: Instrument) -> float:
    """A kit's loudness over two bars at 120 bpm."""
    steps = BACKBEAT if plays.family == "drums" else tuple((p,) for p in GROOVES.get(plays.name, HANDS))
    struck = [(i * 2 / len(steps), 0.125, pitch) for i, step in enumerate(steps) for pitch in step]
    return loudest_lufs(sounded(plays.name, *struck, seconds=2.0))


@pytest.mark.parametrize("name", [n for n, i in instruments().items() if not i.kit and i.family != "fx"])
def test_a_note_in_the_middle_is_as_loud_on_every_instrument(name: str) -> None:
    """Velocity 100 means the same everywhere."""
    plays = instruments()[name]
    heard = loudest_lufs(sounded(name, (0.0, 2.0, (plays.low + plays.high) // 2)))
    assert heard == pytest.approx(NOTE_LUFS, abs=TOLERANCE_LU)


@pytest.mark.parametrize("name", [n for n, i in instruments().items() if i.kit])
def test_a_groove_is_as_loud_on_every_kit(name: str) -> None:
    """One kit can take another's place."""
    plays = instruments()[name]
    target = KIT_LUFS if plays.family == "drums" else PERCUSSION_LUFS
    assert of_groove(plays) == pytest.approx(target, abs=TOLERANCE_LU)


@pytest.mark.parametrize("name", [n for n, i in instruments().items() if not i.kit and i.family != "fx"])
def test_levels_hold_across_the_register(name: str) -> None:
    """No key of the range is more than 8 LU louder or 13 LU softer than the middle one."""
    plays = instruments()[name]
    keys = [round(plays.low + (plays.high - plays.low) * share) for share in (0.1, 0.3, 0.5, 0.7, 0.9)]
    heard = [loudest_lufs(sounded(name, (0.0, 1.0, key), seconds=1.2)) for key in keys]
    assert max(heard) - heard[2] < 8
    assert heard[2] - min(heard) < 13


@pytest.mark.parametrize("name", [n for n, i in instruments().items() if i.family != "fx"])
def test_notes_begin_and_end_without_clicks_or_offset(name: str) -> None:
    """What is left when a note is over falls to nothing in small steps, and no sound stands off centre."""
    plays = instruments()[name]
    pitch = {"tabla": 60, "hand_claps": 39, "light_percussion": 82, "latin_percussion": 63, "afro_percussion": 63}.get(
        name, 36 if plays.kit else (plays.low + plays.high) // 2
    )
    out = sounded(name, (0.1, 0.4, pitch), seconds=14.0)
    last = int(np.flatnonzero(np.abs(out).max(axis=1) > 0)[-1])
    assert np.abs(np.diff(out[last - 24 : last + 2], axis=0)).max() < 0.02 * np.abs(out).max()
    assert abs(float(out[: 2 * SAMPLE_RATE].mean())) < 0.003
