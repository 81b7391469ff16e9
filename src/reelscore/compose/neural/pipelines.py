"""What all models loaded through torch share: local files only, no pickles, noise drawn on the processor.

Noise from the processor's generator is the same whatever device the model runs on.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import numpy as np

from reelscore.compose.backend import Generated, Place


@contextmanager
def apart() -> Iterator[None]:
    """The libraries without their bars and warnings, torch with chance of its own; all put back afterwards."""
    loggers = [import_module(f"{name}.utils.logging") for name in ("transformers", "diffusers") if find_spec(name)]
    levels = [logger.get_verbosity() for logger in loggers]
    for logger in loggers:
        logger.set_verbosity_error()
        logger.disable_progress_bar()
    try:
        with warnings.catch_warnings(), _own_chance():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.set_verbosity(level)
            logger.enable_progress_bar()


def _own_chance() -> AbstractContextManager[None]:
    if find_spec("torch") is None:
        return nullcontext()
    torch = import_module("torch")
    return cast(AbstractContextManager[None], torch.random.fork_rng(devices=range(torch.cuda.device_count())))


def loaded(kind: Any, folder: Path, place: Place, half: str) -> Any:
    """A diffusers pipeline of class `kind` from `folder`, at work on `place`; half precision on graphics cards."""
    torch = import_module("torch")
    dtype = getattr(torch, half) if place.device == "cuda" else torch.float32
    pipeline = kind.from_pretrained(folder, local_files_only=True, use_safetensors=True, dtype=dtype)
    pipeline.set_progress_bar_config(disable=True)
    if place.offload:
        pipeline.enable_model_cpu_offload()
        return pipeline
    return pipeline.to(place.device)


def generator(seed: int) -> Any:
    return import_module("torch").Generator("cpu").manual_seed(seed)


def as_sound(audios: Any, rate: int) -> Generated:
    """The first of a batch (batch, channels, samples) as (frames, channels)."""
    first = audios[0].detach().float().cpu().numpy()
    return Generated(np.ascontiguousarray(first.T, np.float32), rate)
