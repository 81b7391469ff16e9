"""The packets of a video stream: times, sizes and keyframes, without decoding anything.

Reading them costs about as much as reading the file. A packet's size is what its picture cost the encoder: cuts,
stills and motion show in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import av.error
import numpy as np
from numpy.typing import NDArray

from reelscore.errors import MediaError
from reelscore.understand.containers import open_container, shown
from reelscore.values.reading import MediaInfo


@dataclass(frozen=True)
class Packets:
    """One row per shown frame's packet, in presentation order.

    `pts` counts `time_base` units from the first shown frame; `size` is in bytes; `order` is the packet's place in
    the file (decoding order); `keyframe` says that decoding can start there.
    """

    time_base: Fraction
    pts: NDArray[np.int64]
    size: NDArray[np.int64]
    keyframe: NDArray[np.bool_]
    order: NDArray[np.int64]

    @cached_property
    def pts_seconds(self) -> NDArray[np.float64]:
        """Seconds from the first shown frame."""
        return self.pts * float(self.time_base)

    def __len__(self) -> int:
        return len(self.pts)


def read_packets(path: Path, info: MediaInfo) -> Packets:
    """The chosen video stream's packets. Kept for the last file read, as several readers ask for the same table."""
    if info.video is None:
        raise MediaError(f"{shown(path)} has no picture.", "Use a video file.")
    state = path.stat()
    return _read(path, info.video.index, info.video.start, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=1)
def _read(path: Path, index: int, start: Fraction, _mtime_ns: int, _size: int) -> Packets:
    rows: list[tuple[int, int, bool, bool]] = []
    with open_container(path) as container:
        stream = container.streams[index]
        base = Fraction(stream.time_base)
        try:
            for packet in container.demux(stream):
                if packet.size:
                    pts = packet.pts if packet.pts is not None else packet.dts
                    rows.append((pts if pts is not None else -1, packet.size, packet.is_keyframe, packet.is_discard))
        except av.error.FFmpegError:
            pass  # the file breaks off here
    return table(rows, base, round(start / base))


def table(rows: list[Any], base: Fraction, first: int) -> Packets:
    """Rows (pts, size, keyframe, discard) in file order to a table of shown packets in presentation order."""
    data = np.array(rows, dtype=np.int64).reshape(-1, 4)
    order = np.arange(len(data))
    kept = (data[:, 3] == 0) & (data[:, 0] >= first)
    data, order = data[kept], order[kept]
    by_time = np.argsort(data[:, 0], kind="stable")
    data, order = data[by_time], order[by_time]
    return Packets(base, data[:, 0] - first, data[:, 1].copy(), data[:, 2].astype(bool), order)
