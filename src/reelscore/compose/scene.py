"""A scene: one section as its writers see it, with the few musical questions they all ask.

Measures are addressed by their index in the ground; steps are sixteenths inside a measure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import pi, sin
from typing import TypeVar

from reelscore.compose.band import Chair
from reelscore.compose.bars import Ground, Measure
from reelscore.compose.chords import Harmony, tune_scale
from reelscore.compose.form import Phrase, SectionPlan
from reelscore.compose.genre import Genre, Groove, Pattern
from reelscore.compose.harmony import Harmonies
from reelscore.compose.patterns import STEPS_PER_BEAT, Step, Stroke, fine_strokes, retold, strokes, weight_of
from reelscore.compose.tables import Mood
from reelscore.compose.voicing import shaped, voice
from reelscore.values.brief import Brief
from reelscore.values.chance import choose, happens, normal
from reelscore.values.score import Note
from reelscore.values.time import Beats

_METRE = {3: 3.0, 2: 1.0, 1: 0.0, 0: -2.0}  # loudness by the weight of a step
_QUIET_SPEECH = 0.25  # share of a bar under speech from which the middle voices thin out


_Kinded = TypeVar("_Kinded", Pattern, Groove)


@dataclass(frozen=True, slots=True)
class Voiced:
    """A chord laid out for one range, from `start` to `end` (beats)."""

    measure: int
    step: int
    steps: int
    chord: Harmony
    pitches: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Seeds:
    """Where chance is drawn from for what stays the same through a piece; a rewrite or a variation changes some."""

    tune: int
    figures: int  # which patterns and fills
    groove: int  # which set of grooves
    detail: int  # weights of notes, what is left out, what a new take changes

    @staticmethod
    def of(seed: int) -> Seeds:
        """All from one."""
        return Seeds(seed, seed, seed, seed)


@dataclass(frozen=True)
class Scene:
    """Everything a writer needs to know about one section."""

    brief: Brief
    genre: Genre
    mood: Mood
    ground: Ground
    plan: SectionPlan
    following: SectionPlan | None
    harmonies: Harmonies
    seeds: Seeds
    seed: int  # for details; a new take changes it
    forced: frozenset[tuple[str, int]] = frozenset()  # (chair, phrase) that must play though the form would rest it
    take: int = 0  # 0 the first try; later ones look for other solutions
    dropout: int = 0  # steps of silence for the rhythm section at the very end

    @property
    def kind(self) -> str:
        return self.plan.kind

    @cached_property
    def measures(self) -> tuple[tuple[int, Measure], ...]:
        """(index, measure) of this section."""
        span = range(self.plan.first, self.plan.first + self.plan.count)
        return tuple((i, self.ground.measures[i]) for i in span)

    @cached_property
    def _phrase_of(self) -> dict[int, Phrase]:
        return {i: p for p in self.plan.phrases for i in range(p.first, p.first + p.count)}

    def phrase(self, measure: int) -> Phrase:
        return self._phrase_of[measure]

    def playing(self, chair: Chair) -> Iterator[tuple[int, Measure, Phrase]]:
        """The measures in which a chair plays."""
        for i, measure in self.measures:
            phrase = self._phrase_of[i]
            here = chair.called_at(measure.at) or self._rests_not(chair, phrase)
            if here and not chair.away_at(measure.at):
                yield i, measure, phrase

    def plays(self, chair: Chair, phrase: Phrase) -> bool:
        """Does this chair play in this phrase, or in a part of it?"""
        bars = self.ground.measures[phrase.first : phrase.first + phrase.count]
        if chair.away and all(chair.away_at(bar.at) for bar in bars):
            return False
        return self._rests_not(chair, phrase) or any(chair.called_at(bar.at) for bar in bars)

    def _rests_not(self, chair: Chair, phrase: Phrase) -> bool:
        return chair.plays(self.kind, phrase.energy) or (chair.name, phrase.index) in self.forced

    def level(self, phrase: Phrase) -> str:
        """ "light", "main" or "full": how busy a pattern may be."""
        energy = phrase.energy + (self.brief.density - 0.5) * 0.3 + self.mood.density * 0.3
        return "light" if energy < 0.6 else "main" if energy < 0.84 else "full"

    def sings(self, chord: Harmony) -> tuple[int, ...]:
        """The pitch classes of tunes over a chord."""
        key = self.plan.key
        return tune_scale(self.genre.melody.scale.get("minor" if key.minor else "major", ()), key, chord)

    def quiet(self, measure: Measure) -> bool:
        """Must the middle keep out of the way of speech here?"""
        return measure.spoken >= _QUIET_SPEECH

    def velocity(self, measure: int, step: Step, base: float, *where: str) -> int:
        """A written loudness (MIDI-like) with the phrase's arch, the metre's weight and a little chance."""
        phrase = self._phrase_of.get(measure)
        energy = phrase.energy if phrase else self.plan.energy
        arch = 0.0
        if phrase and phrase.count > 1:
            arch = 3.5 * sin(pi * float(measure - phrase.first + step / 16) / phrase.count)
        if self.kind == "build":
            arch = 10.0 * ((measure - self.plan.first) / max(1, self.plan.count)) - 4
        bar = self.ground.measures[measure] if measure < len(self.ground.measures) else None
        metre = _METRE[weight_of(str(self.brief.meter), step)]
        accent = bar.accent(int(step)) if bar and step == int(step) else None
        struck = (6 + 10 * accent.weight) if accent else 0.0
        level = 0.84 + 0.3 * (energy - 0.55) + 0.25 * self.mood.dynamics
        noise = 2.2 * normal(self.seed, "velocity", measure, step, *where)
        return max(14, min(127, round(base * level + arch + metre + struck + noise)))

    def note(
        self,
        measure: int,
        step: Step,
        steps: float | Step,
        pitch: int,
        velocity: int,
        articulation: str = "",
    ) -> Note:
        """A note at a step of a measure, `steps` sixteenths long."""
        start = self.ground.measures[measure].beat(step)
        length = Beats(round(steps * 4), STEPS_PER_BEAT * 4)
        return Note(start, length, pitch, velocity, articulation)

    def voicings(self, chair: Chair, voices: int, wide: bool = False, high: int = 0) -> tuple[Voiced, ...]:
        """All chords of the section laid out in a chair's range, each following the one before."""
        found: list[Voiced] = []
        before: tuple[int, ...] = ()
        if self.plan.first > 0:
            earlier = self.harmonies.slots[self.plan.first - 1][-1].harmony
            before = self._shape(chair, earlier, (), high or chair.high, voices, wide)
        for i, _ in self.measures:
            for slot in self.harmonies.slots[i]:
                before = self._shape(chair, slot.harmony, before, high or chair.high, voices, wide)
                found.append(Voiced(i, slot.step, slot.steps, slot.harmony, before))
        return tuple(found)

    def _shape(
        self, chair: Chair, chord: Harmony, before: tuple[int, ...], high: int, voices: int, wide: bool
    ) -> tuple[int, ...]:
        if chair.seat.voicing == "close":
            return voice(chord, before, chair.low, high, voices, wide)
        return shaped(chair.seat.voicing, chord, before, chair.low, high, voices, wide)

    def pattern(self, chair: Chair, phrase: Phrase) -> str:
        """The rhythm a chair plays in a phrase: stays with its material, changes now and then."""
        names = chair.seat.patterns
        meter = str(self.brief.meter)
        family = "minor" if self.plan.key.minor else "major"
        known = [p for p in self.genre.patterns if p.name in names and p.family in ("", family)]
        fitting = [p for p in known if p.meter == meter] or [p for p in known if p.meter == "4/4"] or known
        fitting = self._of_kind(fitting)
        level = self.level(phrase)
        busy = [p for p in fitting if level in p.levels] or fitting
        if not busy:
            return ""
        where = (chair.seat.follows or chair.seat.name, self.plan.material)
        picked = choose(busy, self.seeds.figures, "pattern", *where)
        if len(busy) > 1 and phrase.index % 2 == 1 and happens(0.3, self.seeds.figures, "pattern change", *where):
            others = [p for p in busy if p != picked]
            picked = choose(others, self.seeds.figures, "pattern other", *where)
        return picked.text if picked.meter == meter or picked.meter != "4/4" else retold(picked.text, meter)

    def _of_kind(self, options: list[_Kinded]) -> list[_Kinded]:
        """What is written for this kind of section; else what is written for all."""
        return [o for o in options if self.kind in o.kinds] or [o for o in options if not o.kinds] or options

    def strokes(self, text: str, measure: int, steps: int) -> tuple[Stroke, ...]:
        """A pattern's strokes in this measure, counted from the section's start; a pickup plays the end of a bar."""
        pickup = 0 if self.ground.measures[0].whole else 1
        place = measure - max(self.plan.first, pickup)
        if measure >= pickup:
            return strokes(text, place, steps)
        nominal = int(self.brief.meter.beats * STEPS_PER_BEAT)
        late = nominal - steps
        return tuple(Stroke(s.step - late, s.steps, s.sign) for s in strokes(text, place, nominal) if s.step >= late)

    def fine_strokes(self, text: str, measure: int, steps: int, speed: Fraction) -> tuple[Stroke, ...]:
        """Strokes of a pattern read faster or slower than written."""
        if speed == 1:
            return self.strokes(text, measure, steps)
        return fine_strokes(text, max(0, measure - self.plan.first), steps, speed)

    def groove(self, grooves: tuple[Groove, ...], level: str, *where: str) -> Groove | None:
        """The groove of this piece (one set per seed and cycle) at a level; the metre's own where there is one."""
        meter = str(self.brief.meter)
        own = [g for g in grooves if g.meter == meter] or [g for g in grooves if g.meter == "4/4"] or list(grooves)
        if not own:
            return None
        usual = sorted({g.set for g in own if not g.kinds} or {g.set for g in own})
        name = choose(usual, self.seeds.groove, "groove set", *where)
        fitting = self._of_kind(own)
        own_kind = sorted({g.set for g in fitting})
        if name not in own_kind:
            name = choose(own_kind, self.seeds.groove, "groove set", self.kind, *where)
        of_set = [g for g in fitting if g.set == name]
        order = {"light": 0, "main": 1, "full": 2}
        found = min(of_set, key=lambda g: abs(order[g.level] - order[level]))
        if found.meter == meter or found.meter != "4/4":
            return found
        return replace(found, rows=tuple((drum, retold(line, meter)) for drum, line in found.rows))

    @cached_property
    def drum_speed(self) -> Fraction:
        """1, or half or double where the style changes its time in this kind of section."""
        if not happens(self.genre.time_change_likely, self.seeds.groove, "time change", self.plan.material):
            return Fraction(1)
        kind = self.kind
        return Fraction(1, 2) if kind in self.genre.half_time else Fraction(1 + (kind in self.genre.double_time))

    def named(self, names: tuple[str, ...]) -> tuple[Pattern, ...]:
        return tuple(p for p in self.genre.patterns if p.name in names)


def with_marks(marks: tuple[int, ...], played: tuple[Stroke, ...], steps: int, sign: str) -> tuple[Stroke, ...]:
    """Strokes with an attack on each mark: what sounds there is cut, what is missing is added."""
    starts = {stroke.step for stroke in played}
    every = sorted([*played, *(Stroke(m, steps - m, sign) for m in marks if m not in starts)], key=lambda s: s.step)
    result = []
    for i, stroke in enumerate(every):
        end = every[i + 1].step if i + 1 < len(every) else steps
        cut = stroke.step + stroke.steps > end
        result.append(replace(stroke, steps=min(stroke.steps, end - stroke.step), tied=stroke.tied and not cut))
    return tuple(result)
