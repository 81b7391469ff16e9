"""The files that a piece of work needs, as its order names them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from reelscore.edges.storage.media import StoredMedia
from reelscore.edges.storage.media import media as media_of
from reelscore.values.codec import to_json
from reelscore.values.timeline import Timeline

if TYPE_CHECKING:
    from reelscore.edges.storage.store import Store


@dataclass(frozen=True, slots=True)
class NeededFiles:
    """Media of a timeline. `whole`: those whose own file is needed, besides what is known of them."""

    store: Store
    rows: tuple[StoredMedia, ...]
    whole: frozenset[str]

    def placed(self, folder: Path) -> dict[str, dict[str, Any]]:
        """Each medium's path, what it was found to be, its reading and score, as files of this machine.

        A blob's name has no ending; in the folder it gets the one that its file came with.
        """
        place = folder / "media"
        place.mkdir(exist_ok=True)
        return {row.media: self._one(row, place) for row in self.rows}

    def _one(self, row: StoredMedia, place: Path) -> dict[str, Any]:
        told: dict[str, Any] = {"info": to_json(row.info), "path": str(place / row.blob)}
        if row.media in self.whole:
            link = place / f"{row.blob}{_ending(row.filename)}"
            if not link.exists():
                os.symlink(self.store.blobs.path(row.blob).absolute(), link)
            told["path"] = str(link)
        for name, blob in (("reading", row.reading), ("piece", row.piece)):
            if blob:
                told[name] = str(self.store.blobs.path(blob).absolute())
        return told


def files_for(tx: Connection, store: Store, session: str, timeline: Timeline, *, pictures: bool) -> NeededFiles:
    """What is needed to work on this timeline: of what is composed the sound, with `pictures` all that is placed."""
    placed = {segment.media for _, _, segment in timeline.placed() if segment.media}
    rows = tuple(row for row in media_of(tx, session) if row.media in placed)
    return NeededFiles(store, rows, frozenset(row.media for row in rows if pictures or row.piece))


def _ending(filename: str) -> str:
    ending = Path(filename).suffix.lower()
    return ending if 1 < len(ending) <= 6 and ending[1:].isalnum() and ending.isascii() else ""
