"""How well the product's music meets the cuts: `python -m tests.bench.hits [EDITS] [GENRES]`.

Random edits (lognormal or uniform shot lengths, cut to whole frames; every size of change) are briefed as a film would
be: the genre is given or left to the picture, tempo and meter are the product's own choice. Each row is the mean of
several edits. "beat" and "down" are the shares of all cuts, counted one by one, within one frame of any beat and of a
downbeat; beside them what chance gives on the same map and what plain 120 bpm gives. What a listener could hear is the
largest change of tempo from one beat to the next (step), from one bar to the next (drift), and bars of another length
(odd), each with the worst edit's.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from time import process_time

import numpy as np

from reelscore.brief.hit_points import warm
from reelscore.brief.make import make_brief
from reelscore.catalogue import vocabulary
from reelscore.values.brief import Brief, Wishes
from reelscore.values.reading import MediaInfo, Reading, Shot, VideoReading, VideoStream
from reelscore.values.time import Span

Cuts = Callable[[np.random.Generator], list[float]]
GENRES = ("", "pop", "house", "cinematic")
ON = ("beat", "downbeat")


@dataclass(frozen=True)
class Edit:
    """A kind of edit to fit."""

    name: str
    seconds: int
    cuts: Cuts
    rate: Fraction = Fraction(30)
    meter: str | None = None


def lognormal(count: int, seconds: int, spread: float = 0.5) -> Cuts:
    """`count` cuts whose shots have lognormal lengths."""

    def cuts(rng: np.random.Generator) -> list[float]:
        shots = rng.lognormal(0, spread, count + 1)
        return list(np.cumsum(shots / shots.sum() * seconds)[:-1])

    return cuts


def uniform(shortest: float, longest: float, seconds: int) -> Cuts:
    """Shots of `shortest` to `longest` seconds."""

    def cuts(rng: np.random.Generator) -> list[float]:
        at = np.cumsum(rng.uniform(shortest, longest, int(seconds / shortest) + 1))
        return list(at[at < seconds - 0.5])

    return cuts


def on_grid(count: int, seconds: int, bpm: float) -> Cuts:
    """An edit made to music at `bpm`."""

    def cuts(rng: np.random.Generator) -> list[float]:
        beat = 60 / bpm
        places = rng.choice(np.arange(2, int(seconds / beat) - 2), count, replace=False)
        return sorted(0.21 + places * beat)

    return cuts


EDITS = (
    Edit("8 / 30 s lognormal", 30, lognormal(8, 30)),
    Edit("10 / 60 s lognormal", 60, lognormal(10, 60)),
    Edit("18 / 120 s lognormal", 120, lognormal(18, 120)),
    Edit("24 / 60 s lognormal", 60, lognormal(24, 60)),
    Edit("56 / 99 s lognormal", 99, lognormal(56, 99)),
    Edit("2-6 s shots, 30 s", 30, uniform(2, 6, 30)),
    Edit("2-6 s shots, 60 s", 60, uniform(2, 6, 60)),
    Edit("2-6 s, 60 s, 24 fps", 60, uniform(2, 6, 60), rate=Fraction(24000, 1001)),
    Edit("2-6 s, 60 s, 60 fps", 60, uniform(2, 6, 60), rate=Fraction(60)),
    Edit("2-6 s, 60 s, in 3/4", 60, uniform(2, 6, 60), meter="3/4"),
    Edit("2-6 s, 60 s, in 6/8", 60, uniform(2, 6, 60), meter="6/8"),
    Edit("1-3 s shots, 60 s", 60, uniform(1, 3, 60)),
    Edit("0.5-2 s shots, 30 s", 30, uniform(0.5, 2, 30)),
    Edit("28 / 60 s on 104 bpm", 60, on_grid(28, 60, 104)),
    Edit("200 / 10 min", 600, lognormal(200, 600)),
)


def film(edit: Edit, number: int) -> Reading:
    """What is seen of one edit."""
    rng = np.random.default_rng([number, edit.seconds])
    frames = sorted({round(at * float(edit.rate)) for at in edit.cuts(rng)} - {0})
    last = round(edit.seconds * edit.rate)
    duration = last / edit.rate
    stream = VideoStream(
        0, "h264", "High", "yuv420p", 640, 360, 640, 360, 0, edit.rate, False, last, Fraction(0), duration, 8, "",
        False, False, 1_000_000,
    )  # fmt: skip
    info = MediaInfo("film.mp4", "mp4", 1000, stream, None, 1, 1, False, duration)
    shots = tuple(
        Shot(Span(a / edit.rate, b / edit.rate), "cut" if a else "start", 1.0, rng.uniform(0.4, 1.0), 0.3, 0.5)
        for a, b in pairwise([0, *frames, last])
    )
    count = max(1, -(-duration // Fraction(1, 2)))
    level, lively = (0.4,) * count, (0.1,) * count
    seen = VideoReading(info, shots, level, level, (0.6,) * count, level, (0.7,) * count, lively, lively, (), False)
    return Reading(info, seen, None)


def drift_of(brief: Brief) -> float:
    """The largest change of mean tempo from one bar to the next, as a share."""
    bars, at = brief.tempo_map.bars, brief.tempo_map.seconds_at
    inside = [bar for bar in bars if at(bar.end) <= brief.duration]
    tempo = [float((at(bar.end) - at(bar.start)) / bar.meter.beats) for bar in inside]
    return max((abs(b / a - 1) for a, b in pairwise(tempo)), default=0.0)


def share(brief: Brief, targets: Sequence[str]) -> float:
    """The share of the cuts that landed on one of these, each counting once."""
    cuts = [result for result in brief.hits if result.hit.kind == "cut"]
    return sum(result.target in targets for result in cuts) / len(cuts)


def row(edit: Edit, genre: str, number: int) -> tuple[list[float], Brief]:
    """The figures of one edit."""
    reading = film(edit, number)
    wishes = Wishes(genre=genre or None, meter=edit.meter, seed=number + 1)
    began = process_time()
    brief = make_brief("", wishes, vocabulary(), reading)
    spent = process_time() - began
    f = brief.fit
    assert f is not None
    rates = [share(brief, ON), share(brief, ("downbeat",)), f.beat_rate, f.downbeat_rate]
    rates += [f.chance_beat_rate, f.chance_downbeat_rate, f.fixed_beat_rate, f.fixed_downbeat_rate]
    heard = [100 * f.largest_step, 100 * drift_of(brief), 100 * f.odd_bars]
    return [*rates, f.slowest_bpm, f.fastest_bpm, *heard, float(str(brief.meter) == "2/4"), spent], brief


def main(count: int = 4, genres: str = "") -> None:
    """Print the table."""
    warm()
    vocabulary()
    print(f"{'edit':22}{'genre':10} beat down | by weight | chance    | at 120    | bpm     | step% worst |", end="")
    print(" drift% worst | odd% worst | 2/4  CPU s")
    total = []
    for edit in EDITS:
        for genre in genres.split(",") if genres else GENRES:
            made = [row(edit, genre, number) for number in range(count if edit.seconds < 300 else 1)]
            table = np.array([figures for figures, _ in made])
            m, w = table.mean(axis=0), table.max(axis=0)
            total.append(m)
            missed = "" if m[0] >= 0.895 and m[1] >= 0.695 else " <"
            name = genre or f"{made[0][1].genre}*"
            print(
                f"{edit.name:22}{name:10} {m[0]:4.2f} {m[1]:4.2f} | {m[2]:4.2f} {m[3]:4.2f} |"
                f" {m[4]:4.2f} {m[5]:4.2f} | {m[6]:4.2f} {m[7]:4.2f} | {m[8]:3.0f}-{m[9]:3.0f} |"
                f" {m[10]:4.2f} {w[10]:5.2f} | {m[11]:5.1f} {w[11]:5.1f} | {m[12]:4.1f} {w[12]:5.1f} |"
                f" {m[13]:4.2f} {w[14]:5.2f}{missed}",
                flush=True,
            )
    m = np.mean(total, axis=0)
    print(f"{'all':32} {m[0]:4.2f} {m[1]:4.2f} | {m[2]:4.2f} {m[3]:4.2f} | {m[4]:4.2f} {m[5]:4.2f}")


if __name__ == "__main__":
    main(*(kind(argument) for kind, argument in zip((int, str), sys.argv[1:], strict=False)))
