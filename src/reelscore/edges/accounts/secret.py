"""The service's own secret: it signs links and hides addresses.

From the settings, or made once and kept in the database, so that every process of a service signs alike and links
outlive a restart.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sqlalchemy import select

from reelscore.edges.settings import Settings
from reelscore.edges.storage.database import Database
from reelscore.edges.storage.ids import now_ms
from reelscore.edges.storage.tables import secrets as kept

if TYPE_CHECKING:
    from reelscore.edges.storage.store import Store

_NAME = "links"
_known: WeakKeyDictionary[Database, bytes] = WeakKeyDictionary()


def secret_of(store: Store, settings: Settings) -> bytes:
    """At least 16 bytes that nobody outside knows."""
    if settings.secret:
        return settings.secret.encode()
    known = _known.get(store.database)
    if known is None:
        known = _known[store.database] = _kept(store.database)
    return known


def _kept(database: Database) -> bytes:
    from sqlalchemy.dialects import postgresql, sqlite

    mine = select(kept.c.value).where(kept.c.name == _NAME)
    with database.read() as tx:
        value = tx.execute(mine).scalar()
    if value is None:
        row = {"name": _NAME, "value": secrets.token_hex(32), "created_at": now_ms()}
        dialect = sqlite if database.sqlite else postgresql
        with database.write() as tx:  # another process may be first: its secret is the one
            tx.execute(dialect.insert(kept).values(row).on_conflict_do_nothing())
            value = tx.execute(mine).scalar_one()
    return bytes.fromhex(value)
