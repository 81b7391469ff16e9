"""A session's row knows the names of its versions, so that none has to be read for them."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_SESSIONS = sa.table("sessions", sa.column("id"), sa.column("history"))
_VERSIONS = sa.table("versions", sa.column("session"), sa.column("number"), sa.column("data"))


def upgrade() -> None:
    tx = op.get_bind()
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for row in tx.execute(sa.select(_VERSIONS).order_by(_VERSIONS.c.number).execution_options(yield_per=200)):
        name = _name(row.data)
        if name:
            names[row.session][str(row.number)] = name
    for session, given in names.items():
        here = _SESSIONS.c.id == session
        head = json.loads(tx.execute(sa.select(_SESSIONS.c.history).where(here)).scalar_one())
        told = json.dumps({**head, "names": given}, ensure_ascii=False)
        tx.execute(sa.update(_SESSIONS).where(here).values(history=told))


def _name(data: bytes) -> str:
    """The name in a version's row; "" in one that is damaged, which is told when it is looked at."""
    try:
        return str(json.loads(zlib.decompress(data))["versions"][0]["name"])
    except (zlib.error, ValueError, KeyError, IndexError, TypeError):
        return ""
