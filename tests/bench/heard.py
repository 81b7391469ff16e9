"""Do the cuts sound? `python -m tests.bench.heard [FILMS]`: hits measured in the rendered music, not in the plan.

Films with random cuts (25 fps) are scored whole; onsets are found in the music alone, without knowing where they
should be. A cut is heard when something begins within one frame of it. Beside it: what moments thrown at random would
score in the same music, and what music of the same genre at a plain 120 bpm scores at the same cuts.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from reelscore.brief.make import make_brief
from reelscore.catalogue import vocabulary
from reelscore.compose.write import write_score
from reelscore.perform.record import record, warm
from reelscore.understand.onsets import chance, onset_errors, onsets
from reelscore.values.brief import Brief, Wishes
from reelscore.values.reading import Reading
from reelscore.values.sound import SAMPLE_RATE
from reelscore.values.time import Seconds
from tests.bench.hits import Cuts, lognormal, uniform
from tests.unit.brief.test_from_video import film

FRAME = Fraction(1, 25)
SECONDS = 60
KINDS: dict[str, Cuts] = {
    "2-6 s shots": uniform(2, 6, SECONDS),
    "24 cuts a minute": lognormal(24, SECONDS),
    "1-3 s shots": uniform(1, 3, SECONDS),
}
GENRES = ("pop", "cinematic", "house", "lofi", "rock")


def heard(brief: Brief, cuts: Sequence[Seconds]) -> tuple[float, float, float]:
    """Share of the cuts that sound, share of random moments that would, median distance in ms of those that do."""
    take = record(write_score(brief), brief.duration, brief.loudness, stems=False)
    times = onsets(take.mix.samples, SAMPLE_RATE)
    errors = np.abs(onset_errors(times, cuts))
    near = errors <= float(FRAME)
    distance = float(np.median(errors[near])) * 1000 if near.any() else float("inf")
    return float(near.mean()), chance(times, brief.duration, FRAME), distance


def row(kind: str, genre: str, number: int) -> tuple[float, ...]:
    """One film: planned on beats and downbeats, heard, by chance, at plain 120 bpm; milliseconds."""
    cuts = KINDS[kind](np.random.default_rng([number, SECONDS]))
    seen = film(SECONDS, sorted({round(at * 25) / 25 for at in cuts}))
    made = make_brief("", Wishes(genre=genre, seed=number + 1), vocabulary(), Reading(seen.info, seen, None))
    plain = make_brief(
        "", Wishes(genre=genre, seed=number + 1, bpm=Fraction(120), duration=Fraction(SECONDS)), vocabulary()
    )
    at = [shot.span.start for shot in seen.cuts]
    ours, random, distance = heard(made, at)
    assert made.fit is not None
    return made.fit.beat_rate, made.fit.downbeat_rate, ours, random, heard(plain, at)[0], distance


def main(films: int = 2) -> None:
    """Print the table."""
    warm()
    print(f"{'cuts':18}{'genre':12}{'beat':>6}{'down':>6} |{'heard':>6}{'chance':>7}{'at 120':>7} | ms")
    for kind in KINDS:
        for genre in GENRES:
            mean = np.mean([row(kind, genre, number) for number in range(films)], axis=0)
            print(
                f"{kind:18}{genre:12}{mean[0]:6.2f}{mean[1]:6.2f} |{mean[2]:6.2f}{mean[3]:7.2f}{mean[4]:7.2f} |"
                f"{mean[5]:5.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
