"""Plays a score: exact notes become what a band would play. Swing, drift, lateness, strums, touch.

What moves a note in time, in this order:
* swing, exact, from the feel;
* the player's drift: smooth noise on three time scales (8, 2 and 1/2 beats, the slow ones strongest), so that
  neighbouring notes lean the same way as a person's do; players do not share it;
* lateness of the backbeat and of the bass, from the feel; the spread of a strum or a rolled chord;
* a leash: on downbeats and accents nothing strays more than 5 ms, on other beats 9 ms, elsewhere 14 ms (lateness
  and strum on top), so that a hit stays within a frame and usually within a few milliseconds.
Effects are played as written.

All chance is a function of (seed, player, beat, pitch): changing one bar changes no other.
Sources: pink drift of drummers, H. Hennig et al., "The Nature and Perception of Fluctuations in Human Musical
Rhythms" (2011); chord spread and phrase arches, practice of MIDI orchestration.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from reelscore.perform.tables import Instrument, instrument
from reelscore.values.chance import bits, normal
from reelscore.values.score import Feel, Note, Player, Score, Section
from reelscore.values.sound import PlayedNote
from reelscore.values.time import Beats, Seconds, TempoMap, swung

DOWNBEAT_LEASH_MS = 5.0
BEAT_LEASH_MS = 9.0
LEASH_MS = 14.0
_DRIFT = ((Fraction(8), 2.6), (Fraction(2), 1.8), (Fraction(1, 2), 1.2))  # period in beats, ms at full looseness
_SCATTER_MS = 1.6  # between the notes of one chord, at full looseness
_SNARES = frozenset((37, 38, 39, 40))
_OVERLAP = Fraction(30, 1000)
_SHORTEST = Fraction(30, 1000)
_FIRST = Fraction(0)
_NEAR_S = 1e-6  # what lies further apart need not be compared exactly
_LINES = frozenset(("melody", "counter", "bass"))
_PHRASE_BARS = 4


@dataclass(slots=True)
class _Clock:
    """Swung beats to seconds, each asked for once."""

    tempo_map: TempoMap
    feel: Feel
    seen: dict[Beats, Seconds] = field(default_factory=dict)

    def __call__(self, beat: Beats) -> Seconds:
        found = self.seen.get(beat)
        if found is None:
            found = self.tempo_map.seconds_at(swung(beat, self.feel.swing8, self.feel.swing16))
            self.seen[beat] = found
        return found


@dataclass(slots=True)
class _Drift:
    """One player's slow wandering, in ms."""

    seed: int
    player: str
    looseness: float
    seen: dict[tuple[int, int], float] = field(default_factory=dict)

    def __call__(self, beat: Beats) -> float:
        at = float(beat)
        total = 0.0
        for scale, (period, size) in enumerate(_DRIFT):
            place = at / float(period)
            whole = math.floor(place)
            part = place - whole
            smooth = part * part * (3 - 2 * part)
            total += size * ((1 - smooth) * self._point(scale, whole) + smooth * self._point(scale, whole + 1))
        return total * self.looseness

    def _point(self, scale: int, index: int) -> float:
        key = (scale, index)
        if key not in self.seen:
            self.seen[key] = normal(self.seed, "drift", self.player, scale, index)
        return self.seen[key]


def play(score: Score) -> tuple[PlayedNote, ...]:
    """Every note as played, in order of time; `at` and `duration` are exact (drift to the microsecond)."""
    clock = _Clock(score.tempo_map, score.feel)
    played: list[PlayedNote] = []
    for player in score.players:
        if player.role == "fx":
            played += _as_written(score, player)
        else:
            played += _Performer(score, player, instrument(player.instrument), clock).play()
    order = {player.name: i for i, player in enumerate(score.players)}
    return tuple(sorted(played, key=lambda note: (float(note.at), order[note.player], note.pitch)))


def _as_written(score: Score, player: Player) -> list[PlayedNote]:
    at = score.tempo_map.seconds_at
    return [
        PlayedNote(player.name, at(n.at), at(n.at + n.beats) - at(n.at), n.pitch, n.velocity, n.articulation)
        for n in score.notes_of(player.name)
    ]


@dataclass(slots=True)
class _Performer:
    """One player at one instrument."""

    score: Score
    player: Player
    instrument: Instrument
    clock: _Clock

    def play(self) -> list[PlayedNote]:
        drift = _Drift(self.score.seed, self.player.name, self.score.feel.looseness)
        played: list[PlayedNote] = []
        for section in self.score.sections:
            notes = [n for part in section.parts if part.player == self.player.name for n in part.notes]
            chords: list[list[Note]] = []
            for note in sorted(notes, key=lambda n: (float(n.at), n.pitch)):
                if chords and chords[-1][0].at == note.at:
                    chords[-1].append(note)
                else:
                    chords.append([note])
            for i, chord in enumerate(chords):
                following = chords[i + 1][0].at if i + 1 < len(chords) else None
                played += self._chord(section, chord, following, drift(chord[0].at))
        return _in_turn(played, self.instrument.kit)

    def _chord(
        self, section: Section, notes: Sequence[Note], following: Beats | None, drift_ms: float
    ) -> list[PlayedNote]:
        """All notes of this player that are written at one beat."""
        at = notes[0].at
        start = self.clock(at)
        bar = self.score.tempo_map.bar_at(at)
        in_bar = at - bar.start
        accent, arch = _metric_accent(in_bar), 0.0
        if not self.instrument.kit:
            phrase = float((at - section.start) / (bar.meter.beats * _PHRASE_BARS))
            arch = 3.0 * math.sin(math.pi * (phrase - math.floor(phrase)))
        feel = self.score.feel
        played = []
        until, end = at, start
        for place, note in enumerate(notes):
            if not place or note.beats != notes[place - 1].beats:
                until = at + note.beats
                end = self.clock(until)
            dice = bits(self.score.seed, "touch", self.player.name, at, note.pitch)
            own = drift_ms + _centred(dice, 0) * _SCATTER_MS * feel.looseness
            moved = self._leashed(note, in_bar, own) + _strum_ms(note, place, len(notes), feel.looseness)
            when = max(_FIRST, start + Fraction(round(moved * 1000), 1_000_000))
            length = max(_SHORTEST, self._end(note, following, when, start, end, until) - when)
            velocity = self._velocity(note, accent, arch, dice)
            played.append(PlayedNote(self.player.name, when, length, note.pitch, velocity, note.articulation))
        return played

    def _leashed(self, note: Note, in_bar: Beats, own_ms: float) -> float:
        """Drift within the leash, and lateness: outside it on ordinary beats, inside where hits stand."""
        late = 0.0
        if self.player.role == "bass":
            late = self.score.feel.bass_late_ms
        elif self.instrument.kit and note.pitch in _SNARES:
            late = self.score.feel.snare_late_ms
        if in_bar == 0 or note.articulation == "accent":
            return max(-DOWNBEAT_LEASH_MS, min(DOWNBEAT_LEASH_MS, own_ms + late))
        leash = BEAT_LEASH_MS if in_bar.denominator == 1 else LEASH_MS
        return max(-leash, min(leash, own_ms)) + late

    def _end(
        self, note: Note, following: Beats | None, when: Seconds, start: Seconds, end: Seconds, until: Beats
    ) -> Seconds:
        """When the note is let go. It is written from second `start` to `end`, until beat `until`."""
        if note.articulation == "staccato":
            return when + min((end - start) / 2, Fraction(1, 4))
        if note.articulation == "ghost":
            return when + (end - start) * Fraction(3, 5)
        if following is None:
            return end
        if note.articulation == "legato":
            return self.clock(following) + _OVERLAP if following <= until + 1 else end
        if self.player.role in _LINES and following <= until:
            return end - min(Fraction(25, 1000), (end - start) / 12)
        return end

    def _velocity(self, note: Note, accent: float, arch: float, dice: int) -> int:
        """How hard: as written, on its place in the bar (`accent`) and in the phrase (`arch`)."""
        feel = self.score.feel
        value = float(note.velocity) + accent + arch
        if self.player.role in ("melody", "counter"):
            value += max(-4.0, min(4.0, (note.pitch - (self.instrument.low + self.instrument.high) / 2) * 0.2))
        scatter = 7.0 if self.instrument.kit else 4.5
        value += (_centred(dice, 1) + _centred(dice, 2)) * scatter * (0.25 + 0.75 * feel.looseness)
        if note.articulation == "accent":
            value += 8
        elif note.articulation == "ghost":
            value *= 0.75
        return max(1, min(127, round(value)))


def _metric_accent(in_bar: Beats) -> float:
    if in_bar == 0:
        return 3.0
    if in_bar.denominator == 1:
        return 1.0 if in_bar.numerator % 2 == 0 else 0.0
    return -2.0 if in_bar.denominator == 2 else -4.0


def _strum_ms(note: Note, place: int, count: int, looseness: float) -> float:
    """Strings of a strum and hands of a rolled chord do not fall together. `place` counts from the lowest note."""
    if note.articulation not in ("strum_down", "strum_up") or count < 2:
        return 0.0
    spread = 8.0 + 12.0 * looseness
    along = place if note.articulation == "strum_down" else count - 1 - place
    return spread * along / (count - 1) - min(3.0, spread / 4)


def _centred(dice: int, which: int) -> float:
    """One of four independent draws in -1..1 from 64 bits."""
    return ((dice >> (16 * which)) & 0xFFFF) / 32767.5 - 1.0


def _in_turn(played: list[PlayedNote], kit: bool) -> list[PlayedNote]:
    """In order of time; a key struck again is let go first."""
    played.sort(key=lambda note: (float(note.at), note.pitch))
    if kit:
        return played
    last: dict[int, int] = {}
    turned: list[PlayedNote] = []
    for note in played:
        before = last.get(note.pitch)
        if before is not None and _reaches(turned[before], note):
            b = turned[before]
            turned[before] = PlayedNote(b.player, b.at, note.at - b.at, b.pitch, b.velocity, b.articulation)
        last[note.pitch] = len(turned)
        turned.append(note)
    return turned


def _reaches(before: PlayedNote, note: PlayedNote) -> bool:
    """Does a key sound on when it is struck again? Exactly; but most are let go so long before that it is plain."""
    if float(before.at) + float(before.duration) < float(note.at) - _NEAR_S:
        return False
    return before.at + before.duration > note.at > before.at
