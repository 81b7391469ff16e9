"""Server-sent events: one `data:` line each, an `id:` to resume from, and comments that keep the line open.

Comments are what every reader of the format skips, so a heartbeat is one; anything else would surface in some client
as an event. (WHATWG HTML, "Server-sent events".)
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import Any

MEDIA_TYPE = "text/event-stream; charset=utf-8"
HEADERS = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no", "Connection": "keep-alive"}
HEARTBEAT = b": heartbeat\n\n"
HEARTBEAT_S = 15.0
LONGEST_S = 15 * 60.0
LOOK_S = 0.5  # how soon a stop of the server is seen
_BREAKS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}  # JSON leaves these as they are


def framed(event: dict[str, Any], event_id: str = "") -> bytes:
    """One event on the wire: one line, whatever a reader takes for the end of one."""
    text = json.dumps(event, ensure_ascii=False, separators=(",", ":")).translate(_BREAKS)
    lead = f"id: {event_id}\n" if event_id else ""
    return f"{lead}data: {text}\n\n".encode("utf-8", "replace")


async def kept_alive(
    frames: AsyncIterator[bytes],
    heartbeat_s: float = HEARTBEAT_S,
    longest_s: float = LONGEST_S,
    last: bytes = b"",
    stopping: Callable[[], bool] = lambda: False,
) -> AsyncGenerator[bytes]:
    """The frames, with a heartbeat whenever nothing came for so long. After `longest_s`, or when the server stops,
    `last` and the end."""
    loop = asyncio.get_running_loop()
    ends, beats = loop.time() + longest_s, loop.time() + heartbeat_s
    waiting: asyncio.Task[bytes] | None = None
    try:
        while loop.time() < ends and not stopping():
            waiting = waiting or asyncio.ensure_future(_next(frames))
            until = min(beats, ends, loop.time() + LOOK_S)
            done, _ = await asyncio.wait({waiting}, timeout=max(0.0, until - loop.time()))
            if done:
                frame, waiting = waiting.result(), None
                if not frame:
                    return
                yield frame
            elif loop.time() >= beats:
                yield HEARTBEAT
            else:
                continue
            beats = loop.time() + heartbeat_s
        if last:
            yield last
    finally:
        if waiting is not None:
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        close = getattr(frames, "aclose", None)
        if close is not None:
            await close()


async def _next(frames: AsyncIterator[bytes]) -> bytes:
    """The next frame; nothing at the end."""
    return await anext(frames, b"")
