"""Small films and pictures made for the renderer's tests, and ways to look at its planes and frames.

A numbered film shows its frame's number: frame n is flat, with luma 30 + 6 n. A painted film is a still pattern.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from reelscore.render.compositor import Compositor
from reelscore.render.planes import Planes
from reelscore.render.sources import Source, Sources
from reelscore.understand.probe import probe
from reelscore.values.timeline import Canvas, Gap, Segment, Timeline, Track, Transition

Image = NDArray[np.uint8]
RATE = Fraction(30)


def level_of(n: int) -> int:
    """The luma of frame n of a numbered film."""
    return 30 + 6 * n


def write_film(
    path: Path,
    frames: Iterable[Any],
    *,
    rate: Fraction = RATE,
    codec: str = "libx264",
    pixels: str = "yuv420p",
    times: Sequence[int] | None = None,
    base: Fraction | None = None,
    options: dict[str, str] | None = None,
    mark: Any = None,
) -> Source:
    """Encode ready `av.VideoFrame`s nearly without loss; `times` are presentation times in units of `base`."""
    settings = {"qp": "0", "g": "8", "bf": "2"} if codec == "libx264" else {}
    with av.open(str(path), "w") as container:
        stream: Any = None
        for n, frame in enumerate(frames):
            if stream is None:
                stream = container.add_stream(codec, rate=rate, options={**settings, **(options or {})})
                stream.width, stream.height, stream.pix_fmt = frame.width, frame.height, pixels
                stream.codec_context.time_base = base or 1 / rate
                if mark is not None:
                    mark(stream)
            frame.time_base = base or 1 / rate
            frame.pts = times[n] if times is not None else n
            for packet in stream.encode(frame):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    return Source(path, probe(path))


def flat_frame(y: int, u: int = 128, v: int = 128, size: tuple[int, int] = (64, 48)) -> Any:
    """One colour in code values."""
    width, height = size
    rows = np.full((height * 3 // 2, width), y, np.uint8)
    rows[height : height * 5 // 4], rows[height * 5 // 4 :] = u, v
    frame = av.VideoFrame.from_ndarray(rows, format="yuv420p")
    frame.colorspace, frame.color_range = 1, 1
    return frame


def numbered_film(path: Path, count: int = 24, **how: Any) -> Source:
    """Frame n has luma `level_of(n)`."""
    return write_film(path, (flat_frame(level_of(n)) for n in range(count)), mark=bt709, **how)


def bt709(stream: Any) -> None:
    context = stream.codec_context
    context.color_primaries = context.color_trc = context.colorspace = context.color_range = 1


def pattern(size: tuple[int, int] = (96, 64)) -> Image:
    """An RGB picture without symmetry: red top left, green top right, blue bottom left, a ramp bottom right."""
    width, height = size
    image = np.zeros((height, width, 3), np.uint8)
    image[: height // 2, : width // 2] = (220, 40, 40)
    image[: height // 2, width // 2 :] = (40, 200, 60)
    image[height // 2 :, : width // 2] = (40, 60, 210)
    image[height // 2 :, width // 2 :] = np.linspace(20, 235, width - width // 2).astype(np.uint8)[None, :, None]
    return image


def still(path: Path, image: Image) -> Source:
    """A PNG of RGB or RGBA pixels."""
    order = cv2.COLOR_RGBA2BGRA if image.shape[2] == 4 else cv2.COLOR_RGB2BGR
    cv2.imwrite(str(path), cv2.cvtColor(image, order))
    return Source(path, probe(path))


def small_media(folder: Path) -> Sources:
    """A numbered film of 30 frames, the pattern small, large and upright, and a white box with nothing around it."""
    clear = np.zeros((64, 96, 4), np.uint8)
    clear[16:48, 24:72] = (255, 255, 255, 255)
    return {
        "film": numbered_film(folder / "film.mp4", 30, options={"g": "10"}),
        "picture": still(folder / "picture.png", pattern()),
        "large": still(folder / "large.png", pattern((384, 256))),
        "tall": still(folder / "tall.png", pattern((64, 96))),
        "clear": still(folder / "clear.png", clear),
    }


def part(media: str, frames: int = 30, start: int = 0, name: str = "", **how: Any) -> Segment:
    """A segment of this many frames from frame `start` of its source."""
    return Segment(name or media, Fraction(frames, 30), media, Fraction(start, 30), **how)


def rgb(planes: Planes) -> Image:
    """Planes as RGB, BT.709 limited, chroma doubled; opacity is left as it is."""
    height, width = planes.y.shape
    u, v = (np.repeat(np.repeat(p, 2, 0), 2, 1)[:height, :width].astype(np.float64) - 128 for p in (planes.u, planes.v))
    y = (planes.y.astype(np.float64) - 16) / 219
    red, blue = y + 1.5748 * v / 224, y + 1.8556 * u / 224
    green = (y - 0.2126 * red - 0.0722 * blue) / 0.7152
    return np.asarray(np.clip(np.round(np.dstack((red, green, blue)) * 255), 0, 255), np.uint8)


def frame_rgb(frame: Image) -> Image:
    """A packed I420 frame as RGB."""
    rows, width = frame.shape
    height = rows * 2 // 3
    flat = frame.reshape(-1)
    luma, chroma = width * height, width * height // 4
    half = (height // 2, width // 2)
    return rgb(
        Planes(
            flat[:luma].reshape(height, width),
            flat[luma : luma + chroma].reshape(half),
            flat[luma + chroma :].reshape(half),
        )
    )


def luma(frame: Image) -> float:
    """Mean luma of a packed frame."""
    return float(frame[: frame.shape[0] * 2 // 3].mean())


def likeness(first: Image, second: Image) -> float:
    """SSIM of two RGB pictures (Wang et al. 2004, Gaussian windows of 1.5), the mean over their greys."""
    a, b = (image.astype(np.float64).mean(axis=2) for image in (first, second))

    def blur(x: Any) -> Any:
        return cv2.GaussianBlur(x, (11, 11), 1.5)

    ma, mb = blur(a), blur(b)
    va, vb, cab = blur(a * a) - ma * ma, blur(b * b) - mb * mb, blur(a * b) - ma * mb
    c1, c2 = 6.5025, 58.5225
    score = (2 * ma * mb + c1) * (2 * cab + c2) / ((ma * ma + mb * mb + c1) * (va + vb + c2))
    return float(score.mean())


def video(*items: Segment | Gap, transitions: tuple[Transition, ...] = (), name: str = "v", role: str = "") -> Track:
    return Track(name, "video", items=items, transitions=transitions, role=role)


def shown(
    tracks: Sequence[Track],
    sources: Sources,
    first: int = 0,
    count: int = 1,
    size: tuple[int, int] = (96, 64),
    background: str = "#000000",
) -> list[Image]:
    """Frames of a timeline of these tracks at 30 frames a second."""
    timeline = Timeline(Canvas(size[0], size[1], RATE, background), tuple(tracks))
    with Compositor(timeline, sources, size) as compositor:
        return list(compositor.frames(first, count))
