"""Small pictures of a video, decoded once: what cuts, motion and colour are read from.

Frames come in presentation order, each at its own time in seconds from the first shown frame, whatever the frame rate
does. They are upright (rotation applied) RGB, shape (height, width, 3), uint8. `skip` says what the decoder may leave
out: nothing, frames that no other frame refers to, bidirectional frames, or everything but keyframes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reelscore.errors import MediaError
from reelscore.understand.containers import decoded, open_container, ready
from reelscore.understand.files import shown
from reelscore.values.reading import MediaInfo, VideoStream
from reelscore.values.time import Seconds

Image = NDArray[np.uint8]

SKIPS = {"none": "DEFAULT", "nonref": "NONREF", "bidir": "BIDIR", "nokey": "NONKEY"}


@dataclass(frozen=True, slots=True)
class SmallFrame:
    """One decoded frame. `index` counts shown frames from 0 where that is known (nothing skipped, from the start)."""

    index: int | None
    at: Seconds
    image: Image


def iter_small_frames(
    path: Path,
    info: MediaInfo,
    width: int = 160,
    height: int = 90,
    skip: str = "none",
    start: Seconds | None = None,
    end: Seconds | None = None,
) -> Iterator[SmallFrame]:
    """Frames shown in [start, end), scaled to `width` x `height` upright. MediaError when none can be decoded."""
    video = info.video
    if video is None:
        raise MediaError(f"{shown(path)} has no picture.", "Use a video file.")
    if info.container in ("webp", "png", "jpeg"):
        from reelscore.understand.images import iter_images

        for n, (at, image) in enumerate(iter_images(path, width, height)):
            if (start is None or at >= start) and (end is None or at < end):
                yield SmallFrame(n, at, image)
        return
    whole = skip == "none" and start is None
    for n, (at, frame) in enumerate(_shown_frames(path, info, video, skip, start, end)):
        yield SmallFrame(n if whole else None, at, small_image(frame, video.rotation, width, height))


def small_image(frame: Any, rotation: int, width: int, height: int) -> Image:
    """A decoded frame as upright RGB of the given size."""
    if rotation in (90, 270):
        width, height = height, width
    rgb = frame.reformat(width=width, height=height, format="rgb24", interpolation="AREA").to_ndarray()
    return np.ascontiguousarray(np.rot90(rgb, -rotation // 90)) if rotation else rgb


def _shown_frames(
    path: Path, info: MediaInfo, video: VideoStream, skip: str, start: Seconds | None, end: Seconds | None
) -> Iterator[tuple[Seconds, Any]]:
    seen = False
    with open_container(path) as container:
        stream = ready(container.streams[video.index])
        base: Fraction = stream.time_base
        by_order = info.container == "avi" and skip != "nokey"
        stream.codec_context.skip_frame = SKIPS["none" if by_order else skip]
        if start is not None and start > 0 and not by_order:
            container.seek(int((start + video.start) / base), stream=stream, backward=True)
        for n, frame in enumerate(decoded(container, stream, path)):
            pts = frame.dts if info.container == "avi" else frame.pts
            if pts is None and not by_order:
                continue
            at = n / video.frame_rate if by_order else pts * base - video.start
            if end is not None and at >= end:
                return
            seen = True
            if at >= (start or 0):
                yield at, frame
    if not seen and start is None:
        raise MediaError(f"No picture of {shown(path)} can be decoded.", "The file is damaged: export it again.")
