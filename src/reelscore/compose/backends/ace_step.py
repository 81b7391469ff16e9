"""ACE-Step 1.5 through diffusers: whole pieces of 10 seconds to 10 minutes, 48 kHz stereo, told tempo, key and meter.

The pipeline (`AceStepPipeline` of diffusers) finds out by itself whether the weights are of the turbo kind, which need
eight steps and no guidance. It takes no text of what to avoid.
"""

from __future__ import annotations

from importlib import import_module
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np

from reelscore.compose.backend import Asked, Backend, Generated, Place, Weights
from reelscore.compose.neural.asking import said_in_one
from reelscore.compose.neural.pipelines import as_sound, generator, loaded
from reelscore.values.progress import Watch

SHORTEST, LONGEST = 10, 600  # seconds it was trained for
SPARE = 2  # seconds more than asked for: its first downbeat is rarely at zero
TURBO_STEPS, STEPS = 8, 50
GUIDANCE = 7.0
TEMPI = 30, 300


def _generate(folder: Path, place: Place, asked: Asked, watch: Watch) -> Generated:
    pipeline = loaded(import_module("diffusers").AceStepPipeline, folder, place, "bfloat16")
    pipeline.vae.enable_tiling()  # minutes of music decoded in pieces
    asked = said_in_one(asked)
    steps = TURBO_STEPS if pipeline.is_turbo else STEPS
    watch("generate", 0.05)

    def each_step(_: Any, step: int, __: float, kept: dict[str, Any]) -> dict[str, Any]:
        watch("generate", 0.05 + 0.9 * (step + 1) / steps)
        return kept

    made = pipeline(
        prompt=asked.text,
        lyrics="[Instrumental]",
        audio_duration=float(np.clip(ceil(asked.seconds) + SPARE, SHORTEST, LONGEST)),
        bpm=int(np.clip(asked.bpm, *TEMPI)),
        keyscale=asked.key,
        timesignature=asked.meter.split("/")[0],
        num_inference_steps=steps,
        guidance_scale=1.0 if pipeline.is_turbo else GUIDANCE,
        generator=generator(asked.seed),
        callback_on_step_end=each_step,
    )
    return as_sound(made.audios, pipeline.sample_rate)


BACKEND = Backend(
    name="ace_step",
    title="ACE-Step 1.5",
    licence="MIT",
    commercial=True,
    needs=("torch", "diffusers", "transformers", "accelerate"),
    memory_gb=20,
    weights=Weights(
        name="ACE-Step/acestep-v15-xl-turbo-diffusers",
        licence="MIT",
        terms="the music may be used and sold.",
        accept=False,
        gated=False,
        index="model_index.json",
        model="AceStepPipeline",
    ),
    generate=_generate,
)
