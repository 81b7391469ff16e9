"""A copy made as docs/hosting.md says, while people work, is a whole service again."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from sqlalchemy import select

from reelscore.edges.settings import Settings
from reelscore.edges.storage import sessions
from reelscore.edges.storage.collect import Keep, collect
from reelscore.edges.storage.sessions import StoredMedia
from reelscore.edges.storage.store import Store, migrate
from reelscore.edges.storage.tables import session_media
from reelscore.values.reading import MediaInfo
from reelscore.values.timeline import Media
from tests.unit.edges.storage.timelines import edited, film

INFO = MediaInfo("", "mp4", 10, None, None, 0, 1, False, Fraction(3))


def test_database_first_and_blobs_after_it(small_store: Store, tmp_path: Path) -> None:
    store, stop = small_store, threading.Event()
    with store.database.write() as tx:
        session = sessions.create(tx, "local", history=film())

    def work() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            blob = store.blobs.put_bytes(f"upload {n}".encode())
            medium = Media(f"sha256:{blob}", "audio", "x", Fraction(3), has_sound=True)
            with store.database.write() as tx:
                sessions.add_media(tx, session.id, StoredMedia(medium.id, blob, "x", 10, medium, INFO))
                now = sessions.load(tx, session.id, lock=True)
                sessions.save(tx, replace(now, history=edited(now.history, 20 + n % 100)))
            if n % 5 == 0:
                collect(store, Keep(grace=50))

    worker = threading.Thread(target=work)
    worker.start()
    while sessions_of(store, session.id) < 8:
        pass
    copy = tmp_path / "backup"
    copy.mkdir()
    with (
        closing(sqlite3.connect(store.settings.data / "reelscore.db")) as old,
        closing(sqlite3.connect(copy / "reelscore.db")) as new,
    ):
        old.backup(new)
    shutil.copytree(store.settings.data / "blobs", copy / "blobs", ignore=shutil.ignore_patterns("drafts"))
    stop.set()
    worker.join()

    again = Settings(data=copy)
    migrate(again.database_url)
    restored = Store(again)
    with restored.database.read() as tx:
        found = sessions.load(tx, session.id)
        blobs = tx.execute(select(session_media.c.blob)).scalars().all()
    assert len(found.history.versions) >= 8
    assert len(blobs) >= 7
    assert all(restored.blobs.get_bytes(blob).startswith(b"upload ") for blob in blobs)
    restored.close()


def sessions_of(store: Store, session_id: str) -> int:
    with store.database.read() as tx:
        return sessions.load(tx, session_id).revision
