"""Guests whose days are over: their credits go back at once, their work goes when nobody can claim it any more.

A claim may be younger than its guest, so that work waits for the last claim to end. Then sessions, uploads and what
names the guest are let go as for an account that is closed; bytes follow when deleted sessions are collected. The
ledger's rows stay, under an id that names nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, func, select

from reelscore.edges.accounts.ledger import expire
from reelscore.edges.accounts.people import close
from reelscore.edges.accounts.plans import plan
from reelscore.edges.accounts.tokens import CLAIM, DAY_MS
from reelscore.edges.settings import Settings
from reelscore.edges.storage.ids import now_ms
from reelscore.edges.storage.tables import accounts, entries, tokens

if TYPE_CHECKING:
    from reelscore.edges.storage.store import Store


def end_guests(store: Store, settings: Settings, limit: int = 100) -> int:
    """Take back credits and let go of work that is due; how many guests were closed. The reaper calls this now and
    then. Where the plan of guests has no end, nothing ends."""
    of = plan(settings, "anonymous")
    if not of.days:
        return 0
    now = now_ms()
    over = (
        accounts.c.kind == "anonymous",
        accounts.c.merged_into.is_(None),
        accounts.c.created_at <= now - of.days * DAY_MS,
    )
    rich = (
        select(accounts.c.id)
        .join(entries, (entries.c.account == accounts.c.id) & (entries.c.side == "available"))
        .where(*over)
        .group_by(accounts.c.id)
        .having(func.sum(entries.c.amount) > 0)
        .limit(limit)
    )
    claimed = exists().where(
        tokens.c.account == accounts.c.id,
        tokens.c.scopes == CLAIM,
        tokens.c.revoked_at.is_(None),
        tokens.c.expires_at > now,
    )
    with store.database.read() as tx:
        with_credits = list(tx.execute(rich).scalars())
        ended = list(tx.execute(select(accounts.c.id).where(*over, ~claimed).limit(limit)).scalars())
    for account in with_credits:
        with store.database.write() as tx:
            expire(tx, account)
    for account in ended:
        close(store, account)
    return len(ended)
