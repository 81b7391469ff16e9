"""The versions of sessions' timelines: a row each, so that the thousandth edit costs as much as the first.

A save writes the versions that are new (or were named) and nothing else. Parsed histories stay in memory, what was
committed last by session, and a load reads only the versions that were written since. A version is stored as a history
of its own in the form that `editing.dumps` writes, compressed.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from reelscore.edges.storage.database import database_of
from reelscore.edges.storage.memory import Memory
from reelscore.edges.storage.tables import versions as table
from reelscore.editing import History, dumps, loads
from reelscore.errors import DataError, EditError

_MEMORY = 5_000  # versions that stay parsed, by process

_SINCE = (
    select(table)
    .where(table.c.session == bindparam("of"), table.c.revision > bindparam("since"))
    .order_by(table.c.number)
)
_INSERT = insert(table)


def head_of(history: History) -> str:
    """What a session's row says of its history."""
    head = {"count": len(history.versions), "current": history.current, "undone": list(history.undone)}
    return json.dumps(head)


def write_versions(tx: Connection, session: str, revision: int, history: History, stored: History | None) -> None:
    """Write what differs from what is `stored`, as of this revision. Raises DataError."""
    before = stored.versions if stored is not None else ()
    if len(history.versions) < len(before):
        raise DataError("A history only grows.", "Nothing was saved.")
    new = {
        n: version
        for n, version in enumerate(history.versions, 1)
        if n > len(before) or (version is not before[n - 1] and version != before[n - 1])
    }
    changed = [n for n in new if n <= len(before)]
    if changed:
        tx.execute(delete(table).where(table.c.session == session, table.c.number.in_(changed)))
    if new:
        rows = [
            {"session": session, "number": n, "parent": version.parent, "revision": revision, "data": _packed(version)}
            for n, version in new.items()
        ]
        tx.execute(_INSERT, rows)
    _remember(tx, session, revision, history)


def history_of(tx: Connection, row: Mapping[str, Any] | Any) -> History | None:
    """The history of a session's row; None where its versions are not those of the row. Raises DataError."""
    remembered = _memory(tx).get(row["id"])
    since, known = remembered if remembered is not None and remembered[0] <= row["revision"] else (0, None)
    if known is not None and since == row["revision"]:
        return known
    held = list(known.versions) if known is not None else []
    for one in tx.execute(_SINCE, {"of": row["id"], "since": since}).mappings():
        number = one["number"]
        if one["revision"] > row["revision"] or number > len(held) + 1:
            return None
        held[number - 1 : number] = [_version(one, held[number - 2] if number > 1 else None)]
    head = json.loads(row["history"])
    if len(held) != head["count"]:
        return None
    history = History(tuple(held), head["current"], tuple(head["undone"]))
    _remember(tx, row["id"], row["revision"], history)
    return history


def _packed(version: Any) -> bytes:
    text = dumps(History((replace(version, id="v1", parent=""),), "v1"))
    return zlib.compress(text.encode(), 1)


def _version(row: Any, before: Any) -> Any:
    """A version; tracks and media that it shares with the one before are the same objects."""
    try:
        version = loads(zlib.decompress(row["data"]).decode()).versions[0]
    except (zlib.error, UnicodeDecodeError, EditError) as fault:
        raise DataError(
            f"Version v{row['number']} of session {row['session']} is damaged: {str(fault)[:200]}",
            "Restore the database from a copy.",
        ) from None
    timeline = version.timeline
    if before is not None:
        tracks = {track: track for track in before.timeline.tracks}
        media = {medium: medium for medium in before.timeline.media}
        timeline = replace(
            timeline,
            tracks=tuple(tracks.get(track, track) for track in timeline.tracks),
            media=tuple(media.get(medium, medium) for medium in timeline.media),
        )
    return replace(version, id=f"v{row['number']}", parent=row["parent"], timeline=timeline)


def _memory(tx: Connection) -> Memory[tuple[int, History]]:
    database = database_of(tx)
    if database is None:
        return Memory(1)
    found: Memory[tuple[int, History]] = database.held.get("sessions") or database.held.setdefault(
        "sessions", Memory(_MEMORY, lambda held: len(held[1].versions))
    )
    return found


def _remember(tx: Connection, session: str, revision: int, history: History) -> None:
    """Keep the parsed history, once it is committed."""
    database, memory = database_of(tx), _memory(tx)
    if database is not None:
        database.after_commit(tx, lambda: memory.put(session, (revision, history), lambda new, old: new[0] > old[0]))
