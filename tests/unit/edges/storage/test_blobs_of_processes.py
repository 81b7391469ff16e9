"""Processes that put blobs: killed, on a full disk, with large files."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reelscore.edges.settings import Settings
from reelscore.edges.storage.store import Store, migrate
from tests.unit.edges.storage.looking import drafts, objects, rows

PUTS = """
import pathlib, random, sys
from reelscore.edges.settings import Settings
from reelscore.edges.storage.store import Store
store = Store(Settings(data=pathlib.Path(sys.argv[1]), blobs=sys.argv[3]))
chance = random.Random(int(sys.argv[2]))
print("ready", flush=True)
while True:
    data = chance.randbytes(chance.choice((1_000, 400_000, 12_000_000)))
    if chance.random() < 0.5:
        print(store.blobs.put_bytes(data), flush=True)
    else:
        file = pathlib.Path(sys.argv[1]) / f"upload-{sys.argv[2]}"
        file.write_bytes(data)
        print(store.blobs.put_file(file, move=True), flush=True)
"""


@pytest.mark.slow
def test_a_process_that_is_killed_leaves_no_half_blob(kept: Store) -> None:
    """Five times, at any moment: what it told of is there, what is there is whole, what has a row is there."""
    told: set[str] = set()
    for seed in range(5):
        command = [sys.executable, "-c", PUTS, str(kept.settings.data), str(seed), kept.settings.blobs]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            chance = random.Random(seed)
            told.update(process.stdout.readline().strip() for _ in range(chance.randrange(5)))
            time.sleep(chance.uniform(0, 0.05))
            os.kill(process.pid, signal.SIGKILL)
            lines = process.stdout.read().split("\n")
            told.update(line for line in lines[:-1])
    assert told <= set(rows(kept)) <= set(objects(kept))
    for digest in objects(kept):
        data = b"".join(kept.blobs.objects.read(digest, 0, objects(kept)[digest]))
        assert hashlib.sha256(data).hexdigest() == digest
    assert kept.blobs.put_bytes(b"it goes on") in rows(kept)


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells a process's peak anew")
def test_a_large_file_takes_little_memory(kept: Store, tmp_path: Path) -> None:
    """150 MB put and read: at most 60 MB more than before."""
    program = """
import pathlib, sys
from reelscore.edges.settings import Settings
from reelscore.edges.storage.store import Store
store = Store(Settings(data=pathlib.Path(sys.argv[1]), blobs=sys.argv[2]))
store.blobs.get_bytes(store.blobs.put_bytes(b"warm"))
def peak():
    return int(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
open("/proc/self/clear_refs", "w").write("5")
before = peak()
digest = store.blobs.put_file(pathlib.Path(sys.argv[3]))
assert sum(map(len, store.blobs.stream(digest))) == 150_000_000
with store.blobs.holding():
    assert store.blobs.path(digest).stat().st_size == 150_000_000
print((peak() - before) / 1000)
"""
    large = tmp_path / "large.mp4"
    with large.open("wb") as file:
        for n in range(150):
            file.write(random.Random(n).randbytes(1_000_000))
    command = [sys.executable, "-c", program, str(kept.settings.data), kept.settings.blobs, str(large)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert float(done.stdout) < 60


@pytest.mark.slow
def test_a_full_disk_leaves_nothing_and_says_so(tmp_path: Path) -> None:
    """No file may grow beyond a megabyte here, as on a disk that is full."""
    settings = Settings(data=tmp_path)
    migrate(settings.database_url)
    program = """
import pathlib, resource, sys
from reelscore.edges.settings import Settings
from reelscore.edges.storage.store import Store
store = Store(Settings(data=pathlib.Path(sys.argv[1])))
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
store.blobs.put_bytes(bytes(3_000_000))
"""
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=False)
    assert "OutputError: There is no room left for" in done.stderr
    store = Store(settings)
    assert (rows(store), objects(store), drafts(store)) == ({}, {}, [])
    store.close()
