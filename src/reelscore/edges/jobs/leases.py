"""Who is alive: every worker process renews a lease, and one whose lease ran out has lost what it was working on.

A lease lasts `TTL_MS` by the database's own clock, so that hosts need not agree on the time. A process of this host
that is certainly gone counts as dead at once: after a restart on one machine nothing is waited for.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, text, update

from reelscore.edges.jobs.processes import is_gone, name_of
from reelscore.edges.storage.ids import new_id, now_ms
from reelscore.edges.storage.tables import leases

TTL_MS = 9_000
RENEW_S = 2.0
_FORGET_MS = 3_600_000


def new_executor() -> str:
    """A name that no other process has, had or will have."""
    return f"{name_of(os.getpid())}:{new_id('w', 6)}"


def renew(tx: Connection, executor: str, queues: Sequence[str]) -> None:
    """Alive for another while."""
    until = clock(tx) + TTL_MS
    mine = update(leases).where(leases.c.executor == executor).values(expires_at=until)
    if not tx.execute(mine).rowcount:
        tx.execute(insert(leases).values(executor=executor, queues=" ".join(queues), expires_at=until))


def release(tx: Connection, executor: str) -> None:
    """Gone on purpose."""
    tx.execute(delete(leases).where(leases.c.executor == executor))


def living(tx: Connection, queue: str = "") -> list[str]:
    """The executors (that serve this queue) whose lease holds and whose process is not known to be gone."""
    rows = tx.execute(select(leases).where(leases.c.expires_at > clock(tx)))
    return [r.executor for r in rows if (not queue or queue in r.queues.split()) and not is_gone(r.executor)]


def forget(tx: Connection) -> None:
    """Remove leases that ran out long ago, and those of processes that are gone."""
    now = clock(tx)
    for row in tx.execute(select(leases)).all():
        if row.expires_at < now - _FORGET_MS or is_gone(row.executor):
            release(tx, row.executor)


def clock(tx: Connection) -> int:
    """Milliseconds since 1970 by the database's clock."""
    if tx.dialect.name == "sqlite":
        return now_ms()
    return int(tx.execute(text("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")).scalar_one())
