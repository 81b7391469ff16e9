"""The child's side: a process that does one piece of work after the other, and nothing else.

It knows no database, no blobs, no account: its order names files to read and a folder to write to. Orders come on the
standard input, one JSON object a line; progress, results and errors go out on the standard output in the same way.
While it has nothing to do it loads what the work will need. It ends, and ends all that it started, as soon as its
standard input closes: when its parent is gone, however that went.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from reelscore.edges.jobs.processes import descendants
from reelscore.errors import ReelscoreError

OUT_OF_MEMORY = 77
_SAY_EVERY_S = 0.2
_LOOK_EVERY_S = 0.5


def main() -> None:
    """Work until the standard input closes. Arguments: most bytes of memory, modules to load ahead, comma between."""
    most, ahead = int(sys.argv[1]), [name for name in sys.argv[2].split(",") if name]
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    orders: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(orders,), daemon=True).start()
    threading.Thread(target=_guard, args=(most,), daemon=True).start()

    def say(told: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):
            answers.write(json.dumps(told).encode() + b"\n")

    _get_ready(ahead, orders)
    say({"ready": True})
    while True:
        order = json.loads(orders.get())
        say({**_answer(order, _Speaker(say)), "resident": resident()})


def _get_ready(ahead: list[str], orders: queue.SimpleQueue[bytes]) -> None:
    """Load what will be needed, as long as nothing is to be done."""
    for name in ahead:
        if not orders.empty():
            return
        module, _, function = name.partition(":")
        with contextlib.suppress(Exception):  # whatever it is, the work itself will tell
            loaded = importlib.import_module(module)
            if function:
                getattr(loaded, function)()


class _Speaker:
    """A watch that tells the parent now and then."""

    def __init__(self, say: Callable[[dict[str, Any]], None]) -> None:
        self._say, self._last, self._stage = say, 0.0, ""

    def __call__(self, stage: str, share: float, /) -> None:
        now = time.monotonic()
        if stage != self._stage or now - self._last >= _SAY_EVERY_S:
            self._last, self._stage = now, stage
            self._say({"progress": [stage, share]})


def _answer(order: dict[str, Any], watch: _Speaker) -> dict[str, Any]:
    try:
        module, _, name = order["function"].partition(":")
        return {"result": getattr(importlib.import_module(module), name)(**order["arguments"], watch=watch)}
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except ReelscoreError as fault:
        return {"error": {"kind": type(fault).__name__, "message": fault.message, "hint": fault.hint}}
    except Exception:
        import traceback

        return {"crash": traceback.format_exc()[-4000:]}


def _listen(orders: queue.SimpleQueue[bytes]) -> None:
    for line in sys.stdin.buffer:
        orders.put(line)
    _end()


def _end() -> None:
    """This process, its group and all that it started."""
    for pid in descendants((os.getpid(),)):
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)


def _guard(most: int) -> None:
    while True:
        time.sleep(_LOOK_EVERY_S)
        if resident() > most:
            for pid in descendants((os.getpid(),)):
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
            os._exit(OUT_OF_MEMORY)


def resident() -> int:
    """Bytes of memory in use now."""
    with contextlib.suppress(OSError), open("/proc/self/statm", "rb") as held:
        return int(held.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


if __name__ == "__main__":
    main()
