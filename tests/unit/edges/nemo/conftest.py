"""The application over a store in a folder, asked as clients of the protocol ask; nothing works behind it."""

from __future__ import annotations

import io
import shutil
import wave
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from reelscore.edges.api import logs
from reelscore.edges.api.app import create_app
from reelscore.edges.jobs import queues
from reelscore.edges.settings import Settings
from reelscore.edges.storage import media, sessions
from reelscore.edges.storage.migrate import migrate
from reelscore.edges.storage.store import Store
from reelscore.editing import begin, with_timeline
from reelscore.values.reading import AudioStream, MediaInfo
from reelscore.values.timeline import Media

HERE = "http://127.0.0.1:8700"
SKILL = {"X-Skill-Source": "music-creator-ai", "X-Skill-Version": "1.0.0", "X-Skill-Platform": "unknown"}
Plain = dict[str, Any]


class Service:
    """A client of one server, and what lies behind it."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store, self.settings = store, settings
        self.http = TestClient(create_app(store, settings), base_url=HERE, raise_server_exceptions=False)

    def guest(self, client_id: str) -> dict[str, str]:
        """Headers of a new guest."""
        answer = self.http.post("/api/auth/anonymous-token", headers={"X-Client-Id": client_id})
        assert answer.status_code == 200, answer.text
        return {"Authorization": f"Bearer {answer.json()['data']['token']}", **SKILL}

    def session(self, headers: dict[str, str] | None = None) -> str:
        answer = self.http.post("/api/tasks/me/with-session/nemo_agent", headers=headers or SKILL, json={})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["data"]["session_id"])

    def upload(self, session: str, name: str = "tone.wav", headers: dict[str, str] | None = None) -> Plain:
        url = f"/api/upload-video/nemo_agent/me/{session}"
        answer = self.http.post(url, headers=headers or SKILL, files={"files": (name, tone())})
        assert answer.status_code == 200, answer.text
        file: Plain = answer.json()["data"]["files"][0]
        return file

    def place(self, session: str, account: str = "local", seconds: int = 1) -> None:
        """A sound in the session and on its timeline, without an upload."""
        data = tone(seconds)
        blob = self.store.blobs.put_bytes(data)
        medium = Media(f"sha256:{blob}", "audio", "tone.wav", Fraction(seconds), has_sound=True)
        stream = AudioStream(0, "pcm_s16le", 8000, 1, Fraction(0), Fraction(seconds))
        info = MediaInfo("", "wav", len(data), None, stream, 0, 1, False, Fraction(seconds))
        with self.store.database.write() as tx:
            media.add_media(tx, session, media.StoredMedia(medium.id, blob, "tone.wav", len(data), medium, info))
            now = sessions.load(tx, session, account)
            sessions.save(tx, replace(now, history=with_timeline(now.history, begin([medium]).timeline)))

    def state(self, session: str, headers: dict[str, str] | None = None) -> Plain:
        answer = self.http.get(f"/api/state/nemo_agent/me/{session}/latest", headers=headers or SKILL)
        assert answer.status_code == 200, answer.text
        held: Plain = answer.json()["data"]["state"]
        return held


@pytest.fixture(autouse=True)
def _short_logs() -> None:
    logs.set_up(as_json=True)


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty database, to be copied."""
    folder = tmp_path_factory.mktemp("ready") / "data"
    settings = Settings(data=folder)
    migrate(settings.database_url)
    store = Store(settings)
    queues.prepare(store.database)
    store.close()
    return folder


@pytest.fixture
def serve(ready: Path, tmp_path: Path) -> Iterator[Callable[..., Service]]:
    """Starts a service with these settings."""
    begun: list[Service] = []

    def started(**options: Any) -> Service:
        settings = Settings(data=shutil.copytree(ready, tmp_path / str(len(begun))), **options)
        begun.append(Service(Store(settings), settings))
        return begun[-1]

    yield started
    for service in begun:
        service.http.close()
        service.store.close()


@pytest.fixture
def service(serve: Callable[..., Service]) -> Service:
    """A server for one person."""
    return serve()


@pytest.fixture
def shared(serve: Callable[..., Service]) -> Service:
    """A server with accounts."""
    return serve(accounts=True)


def tone(seconds: float = 1.0) -> bytes:
    """A WAV of silence."""
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(int(seconds * 8000) * 2))
    return held.getvalue()
