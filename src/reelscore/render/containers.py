"""Opens the files behind a timeline for decoding, and nothing else than media files.

A container can point elsewhere (playlists, manifests, images that are lists of names): two whitelists stop that, and
files are opened by content under a `file:` name. Decoders refuse pictures above `MAX_PIXELS`; endless damage is an
error, a little is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import av.error
import av.logging

from reelscore.errors import MediaError, shown
from reelscore.render.arguments import local

FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,gif,wav,w64,mp3,aac,flac,ogg"
MAX_PIXELS = 64_000_000
THREADED_PIXELS = 9_000_000  # larger pictures are decoded by one thread: every thread holds pictures in memory
BAD_PACKETS_IN_A_ROW = 300

av.logging.set_level(None)


def open_container(path: Path) -> Any:
    """An open PyAV input; the caller closes it. MediaError when the file is gone or no known media."""
    options = {
        "protocol_whitelist": "file",
        "format_whitelist": FORMATS,
        "max_pixels": str(MAX_PIXELS),
        "threads": "1",  # for the decoders that only look for the streams' parameters
    }
    try:
        return av.open(local(path), options=options, metadata_errors="replace")
    except FileNotFoundError:
        raise MediaError(f"{shown(path)} is no longer there.", "Put it back, or replace the media.") from None
    except (av.error.FFmpegError, OSError, ValueError, UnicodeError, MemoryError):
        raise MediaError(f"{shown(path)} cannot be read as media.", "Replace it, or export it again.") from None


def ready(stream: Any, context: Any = None) -> Any:
    """The decoder of a stream (or the given one), set up: all cores for pictures of usual size, size capped."""
    context = context or stream.codec_context
    if stream.type == "video":
        large = (stream.width or 0) * (stream.height or 0) > THREADED_PIXELS
        context.thread_type = "AUTO"
        context.thread_count = 1 if large else 0
    context.options = {"max_pixels": str(MAX_PIXELS)}
    return context


def decoded(container: Any, stream: Any, path: Path, context: Any = None) -> Iterator[Any]:
    """Every frame of a stream that can be decoded, from where the container stands, in order of presentation.

    `context` is another decoder than the stream's own. What follows the place where a file breaks off is left out.
    """
    bad = 0
    packets = iter(container.demux(stream))
    while True:
        try:
            packet = next(packets)
        except (StopIteration, av.error.FFmpegError):
            return
        try:
            frames = context.decode(packet) if context else packet.decode()
        except EOFError:
            return
        except av.error.FFmpegError:
            bad += 1
            if bad >= BAD_PACKETS_IN_A_ROW:
                raise MediaError(f"{shown(path)} is too damaged to read.", "Export or download it again.") from None
            continue
        if frames:
            bad = 0
        yield from frames
