"""Following events: one reader for all the streams that somebody watches in this process."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, or_, select
from sqlalchemy.exc import DBAPIError

from reelscore.edges.jobs.events import Event, event_of, latest, read
from reelscore.edges.storage.ids import now_ms
from reelscore.edges.storage.tables import events, jobs, messages
from reelscore.errors import ReelscoreError

if TYPE_CHECKING:
    from reelscore.edges.storage.database import Database
    from reelscore.edges.storage.store import Store

T = TypeVar("T")
_log = logging.getLogger(__name__)

_LOOK_EVERY_S = 0.1
_AFTER_A_FAULT_S = 1.0
_GAP_MS = 60_000  # how long an id that was drawn and not seen is waited for
_MOST = 2000
ENDED = ("done", "completed", "failed", "cancelled")

_feeds: dict[tuple[int, str], _Feed] = {}
_lock = threading.Lock()


async def follow(store: Store, stream: str, after_id: int = 0, message: str | None = None) -> AsyncIterator[Event]:
    """Events of a stream after this id as they come, those already there at once.

    Of one message, or of a job, up to its `end`; of a session for as long as somebody listens.
    """
    feed = _feed_of(store)
    arrived: asyncio.Queue[Event] = asyncio.Queue()
    feed.join(stream, arrived)
    last, seen = after_id, set[int]()
    try:
        await feed.ready.wait()  # whatever is written from here on, the reader will see
        while True:
            over, past = await feed.call(partial(_past, stream, last, message))
            for event in past:
                last = event.id
                seen.add(event.id)
                yield event
                if _is_last(event, stream, message):
                    return
            if len(past) < _MOST:
                break
        if over:
            return
        while True:
            event = await arrived.get()
            if event.id <= after_id or event.id in seen or (message is not None and event.message != message):
                continue
            yield event
            if _is_last(event, stream, message):
                return
    finally:
        feed.leave(stream, arrived)


def poke(database: Database) -> None:
    """Something was committed in this process: readers look at once."""
    if _feeds:
        with _lock:
            feeds = [feed for (_, url), feed in _feeds.items() if url == _name(database)]
        for feed in feeds:
            feed.wake()


def _is_last(event: Event, stream: str, message: str | None) -> bool:
    return event.kind == "end" and (message is not None or stream.startswith("job:"))


def _past(stream: str, after_id: int, message: str | None, tx: Connection) -> tuple[bool, list[Event]]:
    """(has it ended, what was written so far). The state is read first: who has ended has said so."""
    over = False
    if message is not None:
        over = tx.execute(select(messages.c.state).where(messages.c.id == message)).scalar() in (None, *ENDED)
    elif stream.startswith("job:"):
        over = tx.execute(select(jobs.c.state).where(jobs.c.id == stream[4:])).scalar() in (None, *ENDED)
    return over, read(tx, stream, after_id, message, _MOST)


def _name(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


def _feed_of(store: Store) -> _Feed:
    loop = asyncio.get_running_loop()
    with _lock:
        for key in [key for key, feed in _feeds.items() if feed.loop.is_closed()]:
            del _feeds[key]
        return _feeds.setdefault((id(loop), _name(store.database)), _Feed(loop, store.database))


class _Feed:
    """The reader of one event loop: hands new events to whoever follows their stream."""

    def __init__(self, loop: asyncio.AbstractEventLoop, database: Database) -> None:
        self.loop, self._database = loop, database
        self._followers: dict[str, list[asyncio.Queue[Event]]] = {}
        self._news = asyncio.Event()
        self.ready = asyncio.Event()  # the reader knows from where on it reads
        self._task: asyncio.Task[None] | None = None
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="events")
        self._last = -1
        self._gaps: dict[int, int] = {}  # id -> since when it is missed

    async def call(self, function: Callable[[Connection], T]) -> T:
        """The function's result, read in a thread."""

        def work() -> T:
            with self._database.read() as tx:
                return function(tx)

        return await self.loop.run_in_executor(self._threads, work)

    def join(self, stream: str, arrived: asyncio.Queue[Event]) -> None:
        self._followers.setdefault(stream, []).append(arrived)
        if self._task is None or self._task.done():
            self._last = -1
            self.ready.clear()
            self._task = self.loop.create_task(self._run())

    def leave(self, stream: str, arrived: asyncio.Queue[Event]) -> None:
        with contextlib.suppress(KeyError, ValueError):
            self._followers[stream].remove(arrived)
            if not self._followers[stream]:
                del self._followers[stream]
        self._news.set()

    def wake(self) -> None:
        with contextlib.suppress(RuntimeError):  # the loop was closed meanwhile
            self.loop.call_soon_threadsafe(self._news.set)

    async def _run(self) -> None:
        """Look for news while anybody listens."""
        while self._followers:
            pause = _LOOK_EVERY_S
            try:
                for event in await self.call(self._new):
                    for arrived in self._followers.get(event.stream, ()):
                        arrived.put_nowait(event)
                self.ready.set()
            except (DBAPIError, ReelscoreError):  # the database is away: it will be back
                pause = _AFTER_A_FAULT_S
            except Exception:
                _log.exception("events")
                pause = _AFTER_A_FAULT_S
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), pause)
            self._news.clear()

    def _new(self, tx: Connection) -> list[Event]:
        if self._last < 0:  # what lies before, each follower reads for itself
            self._last = max(0, latest(tx) - 100)
        wanted = events.c.id > self._last
        if self._gaps:
            wanted = or_(wanted, events.c.id.in_(list(self._gaps)))
        found = [event_of(row) for row in tx.execute(select(events).where(wanted).order_by(events.c.id).limit(_MOST))]
        now = now_ms()
        for event in found:
            self._gaps.pop(event.id, None)
            if event.id > self._last:
                if event.id - self._last < 1000:
                    self._gaps.update(dict.fromkeys(range(self._last + 1, event.id), now))
                self._last = event.id
        self._gaps = {id_: since for id_, since in self._gaps.items() if now - since < _GAP_MS}
        return found
