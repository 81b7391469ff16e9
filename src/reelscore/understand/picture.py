"""The picture, read: shots, motion, light, mood and focus of a whole film.

Cheap films are decoded whole; of expensive ones only what `viewing` asks for, in two threads with a decoder
each. Shots, motion, colour and focus are all read from the same small frames.
Memory does not grow with the film beyond its curves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from itertools import chain, pairwise
from pathlib import Path
from threading import Event
from typing import TypeVar

import numpy as np

from reelscore.errors import MediaError
from reelscore.understand.differences import Prints, largest_step
from reelscore.understand.files import shown
from reelscore.understand.focus import FocusMeter, Sight, focus_points
from reelscore.understand.glimpses import Glimpse, Stretch, every_glimpse, glimpses
from reelscore.understand.mood import Colour, ColourMeter, Curve, curves, mean_within
from reelscore.understand.motion import Motion, MotionMeter, motion_peaks
from reelscore.understand.packets import Packets, read_packets
from reelscore.understand.shots import Judge, Opening, openings_in, settled, to_shots
from reelscore.understand.viewing import (
    CHEAP_S,
    LEAP,
    LONGER,
    LONGER_SHARE,
    MOST_SHARE,
    SETTLES,
    Outlook,
    decoding_cost,
    first_looks,
    longer_looks,
    outlook,
    second_looks,
)
from reelscore.values.progress import Watch, unwatched
from reelscore.values.reading import MediaInfo, VideoReading

STAGE = "picture"
THREADS = 2
PARTS = 12  # of the work: the last ones should end together
STILL_MOTION = 0.01  # a film whose motion never passes this is a still
_REPORT_EVERY = 24  # frames


T = TypeVar("T")
M = TypeVar("M", Motion, Colour, Sight)


class Meters:
    """What is measured in single frames and in pairs of them."""

    def __init__(self, info: MediaInfo) -> None:
        self.motion, self.colour, self.focus = MotionMeter(), ColourMeter(), FocusMeter(info)

    def add(self, glimpse: Glimpse) -> None:
        moving = self.motion.add(glimpse)
        self.colour.add(glimpse)
        self.focus.add(glimpse, moving)


class Findings:
    """What has been seen so far: gathered in any order, put in order at the end."""

    def __init__(self, info: MediaInfo) -> None:
        self._info = info
        self.openings: list[Opening] = []
        self.motions: list[Motion] = []
        self.colours: list[Colour] = []
        self.sights: list[Sight] = []
        self.frames = 0

    def of_run(self, run: Iterable[Glimpse], rate: float, before: Prints | None = None) -> float:
        """Everything a run of frames tells; `before` as in Judge. Gives the judge's largest leap."""
        judge, meters = Judge(rate, before), Meters(self._info)
        for glimpse in run:
            judge.add(glimpse)
            meters.add(glimpse)
            self.frames += 1
        self.openings += judge.finish()
        self.take(meters)
        return judge.leap

    def take(self, meters: Meters) -> None:
        self.motions += meters.motion.motions
        self.colours += meters.colour.colours
        self.sights += meters.focus.sights

    def add(self, other: Findings) -> None:
        self.openings += other.openings
        self.motions += other.motions
        self.colours += other.colours
        self.sights += other.sights
        self.frames += other.frames


def read_picture(path: Path, info: MediaInfo, watch: Watch = unwatched, whole_below_s: float = CHEAP_S) -> VideoReading:
    """Shots, motion, light and mood. MediaError where no frame can be decoded; CancelledError passes through.

    Films that take less than `whole_below_s` CPU seconds to decode are decoded whole.
    """
    if info.video is None:
        raise MediaError(f"{shown(path)} has no picture.", "Use a video file.")
    watch(STAGE, 0.0)
    rate = float(info.video.frame_rate) or 25.0
    found = _sparsely(path, info, rate, watch, whole_below_s) or _wholly(path, info, rate, watch)
    reading = _reading(info, found)
    watch(STAGE, 1.0)
    return reading


def warm() -> None:
    """Nothing here is compiled; kept so that set-up can ask every stage alike."""


def _wholly(path: Path, info: MediaInfo, rate: float, watch: Watch) -> Findings:
    """Every frame decoded, in order."""
    duration = float(info.duration) or 1.0

    def watched() -> Iterator[Glimpse]:
        for glimpse in every_glimpse(path, info):
            if glimpse.number % _REPORT_EVERY == 0:
                watch(STAGE, min(0.99, float(glimpse.at) / duration))
            yield glimpse

    found = Findings(info)
    found.of_run(watched(), rate)
    return found


def _sparsely(path: Path, info: MediaInfo, rate: float, watch: Watch, whole_below_s: float) -> Findings | None:
    """Only the frames in question; None where every frame should be decoded."""
    if info.container in ("webp", "png", "jpeg", "gif", "avi"):
        return None
    packets = read_packets(path, info)
    codec = info.video.codec if info.video is not None else ""
    if len(packets) < 2 or not packets.keyframe[:1].all() or decoding_cost(info, packets) < whole_below_s:
        return None
    view = outlook(packets, codec, rate)
    first = first_looks(view)
    if _share(first, view) > MOST_SHARE:
        return None
    looks: list[Prints] = []
    found = Findings(info)
    for part, prints in _in_threads(first, lambda s, stop: _look(path, info, packets, s, stop), watch, 0.0, 0.4):
        looks += prints
        found.add(part)
    again = longer_looks(view, looks)
    if _share([*first, *again.values()], view) > LONGER_SHARE:
        again = {}
    longer = list(looks)
    scans = {n: replace(stretch, closely=stretch.last + 1) for n, stretch in again.items()}
    for stretches, start in ((scans, 0.4), (again, 0.55)):
        wanted = {n: stretch for n, stretch in stretches.items() if stretch.closely or largest_step(longer[n]) > LEAP}
        parts = _in_threads(
            list(wanted.values()), lambda s, stop: _look(path, info, packets, s, stop)[1], watch, start, start + 0.1
        )
        for n, seen in zip(wanted, chain.from_iterable(parts), strict=True):
            longer[n] = seen
    openings, second = second_looks(view, looks, longer, packets)
    if _share(second, view) > MOST_SHARE:
        return None
    found.openings += openings + _within(longer, view.pace)
    last_seen = dict(zip(view.keys.tolist(), [Prints(), *longer], strict=False))

    def closely(stretches: Sequence[Stretch], stop: Event) -> Findings:
        part = Findings(info)
        for stretch in stretches:
            for way in (stretch, replace(stretch, closely=0)):
                run = Findings(info)
                if stop.is_set() or run.of_run(_seen(way), rate, last_seen[stretch.entry]) <= LEAP:
                    break
            part.add(run)
        return part

    def _seen(stretch: Stretch) -> Iterator[Glimpse]:
        return glimpses(path, info, packets, [stretch])

    for part in _in_threads(second, closely, watch, 0.6, 0.99):
        found.add(part)
    return found if found.frames else None


def _share(stretches: Sequence[Stretch], view: Outlook) -> float:
    return sum(stretch.cost for stretch in stretches) / view.frames


def _look(
    path: Path, info: MediaInfo, packets: Packets, stretches: Sequence[Stretch], stop: Event
) -> tuple[Findings, list[Prints]]:
    """Prints of each stretch (empty where nothing could be decoded), with its motion and colour."""
    prints = [Prints() for _ in stretches]
    entries = np.array([stretch.first for stretch in stretches])
    found, meters = Findings(info), Meters(info)
    for glimpse in glimpses(path, info, packets, stretches):
        prints[max(0, int(np.searchsorted(entries, glimpse.number, "right")) - 1)].add(glimpse)
        meters.add(glimpse)
        found.frames += 1
        if stop.is_set():
            break
    found.take(meters)
    return found, prints


def _within(looks: Sequence[Prints], pace: int) -> list[Opening]:
    """Openings inside the looks themselves, where enough frames follow; each look after the last frame of the one
    before."""
    openings = []
    for before, look in pairwise([Prints(), *looks]):
        if len(look) == look.span >= LONGER * pace:
            run = Prints.of(before, len(before) - 1, look) if len(before) else look
            openings += openings_in(run, pace, len(run) - len(look) + 1, len(run) - SETTLES * pace)
    return openings


def _in_threads(
    stretches: Sequence[Stretch], work: Callable[[Sequence[Stretch], Event], T], watch: Watch, start: float, end: float
) -> Iterator[T]:
    """The results of work on parts of the stretches, in order; the watch hears of each. Stops at the first fault."""
    stop = Event()
    parts = _parts(stretches)
    with ThreadPoolExecutor(THREADS) as pool:
        try:
            waiting = [pool.submit(work, part, stop) for part in parts]
            for n, result in enumerate(waiting):
                yield result.result()
                watch(STAGE, start + (end - start) * (n + 1) / len(parts))
        finally:
            stop.set()


def _parts(stretches: Sequence[Stretch]) -> list[list[Stretch]]:
    """Neighbouring stretches together, about PARTS parts of about equal cost."""
    aim = sum(stretch.cost for stretch in stretches) / PARTS
    parts: list[list[Stretch]] = []
    full = True
    for stretch in stretches:
        if full:
            parts.append([])
        parts[-1].append(stretch)
        full = sum(one.cost for one in parts[-1]) >= aim
    return parts


def _reading(info: MediaInfo, found: Findings) -> VideoReading:
    duration = info.video.duration if info.video is not None and info.video.duration > 0 else info.duration
    duration = duration if duration > 0 else Fraction(1, 25)
    motions = _in_order(found.motions)
    shots = to_shots(settled(found.openings), duration)
    curve = curves(motions, _in_order(found.colours), shots, duration)
    moved = 1 - (1 - curve.camera) * (1 - curve.subject)
    shots = tuple(
        replace(shot, motion=_round(mean_within(moved, shot)), brightness=_round(mean_within(curve.brightness, shot)))
        for shot in shots
    )
    calm = len(shots) == 1 and float(moved.max()) < STILL_MOTION
    return VideoReading(
        info=info,
        shots=shots,
        camera_motion=_values(curve.camera),
        subject_motion=_values(curve.subject),
        brightness=_values(curve.brightness),
        saturation=_values(curve.saturation),
        warmth=_values(curve.warmth),
        arousal=_values(curve.arousal),
        valence=_values(curve.valence),
        peaks=motion_peaks(motions, [shot.span.start for shot in shots if shot.opening != "start"]),
        still=found.frames == 1 or calm,
        focus=focus_points(_in_order(found.sights), shots),
    )


def _in_order(measured: Sequence[M]) -> list[M]:
    """By time, once each: stretches may have been looked at twice."""
    once = {one.at: one for one in measured}
    return [once[at] for at in sorted(once)]


def _values(curve: Curve) -> tuple[float, ...]:
    return tuple(_round(float(value)) for value in curve)


def _round(value: float) -> float:
    return round(value, 4)
