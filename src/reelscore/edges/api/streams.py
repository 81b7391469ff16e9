"""What happens, as it happens: server-sent events of a session, of one message, of a job.

    id: 4711
    event: progress
    data: {"kind": "progress", "message": "msg_...", "at": 1795251029310, "body": {"stage": "compose", "share": 0.4}}

Events are kept, so a stream that broke is taken up where it was (`Last-Event-ID`), and what happened before comes
first. A comment line every 15 seconds says that the connection lives. Work never depends on anybody listening.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, suppress
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from reelscore.edges.api.auth import Caller, caller
from reelscore.edges.api.limits import Limits
from reelscore.edges.api.shapes import JobId, SessionId
from reelscore.edges.jobs import jobs, messages
from reelscore.edges.jobs.events import Event
from reelscore.edges.jobs.following import follow
from reelscore.edges.storage import sessions
from reelscore.edges.storage.store import Store
from reelscore.errors import NotFoundError

router = APIRouter(prefix="/v1", tags=["events"])
HEARTBEAT_S = 15.0
_LOOK_S = 1.0  # so often a silent stream looks whether the server stops
_MOST_WAITING = 10_000  # events; who reads so slowly comes again with the id of the last one it had
_LAST = 2**62

Reader = Annotated[Caller, Depends(caller("read"))]
After = Annotated[int | None, Query(ge=0, le=_LAST, description="Only events behind this id.", examples=[0])]
Resume = Annotated[str, Header(alias="Last-Event-ID", max_length=30, description="As `after`; browsers send it.")]
_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events as they come",
        "content": {"text/event-stream": {"schema": {"type": "string"}, "example": "id: 1\nevent: end\ndata: {}\n\n"}},
    }
}


class EventStream(StreamingResponse):
    media_type = "text/event-stream"


@router.get("/sessions/{session}/events", response_class=EventStream, responses=_ANSWER)
async def of_session(
    request: Request, who: Reader, session: SessionId,
    message: Annotated[
        str, Query(pattern="^[A-Za-z0-9_-]{0,64}$", description="Only of this message, and closed at its end.")
    ] = "",
    after: After = None, last_event_id: Resume = "",
) -> EventStream:  # fmt: skip
    """Everything that happens in a session; with `message`, until that message has its answer."""
    store: Store = request.app.state.store
    await run_in_threadpool(_check_session, store, who.account, session, message)
    since = _since(after, last_event_id)
    return _stream(request, who, follow(store, f"session:{session}", since, message or None))


@router.get("/jobs/{job}/events", response_class=EventStream, responses=_ANSWER)
async def of_job(
    request: Request, who: Reader, job: JobId, after: After = None, last_event_id: Resume = ""
) -> EventStream:
    """Everything that happens to a job, until it has ended."""
    store: Store = request.app.state.store
    await run_in_threadpool(_check_job, store, who.account, job)
    return _stream(request, who, follow(store, f"job:{job}", _since(after, last_event_id)))


def _stream(request: Request, who: Caller, events: AsyncIterator[Event]) -> EventStream:
    limits: Limits = request.app.state.limits
    held = limits.stream(who.account)
    held.__enter__()  # refused before the answer begins, let go of when it ends
    return EventStream(_told(events, limits, held), headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"})


async def _told(events: AsyncIterator[Event], limits: Limits, held: Any) -> AsyncGenerator[bytes]:
    try:
        async with aclosing(beating(events, limits)) as lines:
            async for line in lines:
                yield line
    finally:
        held.__exit__(None, None, None)


async def beating(events: AsyncIterator[Event], limits: Limits) -> AsyncGenerator[bytes]:
    """Events as lines, those that come together in one piece, and a heartbeat where nothing happens for long; ends
    when the server stops."""
    lines: list[bytes] = [b": open\n\n"]
    news = asyncio.Event()
    reader = asyncio.ensure_future(_collect(events, lines, news))
    loop = asyncio.get_running_loop()
    quiet_since = loop.time()
    try:
        while True:
            if lines:
                piece, quiet_since = b"".join(lines), loop.time()
                lines.clear()
                yield piece
            elif reader.done():
                reader.result()
                return
            elif limits.closing:
                return
            elif loop.time() - quiet_since >= HEARTBEAT_S:
                lines.append(b": heartbeat\n\n")
            else:
                with suppress(TimeoutError):
                    await asyncio.wait_for(news.wait(), _LOOK_S)
                news.clear()
    finally:
        reader.cancel()
        await asyncio.wait((reader,))


async def _collect(events: AsyncIterator[Event], lines: list[bytes], news: asyncio.Event) -> None:
    try:
        async for event in events:
            lines.append(line_of(event))
            news.set()
            if len(lines) >= _MOST_WAITING:
                return
    finally:
        news.set()
        close = getattr(events, "aclose", None)
        if close is not None:
            await close()


@lru_cache(maxsize=2048)
def _line(stream: str, number: int, kind: str, message: str | None, at: int, body: _Body) -> bytes:
    told = json.dumps(
        {"kind": kind, "message": message, "at": at, "body": body.held}, ensure_ascii=False, separators=(",", ":")
    )
    return f"id: {number}\nevent: {kind}\ndata: {told}\n\n".encode()


class _Body:
    """An event's body beside the id that stands for it: all followers of a stream share one line."""

    __slots__ = ("held",)

    def __init__(self, held: Any) -> None:
        self.held = held

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Body)


def line_of(event: Event) -> bytes:
    """One event as it is sent."""
    return _line(event.stream, event.id, event.kind, event.message, event.created_at, _Body(event.body))


def _since(after: int | None, last_event_id: str) -> int:
    if last_event_id.isascii() and last_event_id.isdigit():
        return min(int(last_event_id), _LAST)
    return after or 0


def _check_session(store: Store, account: str, session: str, message: str) -> None:
    with store.database.read() as tx:
        sessions.load(tx, session, account)
        if message and messages.get(tx, message).session != session:
            raise NotFoundError(f'There is no message "{message}" in this session.', "Look at the session's messages.")


def _check_job(store: Store, account: str, job: str) -> None:
    with store.database.read() as tx:
        jobs.get(tx, job, account)
