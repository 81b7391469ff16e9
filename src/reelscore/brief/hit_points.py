"""Fit the tempo map to the picture: hits land on beats, the big ones on downbeats.

Film practice: spot the hits, search the tempo that serves most of them, bend it where a listener does not notice, and
put in a half bar before bending further. The search proposes, the curve makes each proposal as steady as it can be,
and the steadiest one that serves the hits well enough is taken: one tempo throughout where that already does.

Units: seconds and beats are exact `Fraction`s in everything returned; floats live only in the search.
A person's own hit lies exactly on its beat. A cut may give way by up to a frame, which nobody sees, where
that makes the tempo steadier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reelscore.brief.landing import figures_of, final_beat, landings, plain
from reelscore.brief.steady import filling_tempo, locked_map, steady_maps
from reelscore.values.brief import FitFigures, Hit, HitResult
from reelscore.values.time import Bar, Beats, Meter, Seconds, TempoMap

DEFAULT_FRAME = Fraction(1, 25)
WIDE = Fraction(2, 5)  # how far the search may leave the tempo aimed at


@dataclass(frozen=True, slots=True)
class TempoFit:
    """A tempo map, where each hit lands on it, and how good that is."""

    tempo_map: TempoMap
    hits: tuple[HitResult, ...]  # as given, in the same order
    final_beat: Beats  # the downbeat for the ending's last chord; it rings from there to the end
    figures: FitFigures
    notes: tuple[str, ...] = ()  # what could not be met


def fit_tempo(
    hits: Sequence[Hit],
    duration: Seconds,
    frame_rate: Fraction | None,
    bpm: Fraction,
    low: Fraction,
    high: Fraction,
    locked: bool,
    meter: Meter,
) -> TempoFit:
    """The tempo map that serves these hits best, near `bpm` and within `low`..`high` (quarter notes per minute).

    Beat 0 sounds at second 0; bars cover the duration. `locked` keeps exactly `bpm`, and only then may the music begin
    up to half a second late. A hit counts as kept within one frame (1/25 s without a picture).
    """
    frame = 1 / frame_rate if frame_rate else DEFAULT_FRAME
    marks = [hit for hit in hits if 0 <= hit.at <= duration and hit.weight > 0]
    tempi = (min(max(low, bpm * (1 - WIDE)), high), max(min(high, bpm * (1 + WIDE)), low))
    if locked:
        tempo_map = locked_map(marks, duration, frame, bpm, meter)
    elif not marks:
        tempo_map = plain(filling_tempo(duration, bpm, low, high, meter), meter, duration)
    else:
        from reelscore.brief.bent import bent_map  # compiled code: only where there is something to search

        steady = steady_maps(marks, duration, frame, bpm, tempi, meter)
        tempo_map = bent_map(marks, duration, frame, bpm, tempi, meter, steady)
    tempo_map = covering(tempo_map, duration, meter)
    results = landings(tempo_map, hits, frame)
    figures = figures_of(tempo_map, results, duration, frame, meter)
    return TempoFit(tempo_map, results, final_beat(tempo_map, duration), figures, _notes(results, locked))


def covering(tempo_map: TempoMap, duration: Seconds, meter: Meter) -> TempoMap:
    """The same map with just the bars that the duration needs."""
    bars = list(tempo_map.bars[:1])
    bars += [bar for bar in tempo_map.bars[1:] if tempo_map.seconds_at(bar.start) < duration]
    while tempo_map.seconds_at(bars[-1].end) < duration:
        bars.append(Bar(len(bars), bars[-1].end, meter))
    steps = tuple(step for step in tempo_map.steps if step.at < bars[-1].end)
    return TempoMap(tempo_map.start, steps, tuple(bars))


def _notes(results: Sequence[HitResult], locked: bool) -> tuple[str, ...]:
    """A line for each hit of a person's own that is not on a beat, naming the one in its way."""
    own = [result for result in results if result.hit.asked]
    notes = []
    for result in own:
        if result.target in ("beat", "downbeat"):
            continue
        at, error = float(result.hit.at), float(result.error) * 1000
        rival = min(
            (o.hit.at for o in own if o is not result and o.kept), key=lambda t: abs(t - result.hit.at), default=None
        )
        why = "the tempo was asked for by number" if locked else "no tempo in the range reaches it"
        if not locked and rival is not None and abs(rival - result.hit.at) < 1:
            why = f"it lies too close to the hit at {float(rival):.2f} s"
        place = "lands on an eighth" if result.kept else f"misses its beat by {abs(error):.0f} ms"
        notes.append(f"The hit at {at:.2f} s {place}: {why}.")
    return tuple(notes)


def warm() -> None:
    """Compile the search once, so that no film waits for it."""
    hits = [Hit(Fraction(at), 1.0, "cut") for at in (2, 5)]
    fit_tempo(hits, Fraction(8), Fraction(30), Fraction(110), Fraction(90), Fraction(130), False, Meter())
