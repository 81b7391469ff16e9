"""Opens media files for the rest of this folder, and nothing else than media files.

A container can point elsewhere: a playlist, a manifest or an image that is really a list of names makes a naive reader
fetch other files or addresses. Two whitelists stop that: the only protocol is the local file, and only containers that
hold their own media are known by name. Files are opened by content; their names mean nothing (a `file:` prefix keeps
odd names from being read as addresses or options). Decoders refuse pictures above `MAX_PIXELS`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import av.error
import av.logging

from reelscore.errors import MediaError

FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,gif,wav,w64,mp3,aac,flac,ogg"
MAX_PIXELS = 64_000_000
THREADED_PIXELS = 9_000_000  # larger pictures are decoded by one thread: every thread holds pictures in memory
BAD_PACKETS_IN_A_ROW = 300
SNIFFED = 1024

KNOWN = "Reelscore reads mp4, mov, avi, webm, mkv, gif, webp, png, jpeg, mp3, wav, m4a, aac, flac, ogg and opus."

av.logging.set_level(None)


def shown(path: Path | str) -> str:
    """A file's name fit for one line of a message: no line breaks, no control characters, not endless."""
    name = Path(path).name or str(path)
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)
    return f'"{clean}"' if len(clean) <= 80 else f'"{clean[:48]}...{clean[-24:]}"'


def check_file(path: Path) -> int:
    """The size in bytes of a readable regular file; MediaError for anything else. Never opens what could block."""
    try:
        state = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        raise MediaError(f"There is no file {shown(path)}.", "Check the name and the folder.") from None
    except PermissionError:
        raise MediaError(f"{shown(path)} may not be looked at.", "Check the rights of the folder it is in.") from None
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise MediaError(f"{shown(path)} cannot be looked at: {reason}.", "Give it a plain, shorter name.") from None
    if stat.S_ISDIR(state.st_mode):
        raise MediaError(f"{shown(path)} is a folder.", "Name a media file in it.")
    if not stat.S_ISREG(state.st_mode):
        raise MediaError(f"{shown(path)} is not a plain file.", "Save the media to a file first.")
    if not os.access(path, os.R_OK):
        raise MediaError(f"{shown(path)} may not be read.", "Check the file's rights.")
    if state.st_size == 0:
        raise MediaError(f"{shown(path)} is empty (0 bytes).", "Copy or export it again.")
    return state.st_size


def first_bytes(path: Path) -> bytes:
    """The first `SNIFFED` bytes. Raises MediaError when the file cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read(SNIFFED)
    except OSError as fault:
        raise MediaError(f"{shown(path)} cannot be read: {fault.strerror}.", "Check the file and its disk.") from None


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


def decoded(container: Any, stream: Any, path: Path) -> Iterator[Any]:
    """Every frame of a stream that can be decoded; damaged packets are passed over, endless damage is an error."""
    bad = 0
    packets = iter(container.demux(stream))
    while True:
        try:
            packet = next(packets)
        except (StopIteration, av.error.FFmpegError):
            return  # the end, or the place where the file breaks off: keep what came before
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
