"""Humanised playing: loose where a band is loose, exact where a hit stands, and never by accident."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from reelscore.perform.humanise import play
from reelscore.values.score import Feel, Note, Player, Score
from reelscore.values.sound import PlayedNote
from tests.unit.perform.scores import full_minute, note, piece

LOOSE = Feel(looseness=1.0, snare_late_ms=12.0, bass_late_ms=6.0)
EIGHTHS = [note(Fraction(i, 2).__str__(), "1/2", 60 + i % 5, 80) for i in range(256)]


def offsets_ms(score: Score, played: tuple[PlayedNote, ...], player: str) -> list[tuple[Fraction, float]]:
    """(beat, how much later than written) of one player's notes, without swing."""
    written = sorted(score.notes_of(player), key=lambda n: (n.at, n.pitch))
    heard = sorted((n for n in played if n.player == player), key=lambda n: (n.at, n.pitch))
    return [
        (w.at, float((h.at - score.tempo_map.seconds_at(w.at)) * 1000)) for w, h in zip(written, heard, strict=True)
    ]


def test_a_machine_plays_as_written() -> None:
    """Looseness 0 and straight feel: every attack exactly on its beat."""
    score = piece({"celesta": EIGHTHS}, bars=32, feel=Feel(looseness=0.0))
    assert [n.at for n in play(score)] == [score.tempo_map.seconds_at(n.at) for n in EIGHTHS]


def test_swing_is_exact() -> None:
    """Triplet swing puts the off-eighth at two thirds of the beat, and no drift is needed to say so."""
    score = piece({"celesta": EIGHTHS[:4]}, feel=Feel(swing8=Fraction(2, 3), looseness=0.0))
    assert [n.at for n in play(score)] == [Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(5, 6)]


def test_times_are_exact_fractions() -> None:
    """Drift is rounded to the microsecond; nothing becomes a float."""
    for heard in play(piece({"celesta": EIGHTHS[:64]}, feel=LOOSE)):
        assert isinstance(heard.at, Fraction)
        assert isinstance(heard.duration, Fraction)
        assert (heard.at * 1_000_000).denominator == 1


def test_downbeats_and_accents_stay_within_five_ms() -> None:
    """However loose the band: that is where hits stand."""
    drums = [note(beat, "1/4", 38, 90) for beat in range(128)]
    accents = [replace(n, articulation="accent") for n in EIGHTHS]
    score = piece({"celesta": EIGHTHS, "vibraphone": accents, "pop_kit": drums}, bars=32, feel=LOOSE)
    played = play(score)
    downbeats = [
        ms
        for name in ("celesta", "pop_kit")
        for at, ms in offsets_ms(score, played, name)
        if at.denominator == 1 and at % 4 == 0
    ]
    assert len(downbeats) == 64
    assert max(abs(ms) for ms in downbeats) <= 5.0
    assert max(abs(ms) for _, ms in offsets_ms(score, played, "vibraphone")) <= 5.0


def test_the_backbeat_and_the_bass_lay_back() -> None:
    """On ordinary beats they are late by what the feel says, on average; the kick is not."""
    kit = [note(beat, "1/4", 38 if beat % 2 else 36, 90) for beat in range(256)]
    bass = [note(beat, 1, 40, 90) for beat in range(256)]
    score = piece({"pop_kit": kit, "finger_bass": bass}, bars=64, feel=LOOSE)
    played = play(score)
    snares = [ms for at, ms in offsets_ms(score, played, "pop_kit") if at % 2 == 1]
    kicks = [ms for at, ms in offsets_ms(score, played, "pop_kit") if at % 4 == 2]
    basses = [ms for at, ms in offsets_ms(score, played, "finger_bass") if at % 4 != 0]
    assert np.mean(snares) == pytest.approx(12, abs=1.5)
    assert np.mean(kicks) == pytest.approx(0, abs=1.5)
    assert np.mean(basses) == pytest.approx(6, abs=1.5)


def test_drift_is_correlated_and_each_players_own() -> None:
    """Neighbouring notes lean the same way (lag-1 correlation above 0.4); two players lean independently."""
    feel = Feel(looseness=1.0)
    notes = [note(Fraction(i, 2).__str__(), "1/2", 60, 80) for i in range(512)]
    score = piece({"celesta": notes, "vibraphone": notes}, bars=64, feel=feel)
    played = play(score)
    first, second = (np.array([ms for _, ms in offsets_ms(score, played, p)]) for p in ("celesta", "vibraphone"))
    assert np.corrcoef(first[:-1], first[1:])[0, 1] > 0.4
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.35
    assert 1.0 < first.std() < 5.0


@pytest.mark.parametrize(("articulation", "direction"), [("strum_down", 1), ("strum_up", -1)])
def test_strums_spread_over_five_to_twenty_ms(articulation: str, direction: int) -> None:
    """Down from the lowest string, up from the highest."""
    chord = [note(2, 2, pitch, 80, articulation) for pitch in (40, 47, 52, 56, 59, 64)]
    played = sorted(play(piece({"acoustic_guitar": chord}, feel=Feel(looseness=0.5))), key=lambda n: n.pitch)
    spread_ms = float((played[-1].at - played[0].at) * 1000) * direction
    assert 5 <= spread_ms <= 20


def test_articulations_change_lengths() -> None:
    """Legato overlaps the next note, staccato and ghost let go early."""
    lines = {
        "": [note(1, 1, 72), note(2, 1, 74)],
        "legato": [note(1, 1, 72, 90, "legato"), note(2, 1, 74, 90, "legato")],
        "staccato": [note(1, 1, 72, 90, "staccato"), note(2, 1, 74)],
        "ghost": [note(1, 1, 72, 90, "ghost"), note(2, 1, 74)],
    }
    gaps = {}
    for name, line in lines.items():
        first, second = play(piece({"flute": line}, feel=Feel(looseness=0.0)))
        gaps[name] = second.at - (first.at + first.duration)
    assert gaps["legato"] < 0 < gaps[""] < gaps["ghost"]
    assert gaps["staccato"] == Fraction(1, 4)


def test_a_key_struck_again_is_let_go_first() -> None:
    """One string cannot sound twice."""
    first, second = play(piece({"grand_piano": [note(0, 4, 60), note(1, 1, 60)]}, feel=Feel(looseness=0.0)))
    assert first.at + first.duration == second.at


def test_equal_strokes_are_never_equal() -> None:
    """Hats written alike come out with different weights, but stay near what was written."""
    hats = [note(Fraction(i, 2).__str__(), "1/4", 42, 80) for i in range(64)]
    velocities = [n.velocity for n in play(piece({"pop_kit": hats}, feel=Feel(looseness=0.5)))]
    assert len(set(velocities)) > 8
    assert all(62 <= v <= 98 for v in velocities)
    on, off = np.mean(velocities[0::2]), np.mean(velocities[1::2])
    assert on > off


def test_velocities_stay_midi() -> None:
    """1..127, whatever is added."""
    extremes = [note(i, 1, 72, 127 if i % 2 else 1, "accent" if i % 2 else "ghost") for i in range(32)]
    assert all(1 <= n.velocity <= 127 for n in play(piece({"flute": extremes}, feel=LOOSE)))


def test_changing_one_bar_changes_no_other() -> None:
    """Chance is a function of position: a note added in bar 9 leaves bar 3 alone."""
    notes = [note(i, 1, 60 + i % 7, 80) for i in range(48)]
    before = play(piece({"vibraphone": notes}, bars=12, feel=LOOSE))
    after = play(piece({"vibraphone": [*notes, note("65/2", "1/2", 75, 90)]}, bars=12, feel=LOOSE))
    assert [n for n in before if n.at < 15] == [n for n in after if n.at < 15]


def test_the_seed_changes_the_performance() -> None:
    """Another seed, another take; the same seed, the same take."""
    takes = [play(piece({"celesta": EIGHTHS[:64]}, feel=LOOSE, seed=seed)) for seed in (1, 2, 1)]
    assert takes[0] == takes[2] != takes[1]


def test_effects_are_played_as_written() -> None:
    """A riser must end exactly on its moment."""
    score = piece({"riser": [Note(Fraction(4), Fraction(4), 60, 100)]}, feel=LOOSE)
    score = replace(score, players=(Player("riser", "fx", "riser"),))
    (heard,) = play(score)
    assert (heard.at, heard.duration) == (Fraction(2), Fraction(2))


def test_a_full_minute_is_played_in_order() -> None:
    """Of 1,590 notes none is lost, and they come in order."""
    played = play(full_minute())
    assert len(played) == 1590
    assert list(played) == sorted(played, key=lambda n: n.at)
