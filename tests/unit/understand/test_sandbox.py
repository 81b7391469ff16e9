"""Whatever a child does, its parent goes on: with a result, or with one error that says why."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reelscore.errors import BriefError, CancelledError, MediaError
from reelscore.sandbox.child import MIB, Limits
from reelscore.sandbox.jobs import Job, Standing, run_jobs

pytestmark = pytest.mark.slow

CHILDREN = "tests.unit.understand.children:"


def job(name: str, limits: Limits | None = None, weight: float = 1.0, **arguments: object) -> Job:
    return Job(CHILDREN + name, arguments, "The file", weight, limits or Limits())


def gone(pid: int) -> bool:
    """The process has ended (or waits only for its parent's look)."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def test_results_come_back_in_order_and_noise_is_swallowed(capfd: pytest.CaptureFixture[str]) -> None:
    """Two jobs side by side; values as JSON; nothing printed."""
    results = run_jobs([job("answers", text="a"), job("answers", text="ü\n")])
    assert results == [["a", {"start": "0", "end": "3/2"}], ["ü\n", {"start": "0", "end": "3/2"}]]
    assert capfd.readouterr() == ("", "")


def test_progress_of_all_jobs_is_one_rising_share() -> None:
    """From 0 to 1, weighted, never back."""
    shares: list[float] = []
    run_jobs([job("answers", text="a", weight=3.0), job("answers", text="b")], lambda _, share: shares.append(share))
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)
    assert len(set(shares)) > 3


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("raises_media_error", MediaError, r"It is broken\. Mend it\."),
        ("raises_brief_error", BriefError, r"A wish\. Wish again\."),
        ("raises_anything", MediaError, "cannot be analysed: KeyError"),
        ("crashes", MediaError, "The file makes the decoder crash"),
        ("exits", MediaError, r"crash \(code 5\)"),
        ("killed", MediaError, "The file needs more memory"),
        ("asks_for_too_much", MediaError, "The file needs more memory"),
    ],
)
def test_every_end_of_a_child_is_one_readable_error(name: str, kind: type[Exception], words: str) -> None:
    """Own errors come through as they are; everything else becomes a MediaError."""
    with pytest.raises(kind, match=words):
        run_jobs([job(name)])


def test_memory_really_used_is_limited() -> None:
    """A child that eats memory ends at its limit, not the machine's."""
    with pytest.raises(MediaError, match="needs more memory"):
        run_jobs([job("eats_memory", Limits(resident=200 * MIB))])


def test_memory_of_the_parent_does_not_count() -> None:
    """A large program may start small children."""
    held = bytearray(os.urandom(1 << 20) * 400)
    assert run_jobs([job("answers", Limits(resident=200 * MIB), text="small")])[0][0] == "small"
    assert len(held) == 400 << 20


def test_processor_time_is_limited_until_the_job_has_earned_more() -> None:
    """Two seconds are too little for three; asking for more in time is enough."""
    short = Limits(cpu_seconds=2)
    with pytest.raises(MediaError, match="takes far longer"):
        run_jobs([job("spins", short, for_s=3.0, more=0)])
    assert run_jobs([job("spins", short, for_s=2.2, more=30)]) == ["done"]


def test_large_files_cannot_be_written(tmp_path: Path) -> None:
    """Not more than the limit, whatever the decoder does."""
    with pytest.raises(MediaError):
        run_jobs([job("writes", Limits(file_size=1 * MIB), path=str(tmp_path / "big"))])
    assert (tmp_path / "big").stat().st_size <= 1 * MIB


def test_a_child_that_says_nothing_for_too_long_is_ended(tmp_path: Path) -> None:
    """Hanging is an error too."""
    note = tmp_path / "pids"
    with pytest.raises(MediaError, match="takes far longer"):
        run_jobs([job("sleeps", Limits(stalled_seconds=4.0), note=str(note))])
    assert all(gone(int(pid)) for pid in note.read_text().split())


def test_a_watch_that_stops_the_work_leaves_no_process(tmp_path: Path) -> None:
    """The child and what it started are gone when the error arrives."""
    note = tmp_path / "pids"

    def watch(stage: str, share: float) -> None:
        if share >= 0.5:
            raise CancelledError

    with pytest.raises(CancelledError):
        run_jobs([job("sleeps", note=str(note))], watch)
    assert all(gone(int(pid)) for pid in note.read_text().split())


def test_the_failure_of_one_job_ends_the_others(tmp_path: Path) -> None:
    """No sibling is left running."""
    note = tmp_path / "pids"
    with pytest.raises(MediaError, match="broken"):
        run_jobs([job("sleeps", note=str(note)), job("raises_media_error")])
    assert not note.exists() or all(gone(int(pid)) for pid in note.read_text().split())


def test_a_child_does_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    """Even when the parent gets no chance to clean up."""
    note = tmp_path / "pids"
    code = (
        f"import sys; sys.path[:] = {[p for p in sys.path if p]!r}\n"
        "from tests.unit.understand.test_sandbox import job\n"
        "from reelscore.sandbox.jobs import run_jobs\n"
        f"run_jobs([job('sleeps', note={str(note)!r})])"
    )
    parent = subprocess.Popen([sys.executable, "-c", code])
    deadline = time.monotonic() + 120
    while not (note.exists() and note.read_text()) and time.monotonic() < deadline:
        time.sleep(0.02)
    parent.kill()
    parent.wait()
    assert all(gone(int(pid)) for pid in note.read_text().split())


def test_the_folder_one_is_in_is_not_searched_for_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file named like a library beside the film is never run."""
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    assert run_jobs([job("answers", text="safe")])[0][0] == "safe"


def test_a_child_that_stays_does_several_jobs_and_is_replaced_in_time() -> None:
    standing = Standing(jobs=3)
    who = [standing.run(job("tells_its_process")) for _ in range(7)]
    assert [len(set(who[:3])), len(set(who[3:6])), len(set(who))] == [1, 1, 3]
    assert gone(who[0])
    assert gone(who[3])
    assert standing.run(job("answers", text="a")) == ["a", {"start": "0", "end": "3/2"}]


def test_what_goes_wrong_in_it_costs_nobody_else() -> None:
    """A new child takes over, and each job has the CPU time that one of its own would have."""
    standing = Standing()
    first = standing.run(job("tells_its_process"))
    for name in ("crashes", "killed", "exits", "raises_media_error"):
        with pytest.raises(MediaError):
            standing.run(job(name))
    second = standing.run(job("tells_its_process"))
    assert gone(first)
    for _ in range(2):
        assert standing.run(job("spins", Limits(cpu_seconds=3), for_s=1.6, more=0.0)) == "done"
    assert standing.run(job("tells_its_process")) == second
    os.kill(second, 9)
    assert gone(second)
    assert standing.run(job("answers", text="b"))[0] == "b"


def test_a_child_that_stays_ends_with_its_parent() -> None:
    code = (
        "import sys, time; from tests.unit.understand.test_sandbox import job; from reelscore.sandbox import jobs; "
        "standing = jobs.Standing(); print(standing.run(job('tells_its_process')), flush=True); time.sleep(600)"
    )
    here = {**os.environ, "PYTHONPATH": os.getcwd()}
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=here)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    assert gone(child)


def test_children_started_ahead_do_the_next_jobs_and_none_is_left_behind() -> None:
    """The first two jobs are done in the waiting children, in order; the third, for which no job came, ends."""
    script = f"""
import sys
sys.path.append({str(Path(__file__).resolve().parents[3])!r})
from reelscore.sandbox import jobs
from reelscore.sandbox.jobs import Job, run_jobs, start_ahead
start_ahead(*["reelscore.values.time"] * 3)
waiting = [child.pid for child in jobs._AHEAD]
found = run_jobs([Job({CHILDREN + "tells_its_process"!r}, {{}}, "The file")] * 2)
print(found == waiting[:2], waiting[2])
"""
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert told[0] == "True"
    assert gone(int(told[1]))
