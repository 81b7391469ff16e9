"""What is heard in a file: loudness, energy, speech, singing, music. One pass, bounded memory.

Sound is decoded once in pieces of `PIECE_SECONDS`; each piece is measured with a little of the one before it, so that
filters have settled, and goes on to the listener at 16 kHz. `energy` is loudness per curve step, 0 at -50 LUFS and 1
at -10 LUFS.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from reelscore.understand.samples import Resampler, iter_samples
from reelscore.understand.speech import NO_MODEL, Listener
from reelscore.understand.speech import RATE as SPEECH_RATE
from reelscore.values.loudness import energies, integrated, loudness_range, true_peak_dbtp
from reelscore.values.progress import Watch, unwatched
from reelscore.values.reading import CURVE_STEP, AudioReading, MediaInfo
from reelscore.values.sound import SAMPLE_RATE, Samples
from reelscore.values.time import Span, samples_in, seconds

if TYPE_CHECKING:
    from reelscore.understand.strengths import Ear

PIECE_SECONDS = 20
SETTLING_BLOCKS = 5
BLOCK = SAMPLE_RATE // 10
QUIET_LUFS, LOUD_LUFS = -50.0, -10.0
SILENCE_DBTP = -70.0
BEATS_SECONDS = 3600  # of a longer file, beats are sought in so much


def read_sound(path: Path, info: MediaInfo, watch: Watch = unwatched) -> AudioReading:
    """Hear a file through. Raises MediaError when it has no sound that can be decoded."""
    listener, pulse = Listener(), None if info.video else _ear()
    mono = Resampler(SAMPLE_RATE, SPEECH_RATE, channels=1)
    energy: list[NDArray[np.float64]] = []
    peak = -math.inf
    before: Samples = np.zeros((0, 2), dtype=np.float32)
    done, length = 0, samples_in(info.duration, SAMPLE_RATE)
    for piece in _pieces(path, info, length):
        settled = np.concatenate((before, piece))
        energy.append(energies(settled)[len(before) // BLOCK :])
        peak = max(peak, true_peak_dbtp(settled))
        heard = mono.push(piece.mean(axis=1, keepdims=True))[:, 0]
        listener.push(heard)
        if pulse is not None and done < BEATS_SECONDS * SAMPLE_RATE:
            pulse.push(heard)
        before = piece[-SETTLING_BLOCKS * BLOCK :] if len(piece) % BLOCK == 0 else before[:0]
        done += len(piece)
        watch("sound", min(1.0, done / max(1, length)))
    heard = mono.end()[:, 0]
    listener.push(heard)
    events = listener.events()
    blocks = np.concatenate(energy) if energy else np.zeros(0)
    silent = peak < SILENCE_DBTP
    if not listener.works:
        info = dataclasses.replace(info, warnings=(*info.warnings, NO_MODEL))
    end = Fraction(done, SAMPLE_RATE)
    reading = AudioReading(
        info=info,
        loudness_lufs=integrated(blocks),
        loudness_range_lu=loudness_range(blocks),
        true_peak_dbtp=peak,
        energy=_curve(blocks, info.duration),
        speech=() if silent else _within(events.speech, end),
        singing=() if silent else _within(events.singing, end),
        music=() if silent else _within(events.music, end),
        silent=silent,
    )
    return reading if pulse is None or silent else _with_beats(reading, pulse)


def _ear() -> Ear:
    from reelscore.understand.strengths import Ear

    return Ear()


def _with_beats(reading: AudioReading, ear: Ear) -> AudioReading:
    """With the beats, bars and tempo of what the ear heard."""
    from reelscore.understand.beats import beats_of

    found = beats_of(ear.strengths())
    return dataclasses.replace(
        reading,
        beats=tuple(seconds(at) for at in found.beats),
        downbeats=tuple(seconds(at) for at in found.downbeats),
        bpm=found.bpm,
        meter=found.meter,
        beat_confidence=found.confidence,
    )


def _pieces(path: Path, info: MediaInfo, length: int) -> Iterator[Samples]:
    """The whole sound from 0 in equal pieces (the last one shorter), holes filled with silence.

    A film's sound is cut or filled to the film's length; an audio file ends where its sound ends.
    """
    size = PIECE_SECONDS * SAMPLE_RATE
    piece = np.zeros((size, 2), dtype=np.float32)
    first = end = 0  # film clock: where this piece begins, where sound ended so far
    for start, block in iter_samples(path, info):
        if info.video and start >= length:
            break
        block = block[: length - start] if info.video else block
        while len(block):
            if start >= first + size:
                yield piece
                piece, first = np.zeros_like(piece), first + size
                continue
            room = first + size - start
            piece[start - first : start - first + len(block)] = block[:room]
            block, start = block[room:], start + min(room, len(block))
        end = max(end, start)
    end = length if info.video else end
    while end - first > size:
        yield piece
        piece, first = np.zeros_like(piece), first + size
    if end > first:
        yield piece[: end - first]


def _curve(blocks: NDArray[np.float64], duration: Fraction) -> tuple[float, ...]:
    """Loudness of each curve step, scaled to 0..1."""
    per_step = int(CURVE_STEP * 10)
    steps = max(1, math.ceil(duration / CURVE_STEP))
    padded = np.zeros(steps * per_step)
    padded[: len(blocks)] = blocks[: len(padded)]
    counts = np.clip(len(blocks) - np.arange(steps) * per_step, 1, per_step)  # the last step may be shorter
    level = -0.691 + 10 * np.log10(padded.reshape(steps, per_step).sum(axis=1) / counts + 1e-14)
    scaled = np.clip((level - QUIET_LUFS) / (LOUD_LUFS - QUIET_LUFS), 0, 1)
    return tuple(round(float(value), 4) for value in scaled)


def _within(found: tuple[Span, ...], end: Fraction) -> tuple[Span, ...]:
    return tuple(Span(span.start, min(span.end, end)) for span in found if span.start < end)
