"""WAV files with nothing in them but the sound: the same samples give the same bytes.

(The usual libraries add the time of day to float files.) 32-bit float where samples may pass full scale on the way to
the mix; 24-bit integer for finished music and for stems that are handed on.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reelscore.errors import OutputError
from reelscore.values.sound import SAMPLE_RATE, Samples

_PCM, _FLOAT = 1, 3
_MOST_BYTES = (1 << 32) - 256
_BLOCK = 1 << 18


def write_float_wav(path: Path, samples: Samples, gain: float = 1.0, rate: int = SAMPLE_RATE) -> None:
    """32-bit float, exactly the samples (times `gain`), shape (frames, 2). Samples mapped from a file stay there: what
    was read of them leaves memory again."""
    with path.open("wb") as file:
        file.write(_float_header(len(samples), rate))
        for block in _blocks(samples, gain):
            file.write(np.ascontiguousarray(block, dtype="<f4").data)


def float_wav(samples: Samples, rate: int = SAMPLE_RATE) -> bytes:
    """The same file as bytes."""
    return _float_header(len(samples), rate) + np.ascontiguousarray(samples, dtype="<f4").tobytes()


def _float_header(frames: int, rate: int) -> bytes:
    fact = struct.pack("<4sII", b"fact", 4, frames)
    return _header(_FLOAT, 32, rate, frames * 8, fact)


def write_pcm24_wav(path: Path, samples: Samples, gain: float = 1.0, rate: int = SAMPLE_RATE) -> None:
    """24-bit integer, the samples times `gain`; what passes full scale is clipped. Shape (frames, 2)."""
    count = len(samples) * 6
    with path.open("wb") as file:
        file.write(_header(_PCM, 24, rate, count, b""))
        for block in _blocks(samples, gain):
            file.write(_packed(block).data)


def peak(samples: Samples, gain: float = 1.0) -> float:
    """The largest sample, times `gain`; 1 is full scale."""
    return max((float(np.abs(block).max()) for block in _blocks(samples, gain)), default=0.0)


def _blocks(samples: Samples, gain: float) -> Iterator[Samples]:
    """The samples times `gain`, some at a time. What was read of samples that lie in a file leaves memory again."""
    for first in range(0, len(samples), _BLOCK):
        block = samples[first : first + _BLOCK]
        yield block * np.float32(gain) if gain != 1 else block
    mapped = getattr(samples, "_mmap", None)
    if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        mapped.madvise(mmap.MADV_DONTNEED)


def _packed(samples: Samples) -> NDArray[np.uint8]:
    whole = np.clip(np.rint(samples.astype(np.float64) * 8_388_608), -8_388_608, 8_388_607).astype("<i4")
    return np.ascontiguousarray(np.ascontiguousarray(whole).view(np.uint8).reshape(-1, 4)[:, :3])


def _header(kind: int, bits: int, rate: int, count: int, extra: bytes) -> bytes:
    if count > _MOST_BYTES:
        raise OutputError("The sound is too long for a WAV file.", "Choose .flac.")
    frame = 2 * bits // 8
    shape = struct.pack("<4sIHHIIHH", b"fmt ", 16, kind, 2, rate, rate * frame, frame, bits)
    riff = struct.pack("<4sI4s", b"RIFF", 4 + len(shape) + len(extra) + 8 + count, b"WAVE")
    return riff + shape + extra + struct.pack("<4sI", b"data", count)
