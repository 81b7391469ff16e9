"""What a music back-end is, and which there are: one file of `backends` each, found by looking into the folder.

A back-end turns a Brief into a Score (`compose`: rules, played by this package's own instruments) or into sound
(`generate`: a trained model). Nothing heavy is imported before a model is really used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from reelscore.errors import BriefError, one_of
from reelscore.values.brief import Brief
from reelscore.values.progress import Watch
from reelscore.values.score import Score


@dataclass(frozen=True, slots=True)
class Asked:
    """What a model is asked for, in the words and numbers that models understand."""

    text: str
    avoid: str  # what must not be heard, for models that take it
    seconds: float
    seed: int
    bpm: int
    key: str  # "A minor"
    meter: str  # "4/4"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a model runs: "cpu", "cuda" or "mps"; `offload` moves only the part at work onto the device."""

    device: str
    offload: bool = False


@dataclass(frozen=True, slots=True)
class Generated:
    """Sound as the model gave it: float32 (frames, channels) at its own rate."""

    samples: NDArray[np.float32]
    rate: int


@dataclass(frozen=True, slots=True)
class Weights:
    """What a model learned, as it is published."""

    name: str  # on the Hugging Face hub
    licence: str
    terms: str  # what the licence means for somebody who wants to use the music, in a sentence
    accept: bool  # must the user accept the licence before each use?
    gated: bool  # must it be accepted on the hub before it can be fetched?
    index: str  # the file without which the folder is not this model: "model_index.json"
    model: str  # what that file names as the model's class


@dataclass(frozen=True, slots=True)
class Backend:
    """One way to get music from a brief: either `compose` or `generate` is there."""

    name: str
    title: str
    licence: str  # of what it brings: rules, weights
    commercial: bool  # may the music be sold?
    needs: tuple[str, ...] = ()  # packages; () for none
    memory_gb: float = 0.0  # for the published weights, on a graphics card
    weights: Weights | None = None
    compose: Callable[[Brief], Score] | None = None
    generate: Callable[[Path, Place, Asked, Watch], Generated] | None = None


@cache
def backends() -> MappingProxyType[str, Backend]:
    """All of them by name, sorted."""
    folder = Path(__file__).with_name("backends")
    names = sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
    found = [import_module(f"reelscore.compose.backends.{name}").BACKEND for name in names]
    return MappingProxyType({backend.name: backend for backend in found})


def backend(name: str) -> Backend:
    """The back-end of this name. Raises BriefError, which names the others."""
    if name not in backends():
        raise BriefError(f'There is no music back-end "{name}".', one_of(name, backends()))
    return backends()[name]
