"""The only caller of the encoder: ffmpeg, as a child process that is watched, limited and always cleaned up.

The encoder is the binary that comes with `imageio-ffmpeg`. It is given a list of arguments (never a shell line), no
environment, a session of its own (Ctrl-C reaches only this process, which then ends the whole group), and limits on
memory, processor time and file size. Sound and pictures are fed raw through a pipe; progress comes back through
another; the last words of a failure travel in the error. Inside a worker the encoder stays in the worker's group, so
that whoever ends the worker ends both.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from reelscore.errors import EncoderError
from reelscore.render.arguments import local, sound_output
from reelscore.render.last_words import fault_of
from reelscore.render.limits import hold
from reelscore.values.progress import Watch, unwatched
from reelscore.values.time import Seconds

_CHUNK_BYTES = 1 << 18
_LOOK_UP_EVERY_S = 0.2
_WAITING_BLOCKS = 2
_PIPE_BYTES = 1 << 20
# The encoder takes some of these for the end of its input, stops early and calls it success.
_FATAL = ("Cannot allocate memory", "Input/output error", "No space left", "Disk quota")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run of the encoder may use. `wall_s` None: as long as it takes."""

    wall_s: float | None = None
    cpu_s: int = 6 * 3600
    memory_bytes: int = 6 << 30
    file_bytes: int = 1 << 40


@lru_cache(maxsize=1)
def encoder() -> str:
    """Where the encoder is. Raises EncoderError when the package that brings it is broken."""
    import imageio_ffmpeg

    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (RuntimeError, OSError):
        raise EncoderError("The encoder is missing.", "Install the package imageio-ffmpeg again.") from None


def encoder_version() -> str:
    """The encoder's own name for its version, for provenance."""
    words = _output([encoder(), "-hide_banner", "-version"]).decode(errors="replace").split()
    return words[2] if words[:2] == ["ffmpeg", "version"] else "unknown"


def encode(
    arguments: Sequence[str],
    length: Seconds,
    watch: Watch = unwatched,
    *,
    feed: memoryview | bytes | None = None,
    limits: Limits | None = None,
    folder: Path | None = None,
) -> int:
    """Run the encoder until it is done; gives the pictures written.

    `length`: seconds of output expected, for the share reported to the watch; `folder`: where it runs. Raises
    OutputError when the disk is full or the place cannot be written, EncoderError otherwise; lets CancelledError and
    KeyboardInterrupt through.
    The child never outlives the call.
    """
    command = [encoder(), "-hide_banner", "-v", "error", "-y", "-nostdin", "-stats_period", "0.25"]
    with _Child([*command, "-progress", "pipe:1", *arguments], feed, limits or Limits(), folder=folder) as child:
        watch("write", 0.0)
        share, pictures = 0.0, 0
        for line in child.lines():
            key, _, value = (line or "").partition("=")
            if key == "out_time_us" and value.strip().lstrip("-").isdigit():
                share = max(share, min(1.0, int(value) / 1_000_000 / max(0.001, float(length))))
            elif key == "frame" and value.strip().isdigit():
                pictures = int(value)
            watch("write", share)
        child.check()
    watch("write", 1.0)
    return pictures


def pour(arguments: Sequence[str], blocks: Iterable[memoryview], limits: Limits | None = None) -> None:
    """Run the encoder over raw blocks as they are made, within the caller's process group.

    A thread writes what was made while the next block is in the making; few blocks wait at a time. Errors of the
    blocks' maker come through, those of the encoder as in `encode`.
    """
    command = [encoder(), "-hide_banner", "-v", "error", "-y", "-nostdin", *arguments]
    with _Child(command, b"", limits or Limits(), grouped=True) as child:
        waiting: queue.Queue[memoryview | None] = queue.Queue(maxsize=_WAITING_BLOCKS)
        writer = threading.Thread(target=child.write_all, args=(waiting,), daemon=True)
        writer.start()
        try:
            for block in blocks:
                while not child.deaf:
                    with contextlib.suppress(queue.Full):
                        waiting.put(block, timeout=_LOOK_UP_EVERY_S)
                        break
                if child.deaf:
                    break
        finally:
            while writer.is_alive():
                with contextlib.suppress(queue.Full):
                    waiting.put(None, timeout=_LOOK_UP_EVERY_S)
                    break
        writer.join()
        child.everything()
        child.check()


def cores() -> int:
    """Processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def decode_sound(path: Path, limits: Limits | None = None) -> bytes:
    """The whole sound of one of our own files as interleaved stereo float32 at 48 kHz."""
    command = [encoder(), "-hide_banner", "-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe"]
    command += ["-i", local(path), "-map", "0:a:0", *sound_output()]
    return _output(command, limits)


def packet_count(path: Path) -> int:
    """The packets of the picture in one of our own files."""
    command = [encoder(), "-hide_banner", "-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe"]
    command += ["-i", local(path), "-map", "0:v:0", "-c", "copy", "-f", "framecrc", "pipe:1"]
    return sum(1 for line in _output(command).splitlines() if not line.startswith(b"#"))


def _output(command: list[str], limits: Limits | None = None) -> bytes:
    with _Child(command, None, limits or Limits()) as child:
        data = child.everything()
        child.check()
    return data


class _Child:
    """One encoder process with its pipes. Leaving the `with` block ends it, whatever happened."""

    def __init__(
        self,
        command: list[str],
        feed: memoryview | bytes | None,
        limits: Limits,
        *,
        grouped: bool = False,
        folder: Path | None = None,
    ) -> None:
        self._command, self._feed, self._limits, self._grouped = command, feed, limits, grouped
        self._folder = folder
        self.deaf = False  # it takes no more input
        self._last_words: deque[str] = deque(maxlen=12)
        self._fatal = ""
        self._late = False

    def __enter__(self) -> _Child:
        try:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL if self._feed is None else subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=not self._grouped,
                cwd=self._folder,
                env=None if sys.platform == "win32" else {},
            )
        except OSError as fault:
            raise EncoderError(f"The encoder cannot be started: {fault.strerror}.", "See `reelscore doctor`.") from None
        hold(self._process.pid, self._limits.memory_bytes, self._limits.cpu_s, self._limits.file_bytes)
        self._threads = [threading.Thread(target=self._listen, daemon=True)]
        if self._feed is not None and not self._grouped:
            self._threads.append(threading.Thread(target=self._pour, daemon=True))
        for thread in self._threads:
            thread.start()
        self._timer = threading.Timer(self._limits.wall_s or 0.0, self._too_late)
        if self._limits.wall_s is not None:
            self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._kill()
        self._process.wait()
        for thread in self._threads:
            thread.join(timeout=5)
        for pipe in (self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()

    def lines(self) -> Any:
        """Lines of the child's output as they come; None now and then while there are none."""
        arrived: queue.Queue[str | None] = queue.Queue()
        reader = threading.Thread(target=_hand_on, args=(self._stdout, arrived), daemon=True)
        reader.start()
        self._threads.append(reader)
        while True:
            try:
                line = arrived.get(timeout=_LOOK_UP_EVERY_S)
            except queue.Empty:
                yield None
                continue
            if line is None:
                return
            yield line

    def everything(self) -> bytes:
        """All of the child's output."""
        return self._stdout.read()

    def check(self) -> None:
        """Wait for the end; raise what went wrong."""
        code = self._process.wait()
        self._threads[0].join(timeout=5)
        if code != 0 or self._late or self._fatal:
            raise fault_of(code, self._late, [*self._last_words, *([self._fatal] if self._fatal else [])])

    @property
    def _stdout(self) -> IO[bytes]:
        assert self._process.stdout is not None
        return self._process.stdout

    def _listen(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            words = line.decode(errors="replace").strip()
            self._last_words.append(words)
            if any(sign in words for sign in _FATAL):
                self._fatal = words

    def _pour(self) -> None:
        pipe, feed = self._process.stdin, memoryview(self._feed or b"").cast("B")
        assert pipe is not None
        with contextlib.suppress(OSError, ValueError):  # the child ended early: its exit code tells
            for first in range(0, len(feed), _CHUNK_BYTES):
                pipe.write(feed[first : first + _CHUNK_BYTES])
        with contextlib.suppress(OSError, ValueError):
            pipe.close()

    def write_all(self, waiting: queue.Queue[memoryview | None]) -> None:
        """Write blocks as they come, until None."""
        pipe = self._process.stdin
        assert pipe is not None
        if sys.platform == "linux":
            import fcntl

            with contextlib.suppress(OSError):  # more than this user may have
                fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        while (block := waiting.get()) is not None:
            try:
                pipe.write(block)
            except (OSError, ValueError):  # the child ended early: its exit code tells
                self.deaf = True
                return
        with contextlib.suppress(OSError, ValueError):
            pipe.close()

    def _too_late(self) -> None:
        self._late = True
        self._kill()

    def _kill(self) -> None:
        if self._process.poll() is None:
            with contextlib.suppress(OSError):
                if sys.platform == "win32" or self._grouped:
                    self._process.kill()
                else:
                    os.killpg(self._process.pid, signal.SIGKILL)


def _hand_on(pipe: IO[bytes], arrived: queue.Queue[str | None]) -> None:
    with contextlib.suppress(OSError, ValueError):
        for line in pipe:
            arrived.put(line.decode(errors="replace"))
    arrived.put(None)
