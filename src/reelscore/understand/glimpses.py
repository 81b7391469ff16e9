"""Tiny pictures for looking at a film as a whole: 160x90 Y'CbCr, decoded as cheaply as the codec allows.

The deblocking filter is left out (it smooths what the shrinking averages away; a fifth of the decoding time), and whole
stretches are jumped over. Pictures are not turned upright: nothing read from them depends on it.

`every_glimpse` decodes all frames. `glimpses` decodes only `Stretch`es: each starts at a packet where decoding can
start, by its place in the table of packets (presentation order).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from av.video.reformatter import VideoReformatter
from numpy.typing import NDArray

from reelscore.errors import MediaError
from reelscore.understand.containers import decoded, open_container, ready
from reelscore.understand.files import shown
from reelscore.understand.packets import Packets
from reelscore.values.reading import MediaInfo
from reelscore.values.time import Seconds

WIDTH, HEIGHT = 160, 90
Planes = NDArray[np.uint8]  # (3, HEIGHT, WIDTH): Y', Cb, Cr


@dataclass(frozen=True, slots=True)
class Glimpse:
    """One frame: its place in presentation order, its time from the first shown frame, and its planes."""

    number: int
    at: Seconds
    planes: Planes


@dataclass(frozen=True, slots=True)
class Stretch:
    """Frames `first`..`last` (both included) to be decoded; `entry` is where the decoder must start, <= first."""

    entry: int
    first: int
    last: int

    @property
    def cost(self) -> int:
        return self.last - self.entry + 1


def every_glimpse(path: Path, info: MediaInfo) -> Iterator[Glimpse]:
    """All frames, in order. MediaError when none can be decoded."""
    if info.container in ("webp", "png", "jpeg"):
        yield from _of_images(path)
        return
    assert info.video is not None
    number = 0
    shrink = VideoReformatter()
    with open_container(path) as container:
        stream = _cheap(container.streams[info.video.index], "AUTO")
        base = Fraction(stream.time_base)
        for frame in decoded(container, stream, path):
            if info.container == "avi":
                at = number / info.video.frame_rate
            elif frame.pts is None or frame.pts * base < info.video.start:
                continue
            else:
                at = frame.pts * base - info.video.start
            yield Glimpse(number, at, _planes(frame, shrink))
            number += 1
    if not number:
        raise MediaError(f"No picture of {shown(path)} can be decoded.", "The file is damaged: export it again.")


def glimpses(path: Path, info: MediaInfo, packets: Packets, stretches: Sequence[Stretch]) -> Iterator[Glimpse]:
    """The frames of the stretches, in order; runs in one thread, so that callers may share stretches out."""
    assert info.video is not None
    shrink = VideoReformatter()
    first_pts = round(info.video.start / packets.time_base)
    with open_container(path) as container:
        stream = _cheap(container.streams[info.video.index], "SLICE")
        for stretch in stretches:
            container.seek(int(packets.pts[stretch.entry]) + first_pts, stream=stream, backward=True)
            low, high = int(packets.pts[stretch.first]), int(packets.pts[stretch.last])
            for frame in decoded(container, stream, path):
                if frame.pts is None:
                    continue
                pts = frame.pts - first_pts
                if pts >= low:
                    number = int(np.searchsorted(packets.pts, pts))
                    yield Glimpse(number, pts * packets.time_base, _planes(frame, shrink))
                if pts >= high:
                    break


def _cheap(stream: Any, threads: str) -> Any:
    context = ready(stream).codec_context
    context.thread_type = threads
    context.options = {**context.options, "skip_loop_filter": "all", "flags2": "+fast"}
    return stream


def _planes(frame: Any, shrink: Any) -> Planes:
    small = shrink.reformat(frame, width=WIDTH, height=HEIGHT, format="yuv444p", interpolation="AREA")
    return np.asarray(small.to_ndarray(), np.uint8)


def _of_images(path: Path) -> Iterator[Glimpse]:
    import cv2

    from reelscore.understand.images import iter_images

    for number, (at, rgb) in enumerate(iter_images(path, WIDTH, HEIGHT)):
        yuv = cv2.cvtColor(rgb, cv2.COLOR_RGB2YCrCb)[..., (0, 2, 1)]
        yield Glimpse(number, at, np.ascontiguousarray(yuv.transpose(2, 0, 1)))
