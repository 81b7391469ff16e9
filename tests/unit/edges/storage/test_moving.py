"""A folder's service becomes a team's: every row and every blob goes along."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from reelscore.edges.settings import Settings
from reelscore.edges.storage import sessions
from reelscore.edges.storage.migrate import migrate
from reelscore.edges.storage.moving import move
from reelscore.edges.storage.store import Store
from reelscore.edges.storage.tables import events, jobs, metadata
from reelscore.errors import ConflictError, DataError
from tests.unit.edges.storage.first_version import ROWS
from tests.unit.edges.storage.timelines import long


def filled(folder: Path) -> Settings:
    """A service that was worked with."""
    settings = Settings(data=folder / "old")
    migrate(settings.database_url)
    store = Store(settings)
    with store.database.write() as tx:
        for table, rows in ROWS.items():
            if table != "blobs":
                for row in sorted(rows, key=lambda row: "merged_into" in row):
                    tx.execute(insert(metadata.tables[table]), row)
        sessions.create(tx, "local", history=long(5), id="films")
        row = {"stream": "session:films", "kind": "text", "body": "{}", "created_at": 1}
        tx.execute(insert(events), [row] * 3)
    for n in range(3):
        store.blobs.put_bytes(f"blob {n}".encode() * 100_000)
    store.close()
    return settings


def contents(store: Store) -> dict[str, list[object]]:
    with store.database.read() as tx:
        return {
            table.name: sorted((repr(tuple(row)) for row in tx.execute(select(table))), key=str)
            for table in metadata.sorted_tables
            if table.name != "blobs"
        }


def test_everything_goes_along_and_the_source_stays(database_url: str, tmp_path: Path) -> None:
    old = filled(tmp_path)
    new = Settings(data=tmp_path / "new", database=database_url)
    seen: list[float] = []
    moved = move(old, new, lambda stage, share: seen.append(share))
    here, there = Store(old), Store(new)
    assert contents(here) == contents(there)
    assert (moved.blobs, moved.size, seen[-1]) == (3, 1_800_000, 1.0)
    for n in range(3):
        data = f"blob {n}".encode() * 100_000
        assert there.blobs.get_bytes(here.blobs.put_bytes(data)) == data
    with there.database.write() as tx:
        assert sessions.load(tx, "films").history == long(5)
        row = {"stream": "s", "kind": "text", "body": "{}", "created_at": 1}
        assert tx.execute(insert(events).returning(events.c.id), row).scalar_one() == 45
    here.close()
    there.close()
    with pytest.raises(DataError, match="something in .* already"):
        move(old, new)


def test_work_under_way_is_waited_for(tmp_path: Path) -> None:
    old = filled(tmp_path)
    store = Store(old)
    with store.database.write() as tx:
        tx.execute(jobs.update().values(state="running"))
    store.close()
    with pytest.raises(ConflictError, match="1 jobs are under way"):
        move(old, Settings(data=tmp_path / "new"))


@pytest.mark.slow
def test_blobs_move_to_a_bucket(bucket: str, tmp_path: Path) -> None:
    old = filled(tmp_path)
    new = replace(Settings(data=tmp_path / "new"), blobs=bucket)
    assert move(old, new).blobs == 3
    store = Store(new)
    with store.database.read() as tx:
        found = set(tx.execute(text("SELECT hash FROM blobs")).scalars())
    assert {one.digest for one in store.blobs.objects.listed()} == found
    store.close()
