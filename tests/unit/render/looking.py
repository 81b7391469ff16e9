"""Files as another reader (PyAV) sees them."""

from __future__ import annotations

import struct
from fractions import Fraction
from hashlib import md5
from pathlib import Path
from typing import Any

import av
import numpy as np

from reelscore.values.sound import Samples

Frames = list[tuple[Fraction, str]]


def frames_of(path: Path, index: int | None = None) -> Frames:
    """(time from the first frame, hash of the pixels) of every shown frame."""
    with av.open(str(path)) as container:
        stream: Any = container.streams.video[0] if index is None else container.streams[index]
        found = [(f.pts * f.time_base, md5(_pixels(f)).hexdigest()) for f in container.decode(stream)]
    return [(at - found[0][0], digest) for at, digest in found]


def _pixels(frame: Any) -> bytes:
    """Every plane without its padding."""
    rows = []
    for plane in frame.planes:
        data = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        width = plane.width * max(1, frame.format.components[0].bits > 8 and 2)
        rows.append(data[: plane.height, :width].tobytes())
    return b"".join(rows)


def images_of(path: Path) -> list[Any]:
    """Every frame as an RGB array (height, width, 3)."""
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(container.streams.video[0])]


def first_video_time(path: Path) -> Fraction:
    """When the first picture is shown, on the container's clock."""
    with av.open(str(path)) as container:
        frame: Any = next(container.decode(container.streams.video[0]))
        return Fraction(frame.pts * frame.time_base)


def sound_of(path: Path) -> tuple[Fraction, Samples]:
    """When the sound starts, on the container's clock, and all of it, (frames, channels)."""
    with av.open(str(path)) as container:
        stream: Any = container.streams.audio[0]
        decoded: list[Any] = list(container.decode(stream))
        rate = stream.rate
        assert rate == 48_000
        parts = []
        for frame in decoded:
            data = frame.to_ndarray()
            parts.append(data.T if frame.format.is_planar else data.reshape(-1, frame.layout.nb_channels))
        return Fraction(decoded[0].pts * decoded[0].time_base), np.concatenate(parts)


def declared_sound_length(path: Path) -> Fraction:
    """What the container says about its sound, in seconds."""
    with av.open(str(path)) as container:
        stream: Any = container.streams.audio[0]
        return Fraction(stream.duration * stream.time_base)


def top_boxes(path: Path) -> list[str]:
    """The kinds of the boxes at the top of an MP4, in order."""
    data, at, kinds = path.read_bytes(), 0, []
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        kinds.append(kind.decode())
        at += size if size > 1 else struct.unpack_from(">Q", data, at + 8)[0]
    return kinds


def clicks(seconds: Fraction | float, at: tuple[float, ...] = (0.0,)) -> Samples:
    """Silence with a short full click at each second given, stereo."""
    samples = np.zeros((round(seconds * 48_000), 2), dtype=np.float32)
    for second in at:
        first = round(second * 48_000)
        samples[first : first + 48] = 0.8
    return samples


def click_times(samples: Samples) -> list[float]:
    """Where clicks begin, in seconds."""
    loud = np.flatnonzero(np.abs(samples[:, 0]) > 0.35)
    return [n / 48_000 for k, n in enumerate(loud) if k == 0 or n - loud[k - 1] > 480]
