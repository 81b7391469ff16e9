"""Still and animated pictures through Pillow: png, jpeg, webp.

FFmpeg inside PyAV reads no animated WebP, and only Pillow knows the EXIF orientation of a photograph. Every limit is
checked before pixels are decoded: picture size, number of frames, and frames times pixels.
"""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from reelscore.errors import MediaError
from reelscore.understand.containers import MAX_PIXELS
from reelscore.understand.files import KNOWN, shown
from reelscore.values.reading import MediaInfo, VideoStream
from reelscore.values.time import Seconds

MAX_FRAMES = 20_000
MAX_FRAMES_TIMES_PIXELS = 2_000_000_000
LEAST_MS = 20  # browsers show frames with a shorter time at 100 ms
SHOWN_MS = 100
ORIENTATION = 0x0112  # EXIF
TURNS = {3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270}  # of the EXIF orientation, degrees clockwise

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


def webp_durations(path: Path) -> list[Seconds]:
    """How long each frame of an animated WebP shows, read from its chunk headers; empty for a still."""
    found: list[Seconds] = []
    size = path.stat().st_size
    with open(path, "rb") as file:
        at = 12
        while at + 8 <= size and len(found) <= MAX_FRAMES:
            file.seek(at)
            name, length = struct.unpack("<4sI", file.read(8))
            if name == b"ANMF":
                head = file.read(16)
                ms = int.from_bytes(head[12:15], "little")
                found.append(Fraction(ms if ms >= LEAST_MS else SHOWN_MS, 1000))
            at += 8 + length + length % 2
    return found


def probe_image(path: Path, size: int, kind: str) -> MediaInfo:
    """A still or animated picture as media: one video stream, no sound. A still shows one frame of 1/25 s."""
    for _ in iter_images(path, 16, 16):
        break  # one frame must decode
    with open_image(path) as image:
        rotation = TURNS.get(image.getexif().get(ORIENTATION, 1), 0) if kind == "jpeg" else 0
        width, height, mode = image.width, image.height, image.mode
        has_alpha = mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    times = webp_durations(path) if kind == "webp" else []
    count = max(1, len(times))
    duration = sum(times, Fraction(0)) or Fraction(1, 25)
    shown_size = (height, width) if rotation in (90, 270) else (width, height)
    stream = VideoStream(
        index=0,
        codec=kind,
        profile="",
        pixel_format=mode.lower(),
        width=shown_size[0],
        height=shown_size[1],
        coded_width=width,
        coded_height=height,
        rotation=rotation,
        frame_rate=(count / duration).limit_denominator(1_000_000),
        variable_rate=len(set(times)) > 1,
        frame_count=count,
        start=Fraction(0),
        duration=duration,
        bit_depth=16 if ";16" in mode or mode in ("I", "F") else 8,
        hdr="",
        interlaced=False,
        has_alpha=has_alpha,
        bit_rate=round(size * 8 / duration) if count > 1 else 0,
    )
    notes = () if count > 1 else ("This is a single picture: it has no length of its own.",)
    return MediaInfo(str(path), kind, size, stream, None, 1, 0, False, duration, notes)


def iter_images(path: Path, width: int, height: int) -> Iterator[tuple[Seconds, NDArray[np.uint8]]]:
    """Each frame's time and its upright RGB pixels at the given size. A still is one frame at 0."""
    at = Fraction(0)
    with open_image(path) as image:
        times = webp_durations(path) if image.format == "WEBP" else []
        for n in range(max(1, len(times))):
            try:
                image.seek(n)
                small = _small(image, width, height)
            except (OSError, EOFError, ValueError, SyntaxError):
                if n == 0:
                    raise MediaError(f"{shown(path)} is damaged.", "Export or download it again.") from None
                return
            yield at, np.asarray(small, dtype=np.uint8)
            at += times[n] if times else 0


def _small(image: Image.Image, width: int, height: int) -> Image.Image:
    """Upright RGB at the given size; JPEG decodes at reduced size, which costs a fraction."""
    image.draft("RGB", (width * 2, height * 2))
    turned = _flat(image) if image.format != "JPEG" else ImageOps.exif_transpose(image).convert("RGB")
    return turned.resize((width, height), Image.Resampling.BOX)


def _flat(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, (0, 0, 0, 255))
        return Image.alpha_composite(ground, image).convert("RGB")
    return image.convert("RGB")
