"""Uploads: one of 500 MB, a thousand small ones, and one that is cut off again and again, by a killed server too.

    python -m tests.bench.uploads [large] [small] [cut] [--mb 500] [--files 1000] [--json]

A server process of its own (`reelscore serve --no-workers`) on a free port of this machine; the client is another
process, over loopback. Memory is the server's own (VmRSS, sampled every 20 ms, and VmHWM) beyond what it held after one
small upload. Beside the large one: how fast this disk takes the same bytes with their SHA-256. Wanted: at most 80 MB of
growth; every file there, whole, once.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import io
import json
import os
import random
import socket
import statistics
import sys
import tempfile
import threading
import time
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.load import Server

WANTED_MB = 80.0
PIECE = 1 << 20
_BOUNDARY = b"----reelscore-bench"


def tone(seconds: float, seed: int) -> bytes:
    """A small WAV file; another seed is another content."""
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(random.Random(seed).randbytes(int(seconds * 16_000) & ~1))
    return held.getvalue()


def large(size: int) -> Iterator[bytes]:
    """A WAV file of this size in pieces, without ever holding it."""
    rate = 48_000
    head = io.BytesIO()
    with wave.open(head, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.setnframes((size - 44) // 4)
        file.writeframesraw(b"")
    start = bytearray(head.getvalue())
    start[4:8] = (size - 8).to_bytes(4, "little")
    start[40:44] = (size - 44).to_bytes(4, "little")
    yield bytes(start)
    left, noise = size - 44, random.Random(1).randbytes(PIECE)
    while left > 0:
        piece = noise[: min(PIECE, left)]
        yield piece
        left -= len(piece)
        noise = noise[7:] + noise[:7]


class Watch:
    """The memory of a process while something goes on."""

    def __init__(self, pid: int) -> None:
        self.pid, self.most_mb, self._done = pid, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._done.wait(0.02):
            self.most_mb = max(self.most_mb, memory_mb(self.pid))


def memory_mb(pid: int, what: str = "VmRSS") -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(what):
            return int(line.split()[1]) / 1024
    return 0.0


def cpu_s(pid: int) -> float:
    """CPU seconds of a process and of its ended children."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(one) for one in fields[11:15]) / os.sysconf("SC_CLK_TCK")


def ask(port: int, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> tuple[int, Any]:
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    try:
        sent = body if isinstance(body, bytes | type(None)) else json.dumps(body).encode()
        wire.request(method, path, sent, {"Content-Type": "application/json", **(headers or {})})
        answer = wire.getresponse()
        told = answer.read()
        return answer.status, json.loads(told) if told[:1] == b"{" else dict(answer.getheaders())
    finally:
        wire.close()


def form(name: str) -> tuple[bytes, bytes]:
    """What stands before a file and after it."""
    head = f'Content-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: audio/wav\r\n\r\n'
    return b"--" + _BOUNDARY + b"\r\n" + head.encode(), b"\r\n--" + _BOUNDARY + b"--\r\n"


def upload(port: int, session: str, name: str, size: int, pieces: Iterator[bytes]) -> Any:
    """One file as a form; what the server said of it."""
    before, after = form(name)
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    try:
        wire.putrequest("POST", f"/v1/sessions/{session}/media")
        wire.putheader("Content-Type", f"multipart/form-data; boundary={_BOUNDARY.decode()}")
        wire.putheader("Content-Length", str(size + len(before) + len(after)))
        wire.endheaders(before)
        for piece in pieces:
            wire.send(piece)
        wire.send(after)
        answer = wire.getresponse()
        told = json.loads(answer.read())
        if answer.status != 201:
            raise SystemExit(f"{answer.status}: {told}")
        return told
    finally:
        wire.close()


def new_session(port: int) -> str:
    status, told = ask(port, "POST", "/v1/sessions", {})
    assert status == 201, told
    return str(told["session"]["id"])


def floor_mb_s(folder: Path, size: int) -> float:
    """This disk and this processor, with nothing else: the same bytes hashed, written and synced."""
    held, begun = hashlib.sha256(), time.perf_counter()
    with (folder / "floor").open("wb", buffering=0) as file:
        for piece in large(size):
            held.update(piece)
            file.write(piece)
        os.fsync(file.fileno())
    taken = time.perf_counter() - begun
    (folder / "floor").unlink()
    return size / 1e6 / taken


def one_large(server: Server, folder: Path, size: int) -> dict[str, Any]:
    pid, session = server.process.pid, new_session(server.port)
    small = tone(1, 0)
    upload(server.port, session, "warm.wav", len(small), iter([small]))
    before = memory_mb(pid)
    digest = hashlib.sha256()
    for piece in large(size):
        digest.update(piece)
    begun, used = time.perf_counter(), cpu_s(pid)
    with Watch(pid) as watch:
        told = upload(server.port, session, "large.wav", size, large(size))
        taken, spent = time.perf_counter() - begun, cpu_s(pid) - used
    assert told["files"][0]["id"] == f"sha256:{digest.hexdigest()}"
    return {
        "mb": size / 1e6, "seconds": taken, "cpu_s": spent, "mb_s": size / 1e6 / taken,
        "floor_mb_s": floor_mb_s(folder, size),
        "memory_before_mb": before, "growth_mb": max(watch.most_mb, memory_mb(pid, "VmHWM")) - before,
    }  # fmt: skip


def many_small(server: Server, count: int) -> dict[str, Any]:
    pid, port = server.process.pid, server.port
    session = new_session(port)
    numbers, taken, wrong, lock = iter(range(count)), list[float](), list[str](), threading.Lock()
    warm = tone(0.3, 10**6)
    upload(port, session, "warm.wav", len(warm), iter([warm]))
    before = memory_mb(pid)

    def run() -> None:
        while True:
            with lock:
                n = next(numbers, None)
            if n is None:
                return
            data = tone(0.3, n)
            begun = time.perf_counter()
            try:
                told = upload(port, session, f"{n}.wav", len(data), iter([data]))
                right = told["files"][0]["id"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
            except (SystemExit, OSError) as fault:
                right, told = False, fault
            with lock:
                taken.append(time.perf_counter() - begun)
                if not right:
                    wrong.append(f"{n}: {told}")

    begun, used = time.perf_counter(), cpu_s(pid)
    with Watch(pid) as watch:
        threads = [threading.Thread(target=run) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    whole, spent = time.perf_counter() - begun, cpu_s(pid) - used
    assert wrong == [], wrong[:5]
    status, listed = ask(port, "GET", f"/v1/sessions/{session}/media")
    assert status == 200
    assert len(listed["items"]) == count + 1, len(listed["items"])
    return {
        "files": count, "seconds": whole, "cpu_s": spent, "files_s": count / whole,
        "p50_ms": statistics.median(taken) * 1000,
        "p99_ms": sorted(taken)[int(len(taken) * 0.99)] * 1000,
        "growth_mb": watch.most_mb - before,
    }  # fmt: skip


def cut_off(server: Server, folder: Path, size: int) -> dict[str, Any]:
    """Fifteen broken connections at random places and three killed servers; then the content is compared."""
    chance = random.Random(5)
    session = new_session(server.port)
    data = b"".join(large(size))
    status, told = ask(server.port, "POST", "/v1/uploads", {"session": session, "filename": "cut.wav", "size": size})
    assert status == 201, told
    place, sent, kills = f"/v1/uploads/{told['id']}", 0, 0
    for n in range(18):
        _, there = ask(server.port, "HEAD", place)
        offset = int(there.get("upload-offset") or there.get("Upload-Offset"))
        part = data[offset : offset + chance.randrange(1, 2 * size // 18)]
        if len(part) + offset >= size:
            part = part[: len(part) // 2]
        head = f"PATCH {place} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/offset+octet-stream\r\n"
        head += f"Upload-Offset: {offset}\r\nContent-Length: {size - offset}\r\n\r\n"
        with socket.create_connection(("127.0.0.1", server.port)) as wire:
            wire.sendall(head.encode() + part)
            sent += len(part)
            if n % 6 == 5:
                server.process.kill()
                server.process.wait()
                kills += 1
        if n % 6 == 5:
            server = Server(folder, "--no-workers")
        else:
            until = time.monotonic() + 5  # the server notices the end of the connection
            while ask(server.port, "PATCH", place, b"", {"Content-Type": "application/offset+octet-stream",
                      "Upload-Offset": "999999999"})[0] == 429 and time.monotonic() < until:  # fmt: skip
                time.sleep(0.02)
    _, there = ask(server.port, "HEAD", place)
    offset = int(there.get("upload-offset") or there.get("Upload-Offset"))
    headers = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
    status, told = ask(server.port, "PATCH", place, data[offset:], headers)
    sent += size - offset
    assert status == 204, told
    media = told.get("reelscore-media") or told.get("Reelscore-Media")
    assert media == f"sha256:{hashlib.sha256(data).hexdigest()}", (media, "is not what was sent")
    stop(server)
    return {"mb": size / 1e6, "breaks": 18, "kills": kills, "sent_again_percent": 100 * (sent - size) / size}


def stop(server: Server) -> None:
    if server.process.poll() is None:
        server.process.terminate()
        try:
            server.process.wait(15)
        except Exception:
            server.process.kill()
            server.process.wait()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("what", nargs="*", choices=["large", "small", "cut", []], default=[])
    asked.add_argument("--mb", type=float, default=499.0)
    asked.add_argument("--files", type=int, default=1000)
    asked.add_argument("--json", action="store_true")
    options = asked.parse_args()
    found: dict[str, Any] = {}
    for what in options.what or ["large", "small", "cut"]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            server = Server(folder, "--no-workers")
            try:
                if what == "large":
                    found[what] = one_large(server, folder, int(options.mb * 1e6))
                elif what == "small":
                    found[what] = many_small(server, options.files)
                else:
                    found[what] = cut_off(server, folder, 60_000_000)
            finally:
                stop(server)
        if not options.json:
            print(what, {key: round(value, 1) for key, value in found[what].items()}, flush=True)
    if options.json:
        print(json.dumps(found))
    if "large" in found and found["large"]["growth_mb"] > WANTED_MB:
        sys.exit(f"Memory grew by {found['large']['growth_mb']:.0f} MB; at most {WANTED_MB:.0f} are wanted.")


if __name__ == "__main__":
    main()
