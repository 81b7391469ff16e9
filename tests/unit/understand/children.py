"""Jobs that misbehave, for the sandbox's tests; run in child processes only."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from reelscore.errors import BriefError, MediaError
from reelscore.sandbox.child import allow_cpu
from reelscore.values.progress import Watch
from reelscore.values.time import Span, seconds


def answers(text: str, watch: Watch) -> tuple[str, Span]:
    """Well-behaved, but noisy on both outputs."""
    print("noise")
    os.write(1, b"native noise\n")
    os.write(2, b"native error noise\n")
    for n in range(1, 5):
        watch("work", n / 4)
    return text, Span(seconds(0), seconds("1.5"))


def raises_media_error(watch: Watch) -> None:
    raise MediaError("It is broken.", "Mend it.")


def raises_brief_error(watch: Watch) -> None:
    raise BriefError("A wish.", "Wish again.")


def raises_anything(watch: Watch) -> None:
    raise KeyError("surprise")


def crashes(watch: Watch) -> None:
    ctypes.string_at(0)


def exits(watch: Watch) -> None:
    os._exit(5)


def killed(watch: Watch) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def eats_memory(watch: Watch) -> None:
    held = []
    while True:
        held.append(b"x" * 20_000_000)
        time.sleep(0.002)


def asks_for_too_much(watch: Watch) -> int:
    return len(bytearray(1 << 45))


def spins(for_s: float, more: float, watch: Watch) -> str:
    """Uses `for_s` of CPU time, after asking for `more`."""
    if more:
        allow_cpu(more)
    start = time.process_time()
    while time.process_time() - start < for_s:
        pass
    return "done"


def sleeps(note: str, watch: Watch) -> None:
    """Leaves its process id, starts a child of its own, and waits for ever."""
    inner = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path(note).write_text(f"{os.getpid()} {inner.pid}")
    watch("sleep", 0.5)
    time.sleep(600)


def writes(path: str, watch: Watch) -> int:
    """Tries to write a large file."""
    with open(path, "wb") as file:
        return file.write(b"x" * 100_000_000)


def tells_its_process(watch: Watch) -> int:
    return os.getpid()
