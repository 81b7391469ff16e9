"""The child's side: keeps to its limits, does its job, says how far it is, and ends when its parent has gone."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reelscore.errors import ReelscoreError
from reelscore.values.progress import Watch

MIB = 1 << 20
ADVICE = "The file may be damaged or made to do harm: export it again with a trusted program."
OUT_OF_MEMORY = 77
IDLE_SECONDS = 20.0  # that a child which stays waits for its next job


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use. `stalled_seconds`: how long it may say nothing."""

    address_space: int = 6144 * MIB
    resident: int = 900 * MIB
    cpu_seconds: int = 25  # until the job asks for more with `allow_cpu`
    file_size: int = 64 * MIB  # compiled kernels may be cached
    stalled_seconds: float = 30.0


def main(module: str = "") -> None:
    """Load a module, do a job, or those that come; see the package's docstring."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    lock = threading.Lock()

    def say(message: dict[str, Any]) -> None:
        with lock, contextlib.suppress(OSError):
            answers.write(json.dumps(message).encode() + b"\n")

    if module:
        importlib.import_module(module)
    order = json.loads(sys.stdin.buffer.readline() or b"{}")
    if not order:
        return
    limits = Limits(**order["limits"])
    _limit(limits)
    threading.Thread(target=_guard, args=(limits.resident, order["stays"]), daemon=True).start()
    last = 0.0

    def watch(stage: str, share: float) -> None:
        nonlocal last
        if share >= last + order["progress_step"]:
            last = share
            say({"progress": share})

    say(_answer(order, watch))
    while order["stays"] and (order := _next_order()):
        last = 0.0
        allow_cpu(order["limits"]["cpu_seconds"])
        say(_answer(order, watch))
    os._exit(0)


def _next_order() -> dict[str, Any]:
    """The next job of a child that stays; {} where none comes in time, or the parent has gone."""
    import select

    if sys.platform != "win32" and not select.select([0], [], [], IDLE_SECONDS)[0]:
        return {}
    order: dict[str, Any] = json.loads(sys.stdin.buffer.readline() or b"{}")
    return order


def _answer(order: dict[str, Any], watch: Watch) -> dict[str, Any]:
    from reelscore.values.codec import to_json

    try:
        module, _, name = order["function"].partition(":")
        function: Callable[..., Any] = getattr(importlib.import_module(module), name)
        return {"result": to_json(function(**order["arguments"], watch=watch))}
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except ReelscoreError as fault:
        return {"error": {"kind": type(fault).__name__, "message": fault.message, "hint": fault.hint}}
    except Exception as fault:
        import traceback

        message = f"{order['failure']}: {type(fault).__name__}: {fault}."
        return {"error": {"kind": "MediaError", "message": message, "hint": ADVICE, "trace": traceback.format_exc()}}


def _limit(limits: Limits) -> None:
    """Set what the system can enforce; silently less where it cannot."""
    try:
        import resource
    except ImportError:
        return
    for name, soft in (
        ("RLIMIT_AS", limits.address_space),
        ("RLIMIT_CPU", limits.cpu_seconds),
        ("RLIMIT_FSIZE", limits.file_size),
        ("RLIMIT_CORE", 0),
    ):
        with contextlib.suppress(ValueError, OSError, AttributeError):
            which = getattr(resource, name)
            hard = resource.getrlimit(which)[1]
            keep = name == "RLIMIT_CPU"  # may be raised by `allow_cpu`
            resource.setrlimit(which, (soft, hard if keep else soft))


def allow_cpu(seconds: float) -> None:
    """Inside a job: allow this much more CPU time from now, once the file has proved to be worth it."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        usage = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime + seconds) + 1, hard))


def _guard(resident: int, stays: bool) -> None:
    """Ends the process when the parent has gone or too much memory is in use. Where more jobs may come it reads
    nothing: the other side of the pipe being closed tells the parent's end."""
    import select

    while True:
        if sys.platform == "win32":
            gone = not stays and not sys.stdin.buffer.read(1)
        elif stays:
            hung_up = select.poll()
            hung_up.register(0, 0)
            gone = any(event & select.POLLHUP for _, event in hung_up.poll(0))
            time.sleep(0.1)
        else:
            gone = bool(select.select([0], [], [], 0.1)[0]) and not os.read(0, 1)
        if gone:
            if hasattr(os, "killpg"):
                os.killpg(os.getpgrp(), signal.SIGKILL)
            os._exit(1)
        if _peak_resident() > resident:
            os._exit(OUT_OF_MEMORY)


def _peak_resident() -> int:
    """Most bytes of memory this program has held. On Linux from its own map: `getrusage` would count its parent's."""
    with contextlib.suppress(OSError, ImportError):
        if sys.platform == "linux":
            with open("/proc/self/status", "rb") as status:
                return next((int(line.split()[1]) * 1024 for line in status if line.startswith(b"VmHWM")), 0)
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return 0
