"""The caller's side: starts children, gives them jobs, listens, and makes sure that they are gone."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from reelscore.errors import CancelledError, MediaError, ReelscoreError
from reelscore.sandbox.child import ADVICE, OUT_OF_MEMORY, Limits
from reelscore.values.progress import Watch, unwatched

T = TypeVar("T")

PULSE_SECONDS = 0.05
PROGRESS_STEP = 0.004
TOO_BIG = "needs more memory than a media file should."
TOO_SLOW = "takes far longer to read than a media file should."


@dataclass(frozen=True, slots=True)
class Job:
    """A function by name ("package.module:function"), its JSON arguments, and what the file is called in messages.

    The function is called with the arguments and a watch; its result goes through `values.codec.to_json`.
    """

    function: str
    arguments: dict[str, Any]
    subject: str
    weight: float = 1.0  # share of this job in the progress of all
    limits: Limits = field(default_factory=Limits)
    purpose: str = "analysed"  # what is done to the subject, for the message of an unforeseen failure
    progress_step: float = PROGRESS_STEP  # the child speaks when its share has grown by this much


_AHEAD: list[subprocess.Popen[bytes]] = []


def start_ahead(*modules: str) -> None:
    """Start a child for each of these modules before its job is known; it loads the module and waits.

    The next jobs of `run_jobs` are given to them in this order (one that gets another's job only starts slower). Those
    that no job comes for end with this process.
    """
    if not _AHEAD:
        atexit.register(_end_ahead)
    _AHEAD.extend(_started(module) for module in modules)


def _end_ahead() -> None:
    while _AHEAD:
        child = _AHEAD.pop()
        child.kill()
        child.wait()


def _started(module: str = "") -> subprocess.Popen[bytes]:
    paths = [place for place in sys.path if place and os.path.isabs(place)]
    code = f"import sys; sys.path[:] = {paths!r}; from reelscore.sandbox.child import main; main({module!r})"
    return subprocess.Popen(
        [sys.executable, "-P", "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def run_jobs(jobs: Sequence[Job], watch: Watch = unwatched, stage: str = "understand") -> list[Any]:
    """Run jobs side by side; their results as JSON values, in order.

    Raises the first job's error (ReelscoreErrors come through as they are; anything else as MediaError), and whatever
    the watch raises. In every case all children have ended when this returns.
    """
    said: SimpleQueue[tuple[int, dict[str, Any] | None]] = SimpleQueue()
    children: list[_Child] = []
    try:
        for number, job in enumerate(jobs):
            children.append(_Child(number, job, said))
        return _attend(children, said, watch, stage)
    finally:
        for child in children:
            child.end()


class Standing:
    """Does jobs one after the other in a child that stays for some of them. It is replaced after `jobs` of them or when
    one goes wrong, and ends by itself when nothing comes for a while. From any thread."""

    def __init__(self, jobs: int = 50) -> None:
        self._most, self._left = jobs, 0
        self._child: _Child | None = None
        self._said: SimpleQueue[tuple[int, dict[str, Any] | None]] = SimpleQueue()
        self._one = threading.Lock()

    def run(self, job: Job) -> Any:
        """As `run_jobs([job])[0]`. What goes wrong in a child that did other jobs is tried again in a new one."""
        with self._one:
            if self._child is not None and self._left > 0:
                with contextlib.suppress(ReelscoreError, OSError):
                    return self._asked(job)
            self._end()
            self._said = SimpleQueue()
            self._child, self._left = _Child(0, job, self._said, stays=True), self._most
            try:
                return self._answer()
            except BaseException:
                self._end()
                raise

    def _asked(self, job: Job) -> Any:
        assert self._child is not None
        try:
            self._child.ask(job)
            return self._answer()
        except BaseException:
            self._end()
            raise

    def _answer(self) -> Any:
        assert self._child is not None
        self._left -= 1
        return _attend([self._child], self._said, unwatched, "")[0]

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
        self._child, self._left = None, 0


def _attend(
    children: list[_Child], said: SimpleQueue[tuple[int, dict[str, Any] | None]], watch: Watch, stage: str
) -> list[Any]:
    """Listen until every child has answered."""
    total = sum(child.job.weight for child in children)
    results: dict[int, Any] = {}
    while len(results) < len(children):
        share = sum(child.share * child.job.weight for child in children) / total
        watch(stage, share)
        try:
            number, message = said.get(timeout=PULSE_SECONDS)
        except Empty:
            for child in children:
                child.silent_pulses += child.job_is_open(results)
                if child.silent_pulses * PULSE_SECONDS > child.job.limits.stalled_seconds:
                    raise MediaError(f"{child.job.subject} {TOO_SLOW}", ADVICE) from None
            continue
        child = children[number]
        child.silent_pulses = 0
        if message is None:
            if number not in results:
                raise child.fault()
        elif "error" in message:
            raise _error(message["error"])
        elif "result" in message:
            results[number], child.share = message["result"], 1.0
        else:
            child.share = max(child.share, message["progress"])
    watch(stage, 1.0)
    return [results[number] for number in range(len(children))]


class _Child:
    """One running job."""

    def __init__(
        self, number: int, job: Job, said: SimpleQueue[tuple[int, dict[str, Any] | None]], stays: bool = False
    ) -> None:
        self.number, self.stays = number, stays
        self._process = _AHEAD.pop(0) if _AHEAD and not stays else _started()
        with contextlib.suppress(OSError):
            self.ask(job)
        self._reader = threading.Thread(target=self._read, args=(said,), daemon=True)
        self._reader.start()

    def ask(self, job: Job) -> None:
        """Give the child a job. Raises OSError where it is gone."""
        self.job, self.share, self.silent_pulses = job, 0.0, 0
        order = {
            "function": job.function,
            "arguments": job.arguments,
            "limits": asdict(job.limits),
            "failure": f"{job.subject} cannot be {job.purpose}",
            "progress_step": job.progress_step,
            "stays": self.stays,
        }
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()

    def _read(self, said: SimpleQueue[tuple[int, dict[str, Any] | None]]) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            with contextlib.suppress(ValueError):
                message = json.loads(line)
                if isinstance(message, dict):
                    said.put((self.number, message))
        said.put((self.number, None))

    def job_is_open(self, results: dict[int, Any]) -> bool:
        return self.number not in results

    def fault(self) -> MediaError:
        """Why the child ended without an answer."""
        code = self._process.wait()
        if code == -_number("SIGXCPU"):
            return MediaError(f"{self.job.subject} {TOO_SLOW}", ADVICE)
        if code in (-_number("SIGKILL"), OUT_OF_MEMORY):
            return MediaError(f"{self.job.subject} {TOO_BIG}", ADVICE)
        return MediaError(f"{self.job.subject} makes the decoder crash (code {code}).", ADVICE)

    def end(self) -> None:
        """Make sure the child and all it started are gone."""
        if self._process.poll() is None:
            with contextlib.suppress(OSError):
                if hasattr(os, "killpg"):
                    os.killpg(self._process.pid, signal.SIGKILL)
                else:
                    self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()


def _number(name: str) -> int:
    return int(getattr(signal, name, 0)) or 1_000_000


def _error(told: dict[str, str]) -> ReelscoreError:
    from reelscore import errors

    kind = getattr(errors, told["kind"], MediaError)
    error: ReelscoreError = kind() if kind is CancelledError else kind(told["message"], told["hint"])
    if told.get("trace"):
        error.add_note(told["trace"])
    return error
