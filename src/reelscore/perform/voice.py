"""What a synthesised voice is: the seam between the band, which hands out notes, and the synths, which make sound.

A voice ADDS its notes to `Take.out` (float32, (frames, 2), 48 kHz, index 0 = the start of the film). Notes may start
before 0 or ring past the end; what falls outside is dropped. Full velocity of one note peaks near -12 dBFS; the mixer
sets levels, so only the balance between the layers of one instrument matters.

Settings are plain numbers. Every voice states all it understands in `Voice.settings`; an instrument table names only
what it changes. Units are in the names: `_s` seconds, `_hz`, `_cents`, `_db`, `_semitones`;
the rest is 0..1 or a count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reelscore.errors import DataError, one_of
from reelscore.values.sound import PlayedNote, Samples

CONTROL_STEP = 64
"""Samples between two points of a control curve."""

Settings = Mapping[str, float]
Curve = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Take:
    """Where a voice plays into, and what it needs to know besides its notes."""

    out: Samples
    seed: int = 1
    cutoff: Curve | None = None
    """Brightness 0..1 every `CONTROL_STEP` samples from the start of the film: 1 = as the sound was designed,
    each 0.1 less closes its filter by 0.6 octave. None: 1 throughout. (Expression is the band's: applied after
    the layers are summed.)"""
    beats: NDArray[np.float64] | None = None
    """The beat of the score at every `CONTROL_STEP` samples, for what moves in time with it. None: no beats."""


Render = Callable[[Sequence[PlayedNote], Settings, Take], None]


@dataclass(frozen=True, slots=True)
class Voice:
    """One sound of one synth family."""

    name: str
    settings: Settings
    _render: Render

    def render(self, notes: Sequence[PlayedNote], settings: Settings, take: Take) -> None:
        """Add these notes to `take.out`. Raises DataError on a setting the voice does not know."""
        for key in settings:
            if key not in self.settings:
                raise DataError(f"Voice {self.name!r} has no setting {key!r}.", one_of(key, self.settings))
        if notes and len(take.out):
            self._render(notes, {**self.settings, **settings}, take)
