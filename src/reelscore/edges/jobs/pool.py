"""The parent's side: as many children as may work at once, warm before they are needed, ended when they should be.

`run` gives an order to a child and listens; whoever asked may stop it at any moment, and then the child, its group and
all it started are gone within a second. A child is replaced when it dies, has done its share of work, or has grown.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any

from reelscore import errors
from reelscore.edges.jobs.child import OUT_OF_MEMORY
from reelscore.edges.jobs.processes import end_orphans, end_tree
from reelscore.errors import MediaError, ReelscoreError

LISTEN_S = 0.1
_SHARE = 40  # orders that one child works off
_GROWN = 1_500_000_000  # bytes it may still hold when it has nothing to do
_NICE = 5
_SILENT_S = 600.0  # a child that says nothing for so long is stuck

Report = Callable[[str, float], None]
Stop = Callable[[], bool]


class CrashError(Exception):
    """The child ended without an answer: killed, out of memory, or a fault of ours. Worth another try."""


class StoppedError(Exception):
    """Whoever asked for the work does not want it any more."""


class Pool:
    """At most `size` children at work, `ahead` modules loaded before they are asked."""

    def __init__(self, size: int, ahead: tuple[str, ...] = (), most_bytes: int = 0, warm: int | None = None) -> None:
        self.size, self._ahead = size, ahead
        self._most = most_bytes or _memory() * 7 // 10
        self._warm = size if warm is None else warm
        self._idle: list[_Child] = []
        self._all: set[_Child] = set()
        self._lock, self._room = threading.Lock(), threading.Semaphore(size)
        self._closed = False

    def start(self) -> None:
        """Have children ready."""
        with self._lock:
            while len(self._all) < self._warm and not self._closed:
                self._idle.append(self._new())

    def run(self, function: str, arguments: dict[str, Any], report: Report, stop: Stop) -> Any:
        """The result of "package.module:function" in a child. Raises ReelscoreErrors as the work raised them,
        StoppedError, CrashError."""
        while not self._room.acquire(timeout=LISTEN_S):
            if stop():
                raise StoppedError
        try:
            child = self._take()
            try:
                return child.work(function, arguments, report, stop)
            finally:
                self._give_back(child)
        finally:
            self._room.release()

    def pids(self) -> list[int]:
        """The children there are."""
        with self._lock:
            return [child.pid for child in self._all]

    def close(self) -> None:
        """End every child."""
        with self._lock:
            self._closed = True
            held = list(self._all)
        for child in held:
            child.end()
        with self._lock:
            self._all.clear()
            self._idle.clear()

    def _take(self) -> _Child:
        with self._lock:
            if self._closed:
                raise StoppedError
            while self._idle:
                child = self._idle.pop()
                if child.is_well():
                    return child
                self._all.discard(child)
            return self._new()

    def _new(self) -> _Child:
        child = _Child(self._most, self._ahead)
        self._all.add(child)
        return child

    def _give_back(self, child: _Child) -> None:
        if child.is_well() and child.done < _SHARE and child.resident < _GROWN and not child.busy:
            with self._lock:
                self._idle.append(child)
            return
        child.end()
        with self._lock:
            self._all.discard(child)
        end_orphans(self.pids())
        self.start()


class _Child:
    """One child process."""

    def __init__(self, most_bytes: int, ahead: tuple[str, ...]) -> None:
        paths = [place for place in sys.path if place and os.path.isabs(place)]
        code = f"import sys; sys.path[:] = {paths!r}; from reelscore.edges.jobs.child import main; main()"
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", code, str(most_bytes), ",".join(ahead)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.pid, self.done, self.resident, self.busy = self._process.pid, 0, 0, False
        with contextlib.suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, self.pid, _NICE)
        self._said: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def is_well(self) -> bool:
        return self._process.poll() is None

    def work(self, function: str, arguments: dict[str, Any], report: Report, stop: Stop) -> Any:
        assert self._process.stdin is not None
        self.busy = True
        try:
            self._process.stdin.write(json.dumps({"function": function, "arguments": arguments}).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            raise CrashError(self._ending()) from None
        return self._listen(report, stop)

    def _listen(self, report: Report, stop: Stop) -> Any:
        heard = time.monotonic()
        while True:
            if stop():
                raise StoppedError
            try:
                told = self._said.get(timeout=LISTEN_S)
            except Empty:
                if time.monotonic() - heard > _SILENT_S:
                    raise CrashError("it said nothing for too long") from None
                continue
            heard = time.monotonic()
            if told is None:
                raise CrashError(self._ending())
            if "progress" in told:
                report(*told["progress"])
            elif "crash" in told:
                raise CrashError(told["crash"])
            elif "error" in told or "result" in told:
                self.busy, self.done, self.resident = False, self.done + 1, int(told.get("resident", 0))
                if "error" in told:
                    raise _error(told["error"])
                return told["result"]

    def _ending(self) -> str:
        code = self._process.wait()
        return "it needed too much memory" if code == OUT_OF_MEMORY else f"it ended with code {code}"

    def end(self) -> None:
        """Make sure that it and all it started are gone."""
        if self._process.poll() is None:
            end_tree(self.pid)
        with contextlib.suppress(OSError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()
        self._reader.join(timeout=5)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with contextlib.suppress(OSError, ValueError):
            for line in self._process.stdout:
                told = json.loads(line)
                if not told.get("ready"):
                    self._said.put(told)
        self._said.put(None)


def _error(told: dict[str, str]) -> ReelscoreError:
    kind = getattr(errors, told["kind"], MediaError)
    error: ReelscoreError = kind() if kind is errors.CancelledError else kind(told["message"], told["hint"])
    return error


def _memory() -> int:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return 8 << 30
