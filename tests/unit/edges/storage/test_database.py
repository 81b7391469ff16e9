"""Transactions are all or nothing, one at a time where it matters, and faults are said in plain words."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from reelscore.edges.settings import Settings
from reelscore.edges.storage import database as module
from reelscore.edges.storage.database import Database
from reelscore.edges.storage.store import Store, migrate
from reelscore.edges.storage.tables import leases
from reelscore.errors import DataError, LimitError, OutputError
from tests.unit.edges.storage.conftest import rolled_back


def lease(name: str, at: int = 0) -> dict[str, object]:
    return {"executor": name, "queues": "", "expires_at": at}


def names(store: Store) -> set[str]:
    with store.database.read() as tx:
        return set(tx.execute(select(leases.c.executor)).scalars())


def test_a_transaction_inside_another_is_part_of_it(store: Store) -> None:
    with rolled_back(store) as tx:
        tx.execute(insert(leases), lease("outer"))
        with store.database.write() as inner:
            assert inner is tx
            inner.execute(insert(leases), lease("inner"))
        assert names(store) == {"outer", "inner"}
    assert names(store) == set()


def test_calls_for_after_the_commit_run_then_and_only_then(store: Store) -> None:
    called: list[str] = []
    with store.database.write() as tx:
        store.database.after_commit(tx, lambda: called.append("first"))
        with store.database.write() as inner:
            store.database.after_commit(inner, lambda: called.append("second"))
        assert called == []
    assert called == ["first", "second"]
    with rolled_back(store) as tx:
        store.database.after_commit(tx, lambda: called.append("never"))
    with store.database.read() as tx:
        store.database.after_commit(tx, lambda: called.append("at once"))
        assert called == ["first", "second", "at once"]


def test_another_thread_is_not_in_this_transaction(store: Store) -> None:
    seen: list[set[str]] = []
    with store.database.write() as tx:
        tx.execute(insert(leases), lease("mine"))
        thread = threading.Thread(target=lambda: seen.append(names(store)))
        thread.start()
        thread.join()
    assert seen == [set()]
    assert names(store) == {"mine"}


def test_a_task_that_outlives_a_transaction_is_not_in_it(store: Store) -> None:
    async def later() -> set[str]:
        with store.database.write() as tx:
            tx.execute(insert(leases), lease("later"))
        return names(store)

    async def both() -> set[str]:
        with store.database.write() as tx:
            tx.execute(insert(leases), lease("first"))
            task = asyncio.create_task(later())
        return await task

    assert asyncio.run(both()) == names(store) == {"first", "later"}


def test_a_read_sees_one_state(store: Store) -> None:
    with store.database.read() as tx:
        assert tx.execute(select(leases.c.executor)).all() == []

        def come_between() -> None:
            with store.database.write() as other:
                other.execute(insert(leases), lease("meanwhile"))

        thread = threading.Thread(target=come_between)
        thread.start()
        thread.join()
        assert tx.execute(select(leases.c.executor)).all() == []
    assert names(store) == {"meanwhile"}


def test_eight_threads_count_without_losing_one(store: Store) -> None:
    """Who reads and then changes a row locks it first."""
    with store.database.write() as tx:
        tx.execute(insert(leases), lease("count"))

    def count() -> None:
        for _ in range(10):
            with store.database.write() as tx:
                at = tx.execute(select(leases.c.expires_at).with_for_update()).scalar_one()
                tx.execute(update(leases).values(expires_at=at + 1))

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.database.read() as tx:
        assert tx.execute(select(leases.c.expires_at)).scalar_one() == 80


@pytest.mark.slow
def test_text_and_numbers_that_no_database_keeps_are_refused(postgres_url: str) -> None:
    migrate(postgres_url)
    database = Database(postgres_url)
    for row in (lease("a\0b"), lease("a", 2**70)):
        with pytest.raises(DataError, match="cannot keep"), database.write() as tx:
            tx.execute(insert(leases), row)
    database.close()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "is no database"),
        ("mysql://x/y", "no database this program knows"),
        ("sqlite://", "in memory"),
        ("sqlite:///:memory:", "in memory"),
    ],
)
def test_a_wrong_url_is_refused_with_what_to_give(url: str, words: str) -> None:
    with pytest.raises(DataError, match=words) as refused:
        Database(url)
    assert refused.value.hint


def test_a_server_that_is_not_there_is_said_so_without_the_password() -> None:
    with pytest.raises(LimitError, match="cannot be reached") as refused:
        migrate("postgresql://me:hush@127.0.0.1:9/none")
    assert "hush" not in str(refused.value)


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "reelscore.db"
    file.write_bytes(b"something else entirely, of some length, " * 50)
    before = file.read_bytes()
    with pytest.raises(DataError, match="damaged or is no database"):
        migrate(f"sqlite:///{file}")
    assert file.read_bytes() == before
    with pytest.raises(OutputError, match="is a folder"):
        migrate(f"sqlite:///{tmp_path}")
    with pytest.raises(OutputError):
        migrate(f"sqlite:///{file}/below/reelscore.db")


def test_a_database_that_stays_locked_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUSY_S", 0.1)
    settings = Settings(data=tmp_path)
    migrate(settings.database_url)
    one, two = Database(settings.database_url), Database(settings.database_url)
    with one.write(), pytest.raises(LimitError, match="busy"), two.write():
        raise AssertionError("not to be had")
    with two.write() as tx:
        tx.execute(insert(leases), lease("now"))
    one.close()
    two.close()


def test_a_database_that_may_only_be_read_says_so(small_store: Store) -> None:
    def write() -> None:
        with small_store.database.write() as tx:
            tx.exec_driver_sql("PRAGMA query_only=ON")
            tx.execute(insert(leases), lease("mine"))

    with pytest.raises(OutputError, match="may not be written"):
        write()
    assert names(small_store) == set()


def test_threads_that_write_all_the_time_get_their_turn(store: Store) -> None:
    """None waits long while others write: eight threads, a hundred transactions."""
    longest: list[float] = []

    def work(name: str) -> None:
        for n in range(12):
            start = time.monotonic()
            with store.database.write() as tx:
                tx.execute(insert(leases), lease(f"{name} {n}"))
            longest.append(time.monotonic() - start)

    threads = [threading.Thread(target=work, args=(str(n),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names(store)) == 96
    assert max(longest) < 25  # after half a minute a writer is refused


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    migrate(settings.database_url)
    store = Store(settings)
    with store.database.write() as tx:
        tx.execute(insert(leases), lease("before"))
        pages = tx.exec_driver_sql("PRAGMA page_count").scalar_one()

    def fill() -> None:
        with store.database.write() as tx:
            tx.exec_driver_sql(f"PRAGMA max_page_count={pages}")
            tx.execute(insert(leases), lease("x" * 1_000_000))

    with pytest.raises(OutputError, match="no room left"):
        fill()
    assert names(store) == {"before"}
    store.close()


def test_after_a_rush_one_connection_serves_those_who_come_one_by_one(small_store: Store) -> None:
    """Each connection keeps pages of its own: used in turn, all of them would fill."""
    met = threading.Barrier(5, timeout=30)

    def look() -> None:
        with small_store.database.read() as tx:
            tx.execute(select(leases)).all()
            met.wait()

    rush = [threading.Thread(target=look) for _ in range(5)]
    for thread in rush:
        thread.start()
    for thread in rush:
        thread.join()
    used = set()
    for _ in range(8):
        with small_store.database.read() as tx:
            used.add(id(tx.connection.driver_connection))
    assert len(used) == 1
