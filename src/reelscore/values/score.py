"""The score: exact notes, before anyone plays them.

Beats are Fractions in quarter notes on the score's own tempo map; pitches are MIDI numbers (60 = middle C);
velocities 1..127. Drum parts use the General MIDI percussion map (36 kick, 38 snare, 42/44/46 hats...).
Notes are written straight: swing, drift and strums are the performer's, told through `Feel`.
Effect parts ("fx") are notes too: a riser is one long note that ends on the moment it announces.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reelscore.values.brief import Key
from reelscore.values.time import Beats, TempoMap


@dataclass(frozen=True, slots=True)
class Note:
    """One note. `articulation`: "", "staccato", "legato", "accent", "ghost", "strum_down", "strum_up"."""

    at: Beats
    beats: Beats
    pitch: int
    velocity: int
    articulation: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """A point of a curve, linear between points: "expression" (loudness) or "cutoff" (brightness), 0..1;
    "sustain" (pedal) is 0 or 1 and steps."""

    at: Beats
    kind: str
    value: float


@dataclass(frozen=True, slots=True)
class Part:
    """What one player has in one section."""

    player: str  # Player.name
    notes: tuple[Note, ...]
    controls: tuple[Control, ...] = ()


@dataclass(frozen=True, slots=True)
class Chord:
    """A chord as written. `pitches` is the voicing (ascending); `bass` the bass note's pitch class."""

    at: Beats
    beats: Beats
    symbol: str  # "Am7", "F/A"
    numeral: str  # "vi7"
    root: int  # pitch class
    bass: int  # pitch class
    classes: tuple[int, ...]  # pitch classes, root first
    pitches: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of whole bars with one role in the form."""

    index: int
    name: str  # "A", "A'", "lift"
    kind: str  # "intro", "theme", "build", "lift", "break", "ending"
    first_bar: int
    bars: int
    start: Beats
    end: Beats
    energy: float  # 0..1
    key: Key
    chords: tuple[Chord, ...]
    parts: tuple[Part, ...]
    material: str = ""  # sections of one material share motif and progression
    variant: int = 0  # how often the material came before


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody in the band. `instrument` names a table of perform/instruments."""

    name: str  # unique in the score: "melody", "chords", "chords_2"
    role: str  # one of brief.ROLES
    instrument: str
    pan: float = 0.0  # -1 left .. 1 right
    gain_db: float = 0.0  # the arranger's wish, on top of the role's level


@dataclass(frozen=True, slots=True)
class Feel:
    """How the band plays: from the genre, the same for every player."""

    swing8: Fraction = Fraction(1, 2)
    swing16: Fraction = Fraction(1, 2)
    looseness: float = 0.5  # 0 machine .. 1 relaxed: size of drift and velocity scatter
    snare_late_ms: float = 0.0  # laid-back backbeat
    bass_late_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Colour:
    """How the record sounds: from the genre and mood. All 0..1."""

    brightness: float = 0.5
    space: float = 0.3
    saturation: float = 0.2
    sidechain: float = 0.0
    width: float = 0.6
    lofi: float = 0.0  # wow, flutter, hiss, narrow band
    punch: float = 0.5  # drum-bus compression
    wall: float = 0.0  # how far chords and figures come up to the melody: 0 to 3 dB below it .. 1 as loud and louder
    body: float = 0.5  # where the weight lies: 0 in the sub bass, as of machines .. 1 from 100 to 500 Hz, as of wood


@dataclass(frozen=True, slots=True)
class Score:
    """A whole piece."""

    title: str
    genre: str
    mood: str
    seed: int
    tempo_map: TempoMap
    players: tuple[Player, ...]
    sections: tuple[Section, ...]
    feel: Feel
    colour: Colour
    final_beat: Beats  # the last attack: the ending's chord; it rings to the end of the film
    ring_out: bool = True
    loop: bool = False  # it joins its own beginning: what rings past the end sounds on from second 0
    warnings: tuple[str, ...] = ()

    def player(self, name: str) -> Player:
        return next(player for player in self.players if player.name == name)

    def notes_of(self, player: str) -> tuple[Note, ...]:
        """All notes of one player, in order of sections."""
        return tuple(n for s in self.sections for p in s.parts if p.player == player for n in p.notes)
