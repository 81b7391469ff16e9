"""The band: every player sounds, controls act, and two renderings are the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256

import numpy as np
import pytest
from numpy.typing import NDArray

from reelscore.errors import CancelledError
from reelscore.perform.band import render_player, render_players
from reelscore.perform.humanise import play
from reelscore.perform.tables import instruments
from reelscore.values.score import Control, Feel, Note, Score
from reelscore.values.sound import SAMPLE_RATE, Samples
from tests.unit.perform.scores import note, piece

pytestmark = pytest.mark.slow

STILL = Feel(looseness=0.0)


def rendered(score: Score, seconds: float = 4.0) -> dict[str, Samples]:
    return render_players(score, play(score), round(seconds * SAMPLE_RATE))


def level_db(sounding: NDArray[np.float32]) -> float:
    return float(10 * np.log10(np.mean(np.square(sounding, dtype=np.float64)) + 1e-20))


def curve_of(kind: str, *points: tuple[int, float]) -> list[Control]:
    return [Control(Fraction(at), kind, value) for at, value in points]


def spectral_centre_hz(sounding: NDArray[np.float32]) -> float:
    power = np.abs(np.fft.rfft(sounding[:, 0] * np.hanning(len(sounding)))) ** 2
    return float(np.sum(power * np.fft.rfftfreq(len(sounding), 1 / SAMPLE_RATE)) / np.sum(power))


@pytest.mark.parametrize("name", [n for n, i in instruments().items() if i.family != "fx"])
def test_every_instrument_sounds(name: str) -> None:
    """A second of it: float32 stereo, audible and not clipping."""
    plays = instruments()[name]
    pitches = (36, 38, 42, 82, 54) if plays.kit else ((plays.low + plays.high) // 2,)
    score = piece(
        {name: [note(Fraction(i, 3).__str__(), 1, pitch, 100) for i, pitch in enumerate(pitches)]}, feel=STILL
    )
    out = rendered(score, 1.0)[name]
    assert out.shape == (SAMPLE_RATE, 2)
    assert out.dtype == np.float32
    assert 0.02 < np.abs(out).max() < 1.0
    assert np.isfinite(out).all()


def test_players_come_in_the_scores_order() -> None:
    """One buffer each, silent ones too."""
    score = piece({"flute": [note(0, 1, 72)], "celesta": [], "grand_piano": [note(0, 1, 60)]})
    out = rendered(score, 1.0)
    assert list(out) == ["flute", "celesta", "grand_piano"]
    assert not out["celesta"].any()


def test_two_renderings_are_the_same_bytes() -> None:
    """Threads, caches and doubles change nothing."""
    parts: dict[str, Sequence[Note]] = {
        "pop_kit": [note(i, "1/4", 42 if i % 2 else 36) for i in range(8)],
        "strings": [note(0, 8, 60), note(0, 8, 67)],
        "acoustic_guitar": [note(2, 2, p, 80, "strum_down") for p in (52, 59, 64)],
        "electric_piano": [note(0, 4, 64)],
    }
    first, second = (
        {name: sha256(out.tobytes()).hexdigest() for name, out in rendered(piece(parts)).items()} for _ in range(2)
    )
    assert first == second


def test_attacks_fall_where_they_are_played() -> None:
    """A kick's first energy is within 3 ms of its note."""
    score = piece({"pop_kit": [note(2, "1/4", 36, 110)]}, feel=STILL)
    out = np.abs(rendered(score, 2.0)["pop_kit"]).max(axis=1)
    onset = int(np.argmax(out > 0.1 * out.max()))
    assert abs(onset / SAMPLE_RATE - 1.0) < 0.003


def test_expression_scales_the_whole_player() -> None:
    """A swell from half to full: 12 dB, smoothly; nothing written is full."""
    notes = [note(0, 8, 64, 90)]
    plain = rendered(piece({"organ": notes}, feel=STILL))["organ"]
    swell = rendered(
        piece({"organ": notes}, feel=STILL, controls={"organ": curve_of("expression", (0, 0.5), (6, 1.0))})
    )["organ"]
    early, late = slice(4800, 9600), slice(SAMPLE_RATE * 3 + 9600, SAMPLE_RATE * 3 + 24_000)
    assert level_db(plain[early]) - level_db(swell[early]) == pytest.approx(11.4, abs=1.0)
    assert level_db(plain[late]) == pytest.approx(level_db(swell[late]), abs=0.1)


@pytest.mark.parametrize("name", ["strings", "warm_pad"], ids=["sampled", "synthesised"])
def test_cutoff_darkens(name: str) -> None:
    """The same chord with the cutoff down has its spectral centre lower."""
    notes = [note(0, 8, pitch, 90) for pitch in (60, 64, 67)]
    open_ = rendered(piece({name: notes}, feel=STILL))[name]
    closed = rendered(piece({name: notes}, feel=STILL, controls={name: curve_of("cutoff", (0, 0.3))}))[name]
    middle = slice(SAMPLE_RATE, 2 * SAMPLE_RATE)
    assert spectral_centre_hz(closed[middle]) < 0.8 * spectral_centre_hz(open_[middle])


def test_the_pedal_holds_notes_until_it_comes_up() -> None:
    """A short note under the pedal sounds on, then stops."""
    pedal = {"grand_piano": curve_of("sustain", (0, 1.0), (4, 0.0))}
    dry = rendered(piece({"grand_piano": [note(0, "1/2", 60)]}, feel=STILL))["grand_piano"]
    held = rendered(piece({"grand_piano": [note(0, "1/2", 60)]}, feel=STILL, controls=pedal))["grand_piano"]
    under, after = slice(SAMPLE_RATE, SAMPLE_RATE + 24_000), slice(3 * SAMPLE_RATE, 4 * SAMPLE_RATE)
    assert level_db(held[under]) > level_db(dry[under]) + 20
    assert level_db(held[after]) < level_db(held[under]) - 30


def test_doubled_sections_are_wide_but_keep_their_mono_sum() -> None:
    """Two players left and right: less correlated than one, and no hole when summed."""
    out = rendered(piece({"pizzicato": [note(i, 1, 62 + i, 90) for i in range(6)]}, feel=STILL))["pizzicato"]
    left, right = out[:, 0].astype(np.float64), out[:, 1].astype(np.float64)
    correlation = float(np.sum(left * right) / np.sqrt(np.sum(left**2) * np.sum(right**2)))
    assert correlation < 0.9
    assert level_db(((left + right) / 2).astype(np.float32)) > level_db(out) - 3.5


def test_repeated_strokes_differ_a_little() -> None:
    """A round robin by position: never the same stroke twice, never far apart."""
    score = piece({"light_percussion": [note(i, "1/4", 54, 90) for i in range(4)]}, feel=STILL)
    out = rendered(score, 2.0)["light_percussion"]
    strokes = [out[i * 24_000 : i * 24_000 + 9600] for i in range(4)]
    assert len({stroke.tobytes() for stroke in strokes}) == 4
    levels = [level_db(stroke) for stroke in strokes]
    assert max(levels) - min(levels) < 4


def test_a_watch_can_stop_the_work() -> None:
    """CancelledError goes through."""

    def stop(stage: str, share: float) -> None:
        if share > 0:
            raise CancelledError

    score = piece({"flute": [note(0, 1, 72)], "cello": [note(0, 1, 50)]})
    with pytest.raises(CancelledError):
        render_players(score, play(score), SAMPLE_RATE, stop)


def test_a_player_ignores_other_players_notes() -> None:
    """render_player may be handed the whole performance."""
    score = piece({"flute": [note(0, 1, 72)], "cello": [note(0, 1, 50)]}, feel=STILL)
    played = play(score)
    alone = render_player(score, score.player("flute"), [n for n in played if n.player == "flute"], SAMPLE_RATE)
    assert np.array_equal(alone, render_player(score, score.player("flute"), played, SAMPLE_RATE))
