"""How files, sound and times are told to the encoder, so that nothing in them is taken for something else.

A media file can point elsewhere (playlists, manifests), so files of others are opened with `of_stranger`: local files
only, and only with the demuxers of the container that the file was found to be.
"""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path

from reelscore.values.sound import SAMPLE_RATE

MAX_PIXELS = 67_108_864
_DEMUXERS = {
    "avi": "avi",
    "gif": "gif",
    "webp": "webp_anim,webp_pipe",
    "png": "png_pipe",
    "jpeg": "jpeg_pipe",
    "jpg": "jpeg_pipe",
    "mkv": "matroska,webm",
    "webm": "matroska,webm",
    "wav": "wav,w64",
    "flac": "flac",
}
_ISO_MEDIA = "mov,mp4,m4a,3gp,3g2,mj2"


def local(path: Path) -> str:
    """A path as the encoder takes it: absolute, and never read as an option, an address or a pattern."""
    return "file:" + os.path.abspath(path)


def of_stranger(path: Path, container: str) -> list[str]:
    """Input arguments for a file made by somebody else: one demuxer family, local files only, a cap on picture size."""
    demuxers = _DEMUXERS.get(container, _ISO_MEDIA)
    whitelists = ["-protocol_whitelist", "file", "-format_whitelist", demuxers]
    return [*whitelists, "-max_pixels", str(MAX_PIXELS), "-i", local(path)]


def raw_sound(rate: int = SAMPLE_RATE) -> list[str]:
    """Input arguments for interleaved stereo float32 fed through the pipe."""
    return ["-f", "f32le", "-ar", str(rate), "-ac", "2", "-i", "pipe:0"]


def raw_pictures(width: int, height: int, rate: Fraction) -> list[str]:
    """Input arguments for packed I420 frames, limited range BT.709, fed through the pipe."""
    shape = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-video_size", f"{width}x{height}"]
    colours = ["-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"]
    return [*shape, "-framerate", f"{rate.numerator}/{rate.denominator}", *colours, "-i", "pipe:0"]


def sound_output() -> list[str]:
    """Output arguments for the same through the pipe."""
    return ["-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", "2", "pipe:1"]


def exact(at: Fraction) -> str:
    """Seconds as the encoder reads them, to the microsecond."""
    micros = round(at * 1_000_000)
    return f"{'-' if micros < 0 else ''}{abs(micros) // 1_000_000}.{abs(micros) % 1_000_000:06d}"
