"""Copies of a bucket's objects as files on this machine, for programs that read files; bounded, the oldest go first.

Several processes share one folder. A file in use carries a shared lock of its user, which ends with the process however
it ends; only what nobody holds is taken away. Outside `holding` a file stays for an hour after it was asked for.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from reelscore.edges.storage.ids import new_id
from reelscore.errors import unwritable

try:
    import fcntl
except ImportError:  # a system without them keeps open files itself
    fcntl = None  # type: ignore[assignment]

_STALE_DRAFT_S = 24 * 3600.0

_held: ContextVar[list[int] | None] = ContextVar("files in use", default=None)


class FileCache:
    """At most `most` bytes of files, or what is in use. `stays_s`: how long a file stays outside `holding`."""

    def __init__(self, folder: Path, most: int, stays_s: float = 3600.0) -> None:
        self.folder, self.most, self.stays_s = folder, most, stays_s
        self._one = threading.Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise unwritable(folder, fault) from None

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Files asked for inside stay until the end."""
        if _held.get() is not None:
            yield
            return
        mine: list[int] = []
        token = _held.set(mine)
        try:
            yield
        finally:
            _held.reset(token)
            for lock in mine:
                os.close(lock)

    def path(self, digest: str, size: int, read: Callable[[], Iterable[bytes]]) -> Path:
        """The file of this object; `read` gives its bytes, checked, where it is not here yet."""
        place = self.folder / digest
        for _ in range(3):
            if self._mine(place, size):
                return place
            self._fetch(place, size, read)
        raise unwritable(place, OSError("it is taken away as soon as it is there"))

    def _mine(self, place: Path, size: int) -> bool:
        """Is it there? Then it is used now, and held."""
        try:
            file = os.open(place, os.O_RDONLY)
        except OSError:
            return False
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_SH)
        try:
            there = os.stat(place)
            whole = there.st_size == size and os.path.samestat(there, os.fstat(file))
            if whole:
                os.utime(place)
        except OSError:
            whole = False
        held = _held.get()
        if whole and held is not None:
            held.append(file)
        else:
            os.close(file)
        return whole

    def _fetch(self, place: Path, size: int, read: Callable[[], Iterable[bytes]]) -> None:
        self.make_room(size)
        draft = self.folder / new_id(".draft")
        try:
            with draft.open("xb") as file:
                for piece in read():
                    file.write(piece)
            draft.replace(place)
        except OSError as fault:
            raise unwritable(place, fault) from None
        finally:
            draft.unlink(missing_ok=True)

    def make_room(self, size: int) -> None:
        """Take away what was not used for longest until `size` more bytes fit."""
        with self._one:
            now = time.time()
            files: list[tuple[float, int, Path]] = []
            for entry in os.scandir(self.folder):
                with suppress(OSError):
                    seen = entry.stat()
                    if entry.name.startswith("."):
                        if now - seen.st_mtime > _STALE_DRAFT_S:
                            os.unlink(entry.path)
                    else:
                        files.append((seen.st_mtime, seen.st_size, Path(entry.path)))
            total = sum(one[1] for one in files)
            for used_at, length, path in sorted(files):
                if total + size <= self.most or now - used_at < self.stays_s:
                    break
                total -= length if _taken_away(path) else 0


def _taken_away(path: Path) -> bool:
    """Gone now, if nobody holds it."""
    try:
        file = os.open(path, os.O_RDONLY)
    except OSError:
        return True
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.unlink(path)
    except OSError:
        return False
    finally:
        os.close(file)
    return True
