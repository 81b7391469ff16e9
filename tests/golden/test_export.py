"""A sample timeline as a file: edited by commands, planned, rendered by the workers, decoded by another reader.

Tolerances: pictures, samples and times exact in number; pictures SSIM 0.97 of what was composed (they went through an
encoder), sound within 1 dB in every 100 ms above -40 dB of full scale.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction as F
from pathlib import Path

import numpy as np
import pytest

from reelscore.edit.command import Command, apply_all
from reelscore.edit.registry import command
from reelscore.edit.samples import FACTS, SAMPLES
from reelscore.render.targets import Target
from reelscore.render.timeline_plan import plan_timeline
from reelscore.render.timeline_run import render_timeline
from reelscore.values.sound import SAMPLE_RATE
from reelscore.values.time import Span
from tests.golden.examples import LARGE, Studio, levels
from tests.golden.footage import Footage
from tests.unit.render.looking import declared_sound_length, frames_of, images_of, sound_of
from tests.unit.render.painting import likeness

LIKE, SOUND_DB, QUIET_DB = 0.97, 1.0, -40.0


@pytest.mark.slow
def test_an_edited_timeline_becomes_a_film_exact_to_the_frame_and_the_sample(tmp_path: Path) -> None:
    sources = Footage(tmp_path).sources
    start = replace(SAMPLES["clips"](), canvas=replace(SAMPLES["clips"]().canvas, width=LARGE[0], height=LARGE[1]))
    steps: list[tuple[Command, Mapping[str, object]]] = [
        (command("transition"), {}),
        (command("speed"), {"which": "clip 2", "factor": 1.25}),
        (command("title"), {"text": "Summer 2026"}),
        (command("volume"), {"which": "music", "to": 50}),
        (command("cut_last"), {"seconds": 0.7}),
    ]
    timeline = apply_all(start, steps, FACTS).timeline
    assert timeline.duration == F(25, 2)

    out = tmp_path / "film.mp4"
    speech: dict[str, tuple[Span, ...]] = {media: facts.speech for media, facts in FACTS.media.items()}
    plan = plan_timeline(timeline, sources, Target(".mp4"), speech)
    made = render_timeline(plan, out)
    assert (made.way, made.frames, made.samples) == ("compose", 375, 600_000)

    shown = images_of(out)
    assert [at for at, _ in frames_of(out)] == [F(n, 30) for n in range(375)]
    assert declared_sound_length(out) == F(600_000, SAMPLE_RATE)
    studio = Studio(sources)
    for n in (0, 60, 115, 170, 230, 374):
        assert likeness(shown[n], studio.strip(timeline, [F(n, 30)])[0]) >= LIKE, f"picture {n}"

    at, heard = sound_of(out)
    assert at == 0
    new, old = (levels(sound[:600_000]) for sound in (heard, studio.sound(timeline)))
    for side in ("left", "right"):
        loud = np.array(old[side]) > QUIET_DB
        assert loud.sum() > 60
        assert np.abs(np.subtract(new[side], old[side])[loud]).max() <= SOUND_DB
