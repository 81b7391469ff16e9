"""Writes small SoundFonts, whole or broken, for the tests of the reader and the sampler."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

Generators = Sequence[tuple[int, int]]
RATE = 48_000
INSTRUMENT, SAMPLE = 41, 53


@dataclass(frozen=True)
class Wave:
    """One mono sample; `loop` in its own frames."""

    frames: NDArray[np.float32]
    loop: tuple[int, int] = (0, 0)
    rate: int = RATE
    root: int = 69
    correction: int = 0


@dataclass(frozen=True)
class Font:
    """Zones are lists of (generator, amount), ranges first, INSTRUMENT or SAMPLE last (none: global)."""

    waves: Sequence[Wave]
    instruments: Sequence[Sequence[Generators]]
    presets: Mapping[tuple[int, int], Sequence[Generators]] = field(
        default_factory=lambda: {(0, 0): [[(INSTRUMENT, 0)]]}
    )


def sine(hertz: float = 440.0, seconds: float = 1.0, cycles_looped: int = 0) -> Wave:
    """A sine at half scale; looped over whole cycles at its end when asked (440 Hz: 1200 frames hold 11 cycles)."""
    count = round(seconds * RATE)
    frames = (0.5 * np.sin(2 * np.pi * hertz * np.arange(count) / RATE)).astype(np.float32)
    loop = (count - round(cycles_looped * RATE / hertz), count) if cycles_looped else (0, 0)
    return Wave(frames, loop)


def packed(low: int, high: int) -> int:
    """A range as a generator's amount."""
    return low | high << 8


def font_bytes(font: Font, *, ogg: bool = False, pad: bool = True, odd_info: bool = False) -> bytes:
    """The file. `ogg`: samples as SF3; `pad=False` leaves out pad bytes, as some writers do."""
    pool, headers = _samples(font.waves, ogg)
    phdr, pbag, pgen = b"", b"", b""
    for (bank, program), zones in font.presets.items():
        phdr += struct.pack("<20sHHHIII", b"preset", program, bank, len(pbag) // 4, 0, 0, 0)
        pbag, pgen = _bags(zones, pbag, pgen)
    phdr += struct.pack("<20sHHHIII", b"EOP", 0, 0, len(pbag) // 4, 0, 0, 0)
    inst, ibag, igen = b"", b"", b""
    for zones in font.instruments:
        inst += struct.pack("<20sH", b"instrument", len(ibag) // 4)
        ibag, igen = _bags(zones, ibag, igen)
    inst += struct.pack("<20sH", b"EOI", len(ibag) // 4)
    pbag += struct.pack("<HH", len(pgen) // 4, 0)
    ibag += struct.pack("<HH", len(igen) // 4, 0)
    end = b"\0" * 4
    info = _chunk(b"INAM", b"odd" if odd_info else b"even", pad)
    tables = (
        (b"phdr", phdr), (b"pbag", pbag), (b"pmod", b"\0" * 10), (b"pgen", pgen + end), (b"inst", inst),
        (b"ibag", ibag), (b"imod", b"\0" * 10), (b"igen", igen + end), (b"shdr", headers),
    )  # fmt: skip
    body = b"sfbk"
    body += _chunk(b"LIST", b"INFO" + info, pad)
    body += _chunk(b"LIST", b"sdta" + _chunk(b"smpl", pool, pad), pad)
    body += _chunk(b"LIST", b"pdta" + b"".join(_chunk(name, data, pad) for name, data in tables), pad)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def write_font(path: Path, font: Font) -> Path:
    """The font as a plain SF2 file."""
    path.write_bytes(font_bytes(font))
    return path


def _bags(zones: Sequence[Generators], bags: bytes, gens: bytes) -> tuple[bytes, bytes]:
    for zone in zones:
        bags += struct.pack("<HH", len(gens) // 4, 0)
        for kind, amount in zone:
            gens += struct.pack("<Hh", kind, amount if amount < 32768 else amount - 65536)
    return bags, gens


def _samples(waves: Sequence[Wave], ogg: bool) -> tuple[bytes, bytes]:
    pool, headers = b"", b""
    for wave in waves:
        if ogg:
            held = io.BytesIO()
            soundfile.write(held, wave.frames, wave.rate, format="OGG", subtype="VORBIS")
            start, data, kind = len(pool), held.getvalue(), 17
            end, loop = start + len(data), wave.loop
        else:
            start, kind = len(pool) // 2, 1
            data = (wave.frames * 32767).astype("<i2").tobytes() + b"\0" * 92
            end = start + len(wave.frames)
            loop = (start + wave.loop[0], start + wave.loop[1])
        pool += data
        headers += struct.pack(
            "<20sIIIIIBbHH", b"wave", start, end, *loop, wave.rate, wave.root, wave.correction, 0, kind
        )
    return pool, headers + struct.pack("<20sIIIIIBbHH", b"EOS", 0, 0, 0, 0, 0, 0, 0, 0, 0)


def _chunk(name: bytes, data: bytes, pad: bool) -> bytes:
    return name + struct.pack("<I", len(data)) + data + (b"\0" if pad and len(data) % 2 else b"")
