"""Server-sent events on the line: frames, heartbeats, the end."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from reelscore.edges.nemo.wire import HEARTBEAT, framed, kept_alive


def test_a_frame_is_one_data_line_whatever_the_text() -> None:
    words = "one\ntwo\r\nthree\u2028\u2029\x85\x0b\x1c 四"
    frame = framed({"text": words}, "17").decode()
    lead, data, end = frame.splitlines()
    assert (lead, end) == ("id: 17", "")
    assert json.loads(data.removeprefix("data: ")) == {"text": words}
    assert "四" in data
    assert framed({}) == b"data: {}\n\n"


def test_silence_is_filled_with_heartbeats() -> None:
    async def slow() -> AsyncIterator[bytes]:
        yield b"first"
        await asyncio.sleep(1.0)
        yield b"second"

    got = asyncio.run(_all(kept_alive(slow(), heartbeat_s=0.05)))
    assert got[0] == b"first"
    assert got[-1] == b"second"
    assert got.count(HEARTBEAT) >= 1


def test_a_stream_that_lasts_too_long_ends_with_a_word_and_stops_its_source() -> None:
    stopped = []

    async def endless() -> AsyncIterator[bytes]:
        try:
            while True:
                await asyncio.sleep(0.01)
                yield b"x"
        finally:
            stopped.append(True)

    got = asyncio.run(_all(kept_alive(endless(), longest_s=0.1, last=b"bye")))
    assert got[-1] == b"bye"
    assert stopped == [True]


def test_a_server_that_stops_ends_its_streams_with_a_word() -> None:
    async def silent() -> AsyncIterator[bytes]:
        yield b"x"
        await asyncio.sleep(600)

    stops: list[bool] = []
    told = kept_alive(silent(), last=b"bye", stopping=lambda: bool(stops))

    async def listen() -> list[bytes]:
        got = [await anext(told)]
        stops.append(True)
        return [*got, *[frame async for frame in told]]

    assert asyncio.run(asyncio.wait_for(listen(), 120)) == [b"x", b"bye"]


def test_a_client_that_leaves_stops_the_source() -> None:
    stopped = []

    async def waiting() -> AsyncIterator[bytes]:
        try:
            yield b"x"
            await asyncio.sleep(60)
        finally:
            stopped.append(True)

    async def leave() -> None:
        frames = kept_alive(waiting(), heartbeat_s=0.02)
        async for frame in frames:
            if frame == HEARTBEAT:
                break
        await frames.aclose()

    asyncio.run(leave())
    assert stopped == [True]


async def _all(frames: AsyncIterator[bytes]) -> list[bytes]:
    return [frame async for frame in frames]
