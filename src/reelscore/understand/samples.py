"""A file's sound on the film's clock: float32, stereo, silence where the file has none.

Index 0 is the first shown frame (or the first sample of an audio file). Each decoded stretch lies at its own
presentation time; holes are silence and overlaps are dropped, so late, torn or drifting sound stays in step with the
picture. Surround is folded to stereo by ITU-R BS.775 (centre and surrounds at -3 dB, LFE left out), before the rate
is changed by FFmpeg's resampler. Sound streams through in blocks of about a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from av import AudioFrame, AudioResampler
from numpy.typing import NDArray

from reelscore.errors import MediaError
from reelscore.understand.containers import decoded, open_container, ready
from reelscore.understand.files import shown
from reelscore.values.progress import Watch, unwatched
from reelscore.values.reading import MediaInfo
from reelscore.values.sound import SAMPLE_RATE, Samples
from reelscore.values.time import samples_in

STEP_SECONDS = 0.03  # a jump of presentation time larger than this starts a new stretch
HALF = 0.7071067811865476
LEFT, RIGHT, BOTH = (1.0, 0.0), (0.0, 1.0), (HALF, HALF)
FOLD = {
    "FL": LEFT, "FR": RIGHT, "FC": BOTH, "LFE": (0.0, 0.0), "LFE2": (0.0, 0.0),
    "BL": (HALF, 0.0), "BR": (0.0, HALF), "SL": (HALF, 0.0), "SR": (0.0, HALF),
    "FLC": LEFT, "FRC": RIGHT, "BC": (0.5, 0.5), "DL": LEFT, "DR": RIGHT,
    "TFL": (HALF, 0.0), "TFR": (0.0, HALF), "TBL": (0.5, 0.0), "TBR": (0.0, 0.5), "WL": LEFT, "WR": RIGHT,
}  # fmt: skip
BY_COUNT = {
    1: ("FC",), 2: ("FL", "FR"), 3: ("FL", "FR", "FC"), 4: ("FL", "FR", "BL", "BR"),
    5: ("FL", "FR", "FC", "BL", "BR"), 6: ("FL", "FR", "FC", "LFE", "BL", "BR"),
    7: ("FL", "FR", "FC", "LFE", "BC", "SL", "SR"), 8: ("FL", "FR", "FC", "LFE", "BL", "BR", "SL", "SR"),
}  # fmt: skip
WHOLE = {"u8": 128.0, "s16": 32768.0, "s32": 2147483648.0, "s64": 9223372036854775808.0}


def read_samples(path: Path, info: MediaInfo, rate: int = SAMPLE_RATE, watch: Watch = unwatched) -> Samples:
    """The whole sound, shape (n, 2) at `rate`: as long as the film, or for an audio file as long as it sounds.

    Raises MediaError when the file has no sound or none of it can be decoded.
    """
    length = samples_in(info.duration, rate)
    room = length if info.video else length + 2 * rate
    out = np.zeros((room, 2), dtype=np.float32)
    end = 0
    for start, block in iter_samples(path, info, rate):
        kept = block[: max(0, room - start)]
        out[start : start + len(kept)] = kept
        end = max(end, start + len(kept))
        watch("sound", min(1.0, start / max(1, length)))
    padding = 0 <= end - length < rate // 10  # what the encoder added to fill its last packet
    return out[: length if info.video or padding else end]


def iter_samples(path: Path, info: MediaInfo, rate: int = SAMPLE_RATE) -> Iterator[tuple[int, Samples]]:
    """(index of the first sample on the film's clock, block (n, 2)), in order and without overlap; holes are absent."""
    if info.audio is None:
        raise MediaError(f"{shown(path)} has no sound.", "Use a file with sound.")
    position = 0
    sounded = False
    for start, block in _stretches(path, info, rate):
        sounded = True
        if start < position:
            block, start = block[position - start :], position
        if len(block):
            yield start, block
            position = start + len(block)
    if not sounded:
        raise MediaError(f"The sound of {shown(path)} cannot be decoded.", "Export it again, with AAC sound.")


def _stretches(path: Path, info: MediaInfo, rate: int) -> Iterator[tuple[int, Samples]]:
    """Resampled blocks, each placed; blocks of one stretch follow each other exactly."""
    assert info.audio is not None
    with open_container(path) as container:
        stream = ready(container.streams[info.audio.index])
        zero = info.video.start if info.video else None
        resampler: Resampler | None = None
        place = 0
        for block in _blocks(container, stream, path):
            zero = block.at if zero is None else zero
            if resampler is None or not block.follows:
                if resampler:
                    yield place, resampler.end()
                resampler = Resampler(block.rate, rate)
                place = round((block.at - zero) * rate)
            done = resampler.push(block.samples)
            yield place, done
            place += len(done)
        if resampler:
            yield place, resampler.end()


@dataclass(frozen=True, slots=True)
class _Block:
    """About a second of stereo at the source's rate; `follows` when it continues the block before."""

    at: Fraction  # on the container's clock
    follows: bool
    rate: int
    samples: Samples


def _blocks(container: Any, stream: Any, path: Path) -> Iterator[_Block]:
    base = Fraction(stream.time_base)
    pieces: list[Samples] = []
    start = expected = Fraction(0)  # of the pieces held, and of the frame to come
    rate = held = 0
    follows = False
    for frame in decoded(container, stream, path):
        at = expected if frame.pts is None else frame.pts * base
        torn = frame.sample_rate != rate or abs(at - expected) > STEP_SECONDS
        if pieces and (torn or held >= rate):
            yield _Block(start, follows, rate, np.concatenate(pieces))
            pieces, held, start, follows = [], 0, expected, not torn
        if torn:
            start, expected, rate, follows = at, at, frame.sample_rate, False
        pieces.append(_stereo(frame))
        held += frame.samples
        expected += Fraction(frame.samples, rate)
    if pieces:
        yield _Block(start, follows, rate, np.concatenate(pieces))


def _stereo(frame: Any) -> Samples:
    """A decoded frame as float32 (n, 2)."""
    data = frame.to_ndarray()
    channels = len(frame.layout.channels)
    if not frame.format.is_planar:
        data = data.reshape(-1, channels).T
    kind = frame.format.name.removesuffix("p")
    sound = data.astype(np.float32)
    if kind in WHOLE:
        sound = ((sound - 128.0) if kind == "u8" else sound) / np.float32(WHOLE[kind])
    if channels == 1:
        return np.repeat(sound.T, 2, axis=1)
    matrix = _fold(tuple(channel.name for channel in frame.layout.channels))
    return np.ascontiguousarray(sound.T) if matrix is None else sound.T @ matrix


@lru_cache(maxsize=32)
def _fold(names: tuple[str, ...]) -> NDArray[np.float32] | None:
    """The (channels, 2) matrix for these speakers; None for plain stereo. Unnamed channels go by their number."""
    if not all(name in FOLD for name in names):
        names = BY_COUNT.get(len(names), names)
    if names == ("FL", "FR"):
        return None
    matrix = np.array([FOLD.get(name, BOTH) for name in names], dtype=np.float32)
    if not matrix.any():
        matrix[:] = 1 / len(names)
    return matrix


class Resampler:
    """Float32 sound from one rate to another, streaming: what `push` and `end` give, joined, is the whole."""

    def __init__(self, source_rate: int, rate: int, channels: int = 2) -> None:
        self._source_rate = source_rate
        self._layout = {1: "mono", 2: "stereo"}[channels]
        self._inner = AudioResampler(format="fltp", layout=self._layout, rate=rate) if rate != source_rate else None
        self._taken = 0
        self._nothing = np.zeros((0, channels), dtype=np.float32)

    def push(self, block: Samples) -> Samples:
        """What is ready after this much more, shape (n, channels)."""
        if self._inner is None:
            return block
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(block.T), format="fltp", layout=self._layout)
        frame.sample_rate = self._source_rate
        frame.time_base = Fraction(1, self._source_rate)
        frame.pts = self._taken
        self._taken += len(block)
        return self._joined(self._inner.resample(frame))

    def end(self) -> Samples:
        """The rest."""
        return self._joined(self._inner.resample(None)) if self._inner and self._taken else self._nothing

    def _joined(self, frames: list[Any]) -> Samples:
        return np.concatenate([frame.to_ndarray().T for frame in frames]) if frames else self._nothing
