"""Blobs come back as they were put, whole or not at all, whatever stops; in a folder and in a bucket."""

from __future__ import annotations

import errno
import hashlib
import random
import threading
from pathlib import Path

import pytest

from reelscore.edges.settings import Settings
from reelscore.edges.storage.blobs import Blobs
from reelscore.edges.storage.objects import Objects
from reelscore.edges.storage.store import Store
from reelscore.errors import DataError, LimitError, NotFoundError, OutputError
from tests.unit.edges.storage.looking import drafts, objects, rows

pytestmark = pytest.mark.slow

DATA = random.Random(1).randbytes(3_000_000)
DIGEST = hashlib.sha256(DATA).hexdigest()
NONE = "0" * 64


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(DATA)
    return path


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


def test_a_bucket_with_a_wrong_key_says_so(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    with pytest.raises(OutputError, match="may not be used.*AWS_SECRET_ACCESS_KEY"):
        Objects(bucket).size(NONE)
