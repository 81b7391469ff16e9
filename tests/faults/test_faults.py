"""Processes are killed, frozen and woken; nothing is lost, nothing is done twice.

`python -m tests.faults --rounds 50 --database sqlite|postgres` is the long form of the first test.
"""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable

import pytest

from reelscore.edges.accounts import ledger
from reelscore.edges.jobs import events, jobs, messages, processes, turns
from reelscore.edges.jobs.jobs import Job
from reelscore.edges.storage import sessions
from reelscore.edges.storage.ids import now_ms
from reelscore.edges.storage.tables import leases as leases_table
from reelscore.values.command import Step
from tests.faults.house import House
from tests.faults.rounds import Stage, play
from tests.servers import postgres

pytestmark = pytest.mark.slow
PATIENCE_S = 240.0  # on a machine that does much else


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_whatever_is_killed_every_job_ends_once(database: str) -> None:
    if database == "postgres" and not postgres.installed():
        pytest.skip(postgres.MISSING)
    chance = random.Random(5)
    with House(database, 2 if database == "postgres" else 1) as house:
        stage = Stage(house)
        outcome = play(stage, 1, chance)
    assert outcome.wrong == [], outcome.line()


def test_a_worker_that_was_frozen_writes_nothing_when_it_wakes() -> None:
    with House("sqlite", 2, size=1) as house:
        session, message = begin_music(house)
        first = owned(house, message)
        worker = next(process for process in house.workers if f":{process.pid}:" in first.owner)
        freeze(house, worker)
        second = wait(lambda: other_owner(house, first))
        worker.send_signal(signal.SIGCONT)
        done = wait(lambda: ended(house, first))
        time.sleep(1.0)  # for what the woken one might still do
        assert (done.state, done.owner) == ("completed", second.owner)
        with house.store.database.read() as tx:
            assert jobs.get(tx, first.id) == done
            assert len(sessions.load(tx, session).history.versions) == 2
            told = [event.kind for event in events.read(tx, f"session:{session}", 0, message)]
            assert (told.count("reply"), told.count("end"), told[-1]) == (1, 1, "end")
            assert ledger.balance(tx, house.account).consumed == 10
        assert worker.poll() is None


def test_on_one_machine_nothing_is_waited_for_after_a_kill() -> None:
    """The lease of the one that was killed would hold for an hour."""
    with House("sqlite", 1, size=1) as house:
        _, message = begin_music(house)
        first = owned(house, message)
        house.kill_worker(0)
        with house.store.database.write() as tx:
            tx.execute(
                leases_table.update()
                .where(leases_table.c.executor == first.owner)
                .values(expires_at=now_ms() + 3_600_000)
            )
        wait(lambda: other_owner(house, first))


def test_a_job_that_is_stopped_leaves_no_process_and_no_file() -> None:
    with House("sqlite", 1, size=1) as house:
        session, message = begin_music(house)
        owned(house, message)
        time.sleep(0.5)
        before = processes.descendants([house.workers[0].pid])
        turns.cancel(house.store, house.account, session)
        wait(lambda: not any(processes.alive(pid) for pid in before) or None)
        wait(lambda: not list((house.settings.data / "scratch" / "work").glob("*/*")) or None)
        with house.store.database.read() as tx:
            assert messages.get(tx, message).state == "cancelled"
            assert ledger.balance(tx, house.account).consumed == 0


def test_a_worker_told_to_stop_hands_its_work_back_and_is_gone() -> None:
    with House("sqlite", 1, size=1) as house:
        _, message = begin_music(house, "120s")
        first = owned(house, message)
        worker = house.workers[0]
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE_S) == 0
        with house.store.database.read() as tx:
            assert jobs.get(tx, first.id).state in ("queued", "completed")
        assert house.orphans() == []


def test_workers_die_with_their_parent() -> None:
    with House("sqlite", 1, size=1) as house:
        _, message = begin_music(house)
        owned(house, message)
        worker = house.workers[0]
        below = processes.descendants([worker.pid])
        assert worker.stdin is not None
        worker.stdin.close()  # as when the parent was killed
        wait(lambda: not any(processes.alive(pid) for pid in (worker.pid, *below)) or None)


def freeze(house: House, worker: subprocess.Popen[bytes]) -> None:
    """Stop the process where it stands; not where it holds SQLite's lock, with which it would stop everybody."""
    while True:
        worker.send_signal(signal.SIGSTOP)
        other = sqlite3.connect(house.settings.data / "reelscore.db", timeout=1.0, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")
        except sqlite3.OperationalError:
            worker.send_signal(signal.SIGCONT)
            time.sleep(0.05)
            continue
        finally:
            other.close()
        return


def begin_music(house: House, length: str = "15s") -> tuple[str, str]:
    with house.store.database.write() as tx:
        session = sessions.create(tx, house.account, "film").id
    step = Step("generate_music", (("prompt", "calm piano"), ("duration", length)))
    return session, turns.edit(house.store, house.account, session, [step]).id


def wait(look: Callable[[], object]) -> Job:
    """What `look` finds, once it finds something."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        found = look()
        if found is not None:
            return found  # type: ignore[return-value]
        time.sleep(0.05)
    raise AssertionError("it did not happen")


def job_of(house: House, message: str) -> Job:
    with house.store.database.read() as tx:
        return jobs.get(tx, messages.get(tx, message).job or "")


def owned(house: House, message: str) -> Job:
    """The job, once somebody works on it."""
    return wait(lambda: job if (job := job_of(house, message)).state == "running" else None)


def other_owner(house: House, first: Job) -> Job | None:
    with house.store.database.read() as tx:
        job = jobs.get(tx, first.id)
    return job if job.owner not in ("", first.owner) else None


def ended(house: House, first: Job) -> Job | None:
    with house.store.database.read() as tx:
        job = jobs.get(tx, first.id)
    return job if job.ended else None
