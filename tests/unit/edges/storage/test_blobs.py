"""Blobs come back as they were put, whole or not at all, whatever stops; in a folder and in a bucket."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from reelscore.edges.settings import Settings
from reelscore.edges.storage.blobs import Blobs
from reelscore.edges.storage.objects import Objects
from reelscore.edges.storage.store import Store, migrate
from reelscore.edges.storage.tables import blobs as table
from reelscore.errors import DataError, LimitError, NotFoundError, OutputError

DATA = random.Random(1).randbytes(3_000_000)
DIGEST = hashlib.sha256(DATA).hexdigest()
NONE = "0" * 64


@pytest.fixture(params=["folder", pytest.param("bucket", marks=pytest.mark.slow)])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    settings = Settings(data=tmp_path / "data")
    if request.param == "bucket":
        settings = replace(settings, blobs=f"{request.getfixturevalue('bucket')}/some/prefix")
    migrate(settings.database_url)
    store = Store(settings)
    yield store
    store.close()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(DATA)
    return path


def rows(store: Store) -> dict[str, int]:
    with store.database.read() as tx:
        return {row.hash: row.size for row in tx.execute(select(table))}


def objects(store: Store) -> dict[str, int]:
    return {one.digest: one.size for one in store.blobs.objects.listed()}


def drafts(store: Store) -> list[Path]:
    return list(store.blobs.drafts.iterdir())


def test_bytes_and_files_come_back_under_their_hash(kept: Store, film: Path) -> None:
    blobs = kept.blobs
    assert blobs.put_file(film) == DIGEST
    assert film.read_bytes() == DATA
    assert (blobs.put_bytes(DATA), blobs.put_bytes(memoryview(DATA))) == (DIGEST, DIGEST)
    empty = blobs.put_bytes(b"")
    assert (blobs.size(DIGEST), blobs.size(empty), blobs.exists(DIGEST), blobs.exists(NONE)) == (
        3_000_000,
        0,
        True,
        False,
    )
    assert (blobs.get_bytes(DIGEST), blobs.get_bytes(empty)) == (DATA, b"")
    with blobs.holding():
        assert blobs.path(DIGEST).read_bytes() == DATA
        assert blobs.path(empty).read_bytes() == b""
    assert rows(kept) == objects(kept) == {DIGEST: 3_000_000, empty: 0}
    assert drafts(kept) == []


@pytest.mark.parametrize(
    ("start", "end"),
    [(0, None), (5, 10), (0, 3_000_000), (2_999_990, None), (2_999_990, 9_000_000), (7, 7), (9, 3), (-4, 2)],
)
def test_a_part_of_a_blob_is_read(kept: Store, start: int, end: int | None) -> None:
    kept.blobs.put_bytes(DATA)
    assert b"".join(kept.blobs.stream(DIGEST, start, end)) == DATA[max(0, start) : end]


def test_a_file_that_is_given_away_is_gone(kept: Store, film: Path) -> None:
    assert kept.blobs.put_file(film, move=True) == DIGEST
    assert not film.exists()
    film.write_bytes(DATA)
    assert kept.blobs.put_file(film, move=True) == DIGEST
    assert not film.exists()
    assert (kept.blobs.get_bytes(DIGEST), drafts(kept)) == (DATA, [])


def test_a_file_that_could_not_be_taken_over_is_back(
    small_store: Store, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Objects, "add", full)
    with pytest.raises(OutputError, match="No space left"):
        small_store.blobs.put_file(film, move=True)
    assert film.read_bytes() == DATA
    assert drafts(small_store) == []


def test_a_draft_becomes_a_blob_or_nothing(kept: Store) -> None:
    with kept.blobs.draft() as draft:
        for start in range(0, len(DATA), 700_000):
            draft.write(DATA[start : start + 700_000])
        assert (draft.size, draft.digest) == (len(DATA), DIGEST)
        assert draft.keep() == DIGEST
    assert kept.blobs.get_bytes(DIGEST) == DATA
    with kept.blobs.draft() as draft:
        draft.write(b"no")
    with pytest.raises(ZeroDivisionError), kept.blobs.draft() as draft:
        draft.write(bytes(1 // len(b"")))
    assert (rows(kept), objects(kept), drafts(kept)) == ({DIGEST: 3_000_000}, {DIGEST: 3_000_000}, [])


def test_a_blob_of_a_transaction_that_fails_is_no_blob(kept: Store) -> None:
    def fails() -> None:
        with kept.database.write() as tx:
            kept.blobs.put_bytes(DATA, tx)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert not kept.blobs.exists(DIGEST)
    with pytest.raises(NotFoundError):
        kept.blobs.get_bytes(DIGEST)
    assert kept.blobs.put_bytes(DATA) == DIGEST
    assert kept.blobs.get_bytes(DIGEST) == DATA


def test_what_is_not_there_is_said_at_once(kept: Store, film: Path) -> None:
    for ask in (kept.blobs.size, kept.blobs.path, kept.blobs.stream, kept.blobs.get_bytes):
        with pytest.raises(NotFoundError, match="no file 000000000000"):
            ask(NONE)
        with pytest.raises(NotFoundError, match=r"no file '../etc"):
            ask("../etc/passwd")
    with pytest.raises(OutputError, match='"none.mp4" cannot be kept'):
        kept.blobs.put_file(film.with_name("none.mp4"))
    with kept.database.write() as tx, pytest.raises(NotFoundError):
        kept.blobs.touch(tx, NONE)


def test_many_threads_put_the_same_and_other_content(kept: Store) -> None:
    failed: list[BaseException] = []

    def put(seed: int) -> None:
        try:
            for n in range(4):
                data = random.Random(f"{n} {seed % 2}").randbytes(50_000)
                assert kept.blobs.get_bytes(kept.blobs.put_bytes(data)) == data
        except BaseException as fault:
            failed.append(fault)

    threads = [threading.Thread(target=put, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert rows(kept) == objects(kept)
    assert len(rows(kept)) == 8
    assert drafts(kept) == []


def test_an_object_that_was_lost_comes_back_with_the_next_put(kept: Store, film: Path) -> None:
    kept.blobs.put_bytes(DATA)
    kept.blobs.objects.remove(DIGEST)
    with pytest.raises(DataError, match="gone from the store"):
        kept.blobs.get_bytes(DIGEST)
    with pytest.raises(DataError, match="gone from the store"):
        kept.blobs.path(DIGEST)
    assert kept.blobs.put_file(film) == DIGEST
    assert kept.blobs.get_bytes(DIGEST) == DATA


def test_the_same_file_again_is_hashed_and_not_written(
    kept: Store, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.blobs.put_file(film)
    monkeypatch.setattr(Objects, "add", lambda *_: pytest.fail("it was written again"))
    assert kept.blobs.put_file(film) == kept.blobs.put_bytes(DATA) == DIGEST


@pytest.mark.parametrize("damage", ["changed", "shortened"])
def test_a_damaged_blob_is_never_taken_for_whole(small_store: Store, damage: str) -> None:
    blobs = small_store.blobs
    blobs.put_bytes(DATA)
    place = blobs.path(DIGEST)
    place.write_bytes(DATA[:-1] + (b"?" if damage == "changed" else b""))
    with pytest.raises(DataError, match="stored file .* Restore it from a copy"):
        blobs.get_bytes(DIGEST)
    seen: list[bytes] = []
    with pytest.raises(DataError):
        seen.extend(blobs.stream(DIGEST))
    assert sum(map(len, seen)) < len(DATA)
    if damage == "shortened":
        with pytest.raises(DataError, match="2999999 bytes instead of 3000000"):
            blobs.path(DIGEST)
        blobs.put_bytes(DATA)
        assert blobs.get_bytes(DIGEST) == DATA


def test_a_file_that_changes_while_it_is_read_is_refused(
    small_store: Store, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Blobs._known

    def changed(self: Blobs, digest: str, size: int, tx: None) -> bool:
        film.write_bytes(DATA[::-1])
        return known(self, digest, size, tx)

    monkeypatch.setattr(Blobs, "_known", changed)
    with pytest.raises(DataError, match="changed while it was read"):
        small_store.blobs.put_file(film)
    assert (rows(small_store), objects(small_store), drafts(small_store)) == ({}, {}, [])


def test_a_folder_that_was_taken_away_says_so_and_works_once_it_is_back(small_store: Store, film: Path) -> None:
    blobs = small_store.blobs
    kept = blobs.put_bytes(b"kept")
    folder = blobs.objects.folder
    assert folder is not None
    away = folder.rename(folder.with_name("away"))
    with pytest.raises(OutputError):
        blobs.put_bytes(DATA)
    for move in (False, True):
        with pytest.raises(OutputError):
            blobs.put_file(film, move=move)
    with pytest.raises(DataError, match="gone from the store"):
        blobs.get_bytes(kept)
    assert film.read_bytes() == DATA
    away.rename(folder)
    assert blobs.put_file(film) == DIGEST
    assert (blobs.get_bytes(kept), set(rows(small_store))) == (b"kept", {kept, DIGEST})


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


def test_places_that_cannot_be_used_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    for url in ("ftp://x/y", "s3://", "nonsense", "file://elsewhere/x"):
        with pytest.raises(DataError, match="no place for files"):
            Objects(url)
    with pytest.raises(OutputError):
        Objects((tmp_path / "file" / "below").as_uri())
    with pytest.raises(OutputError):
        Store(Settings(data=tmp_path / "file"))
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "y")
    with pytest.raises(LimitError, match="cannot be reached"):
        Objects("s3://bucket").size(NONE)


@pytest.mark.slow
def test_a_bucket_with_a_wrong_key_says_so(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    with pytest.raises(OutputError, match="may not be used.*AWS_SECRET_ACCESS_KEY"):
        Objects(bucket).size(NONE)


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
