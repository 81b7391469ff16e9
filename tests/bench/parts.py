"""What the quick parts cost: `python -m tests.bench.parts [WORDS]`, in CPU milliseconds of one core, kernels loaded.

The last line alone is wall time: from a message sent to a server with workers to the first event of its answer.

Each line is one thing a person waits for or that runs on every result, the figure it is held against (no more than
that on an ordinary computer) and what it took: the median of five. WORDS keeps the lines that hold them. Speed is read
here and judged by eye; the tests assert what is right, since a machine that runs tests is at times five times slower.
"""

from __future__ import annotations

import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from functools import partial
from importlib.resources import files
from pathlib import Path
from statistics import median
from typing import Any

RUNS = 5
FIRST = "a message's first event, wall"
Part = tuple[str, float, Callable[[], Any]]  # what, milliseconds at most, the work


def parts() -> Iterator[Part]:
    """Every part, each ready to run when it is asked for."""
    yield from reading()
    yield from music()
    yield from hearing()
    yield from editing()


def reading() -> Iterator[Part]:
    """A prompt while somebody types, and the longest that are allowed, at their worst."""
    from reelscore.brief.prompt import read_prompt
    from reelscore.brief.text import LONGEST_PROMPT
    from tests.unit.brief.small_vocabulary import SMALL
    from tests.unit.brief.test_prompt import REPEATED

    prompt = "calm lofi beat for a study vlog, 60 seconds, no drums in the intro, keep my voice"
    yield "an ordinary prompt", 5, partial(read_prompt, prompt, SMALL)
    for piece in REPEATED:
        yield f"{LONGEST_PROMPT} characters of {piece!r}", 500, partial(read_prompt, (piece * 4000)[:4000], SMALL)


def music() -> Iterator[Part]:
    """A tempo map, a composition, a performance."""
    from reelscore.compose.write import write_score
    from reelscore.perform.humanise import play
    from tests.unit.brief.test_hit_points import fit, lognormal_edit
    from tests.unit.compose.briefs import GENRES, bed
    from tests.unit.perform.scores import full_minute

    yield "a minute of 40 cuts fitted", 250, partial(fit, lognormal_edit(3, 40, 60), 60)
    for genre in GENRES:
        yield f"a minute of {genre} composed", 150, partial(write_score, bed(genre, seed=5))
    yield "a minute of 1,590 notes humanised", 100, partial(play, full_minute())


def hearing() -> Iterator[Part]:
    """What listens to sound."""
    import numpy as np

    from reelscore.understand.onsets import onsets
    from tests.unit.understand.grooves import groove
    from tests.unit.understand.test_beats import heard
    from tests.unit.understand.test_onsets import piece, pluck

    yield "the beats of a minute", 500, partial(heard, groove("rock", 120, seconds=60).sound)
    yield "the onsets of half a minute", 200, partial(onsets, np.asarray(piece(pluck, 48_000, 30.0)[0]), 48_000)


def editing() -> Iterator[Part]:
    """An edit, a guess at what a message means, and the longest edit decision list allowed by half."""
    from reelscore.converse.guess_model import wordings_for
    from reelscore.edit.registry import command, commands
    from reelscore.edit.samples import FACTS, SAMPLES
    from tests.unit.edit.test_validate import large, worked_on

    yield "an ordinary edit", 1, partial(command("volume").apply, SAMPLES["clips"](), {"to": 35}, FACTS)
    learnt = tomllib.loads((files("reelscore.converse") / "wordings" / "learnt.toml").read_text("utf-8"))
    line = next(line for name in learnt for line in learnt[name].strip().splitlines())
    yield "one guess", 2, partial(wordings_for(commands()).likely, line)
    yield "10,000 segments checked, written, edited", 7_500, partial(worked_on, large(10_000))


def spent(work: Callable[[], Any]) -> float:
    """Milliseconds of the processor, the median after one run that does not count."""
    work()
    taken = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return median(taken) * 1000


def first_event() -> float:
    """Wall milliseconds until a message's first event, the median."""
    from tests.foreign.serving import serving
    from tests.foreign.skill import SKILLS, Skill

    taken = []
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), "--accounts") as address:
        guest = Skill(address, next(iter(SKILLS)))
        guest.connect()
        for _ in range(RUNS + 1):
            began = time.perf_counter()
            guest.say("hello", leave_after=1)
            taken.append(time.perf_counter() - began)
        guest.http.close()
    return median(taken[1:]) * 1000


def main() -> None:
    wanted = " ".join(sys.argv[1:])
    for what, most, work in parts():
        if wanted in what:
            print(f"{what:44}{spent(work):10.2f} ms   of {most:g}", flush=True)
    if wanted in FIRST:
        print(f"{FIRST:44}{first_event():10.2f} ms   of 200", flush=True)


if __name__ == "__main__":
    main()
