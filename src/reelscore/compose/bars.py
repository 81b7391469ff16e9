"""The ground a piece is written on: the bars of the tempo map up to the final chord, with what the film asks of each.

Inside a bar time is counted in sixteenths ("steps"). A kept hit becomes an `Accent` on its step; a bar knows whether
somebody speaks over it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from reelscore.compose.patterns import STEPS_PER_BEAT, Step
from reelscore.values.brief import Brief, HitResult
from reelscore.values.time import Beats, Seconds

_STRONG, _PASSING = 0.7, 0.35


@dataclass(frozen=True, slots=True)
class Accent:
    """Something of the film to mark. `kept`: it falls exactly here; else this is only the nearest eighth."""

    step: int
    weight: float
    kept: bool

    @property
    def strong(self) -> bool:
        return self.kept and self.weight >= _STRONG


@dataclass(frozen=True, slots=True)
class Measure:
    """One bar of the body. `whole` is False for pickups and odd bars shorter than the piece's meter."""

    index: int
    start: Beats
    steps: int
    at: float  # seconds
    seconds: float
    whole: bool
    spoken: float  # share of the bar under speech, 0..1
    accents: tuple[Accent, ...]

    def beat(self, step: Step) -> Beats:
        """The beat of a step; steps past the end lie in the next bar."""
        return self.start + Fraction(step, STEPS_PER_BEAT)

    @property
    def end(self) -> Beats:
        return self.beat(self.steps)

    def accent(self, step: Step) -> Accent | None:
        return next((a for a in self.accents if a.step == step), None)


@dataclass(frozen=True, slots=True)
class Ground:
    """All bars before the final chord, the final chord's beat and the beat on which the film ends."""

    measures: tuple[Measure, ...]
    final_beat: Beats
    end_beat: Beats
    zero_beat: Beats  # the sixty-fourth at or just before second 0 (negative when the map starts late)
    late_accents: tuple[tuple[Beats, float], ...]  # kept hits after the final chord: beat, weight
    speech: tuple[tuple[float, float], ...]  # beats

    def speaks(self, start: Beats, end: Beats) -> bool:
        """Does anybody speak between these beats?"""
        return any(a < float(end) and b > float(start) for a, b in self.speech)


def ring_seconds(duration: Seconds, roomy: bool) -> tuple[float, float, float]:
    """How long the final chord rings: shortest, ideal and longest, in seconds."""
    ideal = min(3.2, max(1.2, float(duration) * 0.05)) * (1.25 if roomy else 1.0)
    return 0.8, min(ideal, float(duration) * 0.45), min(6.0, ideal * 2.2)


def hit_beat(brief: Brief, result: HitResult) -> Beats:
    """The grid position a hit was written to: on the eighth-note grid, or a sixteenth where no eighth was near."""
    parts = 4 if result.target == "sixteenth" else 2
    return Fraction(round(brief.tempo_map.beat_at(result.hit.at + result.error) * parts), parts)


def _final_beat(brief: Brief, roomy: bool) -> Beats:
    """The downbeat (or kept hit) that leaves the final chord room to ring, after the last kept hit if possible."""
    tempo_map, duration = brief.tempo_map, brief.duration
    shortest, ideal, _ = ring_seconds(duration, roomy)
    hits = [hit_beat(brief, r) for r in brief.hits if r.kept and r.target in ("downbeat", "beat")]
    downbeats = {bar.start for bar in tempo_map.bars} | {tempo_map.end}
    options = [
        beat
        for beat in sorted(downbeats | set(hits))
        if beat > 0 and shortest <= float(duration - tempo_map.seconds_at(beat))
    ]
    if not options:
        middle = tempo_map.beat_at(duration / 2)
        return max(Fraction(round(middle)), Fraction(0))

    def cost(beat: Beats) -> float:
        ring = float(duration - tempo_map.seconds_at(beat))
        overrun = sum(1 for h in hits if h > beat and float(duration - tempo_map.seconds_at(h)) > 0.3)
        bonus = 0.6 if beat in hits else 0.0
        return abs(ring - ideal) / max(ideal, 0.5) + 0.7 * overrun - bonus + (0.0 if beat in downbeats else 0.8)

    return min(options, key=lambda beat: (cost(beat), beat))


def _weight(result: HitResult) -> float:
    """How much a hit is marked: a cut between the eighths is caught in passing, with no chord or cymbal of its own."""
    passing = result.target == "sixteenth" and not result.hit.asked
    return min(_PASSING, result.hit.weight) if passing else result.hit.weight


def _spoken(brief: Brief, start: Seconds, end: Seconds) -> float:
    shared = sum((max(Fraction(0), min(end, s.end) - max(start, s.start)) for s in brief.speech), Fraction(0))
    return float(shared / (end - start)) if end > start else 0.0


def read_ground(brief: Brief, roomy: bool = False) -> Ground:
    """The bars of a brief's tempo map up to its final chord; `roomy` styles let that ring longer."""
    tempo_map = brief.tempo_map
    final = tempo_map.end if brief.loop else _final_beat(brief, roomy)
    accents: dict[Beats, Accent] = {}
    for result in brief.hits:
        wanted = result.target != "none" and (result.kept or result.hit.weight >= 0.5)
        if wanted and result.hit.at <= brief.duration:
            beat = hit_beat(brief, result)
            accent = Accent(0, _weight(result), result.kept)
            if beat not in accents or accents[beat].weight < accent.weight:
                accents[beat] = accent
    measures: list[Measure] = []
    for bar in tempo_map.bars:
        end = min(bar.end, final)
        if end <= bar.start:
            break
        at, until = tempo_map.seconds_at(bar.start), tempo_map.seconds_at(end)
        inside = tuple(
            Accent(int((beat - bar.start) * STEPS_PER_BEAT), a.weight, a.kept)
            for beat, a in sorted(accents.items(), key=lambda item: item[0])
            if bar.start <= beat < end
        )
        measures.append(
            Measure(
                index=bar.index,
                start=bar.start,
                steps=int((end - bar.start) * STEPS_PER_BEAT),
                at=float(at),
                seconds=float(until - at),
                whole=end - bar.start >= brief.meter.beats,
                spoken=_spoken(brief, at, until),
                accents=inside,
            )
        )
    return Ground(
        measures=tuple(measures),
        final_beat=final,
        end_beat=final if brief.loop else tempo_map.beat_at(brief.duration),
        zero_beat=Fraction(floor(tempo_map.beat_at(Fraction(0)) * 16), 16),
        late_accents=tuple((b, a.weight) for b, a in sorted(accents.items()) if b > final and a.kept),
        speech=tuple((float(tempo_map.beat_at(s.start)), float(tempo_map.beat_at(s.end))) for s in brief.speech),
    )
