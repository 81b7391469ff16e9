"""Generated music laid onto the film: its beats on the tempo map's, exactly as many samples as asked for.

A model keeps its own time and length. Here its beat grid is found, its first downbeat moved to the first bar, every
beat stretched onto the map's (by at most a third: beyond that the music would suffer, and keeps its own tempo). Music
that is too short repeats whole bars, at the seam where it sounds most alike, and still reaches its own ending; music
that is too long is faded out; a loop ends where it began.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reelscore.compose.neural.beats import BeatGrid, beat_grid
from reelscore.compose.neural.pulses import per_bar, pulses
from reelscore.compose.neural.stretch import stretched
from reelscore.values.progress import Watch
from reelscore.values.sound import SAMPLE_RATE, Samples
from reelscore.values.time import Seconds, TempoMap, samples_in

Floats = NDArray[np.float64]
SLOWEST, FASTEST = 0.75, 1.34  # speeds at which stretched music still sounds like itself
SEAM = 0.04  # seconds of crossfade before a downbeat
WASH = 2.0  # seconds of crossfade where there are no beats
LONGEST_FADE = 3.0
QUIET_DB = -24.0  # an ending, compared with the whole


@dataclass(frozen=True, slots=True)
class Fitted:
    """The music, and what became of it on the way."""

    samples: Samples
    aligned: bool  # its beats are the map's
    bpm: float  # as it was generated, in pulses per minute; 0 where no beat was heard
    notes: tuple[str, ...] = ()


def fitted(samples: Samples, tempo_map: TempoMap, duration: Seconds, loop: bool, watch: Watch) -> Fitted:
    """The generated music at exactly `duration`, its beats on the map's where it has a steady beat."""
    count = samples_in(duration, SAMPLE_RATE)
    target = pulses(tempo_map, float(duration))
    pulse = float(np.median(np.diff(target)))
    grid = beat_grid(samples, pulse, per_bar(tempo_map.bars[0].meter))
    watch("align", 0.0)
    if not grid.steady:
        out = _washed(samples, count, loop)
        return Fitted(_ended(out, loop), False, 0.0, ("No steady beat was heard in it: it was fitted by length only.",))
    grid = _same_octave(grid, pulse)
    bpm, speed = 60 / grid.period, grid.period / pulse
    if not SLOWEST <= speed <= FASTEST:
        target = target[0] + np.arange(len(target)) * grid.period
        target = target[: max(2, int(np.searchsorted(target, float(duration))) + 2)]
        note = f"It came at {bpm:.0f} beats a minute, not {60 / pulse:.0f}: too far to stretch; it keeps its own tempo."
        return Fitted(_laid(samples, grid, target, count, loop, watch), False, bpm, (note,))
    return Fitted(_laid(samples, grid, target, count, loop, watch), True, bpm)


def _same_octave(grid: BeatGrid, pulse: float) -> BeatGrid:
    """The grid at half or double time where that is nearer to the pulse asked for."""
    speed = grid.period / pulse
    if speed > np.sqrt(2):
        beats = np.interp(np.arange(2 * len(grid.beats) - 1) / 2, np.arange(len(grid.beats)), grid.beats)
        return BeatGrid(beats, 2 * grid.first % grid.bar, grid.bar, grid.steadiness)
    if speed < np.sqrt(0.5):
        return BeatGrid(grid.beats[grid.first % 2 :: 2], grid.first // 2, grid.bar, grid.steadiness)
    return grid


def _laid(samples: Samples, grid: BeatGrid, target: Floats, count: int, loop: bool, watch: Watch) -> Samples:
    """Downbeat on downbeat, beat on beat."""
    lead = target[0] + (SEAM if loop else 0.0)
    downbeats = np.arange(grid.first, len(grid.beats), grid.bar)
    enough = downbeats[grid.beats[downbeats] >= lead - SEAM]
    first = int(enough[0] if len(enough) and lead > SEAM else downbeats[0])
    needed = int(np.searchsorted(target, count / SAMPLE_RATE)) + 1
    samples, beats = _long_enough(samples, grid, first, needed, loop)
    beats = beats[first : first + len(target)]
    seam = round(SEAM * SAMPLE_RATE) if loop else 0
    at = target[: len(beats)] * SAMPLE_RATE + seam
    out = stretched(samples, beats * SAMPLE_RATE, at, count + seam, watch)
    return _ended(_closed(out, seam) if loop else out, loop)


def _long_enough(samples: Samples, grid: BeatGrid, first: int, needed: int, loop: bool) -> tuple[Samples, Floats]:
    """The music and its beats, whole bars repeated until there are `needed` beats from `first` on."""
    beats, bar = grid.beats, grid.bar
    left = len(samples) / SAMPLE_RATE - beats[-1]  # what sounds after the last beat
    missing = needed - (len(beats) - first) - int(left / grid.period)
    if missing <= 0 or (missing < bar and not loop and _ends_quietly(samples)):
        return samples, beats
    longest = (len(beats) - first - 1) // bar * bar
    if longest < bar:
        return samples, beats
    times = -(-missing // longest)
    length = min(longest, -(-missing // (times * bar)) * bar)
    start = _seam(samples, beats, range(first, len(beats) - length, bar), length)
    a, b = round(beats[start] * SAMPLE_RATE), round(beats[start + length] * SAMPLE_RATE)
    shift = beats[start + length] - beats[start]
    again = [beats[start : start + length] + n * shift for n in range(1, times)]
    rest = beats[start:] + times * shift
    return _repeated(samples, a, b, times, round(SEAM * SAMPLE_RATE)), np.concatenate(
        [beats[: start + length], *again, rest]
    )


def _seam(samples: Samples, beats: Floats, starts: range, length: int) -> int:
    """The downbeat from which `length` beats are repeated with the least change of sound where they meet."""
    best, chosen = -np.inf, starts[0]
    for start in starts:
        before = _likeness(samples, beats, start - 1, start + length - 1)
        after = _likeness(samples, beats, start, start + length)
        if before + after > best + 1e-6:
            best, chosen = before + after, start
    return chosen


def _likeness(samples: Samples, beats: Floats, one: int, other: int) -> float:
    """How alike two beats sound: correlation of their spectra in thirds of an octave, and of their loudness."""
    if min(one, other) < 0 or max(one, other) + 1 >= len(beats):
        return 0.0
    shapes = []
    for n in (one, other):
        cut = samples[round(beats[n] * SAMPLE_RATE) : round(beats[n + 1] * SAMPLE_RATE)].mean(axis=1)
        power = np.abs(np.fft.rfft(cut)) ** 2
        hertz = np.fft.rfftfreq(len(cut), 1 / SAMPLE_RATE)
        bands = np.searchsorted(hertz, np.geomspace(50, 12_000, 24))
        shapes.append(np.log10(np.add.reduceat(power, bands[:-1]) + 1e-9))
    return -float(np.abs(shapes[0] - shapes[1]).mean())


def _repeated(samples: Samples, start: int, end: int, times: int, fade: int) -> Samples:
    """The stretch start..end heard `times` more; each seam fades over the `fade` samples before it."""
    pieces = [samples[:end], *(samples[start:end] for _ in range(times - 1)), samples[start:]]
    fade = min(fade, start, end - start)
    run_in = samples[start - fade : start] * _rise(fade)
    joined = []
    for piece in pieces[:-1]:
        piece = piece.copy()
        if fade:
            piece[-fade:] = piece[-fade:] * _rise(fade)[::-1] + run_in
        joined.append(piece)
    return np.concatenate([*joined, pieces[-1]])


def _washed(samples: Samples, count: int, loop: bool) -> Samples:
    """Music without a beat at the right length: repeated through long crossfades, or cut."""
    fade = min(round(WASH * SAMPLE_RATE), len(samples) // 4, count // 4)
    wanted = count + (fade if loop else 0)
    if len(samples) < wanted and len(samples) > 2 * fade > 0:
        missing, longest = wanted - len(samples), len(samples) - 2 * fade
        times = -(-missing // longest)
        length = -(-missing // times)
        samples = _repeated(samples, fade, fade + length, times, fade)
    out = np.zeros((wanted, 2), np.float32)
    out[: len(samples)] = samples[:wanted]
    return _closed(out, fade) if loop else out


def _closed(out: Samples, seam: int) -> Samples:
    """A loop: what leads into its beginning (the first `seam` samples) fades in over its end."""
    run_in, body = out[:seam], out[seam:].copy()
    if seam:
        body[-seam:] = body[-seam:] * _rise(seam)[::-1] + run_in * _rise(seam)
    return body


def _ended(out: Samples, loop: bool) -> Samples:
    """Neither a click at the ends nor music that breaks off."""
    if loop or not len(out):
        return out
    edge = min(240, len(out) // 4)
    out[:edge] *= _rise(edge)
    fade = min(round(LONGEST_FADE * SAMPLE_RATE), len(out) // 6)
    fade = edge if _ends_quietly(out) else max(edge, fade)
    if fade:
        out[-fade:] *= _rise(fade)[::-1]
    return out


def _ends_quietly(samples: Samples) -> bool:
    tail = samples[-SAMPLE_RATE // 4 :]
    whole, last = float(np.mean(samples**2)), float(np.mean(tail**2))
    return last <= whole * 10 ** (QUIET_DB / 10)


def _rise(length: int) -> Samples:
    """From 0 to 1 at constant power."""
    return np.sin(0.5 * np.pi * (np.arange(length) + 0.5) / max(1, length)).astype(np.float32)[:, None]
