"""A session's files as the timeline needs them: readings, scores, sounds, and where a medium lies.

What was parsed once stays in memory for all sessions of the process: blobs never change.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reelscore.edges.storage.media import StoredMedia, add_media, medium
from reelscore.edges.storage.memory import Memory
from reelscore.editing import pack, unpack_music, unpack_piece
from reelscore.errors import DataError, MediaError, NotFoundError
from reelscore.values.codec import from_json
from reelscore.values.piece import Piece
from reelscore.values.reading import MediaInfo, Reading
from reelscore.values.sound import Samples
from reelscore.values.timeline import Media

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from reelscore.edges.storage.store import Store

T = TypeVar("T")
_MOST = 12_000_000  # bytes of JSON whose values stay parsed, by kind


class SessionShelf:
    """`editing.Files` of one session. `hold`: music that is kept shows on this shelf only, and is the session's once
    `store_kept` wrote it in the transaction that ends the work."""

    def __init__(self, store: Store, session_id: str, *, hold: bool = False) -> None:
        self.store, self.session_id, self.hold = store, session_id, hold
        self.kept: dict[str, StoredMedia] = {}
        self._rows: dict[str, StoredMedia] = {}

    def reading(self, media: str) -> Reading | None:
        """What was seen and heard; None for composed music and for what was not read yet."""
        row = self._row(media)
        if row is None or not row.reading:
            return None
        return _parsed(self.store, "readings", row.reading, _reading)

    def piece(self, piece: str) -> Piece:
        row = self._row(piece)
        if row is None or not row.piece:
            raise DataError(f"There is no music {piece[:20]!r} in this session.", "Write it again.")
        return _parsed(self.store, "pieces", row.piece, unpack_piece)

    def sound(self, media: str) -> Samples:
        return unpack_music(self.path(media))

    def keep(self, piece: Piece, music: Samples, name: str) -> tuple[Media, str]:
        files = pack(piece, music)
        blob, score = self.store.blobs.put_bytes(files.wav), self.store.blobs.put_bytes(files.piece.encode())
        made = Media(f"sha256:{files.digest}", "audio", f"{name}.wav", files.info.duration, has_sound=True)
        row = StoredMedia(
            made.id, blob, made.name, len(files.wav), made, files.info, piece=score, origin="composed"
        )  # fmt: skip
        self.kept[made.id] = row
        if not self.hold:
            with self.store.database.write() as tx:
                self.store_kept(tx)
        return made, made.id

    def store_kept(self, tx: Connection) -> None:
        """Music kept so far is the session's from now on."""
        for row in self.kept.values():
            add_media(tx, self.session_id, row)

    def path(self, media: str) -> Path:
        row = self._row(media)
        if row is None:
            raise MediaError(f"The session does not know {media[:20]}.", "Upload the file again.")
        try:
            return self.store.blobs.path(row.blob)
        except (DataError, NotFoundError) as fault:
            raise MediaError(f'"{row.filename}" is gone: {fault.message}', "Upload it again.") from None

    def info(self, media: str) -> MediaInfo:
        row = self._row(media)
        if row is None:
            raise MediaError(f"The session does not know {media[:20]}.", "Upload the file again.")
        return row.info

    def stored(self, media: str) -> StoredMedia | None:
        """All that is known of a medium."""
        return self._row(media)

    def _row(self, media: str) -> StoredMedia | None:
        if media in self.kept:
            return self.kept[media]
        row = self._rows.get(media)
        if row is None or not (row.reading or row.piece):  # a reading may have come since
            try:
                with self.store.database.read() as tx:
                    row = self._rows[media] = medium(tx, self.session_id, media)
            except NotFoundError:
                return None
        return row


def _parsed(store: Store, kind: str, blob: str, parse: Callable[[str], T]) -> T:
    """The value in a blob of JSON, parsed once a process. Raises DataError for a damaged one."""
    memory: Memory[tuple[int, T]] = store.database.held.setdefault(kind, Memory(_MOST, lambda held: held[0]))
    found = memory.get(blob)
    if found is None:
        text = store.blobs.get_bytes(blob)
        try:
            found = len(text), parse(text.decode())
        except ValueError:
            raise DataError(
                f"The stored {kind.removesuffix('s')} {blob[:12]} cannot be read.", "Upload again."
            ) from None
        memory.put(blob, found)
    return found[1]


def _reading(text: str) -> Reading:
    return from_json(Reading, json.loads(text), "reading")
