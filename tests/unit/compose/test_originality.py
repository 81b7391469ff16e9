"""Pieces differ: over many seeds no four bars of tune come back, and a long piece goes on telling.

Two pieces share a phrase when four bars of their tunes have the same intervals, six notes or more. In collections of
real tunes some pairs do (stock phrases; of tunes with few notes one pair in six thousand); the bound here is one pair
of pieces in three hundred.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise

import pytest

from reelscore.compose.write import write_score
from reelscore.values.score import Score
from tests.unit.compose.briefs import bed

BOUND = 1 / 300


def phrases(score: Score) -> set[tuple[int, ...]]:
    """The intervals of every four bars of the tune, counted from each section's start."""
    tune = next((p.name for p in score.players if p.role == "melody"), None)
    found: set[tuple[int, ...]] = set()
    for section in score.sections:
        notes = [n for part in section.parts if part.player == tune for n in part.notes]
        bars = score.tempo_map.bars[section.first_bar : section.first_bar + section.bars]
        for k in range(0, len(bars) - 3, 4):
            inside = [n.pitch for n in notes if bars[k].start <= n.at < bars[k + 3].end]
            if len(inside) >= 6:
                found.add(tuple(b - a for a, b in pairwise(inside)))
    return found


def shared(style: str, seeds: int, seconds: float) -> float:
    """The share of pairs of pieces that have four bars of tune in common."""
    who: dict[tuple[int, ...], set[int]] = defaultdict(set)
    for seed in range(1, seeds + 1):
        for phrase in phrases(write_score(bed(style, seconds, seed=seed))):
            who[phrase].add(seed)
    pairs = {pair for pieces in who.values() for pair in combinations(sorted(pieces), 2)}
    return len(pairs) / (seeds * (seeds - 1) / 2)


@pytest.mark.slow
@pytest.mark.parametrize("style", ["pop", "lofi", "cinematic", "ambient", "house", "post_rock", "techno"])
def test_eighty_pieces_hardly_share_a_phrase(style: str) -> None:
    assert shared(style, 80, 40) <= BOUND


@pytest.mark.slow
@pytest.mark.parametrize("style", ["pop", "lofi"])
def test_ten_minutes_are_no_loop(style: str) -> None:
    """No tune of a section is heard more than five times, chords come in many turns, and breaks part the cycles."""
    score = write_score(bed(style, 600))
    tunes = Counter(
        tuple((n.at - s.start, n.pitch) for n in p.notes)
        for s in score.sections
        for p in s.parts
        if p.player == "melody"
    )
    assert max(tunes.values()) <= 5
    assert len({section.material for section in score.sections}) >= 6
    assert len({tuple(c.numeral for c in s.chords) for s in score.sections}) >= len(score.sections) // 2
    assert sum(section.kind == "break" for section in score.sections) >= 4


@pytest.mark.parametrize("style", ["ambient", "piano_solo"])
def test_ten_minutes_of_a_style_that_wanders_go_through_near_keys_and_come_home(style: str) -> None:
    """Hardly a bar is heard twice; a short piece, and a loop, stay where they are."""
    score = write_score(bed(style, 600))
    keys = [section.key for section in score.sections]
    assert len(set(keys)) >= 3
    assert keys[0] == keys[-1]
    assert said_again(score) <= 0.2
    assert len({section.key for section in write_score(bed(style, 120)).sections}) == 1
    assert len({section.key for section in write_score(replace(bed(style, 600), loop=True)).sections}) == 1


def test_a_long_bed_stays_in_the_key_that_was_asked_for() -> None:
    """A style that wanders still tells no cycle twice."""
    score = write_score(replace(bed("ambient", 600), key_locked=True))
    assert len({section.key for section in score.sections}) == 1
    assert said_again(score) <= 0.3


def said_again(score: Score) -> float:
    """The share of bars in which everybody plays the notes of a bar before."""
    notes = [(p.name, n) for p in score.players if p.role != "fx" for n in score.notes_of(p.name)]
    bars = [bar for bar in score.tempo_map.bars if bar.start < score.final_beat]
    said = Counter(
        frozenset((name, n.at - bar.start, n.pitch) for name, n in notes if bar.start <= n.at < bar.end) for bar in bars
    )
    return 1 - len(said) / len(bars)


@pytest.mark.parametrize("style", ["pop", "lofi", "cinematic", "house", "ambient"])
@pytest.mark.parametrize("seconds", [1.5, 3, 5])
def test_a_sting_is_a_gesture(style: str, seconds: float) -> None:
    """Something sounds at once, the chords go somewhere, the last one is struck by many and rings out."""
    score = write_score(bed(style, seconds))
    tempo_map = score.tempo_map
    every = [n for p in score.players if p.role != "fx" for n in score.notes_of(p.name)]
    assert tempo_map.seconds_at(min(n.at for n in every)) < Fraction(1, 10)
    chords = [c.numeral for s in score.sections for c in s.chords]
    assert len(set(chords)) >= 2 or seconds < 2
    last = [n for n in every if n.at == score.final_beat]
    assert len(last) >= 6
    assert max(float(tempo_map.seconds_at(n.at + n.beats)) for n in last) >= seconds - 0.05
