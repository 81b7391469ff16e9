"""Sound slower or faster at its own pitch: overlap-add of pieces that fit each other (WSOLA).

Each piece is taken near its nominal place in the source, moved by up to `_SEARCH` samples to where it best continues
the piece before (normalised cross-correlation, coarse then fine), and faded over half its length (Verhelst & Roelands
1993). The course depends on what came before, so a stretch is always made from the segment's beginning.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numba import njit

from reelscore.values.sound import Samples

_HOP = 1024  # half a piece: 21 ms at 48 kHz
_SEARCH = 600
_COARSE = 4
_AT_ONCE = 8

Reader = Callable[[int, int], Samples]


@njit(cache=True, nogil=True)
def _likeness(sound, at, template, stride):  # type: ignore[no-untyped-def]
    """Normalised cross-correlation of the template with the sound from `at` on."""
    cross = energy = 0.0
    for n in range(0, template.shape[0], stride):
        left, right = sound[at + n, 0], sound[at + n, 1]
        cross += left * template[n, 0] + right * template[n, 1]
        energy += left * left + right * right
    return cross / np.sqrt(energy + 1e-9)


@njit(cache=True, nogil=True)
def _best(sound, middle, template, search, coarse):  # type: ignore[no-untyped-def]
    """The place within `search` of `middle` that is most like the template; the nearest among equals."""
    best, where = _likeness(sound, middle, template, coarse), middle
    for away in range(coarse, search + 1, coarse):
        for place in (middle - away, middle + away):
            found = _likeness(sound, place, template, coarse)
            if found > best * (1.0 + 1e-6) + 1e-12:
                best, where = found, place
    around = where
    best = _likeness(sound, around, template, 1)
    for away in range(1, coarse):
        for place in (around - away, around + away):
            found = _likeness(sound, place, template, 1)
            if found > best:
                best, where = found, place
    return where


class Stretched:
    """The sound of `reader` at `speed`, from source index 0. `read` gives stretches in order, overlapping ones too."""

    def __init__(self, reader: Reader, speed: float, first: int = 0) -> None:
        self._reader, self._speed = reader, speed
        fade = 0.5 - 0.5 * np.cos(np.pi * (np.arange(_HOP) + 0.5) / _HOP)
        self._rise = fade.astype(np.float32)[:, None]
        self._first = first  # result samples before 0 are the handle of a transition
        self._piece = first // _HOP - 1
        self._tail = np.zeros((_HOP, 2), np.float32)
        self._natural: int | None = None  # where the piece before would go on
        self._made = np.zeros((0, 2), np.float32)
        self._made_at = (self._piece + 1) * _HOP

    def read(self, first: int, count: int) -> Samples:
        """Samples of the result; nothing more than a second before what was read last is kept."""
        while self._made_at + len(self._made) < first + count:
            self._next_pieces()
            spare = min(first - 48_000 - self._made_at, len(self._made))
            if spare > 0:
                self._made, self._made_at = self._made[spare:], self._made_at + spare
        lead = max(0, self._made_at - first)
        out = np.zeros((count, 2), np.float32)
        out[lead:] = self._made[first + lead - self._made_at : first + count - self._made_at]
        return out

    def _next_pieces(self) -> None:
        self._made = np.concatenate((self._made, *(self._next_piece() for _ in range(_AT_ONCE))))

    def _next_piece(self) -> Samples:
        self._piece += 1
        nominal = round(self._piece * _HOP * self._speed)
        where = nominal
        if self._natural is not None and self._natural != nominal:
            low = min(nominal - _SEARCH - _COARSE, self._natural)
            high = max(nominal + _SEARCH + _COARSE, self._natural) + _HOP
            sound = self._reader(low, high - low)
            template = np.ascontiguousarray(sound[self._natural - low : self._natural - low + _HOP])
            where = int(_best(sound, nominal - low, template, _SEARCH, _COARSE)) + low
        piece = self._reader(where, 2 * _HOP)
        if self._natural is None:
            self._tail = self._reader(where, _HOP) * self._rise[::-1]
        joined = self._tail + piece[:_HOP] * self._rise
        self._tail = piece[_HOP:] * self._rise[::-1]
        self._natural = where + _HOP
        return joined
