"""Small pieces to perform: one chord a bar, a full band, any length."""

from __future__ import annotations

from fractions import Fraction

from reelscore.values.brief import Key
from reelscore.values.score import Chord, Colour, Feel, Note, Part, Player, Score, Section
from reelscore.values.time import Meter, TempoMap

_CHORDS = ((57, 60, 64, 67), (53, 57, 60, 64), (48, 55, 60, 64), (55, 59, 62, 65))
BAND = {
    "drums": "kit_909", "bass": "round_bass", "pad": "warm_pad", "chords": "electric_piano", "arp": "arp_synth",
    "melody": "pluck", "fx": "riser",
}  # fmt: skip


def _bar(role: str, bar: int) -> tuple[Note, ...]:
    at, chord = Fraction(4 * bar), _CHORDS[bar % 4]
    if role == "drums":
        kicks = [Note(at + i, Fraction(1, 4), 36, 112) for i in range(4)]
        snares = [Note(at + i, Fraction(1, 4), 38, 104) for i in (1, 3)]
        hats = [Note(at + Fraction(i, 2), Fraction(1, 4), 42, 70 + 25 * (i % 2)) for i in range(8)]
        return tuple(kicks + snares + hats)
    if role == "bass":
        return tuple(Note(at + Fraction(i, 2), Fraction(2, 5), chord[0] - 21, 98) for i in range(8))
    if role == "arp":
        return tuple(Note(at + Fraction(i, 4), Fraction(1, 5), chord[i % 4] + 12, 80 + i % 3 * 10) for i in range(16))
    if role == "melody":
        tune = (chord[3] + 12, chord[2] + 12, chord[3] + 14, chord[1] + 12)
        return tuple(Note(at + i, Fraction(3, 4), pitch, 100) for i, pitch in enumerate(tune))
    if role == "fx":
        return (Note(at, Fraction(4), 60, 90),) if bar % 4 == 3 else ()
    return tuple(Note(at, Fraction(4), pitch, 88) for pitch in chord)


def piece(
    bars: int = 4, roles: dict[str, str] | None = None, bpm: int = 120, seed: int = 1, colour: Colour | None = None
) -> Score:
    """A score of `bars` bars in 4/4; two sections; a player a role, named after it."""
    cast = BAND if roles is None else roles
    meter = Meter()
    half = max(1, bars // 2)
    sections = []
    for index, (first, count) in enumerate(((0, half), (half, bars - half))):
        parts = tuple(
            Part(role, tuple(note for bar in range(first, first + count) for note in _bar(role, bar))) for role in cast
        )
        chords = tuple(
            Chord(Fraction(4 * bar), Fraction(4), "", "", 0, 0, (0,), _CHORDS[bar % 4])
            for bar in range(first, first + count)
        )
        sections.append(
            Section(
                index, "A", "theme", first, count, Fraction(4 * first), Fraction(4 * (first + count)), 0.6,
                Key(9, "minor"), chords, parts,
            )
        )  # fmt: skip
    return Score(
        "Test piece", "house", "calm", seed, TempoMap.constant(Fraction(bpm), meter, bars),
        tuple(Player(role, role, instrument) for role, instrument in cast.items()),
        tuple(section for section in sections if section.bars), Feel(looseness=0.3),
        colour or Colour(sidechain=0.5), Fraction(4 * bars),
    )  # fmt: skip
