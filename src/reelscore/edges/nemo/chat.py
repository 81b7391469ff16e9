"""`WS /ws/chat?token=&session_id=`: the talk over a web socket.

The client sends {"type": "message", "content": "...", "metadata": {}}, `ping` and `abort`; the server sends what
`talk.py` lists. Messages are answered in the order they came; `abort` stops the session's work. A client that leaves
changes nothing: what it said is stored and done. Close codes: 4001 a bad token, 4002 no session.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import anyio
import structlog
from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from starlette.concurrency import run_in_threadpool

from reelscore.edges.api.auth import Caller, allow, authenticate
from reelscore.edges.api.errors import kind_of
from reelscore.edges.jobs import turns
from reelscore.edges.nemo.attribution import attribution
from reelscore.edges.nemo.bodies import LONGEST_KEY, LONGEST_TEXT
from reelscore.edges.nemo.desk import Desk, count
from reelscore.edges.nemo.hearing import heard
from reelscore.edges.nemo.kit import Happened, Plain
from reelscore.edges.nemo.runs import bind_url, language_of
from reelscore.edges.nemo.talk import Saying, answered
from reelscore.edges.storage.ids import new_id
from reelscore.errors import LimitError, NotFoundError, ReelscoreError, UnauthorisedError

router = APIRouter()
BAD_TOKEN, NO_SESSION = 4001, 4002
_TOO_OFTEN_S = 0.2  # before more is read of a client that asks too often
_MOST_WAITING = 50  # messages of one socket that are not answered yet


@router.websocket("/ws/chat")
async def chat(socket: WebSocket) -> None:
    await socket.accept()
    state = socket.app.state
    name = socket.query_params.get("session_id", "")
    try:
        at = await run_in_threadpool(_let_in, socket, name)
    except UnauthorisedError as error:
        return await _closed(socket, BAD_TOKEN, error)
    except ReelscoreError as error:
        return await _closed(socket, NO_SESSION, error)
    try:
        with state.limits.stream(at.who.account):
            await _Talk(socket, at, name).run()
    except ReelscoreError as error:
        await _closed(socket, 1013, error)


def _let_in(socket: WebSocket, session: str) -> Desk:
    """Who calls, for a session of theirs. Raises UnauthorisedError, NotFoundError, NotAllowedError."""
    state = socket.app.state
    header = socket.headers.get("authorization", "")
    token = socket.query_params.get("token") or header.removeprefix("Bearer ").strip()
    who: Caller = allow(authenticate(state.store, state.settings, token or None), "write")
    state.limits.call(who.account)
    told = attribution(socket.headers)
    count(told)
    at = Desk(state.store, state.settings, who, told)
    if not session:
        raise NotFoundError("No session_id came with the address.", "Add &session_id=...")
    with state.store.database.read() as tx:
        at.session(tx, session)
    return at


async def _closed(socket: WebSocket, code: int, error: ReelscoreError) -> None:
    with contextlib.suppress(RuntimeError, WebSocketDisconnect):
        await socket.send_json({"type": "error", "error": str(error), "code": kind_of(error).code})
        await socket.close(code, error.message[:100])


class _Talk:
    """One socket's conversation."""

    def __init__(self, socket: WebSocket, at: Desk, session: str) -> None:
        self.socket, self.at, self.session = socket, at, session
        self.waiting: asyncio.Queue[tuple[str, str]] = asyncio.Queue(_MOST_WAITING)
        self.question: Plain | None = None

    async def run(self) -> None:
        """Until the client leaves or the server stops."""
        await self._send({"type": "session_ready", "session_id": self.session})
        async with anyio.create_task_group() as tasks:
            for work in (self._hear, self._answer, self._stopping):
                tasks.start_soon(self._until_gone, work, tasks.cancel_scope)

    async def _until_gone(self, work: Callable[[], Awaitable[None]], everything: anyio.CancelScope) -> None:
        """Where one part of the talk ends, all of it does."""
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):  # the second: sending to one who left
            await work()
        everything.cancel()

    async def _hear(self) -> None:
        """What the client sends."""
        while True:
            message = _read(await self._frame())
            kind = message.get("type")
            try:
                self.socket.app.state.limits.call(self.at.who.account)
            except LimitError as error:
                await self._refuse(str(error), kind_of(error).code)
                await asyncio.sleep(_TOO_OFTEN_S)
                continue
            if kind == "ping":
                await self._send({"type": "pong"})
            elif kind == "abort":
                stopped = await run_in_threadpool(turns.cancel, self.at.store, self.at.who.account, self.session)
                await self._send({"type": "status", "status": "aborted", "jobs": stopped})
            elif kind == "message":
                await self._take(message)
            else:
                await self._refuse('Send {"type": "message", "content": "..."}, ping or abort.')

    async def _frame(self) -> str:
        """What the client sent, as text or as bytes. Raises WebSocketDisconnect."""
        frame = await self.socket.receive()
        if frame["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(frame.get("code") or 1000)
        text: str | None = frame.get("text")
        return (frame.get("bytes") or b"").decode("utf-8", "replace") if text is None else text

    async def _take(self, message: Plain) -> None:
        content, metadata = message.get("content"), message.get("metadata")
        own = (metadata if isinstance(metadata, dict) else {}).get("message_id") or message.get("id") or ""
        words = (
            content.encode("utf-8", "replace").decode().replace("\x00", "").strip() if isinstance(content, str) else ""
        )
        if not words or len(words) > LONGEST_TEXT:
            await self._refuse(f"A message holds 1 to {LONGEST_TEXT} letters.")
        elif not isinstance(own, str) or len(own) > LONGEST_KEY:
            await self._refuse(f"A message's id is text of at most {LONGEST_KEY} letters.")
        elif self.waiting.full():
            await self._refuse("Too many messages wait for an answer.")
        else:
            self.waiting.put_nowait((words, own))

    async def _answer(self) -> None:
        """Every message in its turn."""
        while True:
            text, key = await self.waiting.get()
            text, self.question = answered(text, self.question), None
            if not text:
                await self._send({"type": "text", "text": "Left as it is."})
                await self._send({"type": "done"})
                continue
            try:
                await self._one(text, key)
            except ReelscoreError as error:
                await self._send({"type": "error", "error": str(error), "code": kind_of(error).code})
            except (WebSocketDisconnect, RuntimeError):
                raise
            except Exception:
                structlog.get_logger().exception("talk failed")
                await self._send({"type": "error", "error": "Something went wrong on the server.", "code": 500})

    async def _one(self, text: str, key: str) -> None:
        at, store = self.at, self.at.store
        say = partial(turns.say, store, at.who.account, self.session, text, lacking=at.who.lacking)
        said = await run_in_threadpool(say, key=key or new_id("key"))
        saying = Saying(said.id, language_of(text), partial(bind_url, at, self.session))
        async with contextlib.aclosing(heard(store, said)) as events:
            async for event in events:
                happened = Happened(event.id, event.kind, event.body, event.created_at)
                last = event.kind == "end"  # which may make a link
                for told in await run_in_threadpool(saying.said, happened) if last else saying.said(happened):
                    await self._send(told)
        self.question = saying.question

    async def _stopping(self) -> None:
        """Returns when the server stops."""
        while not self.socket.app.state.limits.closing:
            await asyncio.sleep(0.5)

    async def _refuse(self, why: str, code: int = 400) -> None:
        await self._send({"type": "error", "error": why, "code": code})

    async def _send(self, told: Plain) -> None:
        await self.socket.send_text(json.dumps(told, ensure_ascii=False))


def _read(text: str) -> Plain:
    """A message of the client; {} for what is none."""
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}
