"""Event streams: what is sent, when it ends, and that it lives."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from reelscore.edges.api import streams
from reelscore.edges.api.limits import Limits
from reelscore.edges.jobs.events import Event
from reelscore.edges.settings import Settings


def event(number: int, kind: str = "text") -> Event:
    return Event(number, "session:1", "msg_1", kind, {"text": f"line\n{number} 音乐"}, 1795251029310)


async def some(*held: Event, pause: float = 0.0) -> AsyncIterator[Event]:
    for one in held:
        await asyncio.sleep(pause)
        yield one


async def collected(events: AsyncIterator[Event], limits: Limits) -> list[bytes]:
    return [piece async for piece in streams.beating(events, limits)]


@pytest.fixture
def limits() -> Limits:
    return Limits(Settings(Path()))


def test_an_event_is_three_lines_that_read_back() -> None:
    number, kind, data = streams.line_of(event(7)).decode().strip().split("\n")
    assert (number, kind) == ("id: 7", "event: text")
    told = json.loads(data.removeprefix("data: "))
    assert told["body"] == {"text": "line\n7 音乐"}
    assert told["message"] == "msg_1"


def test_events_that_come_together_are_sent_together(limits: Limits) -> None:
    pieces = asyncio.run(collected(some(event(1), event(2), event(3)), limits))
    sent = b"".join(pieces)
    assert sent.startswith(b": open\n\n")
    assert [line for line in sent.split(b"\n") if line.startswith(b"id:")] == [b"id: 1", b"id: 2", b"id: 3"]
    assert len(pieces) <= 3


def test_a_silent_stream_beats(limits: Limits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "HEARTBEAT_S", 0.05)
    monkeypatch.setattr(streams, "_LOOK_S", 0.01)
    sent = b"".join(asyncio.run(collected(some(event(1), pause=1.5), limits)))
    assert sent.count(b": heartbeat\n\n") >= 2


def test_a_server_that_stops_ends_its_streams(limits: Limits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_LOOK_S", 0.01)
    limits.close()
    assert asyncio.run(collected(some(event(1), pause=60), limits)) == [b": open\n\n"]


def test_a_fault_while_reading_ends_the_stream(limits: Limits) -> None:
    async def broken() -> AsyncIterator[Event]:
        yield event(1)
        raise OSError("away")

    with pytest.raises(OSError, match="away"):
        asyncio.run(collected(broken(), limits))


def test_who_leaves_is_not_waited_for(limits: Limits) -> None:
    closed = asyncio.Event()

    async def endless() -> AsyncIterator[Event]:
        try:
            yield event(1)
            await asyncio.sleep(60)
        finally:
            closed.set()

    async def leave() -> None:
        stream = streams.beating(endless(), limits)
        assert await anext(stream) == b": open\n\n"
        assert b"id: 1" in await anext(stream)
        await stream.aclose()

    asyncio.run(leave())
    assert closed.is_set()
