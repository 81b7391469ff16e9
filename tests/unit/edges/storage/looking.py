"""What lies in a store: the rows of blobs, the objects, and drafts."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from reelscore.edges.storage.store import Store
from reelscore.edges.storage.tables import blobs as table


def rows(store: Store) -> dict[str, int]:
    with store.database.read() as tx:
        return {row.hash: row.size for row in tx.execute(select(table))}


def objects(store: Store) -> dict[str, int]:
    return {one.digest: one.size for one in store.blobs.objects.listed()}


def drafts(store: Store) -> list[Path]:
    return list(store.blobs.drafts.iterdir())
