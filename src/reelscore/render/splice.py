"""Writes packets of a film and of composed parts into one track, each stamped anew, and proves the result.

The n-th packet in decoding order is decoded at n - `late`, and shown at the time of its frame; `late` is how far the
parts reorder their pictures, so nothing is shown before it is decoded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from reelscore.render.groups import Part
from reelscore.render.joining import ticks
from reelscore.render.parameter_sets import Record, merged, parsed
from reelscore.render.sources import Source
from reelscore.values.reading import VideoStream


class RefusedError(Exception):
    """Why a film cannot be cut without encoding it; never leaves the worker."""


def frame_of(packet: Any, video: VideoStream) -> int:
    """Which frame, in order of display, a packet shows."""
    if packet.pts is None or packet.is_discard:
        raise RefusedError("some of the film's pictures are hidden or have no time")
    at: Fraction = (packet.pts * Fraction(packet.time_base) - video.start) * video.frame_rate
    if abs(at - round(at)) > Fraction(1, 5):
        raise RefusedError("the film's pictures do not come at a constant rate")
    return round(at)


def splice(
    source: Source, record: Record, parts: list[Part], files: dict[Part, Path], rate: Fraction, out: Path,
    look_up: Callable[[], None],
) -> None:  # fmt: skip
    """Write the packets of all parts into one track, stamped anew."""
    import av

    from reelscore.render.containers import open_container

    unit, tick = Fraction(1, ticks(rate)), int(ticks(rate) / rate)
    edges = {part: _Edge(path, rate) for part, path in files.items()}
    with open_container(source.path) as container, av.open(f"file:{out}", "w", format="mp4") as result:
        film = _Film(container, source)
        track: Any = result.add_stream_from_template(film.stream, opaque=True)
        track.codec_context.extradata = _record_of_all(record, list(edges.values()))
        track.time_base = unit
        late = max([film.late, *(edge.late for edge in edges.values())])
        order, first = 0, parts[0].first
        for part in parts:
            for shown, opens, data in edges[part].packets() if part in edges else film.packets(part):
                packet = av.Packet(data)
                packet.stream, packet.time_base, packet.is_keyframe = track, unit, opens
                packet.pts, packet.dts = (part.first - first + shown) * tick, (order - late) * tick
                packet.duration = tick
                result.mux(packet)
                order += 1
                if order % 100 == 0:
                    look_up()


class _Film:
    """Packets of whole groups of the source. Frames are told from the first of a part."""

    def __init__(self, container: Any, source: Source) -> None:
        assert source.info.video is not None
        self._container, self._video = container, source.info.video
        self.stream = container.streams[self._video.index]
        shown = [frame_of(packet, self._video) for packet in container.demux(self.stream) if packet.size]
        self.late = max(n - frame for n, frame in enumerate(shown))

    def packets(self, part: Part) -> Iterator[tuple[int, bool, bytes]]:
        video = self._video
        at = video.start + part.source_first / video.frame_rate
        self._container.seek(round(at / self.stream.time_base), stream=self.stream, backward=True)
        taken = 0
        for packet in self._container.demux(self.stream):
            if not packet.size:
                continue
            frame = frame_of(packet, video) - part.source_first
            if taken == 0 and frame != 0:
                continue
            yield frame, bool(packet.is_keyframe), bytes(packet)
            taken += 1
            if taken == part.count:
                return
        raise RefusedError("a group of pictures was not found again")


class _Edge:
    """A composed part, read back."""

    def __init__(self, path: Path, rate: Fraction) -> None:
        import av

        with av.open(f"file:{path}") as container:
            stream = container.streams.video[0]
            self.record = parsed(bytes(stream.codec_context.extradata or b""))
            self._rows = [
                (round((packet.pts or 0) * Fraction(packet.time_base or 1) * rate), packet.is_keyframe, bytes(packet))
                for packet in container.demux(stream)
                if packet.size
            ]
        self.late = max(n - row[0] for n, row in enumerate(self._rows))

    def packets(self) -> Iterator[tuple[int, bool, bytes]]:
        return iter(self._rows)


def _record_of_all(record: Record, edges: list[_Edge]) -> bytes:
    """The track's configuration record: the source's sets, and those of the composed parts."""
    if not edges:
        both: bytes | None = merged(record, None)
    elif edges[0].record is None or any(edge.record != edges[0].record for edge in edges):
        raise RefusedError("the encoder changed its parameters on the way")
    else:
        both = merged(record, edges[0].record)
    if both is None:
        raise RefusedError("the film's parameters do not go with the encoder's")
    return both


def check_spliced(path: Path, count: int, rate: Fraction) -> None:
    """Every frame is there once, at its time, and times of decoding rise; else the splice is not used."""
    import av

    with av.open(f"file:{path}") as container:
        packets: list[Any] = [packet for packet in container.demux(container.streams.video[0]) if packet.size]
    if any(packet.pts is None or packet.dts is None for packet in packets):
        raise RefusedError("the joined film has pictures without a time")
    times = sorted(packet.pts * Fraction(packet.time_base) * rate for packet in packets)
    stored = [packet.dts for packet in packets]
    if len(times) != count or any(at - times[0] != n for n, at in enumerate(times)):
        raise RefusedError(f"the joined film shows {len(times)} pictures instead of {count}, or not evenly")
    if any(late <= early for early, late in pairwise(stored)):
        raise RefusedError("the joined film is stored out of order")
