"""Stable Audio Open through diffusers: up to 47 seconds of 44.1 kHz stereo, good at loops and textures.

Longer music repeats whole bars of it. Its sampler draws noise as it goes, from the package torchsde.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from reelscore.compose.backend import Asked, Backend, Generated, Place, Weights
from reelscore.compose.neural.pipelines import as_sound, generator, loaded
from reelscore.values.progress import Watch

STEPS = 100
GUIDANCE = 7.0
SPARE = 2.0  # seconds


def _generate(folder: Path, place: Place, asked: Asked, watch: Watch) -> Generated:
    pipeline = loaded(import_module("diffusers").StableAudioPipeline, folder, place, "float16")
    rate = int(pipeline.vae.config.sampling_rate)
    longest = pipeline.transformer.config.sample_size * pipeline.vae.hop_length / rate
    watch("generate", 0.05)

    def each_step(step: int, _: Any, __: Any) -> None:
        watch("generate", 0.05 + 0.9 * (step + 1) / STEPS)

    made = pipeline(
        prompt=asked.text,
        negative_prompt=asked.avoid,
        audio_end_in_s=min(asked.seconds + SPARE, longest),
        num_inference_steps=STEPS,
        guidance_scale=GUIDANCE,
        generator=generator(asked.seed),
        callback=each_step,
    )
    return as_sound(made.audios, rate)


BACKEND = Backend(
    name="stable_audio",
    title="Stable Audio Open 1.0",
    licence="Stability AI Community License",
    commercial=True,
    needs=("torch", "diffusers", "transformers", "accelerate", "torchsde"),
    memory_gb=5,
    weights=Weights(
        name="stabilityai/stable-audio-open-1.0",
        licence="the Stability AI Community License",
        terms="free below a yearly revenue of 1 million US dollars; register commercial use with Stability AI.",
        accept=True,
        gated=True,
        index="model_index.json",
        model="StableAudioPipeline",
    ),
    generate=_generate,
)
