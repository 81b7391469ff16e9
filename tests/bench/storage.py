"""What storing costs: `python -m tests.bench.storage [--s3] [--large MB]`.

One large file put into an empty store, once more, and read back (seconds, and by how much memory grew at its peak, each
in a process of its own; Linux only); loading and saving a session of 2, 100 and 1000 versions on SQLite and PostgreSQL
(milliseconds, median and 99th of 100); small blobs a second, each waiting for the disk. Floors: a large put grows by at
most 80 MB; load and save on SQLite take 3 ms.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from reelscore.edges.settings import Settings
from reelscore.edges.storage import sessions
from reelscore.edges.storage.store import Store, migrate
from tests.servers import postgres, s3
from tests.unit.edges.storage.timelines import edited, long

LARGE = """
import pathlib, sys, time
from reelscore.edges.settings import Settings
from reelscore.edges.storage.store import Store
data, blobs, file, what = sys.argv[1:]
store = Store(Settings(data=pathlib.Path(data), blobs=blobs))
digest = store.blobs.put_bytes(b"warm")
store.blobs.get_bytes(digest)
def memory():
    peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1000
open("/proc/self/clear_refs", "w").write("5")  # the peak counts from here
before, start, cpu = memory(), time.perf_counter(), time.process_time()
if what == "move":
    digest = store.blobs.put_file(pathlib.Path(file), move=True)
elif what == "put":
    digest = store.blobs.put_file(pathlib.Path(file))
elif what == "draft":
    with store.blobs.draft() as draft, open(file, "rb") as source:
        while block := source.read(65536):
            draft.write(block)
        digest = draft.keep()
else:
    from reelscore.edges.storage.blobs import digest_of
    digest, _ = digest_of(pathlib.Path(file))
    start, cpu = time.perf_counter(), time.process_time()
    if what == "stream":
        for piece in store.blobs.stream(digest):
            pass
    else:
        with store.blobs.holding():
            store.blobs.path(digest)
print(f"{time.perf_counter() - start:6.2f} s {time.process_time() - cpu:6.2f} CPU-s {memory() - before:6.1f} MB more")
"""


def large(megabytes: int, blobs: str) -> None:
    """One large file, in processes of their own."""
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        settings = Settings(data=folder / "data", blobs=blobs)
        migrate(settings.database_url)
        file = folder / "large.mp4"
        steps = (("put", "a new file"), ("put", "the same again"), ("stream", "read, checked"), ("path", "as a file"))
        write(file, megabytes, 1)
        for what, words in (*steps, ("draft", "streamed in"), ("move", "given away")):
            if what in ("draft", "move"):
                write(file, megabytes, 2 if what == "draft" else 3)
            command = [sys.executable, "-c", LARGE, str(settings.data), blobs, str(file), what]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            print(f"  {megabytes} MB {words:16} {done.stdout.strip()}")


def write(file: Path, megabytes: int, seed: int) -> None:
    chance = random.Random(seed)
    with file.open("wb") as out:
        for _ in range(megabytes):
            out.write(chance.randbytes(1_000_000))


def session_times(settings: Settings) -> None:
    """Load, edit and save, as a message does."""
    migrate(settings.database_url)
    store = Store(settings)
    for count in (2, 100, 1000):
        with store.database.write() as tx:
            made = sessions.create(tx, "local", history=long(count))
        load: list[float] = []
        both: list[float] = []
        cold: list[float] = []
        for n in range(100):
            history = edited(made.history, 20 + n)
            start = time.perf_counter()
            with store.database.write() as tx:
                found = sessions.load(tx, made.id, "local", lock=True)
                load.append(time.perf_counter() - start)
                made = sessions.save(tx, replace(found, history=history))
            both.append(time.perf_counter() - start)
        for _ in range(3):
            store.database.held.clear()
            start = time.perf_counter()
            with store.database.read() as tx:
                assert sessions.load(tx, made.id) == made
            cold.append(time.perf_counter() - start)
        print(f"  {count:4} versions: load {ms(load)}, load + save {ms(both)}, never parsed {ms(cold)}")
    start = time.perf_counter()
    for n in range(200):
        store.blobs.put_bytes(b"%d" % n + os.urandom(2000))
    print(f"  {200 / (time.perf_counter() - start):.0f} small blobs a second")
    store.close()


def ms(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{ordered[len(ordered) // 2] * 1000:.2f} ms (p99 {ordered[int(len(ordered) * 0.99)] * 1000:.2f})"


@contextmanager
def database(name: str) -> Iterator[str]:
    if name == "sqlite":
        yield ""
        return
    server = postgres.Postgres()
    try:
        yield server.new_database()
    finally:
        server.stop()


def main() -> None:
    asked = argparse.ArgumentParser(description="What storing costs")
    asked.add_argument("--large", type=int, default=500, help="megabytes of the large file")
    asked.add_argument("--s3", action="store_true", help="an S3 server as well")
    options = asked.parse_args()
    kinds: list[tuple[str, Callable[[], bool]]] = [("sqlite", lambda: True), ("postgresql", postgres.installed)]
    for name, installed in kinds:
        if installed():
            print(f"sessions on {name}")
            with database(name) as url, tempfile.TemporaryDirectory() as folder:
                session_times(Settings(data=Path(folder), database=url))
    print("blobs in a folder")
    large(options.large, "")
    if options.s3 and s3.installed():
        print("blobs in a bucket")
        server = s3.S3()
        try:
            os.environ.update(server.environment)
            large(options.large, server.new_bucket())
        finally:
            server.stop()


if __name__ == "__main__":
    main()
