"""Files before they are media: may this be opened at all, and what does one call it in a message."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from reelscore.errors import MediaError

SNIFFED = 1024
KNOWN = "Reelscore reads mp4, mov, avi, webm, mkv, gif, webp, png, jpeg, mp3, wav, m4a, aac, flac, ogg and opus."


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
