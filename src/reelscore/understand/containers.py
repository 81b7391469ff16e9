"""Opens media files for the rest of this folder, and nothing else than media files.

A container can point elsewhere: a playlist, a manifest or an image that is really a list of names makes a naive reader
fetch other files or addresses. Two whitelists stop that: the only protocol is the local file, and only containers that
hold their own media are known by name. Files are opened by content; their names mean nothing (a `file:` prefix keeps
odd names from being read as addresses or options). Decoders refuse pictures above `MAX_PIXELS`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import av
import av.error
import av.logging

from reelscore.errors import MediaError
from reelscore.understand.files import KNOWN, SNIFFED, check_file, first_bytes, shown

FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,gif,wav,w64,mp3,aac,flac,ogg"
MAX_PIXELS = 64_000_000
THREADED_PIXELS = 9_000_000  # larger pictures are decoded by one thread: every thread holds pictures in memory
BAD_PACKETS_IN_A_ROW = 300

av.logging.set_level(None)


def open_container(path: Path) -> Any:
    """An open PyAV input container; the caller closes it. Raises MediaError when the content is not known media."""
    check_file(path)
    options = {
        "protocol_whitelist": "file",
        "format_whitelist": FORMATS,
        "max_pixels": str(MAX_PIXELS),
        "threads": "1",  # for the decoders that only look for the streams' parameters
    }
    try:
        return av.open("file:" + os.path.abspath(path), options=options, metadata_errors="replace")
    except MemoryError:
        raise MediaError(f"{shown(path)} asks for more memory than a media file should.", KNOWN) from None
    except (av.error.FFmpegError, ValueError, UnicodeError):
        raise _not_media(path) from None


def ready(stream: Any) -> Any:
    """The stream with its decoder set: all cores for pictures of usual size, and the cap on picture size."""
    context = stream.codec_context
    if stream.type == "video":
        large = (stream.width or 0) * (stream.height or 0) > THREADED_PIXELS
        context.thread_type = "AUTO"
        context.thread_count = 1 if large else 0
    context.options = {"max_pixels": str(MAX_PIXELS)}
    return stream


def decoded(
    container: Any, stream: Any, path: Path, before: Callable[[Any], None] = lambda packet: None
) -> Iterator[Any]:
    """Every frame of a stream that can be decoded; damaged packets are passed over, endless damage is an error.

    `before` is told of every packet on its way to the decoder.
    """
    bad = 0
    packets = iter(container.demux(stream))
    while True:
        try:
            packet = next(packets)
        except (StopIteration, av.error.FFmpegError):
            return  # the end, or the place where the file breaks off: keep what came before
        before(packet)
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            bad += 1
            if bad >= BAD_PACKETS_IN_A_ROW:
                raise MediaError(f"{shown(path)} is too damaged to read.", "Export or download it again.") from None
            continue
        if frames:
            bad = 0
        yield from frames


def _not_media(path: Path) -> MediaError:
    """Says what the file seems to be instead."""
    head = first_bytes(path)
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free"):
        return MediaError(
            f"{shown(path)} begins like a video but its index is missing or damaged: it was probably cut off.",
            "Copy or export it again.",
        )
    if _is_text(head):
        return MediaError(f"{shown(path)} is text, not media. Playlists and links are not followed.", KNOWN)
    return MediaError(f"{shown(path)} is not media that can be read.", KNOWN)


def _is_text(head: bytes) -> bool:
    try:
        text = head.decode("utf-8", errors="strict" if len(head) < SNIFFED else "ignore")
    except UnicodeDecodeError:
        return False
    return all(c.isprintable() or c in "\r\n\t\f\ufeff" for c in text)
