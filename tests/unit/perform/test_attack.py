"""Attacks: what rises slowly starts before its beat, so that it is heard on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from reelscore.perform.attack import EARLIEST_S, early_s
from reelscore.perform.band import render_player
from reelscore.perform.humanise import play
from reelscore.perform.played_sounds import shipped
from reelscore.perform.sampler import Strike
from reelscore.values.score import Feel, Note
from reelscore.values.sound import SAMPLE_RATE, Samples
from tests.unit.perform.scores import note, piece

pytestmark = pytest.mark.slow

STILL = Feel(looseness=0.0)


def _played(name: str, notes: Sequence[Note], seconds: float = 3.0) -> Samples:
    score = piece({name: notes}, feel=STILL)
    return render_player(score, score.players[0], play(score), round(seconds * SAMPLE_RATE))


def _reached(out: Samples, below_db: float) -> float:
    """When the level over 4 ms comes so near to the highest of the first 150 ms, in seconds."""
    power = np.concatenate([[0.0], np.cumsum(np.square(out, dtype=np.float64).sum(axis=1))])
    level = power[192:] - power[:-192]
    first = int(np.argmax(level > 0))
    top = level[first : first + 7200].max()
    return float(np.argmax(level >= top * 10 ** (-below_db / 10)) + 96) / SAMPLE_RATE


@pytest.mark.parametrize(
    ("name", "pitch"),
    [("muted_guitar", 44), ("clean_guitar", 45), ("upright_bass", 31), ("grand_piano", 40), ("flute", 84),
     ("clarinet", 61), ("melodica", 57), ("harmonium", 54), ("alto_sax", 59), ("pop_kit", 82)],
)  # fmt: skip
def test_a_note_is_heard_on_its_beat(name: str, pitch: int) -> None:
    """However much silence or breath its recording begins with: within 8 ms of the beat, one second in."""
    assert _reached(_played(name, [note(2, 1, pitch)]), 12) == pytest.approx(1.0, abs=0.008)


@pytest.mark.parametrize("name", ["warm_pad", "strings", "choir"])
def test_what_swells_starts_ahead_but_never_by_much(name: str) -> None:
    """Something sounds before the beat, nothing earlier than the bound."""
    out = np.abs(_played(name, [note(2, 2, 60)])).max(axis=1)
    first = float(np.argmax(out > 0)) / SAMPLE_RATE
    assert 1.0 - EARLIEST_S - 0.001 <= first < 1.0


@pytest.mark.parametrize("name", ["strings", "warm_pad"])
def test_nothing_starts_before_the_film(name: str) -> None:
    """A note at the very start begins there and sounds at once."""
    out = _played(name, [note(0, 2, 60)])
    assert np.abs(out[: SAMPLE_RATE // 2]).max() > 0.3 * np.abs(out).max()


def test_the_end_of_a_note_stays_where_it_was() -> None:
    """A note that starts earlier is longer by as much: let go at the same moment, its release is the same."""
    late = _played("harmonium", [note(2, 1, 54)])
    end = round(1.5 * SAMPLE_RATE)
    held, gone = late[end - 4800 : end - 480], late[end + 24_000 : end + 28_800]
    assert np.abs(held).max() > 20 * np.abs(gone).max()


def test_it_hangs_on_the_key_and_on_nothing_around_it() -> None:
    """The same note alone and amid others begins alike: other bars may change without moving this one."""
    alone = _played("clarinet", [note(4, 1, 60)])
    amid = _played("clarinet", [note(0, 1, 72), note(4, 1, 60)])
    first = round(1.93 * SAMPLE_RATE)
    assert not np.any(alone[:first])
    start = int(np.argmax(np.abs(alone).max(axis=1) > 0))
    np.testing.assert_allclose(amid[start : start + 4800], alone[start : start + 4800], atol=1e-5)


def test_a_drum_is_hardly_moved_and_a_shaker_is() -> None:
    """Percussion is timed by its recording like anything else."""
    bank = shipped()
    whole = 12 * SAMPLE_RATE
    assert early_s(bank, (128, 0), Strike(0, whole, 42, 100)) <= 0.002
    assert 0.015 <= early_s(bank, (128, 0), Strike(0, whole, 82, 100)) <= EARLIEST_S
