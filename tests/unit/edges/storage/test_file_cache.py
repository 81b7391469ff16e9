"""Copies of a bucket's files stay within their bound, and never go while somebody works on them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reelscore.edges.storage.file_cache import FileCache
from reelscore.errors import DataError


def ask(cache: FileCache, name: str, size: int = 100) -> Path:
    return cache.path(name, size, lambda: [name[0].encode() * size])


def older(path: Path, by_s: float) -> None:
    seen = path.stat().st_mtime
    os.utime(path, (seen - by_s, seen - by_s))


def names(cache: FileCache) -> set[str]:
    return {path.name for path in cache.folder.iterdir()}


def test_the_files_used_longest_ago_make_room(tmp_path: Path) -> None:
    cache = FileCache(tmp_path, 300, stays_s=10)
    for age, name in enumerate("cba"):
        older(ask(cache, name), 100 - age)
    assert ask(cache, "c").read_bytes() == b"c" * 100
    ask(cache, "d")
    assert names(cache) == {"a", "c", "d"}


def test_a_file_asked_for_lately_stays_even_where_the_bound_is_passed(tmp_path: Path) -> None:
    cache = FileCache(tmp_path, 150, stays_s=60)
    ask(cache, "a")
    ask(cache, "b")
    assert names(cache) == {"a", "b"}
    older(tmp_path / "a", 61)
    ask(cache, "c")
    assert names(cache) == {"b", "c"}


def test_files_in_use_stay_as_long_as_they_are(tmp_path: Path) -> None:
    cache = FileCache(tmp_path, 100, stays_s=0)
    with cache.holding():
        a = ask(cache, "a")
        with cache.holding():
            b = ask(cache, "b")
        ask(cache, "c")
        assert a.exists()
        assert b.exists()
    ask(cache, "d")
    assert names(cache) == {"d"}


def test_another_process_in_the_middle_of_its_work_keeps_its_files(tmp_path: Path) -> None:
    """Until it ends, however that is."""
    cache = FileCache(tmp_path, 100, stays_s=0)
    program = """
import pathlib, sys
from reelscore.edges.storage.file_cache import FileCache
with FileCache(pathlib.Path(sys.argv[1]), 100).holding():
    FileCache(pathlib.Path(sys.argv[1]), 100).path("a", 100, lambda: [b"a" * 100])
    print("held", flush=True)
    sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        older(tmp_path / "a", 1000)
        ask(cache, "b")
        assert names(cache) == {"a", "b"}
        process.kill()
    ask(cache, "c")
    assert names(cache) == {"c"}


def test_a_file_that_does_not_come_whole_is_not_there(tmp_path: Path) -> None:
    cache = FileCache(tmp_path, 100)

    def breaks() -> list[bytes]:
        raise DataError("damaged")

    with pytest.raises(DataError):
        cache.path("a", 100, breaks)
    assert names(cache) == set()


def test_a_copy_that_was_shortened_is_fetched_again(tmp_path: Path) -> None:
    cache = FileCache(tmp_path, 1000)
    ask(cache, "a").write_bytes(b"a")
    assert ask(cache, "a").read_bytes() == b"a" * 100
