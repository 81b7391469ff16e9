"""Foreign programs are fetched once and kept in the user's cache, by one test process at a time."""

from __future__ import annotations

import fcntl
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "reelscore-tests"


@contextmanager
def kept(name: str) -> Iterator[Path]:
    """The folder of a program; no other process fetches it meanwhile."""
    folder = CACHE / name
    folder.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def fetched(package: str, command: list[str], limit_s: float) -> None:
    """Run the command that fetches a package; where it cannot be had, the tests are skipped and say so."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit_s)
    except subprocess.TimeoutExpired:
        pytest.skip(f"{package} could not be fetched in {limit_s:g} s")
    if done.returncode:
        pytest.skip(f"{package} could not be fetched: {done.stderr.strip()[-200:]}")
