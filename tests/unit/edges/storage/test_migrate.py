"""Databases are brought up to date from nothing and from any version before, by whoever comes first."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, delete, insert, inspect, text, update

from reelscore.edges.settings import Settings
from reelscore.edges.storage import sessions
from reelscore.edges.storage.database import Database
from reelscore.edges.storage.migrate import migrate, scripts
from reelscore.edges.storage.store import Store
from reelscore.edges.storage.tables import accounts, events, metadata
from reelscore.edges.storage.tables import sessions as sessions_table
from reelscore.editing import found, named
from reelscore.errors import DataError
from tests.unit.edges.storage.first_version import ROWS
from tests.unit.edges.storage.timelines import long

REVISIONS = [one.revision for one in ScriptDirectory.from_config(scripts()).walk_revisions()][::-1]


def heads(url: str) -> tuple[str, ...]:
    database = Database(url)
    with database.read() as tx:
        found = MigrationContext.configure(tx).get_current_heads()
    database.close()
    return tuple(found)


def contents(tx: Connection) -> dict[str, list[dict[str, Any]]]:
    return {name: [dict(row) for row in tx.execute(text(f"SELECT * FROM {name}")).mappings()] for name in ROWS}


def has_default(column: Any) -> bool:
    return column["default"] is not None and not str(column["default"]).startswith("nextval(")


def test_the_tables_after_all_steps_are_those_of_the_program(database_url: str) -> None:
    """Alembic would not find anything to change, and every default and variant is the same."""
    migrate(database_url)
    database = Database(database_url)
    with database.read() as tx:
        options = {"compare_type": True, "compare_server_default": not database.sqlite}  # it misreads SQLite's
        assert compare_metadata(MigrationContext.configure(tx, opts=options), metadata) == []
        there = inspect(tx)
        for table in metadata.sorted_tables:
            columns = {c["name"]: (c["nullable"], has_default(c)) for c in there.get_columns(table.name)}
            assert columns == {c.name: (c.nullable, c.server_default is not None) for c in table.columns}
            keys = {(tuple(k["constrained_columns"]), k["referred_table"]) for k in there.get_foreign_keys(table.name)}
            assert keys == {((k.parent.name,), k.column.table.name) for k in table.foreign_keys}
    database.close()


def test_the_number_of_an_event_is_never_given_again(database_url: str) -> None:
    """Whoever follows from a number on would miss what comes after it."""
    migrate(database_url)
    database = Database(database_url)
    row = {"stream": "session:1", "kind": "text", "body": "{}", "created_at": 1}
    with database.write() as tx:
        first = [tx.execute(insert(events).returning(events.c.id), row).scalar_one() for _ in range(3)]
    with database.write() as tx:
        tx.execute(delete(events).where(events.c.id > first[0]))
    with database.write() as tx:
        assert tx.execute(insert(events).returning(events.c.id), row).scalar_one() > first[-1]
    database.close()


def test_a_second_time_changes_nothing(database_url: str) -> None:
    migrate(database_url)
    migrate(database_url)
    assert heads(database_url) == (REVISIONS[-1],)


def test_a_database_of_the_first_version_keeps_everything(database_url: str, tmp_path: Path) -> None:
    migrate(database_url, REVISIONS[0])
    database = Database(database_url)
    with database.write() as tx:
        for table, rows in ROWS.items():
            for row in rows:
                names = ", ".join(row)
                tx.execute(text(f"INSERT INTO {table} ({names}) VALUES (:{', :'.join(row)})"), row)
        before = contents(tx)
    database.close()
    migrate(database_url)
    store = Store(Settings(data=tmp_path / "data", database=database_url))
    with store.database.read() as tx:
        after = contents(tx)
        for table, rows in before.items():
            for row, new in zip(rows, [r for r in after[table] if r.get("id") != "local"], strict=True):
                assert {name: new[name] for name in row} == row
        session = sessions.load(tx, "1234567890123456789", "user_1")
    assert (session.title, session.state, session.history.timeline.title) == ("Ünïcode", "{}", "Ünïcode")
    store.close()


def test_names_that_versions_had_before_are_found_by_their_name(database_url: str, tmp_path: Path) -> None:
    """Since the third step the session's row knows them."""
    migrate(database_url, "0002")
    store = Store(Settings(data=tmp_path / "data", database=database_url))
    with store.database.write() as tx:
        tx.execute(insert(accounts), {"id": "local", "kind": "local", "plan": "local", "created_at": 1})
        made = sessions.create(tx, "local", history=named(named(long(4), "calm", "v2"), "Größe", "v3"))
        old = {"count": 4, "current": "v4", "undone": []}
        tx.execute(update(sessions_table).values(history=json.dumps(old)))
    store.close()
    migrate(database_url)
    store = Store(store.settings)
    with store.database.read() as tx:
        history = sessions.load(tx, made.id).history
        assert dict(history.versions.names) == {"v2": "calm", "v3": "Größe"}
        assert found(history, "calm").id == "v2"
    store.close()


@pytest.mark.parametrize("first", REVISIONS)
def test_every_version_before_gets_to_the_newest(database_url: str, first: str) -> None:
    migrate(database_url, first)
    assert heads(database_url) == (first,)
    migrate(database_url)
    assert heads(database_url) == (REVISIONS[-1],)


@pytest.mark.slow
def test_processes_that_start_at_once_do_it_once(database_url: str) -> None:
    command = [sys.executable, "-c", "import sys; from reelscore.edges.storage.migrate import migrate;"
               " sys.stdin.readline(); migrate(sys.argv[1])", database_url]  # fmt: skip
    started = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(3)
    ]
    told = [process.communicate("go\n", timeout=300)[0] for process in started]
    assert told == ["", "", ""], "a migration says nothing"
    assert [process.returncode for process in started] == [0, 0, 0]
    assert heads(database_url) == (REVISIONS[-1],)


def test_threads_that_start_at_once_do_it_once(database_url: str) -> None:
    failed: list[BaseException] = []

    def start() -> None:
        try:
            migrate(database_url)
        except BaseException as fault:
            failed.append(fault)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_a_newer_database_is_refused_and_left_alone(database_url: str) -> None:
    migrate(database_url)
    database = Database(database_url)
    with database.write() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(DataError, match="newer Reelscore") as refused:
        migrate(database_url)
    assert "Update this program" in refused.value.hint
    assert heads(database_url) == ("9999",)


def test_a_step_that_fails_leaves_the_database_as_it_was(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    migrate(database_url, REVISIONS[0])
    from reelscore.edges.storage import migrate as module

    def fails(tx: Connection) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(module, "_local_account", fails)
    with pytest.raises(ZeroDivisionError):
        migrate(database_url)
    assert heads(database_url) == (REVISIONS[0],)
