"""Music under speech: the fader goes down before somebody speaks, and the voice gets a window in the middle.

Practice followed: the film's future is known, so the fade ends as the first word starts (200 ms before); it comes back
over 600 ms, and not at all in pauses shorter than a second and a half. Under a voice, music is 8 to 14 dB lower than
alone and ends up about 15 LU below the voice; 1 to 4 kHz, where consonants live, goes down 5 dB more.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numba import njit
from numpy.typing import NDArray

from reelscore.perform.filters import band_pass
from reelscore.perform.master import fade_out, finish
from reelscore.values.brief import LoudnessTarget
from reelscore.values.loudness import energies, integrated, lufs
from reelscore.values.sound import SAMPLE_RATE, Loudness, Samples
from reelscore.values.time import Span, merged

ATTACK_S = 0.20
RELEASE_S = 0.60
BRIDGE_S = Fraction(3, 2)
SHALLOWEST_DB, DEEPEST_DB = 8.0, 14.0
BELOW_SPEECH_LU = 15.0
WINDOW_DB = 5.0

Curve = NDArray[np.float32]


def ducking_db(speech: Sequence[Span], frames: int, depth_db: float) -> Curve:
    """The fader's way under speech: 0 or -`depth_db`, with raised-cosine ramps; (frames,) of dB."""
    curve = np.zeros(frames, dtype=np.float32)
    attack, release = round(ATTACK_S * SAMPLE_RATE), round(RELEASE_S * SAMPLE_RATE)
    for span in merged(speech, BRIDGE_S):
        start, end = round(float(span.start) * SAMPLE_RATE), round(float(span.end) * SAMPLE_RATE)
        _lower(curve, start - attack, 0.5 - 0.5 * np.cos(np.linspace(0, math.pi, attack)), depth_db)
        curve[max(0, min(frames, start)) : max(0, min(frames, end))] = -depth_db
        _lower(curve, end, 0.5 + 0.5 * np.cos(np.linspace(0, math.pi, release)), depth_db)
    return curve


def _lower(curve: Curve, first: int, ramp: NDArray[np.float64], depth_db: float) -> None:
    start, end = max(0, first), min(len(curve), first + len(ramp))
    if start < end:
        part = (-depth_db * ramp[start - first : end - first]).astype(np.float32)
        curve[start:end] = np.minimum(curve[start:end], part)


@njit(cache=True, nogil=True, fastmath=True)
def _duck(x, curve, depth, window, f):  # type: ignore[no-untyped-def]
    """Apply the curve in place; the band under the voice goes down by up to `window` (1 = wholly) more."""
    lp = lq = rp = rq = 0.0
    for start in range(0, x.shape[0], 256):
        if abs(lp) + abs(lq) + abs(rp) + abs(rq) < 1e-12:
            lp = lq = rp = rq = 0.0
        for n in range(start, min(start + 256, x.shape[0])):
            down = np.float64(curve[n])
            gain = 10.0 ** (down / 20.0) if down < 0.0 else 1.0
            share = window * min(1.0, -down / depth)
            v = np.float64(x[n, 0])
            y = f[0] * v + lp
            lp = f[1] * v - f[3] * y + lq
            lq = f[2] * v - f[4] * y
            x[n, 0] = gain * (v - share * y)
            v = np.float64(x[n, 1])
            y = f[0] * v + rp
            rp = f[1] * v - f[3] * y + rq
            rq = f[2] * v - f[4] * y
            x[n, 1] = gain * (v - share * y)


def duck(samples: Samples, curve: Curve) -> None:
    """Lower the music along a curve of dB, in place, with the window for the voice."""
    depth = float(-curve.min()) if len(curve) else 0.0
    if depth > 0:
        _duck(samples, curve, depth, 1 - 10 ** (-WINDOW_DB / 20), band_pass(2000, 0.7))


def speech_lufs(original: Samples, speech: Sequence[Span]) -> float:
    """Gated loudness of the film's own sound where somebody speaks; -inf for none."""
    energy = energies(original)
    spoken = np.zeros(len(energy), dtype=bool)
    for span in speech:
        spoken[max(0, int(span.start * 10)) : max(0, math.ceil(span.end * 10))] = True
    return integrated(energy[spoken])


def lay_under(
    music: Samples, original: Samples | None, speech: Sequence[Span], target: LoudnessTarget
) -> tuple[Samples, Loudness, Curve | None]:
    """The film's programme: music, ducked, with the film's own sound where it is kept.

    Returns new samples at the target's loudness, their loudness, and the ducking curve (None without speech).
    `original` may be shorter or longer than the music; it is cut or followed by silence.
    """
    curve: Curve | None = None
    voice = speech_lufs(original, speech) if original is not None and speech else -math.inf
    bed = integrated(energies(music))
    programme = music.copy()
    if original is not None:
        own = integrated(energies(original))
        own_gain, music_gain = _balance(bed, own, voice, target.lufs)
        programme *= np.float32(10 ** (music_gain / 20))
        bed += music_gain
        voice += own_gain
    if speech:
        depth = SHALLOWEST_DB + 2 if math.isinf(voice) else bed - (voice - BELOW_SPEECH_LU)
        curve = ducking_db(speech, len(music), max(SHALLOWEST_DB, min(DEEPEST_DB, depth)))
        duck(programme, curve)
    if original is not None:
        count = min(len(programme), len(original))
        programme[:count] += original[:count] * np.float32(10 ** (own_gain / 20))
        fade_out(programme)
    return programme, finish(programme, target), curve


def _balance(bed: float, own: float, voice: float, target: float) -> tuple[float, float]:
    """Gains in dB for the film's own sound and for the music, before ducking.

    With speech, the voice stands at the target and the music 4 LU below between the words. Without, the film's sound
    stays as it is, brought to between 18 and 8 LU below the music: heard, never louder than what was asked for.
    """
    if not math.isinf(voice):
        return max(-20.0, min(18.0, target - voice)), 0.0 if math.isinf(bed) else target - 4.0 - bed
    if math.isinf(own) or math.isinf(bed):
        return 0.0, 0.0
    return max(min(0.0, bed - 8.0 - own), min(12.0, bed - 18.0 - own)), 0.0


def warm() -> None:
    """Compile the kernel."""
    curve = np.full(64, -6.0, dtype=np.float32)
    duck(np.zeros((64, 2), dtype=np.float32), curve)


__all__ = ["duck", "ducking_db", "lay_under", "lufs", "speech_lufs", "warm"]
