"""Everything large, kept under the SHA-256 of its bytes: the same content is kept once, and never changes.

Bytes come first, the row in `blobs` after them, so what has a row is there. A stop at any moment leaves at most a draft
or an object without a row, which `collect` takes away later. Inside the transaction that writes the row the object is
looked at once more: the collector removes objects while it holds the row, so either it sees the new row, or the object
is put a second time.

Big files are put before a transaction is opened; inside it their hash is written where it belongs and `touch`ed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy import Connection

from reelscore.edges.storage.blob_rows import missing, size_of, touch, touched, write_row
from reelscore.edges.storage.database import Database
from reelscore.edges.storage.file_cache import FileCache
from reelscore.edges.storage.ids import new_id
from reelscore.edges.storage.objects import BLOCK, Objects
from reelscore.errors import DataError, OutputError, shown, unwritable


class Draft:
    """A blob being written: bytes go in, `keep` makes it a blob. What is not kept leaves nothing."""

    def __init__(self, blobs: Blobs, path: Path) -> None:
        self.path, self.size = path, 0
        self._blobs, self._held = blobs, hashlib.sha256()
        try:
            self._file: IO[bytes] = path.open("xb", buffering=0)
        except OSError as fault:
            raise unwritable(path, fault) from None

    def write(self, data: bytes | memoryview) -> None:
        """Raises OutputError where there is no room."""
        self._held.update(data)
        self.size += len(data)
        view = memoryview(data)
        try:
            while view:
                view = view[self._file.write(view) :]
        except OSError as fault:
            raise unwritable(self.path, fault) from None

    @property
    def digest(self) -> str:
        """The hash of what was written so far."""
        return self._held.hexdigest()

    def keep(self, tx: Connection | None = None) -> str:
        """It is a blob now; its hash."""
        try:
            os.fsync(self._file.fileno())
            self._file.close()
        except OSError as fault:
            raise unwritable(self.path, fault) from None
        digest = self.digest
        self._blobs._keep(self.path, digest, self.size, tx)
        return digest

    def abandon(self) -> None:
        self._file.close()
        self.path.unlink(missing_ok=True)


class Blobs:
    """The blobs of one database. `scratch` holds drafts and copies of a bucket's files, `cache_bytes` of those."""

    def __init__(self, database: Database, objects: Objects, scratch: Path, cache_bytes: int = 20_000_000_000) -> None:
        self.database, self.objects = database, objects
        self.drafts = (objects.folder or scratch) / "drafts"
        self.cache = FileCache(scratch / "files", cache_bytes) if objects.folder is None else None
        try:
            self.drafts.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise unwritable(self.drafts, fault) from None

    # Writing.

    @contextmanager
    def draft(self) -> Iterator[Draft]:
        """A place to write bytes to as they come; gone afterwards unless it was kept."""
        held = Draft(self, self.drafts / new_id("draft"))
        try:
            yield held
        finally:
            held.abandon()

    def put_bytes(self, data: bytes | memoryview, tx: Connection | None = None) -> str:
        """Keep these bytes; their hash."""
        digest = hashlib.sha256(data).hexdigest()
        if self._known(digest, len(data), tx):
            return digest
        with self.draft() as draft:
            draft.write(data)
            return draft.keep(tx)

    def put_file(self, path: Path, tx: Connection | None = None, *, move: bool = False) -> str:
        """Keep a file's bytes; their hash. `move`: the file is given away, and gone afterwards. Raises OutputError,
        DataError (the file changed meanwhile)."""
        try:
            digest, size = digest_of(path)
            if self._known(digest, size, tx):
                if move:
                    path.unlink()
                return digest
            if move:
                return self._given(path, digest, size, tx)
            with self.draft() as draft, path.open("rb", buffering=0) as file:
                while block := file.read(BLOCK):
                    draft.write(block)
                if draft.digest != digest:
                    raise DataError(f"{shown(path)} changed while it was read.", "Try again.")
                return draft.keep(tx)
        except OSError as fault:
            raise OutputError(f"{shown(path)} cannot be kept: {fault.strerror}.", "Check the file.") from None

    def touch(self, tx: Connection, digest: str) -> None:
        """As `blob_rows.touch`."""
        touch(tx, digest)

    # Reading.

    def exists(self, digest: str) -> bool:
        return self._row(digest) is not None

    def size(self, digest: str) -> int:
        """Raises NotFoundError."""
        size = self._row(digest)
        if size is None:
            raise missing(digest)
        return size

    def get_bytes(self, digest: str) -> bytes:
        """All of it, checked against its hash. Raises NotFoundError, DataError for a damaged one."""
        return b"".join(self.stream(digest))

    def stream(self, digest: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Its bytes from `start` up to `end`, in pieces. Read whole it is checked against its hash, and a damaged one
        raises DataError before its last piece. Raises NotFoundError at once."""
        size = self.size(digest)
        first, last = max(0, min(start, size)), size if end is None else max(0, min(end, size))
        return self._pieces(digest, first, last, size)

    def path(self, digest: str) -> Path:
        """A local file of it, not to be written to: the store's own, or a copy that stays at least as long as the
        `holding` block it is asked for in. Raises NotFoundError, DataError."""
        size = self.size(digest)
        own = self.objects.file(digest)
        if own is None:
            assert self.cache is not None
            return self.cache.path(digest, size, lambda: self._pieces(digest, 0, size, size))
        try:
            found = own.stat().st_size
        except OSError:
            raise _damaged(digest, "is gone from the store") from None
        if found != size:
            raise _damaged(digest, f"has {found} bytes instead of {size}")
        return own

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Files that `path` gives inside stay where they are until the end."""
        if self.cache is None:
            yield
        else:
            with self.cache.holding():
                yield

    # Inside.

    def _row(self, digest: str, tx: Connection | None = None) -> int | None:
        if tx is None:
            with self.database.read() as mine:
                return self._row(digest, mine)
        return size_of(tx, digest)

    def _pieces(self, digest: str, start: int, end: int, size: int) -> Iterator[bytes]:
        whole = hashlib.sha256() if (start, end) == (0, size) else None
        sent = 0
        held = b""
        try:
            for piece in self.objects.read(digest, start, end):
                if held:
                    yield held
                held, sent = piece, sent + len(piece)
                if whole is not None:
                    whole.update(piece)
        except FileNotFoundError:
            raise _damaged(digest, "is gone from the store") from None
        if sent != max(0, end - start) or (whole is not None and whole.hexdigest() != digest):
            raise _damaged(digest, "is not what was kept")
        if held:
            yield held

    def _known(self, digest: str, size: int, tx: Connection | None) -> bool:
        """Is it there already? Then it is touched."""
        if self._row(digest, tx) is None:
            return False
        with self._writing(tx) as inner:
            return touched(inner, digest) and self.objects.size(digest) == size

    def _given(self, path: Path, digest: str, size: int, tx: Connection | None) -> str:
        """Take over a file that nobody writes to any more; where that fails it is back where it was."""
        mine = self.drafts / new_id("draft")
        try:
            try:
                path.replace(mine)
            except OSError:  # another disk
                shutil.copyfile(path, mine)
                if digest_of(mine)[0] != digest:
                    raise DataError(f"{shown(path)} changed while it was read.", "Try again.") from None
            with mine.open("rb+") as file:
                os.fsync(file.fileno())
            self._keep(mine, digest, size, tx)
            path.unlink(missing_ok=True)
            return digest
        except BaseException:
            if mine.exists() and not path.exists():
                mine.replace(path)
            raise
        finally:
            mine.unlink(missing_ok=True)

    def _keep(self, draft: Path, digest: str, size: int, tx: Connection | None) -> None:
        """Object first, then its row; the object again where the collector was between."""
        if self.objects.size(digest) != size:
            self.objects.add(draft, digest)
        with self._writing(tx) as inner:
            write_row(inner, digest, size)
            if self.objects.size(digest) != size:
                self.objects.add(draft, digest)

    @contextmanager
    def _writing(self, tx: Connection | None) -> Iterator[Connection]:
        if tx is not None:
            yield tx
        else:
            with self.database.write() as mine:
                yield mine


def digest_of(path: Path) -> tuple[str, int]:
    """A file's SHA-256 and size."""
    held, size = hashlib.sha256(), 0
    with path.open("rb", buffering=0) as file:
        while block := file.read(BLOCK):
            held.update(block)
            size += len(block)
    return held.hexdigest(), size


def _damaged(digest: str, how: str) -> DataError:
    return DataError(f"The stored file {digest[:12]} {how}.", "Restore it from a copy, or add the file again.")
