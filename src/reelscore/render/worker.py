"""What a worker does: decodes and composes in a limited process, and feeds what it makes to its encoder.

A worker is given its part of a plan as JSON and works through it in order, so that neighbouring chunks share open
decoders. Every file it finishes appears in one step under its name; one left half-made by a kill has another name.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from reelscore.render.arguments import local, raw_pictures
from reelscore.render.run import pour
from reelscore.render.sources import Source, Sources
from reelscore.render.timeline_plan import RenderPlan
from reelscore.values.codec import from_json, to_json
from reelscore.values.progress import Watch
from reelscore.values.reading import MediaInfo
from reelscore.values.sound import SAMPLE_RATE
from reelscore.values.time import Span
from reelscore.values.timeline import Timeline

_SOUND_COST = 0.06  # of a second of sound, where that of a composed frame is 1


@dataclass(frozen=True, slots=True)
class Look:
    """Who draws frames and who makes sound, by name ("package.module:name"): loaded where they are needed."""

    picture: str = "reelscore.render.compositor:Compositor"
    sound: str = "reelscore.render.soundtrack:sound_blocks"


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames to compose into a file. `before` and `after` are the encoder's arguments around the raw input."""

    first: int
    count: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Sounds:
    """Samples to mix into a file; `arguments` are all of the encoder's."""

    first: int
    count: int
    arguments: tuple[str, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Share:
    """One worker's part of a render."""

    timeline: Timeline
    size: tuple[int, int]
    draft: bool
    look: Look = Look()
    sounds: tuple[Sounds, ...] = ()
    frames: tuple[Frames, ...] = ()
    files: tuple[tuple[str, str, MediaInfo], ...] = ()  # media id, path, what it is
    speech: tuple[tuple[str, tuple[Span, ...]], ...] = ()  # media id, when somebody speaks in it


def share_of(
    plan: RenderPlan, look: Look, sounds: tuple[Sounds, ...] = (), frames: tuple[Frames, ...] = ()
) -> dict[str, Any]:
    """The arguments of `work` for these pieces."""
    files = tuple((media, os.path.abspath(one.path), one.info) for media, one in sorted(plan.sources.items()))
    speech = tuple(sorted((media, tuple(spans)) for media, spans in plan.speech.items()))
    draft = plan.target.quality == "draft"
    return {"share": to_json(Share(plan.timeline, plan.size, draft, look, sounds, frames, files, speech))}


def cost(sounds: tuple[Sounds, ...], frames: tuple[Frames, ...]) -> float:
    """About how long this takes, in frames."""
    return sum(piece.count for piece in frames) + sum(sound_cost(piece.count) for piece in sounds)


def sound_cost(samples: int) -> float:
    """About how long this much sound takes, in frames."""
    return samples / SAMPLE_RATE * _SOUND_COST


def work(share: dict[str, Any], watch: Watch) -> int:
    """Do a share: its sound, then its chunks. Gives the number of frames composed."""
    mine = from_json(Share, share)
    sources = {media: Source(Path(path), info) for media, path, info in mine.files}
    whole = max(1e-9, cost(mine.sounds, mine.frames))
    done = 0.0

    def step(much: float) -> None:
        nonlocal done
        done += much
        watch("render", min(1.0, done / whole))

    for sounds in mine.sounds:
        make_sound(mine, sources, sounds, step)
    if mine.frames:
        with painter(mine, sources) as paint:
            for piece in mine.frames:
                paint(piece, step)
    return sum(piece.count for piece in mine.frames)


@contextmanager
def painter(share: Share, sources: Sources) -> Iterator[Callable[[Frames, Callable[[float], None]], None]]:
    """A function that composes a piece into its file; it tells of each frame. Decoders stay open in between."""
    compositor = _loaded(share.look.picture)(share.timeline, sources, share.size, draft=share.draft)
    width, height = share.size
    rate = share.timeline.canvas.frame_rate

    def blocks(piece: Frames, step: Callable[[float], None]) -> Iterator[memoryview]:
        count = 0
        for frame in compositor.frames(piece.first, piece.count):
            if frame.shape != (height * 3 // 2, width) or frame.dtype != np.uint8:
                raise ValueError(f"a frame of {frame.shape} {frame.dtype} instead of {(height * 3 // 2, width)}")
            yield np.ascontiguousarray(frame).data.cast("B")
            count += 1
            step(1.0)
        if count != piece.count:
            raise ValueError(f"{count} frames instead of {piece.count}")

    def paint(piece: Frames, step: Callable[[float], None]) -> None:
        with _finished(piece.path) as part:
            pour([*piece.before, *raw_pictures(width, height, rate), *piece.after, local(part)], blocks(piece, step))

    try:
        yield paint
    finally:
        compositor.close()


def make_sound(share: Share, sources: Sources, piece: Sounds, step: Callable[[float], None]) -> None:
    """Mix a stretch of the timeline's sound into its file."""

    def blocks() -> Iterator[memoryview]:
        count = 0
        spoken = dict(share.speech)
        for samples in _loaded(share.look.sound)(share.timeline, sources, piece.first, piece.count, spoken):
            if samples.ndim != 2 or samples.shape[1] != 2:
                raise ValueError(f"sound of shape {samples.shape} instead of (n, 2)")
            if len(samples):
                yield np.ascontiguousarray(samples, dtype="<f4").data.cast("B")
                count += len(samples)
                step(sound_cost(len(samples)))
        if count != piece.count:
            raise ValueError(f"{count} samples instead of {piece.count}")

    with _finished(piece.path) as part:
        pour([*piece.arguments, local(part)], blocks())


@contextmanager
def _finished(path: str) -> Iterator[Path]:
    """Another name beside this one; what is written there takes the name when all went well."""
    whole = Path(path)
    part = whole.with_name(f"{whole.stem}.{os.getpid()}.part{whole.suffix}")
    try:
        yield part
        os.replace(part, whole)
    finally:
        part.unlink(missing_ok=True)


def _loaded(name: str) -> Any:
    module, _, what = name.partition(":")
    return getattr(import_module(module), what)
