"""Tiny pictures for looking at a film as a whole: 160x90 Y'CbCr, decoded as cheaply as the codec allows.

The deblocking filter is left out (it smooths what the shrinking averages away; a fifth of the decoding time), and whole
stretches are jumped over. Pictures are not turned upright: nothing read from them depends on it.

`every_glimpse` decodes all frames. `glimpses` decodes only `Stretch`es: each starts at a packet where decoding can
start, by its place in the table of packets (presentation order).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
    """Frames `first`..`last` (both included) to be decoded; `entry` is where the decoder must start, <= first.

    Before `closely` only anchors are decoded: frames that later ones build on (I and P, one in three or four), at less
    than half the cost.
    """

    entry: int
    first: int
    last: int
    closely: int = 0

    @property
    def cost(self) -> int:
        """Frames to be decoded; anchors alone cost about two fifths."""
        spared = max(0, min(self.closely, self.last + 1) - self.entry)
        return self.last - self.entry + 1 - spared * 3 // 5


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
            closely = int(packets.pts[stretch.closely]) if stretch.closely < len(packets) else 1 << 62
            for frame in decoded(container, stream, path, _sparing(stream, closely + first_pts)):
                if frame.pts is None:
                    continue
                pts = frame.pts - first_pts
                if low <= pts <= high:
                    number = int(np.searchsorted(packets.pts, pts))
                    yield Glimpse(number, pts * packets.time_base, _planes(frame, shrink))
                if pts >= high:
                    break


def _sparing(stream: Any, closely: int) -> Callable[[Any], None]:
    """Leave frames between anchors out until an anchor shown at `closely` or later goes by.

    An anchor is stored before the frames it is shown after, so one that is shown later than all before it opens a new
    group, and only there may the decoder change its ways.
    """
    context, latest = stream.codec_context, -(1 << 62)

    def before(packet: Any) -> None:
        nonlocal latest
        if packet.pts is not None and packet.pts > latest:
            latest = packet.pts
            context.skip_frame = "DEFAULT" if latest >= closely else "BIDIR"

    return before


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
