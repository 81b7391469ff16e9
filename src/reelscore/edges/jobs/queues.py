"""The queues that work waits in: durable workflows of DBOS, in the service's own database.

A job's row is the truth; its workflow is what brings it to a worker. Both are written in one transaction, so neither is
without the other. Each time a job is queued it gets a new fence, and the workflow is named after both. Work of one
account never fills a queue: each queue is divided by account, and the divisions take turns.

`orchestrate` holds jobs that wait for others (renders, batches), so that they never stand in the way of those they wait
for. DBOS keeps its tables beside ours ("dbos" schema on PostgreSQL).
"""

from __future__ import annotations

import logging
import os
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL

if TYPE_CHECKING:
    from dbos import DBOSClient

    from reelscore.edges.jobs.jobs import Job
    from reelscore.edges.storage.database import Database

VERSION = "1"  # of what a workflow expects; another one only when old jobs cannot go on
APPLICATION = "reelscore"
UNDER_WAY = ("ENQUEUED", "DELAYED", "PENDING")
JOB, TASK = "reelscore.job", "reelscore.task"
QUEUES = ("orchestrate", "understand", "music", "render")
QUEUE_OF = {"music": "music", "understand": "understand", "render": "orchestrate", "batch": "orchestrate"}
LOOK_EVERY_S = 0.2
_AT_ONCE = {"orchestrate": 8, "understand": 4, "music": 4, "render": 16}  # of one account, on all workers together
_WAITING = 64  # orchestrating jobs of one worker: they only wait
_SCHEMA = "dbos"
_LOCK = 7_305_114
_FROZEN_MS = 10_000  # a process that sleeps in a transaction loses it, and the locks it held

_clients: dict[str, DBOSClient] = {}
_guard = threading.Lock()


def own_engine(url: URL) -> Engine:
    """DBOS's own connections: it expects the driver to begin its transactions."""
    if url.get_backend_name() != "sqlite":
        idle = {"options": f"-c idle_in_transaction_session_timeout={_FROZEN_MS}"}
        return create_engine(url, pool_size=5, max_overflow=10, pool_pre_ping=True, connect_args=idle)
    engine = create_engine(url, pool_size=8, max_overflow=16, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _open(connection: Any, _: object) -> None:
        connection.isolation_level = "IMMEDIATE"
        for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def prepare(database: Database) -> None:
    """Make DBOS's tables and our queues, once; called before the first job, by every process, in any order."""
    from dbos import DBOSClient

    name = _name(database.url)
    with _guard:
        if name in _clients:
            return
        quiet()
        with _one_at_a_time(database):
            engine = own_engine(database.url)
            client = DBOSClient(system_database_engine=engine, application_name=APPLICATION, lazy=True)
            client._sys_db.run_migrations()
            _register(client, os.cpu_count() or 1)
        _clients[name] = client


def _register(client: DBOSClient, hands: int) -> None:
    for name in QUEUES:
        at_once = _WAITING if name == "orchestrate" else hands
        client.register_queue(
            name,
            worker_concurrency=at_once,
            partition_concurrency=_AT_ONCE[name],
            polling_interval_sec=LOOK_EVERY_S,
        )


def enqueue(tx: Connection, job: str, fence: int, kind: str, account: str, priority: int = 0) -> None:
    """Bring the job to a worker, in the caller's transaction."""
    client = _client(tx)
    options = {
        "workflow_name": JOB,
        "queue_name": QUEUE_OF[kind],
        "workflow_id": workflow_of(job, fence),
        "app_version": VERSION,
        "queue_partition_key": account,
        "priority": max(1, 100 - priority),
        "application_name": APPLICATION,
    }
    client.enqueue_in_transaction(tx, options, job)  # type: ignore[arg-type]


def enqueue_task(database: Database, workflow: str, job: Job, asked: dict[str, Any]) -> None:
    """Bring a part of a render to a worker. The same name again is the same task."""
    options = {
        "workflow_name": TASK,
        "queue_name": "render",
        "workflow_id": workflow,
        "app_version": VERSION,
        "queue_partition_key": job.account,
        "priority": max(1, 100 - job.priority),
        "application_name": APPLICATION,
    }
    client_of(database).enqueue(options, job.id, job.run, asked)  # type: ignore[arg-type]


def workflow_of(job: str, fence: int) -> str:
    return f"{job}.{fence}"


def close(database: Database) -> None:
    """Let go of the connections."""
    with _guard, suppress(KeyError):
        client = _clients.pop(_name(database.url))
        client.destroy()
        client._sys_db.engine.dispose()


def client_of(database: Database) -> DBOSClient:
    prepare(database)
    return _clients[_name(database.url)]


def quiet() -> None:
    """DBOS says in its log what we say in ours."""
    logging.getLogger("dbos").setLevel(os.environ.get("REELSCORE_DBOS_LOG", "ERROR"))


def _client(tx: Connection) -> DBOSClient:
    client = _clients.get(_name(tx.engine.url))
    if client is None:
        raise RuntimeError("queues.prepare(database) comes before the first job")
    return client


def _name(url: URL) -> str:
    return url.render_as_string(hide_password=False)


class _one_at_a_time:  # noqa: N801 - reads as a phrase
    """Only one process makes tables. On SQLite the migration takes the write lock itself."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> None:
        self._connection = None
        if not self._database.sqlite:  # no transaction of its own: some steps of the migration wait for all others
            self._connection = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": _LOCK})

    def __exit__(self, *_: object) -> None:
        if self._connection is not None:
            self._connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": _LOCK})
            self._connection.close()
