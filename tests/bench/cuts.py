"""Cuts against the truth, and what reading the picture costs against decoding it.

    python -m tests.bench.cuts            # every encoding, sparing and whole; then a 60 s 1080p clip of 8 Mbit/s
    python -m tests.bench.cuts FILE...    # cost of these files instead

Wall times are only fair on a machine that does nothing else; CPU seconds always are.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import av

from reelscore.understand.picture import read_picture
from reelscore.understand.probe import probe
from reelscore.understand.viewing import CHEAP_S
from reelscore.values.reading import VideoReading
from tests.media.scenes import RATE
from tests.media.truth import ENCODINGS, Film, film, score, single_shots

OUT = Path(tempfile.gettempdir()) / "reelscore-bench-cuts"
BIG = ("-b:v", "8M", "-maxrate", "12M", "-bufsize", "16M")
WAYS = {"sparing": 0.0, "whole": 1e9}


def timed(work: Callable[[], VideoReading | int]) -> tuple[VideoReading | int, float, float]:
    """What the work gives, its wall and its CPU seconds (all threads)."""
    before, start = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    result = work()
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF)
    return result, wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def read(path: Path, whole_below_s: float) -> VideoReading:
    return read_picture(path, probe(path), whole_below_s=whole_below_s)


def plain_decode(path: Path) -> int:
    """Every frame decoded with all cores, nothing looked at."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_type = "AUTO"
        return sum(1 for _ in container.decode(stream))


def made(truth: Film, name: str, encoding: str, extra: tuple[str, ...] = ()) -> Path:
    OUT.mkdir(exist_ok=True)
    path = OUT / f"{name}_{encoding}.{'webm' if encoding == 'vp9' else 'mp4'}"
    return path if path.exists() else truth.write(path, encoding, extra)


def accuracy() -> None:
    truth = film(100)
    print(f"truth film: {len(truth.cuts)} cuts, {len(truth.gradual)} gradual, {truth.frames / RATE:.0f} s, 640x360")
    print(f"{'encoding':20}{'way':9}{'P':>7}{'R':>7}{'F1':>7}{'grad':>6}{'CPU s':>8}{'s/CPU s':>9}")
    for encoding in ENCODINGS:
        path = made(truth, "truth", encoding)
        for way, cheap_s in WAYS.items():
            reading, _, cpu = timed(partial(read, path, cheap_s))
            assert isinstance(reading, VideoReading)
            rated = score(truth, [(round(shot.span.start * RATE), shot.opening) for shot in reading.cuts])
            figures = f"{rated.precision:7.3f}{rated.recall:7.3f}{rated.f1:7.3f}{rated.gradual:6d}"
            print(f"{encoding:20}{way:9}{figures}{cpu:8.2f}{truth.frames / RATE / cpu:9.0f}", flush=True)
    for way, cheap_s in WAYS.items():
        false = {}
        for name, one in single_shots().items():
            path = made(one, name, "h264")
            false[name] = len(read(path, cheap_s).cuts)
        print(f"single shots, {way}: {sum(false.values())} false openings in {len(false)} clips")


def cost(path: Path, truth: Film | None = None) -> None:
    """Reading the picture as the product does, against a plain decode of the same file in the same run."""
    reading, wall, cpu = timed(partial(read, path, CHEAP_S))
    _, decode_wall, decode_cpu = timed(partial(plain_decode, path))
    assert isinstance(reading, VideoReading)
    length = float(reading.info.duration)
    print(f"{path.name}: {length:.0f} s, {path.stat().st_size * 8e-6 / length:.1f} Mbit/s")
    for what, w, c in (("read the picture", wall, cpu), ("plain full decode", decode_wall, decode_cpu)):
        print(f"  {what:18} wall {w:6.2f} s   CPU {c:6.2f} s   {length / c:5.1f} media-s per CPU-s")
    print(f"  share of a decode  wall {wall / decode_wall:6.2f}     CPU {cpu / decode_cpu:6.2f}")
    if truth:
        rated = score(truth, [(round(shot.span.start * RATE), shot.opening) for shot in reading.cuts])
        print(f"  F1 {rated.f1:.3f}  false {rated.false}  missed {rated.missed}")


def main() -> None:
    if sys.argv[1:]:
        for name in sys.argv[1:]:
            cost(Path(name))
        return
    accuracy()
    truth = film(60, 1920, 1080, seed=11)
    cost(made(truth, "hd", "h264", BIG), truth)


if __name__ == "__main__":
    main()
