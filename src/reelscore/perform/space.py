"""The rooms the band plays in: a short room, a hall, and an echo in time with the music.

Both rooms are impulse responses drawn from fixed noise: early reflections, then a tail whose highs die before its
lows (decay times per band, as air and walls do), after a pre-delay. They are the same rooms for every piece; only the
hall's length follows the wish for space. Convolution is by FFT in blocks (overlap-add), and passes silence over. SciPy
is loaded by what needs it: players are at work meanwhile.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

from reelscore.perform.filters import equalise, high_pass, low_pass
from reelscore.values.chance import bits
from reelscore.values.sound import SAMPLE_RATE, Samples

# band edges in Hz, and decay time of each band relative to the middle
_BANDS = ((0, 220, 0.95), (220, 900, 1.10), (900, 2800, 1.0), (2800, 6000, 0.72), (6000, 24_000, 0.42))


@lru_cache(maxsize=8)
def hall(decay_s: float) -> Samples:
    """A large warm hall, shape (frames, 2), unit energy a channel; `decay_s` is its RT60 in the middle."""
    return _impulse("hall", decay_s, 0.024, 0.035, 170, 9000, ((11, 0.5), (19, 0.42), (29, 0.36), (43, 0.3)))


@lru_cache(maxsize=8)
def room(wide: float = 0.0) -> Samples:
    """A small wooden room, unit energy a channel. `wide`: the energy that a pair of microphones close by adds to the
    difference of the channels alone: above 700 Hz, gone in a tenth of a second, and nothing of it is left in mono."""
    heard = _impulse("room", 0.42, 0.004, 0.008, 140, 12_000, ((3, 0.6), (7, 0.5), (11, 0.45), (17, 0.35), (23, 0.3)))
    if wide <= 0:
        return heard
    t = np.arange(round(0.1 * SAMPLE_RATE)) / SAMPLE_RATE
    burst = np.random.default_rng(bits(0, "room", "pair")).standard_normal(len(t))
    burst *= np.minimum(1, t / 0.004) * 10 ** (-3 * t / 0.12)
    near = np.repeat(burst[:, None], 2, axis=1).astype(np.float32)
    equalise(near, high_pass(700), low_pass(16_000))
    near *= np.float32(np.sqrt(wide / float((near[:, 0] ** 2).sum())))
    out = heard.copy()
    first = round(0.003 * SAMPLE_RATE)
    out[first : first + len(near)] += near * np.array([1, -1], dtype=np.float32)
    return out


def _impulse(
    name: str, decay_s: float, delay_s: float, build_s: float, low_hz: float, high_hz: float,
    early: tuple[tuple[float, float], ...],
) -> Samples:  # fmt: skip
    import scipy.fft

    frames = round((delay_s + min(decay_s * 1.15, 5.0)) * SAMPLE_RATE)
    chance = np.random.default_rng(bits(0, "room", name))
    size = 1 << (frames - 1).bit_length()
    f = np.arange(size // 2 + 1, dtype=np.float64) * (SAMPLE_RATE / size)
    colour = 1 / np.sqrt((1 + (low_hz / (f + 1e-3)) ** 4) * (1 + (f / high_hz) ** 4))
    t = np.maximum(0.0, np.arange(frames) / SAMPLE_RATE - delay_s)
    out = np.zeros((frames, 2))
    for side in range(2):
        spectrum = scipy.fft.rfft(chance.standard_normal(size)) * colour
        for low, high, ratio in _BANDS:
            edge = _crossover(f, low, high)
            tail = scipy.fft.irfft(spectrum * edge, size)[:frames]
            out[:, side] += tail * 10 ** (-3 * t / (decay_s * ratio))
        out[:, side] *= np.minimum(1, t / build_s) ** 0.7 * (t > 0)
        for at_ms, level in early:
            at = round((delay_s + (at_ms * (1 + 0.13 * chance.standard_normal())) / 1000) * SAMPLE_RATE)
            out[max(0, min(frames - 1, at)), side] += level * 6 * (1 if chance.random() < 0.5 else -1)
    fade = min(frames, 4800)
    out[-fade:] *= np.linspace(1, 0, fade)[:, None] ** 2
    out /= np.sqrt((out**2).sum(axis=0, keepdims=True))
    return out.astype(np.float32)


def _crossover(f: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    """One band of a set that sums to 1 (crossfades a third of an octave wide, in log frequency)."""
    octave = np.log2(np.maximum(f, 1.0))
    rise = np.clip((octave - np.log2(max(low, 1))) * 1.5 + 0.5, 0, 1) if low else np.ones(len(f))
    fall = np.clip((octave - np.log2(high)) * 1.5 + 0.5, 0, 1) if high < 24_000 else np.zeros(len(f))
    return np.asarray(rise - fall)


def convolve(sound: NDArray[np.float32], impulse: NDArray[np.float32], out: NDArray[np.float32], gain: float) -> None:
    """Add `gain` x sound * impulse to `out`, cut at its length; all of shape (frames,)."""
    import scipy.fft

    size = 1 << max(15, (2 * len(impulse) - 1).bit_length())
    step = size - len(impulse) + 1
    spectrum = scipy.fft.rfft(impulse, size) * np.float32(gain)
    for start in range(0, len(sound), step):
        block = sound[start : start + step]
        if not block.any():
            continue
        wet = scipy.fft.irfft(scipy.fft.rfft(block, size) * spectrum, size)
        end = min(len(out), start + len(block) + len(impulse) - 1)
        out[start:end] += wet[: end - start]


@njit(cache=True, nogil=True, fastmath=True)
def _echo(sound, out, delay, feedback, gain):  # type: ignore[no-untyped-def]
    """Ping-pong: every repeat changes sides, darker and thinner than the one before. Mono in, stereo out."""
    size = delay
    left = np.zeros(size, dtype=np.float32)
    right = np.zeros(size, dtype=np.float32)
    hl = hr = ll = lr = 0.0
    i = 0
    for n in range(sound.shape[0]):
        a = np.float64(left[i])
        b = np.float64(right[i])
        ll += 0.42 * (a - ll)
        lr += 0.42 * (b - lr)
        hl += 0.035 * (ll - hl)
        hr += 0.035 * (lr - hr)
        wl = ll - hl
        wr = lr - hr
        left[i] = sound[n] + feedback * wr
        right[i] = wl
        out[n, 0] += gain * wl
        out[n, 1] += gain * wr
        i += 1
        if i == size:
            i = 0


def echo(sound: NDArray[np.float32], out: Samples, delay_s: float, feedback: float, gain: float) -> None:
    """Add the repeats of a mono sound to `out`; the first comes after `delay_s`, on the left."""
    if sound.any():
        _echo(sound, out, max(1, round(delay_s * SAMPLE_RATE)), feedback, gain)


def warm() -> None:
    """Compile the kernel."""
    echo(np.ones(64, dtype=np.float32), np.zeros((64, 2), dtype=np.float32), 0.001, 0.1, 0.1)
