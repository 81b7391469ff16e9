"""Spotting: which moments of a film the music should mark, and how much each one matters.

A cut weighs by the size of the change, the length of the shot it opens and the detector's confidence; dissolves, fades
and sudden motion weigh half at most, and motion counts only where nothing else is near.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from reelscore.values.brief import Hit
from reelscore.values.reading import MotionPeak, Shot, VideoReading
from reelscore.values.time import Seconds

SURE = 0.3  # openings less certain than this are not marked
FULL_SHOT = Fraction(4)  # seconds: a shot as long as this gives its cut full weight
FLURRY = Fraction(1, 2)  # seconds: cuts closer than this share their weight
MOST_SOFT = 0.5  # a dissolve or fade
MOST_MOTION = 0.35
STRONG_MOTION = 0.7
MOTION_ALONE = Fraction(3, 2)  # seconds from anything else
MOTION_APART = Fraction(4)
EDGE = Fraction(1)  # seconds at either end in which motion is not marked
TURN = 0.2  # what a cut gains where the film's character turns


def spot(video: VideoReading, duration: Seconds) -> tuple[Hit, ...]:
    """The hits of a film, in order, each once."""
    cuts = [shot for shot in video.cuts if 0 < shot.span.start < duration and shot.confidence >= SURE]
    at = [shot.span.start for shot in cuts]
    crowd = [bisect_left(at, t + FLURRY) - bisect_right(at, t - FLURRY) - 1 for t in at]
    hits = [Hit(shot.span.start, _weight(shot, near), shot.opening) for shot, near in zip(cuts, crowd, strict=True)]
    hits += [
        Hit(peak.at, round(MOST_MOTION * peak.strength, 3), "motion")
        for peak in _lone_peaks(video.peaks, [hit.at for hit in hits], duration)
    ]
    unique = {hit.at: hit for hit in sorted(hits, key=lambda hit: hit.weight)}
    return tuple(unique[at] for at in sorted(unique))


def stressed(hits: Sequence[Hit], turns: Sequence[Seconds]) -> tuple[Hit, ...]:
    """The same hits, heavier where the film turns from one cue to the next."""
    at = set(turns)
    return tuple(
        replace(hit, weight=min(1.0, round(hit.weight + TURN, 3))) if hit.at in at and hit.kind == "cut" else hit
        for hit in hits
    )


def _weight(shot: Shot, near: int) -> float:
    length = float(min(Fraction(1), shot.span.duration / FULL_SHOT))
    weight = shot.confidence * (0.45 + 0.35 * shot.change + 0.2 * length)
    weight *= 0.7**near
    if shot.opening != "cut":
        weight = min(MOST_SOFT, 0.6 * weight)
    return round(min(1.0, max(0.01, weight)), 3)


def _lone_peaks(peaks: Sequence[MotionPeak], taken: Sequence[Seconds], duration: Seconds) -> list[MotionPeak]:
    chosen: list[MotionPeak] = []
    for peak in sorted(peaks, key=lambda peak: (-peak.strength, peak.at)):
        alone = all(abs(peak.at - at) >= MOTION_ALONE for at in taken)
        apart = all(abs(peak.at - other.at) >= MOTION_APART for other in chosen)
        if peak.strength >= STRONG_MOTION and alone and apart and EDGE <= peak.at <= duration - EDGE:
            chosen.append(peak)
    return chosen
