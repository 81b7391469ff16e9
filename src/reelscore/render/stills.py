"""Single pictures and animated WebP through Pillow, as planes.

FFmpeg inside PyAV reads no animated WebP, and only Pillow knows the EXIF orientation of a photograph. A picture that is
much larger than it will be shown is made smaller first, so that a photograph of 50 million pixels costs its decoding
and no more.
"""

from __future__ import annotations

import struct
import warnings
from bisect import bisect_right
from fractions import Fraction
from math import ceil
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from reelscore.errors import MediaError, shown
from reelscore.render.containers import MAX_PIXELS
from reelscore.render.kernels import rgba_to_planes
from reelscore.render.planes import Planes, empty
from reelscore.values.time import Seconds

LEAST_MS = 20  # browsers show frames with a shorter time at 100 ms
SHOWN_MS = 100
MOST_FRAMES = 20_000

Image.MAX_IMAGE_PIXELS = MAX_PIXELS


def load_still(path: Path, largest: int) -> Planes:
    """A picture upright; its longer side at most `largest` pixels or so."""
    with _opened(path) as image:
        image.draft("RGB", (largest, largest))
        return _planes(path, image, largest)


class Animation:
    """An animated WebP: `at` gives the picture shown at a time, the last one after the end."""

    def __init__(self, path: Path, largest: int) -> None:
        self._path, self._largest = path, largest
        self._image = _opened(path)
        self._starts = [Fraction(0)]
        for length in _durations(path)[:-1]:
            self._starts.append(self._starts[-1] + length)
        self._shown: tuple[int, Planes] | None = None

    def at(self, at: Seconds) -> Planes:
        n = min(max(0, bisect_right(self._starts, at) - 1), getattr(self._image, "n_frames", 1) - 1)
        if self._shown is None or self._shown[0] != n:
            try:
                self._image.seek(n)
                self._shown = n, _planes(self._path, self._image, self._largest)
            except EOFError:
                raise _damaged(self._path) from None
        return self._shown[1]

    def close(self) -> None:
        self._image.close()


def from_rgba(pixels: np.ndarray, premultiplied: bool = False) -> Planes:
    """R'G'B'A pixels, shape (height, width, 4), as planes."""
    height, width = pixels.shape[:2]
    out = empty(width, height, alpha=True)
    rgba_to_planes(np.ascontiguousarray(pixels), premultiplied, out.y, out.u, out.v, out.a)
    return out


def _opened(path: Path) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(path, formats=("PNG", "JPEG", "WEBP", "GIF"))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise MediaError(f"The picture {shown(path)} is too large.", "Make it smaller first.") from None
    except FileNotFoundError:
        raise MediaError(f"{shown(path)} is no longer there.", "Put it back, or replace the media.") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise _damaged(path) from None
    if image.width * image.height > MAX_PIXELS or getattr(image, "n_frames", 1) > MOST_FRAMES:
        image.close()
        raise MediaError(f"The picture {shown(path)} is too large.", "Make it smaller first.")
    return image


def _damaged(path: Path) -> MediaError:
    return MediaError(f"The picture {shown(path)} is damaged.", "Export or download it again.")


def _planes(path: Path, image: Image.Image, largest: int) -> Planes:
    try:
        upright = ImageOps.exif_transpose(image)
        clear = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
        if upright.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
            values = np.asarray(upright, dtype=np.float32)
            top = 65535.0 if values.max(initial=0) > 255 else 255.0
            upright = Image.fromarray(np.clip(values * (255.0 / top), 0, 255).astype(np.uint8))
        longer = max(upright.size)
        colours = upright.convert("RGBA" if clear else "RGB")
        if clear:
            colours = colours.convert("RGBa")  # premultiplied, so that shrinking leaves no fringes
        if longer > largest:
            size = tuple(max(1, ceil(side * largest / longer)) for side in colours.size)
            colours = colours.resize((size[0], size[1]), Image.Resampling.BOX if longer > 2 * largest else None)
        pixels = np.asarray(colours, dtype=np.uint8)
    except (OSError, EOFError, ValueError, SyntaxError, struct.error):
        raise _damaged(path) from None
    if not clear:
        pixels = np.dstack((pixels, np.full(pixels.shape[:2], 255, np.uint8)))
    planes = from_rgba(pixels, premultiplied=True)
    return planes if clear and (pixels[..., 3] < 255).any() else Planes(*planes.colour)


def _durations(path: Path) -> list[Seconds]:
    """How long each frame of an animated WebP shows, read from its chunk headers; empty for a still."""
    found: list[Seconds] = []
    size = path.stat().st_size
    with open(path, "rb") as file:
        at = 12
        while at + 8 <= size and len(found) <= MOST_FRAMES:
            file.seek(at)
            name, length = struct.unpack("<4sI", file.read(8))
            if name == b"ANMF":
                ms = int.from_bytes(file.read(16)[12:15], "little")
                found.append(Fraction(ms if ms >= LEAST_MS else SHOWN_MS, 1000))
            at += 8 + length + length % 2
    return found
