"""What the encoder is told to make one file of finished pieces. Pure; paths are our own.

Chunks are joined by FFmpeg's concat demuxer. It counts a file's start from the durations told before it, in whole
microseconds; they are told so that their sum never drifts, whatever the frame rate, and every frame falls on its tick.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

from reelscore.render.arguments import exact, local
from reelscore.render.formats import MUXERS
from reelscore.render.sound_files import Tags
from reelscore.values.sound import SAMPLE_RATE

_FINEST = 10_000  # ticks a second, at least
_DITHER = "dither=bayer:bayer_scale=4:diff_mode=rectangle"
_TO_RGB = "scale=in_color_matrix=bt709:in_range=tv:out_range=pc:flags=accurate_rnd+full_chroma_int,format=rgb24"
_TO_JPEG = "scale=in_color_matrix=bt709:in_range=tv:out_color_matrix=bt601:out_range=pc,format=yuvj420p"


def ticks(rate: Fraction) -> int:
    """Time units a second in which every frame starts on a whole one."""
    return rate.numerator * -(-_FINEST // rate.numerator)


def chunk_output(container: str, rate: Fraction) -> list[str]:
    """Output arguments of a chunk, before its name."""
    if container == "webm":
        return ["-f", "webm", "-fflags", "+bitexact"]
    return ["-video_track_timescale", str(ticks(rate)), "-f", "mp4", "-fflags", "+bitexact"]


def concat_list(pieces: Iterable[tuple[Path, int]], rate: Fraction) -> str:
    """The list file for these (chunk, frames), in order."""
    lines = ["ffconcat version 1.0"]
    frames = 0
    for path, count in pieces:
        start, end = (Fraction(round(n / rate * 1_000_000), 1_000_000) for n in (frames, frames + count))
        name = os.path.abspath(path).replace("'", "'\\''")
        lines += [f"file 'file:{name}'", f"duration {exact(end - start)}"]
        frames += count
    return "\n".join(lines) + "\n"


def of_list(path: Path) -> list[str]:
    """Input arguments for a list file."""
    return ["-protocol_whitelist", "file", "-f", "concat", "-safe", "0", "-i", local(path)]


def joined(picture: list[str], sound: Path | None, out: Path, container: str, rate: Fraction, tags: Tags) -> list[str]:
    """Arguments that copy a picture (input arguments) and a sound into one file."""
    arguments = [*picture]
    if sound is not None:
        arguments += ["-protocol_whitelist", "file", "-i", local(sound)]
    arguments += ["-map", "0:v:0", *(["-map", "1:a:0"] if sound is not None else []), "-c", "copy"]
    arguments += ["-map_metadata", "-1", "-fflags", "+bitexact", *tags.arguments()]
    if container in ("mp4", "mov"):
        arguments += ["-movflags", "+faststart", "-movie_timescale", str(SAMPLE_RATE)]
        arguments += ["-video_track_timescale", str(ticks(rate))]
    return [*arguments, "-f", MUXERS[container], local(out)]


def palette(listed: Path, out: Path) -> list[str]:
    """Arguments that choose the 256 colours of an animation."""
    return [*of_list(listed), "-vf", f"{_TO_RGB},palettegen=stats_mode=diff", "-frames:v", "1", "-update", "1",
            "-f", "image2", "-c:v", "png", local(out)]  # fmt: skip


def animation(listed: Path, colours: Path, out: Path) -> list[str]:
    """Arguments that draw an animation in chosen colours; it repeats for ever."""
    graph = f"[0:v]{_TO_RGB}[p];[p][1:v]paletteuse={_DITHER}"
    return [*of_list(listed), "-protocol_whitelist", "file", "-i", local(colours), "-filter_complex", graph,
            "-fflags", "+bitexact", "-loop", "0", "-f", "gif", local(out)]  # fmt: skip


def still_picture(suffix: str) -> list[str]:
    """Output arguments of a poster, before its name."""
    if suffix == ".png":
        return ["-vf", _TO_RGB, "-frames:v", "1", "-update", "1", "-c:v", "png", "-f", "image2"]
    return ["-vf", _TO_JPEG, "-frames:v", "1", "-update", "1", "-c:v", "mjpeg", "-q:v", "2", "-f", "image2"]
