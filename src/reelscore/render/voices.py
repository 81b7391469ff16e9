"""What one segment sounds like: its part of the source, at its speed and direction, at 48 kHz stereo.

Sample `k` belongs to the segment's own time k / 48000; those before 0 and after its end are the handles that
transitions need. Everything but a pitch-keeping change of speed is a function of `k` alone; that one runs from the
segment's beginning. Compiled code is loaded only by those who need it: sound at 48 kHz and its own speed does not.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from reelscore.render.sound_reading import SourceSound
from reelscore.render.sources import Source
from reelscore.values.sound import SAMPLE_RATE, Samples
from reelscore.values.time import samples_in
from reelscore.values.timeline import Segment

Reader = Callable[[int, int], Samples]

BACKWARDS_BLOCK = 20 * SAMPLE_RATE  # read at once and turned around


class Voice:
    """One segment's sound. `lead` is how many samples before its beginning will be asked for at most."""

    def __init__(self, segment: Segment, source: Source, lead: int = 0) -> None:
        self._sound = SourceSound(source)
        read: Reader = self._at_48k
        start, length = samples_in(segment.start, SAMPLE_RATE), samples_in(segment.source.duration, SAMPLE_RATE)
        if segment.reverse:
            read = _Backwards(read, start + length).read
        elif start:
            read = _moved(read, start)
        if segment.speed != 1:
            speed = float(segment.speed)
            keeps = segment.sound is None or segment.sound.original_key
            read = _stretched(read, speed, lead) if keeps else _faster(read, speed)
        self._read = read

    def read(self, first: int, count: int) -> Samples:
        """Samples first .. first + count - 1, shape (count, 2)."""
        return self._read(first, count)

    def close(self) -> None:
        self._sound.close()

    def _at_48k(self, first: int, count: int) -> Samples:
        rate = self._sound.rate
        if rate == SAMPLE_RATE:
            return self._sound.read(first, count)
        from reelscore.render.sinc import interpolated, reach

        step = rate / SAMPLE_RATE
        low, high = reach(0.0, step, first, count)
        return interpolated(self._sound.read(low, high - low), low, 0.0, step, first, count)


class _Backwards:
    """Sample k is the source's at `end` - 1 - k. Long blocks are read forwards and kept."""

    def __init__(self, read: Reader, end: int) -> None:
        self._inner, self._end = read, end
        self._block: tuple[int, Samples] | None = None

    def read(self, first: int, count: int) -> Samples:
        parts = []
        at = first
        while at < first + count:
            number = at // BACKWARDS_BLOCK
            if self._block is None or self._block[0] != number:
                low = self._end - (number + 1) * BACKWARDS_BLOCK
                self._block = number, self._inner(low, BACKWARDS_BLOCK)[::-1]
            inside = at - number * BACKWARDS_BLOCK
            take = min(first + count - at, BACKWARDS_BLOCK - inside)
            parts.append(self._block[1][inside : inside + take])
            at += take
        return np.concatenate(parts) if parts else np.zeros((0, 2), np.float32)


def _moved(read: Reader, start: int) -> Reader:
    return lambda first, count: read(start + first, count)


def _faster(read: Reader, speed: float) -> Reader:
    """The pitch goes with the speed, as on a tape."""
    from reelscore.render.sinc import interpolated, reach

    def faster(first: int, count: int) -> Samples:
        low, high = reach(0.0, speed, first, count)
        return interpolated(read(low, high - low), low, 0.0, speed, first, count)

    return faster


def _stretched(read: Reader, speed: float, lead: int) -> Reader:
    """The pitch stays."""
    from reelscore.render.stretching import Stretched

    return Stretched(read, speed, -lead).read
