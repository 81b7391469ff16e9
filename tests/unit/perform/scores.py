"""Small scores that the tests of the performers play."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from reelscore.values.brief import Key
from reelscore.values.score import Colour, Control, Feel, Note, Part, Player, Score, Section
from reelscore.values.time import Meter, TempoMap

ROLES = {
    "pop_kit": "drums", "dusty_kit": "drums", "cinematic_drums": "drums", "light_percussion": "percussion",
    "finger_bass": "bass", "upright_bass": "bass", "strings": "pad", "choir": "pad", "flute": "melody",
    "cello": "melody",
}  # fmt: skip


def note(at: str | int, beats: str | int, pitch: int, velocity: int = 90, articulation: str = "") -> Note:
    """A note from readable beats: note("1/2", 1, 60)."""
    return Note(Fraction(at), Fraction(beats), pitch, velocity, articulation)


def piece(
    parts: Mapping[str, Sequence[Note]],
    *,
    bpm: int = 120,
    bars: int = 8,
    feel: Feel | None = None,
    controls: Mapping[str, Sequence[Control]] | None = None,
    seed: int = 1,
) -> Score:
    """One section of 4/4; players are called as their instruments."""
    controls = controls or {}
    tempo_map = TempoMap.constant(Fraction(bpm), Meter(), bars)
    players = tuple(Player(name, ROLES.get(name, "chords"), name) for name in parts)
    section = Section(
        0, "A", "theme", 0, bars, Fraction(0), tempo_map.end, 0.6, Key(0, "major"), (),
        tuple(Part(name, tuple(notes), tuple(controls.get(name, ()))) for name, notes in parts.items()),
    )  # fmt: skip
    return Score("test", "pop", "bright", seed, tempo_map, players, (section,), feel or Feel(), Colour(), tempo_map.end)


def full_minute(bars: int = 30) -> Score:
    """60 s at 120 bpm, seven players, some 1,500 notes: drums, bass, chords, pad, melody, arpeggio, percussion."""
    roots = (48, 45, 41, 43)
    triads = ((0, 4, 7), (0, 3, 7), (0, 4, 7), (0, 4, 7))
    parts: dict[str, list[Note]] = {
        name: []
        for name in ("pop_kit", "finger_bass", "grand_piano", "strings", "flute", "acoustic_guitar", "vibraphone")
    }
    for bar in range(bars):
        root, triad, start = roots[bar % 4], triads[bar % 4], Fraction(bar * 4)
        for eighth in range(8):
            at = start + Fraction(eighth, 2)
            parts["pop_kit"].append(Note(at, Fraction(1, 4), 46 if eighth == 7 else 42, 70 + 15 * (eighth % 2 == 0)))
            parts["finger_bass"].append(Note(at, Fraction(1, 2), root - 12, 90))
            parts["vibraphone"].append(Note(at, Fraction(1, 2), root + 24 + triad[eighth % 3], 75))
        for beat in range(4):
            parts["pop_kit"].append(Note(start + beat, Fraction(1, 4), 36 if beat % 2 == 0 else 38, 100))
            parts["flute"].append(Note(start + beat, Fraction(1), root + 24 + triad[beat % 3], 85, "legato"))
            for interval in triad:
                parts["acoustic_guitar"].append(
                    Note(start + beat, Fraction(1), root + 12 + interval, 80, "strum_down" if beat % 2 else "strum_up")
                )
        for half in range(2):
            parts["grand_piano"] += [Note(start + half * 2, Fraction(2), root + 12 + i, 80) for i in triad]
        parts["strings"] += [Note(start, Fraction(4), root + 12 + i, 70) for i in triad]
    return piece(parts, bars=bars)
