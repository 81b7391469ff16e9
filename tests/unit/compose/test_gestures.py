"""What styles of the stage and of old traditions do: rise, hold their breath, begin freely, tell a tune twice."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from reelscore.compose.tables import genre, genres
from reelscore.compose.write import write_score
from tests.unit.compose.briefs import bed


@pytest.mark.parametrize("style", [name for name in sorted(genres()) if genre(name).rises])
@pytest.mark.parametrize("seconds", [30, 60])
def test_a_style_that_rises_comes_out_of_little(style: str, seconds: int) -> None:
    """However short the piece: its first section is no lift, fewer play in it, and every lift has more."""
    for seed in range(3):
        score = write_score(bed(style, seconds, seed=seed))
        first, *_ = score.sections
        lift = next(s for s in score.sections if s.kind == "lift")
        assert first.kind in ("intro", "theme")
        assert first.energy < lift.energy
        assert len([p for p in first.parts if p.notes]) < len([p for p in lift.parts if p.notes])


def test_an_alap_is_slower_than_the_theme_and_comes_before_the_drum() -> None:
    """Indian music begins with the drone and one melody that takes its time."""
    for seed in range(4):
        intro, theme, *_ = write_score(bed("indian", 60, seed=seed)).sections
        parts = {part.player: part.notes for part in intro.parts if part.notes}
        assert {"drone", "melody"} <= set(parts)
        assert "drums" not in parts
        sung = {part.player: part.notes for part in theme.parts}["melody"]
        held, later = ([n for n in notes if n.beats > Fraction(1, 4)] for notes in (parts["melody"], sung))
        assert sum(n.beats for n in held) / len(held) > sum(n.beats for n in later) / len(later)


def test_horror_holds_its_breath_before_it_strikes() -> None:
    """Before most lifts nobody sounds for half a bar."""
    held = 0
    for seed in range(10):
        score = write_score(bed("horror", 90, seed=seed))
        for before, lift in pairwise(score.sections):
            if lift.kind == "lift" and before.kind in ("theme", "build"):
                players = {p.name for p in score.players if p.role != "fx"}
                ends = [n.at + n.beats for part in before.parts if part.player in players for n in part.notes]
                held += all(end <= before.end - 2 for end in ends if end)
    assert held >= 5


def test_two_chinese_hands_tell_one_tune_their_own_way() -> None:
    """The second hand meets the first on most beats, yet its rhythm is its own."""
    shared = own = 0
    for seed in range(6):
        score = write_score(bed("chinese", 60, seed=seed))
        tune = {(n.at, n.pitch % 12) for n in score.notes_of("melody")}
        try:
            other = {(n.at, n.pitch % 12) for n in score.notes_of("melody_2")}
        except KeyError:
            continue
        shared += len(tune & other)
        own += len(other - tune)
    assert shared > 20
    assert own > 20


def test_an_orchestra_strikes_its_last_chord_with_every_drum() -> None:
    score = write_score(bed("cinematic", 45))
    last = {n.pitch for n in score.notes_of("drums") if n.at == score.final_beat}
    assert len(last) >= 5


@pytest.mark.parametrize(("seconds", "choruses"), [(30, 1), (60, 2)])
def test_a_blues_of_whole_choruses_turns_round_in_its_last_two_bars(seconds: int, choruses: int) -> None:
    """Twelve bars, and the last chord on the next downbeat; the dominant leads into it."""
    for seed in range(4):
        score = write_score(bed("blues", seconds, seed=seed))
        chords = [c for s in score.sections for c in s.chords]
        bars = [bar.start for bar in score.tempo_map.bars if bar.start < score.final_beat]
        if len(bars) != 12 * choruses:
            continue
        tonic = score.sections[0].key.tonic
        sounding = [[c for c in chords if c.at <= start][-1].root for start in bars]
        assert (sounding[4] - tonic) % 12 == 5
        assert (sounding[-2] - tonic) % 12 == 0
        assert ([c for c in chords if c.at < score.final_beat][-1].root - tonic) % 12 == 7
