"""What the sampler plays, whatever file it comes from: zones in the terms of the SoundFont specification, and samples.

SoundFonts are read into these by `soundfont`, SFZ instruments by `sfz`. Numbers of generators and their units:
SoundFont Technical Specification 2.04 (E-mu, 2006), 8.1.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

MARGIN = 96  # silent frames before, and looped or silent frames twice after, every decoded sample
LONGEST_FRAMES = 1 << 24  # a sample that claims more is hostile
HELD_BYTES = 256 << 20  # decoded samples kept by one bank


class Gen:
    """Generator numbers (specification, 8.1.2) that the sampler honours."""

    MOD_LFO_TO_PITCH, VIB_LFO_TO_PITCH, MOD_ENV_TO_PITCH = 5, 6, 7
    FILTER_FC, FILTER_Q, MOD_LFO_TO_FILTER, MOD_ENV_TO_FILTER = 8, 9, 10, 11
    MOD_LFO_TO_VOLUME, PAN = 13, 17
    DELAY_MOD_LFO, FREQ_MOD_LFO, DELAY_VIB_LFO, FREQ_VIB_LFO = 21, 22, 23, 24
    MOD_ENV, VOL_ENV = 25, 33  # delay, attack, hold, decay, sustain, release, key to hold, key to decay follow
    INSTRUMENT, KEYS, VELOCITIES, KEY, VELOCITY = 41, 43, 44, 46, 47
    ATTENUATION, COARSE, FINE, SAMPLE, MODES, SCALE, EXCLUSIVE, ROOT = 48, 51, 52, 53, 54, 56, 57, 58
    COUNT = 61


_INSTANT = (21, 23, 25, 26, 27, 28, 30, 33, 34, 35, 36, 38)  # timecents: 1 ms unless told


def _defaults() -> tuple[int, ...]:
    values = [0] * Gen.COUNT
    for kind in _INSTANT:
        values[kind] = -12000
    values[Gen.FILTER_FC], values[Gen.SCALE] = 13500, 100
    values[Gen.KEY] = values[Gen.VELOCITY] = values[Gen.ROOT] = -1
    return tuple(values)


DEFAULTS = _defaults()


@dataclass(frozen=True, slots=True)
class Zone:
    """One sample of a preset with everything added up. Ranges are inclusive; `generators` holds all `Gen.COUNT`.

    The rest is what only SFZ instruments say.
    """

    keys: tuple[int, int]
    velocities: tuple[int, int]
    sample: int
    generators: tuple[int, ...]
    turns: tuple[float, float] = (0.0, 1.0)  # sounds for this part of all draws from 0 to 1: round robin
    touch: float = 1.0  # how much velocity matters to loudness
    whole: bool = False  # sounds to its end, however short the note
    stopped_by: int | None = None  # the class that stops it; None: its own exclusive class

    def takes(self, key: int, velocity: int) -> bool:
        """Does this zone sound for this key and velocity?"""
        return self.keys[0] <= key <= self.keys[1] and self.velocities[0] <= velocity <= self.velocities[1]


@dataclass(frozen=True, slots=True)
class Sample:
    """Decoded mono sound: float32, `MARGIN` frames of silence first. Places count from the array's start.

    `loop_end` is 0 where there is no loop; else the `2 * MARGIN` frames after it repeat the loop, so an
    interpolator may read past the end of the loop and wrap without a seam.
    """

    frames: NDArray[np.float32]
    start: int
    end: int
    loop_start: int
    loop_end: int
    rate: int
    root: int
    correction_cents: int


class Bank(Protocol):
    """A source of sampled sounds. Safe to share between threads."""

    def __hash__(self) -> int: ...

    @property
    def presets(self) -> Mapping[tuple[int, int], str]:
        """(bank, program) to the preset's own name."""
        ...

    def zones(self, bank: int, program: int) -> tuple[Zone, ...]:
        """All zones of a preset; raises DataError when there is no such preset."""
        ...

    def sample(self, index: int, looped: bool) -> Sample:
        """The decoded sample of a zone."""
        ...

    def decode(self, wanted: Iterable[tuple[int, bool]], workers: int = 2) -> None:
        """Decode (sample, looped) pairs ahead of need, side by side."""
        ...


def padded(
    frames: NDArray[np.float32], loop: tuple[int, int] | None, rate: int, root: int, correction_cents: int = 0
) -> Sample:
    """A sample with its margins; `loop` (first frame, one past the last) where it loops and the loop lies inside."""
    tail: NDArray[np.float32] = np.zeros(2 * MARGIN, np.float32)
    loop_start = loop_end = 0
    if loop is not None and 0 <= loop[0] < loop[1] <= frames.size and loop[1] - loop[0] >= 2:
        frames = frames[: loop[1]]
        tail = np.resize(frames[loop[0] :], 2 * MARGIN)
        loop_start, loop_end = loop[0] + MARGIN, loop[1] + MARGIN
    held = np.concatenate((np.zeros(MARGIN, np.float32), frames, tail))
    return Sample(held, MARGIN, MARGIN + frames.size, loop_start, loop_end, rate, root, correction_cents)
