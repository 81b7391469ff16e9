"""Whoever is killed, program or database, what was told of is there, and everything that is there fits together."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from reelscore.edges.settings import Settings
from reelscore.edges.storage import sessions
from reelscore.edges.storage.store import Store, migrate
from reelscore.editing import dumps, loads
from reelscore.errors import LimitError
from tests.servers.postgres import Postgres
from tests.unit.edges.storage.timelines import edited, film

pytestmark = pytest.mark.slow

SAVES = """
import sys
from dataclasses import replace
from pathlib import Path
from reelscore.edges.settings import Settings
from reelscore.edges.storage import sessions
from reelscore.edges.storage.store import Store
from tests.unit.edges.storage.timelines import edited
store = Store(Settings(data=Path(sys.argv[1]), database=sys.argv[2]))
print("ready", flush=True)
while True:
    with store.database.write() as tx:
        session = sessions.load(tx, "films", lock=True)
        session = sessions.save(tx, replace(session, history=edited(session.history, 20 + session.revision % 100)))
    print(session.revision, flush=True)
"""


def test_programs_killed_while_they_save_lose_nothing_they_told_of(settings: Settings) -> None:
    """Three times two of them, at any moment; both edit the same session, and no edit is lost."""
    migrate(settings.database_url)
    store = Store(settings)
    with store.database.write() as tx:
        sessions.create(tx, "local", id="films", history=film())
    told: list[int] = []
    for seed in range(3):
        command = [sys.executable, "-c", SAVES, str(settings.data), settings.database]
        two = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
        for process in two:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        chance = random.Random(seed)
        first = two[0].stdout
        assert first is not None
        told += [int(first.readline()) for _ in range(chance.randrange(1, 8))]
        time.sleep(chance.uniform(0, 0.02))
        for process in two:
            os.kill(process.pid, signal.SIGKILL)
            assert process.stdout is not None
            told += [int(line) for line in process.stdout.read().split("\n")[:-1]]
            process.wait()
            process.stdout.close()
        store.database.held.clear()
        with store.database.read() as tx:
            found = sessions.load(tx, "films")
        assert found.revision >= max(told)
        assert len(found.history.versions) == found.revision
        assert loads(dumps(found.history)) == found.history
    assert len(told) == len(set(told)), "two saves never count as one"
    store.close()


def test_a_database_that_is_killed_is_waited_for_and_has_lost_nothing(
    postgres_server: Postgres, postgres_url: str, tmp_path: Path
) -> None:
    migrate(postgres_url)
    store = Store(Settings(data=tmp_path, database=postgres_url))
    with store.database.write() as tx:
        session = sessions.create(tx, "local", history=film())
    blob = store.blobs.put_bytes(b"before")
    postgres_server.crash()
    try:
        for attempt in (lambda: store.blobs.exists(blob), lambda: store.blobs.put_bytes(b"meanwhile")):
            with pytest.raises(LimitError, match="cannot be reached") as refused:
                attempt()
            assert refused.value.retry_after_s > 0
    finally:
        postgres_server.start()
    store.database.held.clear()
    with store.database.write() as tx:
        assert sessions.load(tx, session.id) == session
        sessions.save(tx, replace(session, history=edited(session.history, 50)))
    assert store.blobs.get_bytes(blob) == b"before"
    store.close()


def test_a_database_killed_in_the_middle_of_a_transaction_undoes_it(
    postgres_server: Postgres, postgres_url: str, tmp_path: Path
) -> None:
    migrate(postgres_url)
    store = Store(Settings(data=tmp_path, database=postgres_url))
    with store.database.write() as tx:
        session = sessions.create(tx, "local", history=film())

    def interrupted() -> None:
        with store.database.write() as tx:
            sessions.save(tx, replace(session, history=edited(session.history, 50)))
            postgres_server.crash()
            postgres_server.start()

    with pytest.raises(LimitError):
        interrupted()
    with store.database.read() as tx:
        assert sessions.load(tx, session.id) == session
    store.database.held.clear()
    with store.database.read() as tx:
        assert sessions.load(tx, session.id) == session
    store.close()
