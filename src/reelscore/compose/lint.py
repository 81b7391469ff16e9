"""The critic: reads a section before anyone plays it and says what is wrong with it.

A take with faults is written again with other chance; the checks are those an arranger makes by ear: notes that rub
against the chord or against another part, mud in the low register, leaps nobody sings, a tune under its own
accompaniment, a line that will not move, a tune that says the same bar over and over, a bar in which nothing sounds,
notes an instrument does not have, and, where the style minds, parallel fifths and octaves of the outer voices.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from reelscore.compose.band import Chair
from reelscore.compose.players import Parts
from reelscore.compose.scene import Scene
from reelscore.compose.tables import orchestra
from reelscore.compose.voicing import muddy
from reelscore.values.score import Note
from reelscore.values.time import Beats

_PITCHED = ("melody", "counter", "comp", "strum", "arp", "pad", "bass", "sub", "double")
_WIDEST_LEAP = 14  # semitones between neighbouring notes of a tune
_SAME = 5  # notes of one pitch in a row
_SAME_BARS = 4  # bars of one tune in a row


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where (beat) and with whom."""

    kind: str  # "clash", "rub", "muddy", "leap", "stuck", "same", "buried", "range", "empty", "parallel"
    at: Beats
    player: str


def faults(scene: Scene, band: tuple[Chair, ...], parts: Parts) -> tuple[Fault, ...]:
    """Everything wrong with a section's parts, in no particular order."""
    found: list[Fault] = []
    for chair in band:
        notes = parts[chair.name][0]
        if chair.seat.writes in _PITCHED:
            found += _out_of_range(chair, notes)
        if chair.seat.writes == "melody":
            found += _clashes(scene, chair, notes)
            found += _unsingable(chair, notes)
            found += _buried(scene, chair, notes, band, parts)
            found += _rubs(chair, notes, band, parts)
            found += _monotony(scene, chair, notes)
            if scene.genre.harmony.strict:
                found += _parallels(chair, notes, band, parts)
        if chair.seat.writes in ("comp", "strum", "pad"):
            found += _mud(chair, notes)
    return (*found, *_empty(scene, parts))


def _out_of_range(chair: Chair, notes: list[Note]) -> Iterator[Fault]:
    known = orchestra()[chair.player.instrument]
    for note in notes:
        if not known.low <= note.pitch <= known.high:
            yield Fault("range", note.at, chair.name)


def _clashes(scene: Scene, chair: Chair, notes: list[Note]) -> Iterator[Fault]:
    """Long or stressed notes a semitone above a chord note they do not belong to: the minor ninth."""
    places = {measure.start: (i, measure) for i, measure in scene.measures}
    starts = sorted(places)
    for note in notes:
        inside = [s for s in starts if s <= note.at]
        if not inside:
            continue
        i, measure = places[inside[-1]]
        step = int((note.at - measure.start) * 4)
        chord = scene.harmonies.at(i, step)
        tone = note.pitch % 12
        stressed = step % 8 == 0 or note.beats >= 1
        if stressed and tone not in chord.classes and (tone - 1) % 12 in chord.classes:
            yield Fault("clash", note.at, chair.name)


def _unsingable(chair: Chair, notes: list[Note]) -> Iterator[Fault]:
    run = 1
    for before, after in pairwise(notes):
        near = after.at - before.at <= 4
        if near and abs(after.pitch - before.pitch) > _WIDEST_LEAP:
            yield Fault("leap", after.at, chair.name)
        run = run + 1 if after.pitch == before.pitch else 1
        if run == _SAME and not chair.seat.tremolo:
            yield Fault("stuck", after.at, chair.name)


def _buried(scene: Scene, chair: Chair, notes: list[Note], band: tuple[Chair, ...], parts: Parts) -> Iterator[Fault]:
    """A tune whose middle lies below the middle of the chords, where its instrument could go higher."""
    if not notes or chair.high - chair.low < 18:
        return
    chords = [n.pitch for c in band if c.seat.writes == "comp" and c.seat.low >= 48 for n in parts[c.name][0]]
    if chords and _middle([n.pitch for n in notes]) < _middle(chords) and chair.low >= 60:
        yield Fault("buried", notes[0].at, chair.name)


def _rubs(chair: Chair, notes: list[Note], band: tuple[Chair, ...], parts: Parts) -> Iterator[Fault]:
    """A tune and a second voice that meet a semitone apart and stay."""
    others = [n for c in band if c.seat.writes in ("counter", "canon") for n in parts[c.name][0]]
    for note in notes:
        for other in others:
            start, end = max(note.at, other.at), min(note.at + note.beats, other.at + other.beats)
            if end - start >= 1 and abs(note.pitch - other.pitch) in (1, 13):
                yield Fault("rub", start, chair.name)
                break


def _monotony(scene: Scene, chair: Chair, notes: list[Note]) -> Iterator[Fault]:
    """The same bar of tune four times running."""
    bars = []
    for _, measure in scene.measures:
        inside = [n for n in notes if measure.start <= n.at < measure.end]
        bars.append((measure.start, tuple((n.at - measure.start, n.pitch) for n in inside)))
    run = 1
    for (_, before), (at, after) in pairwise(bars):
        run = run + 1 if after and after == before else 1
        if run == _SAME_BARS:
            yield Fault("same", at, chair.name)


def _parallels(chair: Chair, notes: list[Note], band: tuple[Chair, ...], parts: Parts) -> Iterator[Fault]:
    """Tune and bass moving the same way from one fifth or octave to the next."""
    bass = sorted((n for c in band if c.seat.writes == "bass" for n in parts[c.name][0]), key=lambda n: n.at)
    tune = {n.at: n.pitch for n in notes}
    pairs = [(n.at, n.pitch, tune[n.at]) for n in bass if n.at in tune]
    for (_, low, high), (at, low2, high2) in pairwise(pairs):
        moved = low2 != low and high2 != high and (low2 > low) == (high2 > high)
        if moved and (high - low) % 12 == (high2 - low2) % 12 and (high - low) % 12 in (0, 7):
            yield Fault("parallel", at, chair.name)


def _middle(values: list[int]) -> float:
    return sum(values) / len(values)


def _mud(chair: Chair, notes: list[Note]) -> Iterator[Fault]:
    """Close intervals below the register in which they are clear."""
    together: dict[Beats, list[int]] = {}
    for note in notes:
        if note.pitch < 55:
            together.setdefault(note.at, []).append(note.pitch)
    for at, pitches in together.items():
        if len(pitches) > 1 and muddy(tuple(sorted(pitches))):
            yield Fault("muddy", at, chair.name)


def _empty(scene: Scene, parts: Parts) -> Iterator[Fault]:
    """Bars in which nothing sounds at all."""
    spans = sorted((n.at, n.at + n.beats) for notes, _ in parts.values() for n in notes)
    covered: list[tuple[Beats, Beats]] = []
    for start, end in spans:
        if covered and start <= covered[-1][1]:
            covered[-1] = (covered[-1][0], max(end, covered[-1][1]))
        else:
            covered.append((start, end))
    for _, measure in scene.measures:
        if not any(start < measure.end and end > measure.start for start, end in covered):
            yield Fault("empty", measure.start, "")
