"""Takes everything from one store to another: from a machine's folder to a team's PostgreSQL and S3, or back.

The source is only read. The target must be new; its rows come in one transaction after all blobs are there, so that a
stop half-way leaves nothing but blobs, and it can be done again. Work under way belongs to the source's queues: it has
to end, and the service to be stopped, before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text, update

from reelscore.edges.settings import Settings
from reelscore.edges.storage.store import Store, migrate
from reelscore.edges.storage.tables import accounts, blobs, calls, jobs, leases, metadata
from reelscore.errors import ConflictError, DataError
from reelscore.values.progress import Watch, unwatched

_BATCH = 500
_LEFT_OUT = (blobs, leases, calls)  # blobs get their rows when they are put; the others belong to processes


@dataclass(frozen=True, slots=True)
class Moved:
    """How much was copied."""

    rows: int
    blobs: int
    size: int


def move(source: Settings, target: Settings, watch: Watch = unwatched) -> Moved:
    """Copy everything. Raises DataError (the target has something already), ConflictError (work is under way)."""
    migrate(source.database_url)
    migrate(target.database_url)
    here, there = Store(source), Store(target)
    try:
        with here.database.read() as old, there.database.read() as new:
            _nothing_runs(old)
            _empty(new, target.database_url)
        count, size = _blobs(here, there, watch)
        with here.database.read() as old, there.database.write() as new:
            _nothing_runs(old)
            _empty(new, target.database_url)
            rows = sum(_rows(old, new, table) for table in metadata.sorted_tables if table not in _LEFT_OUT)
        return Moved(rows, count, size)
    finally:
        here.close()
        there.close()


def _nothing_runs(old: Connection) -> None:
    busy = old.execute(select(func.count()).where(jobs.c.state.in_(("queued", "running")))).scalar_one()
    if busy:
        raise ConflictError(f"{busy} jobs are under way.", "Let them end or cancel them, stop the service, try again.")


def _empty(new: Connection, url: str) -> None:
    if new.execute(select(accounts.c.id).where(accounts.c.id != "local")).first() is not None or any(
        new.execute(select(table).limit(1)).first() is not None
        for table in metadata.sorted_tables
        if table is not accounts and table not in _LEFT_OUT
    ):
        raise DataError(f"There is something in {url.rsplit('@', 1)[-1]} already.", "Give a new database.")


def _blobs(here: Store, there: Store, watch: Watch) -> tuple[int, int]:
    """Copy what is not there yet. No transaction stays open meanwhile: a large blob takes longer than one may sleep."""
    with here.database.read() as old:
        total = old.execute(select(func.coalesce(func.sum(blobs.c.size), 0))).scalar_one()
    count = size = 0
    for digest, length in _digests(here):
        if not there.blobs.exists(digest) or there.blobs.objects.size(digest) != length:
            with there.blobs.draft() as draft:
                for piece in here.blobs.stream(digest):
                    draft.write(piece)
                draft.keep()
        count, size = count + 1, size + length
        watch("copy", size / max(int(total), 1))
    return count, size


def _digests(here: Store) -> Iterator[tuple[str, int]]:
    """Every blob with its size, page by page."""
    last = ""
    while True:
        page = select(blobs.c.hash, blobs.c.size).where(blobs.c.hash > last).order_by(blobs.c.hash).limit(_BATCH)
        with here.database.read() as old:
            found = [(row.hash, int(row.size)) for row in old.execute(page)]
        if not found:
            return
        yield from found
        last = found[-1][0]


def _rows(old: Connection, new: Connection, table: Table) -> int:
    count = 0
    merged: list[dict[str, Any]] = []
    if table is accounts:
        new.execute(accounts.delete())
    batch: list[dict[str, Any]] = []
    for row in _streamed(old, select(table)):
        values = dict(row._mapping)
        if table is accounts and values["merged_into"] is not None:  # it may point to one that comes later
            merged.append({"of": values["id"], "into": values["merged_into"]})
            values["merged_into"] = None
        batch.append(values)
        count += 1
        if len(batch) == _BATCH:
            new.execute(insert(table), batch)
            batch = []
    if batch:
        new.execute(insert(table), batch)
    for one in merged:
        new.execute(update(accounts).where(accounts.c.id == one["of"]).values(merged_into=one["into"]))
    if new.dialect.name == "postgresql" and table.autoincrement_column is not None:
        _count_on(new, table.name)
    return count


def _count_on(new: Connection, table: str) -> None:
    """New rows get numbers after those that came along."""
    sequence = f"pg_get_serial_sequence('{table}', 'id')"
    new.execute(text(f"SELECT setval({sequence}, (SELECT coalesce(max(id), 0) + 1 FROM {table}), false)"))


def _streamed(old: Connection, query: Any) -> Iterator[Any]:
    yield from old.execute(query.execution_options(yield_per=_BATCH))
