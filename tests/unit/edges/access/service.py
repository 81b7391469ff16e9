"""A server to try things on: the whole application on a free port, in this process, and callers with tokens."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import httpx
import uvicorn

from reelscore.edges.accounts.opening import open_account
from reelscore.edges.accounts.plans import plan
from reelscore.edges.accounts.tokens import issue
from reelscore.edges.api.app import create_app
from reelscore.edges.settings import Settings
from reelscore.edges.storage import sessions
from reelscore.edges.storage.store import Store


@dataclass
class Person:
    """Somebody with an account, and a client that sends their token."""

    account: str
    token: str
    http: httpx.Client
    store: Store

    def session(self, title: str = "") -> str:
        with self.store.database.write() as tx:
            return sessions.create(tx, self.account, title).id

    def upload(self, session: str, *files: tuple[str, bytes]) -> httpx.Response:
        parts = [("files", (name, data)) for name, data in files]
        return self.http.post(f"/v1/sessions/{session}/media", files=parts)


@dataclass
class Service:
    """A running server."""

    store: Store
    settings: Settings
    port: int
    clients: list[httpx.Client]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def client(self, token: str = "") -> httpx.Client:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        made = httpx.Client(base_url=self.url, headers=headers, trust_env=False, timeout=120)
        self.clients.append(made)
        return made

    @cached_property
    def nobody(self) -> httpx.Client:
        """A client without a token."""
        return self.client()

    def person(self, of: str = "free", scopes: tuple[str, ...] = ("*",)) -> Person:
        with self.store.database.write() as tx:
            account = open_account(tx, plan(self.settings, of), "registered")
            token = issue(tx, account, "test", scopes).token
        return Person(account, token, self.client(token), self.store)


@contextmanager
def serving(store: Store, settings: Settings) -> Iterator[Service]:
    """The application on a free port until the end of the block."""
    place = socket.socket()
    place.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        create_app(store, settings), log_config=None, lifespan="on", timeout_graceful_shutdown=2, timeout_keep_alive=60
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, daemon=True)
    thread.start()
    service = Service(store, settings, place.getsockname()[1], [])
    try:
        until = time.monotonic() + 120
        while not server.started and time.monotonic() < until:
            time.sleep(0.01)
        assert server.started
        yield service
    finally:
        for client in service.clients:
            client.close()
        server.should_exit = True
        thread.join(60)
        place.close()


def raw(port: int, *sent: bytes, read_s: float = 60.0) -> bytes:
    """Send these bytes as they are; the answer that came back, or what there is of it once the server closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=read_s) as wire:
        for part in sent:
            wire.sendall(part)
        held = b""
        try:
            while not _is_whole(held) and (block := wire.recv(65_536)):
                held += block
        except (TimeoutError, ConnectionResetError):
            pass
        return held


def _is_whole(answer: bytes) -> bool:
    """Has an answer of a told length come in full?"""
    head, blank, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
    return bool(blank and length and len(body) >= int(length[1]))


def envelope(answer: httpx.Response) -> tuple[int, Any, str]:
    """The status, the code of the envelope and its message."""
    body = answer.json()
    assert set(body) >= {"code", "message", "data", "error"}, body
    return answer.status_code, body["code"], body["message"]
