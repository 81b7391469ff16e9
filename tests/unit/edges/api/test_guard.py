"""Who may call the server, from where, and how much at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import Body, FastAPI, WebSocket
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocketDisconnect

from reelscore.edges.api import errors
from reelscore.edges.api.guard import BODY_BYTES, Guard
from reelscore.edges.api.logs import RequestLog
from reelscore.edges.settings import Settings


def app_for(settings: Settings) -> FastAPI:
    app = FastAPI()

    @app.get("/v1/sessions")
    def sessions() -> list[str]:
        return []

    @app.post("/v1/sessions")
    def create(body: Any = Body()) -> int:  # noqa: B008
        return len(str(body))

    @app.websocket("/ws/chat")
    async def chat(socket: WebSocket) -> None:
        await socket.accept()
        await socket.close()

    errors.install(app)
    app.add_middleware(Guard, settings=settings)
    app.add_middleware(RequestLog)
    return app


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(app_for(Settings(tmp_path)), base_url="http://127.0.0.1:8700") as client:
        yield client


@pytest.mark.parametrize("host", ["127.0.0.1:8700", "localhost:8700", "[::1]:8700", "LOCALHOST", "localhost."])
def test_the_loopback_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/v1/sessions", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8700", "10.0.0.1", ""]
)
def test_a_foreign_name_that_points_here_is_refused(client: TestClient, host: str) -> None:
    """DNS rebinding: the browser believes it talks to the foreign name."""
    answer = client.get("/v1/sessions", headers={"Host": host})
    assert answer.status_code == 403
    assert answer.json()["error"]["name"] == "foreign_host"
    assert "REELSCORE_HOSTS" in answer.json()["error"]["hint"]


def test_further_hosts_may_be_named(tmp_path: Path) -> None:
    settings = Settings(tmp_path, hosts=("studio.lan",), public_url="https://music.example/reel")
    with TestClient(app_for(settings)) as client:
        assert client.get("/v1/sessions", headers={"Host": "studio.lan:8700"}).status_code == 200
        assert client.get("/v1/sessions", headers={"Host": "music.example"}).status_code == 200
        assert client.get("/v1/sessions", headers={"Host": "other.lan"}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://localhost:8700"},  # another name than the Host's: another origin
        {"Origin": "file://"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    ],
    ids=["other page", "no origin of its own", "other port", "other name", "file", "an image tag"],
)
def test_pages_of_others_are_refused(client: TestClient, headers: dict[str, str]) -> None:
    for answer in (client.get("/v1/sessions", headers=headers), client.post("/v1/sessions", json=[], headers=headers)):
        assert answer.status_code == 403
        assert answer.json()["error"]["name"] == "foreign_origin"
        assert "access-control-allow-origin" not in answer.headers


def test_a_form_of_another_page_is_refused_and_a_link_followed(client: TestClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert client.get("/v1/sessions", headers=headers).status_code == 200
    assert client.post("/v1/sessions", json=[], headers=headers).status_code == 403


def test_its_own_page_may_call(client: TestClient) -> None:
    headers = {"Origin": "http://127.0.0.1:8700", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/v1/sessions", json=[], headers=headers).status_code == 200


def test_with_a_token_needed_pages_and_names_are_free(tmp_path: Path) -> None:
    """Nothing comes in unasked there: no page can send a token it does not have."""
    with TestClient(app_for(Settings(tmp_path, access_token="a" * 20))) as client:
        headers = {"Host": "any.example", "Origin": "https://app.example"}
        assert client.get("/v1/sessions", headers=headers).status_code == 200


def test_a_web_socket_of_another_page_does_not_open(client: TestClient) -> None:
    with (
        pytest.raises((WebSocketDisconnect, WebSocketDenialResponse)),
        client.websocket_connect("/ws/chat", headers={"Origin": "https://evil.example"}),
    ):
        raise AssertionError("it opened")
    with client.websocket_connect("/ws/chat", headers={"Origin": "http://127.0.0.1:8700", "Host": "127.0.0.1:8700"}):
        pass


def test_a_body_that_says_it_is_too_large_is_refused_unread(client: TestClient) -> None:
    answer = client.post("/v1/sessions", content=b"0" * (BODY_BYTES + 1))
    assert answer.status_code == 413
    assert answer.json()["code"] == 4002


def test_a_body_that_turns_out_too_large_is_refused(client: TestClient) -> None:
    def without_end() -> Iterator[bytes]:
        for _ in range(BODY_BYTES // 100_000 + 2):
            yield b" " * 100_000

    answer = client.post("/v1/sessions", content=without_end(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert answer.json()["code"] == 4002


def test_browsers_are_told_to_be_careful(client: TestClient) -> None:
    headers = client.get("/v1/sessions").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-request-id"].startswith("req_")
