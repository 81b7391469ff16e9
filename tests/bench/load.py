"""Load: 200 open event streams and 50 edits a second on one server process, from another process over loopback.

    python -m tests.bench.load [--seconds 30] [--streams 200] [--edits 50] [--sessions 20] [--fill 7000] [--json]

Edits are sent by the clock, whether or not those before were answered, and timed from when they were due: a server that
falls behind cannot hide it. Four of five are typed, one is said; besides, ten reads a second. Told are p50, p99 and the
slowest of every kind of call, errors, how many ends of messages the streams heard, and what the server's memory did:
over time, and how much it grew with every thousand edits of the second half (a line through its samples), when what is
loaded once is loaded. What stays in memory on purpose, parsed versions, fills up to about 12 MB before it is flat: so
`--fill` edits come first, as fast as they are answered, and what is measured begins behind them. On a machine that
cannot answer `--edits` a second, waiting calls pile up, and their memory with them: believe it only where p99 is
near what is wanted. Wanted: p99 of every call at most 150 ms, no error, memory flat.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WANTED_P99_MS = 150.0
_IDLE_S = 3.0
_AT = re.compile(r"http://127\.0\.0\.1:(\d+)")


@dataclass
class Found:
    """What was measured."""

    calls: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))  # kind -> ms
    errors: list[str] = field(default_factory=list)
    events: int = 0


class Connection:
    """One kept-alive connection, just enough HTTP for the measurement to cost little itself."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.used_at = 0.0

    async def call(self, method: str, path: str, body: Any = None) -> tuple[int, bytes]:
        if time.perf_counter() - self.used_at > _IDLE_S:  # the server closes what is idle for five seconds
            self.close()
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        sent = b"" if body is None else json.dumps(body).encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nContent-Length: {len(sent)}\r\n"
        writer.write(f"{head}Content-Type: application/json\r\n\r\n".encode() + sent)
        status = int((await reader.readline()).split()[1])
        length = 0
        while (line := await reader.readline()) not in (b"\r\n", b""):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        answer = await reader.readexactly(length) if length else b""
        self.used_at = time.perf_counter()
        return status, answer

    def close(self) -> None:
        if self.streams:
            self.streams[1].close()
        self.streams = None


class Server:
    """A server of its own, in a folder of its own; memory of its answering process."""

    def __init__(self, folder: Path, *options: str) -> None:
        command = [sys.executable, "-m", "reelscore", "serve", "--port", "0", "--data", str(folder), *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=(folder / "log").open("wb"), text=True)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = _AT.search(line)
        if found is None:
            raise SystemExit(f"The server did not start: {line!r}; see {folder / 'log'}.")
        self.port = int(found[1])
        until = time.monotonic() + 60
        while not self.ready() and "--no-workers" not in options and time.monotonic() < until:
            time.sleep(0.2)

    def ready(self) -> bool:
        """Whether its workers are at their places."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=10) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def memory_mb(self) -> float:
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024  # type: ignore[index]

    def cpu_s(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def prepared(folder: Path, count: int) -> list[str]:
    """Sessions with one clip on their timeline, in the folder of a server that does not run yet."""
    from fractions import Fraction

    from reelscore.edges.settings import Settings
    from reelscore.edges.storage import sessions
    from reelscore.edges.storage.store import Store, migrate
    from reelscore.editing import begin
    from reelscore.values.timeline import Media

    clip = Media(f"sha256:{0:064x}", "video", "clip.mp4", Fraction(30), 1280, 720, Fraction(25), True)
    settings = Settings(folder)
    migrate(settings.database_url)
    store = Store(settings)
    with store.database.write() as tx:
        made = [sessions.create(tx, "local", f"Session {n}", history=begin([clip])).id for n in range(count)]
    store.close()
    return made


async def listen(port: int, session: str, found: Found, over: asyncio.Event) -> None:
    """One open stream: count what comes, until it is over."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET /v1/sessions/{session}/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        status = (await reader.readline()).split()
        if status[1:2] != [b"200"]:
            found.errors.append(f"stream: {status!r}")
            return
        while not over.is_set():
            try:
                piece = await asyncio.wait_for(reader.read(65_536), 0.5)
            except TimeoutError:
                continue
            if not piece:
                found.errors.append("a stream ended")
                return
            found.events += piece.count(b"event: end\n")
        writer.close()
    except OSError as fault:
        found.errors.append(f"stream: {fault}")


async def edits(port: int, sessions: list[str], rate: float, found: Found, until: float) -> None:
    """Send edits by the clock, on as many connections as it takes."""
    idle: list[Connection] = []
    tasks: set[asyncio.Task[None]] = set()
    began, n = time.perf_counter(), 0
    while (due := began + n / rate) < until:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        connection = idle.pop() if idle else Connection(port)
        task = asyncio.create_task(_edit(connection, sessions[n % len(sessions)], n, due, found, idle))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        n += 1
    await asyncio.gather(*tasks)
    for connection in idle:
        connection.close()


async def fill(port: int, sessions: list[str], count: int) -> None:
    """Make so many edits, the next when one is answered, a few at a time."""
    idle: list[Connection] = []
    left, found = iter(range(count)), Found()

    async def one_after_the_other() -> None:
        for n in left:
            connection = idle.pop() if idle else Connection(port)
            await _edit(connection, sessions[n % len(sessions)], n, time.perf_counter(), found, idle)

    await asyncio.gather(*(one_after_the_other() for _ in range(8)))
    for connection in idle:
        connection.close()


async def _edit(
    connection: Connection, session: str, n: int, due: float, found: Found, idle: list[Connection]
) -> None:  # fmt: skip
    percent = 20 + n % 60
    if n % 5 == 4:
        kind, path, body = "message", "messages", {"text": f"set the volume of clip 1 to {percent}%"}
    else:
        step = {"command": "volume", "arguments": {"which": "clip 1", "to": f"{percent}%"}}
        kind, path, body = "edit", "edits", {"steps": [step]}  # type: ignore[dict-item]
    try:
        status, answer = await connection.call("POST", f"/v1/sessions/{session}/{path}", body)
    except (OSError, ValueError, IndexError, asyncio.IncompleteReadError) as fault:
        found.errors.append(f"{kind}: {fault!r}")
        return
    found.calls[kind].append((time.perf_counter() - due) * 1000)
    if status != 200:
        found.errors.append(f"{kind}: {status} {answer[:200]!r}")
    idle.append(connection)


async def reads(port: int, sessions: list[str], rate: float, found: Found, until: float) -> None:
    """Look at sessions and versions, by the clock."""
    connection, began, n = Connection(port), time.perf_counter(), 0
    paths = ("", "/versions?limit=10", "/messages?limit=10", "/media")
    while (due := began + n / rate) < until:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        status, answer = await connection.call("GET", f"/v1/sessions/{sessions[n % len(sessions)]}{paths[n % 4]}")
        found.calls["read"].append((time.perf_counter() - due) * 1000)
        if status != 200:
            found.errors.append(f"read: {status} {answer[:200]!r}")
        n += 1
    connection.close()


async def load(
    server: Server, sessions: list[str], streams: int, rate: float, seconds: float, filling: int
) -> tuple[Found, list[tuple[int, float]], tuple[float, float]]:
    """What the calls took, the server's memory in MB after so many edits, and its seconds of processor and of clock."""
    found, over = Found(), asyncio.Event()
    listening = [
        asyncio.create_task(listen(server.port, sessions[n % len(sessions)], found, over)) for n in range(streams)
    ]  # before anything is said: a stream that opens later is sent all that was, which is another load than this
    await asyncio.sleep(1)
    await fill(server.port, sessions, filling)
    found.events = 0
    busy, began = server.cpu_s(), time.perf_counter()
    until = began + seconds
    memory = [(0, server.memory_mb())]

    async def watch() -> None:
        while time.perf_counter() < until:
            await asyncio.sleep(seconds / 60)
            memory.append((len(found.calls["edit"]) + len(found.calls["message"]), server.memory_mb()))

    await asyncio.gather(
        edits(server.port, sessions, rate, found, until), reads(server.port, sessions, 10, found, until), watch()
    )
    spent = server.cpu_s() - busy, time.perf_counter() - began
    over.set()
    await asyncio.gather(*listening)
    return found, memory, spent


def growth(memory: list[tuple[int, float]]) -> float:
    """MB with every thousand edits, by the line that fits the second half of the samples best."""
    late = memory[len(memory) // 2 :]
    edits, mb = sum(n for n, _ in late) / len(late), sum(held for _, held in late) / len(late)
    spread = sum((n - edits) ** 2 for n, _ in late)
    return 1000 * sum((n - edits) * (held - mb) for n, held in late) / spread if spread else 0.0


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def measured(seconds: float, streams: int, rate: float, count: int, filling: int, *options: str) -> dict[str, Any]:
    """Start a server, load it, stop it."""
    with tempfile.TemporaryDirectory() as folder:
        sessions = prepared(Path(folder), count)
        server = Server(Path(folder), *options)
        try:
            found, memory, (spent, waited) = asyncio.run(load(server, sessions, streams, rate, seconds, filling))
        finally:
            server.stop()
    calls = {
        kind: {"calls": len(ms), "p50_ms": percentile(ms, 0.5), "p99_ms": percentile(ms, 0.99), "slowest_ms": max(ms)}
        for kind, ms in found.calls.items()
    }
    every = [ms for all_ms in found.calls.values() for ms in all_ms]
    return {
        "streams": streams, "edits_per_s": rate, "seconds": seconds, "calls": calls,
        "p99_ms": percentile(every, 0.99), "errors": found.errors[:10], "error_count": len(found.errors),
        "events": found.events, "memory_mb": [mb for _, mb in memory[:: max(1, len(memory) // 10)]],
        "growth_mb": growth(memory), "cpu_share": spent / waited,
        "cpu_ms_per_call": 1000 * spent / max(1, len(every)), "load_average": os.getloadavg()[0],
    }  # fmt: skip


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--seconds", type=float, default=30)
    words.add_argument("--streams", type=int, default=200)
    words.add_argument("--edits", type=float, default=50)
    words.add_argument("--sessions", type=int, default=20)
    words.add_argument("--fill", type=int, default=7000, help="edits before what is measured")
    words.add_argument("--no-workers", action="store_true", help="without the process that does longer work")
    words.add_argument("--json", action="store_true")
    said = words.parse_args()
    options = ("--no-workers",) if said.no_workers else ()
    told = measured(said.seconds, said.streams, said.edits, said.sessions, said.fill, *options)
    if said.json:
        print(json.dumps(told, indent=1))
        return
    for kind, one in told["calls"].items():
        print(f"{kind:8} {one['calls']:5} calls  p50 {one['p50_ms']:6.1f} ms  p99 {one['p99_ms']:6.1f} ms  "
              f"slowest {one['slowest_ms']:6.1f} ms")  # fmt: skip
    print(f"all: p99 {told['p99_ms']:.1f} ms (wanted {WANTED_P99_MS:.0f}); errors {told['error_count']}")
    print(f"{told['events']} ends of messages heard; memory {', '.join(f'{mb:.0f}' for mb in told['memory_mb'])} MB, "
          f"{told['growth_mb']:+.1f} MB with every 1,000 edits of the second half")  # fmt: skip
    print(f"processor {told['cpu_share']:.0%} of a core, {told['cpu_ms_per_call']:.1f} ms a call; "
          f"load average {told['load_average']:.1f}")  # fmt: skip
    for error in told["errors"]:
        print(f"  {error}")


if __name__ == "__main__":
    main()
