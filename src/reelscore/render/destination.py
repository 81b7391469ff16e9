"""Where a result goes: checked before the work, written in one piece after it.

Work happens in a hidden folder beside the target (same disk, names of our own, so no odd name ever reaches the
encoder). Only a complete, synced file is moved to its name, in one step; whatever goes wrong, the folder is removed.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reelscore.errors import OutputError, one_of, shown, unwritable


@dataclass(frozen=True, slots=True)
class Draft:
    """A result in the making: `path` is moved to its target at the end; the rest of `folder` is thrown away."""

    folder: Path
    path: Path


def check_target(out: Path, suffixes: Collection[str], *, force: bool = False, source: Path | None = None) -> None:
    """OutputError when nothing of one of these suffixes can be written there. Cheap: call it before the work."""
    suffix = out.suffix.lower()
    if suffix not in suffixes:
        what = f'No format is called "{suffix}"' if suffix else "The name has no ending that tells the format"
        raise OutputError(f"{what}: {shown(out)}.", one_of(suffix, suffixes))
    try:
        there = _exists(out)
        if not os.path.isdir(out.parent):
            raise OutputError(f"There is no folder {shown(out.parent)} for {shown(out)}.", "Make the folder first.")
        if there and source is not None and os.path.exists(source) and os.path.samefile(out, source):
            raise OutputError(f"{shown(out)} is the film itself.", "Choose another name for the result.")
        if there and os.path.isdir(out):
            raise OutputError(f"{shown(out)} is a folder.", "Name a file in it.")
        if there and not os.path.isfile(out):
            raise OutputError(f"{shown(out)} is not a plain file.", "Choose another name.")
        if there and not force:
            raise OutputError(f"{shown(out)} exists already.", "Choose another name, or overwrite it with --force.")
    except (OSError, ValueError) as fault:
        raise unwritable(out, fault) from None
    if not os.access(out.parent, os.W_OK | os.X_OK):
        raise OutputError(f"Nothing may be written into {shown(out.parent)}.", "Choose another folder.")


def _exists(out: Path) -> bool:
    try:
        os.lstat(out)
    except FileNotFoundError:
        return False
    return True


@contextmanager
def drafted(out: Path, *, force: bool = False, source: Path | None = None) -> Iterator[Draft]:
    """A hidden place beside the target. Leaving the block well moves the draft to its name; otherwise nothing stays.

    The target's suffix is kept as it is; the draft has the same in lower case.
    """
    check_target(out, {out.suffix.lower()}, force=force, source=source)
    target = Path(os.path.realpath(out))  # a link keeps pointing where it points
    try:
        folder = Path(tempfile.mkdtemp(prefix=".reelscore-", dir=target.parent))
    except OSError as fault:
        raise unwritable(out, fault) from None
    try:
        draft = Draft(folder, folder / f"draft{out.suffix.lower()}")
        yield draft
        _sync(draft.path)
        os.replace(draft.path, target)
        _sync(target.parent)
    except OSError as fault:
        raise unwritable(out, fault) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sync(path: Path) -> None:
    """Make sure that what was written is on the disk. Folders can be synced on POSIX only."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as fault:
        if fault.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)
