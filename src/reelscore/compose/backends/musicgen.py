"""MusicGen through transformers: 32 kHz, 30 seconds at a time; longer pieces go on from their own last seconds.

Its weights are for non-commercial use only. It takes no text of what to avoid, and draws its chance from torch's own
generator, which whoever calls it keeps apart.
"""

from __future__ import annotations

from importlib import import_module
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np

from reelscore.compose.backend import Asked, Backend, Generated, Place, Weights
from reelscore.compose.neural.asking import said_in_one
from reelscore.compose.neural.pipelines import as_sound
from reelscore.values.progress import Watch

WINDOW = 30.0  # seconds it was trained on
REMEMBERED = 10.0  # seconds a further window hears of what came before
JOINT = 0.05  # seconds of crossfade
SPARE = 1.0
GUIDANCE = 3.0


class _Player:
    """The model at work: a window of sound at a time."""

    def __init__(self, folder: Path, place: Place, asked: Asked, watch: Watch) -> None:
        torch, transformers = import_module("torch"), import_module("transformers")
        self._torch, self._transformers = torch, transformers
        self._device = "cpu" if place.offload else place.device  # it comes in one piece
        kind = torch.float16 if self._device == "cuda" else torch.float32
        self._model = transformers.MusicgenForConditionalGeneration.from_pretrained(
            folder, local_files_only=True, use_safetensors=True, dtype=kind
        )
        self._model = self._model.to(self._device).eval()
        self._processor = transformers.AutoProcessor.from_pretrained(
            folder, local_files_only=True, trust_remote_code=False
        )
        self._text, self._watch = said_in_one(asked).text, watch
        self.rate = int(self._model.config.audio_encoder.sampling_rate)
        self._codes = self._model.config.audio_encoder.frame_rate
        self._books = self._model.decoder.num_codebooks
        self._done, self._all = 0, ceil((asked.seconds + SPARE) * self._codes)

    def more(self, before: Any, seconds: float) -> Any:
        """`seconds` of sound that go on from `before` (channels, samples), itself included; None begins."""
        torch = self._torch
        steps = ceil(seconds * self._codes)
        heard = {} if before is None else {"audio": before, "sampling_rate": self.rate}
        given = self._processor(text=[self._text], padding=True, return_tensors="pt", **heard).to(self._device)
        if "input_values" in given:
            given["input_values"] = given["input_values"].to(self._model.dtype)
        stop = self._transformers.StoppingCriteriaList([self._each_code])
        with torch.no_grad():
            made = self._model.generate(
                **given,
                do_sample=True,
                guidance_scale=GUIDANCE,
                max_new_tokens=steps + self._books,
                stopping_criteria=stop,
            )
        return made[0].float().cpu()

    def _each_code(self, codes: Any, _: Any, **__: Any) -> Any:
        self._done += 1
        self._watch("generate", 0.05 + 0.9 * min(1.0, self._done / self._all))
        return self._torch.zeros(codes.shape[0], dtype=self._torch.bool, device=codes.device)


def _joined(torch: Any, sound: Any, after: Any, common: int) -> Any:
    """`after` begins with the last `common` samples of `sound`, coded once more: one fades into the other."""
    fade = min(common, round(JOINT * common / REMEMBERED))
    rise = torch.linspace(0.0, 1.0, fade)
    start = sound.shape[1] - common
    both = sound[:, start : start + fade] * (1 - rise) + after[:, :fade] * rise
    return torch.cat([sound[:, :start], both, after[:, fade:]], dim=1)


def _generate(folder: Path, place: Place, asked: Asked, watch: Watch) -> Generated:
    torch = import_module("torch")
    player = _Player(folder, place, asked, watch)
    watch("generate", 0.05)
    wanted = asked.seconds + SPARE
    torch.manual_seed(asked.seed)
    sound = player.more(None, min(WINDOW, wanted))
    while sound.shape[1] < (wanted - 0.1) * player.rate:
        memory = sound[:, -round(REMEMBERED * player.rate) :]
        missing = wanted - sound.shape[1] / player.rate
        after = player.more(np.asarray(memory.squeeze(0)), min(WINDOW - REMEMBERED, missing))
        if after.shape[1] <= memory.shape[1]:
            break
        sound = _joined(torch, sound, after, memory.shape[1])
    return as_sound(sound[None], player.rate)


BACKEND = Backend(
    name="musicgen",
    title="MusicGen",
    licence="CC-BY-NC-4.0",
    commercial=False,
    needs=("torch", "transformers"),
    memory_gb=3,
    weights=Weights(
        name="facebook/musicgen-stereo-small",
        licence="CC-BY-NC-4.0",
        terms="not for commercial use; name the model when you publish the music.",
        accept=True,
        gated=False,
        index="config.json",
        model="MusicgenForConditionalGeneration",
    ),
    generate=_generate,
)
