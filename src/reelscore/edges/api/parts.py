"""Uploads in parts: what came stays, so a broken connection or a restarted server costs only what was on its way.

The bytes lie in a file of their own in the data folder, one row tells whose they are. How much there is, is the file's
length: bytes that were written survive the process, and nobody has to remember how far a broken request got. One
request at a time writes to an upload (a lock on the file, which the system lets go of when a process dies). With the
last byte the file becomes media like any other; the row keeps what it became for a day, so that a client which lost
that answer can ask again. What nobody goes on with for a day is removed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from reelscore.edges.accounts.plans import too_large, upload_cap
from reelscore.edges.api.arriving import Came, check_room, check_session, take
from reelscore.edges.api.auth import Caller
from reelscore.edges.api.filenames import clean_name
from reelscore.edges.storage.ids import new_id, now_ms
from reelscore.edges.storage.tables import uploads
from reelscore.errors import (
    ConflictError,
    DataError,
    LimitError,
    MediaError,
    NotAllowedError,
    NotFoundError,
    UnsupportedError,
    unwritable,
)

if TYPE_CHECKING:
    from reelscore.edges.storage.store import Store

KEPT_MS = 24 * 3600 * 1000
MOST = 50  # of one account that are under way


@dataclass(frozen=True, slots=True)
class Upload:
    """One upload. `media`: the media id it became, "" while it is under way."""

    id: str
    account: str
    session: str
    filename: str
    size: int
    offset: int
    media: str
    expires_at: int

    @property
    def whole(self) -> bool:
        return self.offset == self.size


def create(store: Store, who: Caller, session: str, filename: str, size: int) -> Upload:
    """An upload of which nothing came yet. Raises TooLargeError, NotFoundError (session), LimitError,
    NotAllowedError."""
    cap = upload_cap(who.plan, store.settings)
    if size > cap:
        raise too_large(cap)
    if size < 1:
        raise DataError("An empty file is no media.", "Give the size in bytes, at least 1.")
    check_session(store, who, session)
    check_room(store, who, size)
    now = now_ms()
    upload = Upload(new_id("upl"), who.account, session, clean_name(filename), size, 0, "", now + KEPT_MS)
    path = _path(store, upload.id)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    except OSError as fault:
        raise unwritable(path, fault) from None
    with store.database.write() as tx:
        open_ = (uploads.c.account == who.account, uploads.c.media.is_(None), uploads.c.updated_at > now - KEPT_MS)
        if tx.execute(select(func.count()).where(*open_)).scalar_one() >= MOST:
            path.unlink(missing_ok=True)
            raise LimitError(f"{MOST} uploads are under way.", "Finish or delete some.", retry_after_s=60)
        row = {"id": upload.id, "account": who.account, "session": session, "filename": upload.filename, "size": size,
               "received": 0, "created_at": now, "updated_at": now}  # fmt: skip
        tx.execute(insert(uploads).values(row))
    return upload


def get(store: Store, who: Caller, upload: str) -> Upload:
    """An upload as it is now. Raises NotFoundError, also for one that ended long ago or is somebody else's."""
    with store.database.read() as tx:
        row = tx.execute(select(uploads).where(uploads.c.id == upload, uploads.c.account == who.account)).first()
    if row is None or row.updated_at <= now_ms() - KEPT_MS:
        raise _ended(upload)
    media = json.loads(row.media) if row.media else ""
    if media:
        offset = row.size
    else:
        try:
            offset = min(row.size, _path(store, row.id).stat().st_size)
        except FileNotFoundError:
            raise _ended(row.id) from None
    return _upload(row, offset, media)


@contextmanager
def writing(store: Store, upload: Upload) -> Iterator[IO[bytes]]:
    """The upload's file, to be written on from where it ends, by nobody else meanwhile. Raises LimitError while another
    request does, NotFoundError when it has ended, OutputError."""
    path = _path(store, upload.id)
    try:
        file = path.open("r+b", buffering=0)
    except FileNotFoundError:
        raise _ended(upload.id) from None
    except OSError as fault:
        raise unwritable(path, fault) from None
    with file:
        if not _locked(file):
            raise LimitError("Another request is sending this upload.", "Wait until it ends.", retry_after_s=1)
        file.seek(0, os.SEEK_END)
        yield file


def note(store: Store, upload: Upload) -> Upload:
    """The upload as it is now; it is kept for another day."""
    there = _path(store, upload.id).stat().st_size
    with store.database.write() as tx:
        told = {"received": there, "updated_at": now_ms()}
        tx.execute(update(uploads).where(uploads.c.id == upload.id).values(told))
    return replace(upload, offset=min(there, upload.size), expires_at=now_ms() + KEPT_MS)


def check_offset(there: int, offset: int) -> None:
    """Raises ConflictError where the client goes on from somewhere else than the end."""
    if offset != there:
        raise ConflictError(
            f"The upload has {there} bytes, not {offset}.", "Ask with HEAD how much there is, and go on from there."
        )


def finish(store: Store, who: Caller, upload: Upload) -> Upload:
    """If all of it is there, it becomes media of its session; also when the process that was doing so died. What is no
    media is removed, and told. While another request does this, nothing happens."""
    if upload.media or not upload.whole:
        return upload
    try:
        with writing(store, upload):
            return _finished(store, who, upload)
    except LimitError:
        return upload


def _finished(store: Store, who: Caller, upload: Upload) -> Upload:
    path = _path(store, upload.id)
    again = path.with_name(
        f"{upload.id}.whole"
    )  # a second name of the same bytes: the first stays until all is written

    def keep() -> str:
        again.unlink(missing_ok=True)
        try:
            again.hardlink_to(path)
        except OSError:  # a disk without links: its bytes are copied
            return store.blobs.put_file(path)
        return store.blobs.put_file(again, move=True)

    try:
        arrived = take(store, who, upload.session, [Came(upload.filename, path, upload.size, keep)])
    except (UnsupportedError, MediaError, NotFoundError, NotAllowedError):
        remove(store, upload)
        raise
    media = arrived.files[0].media
    with store.database.write() as tx:
        told = {"media": json.dumps(media), "received": upload.size, "updated_at": now_ms()}
        tx.execute(update(uploads).where(uploads.c.id == upload.id).values(told))
    path.unlink(missing_ok=True)
    return replace(upload, media=media)


def remove(store: Store, upload: Upload) -> None:
    """Forget an upload and what came of it."""
    with store.database.write() as tx:
        tx.execute(delete(uploads).where(uploads.c.id == upload.id))
    _path(store, upload.id).unlink(missing_ok=True)


def remove_old(store: Store) -> int:
    """Remove uploads that nobody went on with for a day, and files without a row; how many. The reaper calls this."""
    before = now_ms() - KEPT_MS
    with store.database.write() as tx:
        old = list(tx.execute(select(uploads.c.id).where(uploads.c.updated_at <= before)).scalars())
        tx.execute(delete(uploads).where(uploads.c.id.in_(old)))
        known = set(tx.execute(select(uploads.c.id)).scalars())
    count = len(old)
    for path in _folder(store).glob("upl_*"):
        with suppress(OSError):
            if path.name not in known and path.stat().st_mtime * 1000 <= before:
                path.unlink()
    for name in old:
        _path(store, name).unlink(missing_ok=True)
    return count


def _ended(upload: str) -> NotFoundError:
    return NotFoundError(f'There is no upload "{upload[:40]}".', "Begin another one with POST /v1/uploads.")


def _upload(row: Any, offset: int, media: str) -> Upload:
    ends = row.updated_at + KEPT_MS
    return Upload(row.id, row.account, row.session or "", row.filename, row.size, offset, media, ends)


def _folder(store: Store) -> Path:
    return store.settings.data / "uploads"


def _path(store: Store, upload: str) -> Path:
    """Ids are this service's own letters and digits (`storage.ids`), never what a client sent."""
    return _folder(store) / upload


def _locked(file: IO[bytes]) -> bool:
    """Take the file's lock if nobody has it."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
