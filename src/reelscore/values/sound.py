"""Sound as arrays: float32, shape (frames, 2), -1..1, at `SAMPLE_RATE`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reelscore.values.time import Seconds

SAMPLE_RATE = 48_000
Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PlayedNote:
    """A note as somebody played it: seconds on the film's clock, velocity 1..127."""

    player: str
    at: Seconds
    duration: Seconds
    pitch: int
    velocity: int
    articulation: str = ""


@dataclass(frozen=True, slots=True)
class Stem:
    """One player after the mixer: stems, each times its gain, sum to the unmastered mix."""

    name: str
    role: str
    samples: Samples  # in memory, or mapped from a file
    gain: float = 1.0


@dataclass(frozen=True, slots=True)
class Loudness:
    """Measured by ITU-R BS.1770-4 and EBU Tech 3342."""

    integrated_lufs: float
    range_lu: float
    true_peak_dbtp: float


@dataclass(frozen=True, slots=True)
class Mix:
    """The finished music: `samples` mastered, `unmastered` the sum of the stems."""

    samples: Samples
    unmastered: Samples
    stems: tuple[Stem, ...]
    loudness: Loudness
    ducking_db: Samples | None = None  # gain applied under speech, shape (frames,), or None
