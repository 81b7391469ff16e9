"""What the examples of the edit commands look and sound like: three moments of each, and its sound as levels.

The moments are taken from where the picture is another than before: at 1/6, 3/6 and 5/6 of all such stretches
together (of the whole when nothing is). A few examples are better seen at moments of their own (`MOMENTS`).

Pictures are composed as large as fits `LARGE` and given as RGB on a grey mat of that size; past the end of a timeline
there is the mat alone. Sound is RMS in dB of full scale for each 100 ms, left and right, and of three bands for each
half second.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from reelscore.edit.command import Command
from reelscore.edit.samples import FACTS, SAMPLES
from reelscore.render.compositor import Compositor
from reelscore.render.soundtrack import sound_blocks
from reelscore.render.sources import Sources
from reelscore.values.command import Edited, Example
from reelscore.values.sound import SAMPLE_RATE, Samples
from reelscore.values.time import Seconds, frames_in, samples_in
from reelscore.values.timeline import Segment, Timeline, Track
from tests.unit.render.painting import frame_rgb

Image = NDArray[np.uint8]
Levels = dict[str, list[float]]
F = Fraction

LARGE = (320, 180)
MAT = 96
QUIETEST_DB = -60.0  # what is softer counts as this
BANDS = {"low": (0, 250), "mid": (250, 2500), "high": (2500, 24000)}  # Hz
MOMENTS: Mapping[tuple[str, int], tuple[Seconds, ...]] = {
    key: tuple(F(at) for at in said.split())
    for key, said in {
        ("add", 0): "9 11 16",
        ("add", 1): "3 5 7",
        ("cut_first", 0): "0.5 5 9",
        ("cut_last", 0): "3 6.5 8",
        ("cut_last", 1): "6.5 7.5 13.5",
        ("cut_range", 0): "2 4 8",
        ("cut_range", 1): "4 7 17",
        ("cut_to_beat", 0): "1 3 5",
        ("cut_to_beat", 1): "1 3 5",
        ("duplicate", 0): "2 6 10",
        ("duplicate", 1): "6 10 14",
        ("fade_in", 1): "0.1 0.5 2",
        ("fade_out", 1): "11 12.5 13.5",
        ("fit_duration", 0): "3 5.5 8",
        ("fit_duration", 1): "1 3 7",
        ("fit_duration", 2): "3 6 9",
        ("freeze", 0): "3.5 5 8",
        ("freeze", 1): "13 15 16.5",
        ("keep_range", 0): "0.5 3 7",
        ("keep_range", 1): "1 3 7",
        ("loop", 0): "6 10 14",
        ("loop", 1): "5 15 20",
        ("remove", 0): "3 5 9",
        ("ripple_delete", 0): "3 5 9",
        ("ripple_delete", 1): "0.5 2.9 5",
        ("snap_to_beat", 0): "3.5 4.1 4.5",
        ("snap_to_beat", 1): "3.5 4.1 4.5",
        ("speed", 0): "1 3 7",
        ("text_animation", 0): "0.1 0.3 1.5",
        ("text_animation", 1): "1.1 2 2.9",
        ("transition", 0): "3.75 4.25 8.1",
        ("trim", 0): "5.5 7 13",
    }.items()
}


@dataclass(frozen=True, slots=True)
class Case:
    """One example of a command: the timeline it starts from and what became of it."""

    command: Command
    number: int
    example: Example
    before: Timeline
    edited: Edited

    @property
    def after(self) -> Timeline:
        return self.edited.timeline

    @property
    def moments(self) -> tuple[Seconds, ...]:
        chosen = MOMENTS.get((self.command.name, self.number))
        return chosen or differing_moments(self.before, self.after)


def cases(command: Command) -> tuple[Case, ...]:
    """The examples of a command, applied."""
    made = []
    for number, example in enumerate(command.examples):
        before = SAMPLES[example.on]()
        made.append(Case(command, number, example, before, command.apply(before, example.args, FACTS)))
    return tuple(made)


class Studio:
    """Shows (at most `size`) and plays timelines of the sample media. What was made once is kept."""

    def __init__(self, sources: Sources, size: tuple[int, int] = LARGE) -> None:
        self._sources, self._size = sources, size
        self._pictures: dict[tuple[object, Seconds], Image] = {}
        self._sounds: dict[object, Samples] = {}

    def strip(self, timeline: Timeline, moments: Sequence[Seconds]) -> tuple[Image, ...]:
        """The picture at each moment, on the mat."""
        key = (timeline.canvas, tuple(track for track in timeline.tracks if track.kind != "audio"))
        missing = [at for at in moments if (key, at) not in self._pictures]
        if missing:
            shown = fitted((timeline.canvas.width, timeline.canvas.height), self._size)
            with Compositor(timeline, self._sources, shown) as compositor:
                for at in missing:
                    self._pictures[key, at] = _on_mat(compositor, timeline, at, self._size)
        return tuple(self._pictures[key, at] for at in moments)

    def sound(self, timeline: Timeline) -> Samples:
        """All of a timeline's sound."""
        key = tuple(replace(track, items=tuple(map(_heard, track.items))) for track in timeline.tracks)
        if key not in self._sounds:
            count = samples_in(timeline.duration, SAMPLE_RATE)
            speech = {media: facts.speech for media, facts in FACTS.media.items()}
            blocks = list(sound_blocks(timeline, self._sources, 0, count, speech))
            self._sounds[key] = np.concatenate(blocks) if blocks else np.zeros((0, 2), np.float32)
        return self._sounds[key]


def fitted(size: tuple[int, int], into: tuple[int, int]) -> tuple[int, int]:
    """The largest even size of this shape that fits."""
    scale = min(into[0] / size[0], into[1] / size[1])
    return round(size[0] * scale / 2) * 2, round(size[1] * scale / 2) * 2


def small(image: Image) -> Image:
    """Half as wide and high."""
    return np.asarray(cv2.resize(image, (LARGE[0] // 2, LARGE[1] // 2), interpolation=cv2.INTER_AREA), np.uint8)


def levels(samples: Samples) -> Levels:
    """How loud it is over time."""
    found: Levels = {
        side: [_db(np.mean(part.astype(np.float64) ** 2)) for part in _pieces(samples[:, n], SAMPLE_RATE // 10)]
        for n, side in enumerate(("left", "right"))
    }
    bands: dict[str, list[float]] = {name: [] for name in BANDS}
    for part in _pieces(samples.mean(axis=1), SAMPLE_RATE // 2):
        power = np.abs(np.fft.rfft(part)) ** 2 * 2 / len(part) ** 2
        hertz = np.fft.rfftfreq(len(part), 1 / SAMPLE_RATE)
        for name, (low, high) in BANDS.items():
            bands[name].append(_db(float(power[(hertz >= low) & (hertz < high)].sum())))
    return {**found, **bands}


def differing_moments(before: Timeline, after: Timeline) -> tuple[Seconds, ...]:
    """At 1/6, 3/6 and 5/6 of what is shown differently, on whole frames of the timeline after."""
    borders = sorted({F(0), *_borders(before), *_borders(after)})
    pieces = list(pairwise(borders))
    other = [(a, b) for a, b in pieces if _shown(before, (a + b) / 2, a) != _shown(after, (a + b) / 2, a)] or pieces
    total = sum((b - a for a, b in other), F(0))
    return tuple(_within(other, total * share, after.canvas.frame_rate) for share in (F(1, 6), F(1, 2), F(5, 6)))


def _within(pieces: Sequence[tuple[Seconds, Seconds]], at: Seconds, rate: Fraction) -> Seconds:
    for first, last in pieces:
        if at < last - first:
            return int((first + at) * rate) / rate
        at -= last - first
    return pieces[-1][1]


def _borders(timeline: Timeline) -> set[Seconds]:
    """Every moment at which something else may come into sight."""
    found: set[Seconds] = set()
    for track, span, segment in timeline.placed():
        if track.kind == "audio":
            continue
        found |= {span.start, span.end}
        for one in track.transitions:
            if one.into == segment.id:
                found |= {span.start - one.duration / 2, span.start + one.duration / 2}
    return found


def _shown(timeline: Timeline, at: Seconds, near: Seconds) -> object:
    """What decides the picture at a moment; `near` the part of it that lasts until the next border."""
    if at >= timeline.duration:
        return None
    seen: list[object] = [timeline.canvas]
    for track in timeline.tracks:
        if track.kind != "audio" and not track.hidden:
            seen += [_look(track, span.start, segment, at) for span, segment in track.placed() if span.holds(at)]
            seen += [one for one in track.transitions if _crosses(track, one.into, one.duration, at)]
    return seen


def _look(track: Track, start: Seconds, segment: Segment, at: Seconds) -> object:
    inside = (at - start) * segment.speed
    moment = segment.start if segment.freeze else segment.source.end - inside if segment.reverse else segment.start
    moment += F(0) if segment.freeze or segment.reverse else inside
    moving = segment.picture is not None and (segment.picture.zoom, segment.picture.fade_in, segment.picture.fade_out)
    animated = segment.text is not None and (segment.text.animation_in or segment.text.animation_out)
    place = (inside, segment.duration) if animated or any(moving or ()) else None
    return segment.media, moment, segment.picture, segment.text, segment.colour, track.role, place


def _crosses(track: Track, into: str, duration: Seconds, at: Seconds) -> bool:
    start = next((span.start for span, segment in track.placed() if segment.id == into), None)
    return start is not None and abs(at - start) < duration / 2


def _on_mat(compositor: Compositor, timeline: Timeline, at: Seconds, size: tuple[int, int]) -> Image:
    mat = np.full((size[1], size[0], 3), MAT, np.uint8)
    n = int(at * timeline.canvas.frame_rate)
    if n >= frames_in(timeline.duration, timeline.canvas.frame_rate):
        return mat
    image = frame_rgb(next(compositor.frames(n, 1)))
    top, left = (size[1] - image.shape[0]) // 2, (size[0] - image.shape[1]) // 2
    mat[top : top + image.shape[0], left : left + image.shape[1]] = image
    return mat


def _heard(item: Any) -> Any:
    """An item without what only the eye meets."""
    return replace(item, picture=None, text=None, name="") if isinstance(item, Segment) else item


def _pieces(wave: Any, length: int) -> list[Any]:
    return [wave[at : at + length] for at in range(0, len(wave), length) if len(wave) - at > length // 10]


def _db(power: float) -> float:
    return round(max(QUIETEST_DB, 10 * float(np.log10(max(power, 1e-12)))), 1)
