"""The picture of any medium at a time, as planes: upright, BT.709, limited range, progressive, opacity premultiplied.

Pixels need not be square yet: whoever places the picture knows the size it shall be shown at (`MediaInfo` tells it).
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from reelscore.errors import MediaError, shown
from reelscore.render.colour import WIDE, Encoding, guessed_matrix, to_bt709
from reelscore.render.footage import Footage
from reelscore.render.kernels import multiply
from reelscore.render.planes import Plane, Planes
from reelscore.render.sources import Source
from reelscore.render.stills import Animation, from_rgba, load_still
from reelscore.values.reading import VideoStream
from reelscore.values.time import Seconds

TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
_STILLS = ("png", "jpeg", "jpg", "webp")
_FULL_RANGE = 2  # AVColorRange
_UNNAMED = (0, 2, 3)  # matrices that name nothing; 0 is RGB, handled before
_TRANSFERS = {16: "pq", 18: "hlg"}


class Pictures:
    """One open medium. `at` gives the picture shown at a time; the caller leaves its planes as they are."""

    def __init__(self, source: Source, largest: int) -> None:
        video = source.info.video
        if video is None:
            raise MediaError(f"{shown(source.path)} has no picture.", "Use a video or an image.")
        self.video = video
        self._source, self._largest = source, largest
        self._footage: Footage | None = None
        self._animation: Animation | None = None
        self._last: tuple[Any, Planes] | None = None
        if source.info.container not in _STILLS:
            self._footage = Footage(source)
        elif video.frame_count > 1:
            self._animation = Animation(source.path, largest)

    @property
    def still(self) -> bool:
        """Is it one picture for all times?"""
        return self._footage is None and self._animation is None

    def at(self, at: Seconds, backwards: bool = False) -> Planes:
        if self._animation is not None:
            return self._animation.at(at)
        if self._footage is None:
            if self._last is None:
                self._last = None, load_still(self._source.path, self._largest)
            return self._last[1]
        frame = self._footage.frame_at(at, backwards)
        if self._last is None or self._last[0] is not frame:
            self._last = frame, planes_of(frame, self.video)
        return self._last[1]

    def position(self) -> Seconds | None:
        """Where it stands, for choosing among open ones."""
        return None if self._footage is None else self._footage.position()

    def close(self) -> None:
        self._last = None
        for opened in (self._footage, self._animation):
            if opened is not None:
                opened.close()


def planes_of(frame: Any, video: VideoStream) -> Planes:
    """A decoded frame as planes. Views into the frame where nothing has to change."""
    name = frame.format.name
    if _is_rgb(frame):
        planes = from_rgba(frame.to_ndarray(format="rgba"))
        planes = planes if video.has_alpha else Planes(*planes.colour)
    else:
        encoding = encoding_of(frame, video)
        if encoding.transfer or encoding.matrix in WIDE:
            planes = to_bt709(_views(_as(frame, "yuv420p10le"), 10), encoding, 10)
        else:
            full = name.startswith("yuvj")
            clear = any(part.is_alpha for part in frame.format.components)
            target = "yuva420p" if clear else "yuvj420p" if full else "yuv420p"
            planes = to_bt709(_views(_as(frame, target), 8, clear), encoding)
            if clear:
                planes = premultiplied(planes)
    return turned(planes, video.rotation)


def encoding_of(frame: Any, video: VideoStream) -> Encoding:
    """What the frame says its numbers mean; where it says nothing, what players assume."""
    matrix = int(frame.colorspace or 0)
    transfer = _TRANSFERS.get(int(frame.color_trc or 0), video.hdr)
    if transfer:
        matrix = 9
    elif matrix in _UNNAMED:
        matrix = guessed_matrix(frame.width, frame.height)
    full = int(frame.color_range or 0) == _FULL_RANGE or frame.format.name.startswith("yuvj")
    return Encoding(matrix, full, transfer)


def premultiplied(planes: Planes) -> Planes:
    """Straight opacity to premultiplied planes (new ones)."""
    assert planes.a is not None
    alpha = np.ascontiguousarray(planes.a)
    y, u, v = (plane.copy() for plane in planes.colour)
    multiply(y, alpha)
    small = half_alpha(alpha, u.shape[1], u.shape[0])
    multiply(u, small)
    multiply(v, small)
    return Planes(y, u, v, alpha)


def half_alpha(alpha: Plane, width: int, height: int) -> Plane:
    """Opacity at the size of chroma."""
    if alpha.shape == (height * 2, width * 2):
        return np.asarray(cv2.resize(alpha, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    padded = np.pad(alpha, ((0, alpha.shape[0] % 2), (0, alpha.shape[1] % 2)), mode="edge")
    return np.asarray(cv2.resize(padded, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def turned(planes: Planes, degrees: int) -> Planes:
    """Turned clockwise by a multiple of 90 degrees."""
    if degrees % 360 == 0:
        return planes
    way = TURNS[degrees % 360]
    y, u, v = (np.asarray(cv2.rotate(plane, way), np.uint8) for plane in planes.colour)
    return Planes(y, u, v, None if planes.a is None else np.asarray(cv2.rotate(planes.a, way), np.uint8))


def _is_rgb(frame: Any) -> bool:
    return bool(frame.format.is_rgb) or frame.format.name in ("pal8", "gray", "monow", "monob", "ya8")


def _as(frame: Any, name: str) -> Any:
    """The same numbers in another layout; matrix and range are left for later."""
    if frame.format.name == name or (name in ("yuv420p", "yuvj420p") and frame.format.name in ("yuv420p", "yuvj420p")):
        return frame
    span = int(frame.color_range or 0) or 1
    return frame.reformat(format=name, src_color_range=span, dst_color_range=span)


def _views(frame: Any, bits: int, alpha: bool = False) -> Planes:
    kind: Any = np.uint8 if bits == 8 else np.dtype("<u2")
    found = []
    for plane in list(frame.planes)[: 4 if alpha else 3]:
        rows = np.frombuffer(plane, kind).reshape(plane.height, -1)
        found.append(rows[:, : plane.width])
    return Planes(*found)
