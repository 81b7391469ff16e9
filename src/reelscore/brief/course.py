"""The course of the piece in time: cues from the picture, bent by what the prompt says of beginning, middle and end.

Energy is 0..1. Without a picture and without words about the course, one open cue leaves the form to the composer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from reelscore.brief.from_video import FilmReading
from reelscore.brief.shape import Step
from reelscore.values.brief import Cue, Reason
from reelscore.values.time import Seconds, Span

_AT = {"start": 0.0, "middle": 0.5, "late": 0.75, "end": 1.0}
_SPREAD = 0.38  # how far a full pull moves the energy
_CUE_SECONDS = 12  # about one cue per so many seconds


def cues_of(
    steps: Sequence[Step], film: FilmReading | None, duration: Seconds, energy: float, valence: float
) -> tuple[tuple[Cue, ...], tuple[Reason, ...]]:
    """The cues and, where the prompt shaped them, why."""
    reasons = (Reason("course", _told(steps), "prompt", ", then ".join(_words(steps))),) if steps else ()
    if film and film.cues:
        cues = tuple(film.cues)
        return (tuple(_bent(cue, steps, duration) for cue in cues) if steps else cues), reasons
    if not steps:
        return (Cue(Span(Fraction(0), duration), "", energy, valence),), ()
    count = max(2, min(6, round(duration / _CUE_SECONDS)))
    cues = tuple(Cue(Span(duration * i / count, duration * (i + 1) / count), "", energy, valence) for i in range(count))
    return _labelled([_bent(cue, steps, duration) for cue in cues]), reasons


def _bent(cue: Cue, steps: Sequence[Step], duration: Seconds) -> Cue:
    start, end = float(cue.span.start / duration), float(cue.span.end / duration)
    place = 0.0 if start <= 0 else 1.0 if end >= 1 else (start + end) / 2
    pull = _between([(_AT[step.place], step.energy) for step in steps], place)
    toned = [(_AT[step.place], step.valence - cue.valence) for step in steps if step.valence is not None]
    tone = cue.valence + (_between(toned, place) or 0.0)
    level = 0.25 + 0.5 * cue.energy  # room above and below, so that the course can be heard
    energy = min(1.0, max(0.05, level + _SPREAD * (pull or 0.0)))
    return replace(cue, energy=round(energy, 3), valence=round(tone, 3))


def _between(points: Sequence[tuple[float, float]], place: float) -> float | None:
    """The value at this place, on straight lines between points, level beyond them."""
    if not points:
        return None
    ordered = sorted(points)
    if len(ordered) == 1 and ordered[0][0] in (0.0, 1.0):  # one end named: it fades towards the other
        at, value = ordered[0]
        return value * max(0.0, 1 - 2 * abs(place - at))
    before = [point for point in ordered if point[0] <= place]
    after = [point for point in ordered if point[0] >= place]
    if not before or not after:
        return (before or after)[-1 if before else 0][1]
    (a, low), (b, high) = before[-1], after[0]
    return low if a == b else low + (high - low) * (place - a) / (b - a)


def _labelled(cues: list[Cue]) -> tuple[Cue, ...]:
    top = max(range(len(cues)), key=lambda i: cues[i].energy)
    named = []
    for i, cue in enumerate(cues):
        rising = i > 0 and cue.energy > cues[i - 1].energy + 0.02
        label = (
            "opening"
            if i == 0
            else "ending"
            if i == len(cues) - 1
            else "lift"
            if i == top
            else "build"
            if rising
            else ""
        )
        named.append(replace(cue, label=label))
    return tuple(named)


def _told(steps: Sequence[Step]) -> str:
    first, last = steps[0], steps[-1]
    peak = max(steps, key=lambda step: step.energy)
    start = (
        "soft"
        if first.place == "start" and first.energy < -0.2
        else "strong"
        if first.place == "start" and first.energy > 0.4
        else ""
    )
    end = (
        "big"
        if last.place == "end" and last.energy > 0.4
        else "quiet"
        if last.place == "end" and last.energy < -0.2
        else ""
    )
    told = [
        f"{start} start" if start else "",
        "a build" if peak.place in ("middle", "late") and peak.energy > 0.4 else "",
        f"{end} ending" if end else "",
    ]
    return ", ".join(part for part in told if part) or "as described"


def _words(steps: Sequence[Step]) -> list[str]:
    return list(dict.fromkeys(f"“{step.words.strip()}”" for step in steps))
