"""Opens media files for the rest of this folder, and nothing else than media files.

A container can point elsewhere: a playlist, a manifest or an image that is really a list of names makes a naive reader
fetch other files or addresses. Two whitelists stop that: the only protocol is the local file, and only containers that
hold their own media are known by name. Files are opened by content; their names mean nothing (a `file:` prefix keeps
odd names from being read as addresses or options). Decoders refuse pictures above `MAX_PIXELS`.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import av
import av.error
import av.logging

from reelscore.errors import MediaError

FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,gif,wav,w64,mp3,aac,flac,ogg,png_pipe,jpeg_pipe,webp_pipe"
MAX_PIXELS = 64_000_000

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
    except FileNotFoundError:
        raise MediaError(f"There is no file {shown(path)}.", "Check the name and the folder.") from None
    except PermissionError:
        raise MediaError(f"{shown(path)} may not be looked at.", "Check the rights of the folder it is in.") from None
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise MediaError(f"{shown(path)} cannot be looked at: {reason}.", "Give the file a shorter name.") from None
    if stat.S_ISDIR(state.st_mode):
        raise MediaError(f"{shown(path)} is a folder.", "Name a media file in it.")
    if not stat.S_ISREG(state.st_mode):
        raise MediaError(f"{shown(path)} is not a plain file.", "Save the media to a file first.")
    if not os.access(path, os.R_OK):
        raise MediaError(f"{shown(path)} may not be read.", "Check the file's rights.")
    if state.st_size == 0:
        raise MediaError(f"{shown(path)} is empty (0 bytes).", "Copy or export it again.")
    return state.st_size


def open_container(path: Path) -> Any:
    """An open PyAV input container; the caller closes it. Raises MediaError when the content is not known media."""
    check_file(path)
    try:
        return av.open(
            "file:" + os.path.abspath(path),
            options={"protocol_whitelist": "file", "format_whitelist": FORMATS},
            metadata_errors="replace",
        )
    except av.error.FFmpegError as fault:
        if isinstance(fault, (MemoryError, av.error.MemoryError)):
            raise MediaError(f"{shown(path)} asks for more memory than a media file should.", KNOWN) from None
        raise MediaError(f"{shown(path)} is not media that can be read.", KNOWN) from None


def ready(stream: Any) -> Any:
    """The stream with its decoder set: all cores, and the cap on picture size."""
    context = stream.codec_context
    context.thread_type = "AUTO"
    context.options = {"max_pixels": str(MAX_PIXELS)}
    return stream
