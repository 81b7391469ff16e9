"""The media of a session: which blob holds each, what it was found to be, and where its reading or its score lies."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from reelscore.edges.storage.blob_rows import touch
from reelscore.edges.storage.ids import now_ms
from reelscore.edges.storage.tables import session_media as table
from reelscore.errors import NotFoundError
from reelscore.values.codec import dumps, from_json
from reelscore.values.reading import MediaInfo
from reelscore.values.timeline import Media


@dataclass(frozen=True, slots=True)
class StoredMedia:
    """One medium. `reading` and `piece` are blobs of JSON, "" where there is none."""

    media: str  # "sha256:..." as the timeline names it
    blob: str
    filename: str
    size: int
    medium: Media
    info: MediaInfo
    reading: str = ""
    piece: str = ""
    origin: str = "uploaded"  # or "composed"
    created_at: int = 0


def media(tx: Connection, session_id: str) -> tuple[StoredMedia, ...]:
    """All of a session, oldest first."""
    query = select(table).where(table.c.session == session_id).order_by(table.c.created_at, table.c.media)
    return tuple(_stored(row) for row in tx.execute(query).mappings())


def medium(tx: Connection, session_id: str, media_id: str) -> StoredMedia:
    """Raises NotFoundError."""
    query = select(table).where(table.c.session == session_id, table.c.media == media_id)
    row = tx.execute(query).mappings().first()
    if row is None:
        raise NotFoundError(f"The session has no media {media_id[:80]!r}.", "Upload the file again.")
    return _stored(row)


def add_media(tx: Connection, session_id: str, stored: StoredMedia) -> StoredMedia:
    """The session has this medium from now on; the same content again is the one that is there. Its blobs are touched.
    Raises NotFoundError for a blob that is not there."""
    for blob in filter(None, (stored.blob, stored.reading, stored.piece)):
        touch(tx, blob)
    query = select(table).where(table.c.session == session_id, table.c.media == stored.media)
    row = tx.execute(query).mappings().first()
    if row is not None:
        if stored.reading and not row["reading"]:
            set_reading(tx, session_id, stored.media, stored.reading, stored.medium, stored.info)
        return medium(tx, session_id, stored.media)
    values = {
        "session": session_id, "media": stored.media, "blob": stored.blob, "reading": stored.reading or None,
        "piece": stored.piece or None, "filename": stored.filename, "size": stored.size,
        "medium": dumps(stored.medium, None), "info": dumps(stored.info, None), "origin": stored.origin,
        "created_at": stored.created_at or now_ms(),
    }  # fmt: skip
    tx.execute(insert(table).values(values))
    return medium(tx, session_id, stored.media)


def set_reading(
    tx: Connection, session_id: str, media_id: str, reading: str, medium: Media | None = None,
    info: MediaInfo | None = None,
) -> None:  # fmt: skip
    """What was seen and heard in it (a blob), and what it turned out to be. Raises NotFoundError."""
    touch(tx, reading)
    values: dict[str, Any] = {"reading": reading}
    if medium is not None:
        values["medium"] = dumps(medium, None)
    if info is not None:
        values["info"] = dumps(info, None)
    done = tx.execute(update(table).where(table.c.session == session_id, table.c.media == media_id).values(values))
    if done.rowcount != 1:
        raise NotFoundError(f"The session has no media {media_id[:80]!r}.", "Upload the file again.")


def thumbnail_of(tx: Connection, blob: str) -> str:
    """The blob of a small picture of this content, whoever asked for it first; "" where nobody did."""
    query = select(table.c.thumbnail).where(table.c.blob == blob, table.c.thumbnail.is_not(None))
    return str(tx.execute(query.limit(1)).scalar() or "")


def set_thumbnail(tx: Connection, blob: str, thumbnail: str) -> None:
    """This content looks like this (a blob), wherever it is. Raises NotFoundError where that blob is not there."""
    touch(tx, thumbnail)
    tx.execute(update(table).where(table.c.blob == blob).values(thumbnail=thumbnail))


def _stored(row: Any) -> StoredMedia:
    return StoredMedia(
        row["media"], row["blob"], row["filename"], row["size"],
        from_json(Media, json.loads(row["medium"]), "medium"), from_json(MediaInfo, json.loads(row["info"]), "info"),
        row["reading"] or "", row["piece"] or "", row["origin"], row["created_at"],
    )  # fmt: skip
