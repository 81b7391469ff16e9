"""The shown length of the picture in a finished MP4 or MOV, corrected in its edit list.

A film whose end was cut off by an edit list still carries the packets behind it, and a copy shows the first of them.
The track's edit list says how much of a track is shown (ISO/IEC 14496-12, 8.6.6); shortening its one entry there, in
place, hides them again without touching a packet.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from reelscore.values.time import Seconds

Place = tuple[int, int]  # first byte of a box's body, and the byte after it


def cut_shown_length(path: Path, length: Seconds) -> bool:
    """Make the picture end with the film where it would be shown longer. True when something was changed.

    For our own finished files with the index in front. Files without an edit list are left as they are.
    """
    with path.open("r+b") as file:
        moov, at = _index(file.read(1 << 16), path)
        file.seek(at)
        data = bytearray(file.read(moov))
        if not _shorten(data, length):
            return False
        file.seek(at)
        file.write(data)
    return True


def _index(head: bytes, path: Path) -> Place:
    """Size and place of the `moov` box's body, found among the first boxes of the file."""
    for kind, start, end in _boxes(head, 0, path.stat().st_size):
        if kind == b"moov":
            return end - start, start
    return 0, 0


def _shorten(moov: bytearray, length: Seconds) -> bool:
    movie = next(_find(moov, [b"mvhd"]), None)
    if movie is None:
        return False
    scale = struct.unpack_from(">I", moov, movie[0] + (20 if moov[movie[0]] == 1 else 12))[0]
    wanted = round(length * scale)
    lengths = []
    changed = False
    for start, end in _find(moov, [b"trak"]):
        track = memoryview(moov)[start:end]
        handler = next(_find(track, [b"mdia", b"hdlr"]))[0]
        head = next(_find(track, [b"tkhd"]))[0]
        edits = _edits(track)
        shown = sum(_number(track, box, at, at) for box, at in edits) or _number(track, head, 20, 28)
        if bytes(track[handler + 8 : handler + 12]) == b"vide" and edits and shown > wanted:
            box, at = edits[-1]
            _put(track, box, at, at, max(1, _number(track, box, at, at) - (shown - wanted)))
            _put(track, head, 20, 28, wanted)
            shown = wanted
            changed = True
        lengths.append(shown)
    if changed:
        _put(moov, movie[0], 16, 24, max(lengths))
    return changed


def _edits(track: memoryview) -> list[tuple[int, int]]:
    """For each entry of the edit list: where the list starts, and where after that the entry's duration stands."""
    for start, _ in _find(track, [b"edts", b"elst"]):
        count = struct.unpack_from(">I", track, start + 4)[0]
        return [(start, 8 + n * (20 if track[start] == 1 else 12)) for n in range(count)]
    return []


def _number(data: memoryview | bytearray, box: int, short: int, long: int) -> int:
    """A field of a full box, whose width and place depend on the box's version."""
    wide = data[box] == 1
    return int(struct.unpack_from(">Q" if wide else ">I", data, box + (long if wide else short))[0])


def _put(data: memoryview | bytearray, box: int, short: int, long: int, value: int) -> None:
    wide = data[box] == 1
    struct.pack_into(">Q" if wide else ">I", data, box + (long if wide else short), value)


def _find(data: memoryview | bytearray, path: list[bytes], start: int = 0, end: int | None = None) -> Iterator[Place]:
    """Bodies of all boxes at this path."""
    for kind, first, last in _boxes(data, start, len(data) if end is None else end):
        if kind != path[0]:
            continue
        if len(path) == 1:
            yield first, last
        else:
            yield from _find(data, path[1:], first, last)


def _boxes(data: memoryview | bytearray | bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(kind, first byte of the body, byte after it) of each box whose header lies in `data`."""
    while start + 8 <= min(end, len(data)):
        size, kind = struct.unpack_from(">I4s", data, start)
        header = 8
        if size == 1 and start + 16 <= len(data):
            size, header = struct.unpack_from(">Q", data, start + 8)[0], 16
        if size < header:
            return
        yield kind, start + header, min(start + size, end)
        start += size
