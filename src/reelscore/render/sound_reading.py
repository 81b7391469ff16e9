"""A file's sound, any stretch of it: float32 stereo at the file's own rate, silence where it has none.

Index 0 is the first shown frame (or the first sample of an audio file). Every decoded stretch lies at its own
presentation time; holes are silence and overlaps are dropped. Surround is folded to stereo by ITU-R BS.775 (centre
and surrounds at -3 dB, LFE left out). What a sample is worth never depends on where reading began: files whose times
are exact to the sample are decoded in cells of ten seconds, each from a little before its beginning, others always
from their start.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any

import av.error
import numpy as np
from numpy.typing import NDArray

from reelscore.errors import MediaError, shown
from reelscore.render.containers import decoded, open_container, ready
from reelscore.render.sources import Source
from reelscore.values.sound import Samples

STEP_SECONDS = 0.03  # a jump of presentation time larger than this starts a new stretch
CELL_SECONDS = 10
RUN_UP_SECONDS = 1  # decoders with memory have forgotten the jump after less
EXACT = ("mp4", "mov", "m4a", "m4v", "3gp", "wav", "w64", "flac")
_ENDLESS = 1 << 60
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


class SourceSound:
    """One open file. `read` gives any stretch; going on costs decoding only, going back starts a cell again."""

    def __init__(self, source: Source) -> None:
        audio = source.info.audio
        if audio is None:
            raise MediaError(f"{shown(source.path)} has no sound.", "Use a file with sound.")
        self.rate = audio.sample_rate
        self._source = source
        self._length = CELL_SECONDS * self.rate if source.info.container in EXACT else _ENDLESS
        self._cells: list[_Cell] = []  # the one in use last, and the one before

    def read(self, first: int, count: int) -> Samples:
        """Samples first .. first + count - 1, shape (count, 2)."""
        out = np.zeros((count, 2), np.float32)
        at, end = first, first + count
        while at < end:
            number = max(0, at) // self._length
            until = min(end, (number + 1) * self._length)
            for start, piece in self._cell(number, at).collect(at, until):
                low, high = max(at, start), min(until, start + len(piece))
                if low < high:
                    out[low - first : high - first] = piece[low - start : high - start]
            at = until
        return out

    def close(self) -> None:
        """Let go of the file."""
        for cell in self._cells:
            cell.close()
        self._cells.clear()

    def _cell(self, number: int, first: int) -> _Cell:
        found = next((cell for cell in self._cells if cell.number == number), None)
        if found is not None and first < found.kept_from:
            self._cells.remove(found)
            found.close()
            found = None
        if found is None:
            while len(self._cells) >= 2:
                self._cells.pop(0).close()
            found = _Cell(self._source, number, self.rate)
            self._cells.append(found)
        return found


class _Cell:
    """Decoding from the beginning of one cell on. Sound is kept until a second after it was read."""

    def __init__(self, source: Source, number: int, rate: int) -> None:
        self.number, self.kept_from = number, -_ENDLESS
        self._source, self._rate = source, rate
        self._pieces: list[tuple[int, Samples]] = []
        self._reached = number * CELL_SECONDS * rate if number else -_ENDLESS
        self._container = open_container(source.path)
        assert source.info.audio is not None
        try:
            stream = self._container.streams[source.info.audio.index]
        except IndexError:
            self.close()
            raise MediaError(f"{shown(source.path)} has changed since it was added.", "Add it again.") from None
        ready(stream)
        self._coming = self._stretches(stream) if self._jump(stream) else iter(())

    def collect(self, first: int, until: int) -> list[tuple[int, Samples]]:
        """Everything from `first` to `until`, as (index, piece) in order."""
        self.kept_from = max(self.kept_from, first - self._rate)
        while self._pieces and self._pieces[0][0] + len(self._pieces[0][1]) <= self.kept_from:
            self._pieces.pop(0)
        while self._reached < until:
            found = next(self._coming, None)
            if found is None:
                self._reached = _ENDLESS
                break
            start, piece = found
            if start < self._reached:
                start, piece = self._reached, piece[self._reached - start :]
            if len(piece):
                self._reached = start + len(piece)
                if self._reached > self.kept_from:
                    self._pieces.append((start, piece))
        return self._pieces

    def close(self) -> None:
        self._coming = iter(())
        self._container.close()

    def _zero(self, stream: Any) -> Fraction | None:
        """Index 0 on the container's clock; None until the first sample of an audio file tells it."""
        video = self._source.info.video
        if video is not None:
            return video.start
        return Fraction(stream.start_time or 0) * stream.time_base if self.number else None

    def _jump(self, stream: Any) -> bool:
        if not self.number:
            return True
        target = (self._zero(stream) or 0) + self.number * CELL_SECONDS - RUN_UP_SECONDS
        try:
            self._container.seek(int(target / stream.time_base), stream=stream, backward=True)
        except (av.error.FFmpegError, OSError):
            return False
        return True

    def _stretches(self, stream: Any) -> Iterator[tuple[int, Samples]]:
        """Decoded sound, each piece at its index; pieces of one stretch follow each other exactly."""
        base = Fraction(stream.time_base)
        zero = self._zero(stream)
        expected: int | None = None
        for frame in decoded(self._container, stream, self._source.path):
            piece = _stereo(frame)
            if frame.sample_rate != self._rate:
                piece = _at_rate(piece, frame.sample_rate, self._rate)
            at = None if frame.pts is None else frame.pts * base
            if zero is None:
                zero = at or Fraction(0)
            if at is not None:
                place = (at - zero) * self._rate
                if expected is None or abs(place - expected) > STEP_SECONDS * self._rate:
                    expected = round(place)
            expected = expected or 0
            yield expected, piece
            expected += len(piece)


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
    return np.ascontiguousarray(sound.T) if matrix is None else np.ascontiguousarray(sound.T @ matrix)


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


def _at_rate(piece: Samples, rate: int, wanted: int) -> Samples:
    """A piece whose rate is not the stream's: rare and odd, so simply interpolated."""
    places = np.arange(round(len(piece) * wanted / rate)) * (rate / wanted)
    return np.stack([np.interp(places, np.arange(len(piece)), piece[:, c]) for c in (0, 1)], axis=1).astype(np.float32)
