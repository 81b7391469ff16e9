"""Briefs for the composer's tests: beds without a picture, films with cuts and cues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

import pytest
from _pytest.mark.structures import ParameterSet

from reelscore.compose.tables import genre, genres
from reelscore.values.brief import Brief, Cue, Exclusion, Hit, HitResult, Key
from reelscore.values.score import Note, Score
from reelscore.values.time import Bar, Beats, Meter, Span, TempoMap

T = TypeVar("T")
GENRES = tuple(genres())  # every style that is written
FEW = ("lofi", "cinematic", "jazz", "trap", "waltz")  # unlike each other: enough for the quick tier
STYLES = tuple(style if style in FEW else pytest.param(style, marks=pytest.mark.slow) for style in GENRES)


def in_turn(values: Sequence[T], each: int = 1) -> list[ParameterSet]:
    """(style, value) pairs: every style with `each` of the values, every value with many styles."""
    pairs = [(style, values[(n * each + k) % len(values)]) for n, style in enumerate(GENRES) for k in range(each)]
    return [pytest.param(*pair, marks=() if pair[0] in FEW else pytest.mark.slow) for pair in pairs]


def bed(
    style: str = "pop",
    duration: float = 60,
    seed: int = 1,
    mood: str = "happy",
    key: Key | None = None,
    meter: Meter | None = None,
) -> Brief:
    """Music without a picture: a constant tempo whose bars fill the duration but for the last chord."""
    meter = meter or Meter()
    length, bpm = Fraction(duration), Fraction(genre(style).tempo[1])
    ring = min(Fraction(2), length / 3)
    bars = max(1, round((length - ring) * bpm / 60 / meter.beats))
    fitted = meter.beats * 60 * bars / (length - ring)
    return Brief(
        prompt="",
        language="en",
        genre=style,
        mood=mood,
        duration=length,
        seed=seed,
        key=key or Key(7, "major" if style != "house" else "dorian"),
        meter=meter,
        bpm=bpm,
        bpm_locked=False,
        tempo_map=TempoMap.constant(fitted, meter, bars + 2),
    )


def with_hits(brief: Brief, hits: dict[Beats, float], kept: bool = True) -> Brief:
    """The brief with cuts that fall exactly on these beats, by weight."""
    results = []
    for beat, weight in hits.items():
        bar = brief.tempo_map.bar_at(beat)
        place = beat - bar.start
        target = "downbeat" if place == 0 else "beat" if place.denominator == 1 else "eighth"
        hit = Hit(brief.tempo_map.seconds_at(beat), weight, "cut")
        results.append(HitResult(hit, target, Fraction(0), kept))
    return replace(brief, hits=tuple(results))


def with_cues(brief: Brief, *cues: tuple[float, float, float, str]) -> Brief:
    """The brief with cues (start, end, energy, label)."""
    spans = tuple(Cue(Span(Fraction(a), Fraction(b)), label, energy, 0.0) for a, b, energy, label in cues)
    return replace(brief, cues=spans)


def with_speech(brief: Brief, *spans: tuple[float, float]) -> Brief:
    return replace(brief, speech=tuple(Span(Fraction(a), Fraction(b)) for a, b in spans))


def without(brief: Brief, what: str, section: str = "") -> Brief:
    return replace(brief, exclusions=(*brief.exclusions, Exclusion(what, section)))


def with_odd_bar(brief: Brief, index: int) -> Brief:
    """The brief with bar `index` shortened to 2/4; the bars after it move up."""
    bars: list[Bar] = []
    at = Fraction(0)
    for bar in brief.tempo_map.bars:
        meter = Meter(2, 4) if bar.index == index else bar.meter
        bars.append(Bar(bar.index, at, meter))
        at += meter.beats
    return replace(brief, tempo_map=TempoMap(brief.tempo_map.start, brief.tempo_map.steps, tuple(bars)))


def with_pickup(brief: Brief, beats: int, late: float = 0.0) -> Brief:
    """The brief with a first bar of so many beats, beginning `late` seconds into the film."""
    bars = [Bar(0, Fraction(0), Meter(beats, 4))]
    for bar in brief.tempo_map.bars:
        bars.append(Bar(len(bars), bars[-1].end, bar.meter))
    return replace(brief, tempo_map=TempoMap(Fraction(late), brief.tempo_map.steps, tuple(bars)))


def attacks(score: Score, beat: Beats, quietest: int = 40) -> set[str]:
    """The roles that strike on this beat."""
    struck = set()
    for section in score.sections:
        for part in section.parts:
            if any(note.at == beat and note.velocity >= quietest for note in part.notes):
                struck.add(score.player(part.player).role)
    return struck


def notes_in(score: Score, start: Beats, end: Beats) -> dict[str, tuple[Note, ...]]:
    """Every player's notes that begin in [start, end)."""
    found = {}
    for player in score.players:
        notes = tuple(n for n in score.notes_of(player.name) if start <= n.at < end)
        if notes:
            found[player.name] = notes
    return found
