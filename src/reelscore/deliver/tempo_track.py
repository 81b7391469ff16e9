"""A TempoMap on MIDI ticks: tempo events whose rounding never adds up.

MIDI tempo is whole microseconds per quarter note, so almost every tempo is rounded. Each event here is chosen from
where the music should be at its end, and long stretches of one tempo are cut, so no tick strays from the map by more
than a fraction of a millisecond however long the piece is.

Music that starts after the film does gets a lead-in: one short bar whose tempo makes it last exactly that long, so
that bars in a music program are bars of the score. Music that starts before the film (a pickup) starts at tick 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from reelscore.values.time import Beats, Seconds, TempoMap

TICKS_PER_BEAT = 960
_STRETCH = 256  # beats of one tempo before the rounding is looked at again
_MOST_TEMPO = (1 << 24) - 1


@dataclass(frozen=True, slots=True)
class TempoEvent:
    """From this tick on, a quarter note lasts `micros` microseconds."""

    tick: int
    micros: int


@dataclass(frozen=True, slots=True)
class MeterEvent:
    """A time signature from this tick on."""

    tick: int
    numerator: int
    denominator: int


@dataclass(frozen=True)
class TickMap:
    """Beats of a tempo map on the ticks of one MIDI file. `tempo_map` is the source; `lead` its lead-in in ticks."""

    tempo_map: TempoMap
    lead: int
    tempi: tuple[TempoEvent, ...]
    meters: tuple[MeterEvent, ...]

    def tick(self, beat: Beats) -> int:
        """The tick of a beat; beats before the first are put on tick 0."""
        return max(0, self.lead + round(beat * TICKS_PER_BEAT))

    def tick_at(self, at: Seconds) -> int:
        """The tick of a moment of the film."""
        if at < self.tempo_map.start and self.lead:
            return max(0, round(at / self.tempo_map.start * self.lead))
        return self.tick(self.tempo_map.beat_at(at))

    @property
    def film_start(self) -> Seconds:
        """The second of the file at which the film begins: 0, or later when the music starts before it."""
        return max(Fraction(0), -self.tempo_map.start)


def tick_map(tempo_map: TempoMap, end: Beats) -> TickMap:
    """Tempo and meter events for a piece that ends at this beat."""
    lead = _lead(tempo_map)
    opening = [TempoEvent(0, _tempo(tempo_map.start, lead))] if lead else []
    start = _lasting(opening[0].micros, lead) if lead else tempo_map.start
    tempi = opening + _tempi(tempo_map, start, lead, max(end, tempo_map.end))
    meters = [MeterEvent(0, *_signature(lead))] if lead else []
    for bar in tempo_map.bars:
        meter = (bar.meter.numerator, bar.meter.denominator)
        if not meters or (meters[-1].numerator, meters[-1].denominator) != meter:
            meters.append(MeterEvent(lead + round(bar.start * TICKS_PER_BEAT), *meter))
    kept = [event for n, event in enumerate(tempi) if n == 0 or event.micros != tempi[n - 1].micros]
    return TickMap(tempo_map, lead, tuple(kept), tuple(meters))


def _tempi(tempo_map: TempoMap, start: Seconds, lead: int, end: Beats) -> list[TempoEvent]:
    """One event per stretch, each chosen so that the stretch ends where the map says."""
    places = [step.at for step in tempo_map.steps if step.at < end] + [end]
    ticks = sorted({round(beat * TICKS_PER_BEAT) for beat in places})
    events: list[TempoEvent] = []
    now = start
    for first, last in pairwise(ticks):
        for at in range(first, last, _STRETCH * TICKS_PER_BEAT):
            until = min(last, at + _STRETCH * TICKS_PER_BEAT)
            micros = _tempo(tempo_map.seconds_at(Fraction(until, TICKS_PER_BEAT)) - now, until - at)
            events.append(TempoEvent(lead + at, micros))
            now += _lasting(micros, until - at)
    return events


def _tempo(span: Seconds, ticks: int) -> int:
    """Microseconds per quarter note for this many ticks to last so long."""
    return min(_MOST_TEMPO, max(1, round(span * 1_000_000 * TICKS_PER_BEAT / ticks)))


def _lasting(micros: int, ticks: int) -> Seconds:
    return Fraction(micros * ticks, TICKS_PER_BEAT * 1_000_000)


def _lead(tempo_map: TempoMap) -> int:
    """Ticks of the lead-in bar: thirty-second notes nearest to the first tempo, whole quarters for long ones."""
    if tempo_map.start <= 0:
        return 0
    beats = tempo_map.start / tempo_map.steps[0].seconds_per_beat
    if beats >= 4:
        return round(beats) * TICKS_PER_BEAT
    return max(1, round(beats * 8)) * TICKS_PER_BEAT // 8


def _signature(ticks: int) -> tuple[int, int]:
    """The time signature of a bar of this length."""
    whole = Fraction(ticks, 4 * TICKS_PER_BEAT)
    scale = max(1, 4 // whole.denominator)
    return min(255, whole.numerator * scale), whole.denominator * scale
