"""The course of the piece in time: cues from the picture, bent by what the prompt says of beginning, middle and end.

Energy is 0..1. Without a picture and without words about the course, one open cue leaves the form to the composer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from reelscore.brief.asked import mood_named
from reelscore.brief.from_video import FilmReading
from reelscore.brief.prompt import read_prompt
from reelscore.brief.shape import PLACES, Step
from reelscore.brief.text import LONGEST_PROMPT
from reelscore.errors import BriefError
from reelscore.values.brief import Cue, CurvePoint, Reason, mean_of
from reelscore.values.time import Seconds, Span
from reelscore.values.vocabulary import Vocabulary

_POINT = re.compile(r"(?:(?P<minutes>\d{1,2}):)?(?P<seconds>\d{1,4}(?:\.\d{1,3})?)\s*s?\s*[=: ]\s*(?P<level>\S.*)")
_SPREAD = 0.38  # how far a full pull moves the energy
_CUE_SECONDS = 12  # about one cue per so many seconds
_FALL = 0.15  # of the energy: what falls so far and rises again is a break
_SHORTEST = Fraction(7, 2)  # seconds of a cue that a course makes


def cues_of(
    steps: Sequence[Step], film: FilmReading | None, duration: Seconds, energy: float, valence: float
) -> tuple[tuple[Cue, ...], tuple[Reason, ...]]:
    """The cues and, where the prompt shaped them, why."""
    steps = [step for step in steps if step.at is None or step.at < duration]
    reasons = (Reason("course", _told(steps), "prompt", ", then ".join(_words(steps))),) if steps else ()
    if film and film.cues:
        if not steps:
            return tuple(film.cues), ()
        cues = _finer(film.cues, duration)
        return _labelled([_bent(cue, steps, duration) for cue in cues]), reasons
    if not steps:
        return (Cue(Span(Fraction(0), duration), "", energy, valence),), ()
    if any(step.at is not None for step in steps):
        spans = _cut([step.at for step in steps if step.at is not None and step.at > 0], duration)
        return _labelled([_bent(Cue(span, "", energy, valence), steps, duration) for span in spans]), reasons
    cues = _finer([Cue(Span(Fraction(0), duration), "", energy, valence)], duration)
    return _labelled([_bent(cue, steps, duration) for cue in cues]), reasons


def _finer(cues: Sequence[Cue], duration: Seconds) -> list[Cue]:
    """The cues, long ones cut evenly, so that a beginning, a middle and an end can differ also in a short film."""
    length = max(_SHORTEST, min(Fraction(_CUE_SECONDS), duration / 3))
    most = max(1, 6 - len(cues) + 1)
    finer: list[Cue] = []
    for cue in cues:
        whole = cue.span.end - cue.span.start
        count = max(1, min(most, round(whole / length)))
        finer += [
            replace(cue, span=Span(cue.span.start + whole * i / count, cue.span.start + whole * (i + 1) / count))
            for i in range(count)
        ]
    return finer


def _cut(times: Sequence[Seconds], duration: Seconds) -> list[Span]:
    """The piece cut where the course changes, and long stretches once more."""
    marks = [Fraction(0), *sorted(set(times)), duration]
    spans: list[Span] = []
    for start, end in pairwise(marks):
        count = max(1, min(6, round((end - start) / (_CUE_SECONDS * Fraction(3, 2)))))
        spans += [
            Span(start + (end - start) * k / count, start + (end - start) * (k + 1) / count) for k in range(count)
        ]
    return [span for span in spans if span.end > span.start]


def curve_of(steps: Sequence[Step], duration: Seconds, energy: float, valence: float) -> tuple[CurvePoint, ...]:
    """The course asked for, drawn: level or straight between what was said; () where nothing was."""
    said = [(_time(step, duration), step) for step in steps if step.at is None or step.at < duration]
    if not said:
        return ()
    said.sort(key=lambda pair: pair[0])
    if len(said) == 1 and said[0][1].at is None and said[0][0] in (0, duration):  # it fades towards the other end
        rest = Step("middle", 0.0, None, "", "")
        said.insert(0 if said[0][0] else 1, (duration / 2, rest))

    def point(at: Seconds, step: Step) -> CurvePoint:
        level = 0.25 + 0.5 * energy + _SPREAD * step.energy
        tone = step.valence if step.valence is not None else valence
        return CurvePoint(at, round(min(1.0, max(0.05, level)), 3), round(tone, 3))

    points: list[CurvePoint] = []
    for k, (at, step) in enumerate(said):
        if at == 0:
            points.clear()
        if points and points[-1].at < at and ((step.at is not None and not step.drawn) or step.sudden):
            points.append(replace(points[-1], at=at))
        if step.at is not None and step.ramp:
            until = said[k + 1][0] if k + 1 < len(said) else at + (duration - at) * Fraction(3, 4)
            at = max(at, until)
        points.append(point(at, step))
    return tuple(points)


def _time(step: Step, duration: Seconds) -> Seconds:
    return step.at if step.at is not None else duration * Fraction(PLACES[step.place])


def _bent(cue: Cue, steps: Sequence[Step], duration: Seconds) -> Cue:
    if any(step.at is not None for step in steps):
        curve = curve_of(steps, duration, cue.energy, cue.valence)
        level, tone = mean_of(curve, float(cue.span.start), float(cue.span.end))
        return replace(cue, energy=round(level, 3), valence=round(tone, 3))
    start, end = float(cue.span.start / duration), float(cue.span.end / duration)
    place = 0.0 if start <= 0 else 1.0 if end >= 1 else (start + end) / 2
    pull = _between([(PLACES[step.place], step.energy) for step in steps], place)
    toned = [(PLACES[step.place], step.valence - cue.valence) for step in steps if step.valence is not None]
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
            else "break"
            if cue.energy < cues[i - 1].energy - _FALL and any(c.energy > cue.energy + _FALL for c in cues[i + 1 :])
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


def drawn(wish: str, vocabulary: Vocabulary) -> tuple[Step, ...]:
    """A course by option: points ("0:00 0.3, 0:20 intense, 0:45 0.2") or words ("calm, then builds from 0:20").

    Raises BriefError where it is neither.
    """
    steps: list[Step] = []
    for part in re.split(r"[,;，；、]", wish[:LONGEST_PROMPT]):
        found = _POINT.fullmatch(part.strip())
        if not found:
            steps = []
            break
        at = Fraction(found["minutes"] or 0) * 60 + Fraction(found["seconds"])
        energy, valence, mood = _level(found["level"].strip(), vocabulary)
        steps.append(Step("middle", energy, valence, mood, part.strip(), at=at, drawn=True))
    if steps:
        return tuple(sorted(steps, key=lambda step: step.at or 0))
    told = read_prompt(wish, vocabulary).steps
    if not told:
        raise BriefError(
            f"Cannot read the curve “{' '.join(wish.split())[:60]}”.",
            'Write points ("0:00 0.3, 0:20 0.9") or words ("calm, then builds from 0:20").',
        )
    return told


def _level(text: str, vocabulary: Vocabulary) -> tuple[float, float | None, str]:
    """A pull -1..1 (and valence and mood) from a number 0..1, a percentage or the name of a feeling."""
    number = re.fullmatch(r"(\d{1,3}(?:\.\d{1,4})?)\s*(%?)", text)
    if number:
        value = float(number[1]) / (100 if number[2] else 1)
        if value > 1:
            raise BriefError(f'The curve cannot go to "{text}".', 'Levels go from 0 to 1, or from "0%" to "100%".')
        return max(-1.0, min(1.0, 2 * value - 1)) * 1.3, None, ""
    mood = mood_named(text, vocabulary)
    return mood.arousal, mood.valence, mood.name
