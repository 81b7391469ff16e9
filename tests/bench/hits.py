"""How well tempo maps serve cuts: `python -m tests.bench.hits`.

Random edits (lognormal or uniform shot lengths, cut to whole frames) at 30 fps, or 25 where said. Each row is the mean
of several edits. "beat" and "down" are the shares of cuts within one frame of any beat and of a downbeat, with what
chance gives on the same map, what plain 120 bpm gives and what the best constant tempo gives beside them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from time import process_time

import numpy as np

from reelscore.brief.hit_points import TempoFit, fit_tempo
from reelscore.brief.landing import figures_of, landings
from reelscore.brief.steady import steady_maps
from reelscore.values.brief import Hit
from reelscore.values.time import Meter

Cuts = Callable[[np.random.Generator], list[float]]
LOW, HIGH = Fraction(70), Fraction(150)
FOUR_FOUR = Meter(4, 4)


@dataclass(frozen=True)
class Edit:
    """A kind of edit to fit."""

    name: str
    seconds: int
    cuts: Cuts
    bpm: int = 110
    rate: Fraction = Fraction(30)
    meter: Meter = FOUR_FOUR
    weighted: bool = False


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
    Edit("24 / 60 s lognormal", 60, lognormal(24, 60)),
    Edit("24 / 60 s, weighted", 60, lognormal(24, 60), weighted=True),
    Edit("18 / 120 s lognormal", 120, lognormal(18, 120)),
    Edit("56 / 99 s lognormal", 99, lognormal(56, 99)),
    Edit("2-6 s shots, 30 s", 30, uniform(2, 6, 30)),
    Edit("2-6 s shots, 60 s", 60, uniform(2, 6, 60)),
    Edit("2-6 s, 60 s, 85 bpm", 60, uniform(2, 6, 60), bpm=85),
    Edit("2-6 s, 60 s, 3/4", 60, uniform(2, 6, 60), meter=Meter(3, 4)),
    Edit("2-6 s, 60 s, 6/8", 60, uniform(2, 6, 60), meter=Meter(6, 8)),
    Edit("2-6 s, 60 s, 25 fps", 60, uniform(2, 6, 60), rate=Fraction(25)),
    Edit("1-3 s shots, 60 s", 60, uniform(1, 3, 60)),
    Edit("1-3 s shots, 60 s, 2/4", 60, uniform(1, 3, 60), meter=Meter(2, 4)),
    Edit("24 / 60 s lognor., 2/4", 60, lognormal(24, 60), meter=Meter(2, 4)),
    Edit("24 / 60 s weigh., 2/4", 60, lognormal(24, 60), weighted=True, meter=Meter(2, 4)),
    Edit("28 / 60 s on 104 bpm", 60, on_grid(28, 60, 104)),
    Edit("200 / 10 min", 600, lognormal(200, 600)),
)


def hits_of(edit: Edit, number: int) -> list[Hit]:
    """The cuts of one edit, on whole frames."""
    rng = np.random.default_rng([number, edit.seconds])
    frames = sorted({round(at * float(edit.rate)) for at in edit.cuts(rng)})
    weights = rng.uniform(0.4, 1.0, len(frames)) if edit.weighted else np.ones(len(frames))
    return [Hit(frame / edit.rate, float(w), "cut") for frame, w in zip(frames, weights, strict=True)]


def row(edit: Edit, number: int) -> tuple[list[float], TempoFit]:
    """The figures of one edit."""
    hits = hits_of(edit, number)
    duration, bpm = Fraction(edit.seconds), Fraction(edit.bpm)
    began = process_time()
    fit = fit_tempo(hits, duration, edit.rate, bpm, LOW, HIGH, False, edit.meter)
    spent = process_time() - began
    frame = 1 / edit.rate
    steady = steady_maps(hits, duration, frame, bpm, (max(LOW, bpm * 3 / 4), min(HIGH, bpm * 5 / 4)), edit.meter)[0]
    constant = figures_of(steady, landings(steady, hits, duration, frame), duration, frame, edit.meter)
    f = fit.figures
    rates = [f.beat_rate, f.downbeat_rate, constant.beat_rate, constant.downbeat_rate, f.fixed_beat_rate]
    rates += [f.fixed_downbeat_rate, f.chance_beat_rate, f.chance_downbeat_rate]
    tempo = [f.slowest_bpm, f.fastest_bpm, 100 * f.largest_step, 100 * f.odd_bars]
    error = max((abs(float(r.error)) for r in fit.hits if r.target in ("beat", "downbeat")), default=0.0)
    return [*rates, *tempo, 1000 * error, float(f.constant), spent], fit


def main(count: int = 6) -> None:
    """Print the table."""
    rates = "beat down | const: beat down | 120: beat down | chance: beat down"
    print(f"{'edit':22} {rates} | bpm       step%  worst | odd%  worst | err ms const CPU s")
    warm_up = EDITS[0]
    row(warm_up, 99)
    for edit in EDITS:
        table = np.array([row(edit, number)[0] for number in range(count if edit.seconds < 300 else 2)])
        m, worst = table.mean(axis=0), table.max(axis=0)
        print(
            f"{edit.name:22} {m[0]:4.2f} {m[1]:4.2f} |        {m[2]:4.2f} {m[3]:4.2f} |      {m[4]:4.2f} {m[5]:4.2f} |"
            f"         {m[6]:4.2f} {m[7]:4.2f} | {m[8]:4.0f}-{m[9]:3.0f} {m[10]:6.2f} {worst[10]:6.2f} |"
            f" {m[11]:4.1f} {worst[11]:6.1f} | {worst[12]:6.1f} {m[13]:5.2f} {worst[14]:5.2f}"
        )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
