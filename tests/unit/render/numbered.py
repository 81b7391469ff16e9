"""A small look of one's own: every frame carries its number, so that a film can be read back frame by frame.

The number stands in sixteen blocks, black or white, over a moving gradient; it survives any encoder. It is the number
of the source's frame that the timeline's first picture track shows there (the timeline's own where it shows no media).
Sound is a tone of 440 Hz whose phase is that of the sample's number.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

from reelscore.render.sources import Sources
from reelscore.render.worker import Look
from reelscore.values.sound import Samples
from reelscore.values.timeline import Timeline

LOOK = Look("tests.unit.render.numbered:Numbered", "tests.unit.render.numbered:tone")
SLOW = Look("tests.unit.render.numbered:Slow", "tests.unit.render.numbered:tone")
BROKEN = Look("tests.unit.render.numbered:Broken", "tests.unit.render.numbered:tone")
BITS = 16


def drawn(number: int, width: int, height: int) -> NDArray[np.uint8]:
    """The frame of this number, packed I420."""
    frame = np.full((height * 3 // 2, width), 128, np.uint8)
    luma = frame[:height]
    luma[:] = (np.arange(width)[None, :] + np.arange(height)[:, None] + 3 * number) % 160 + 40
    side = width // BITS
    for bit in range(BITS):
        luma[: height // 4, bit * side : (bit + 1) * side] = 220 if number >> bit & 1 else 30
    return frame


def read(luma: NDArray[np.uint8]) -> int:
    """The number of a decoded frame."""
    height, width = luma.shape
    side = width // BITS
    rows = luma[height // 16 : height // 5]
    means = [rows[:, bit * side + side // 4 : (bit + 1) * side - side // 4].mean() for bit in range(BITS)]
    return sum((mean > 125) << bit for bit, mean in enumerate(means))


class Numbered:
    """A compositor of such frames."""

    def __init__(self, timeline: Timeline, sources: Sources, size: tuple[int, int], draft: bool = False) -> None:
        self._size = size
        rate = timeline.canvas.frame_rate
        self._numbers: dict[int, int] = {}
        for span, segment in timeline.tracks[0].placed():
            for n in range(round(span.start * rate), round(span.end * rate)):
                offset = round(segment.start * rate) - round(span.start * rate) if segment.media else 0
                self._numbers[n] = n + offset

    def frames(self, first: int, count: int) -> Iterator[NDArray[np.uint8]]:
        for n in range(first, first + count):
            yield drawn(self._numbers.get(n, 0), *self._size)

    def close(self) -> None:
        pass


class Slow(Numbered):
    """Half a second for every frame after the first 60; says in a file that it lives."""

    def frames(self, first: int, count: int) -> Iterator[NDArray[np.uint8]]:
        for n, frame in enumerate(super().frames(first, count), first):
            if n >= 60:
                Path(os.environ["NUMBERED_SIGN"]).write_text(str(os.getpid()), encoding="utf-8")
                time.sleep(0.5)
            yield frame


class Broken(Numbered):
    """Gives up in the middle."""

    def frames(self, first: int, count: int) -> Iterator[NDArray[np.uint8]]:
        for n, frame in enumerate(super().frames(first, count), first):
            if n == 20:
                raise ValueError("no more paint")
            yield frame


def tone(timeline: Timeline, sources: Sources, first: int, count: int, speech: object = None) -> Iterator[Samples]:
    """Half-scale 440 Hz."""
    for start in range(first, first + count, 48_000):
        numbers = np.arange(start, min(first + count, start + 48_000))
        mono = (0.5 * np.sin(2 * np.pi * 440 * numbers / 48_000)).astype(np.float32)
        yield np.stack((mono, mono), axis=1)


def film_of(path: Path, count: int, *arguments: str, rate: Fraction = Fraction(30), size: str = "320x180") -> Path:
    """A film of the first `count` numbered frames, with the tone for its sound."""
    width, height = map(int, size.split("x"))
    raw = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", size, "-r", str(rate), "-i", "pipe:0"]
    sound = ["-f", "lavfi", "-i", f"sine=f=440:r=48000:d={float(count / rate)}"]
    codec = arguments or ("-c:v", "libx264", "-preset", "veryfast", "-g", "50", "-bf", "2", "-flags", "+cgop")
    colours = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]
    frames = b"".join(drawn(n, width, height).tobytes() for n in range(count))
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *raw, *sound, *codec, *colours, "-c:a", "aac"]
    subprocess.run([*command, str(path)], input=frames, check=True)
    return path


def numbers_in(path: Path) -> list[int]:
    """The number of every frame, in order of display."""
    return [read(luma) for luma in lumas_in(path)]


def lumas_in(path: Path) -> list[NDArray[np.uint8]]:
    with av.open(str(path)) as container:
        frames: Any = container.decode(container.streams.video[0])
        return [np.asarray(frame.reformat(format="yuv420p").to_ndarray())[: frame.height] for frame in frames]


def shown_times(path: Path) -> list[Fraction]:
    """When each frame is shown, on the container's clock."""
    with av.open(str(path)) as container:
        frames: Any = container.decode(container.streams.video[0])
        return [frame.pts * frame.time_base for frame in frames]
