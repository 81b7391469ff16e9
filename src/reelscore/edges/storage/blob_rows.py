"""The rows that say which blobs there are, and when each was last put or referred to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from reelscore.edges.storage.ids import now_ms
from reelscore.edges.storage.objects import is_digest
from reelscore.edges.storage.tables import blobs as table
from reelscore.errors import NotFoundError


def _or_touched(row: Any) -> Any:
    new = {"touched_at": row.excluded.touched_at, "size": row.excluded.size}
    return row.on_conflict_do_update(index_elements=[table.c.hash], set_=new)


_SIZE = select(table.c.size).where(table.c.hash == bindparam("digest"))
_TOUCH = update(table).where(table.c.hash == bindparam("digest")).values(touched_at=bindparam("at"))
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert(table), "postgresql": postgresql.insert(table)}
_WRITE = {name: _or_touched(row) for name, row in _INSERT.items()}
_ADD = {
    name: row.on_conflict_do_nothing(index_elements=[table.c.hash]).returning(table.c.hash)
    for name, row in _INSERT.items()
}


def size_of(tx: Connection, digest: str) -> int | None:
    """The blob's size; None where there is none."""
    size = tx.execute(_SIZE, {"digest": digest}).scalar()
    return None if size is None else int(size)


def touched(tx: Connection, digest: str) -> bool:
    """Is the blob there? Then nothing collects it now. Waits for whoever holds its row."""
    return tx.execute(_TOUCH, {"digest": digest, "at": now_ms()}).rowcount == 1


def touch(tx: Connection, digest: str) -> None:
    """Call it wherever a hash is written into a row: nothing collects the blob now. Raises NotFoundError."""
    if not touched(tx, digest):
        raise missing(digest)


def write_row(tx: Connection, digest: str, size: int) -> None:
    """The blob's row, new or touched. Waits for whoever holds it."""
    tx.execute(_WRITE[tx.dialect.name], {"hash": digest, "size": size, "touched_at": now_ms()})


def add_row(tx: Connection, digest: str, size: int) -> bool:
    """The blob's row, where there was none."""
    return tx.execute(_ADD[tx.dialect.name], {"hash": digest, "size": size, "touched_at": 0}).first() is not None


def missing(digest: str) -> NotFoundError:
    shown = digest[:12] if is_digest(digest) else repr(digest[:40])
    return NotFoundError(f"There is no file {shown}.", "Add it again.")
