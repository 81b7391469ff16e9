"""A channel strip: what happens to one player between the instrument and the mixing desk's sum.

Tone first (equalise, mono lows, parallel compression of drums), then, once the level is known, one pass applies level,
ride, side-chain, warmth, width and seat and feeds the sum and the sends. Sound is float32, (frames, 2), in place.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from reelscore.perform.filters import high_pass, silent
from reelscore.perform.voice import CONTROL_STEP
from reelscore.values.sound import SAMPLE_RATE, Samples

Curve = NDArray[np.float32]
Powers = NDArray[np.float64]
_MONO_BELOW_HZ = 120.0


@njit(cache=True, nogil=True, fastmath=True)
def _mono_lows(x, f, width, powers):  # type: ignore[no-untyped-def]
    """Take the low end out of the stereo difference and scale what is left; mean squares of every 4800 samples."""
    p = q = 0.0
    for block in range(powers.shape[0]):
        first = block * 4800
        last = min(first + 4800, x.shape[0])
        if abs(p) + abs(q) < 1e-12:
            p = q = 0.0
            if silent(x, first, last):
                continue
        total = 0.0
        for n in range(first, last):
            left = np.float64(x[n, 0])
            right = np.float64(x[n, 1])
            middle = 0.5 * (left + right)
            side = 0.5 * (left - right)
            y = f[0] * side + p
            p = f[1] * side - f[3] * y + q
            q = f[2] * side - f[4] * y
            y *= width
            x[n, 0] = middle + y
            x[n, 1] = middle - y
            total += middle * middle + y * y
        powers[block] = 2.0 * total / (last - first)


@njit(cache=True, nogil=True, fastmath=True)
def _thicken(x, amount, threshold):  # type: ignore[no-untyped-def]
    """Parallel compression: a hard-squeezed copy under the dry sound."""
    fast = math.exp(-1.0 / (0.004 * 48000.0))
    slow = math.exp(-1.0 / (0.110 * 48000.0))
    level = 0.0
    gain = 1.0
    for n in range(x.shape[0]):
        peak = max(abs(np.float64(x[n, 0])), abs(np.float64(x[n, 1])))
        k = fast if peak > level else slow
        level = peak + (level - peak) * k
        if n % 8 == 0:
            gain = (threshold / level) ** 0.8 if level > threshold else 1.0
        boost = 1.0 + amount * gain * 2.0
        x[n, 0] = x[n, 0] * boost
        x[n, 1] = x[n, 1] * boost


@njit(cache=True, nogil=True, fastmath=True)
def _even(x, threshold, power):  # type: ignore[no-untyped-def]
    """Compress peaks over the threshold: 3 ms up, 90 ms down, both channels alike; round off what was too quick."""
    knee = threshold * 1.3
    room = threshold * 0.9
    fast = math.exp(-1.0 / (0.003 * 48000.0))
    slow = math.exp(-1.0 / (0.090 * 48000.0))
    level = 0.0
    gain = 1.0
    goal = 1.0
    for start in range(0, x.shape[0], 512):
        end = min(start + 512, x.shape[0])
        if silent(x, start, end):
            level = 0.0
            gain = 1.0
            continue
        for n in range(start, end):
            peak = max(abs(np.float64(x[n, 0])), abs(np.float64(x[n, 1])))
            k = fast if peak > level else slow
            level = peak + (level - peak) * k
            if n % 8 == 0:
                goal = (threshold / level) ** power if level > threshold else 1.0
            gain += (goal - gain) * 0.03
            for c in range(2):
                v = x[n, c] * gain
                over = (abs(v) - knee) / room
                if over > 0.0:
                    top = knee + room * over / (1.0 + over)
                    v = top if v > 0.0 else -top
                x[n, c] = v


@njit(cache=True, nogil=True, fastmath=True)
def _place(x, ride, left, right, warmth):  # type: ignore[no-untyped-def]
    """Level (`ride`, one value per 64 samples, linear between), warmth and seat."""
    last = ride.shape[0] - 1
    frames = x.shape[0]
    for block in range(0, frames, 64):
        b = min(block // 64, last)
        a = ride[b]
        step = (ride[min(b + 1, last)] - a) / 64.0
        if silent(x, block, min(block + 64, frames)):
            continue
        for n in range(block, min(block + 64, frames)):
            g = a + step * (n - block)
            u = x[n, 0] * g
            v = x[n, 1] * g
            if warmth > 0.0:
                c = min(3.0, max(-3.0, u * warmth))
                u = c * (27.0 + c * c) / (27.0 + 9.0 * c * c) / warmth
                c = min(3.0, max(-3.0, v * warmth))
                v = c * (27.0 + c * c) / (27.0 + 9.0 * c * c) / warmth
            x[n, 0] = u * left
            x[n, 1] = v * right


@njit(cache=True, nogil=True, fastmath=True)
def _feed(x, total, hall, hall_gain, room, room_gain, echo, echo_gain):  # type: ignore[no-untyped-def]
    """Add a finished strip to the sum and its sends; `room` and `echo` are mono."""
    for start in range(0, x.shape[0], 512):
        end = min(start + 512, x.shape[0])
        if silent(x, start, end):
            continue
        for n in range(start, end):
            u = x[n, 0]
            v = x[n, 1]
            total[n, 0] += u
            total[n, 1] += v
            hall[n, 0] += hall_gain * u
            hall[n, 1] += hall_gain * v
            middle = np.float32(0.5) * (u + v)
            room[n] += room_gain * middle
            echo[n] += echo_gain * middle


class Sends:
    """The three shared effect busses of a desk."""

    def __init__(self, frames: int) -> None:
        self.hall: Samples = np.zeros((frames, 2), dtype=np.float32)
        self.room: Curve = np.zeros(frames, dtype=np.float32)
        self.echo: Curve = np.zeros(frames, dtype=np.float32)


def mono_lows(samples: Samples, width: float) -> Powers:
    """No stereo difference below 120 Hz; `width` scales it above (0 mono, 1 as it is).

    In place. Returns the power of each 100 ms, channels summed, for what needs a rough level.
    """
    powers = np.zeros(-(-len(samples) // 4800))
    _mono_lows(samples, high_pass(_MONO_BELOW_HZ), width, powers)
    return powers


def thicken(samples: Samples, amount: float, peak: float | None = None) -> float:
    """Parallel compression of a drum kit, `amount` 0..1, threshold 12 dB below its peak (or that of another take).
    Gives the peak."""
    if peak is None:
        peak = float(max(samples.max(), -samples.min())) if len(samples) else 0.0
    if amount > 0 and peak > 1e-6:
        _thicken(samples, amount, peak * 0.25)
    return peak


def even(samples: Samples, threshold: float, ratio: float) -> None:
    """Compress what goes over `threshold` (linear peak) by `ratio`, in place."""
    _even(samples, threshold, 1 - 1 / ratio)


def place(samples: Samples, ride: Curve, pan: float, warmth: float) -> None:
    """Apply the gain curve, soft saturation (0 none) and the seat (-1 left .. 1 right, unity in the middle)."""
    angle = (1 + max(-1.0, min(1.0, pan))) * math.pi / 4
    left, right = min(1.0, math.sqrt(2) * math.cos(angle)), min(1.0, math.sqrt(2) * math.sin(angle))
    _place(samples, ride, left, right, warmth)


def feed(samples: Samples, total: Samples, sends: Sends, gains: tuple[float, float, float]) -> None:
    """Add to the sum and, times (hall, room, echo) gains, to the sends."""
    _feed(
        samples,
        total,
        sends.hall,
        np.float32(gains[0]),
        sends.room,
        np.float32(gains[1]),
        sends.echo,
        np.float32(gains[2]),
    )


def pump(kicks_s: list[float], frames: int, depth: float, recovery_s: float) -> Curve:
    """The gain that steps aside for each kick: 1 - depth at the stroke, back after `recovery_s`; one value a step."""
    points = frames // CONTROL_STEP + 2
    gain = np.ones(points, dtype=np.float32)
    step_s = CONTROL_STEP / SAMPLE_RATE
    length = max(2, round(recovery_s / step_s))
    shape = 1 - depth * (1 - np.arange(length) / length) ** 1.6
    lead = 1 - depth * np.array([0.35, 0.8])
    for at in kicks_s:
        first = round(at / step_s)
        for offset, dip in ((-2, lead), (0, shape)):
            start, end = max(0, first + offset), min(points, first + offset + len(dip))
            if start < end:
                gain[start:end] = np.minimum(gain[start:end], dip[start - first - offset : end - first - offset])
    return gain


def warm() -> None:
    """Compile the kernels."""
    sound = np.zeros((128, 2), dtype=np.float32)
    mono_lows(sound, 1.0)
    _thicken(sound, 0.5, 0.1)
    even(sound, 0.1, 3.0)
    place(sound, np.ones(4, dtype=np.float32), 0.0, 0.5)
    feed(sound, np.zeros_like(sound), Sends(128), (0.1, 0.1, 0.1))
