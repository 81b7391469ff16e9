"""Files of a folder that a person keeps: each appears whole or not at all, and one process at a time changes them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reelscore.errors import DataError, EditError, shown, unwritable


def read_text(path: Path) -> str:
    """Raises DataError."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise DataError(f"{shown(path)} of the project cannot be read: {fault}.", "Restore it from a copy.") from None


def write_whole(path: Path, data: bytes | memoryview[Any]) -> None:
    """Whole or not at all, and on the disk when this returns. Raises OutputError."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as fault:
        draft.unlink(missing_ok=True)
        raise unwritable(path, fault) from None


@contextmanager
def held(lock: Path) -> Iterator[None]:
    """Only one process has it: EditError while another does. One whose process is gone is taken over."""
    try:
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        if not _left_behind(lock):
            raise EditError("Another edit of this project is under way.", "Try again when it is done.") from None
        handle = os.open(lock, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    except OSError as fault:
        raise unwritable(lock, fault) from None
    try:
        os.write(handle, str(os.getpid()).encode())
        os.close(handle)
        yield
    finally:
        lock.unlink(missing_ok=True)


def _left_behind(lock: Path) -> bool:
    """Does the lock belong to a process that is gone?"""
    try:
        os.kill(int(lock.read_text()), 0)
    except (ValueError, ProcessLookupError, FileNotFoundError):
        return True
    except OSError:
        return False
    return False
