"""Calls counted by all processes of a service together, where PostgreSQL holds what they share.

Each process decides by itself, in memory (`limits`), and once a second tells the others what it let through: one
statement for all its callers of that second, none where nobody called. What others let through is taken from the
caller's allowance here. So a caller of several processes gets one allowance, after a second or two, and no call waits
for the database. Callers are known by keyed hashes.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from collections import OrderedDict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool

from reelscore.edges.accounts.secret import secret_of
from reelscore.edges.api.limits import Limits
from reelscore.edges.storage.ids import now_ms
from reelscore.edges.storage.tables import calls
from reelscore.errors import ReelscoreError

if TYPE_CHECKING:
    from reelscore.edges.storage.store import Store

EVERY_S = 1.0
_REMEMBERED = 20_000  # callers
_KEPT_MS = 600_000
_log = logging.getLogger(__name__)


class SharedLimits:
    """One process's part in counting."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store, self._limits = store, limits
        self._totals: OrderedDict[str, int] = OrderedDict()  # caller -> calls of all processes, when last told
        self._tidied_at = now_ms()
        limits.counts = True

    async def keep_sharing(self) -> None:
        """Tell and hear every second, until this is cancelled."""
        while True:
            await asyncio.sleep(EVERY_S)
            try:
                await self.share()
            except (ReelscoreError, DBAPIError) as fault:  # the database is away: each counts for itself
                _log.info("limits: %s", fault)

    async def share(self) -> None:
        """Once: what was let through here is told, what others let through is charged."""
        spent = self._limits.spent()
        if not spent:
            return
        totals = await run_in_threadpool(self._added, spent)
        for caller, total in totals.items():
            before = self._totals.pop(caller, None)
            self._totals[caller] = total
            if before is not None and total - before > spent[caller]:
                self._limits.charge(caller, total - before - spent[caller])
        while len(self._totals) > _REMEMBERED:
            self._totals.popitem(last=False)

    def _added(self, spent: Mapping[str, int]) -> dict[str, int]:
        """The calls of all processes, with these."""
        secret, now = secret_of(self._store, self._store.settings), now_ms()
        named = {hmac.new(secret, f"caller\0{one}".encode(), hashlib.sha256).hexdigest(): one for one in spent}
        rows = [{"caller": name, "total": spent[named[name]], "told_at": now} for name in sorted(named)]
        more = insert(calls).values(rows)
        told = more.on_conflict_do_update(
            index_elements=["caller"], set_={"total": calls.c.total + more.excluded.total, "told_at": now}
        ).returning(calls.c.caller, calls.c.total)
        with self._store.database.write() as tx:
            totals = {named[row.caller]: int(row.total) for row in tx.execute(told)}
        if now - self._tidied_at > _KEPT_MS:
            self._tidied_at = now
            with self._store.database.write() as tx:
                tx.execute(delete(calls).where(calls.c.told_at < now - _KEPT_MS))
        return totals
