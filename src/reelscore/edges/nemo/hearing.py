"""What is heard of a message: its own events to their end, and meanwhile what it waits for.

A message that came with an upload waits until the file is read; that work belongs to the session and not to the
message, so its progress is told while the message has nothing to say of its own.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from starlette.concurrency import run_in_threadpool

from reelscore.edges.jobs.events import Event
from reelscore.edges.jobs.following import follow
from reelscore.edges.jobs.messages import Message
from reelscore.edges.storage.tables import events

if TYPE_CHECKING:
    from reelscore.edges.storage.store import Store

READING = ("understand", "read", "picture", "sound")  # stages of a file being read


async def heard(store: Store, message: Message, after: int = 0) -> AsyncGenerator[Event]:
    """The message's events after this one, up to its end."""
    stream = f"session:{message.session}"
    if message.ended or after:
        async with aclosing(follow(store, stream, after, message.id)) as told:  # type: ignore[type-var]
            async for event in told:
                yield event
        return
    first = await run_in_threadpool(_first, store, message.id)
    waiting = True
    async with aclosing(follow(store, stream, first - 1)) as told:  # type: ignore[type-var]
        async for event in told:
            if event.message == message.id:
                waiting = event.kind in ("accepted", "job") and waiting
                yield event
                if event.kind == "end":
                    return
            elif waiting and event.message is None and event.kind == "progress" and event.body.get("stage") in READING:
                yield event


def _first(store: Store, message: str) -> int:
    with store.database.read() as tx:
        return int(tx.execute(select(func.min(events.c.id)).where(events.c.message == message)).scalar() or 1)
