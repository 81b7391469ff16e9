"""The parameter sets of H.264 in MP4, so that pictures of two encoders can follow each other in one track.

A track's configuration record (ISO/IEC 14496-15, 5.3.3) may hold several sequence and picture parameter sets as long
as their numbers differ (ITU-T H.264, 7.4.1.2.1); every slice names the set it needs. So the pictures composed around a
cut are encoded under numbers that the source does not use, and the record of both is made from the two.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

_WITH_CHROMA = (100, 110, 122, 144, 244, 44, 83, 86, 118, 128)  # profiles whose record says more after the sets
MOST_SETS = 31


@dataclass(frozen=True, slots=True)
class Record:
    """An AVCDecoderConfigurationRecord. `tail` is what follows the sets in the higher profiles."""

    profile: int
    constraints: int
    level: int
    length_size: int
    sequences: tuple[bytes, ...]
    pictures: tuple[bytes, ...]
    tail: bytes


def parsed(data: bytes) -> Record | None:
    """The record in these bytes, None when they hold none."""
    if len(data) < 7 or data[0] != 1:
        return None
    try:
        sequences, at = _sets(data, 6, data[5] & 0x1F)
        pictures, at = _sets(data, at + 1, data[at])
    except (IndexError, struct.error):
        return None
    if not sequences or not pictures:
        return None
    return Record(data[1], data[2], data[3], (data[4] & 3) + 1, sequences, pictures, data[at:])


def merged(first: Record, second: Record | None) -> bytes | None:
    """One record with the sets of both; None where they cannot share a track."""
    records = (first, second) if second is not None else (first,)
    sequences = [one for record in records for one in record.sequences]
    pictures = [one for record in records for one in record.pictures]
    if len({record.length_size for record in records}) > 1 or len(sequences) > MOST_SETS:
        return None
    for numbers in (map(sequence_number, sequences), map(picture_number, pictures)):
        told = list(numbers)
        if len(set(told)) < len(told):
            return None
    top = max(records, key=lambda record: (record.profile in _WITH_CHROMA, record.profile))
    level = max(record.level for record in records)
    head = bytes([1, top.profile, top.constraints, level, 0xFC | (first.length_size - 1), 0xE0 | len(sequences)])
    return head + _told(sequences) + bytes([len(pictures)]) + _told(pictures) + top.tail


def free_number(record: Record) -> int | None:
    """A number under which neither a sequence nor a picture set of this record stands."""
    taken = {sequence_number(one) for one in record.sequences} | {picture_number(one) for one in record.pictures}
    return next((number for number in range(1, MOST_SETS) if number not in taken), None)


def sequence_number(data: bytes) -> int:
    """seq_parameter_set_id: the first number after the unit's header, profile, constraints and level."""
    return _first_number(data[4:])


def picture_number(data: bytes) -> int:
    """pic_parameter_set_id: the first number after the unit's header."""
    return _first_number(data[1:])


def has_instant_refresh(packet: bytes, length_size: int) -> bool:
    """Does this packet hold an IDR picture? The units in it are told with their lengths."""
    at = 0
    while at + length_size < len(packet):
        size = int.from_bytes(packet[at : at + length_size], "big")
        kind = packet[at + length_size] & 0x1F
        if kind == 5:
            return True
        if kind == 1:
            return False
        at += length_size + size
    return False


def _sets(data: bytes, at: int, count: int) -> tuple[tuple[bytes, ...], int]:
    found = []
    for _ in range(count):
        size = struct.unpack_from(">H", data, at)[0]
        if at + 2 + size > len(data) or size < 4:
            raise IndexError
        found.append(data[at + 2 : at + 2 + size])
        at += 2 + size
    return tuple(found), at


def _told(sets: Sequence[bytes]) -> bytes:
    return b"".join(struct.pack(">H", len(one)) + one for one in sets)


def _first_number(data: bytes) -> int:
    """An unsigned Exp-Golomb number (ITU-T H.264, 9.1) at the start of these bytes."""
    bits = "".join(f"{byte:08b}" for byte in data[:8])
    zeros = len(bits) - len(bits.lstrip("0"))
    return int(bits[zeros : 2 * zeros + 1] or "0", 2) - 1
