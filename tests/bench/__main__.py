"""What the product costs, against its floor: `python -m tests.bench` (or `make bench`).

Scores a 60 s 1080p clip of 8 Mbit/s as a person would, beside one plain full decode of the same clip in the same run;
composes a 60 s track; then each stage alone in media-seconds per CPU-second. `python -m tests.bench CLIP` takes a clip
of your own; the one made here is hard to read, with a cut every 1.8 s and traps between. Wall times are only fair on a
machine that does nothing else. Accuracy has its own tables: `python -m tests.bench.cuts`, `python -m tests.bench.hits`.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from tests.acceptance.command import COMMAND
from tests.bench.cuts import BIG, OUT, made
from tests.media.truth import film

RUNS = 3
DECODE = """
import av, sys
with av.open(sys.argv[1]) as container:
    stream = container.streams.video[0]
    stream.codec_context.thread_type = "AUTO"
    print(sum(1 for _ in container.decode(stream)))
"""


def cpu() -> float:
    """CPU seconds of this process and of its ended children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Wall seconds, CPU seconds, result."""
    start, before = time.perf_counter(), cpu()
    result = work()
    return time.perf_counter() - start, cpu() - before, result


def row(name: str, media_s: float, wall: float, used: float, note: str = "") -> None:
    print(f"{name:34}{wall:8.2f} s wall{used:8.2f} s CPU{media_s / used:9.1f} x  {note}", flush=True)


def command(*words: str | Path) -> None:
    subprocess.run([COMMAND, *map(str, words), "--quiet", "--force"], check=True, stdout=subprocess.DEVNULL)


def whole(clip: Path, out: Path) -> None:
    """The two commands a person runs, and the floor, in turn so that all see the same machine."""
    decode, score, compose = [], [], []
    for _ in range(RUNS):
        plain = [sys.executable, "-c", DECODE, str(clip)]
        decode.append(timed(partial(subprocess.run, plain, check=True, stdout=subprocess.DEVNULL))[:2])
        score.append(timed(lambda: command("score", clip, "upbeat pop", "-o", out / "scored.mp4"))[:2])
        compose.append(timed(lambda: command("compose", "upbeat pop", "--duration", "60", "-o", out / "t.wav"))[:2])
    floor = median(wall for wall, _ in decode)
    row("plain full decode (the floor)", 60, floor, median(c for _, c in decode))
    wall = median(wall for wall, _ in score)
    row(
        "reelscore score", 60, wall, median(c for _, c in score), f"{wall - floor:+.2f} s against the floor (may be +2)"
    )
    wall = median(wall for wall, _ in compose)
    row("reelscore compose, 60 s", 60, wall, median(c for _, c in compose), "start-up included")


def stages(clip: Path, out: Path) -> None:
    """Each stage alone, in this process, kernels loaded."""
    from fractions import Fraction

    from reelscore.brief.make import make_brief
    from reelscore.catalogue import vocabulary, warm
    from reelscore.compose.write import write_score
    from reelscore.perform.record import record
    from reelscore.render.sound_files import write_audio
    from reelscore.understand.onsets import onsets
    from reelscore.understand.read import read_media
    from reelscore.values.brief import Wishes

    warm()
    wall, used, reading = timed(lambda: read_media(clip))
    row("  read the film (children)", 60, wall, used)
    for genre in sorted(vocabulary().genres):
        wishes = Wishes(genre=genre, duration=Fraction(60))
        wall, used, brief = timed(partial(make_brief, "", wishes, vocabulary(), reading))
        row(f"  {genre}: brief, tempo map", 60, wall, used)
        wall, used, score = timed(partial(write_score, brief))
        row(f"  {genre}: compose", 60, wall, used)
        record(score, brief.duration, brief.loudness, stems=False)
        wall, used, take = timed(partial(record, score, brief.duration, brief.loudness, stems=False))
        row(f"  {genre}: perform and master", 60, wall, used)
    wall, used, _ = timed(lambda: onsets(take.mix.samples, 48_000))
    row("  hear the onsets", 60, wall, used)
    wall, used, _ = timed(lambda: write_audio(take.programme, out / "t.m4a", force=True))
    row("  encode AAC, decode, measure", 60, wall, used)


def main() -> None:
    clip = Path(sys.argv[1]) if sys.argv[1:] else made(film(60, 1920, 1080, seed=11), "hd", "h264", BIG)
    print(f"{clip.name}: {clip.stat().st_size * 8 / 60 / 1e6:.1f} Mbit/s; every figure per 60 s of media\n")
    with tempfile.TemporaryDirectory() as folder:
        whole(clip, Path(folder))
        print()
        stages(clip, Path(folder))


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    main()
