"""Children work, are stopped at once with all they started, and are replaced when they die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from reelscore.edges.jobs import processes
from reelscore.edges.jobs.pool import CrashError, Pool, StoppedError
from reelscore.errors import BriefError

ROOT = Path(__file__).parents[4]
HERE = "tests.unit.edges.jobs.test_processes"
SOON_S = 120.0  # on a machine that does much else


# What the children do.


def answer(word: str, watch: Any) -> dict[str, Any]:
    watch("think", 0.5)
    return {"said": word, "pid": os.getpid()}


def refuse(watch: Any) -> None:
    raise BriefError("No such tempo.", "Try 120.")


def stumble(watch: Any) -> None:
    raise ZeroDivisionError


def die(watch: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def start_others(folder: str, watch: Any) -> None:
    """An encoder in a session of its own, as the renderer starts them, that never ends."""
    sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
    (Path(folder) / "pid").write_text(f"{os.getpid()} {sleeper.pid}")
    time.sleep(600)


def devour(watch: Any) -> None:
    held = [bytearray(b"x" * 50_000_000) for _ in range(20)]
    time.sleep(300)
    assert held


# What is true of them.


@pytest.fixture
def pool() -> Iterator[Pool]:
    held = Pool(1, most_bytes=600_000_000)
    yield held
    held.close()


def run(pool: Pool, function: str, stop: Any = lambda: False, **arguments: Any) -> Any:
    told: list[tuple[str, float]] = []
    return pool.run(f"{HERE}:{function}", arguments, lambda stage, share: told.append((stage, share)), stop)


def gone(*pids: int) -> bool:
    until = time.monotonic() + SOON_S
    while time.monotonic() < until:
        if not any(processes.alive(pid) for pid in pids):
            return True
        time.sleep(0.02)
    return False


def pids_in(folder: Path) -> list[int]:
    until = time.monotonic() + SOON_S
    while time.monotonic() < until:
        with suppress(OSError, ValueError):
            found = [int(word) for word in (folder / "pid").read_text().split()]
            if len(found) == 2:
                return found
        time.sleep(0.02)
    raise AssertionError("the child did not start")


@pytest.mark.slow
def test_one_child_does_one_thing_after_the_other(pool: Pool) -> None:
    first, second = run(pool, "answer", word="a"), run(pool, "answer", word="b")
    assert (first["said"], second["said"]) == ("a", "b")
    assert first["pid"] == second["pid"]


@pytest.mark.slow
def test_an_error_comes_through_as_it_was_raised(pool: Pool) -> None:
    with pytest.raises(BriefError) as refused:
        run(pool, "refuse")
    assert (refused.value.message, refused.value.hint) == ("No such tempo.", "Try 120.")


@pytest.mark.slow
@pytest.mark.parametrize("function", ["stumble", "die"])
def test_a_child_that_ends_otherwise_has_crashed_and_another_takes_its_place(pool: Pool, function: str) -> None:
    with pytest.raises(CrashError):
        run(pool, function)
    assert run(pool, "answer", word="a")["said"] == "a"


@pytest.mark.slow
def test_a_child_that_takes_too_much_memory_is_ended(pool: Pool) -> None:
    with pytest.raises(CrashError, match="memory"):
        run(pool, "devour")


@pytest.mark.slow
def test_work_that_is_stopped_is_gone_at_once_with_all_it_started(pool: Pool, tmp_path: Path) -> None:
    """By itself it would go on for ten minutes."""
    asked = threading.Event()
    began: list[float] = []

    def watch() -> None:
        began.extend(pids_in(tmp_path))
        began.append(time.monotonic())
        asked.set()

    threading.Thread(target=watch).start()
    with pytest.raises(StoppedError):
        run(pool, "start_others", asked.is_set, folder=str(tmp_path))
    *pids, at = began
    assert gone(*(int(pid) for pid in pids))
    assert time.monotonic() - at < 60


@pytest.mark.slow
def test_when_the_parent_is_killed_nothing_is_left(tmp_path: Path) -> None:
    program = (
        "from reelscore.edges.jobs.pool import Pool; "
        f"Pool(1).run('{HERE}:start_others', {{'folder': {str(tmp_path)!r}}}, lambda *_: None, lambda: False)"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": str(ROOT)})
    pids = pids_in(tmp_path)
    parent.kill()
    parent.wait()
    assert gone(*pids)


def test_a_process_is_known_by_when_it_started(tmp_path: Path) -> None:
    sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    name = processes.name_of(sleeper.pid)
    host, pid, started = name.split(":")
    assert not processes.is_gone(name)
    assert processes.is_gone(f"{host}:{pid}:{int(started) - 1}")
    assert not processes.is_gone(f"elsewhere:{pid}:1")
    sleeper.kill()
    sleeper.wait()
    assert processes.is_gone(name)
