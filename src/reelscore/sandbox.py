"""Runs work on untrusted files in a child process that can be limited, watched and killed.

The child is a fresh interpreter in its own process group. It gets a function's name and JSON arguments on its standard
input and answers on its standard output, one JSON object a line: progress, then a result or an error. Native libraries'
own output is thrown away. Whatever happens to the child (crash, no memory, too much CPU time), the caller gets one
readable MediaError; when the caller stops or dies, the child is gone.

* Address space, CPU time, file size and core dumps are limited by the system where it can (`resource`); resident
  memory is watched by the child itself, since no limit exists for it.
* The child lives as long as its standard input is open: the system closes it when the parent ends, however it ends.
* One that stays (`Standing`) does small jobs one after the other, since starting it costs more than they do.
* One that is started ahead (`start_ahead`) loads what its job will need while the caller still gets ready.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from reelscore.errors import CancelledError, MediaError, ReelscoreError
from reelscore.values.progress import Watch, unwatched

T = TypeVar("T")

MIB = 1 << 20
PULSE_SECONDS = 0.05
PROGRESS_STEP = 0.004
TOO_BIG = "needs more memory than a media file should."
TOO_SLOW = "takes far longer to read than a media file should."
ADVICE = "The file may be damaged or made to do harm: export it again with a trusted program."


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use. `stalled_seconds`: how long it may say nothing."""

    address_space: int = 6144 * MIB
    resident: int = 900 * MIB
    cpu_seconds: int = 25  # until the job asks for more with `allow_cpu`
    file_size: int = 64 * MIB  # compiled kernels may be cached
    stalled_seconds: float = 30.0


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
    code = f"import sys; sys.path[:] = {paths!r}; from reelscore.sandbox import main; main({module!r})"
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


# ---- the child's side ----------------------------------------------------------------------------------------------

OUT_OF_MEMORY = 77
IDLE_SECONDS = 20.0  # that a child which stays waits for its next job


def main(module: str = "") -> None:
    """Load a module, do a job, or those that come; see the module's docstring."""
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
