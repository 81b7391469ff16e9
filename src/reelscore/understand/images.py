"""Still and animated pictures through Pillow: png, jpeg, webp.

FFmpeg inside PyAV reads no animated WebP, and only Pillow knows the EXIF orientation of a photograph. Every limit is
checked before pixels are decoded: picture size, number of frames, and frames times pixels.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from reelscore.errors import MediaError
from reelscore.understand.containers import KNOWN, MAX_PIXELS, shown
from reelscore.values.time import Seconds

MAX_FRAMES = 20_000
MAX_FRAMES_TIMES_PIXELS = 8_000_000_000
LEAST_MS = 20  # browsers show frames with a shorter time at 100 ms
SHOWN_MS = 100

Image.MAX_IMAGE_PIXELS = MAX_PIXELS


def open_image(path: Path) -> Image.Image:
    """The picture, header read and checked, pixels not yet decoded. The caller closes it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(path, formats=("PNG", "JPEG", "WEBP", "GIF"))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise too_large(path) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise MediaError(f"{shown(path)} is not a picture that can be read.", KNOWN) from None
    if image.width * image.height > MAX_PIXELS:
        raise too_large(path)
    check_animation(path, getattr(image, "n_frames", 1), image.width * image.height)
    return image


def too_large(path: Path) -> MediaError:
    """The error for a picture above the pixel limit."""
    return MediaError(
        f"The picture of {shown(path)} is larger than {MAX_PIXELS // 1_000_000} million pixels.",
        "Make it smaller first.",
    )


def check_animation(path: Path, frames: int, pixels: int) -> None:
    """MediaError when an animation would take absurdly long to decode."""
    if frames > MAX_FRAMES or (frames > 1 and frames * pixels > MAX_FRAMES_TIMES_PIXELS):
        raise MediaError(
            f"The animation {shown(path)} holds {frames} frames of {pixels} pixels, too much to read.",
            "Convert it to mp4 first.",
        )


def frame_seconds(image: Image.Image) -> Seconds:
    """How long the current frame of an animation shows."""
    ms = int(image.info.get("duration", 0) or 0)
    return Fraction(ms if ms >= LEAST_MS else SHOWN_MS, 1000)


def iter_images(path: Path, width: int, height: int) -> Iterator[tuple[Seconds, NDArray[np.uint8]]]:
    """Each frame's time and its upright RGB pixels at the given size. A still is one frame at 0."""
    at = Fraction(0)
    with open_image(path) as image:
        for n in range(getattr(image, "n_frames", 1)):
            try:
                image.seek(n)
                picture: Any = ImageOps.exif_transpose(image) if n == 0 else image
                small = _flat(picture).resize((width, height), Image.Resampling.BOX)
            except (OSError, EOFError, ValueError, SyntaxError):
                if n == 0:
                    raise MediaError(f"{shown(path)} is damaged.", "Export or download it again.") from None
                return
            yield at, np.asarray(small, dtype=np.uint8)
            at += frame_seconds(image)


def _flat(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, (0, 0, 0, 255))
        return Image.alpha_composite(ground, image).convert("RGB")
    return image.convert("RGB")
