"""Threads of their own for uploads: what waits for a disk, or for a file to be looked over, holds up no other call."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TypeVar
from weakref import WeakKeyDictionary

from anyio import CapacityLimiter, to_thread

T = TypeVar("T")
AT_ONCE = 8  # pieces written and files looked over, of all uploads of this process
_limiters: WeakKeyDictionary[asyncio.AbstractEventLoop, CapacityLimiter] = WeakKeyDictionary()


async def in_upload_thread(function: Callable[..., T], *args: object) -> T:
    """Call the function in one of them."""
    loop = asyncio.get_running_loop()
    limiter = _limiters.get(loop)
    if limiter is None:
        limiter = _limiters[loop] = CapacityLimiter(AT_ONCE)
    return await to_thread.run_sync(partial(function, *args), limiter=limiter)
