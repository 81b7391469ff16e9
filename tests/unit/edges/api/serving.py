"""The application over a store in a folder, called in this process; no worker runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from reelscore.edges.api.app import create_app
from reelscore.edges.jobs import queues
from reelscore.edges.settings import Settings
from reelscore.edges.storage import sessions
from reelscore.edges.storage.store import Store, migrate
from reelscore.editing import begin
from reelscore.values.timeline import Media

BASE = "http://127.0.0.1:8700"
CLIP = Media(f"sha256:{0:064x}", "video", "clip.mp4", Fraction(30), 1280, 720, Fraction(25), True)


@contextmanager
def application(folder: Path, **said: Any) -> Iterator[TestClient]:
    """A client of an application of its own."""
    settings = Settings(folder, **said)
    migrate(settings.database_url)
    store = Store(settings)
    queues.prepare(store.database)
    try:
        with TestClient(create_app(store, settings), base_url=BASE) as client:
            yield client
    finally:
        queues.close(store.database)
        store.close()


def with_clip(client: TestClient) -> str:
    """A session with a clip of 30 s on its timeline."""
    store: Store = client.app.state.store  # type: ignore[attr-defined]
    with store.database.write() as tx:
        return sessions.create(tx, "local", "Film", history=begin([CLIP])).id
