"""What a track of each genre costs a person: `python -m tests.bench.tracks [GENRE ...] [--seconds 60] [--runs 3]`.

Runs `reelscore compose` as a process of its own, once for the track alone and once with `--bundle`, which keeps every
stem, in turn and several times; the least of each is shown, for a busy machine only ever adds. CPU is user and system
time of the process and its children, `cores` CPU by wall (2 is all there is), peak the largest resident memory.
Wanted for 60 s on two cores: at most 4 s of wall and 600 MB with stems, and stems at most 10 % of CPU on top.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from reelscore.catalogue import vocabulary


@dataclass(frozen=True)
class Cost:
    """What one run took: seconds, and MB at most."""

    cpu: float
    wall: float
    peak: float


def run(*words: str | Path) -> Cost:
    """`reelscore WORDS` to its end, by the interpreter that runs this."""
    command = [sys.executable, "-m", "reelscore", *map(str, words), "--quiet", "--force"]
    start = time.perf_counter()
    own = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}  # as installed
    silence = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    process = os.posix_spawn(sys.executable, command, own, file_actions=[silence])
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - start
    if status:
        raise SystemExit(f"failed: {' '.join(command)}")
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def least(costs: list[Cost]) -> Cost:
    """The least of everything, each on its own."""
    return Cost(min(c.cpu for c in costs), min(c.wall for c in costs), max(c.peak for c in costs))


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("genres", nargs="*", metavar="GENRE")
    words.add_argument("--seconds", type=float, default=60)
    words.add_argument("--runs", type=int, default=3)
    said = words.parse_args()
    print(f"{'':16}{'CPU s':>8}{'wall s':>8}{'MB':>6}   stems:{'CPU s':>8}{'wall s':>8}{'cores':>7}{'MB':>6}{'CPU':>7}")
    with tempfile.TemporaryDirectory() as folder:
        track, bundle = Path(folder) / "track.wav", Path(folder) / "bundle"
        for genre in said.genres or sorted(vocabulary().genres):
            alone: list[Cost] = []
            stems: list[Cost] = []
            order = ("compose", "", "--genre", genre, "--duration", f"{said.seconds:g}", "--output", track)
            for _ in range(said.runs):
                alone.append(run(*order))
                stems.append(run(*order, "--bundle", bundle))
            a, s = least(alone), least(stems)
            print(
                f"{genre:16}{a.cpu:8.2f}{a.wall:8.2f}{a.peak:6.0f}{s.cpu:15.2f}{s.wall:8.2f}{s.cpu / s.wall:7.2f}"
                f"{s.peak:6.0f}{100 * (s.cpu / a.cpu - 1):+6.0f}%",
                flush=True,
            )


if __name__ == "__main__":
    main()
