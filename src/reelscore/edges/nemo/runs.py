"""`/run_sse`: a message in, a stream of events out; and `/run`, the same events as one list.

The message is stored before anything is told, so the work goes on when the client leaves. A client that gives its
message an id (X-Message-Id, Idempotency-Key, customMetadata.messageId, invocationId...) may send it again: it is not
run twice, its events are told again. `Last-Event-ID` resumes after an event; with it, no id is needed. The first event
comes at once, also where understanding the message takes a moment. A stream lasts 15 minutes at most.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from sqlalchemy import select
from starlette.concurrency import run_in_threadpool

from reelscore.edges.accounts import tokens
from reelscore.edges.api import by_url
from reelscore.edges.api.auth import allow
from reelscore.edges.api.errors import envelope, kind_of
from reelscore.edges.api.limits import Limits
from reelscore.edges.jobs import turns
from reelscore.edges.jobs.messages import Message, by_key
from reelscore.edges.nemo import described, wire
from reelscore.edges.nemo.bodies import Run, json_object, run_of, wrong
from reelscore.edges.nemo.desk import Desk, desk
from reelscore.edges.nemo.hearing import heard
from reelscore.edges.nemo.kit import Happened, Plain, Telling, spoken
from reelscore.edges.nemo.state import merge_state
from reelscore.edges.storage.ids import new_id, now_ms
from reelscore.edges.storage.tables import events, messages
from reelscore.editing import to_draft
from reelscore.errors import ConflictError, NotFoundError, ReelscoreError

router = APIRouter(tags=["nemo"])
Writing = Annotated[Desk, Depends(desk("write"))]
FIRST_S = 0.05  # after which the first event goes out, whatever the work
_under_way: set[asyncio.Future[Said]] = set()
_CHINESE = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Said:
    """A message that is stored, and the event of it that its client has seen last."""

    message: Message
    after: int


@router.post(
    "/run_sse",
    summary="Say something: a stream of events",
    response_class=StreamingResponse,
    openapi_extra=described.RUN,
)
async def run_sse(request: Request, at: Writing) -> Response:
    try:
        run = await _asked(request, at)
    except NotFoundError as error:
        return with_detail(error)
    limits: Limits = request.app.state.limits
    with limits.stream(at.who.account):  # one too many is refused before anything is said
        pass
    saying = asyncio.ensure_future(_said(at, run, _seen(request)))
    _under_way.add(saying)  # to its end, whoever listens
    saying.add_done_callback(_under_way.discard)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.shield(saying), FIRST_S)  # what is refused at once is refused with its status
    frames = wire.kept_alive(_frames(at, run, saying), last=_last_words(run), stopping=lambda: limits.closing)
    counted = _counted(frames, limits, at.who.account)
    return StreamingResponse(counted, media_type=wire.MEDIA_TYPE, headers=wire.HEADERS)


@router.post("/run", summary="Say something: all events at the end", openapi_extra=described.RUN)
async def run_whole(request: Request, at: Writing) -> Response:
    try:
        run = await _asked(request, at)
    except NotFoundError as error:
        return with_detail(error)
    said = await _said(at, run, 0)
    told: list[Plain] = []
    with request.app.state.limits.stream(at.who.account), contextlib.suppress(TimeoutError):
        async with asyncio.timeout(wire.LONGEST_S), contextlib.aclosing(_told(at, run, said)) as events_told:
            async for _, event in events_told:
                told.append(event)
    return JSONResponse([event for event in told if not event.get("partial")])


async def _asked(request: Request, at: Desk) -> Run:
    """The request, read and held against the caller. Raises NotFoundError, RefusedError."""
    run = run_of(request, await json_object(request))
    at.mine(run.app, run.user)
    return await run_in_threadpool(_prepared, at, run, _seen(request))


def _prepared(at: Desk, run: Run, seen: int) -> Run:
    """The run with a key: the client's, that of the message it resumes, or a new one."""
    with at.store.database.read() as tx:
        session = at.session(tx, run.session)
    if run.state:
        merge_state(at, session, run.state)
    key = run.key or (_key_of(at, run.session, seen) if seen else new_id("e"))
    return replace(run, key=key)


def _seen(request: Request) -> int:
    """The event that the client has seen last; 0 for none. Raises RefusedError."""
    told = request.headers.get("last-event-id", "").strip()
    if not told:
        return 0
    if not (told.isascii() and told.isdigit() and len(told) < 19):
        raise wrong(f'Last-Event-ID is "{told[:40]}".', "Send the id of an event of this session.")
    return int(told)


async def _said(at: Desk, run: Run, seen: int) -> Said:
    """Store the message, and the files that it points to, unless it is one that was stored before. Files may come
    slowly: no thread that other calls need waits for them. Raises ConflictError where its id is that of other words;
    who resumes after an event names the message by that, whatever the words."""
    media: tuple[str, ...] = ()
    if run.urls and not await run_in_threadpool(_is_known, at, run):
        arrived = await by_url.fetch_into(at.store, allow(at.who, "upload"), run.session, list(run.urls))
        media = tuple(one.media for one in arrived.files)
    say = partial(turns.say, at.store, at.who.account, run.session, run.text, key=run.key, media=media)
    message = await run_in_threadpool(say, lacking=at.who.lacking)
    if message.text != run.text and not seen:
        raise ConflictError(
            f'The id "{run.key[:60]}" stands for another message.', "Give each message an id of its own."
        )
    return Said(message, seen)


def _is_known(at: Desk, run: Run) -> bool:
    with at.store.database.read() as tx:
        return by_key(tx, run.session, run.key) is not None


def language_of(text: str) -> str:
    """The language that lines of progress are told in."""
    return "zh" if _CHINESE.search(text) else "en"


def _key_of(at: Desk, session: str, event: int) -> str:
    """The key of the message that an event of the session belongs to. Raises RefusedError."""
    of = (
        select(messages.c.key)
        .join(events, events.c.message == messages.c.id)
        .where(events.c.id == event, events.c.stream == f"session:{session}")
    )
    with at.store.database.read() as tx:
        key = tx.execute(of).scalar()
    if not key:
        raise wrong(f"Event {event} is none of this session's.", "Leave Last-Event-ID out.")
    return str(key)


async def _frames(at: Desk, run: Run, saying: asyncio.Future[Said]) -> AsyncGenerator[bytes]:
    """The stream's frames. A first one goes out at once; what fails after it is told as an event."""
    early = not saying.done()
    if early:
        waiting = Telling(run.key, lambda _: {}).told(Happened(0, "accepted", {}, now_ms()))[0]
        yield wire.framed(waiting)
    try:
        said = await asyncio.shield(saying)  # the client may leave
        async with contextlib.aclosing(_told(at, run, said)) as told:
            async for event_id, event in told:
                if not (early and event.get("customMetadata", {}).get("accepted")):
                    yield wire.framed(event, event_id)
    except ReelscoreError as error:
        failed = Telling(run.key, lambda _: {})
        body = {"code": kind_of(error).code, "message": error.message, "hint": error.hint}
        for kind in ("error", "end"):
            for plain in failed.told(Happened(0, kind, body, now_ms())):
                yield wire.framed(plain)
    except Exception as error:
        structlog.get_logger().exception("stream failed")
        name = type(error).__name__
        details = {"error_type": name, "timestamp": now_ms() / 1000}
        yield wire.framed({"error": f"{name}: the server failed", "error_details": details})


async def _told(at: Desk, run: Run, said: Said) -> AsyncGenerator[tuple[str, Plain]]:
    """The message's events in the kit's shape, each with the id to resume after ("" where another follows)."""
    link = partial(bind_url, at, run.session)
    telling = Telling(run.key, lambda version: _draft(at, run.session, version), language_of(run.text), link)
    telling.text_told = said.after > 0
    async with contextlib.aclosing(heard(at.store, said.message, said.after)) as events:
        async for event in events:
            happened = Happened(event.id, event.kind, event.body, event.created_at)
            reads = event.kind in ("edited", "error")
            told = await run_in_threadpool(telling.told, happened) if reads else telling.told(happened)
            for n, plain in enumerate(told, 1):
                yield (str(event.id) if n == len(told) else ""), plain


def bind_url(at: Desk, session: str) -> str:
    """Where a guest who has no credits left may register and keep the work; "" for others. The link carries a code that
    counts once and opens nothing."""
    if at.who.kind != "anonymous":
        return ""
    with at.store.database.write() as tx:
        found = at.session(tx, session)
        code = tokens.issue_claim(tx, at.who.account, found.project, found.id, tokens.LINK_S)
    return f"{at.settings.public}/register?bind={at.who.account}&ct={code}"


def _draft(at: Desk, session: str, version: str) -> Plain:
    with at.store.database.read() as tx:
        history = at.session(tx, session).history
    return to_draft(history.version(version).timeline if version else history.timeline)


def _last_words(run: Run) -> bytes:
    """What a stream says that ends before the work does."""
    words = (
        "仍在处理中。请稍后读取会话状态，或用 Last-Event-ID 继续接收。"
        if language_of(run.text) == "zh"
        else "Still working on it. Read the session's state in a while, or go on with Last-Event-ID."
    )
    return wire.framed(spoken(run.key, words, now_ms()))


async def _counted(frames: AsyncGenerator[bytes], limits: Limits, who: str) -> AsyncIterator[bytes]:
    """The frames; an open stream while they come."""
    with limits.stream(who):
        async with contextlib.aclosing(frames):
            async for frame in frames:
                yield frame


def with_detail(error: ReelscoreError) -> JSONResponse:
    """The envelope, and `detail` beside it, where the kit's clients look."""
    kind = kind_of(error)
    body = envelope(kind.code, error.message, kind.name, error.hint) | {"detail": error.message}
    return JSONResponse(body, kind.status)
