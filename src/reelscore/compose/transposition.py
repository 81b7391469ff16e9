"""Transposition: the same piece in another key, every player inside the range of the instrument."""

from __future__ import annotations

from dataclasses import replace

from reelscore.compose.chords import harmony
from reelscore.compose.tables import orchestra
from reelscore.errors import BriefError
from reelscore.values.brief import Key
from reelscore.values.score import Chord, Note, Part, Score, Section

_UNPITCHED = ("drums", "percussion", "fx")
FURTHEST = 12  # semitones


def transpose(score: Score, semitones: int) -> Score:
    """The score so many semitones higher (lower below 0). A player who would leave the instrument's range plays
    the whole part an octave away; single notes that still do are folded."""
    if not -FURTHEST <= semitones <= FURTHEST:
        raise BriefError(
            f"A transposition of {semitones} semitones is too far.", f"It can be -{FURTHEST} to {FURTHEST}."
        )
    if semitones == 0:
        return score
    moves = {
        player.name: _move(score.notes_of(player.name), player.instrument, semitones)
        for player in score.players
        if player.role not in _UNPITCHED
    }
    spans = {p.name: _span(p.instrument) for p in score.players}
    sections = tuple(_section(section, semitones, moves, spans) for section in score.sections)
    return replace(score, sections=sections)


def _span(instrument: str) -> tuple[int, int]:
    known = orchestra().get(instrument)
    return (known.low, known.high) if known else (0, 127)


def _move(notes: tuple[Note, ...], instrument: str, semitones: int) -> int:
    """By how much a player moves: the way with the fewest notes out of range, the nearest first."""
    low, high = _span(instrument)

    def strays(move: int) -> int:
        return sum(not low <= note.pitch + move <= high for note in notes)

    return min((semitones, semitones - 12, semitones + 12), key=lambda m: (strays(m), abs(m - semitones), m))


def _section(section: Section, semitones: int, moves: dict[str, int], spans: dict[str, tuple[int, int]]) -> Section:
    key = Key((section.key.tonic + semitones) % 12, section.key.mode)
    return replace(
        section,
        key=key,
        chords=tuple(_chord(chord, key, semitones) for chord in section.chords),
        parts=tuple(_part(part, moves.get(part.player, 0), spans[part.player]) for part in section.parts),
    )


def _chord(chord: Chord, key: Key, semitones: int) -> Chord:
    moved = harmony(chord.numeral, key)
    pitches = tuple(pitch + semitones for pitch in chord.pitches)
    return replace(chord, symbol=moved.symbol, root=moved.root, bass=moved.bass, classes=moved.classes, pitches=pitches)


def _part(part: Part, move: int, span: tuple[int, int]) -> Part:
    if not move:
        return part
    low, high = span
    notes = []
    for note in part.notes:
        pitch = note.pitch + move
        pitch = pitch - 12 if pitch > high else pitch + 12 if pitch < low else pitch
        notes.append(replace(note, pitch=pitch))
    return replace(part, notes=tuple(sorted(notes, key=lambda n: (n.at, n.pitch, n.velocity))))
