"""From a source's colours to BT.709: other matrices, full range, wide gamut, high dynamic range.

A change of matrix or range is affine and done in one pass. Everything else (BT.2020, PQ, HLG) goes through a table
made once, which gives what the `zscale,tonemap=mobius` chain of `plan.py` gives: linear light with white at 203 nits
(ITU-R BT.2408), BT.2020 to BT.709 in linear light, the Moebius curve on the largest of the three, and the inverse of
the BT.1886 display curve. Curves: PQ SMPTE ST 2084, HLG ARIB STD-B67 with the 1.2 system gamma of a 1000-nit display.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reelscore.render.kernels import change_matrix, spread_luma, through_cells, through_cube
from reelscore.render.planes import KB, KR, Planes, empty

Floats = NDArray[np.float32]
Triple = tuple[Floats, Floats, Floats]

MATRICES = {1: (0.2126, 0.0722), 4: (0.30, 0.11), 5: (0.299, 0.114), 6: (0.299, 0.114), 7: (0.212, 0.087)}
WIDE = {9: (0.2627, 0.0593), 10: (0.2627, 0.0593)}  # BT.2020
NODES = 65
WHITE_NITS = 203.0
TO_BT709 = np.array(  # linear light, BT.2020 to BT.709 primaries (ITU-R BT.2087)
    [[1.660491, -0.587641, -0.072850], [-0.124550, 1.132900, -0.008349], [-0.018151, -0.100579, 1.118730]], np.float32
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a frame's numbers mean colours."""

    matrix: int  # of the H.273 table; 1 is BT.709, 5 and 6 are BT.601, 9 is BT.2020
    full_range: bool
    transfer: str = ""  # "", "pq", "hlg"
    peak: float = 10.0  # brightest light of a PQ or HLG picture, in hundreds of nits

    @property
    def plain(self) -> bool:
        return self.matrix == 1 and not self.full_range and not self.transfer


def guessed_matrix(width: int, height: int) -> int:
    """The matrix of a file that names none: BT.601 for standard definition, as players take it."""
    return 6 if width <= 1024 and height <= 576 else 1


@lru_cache(maxsize=16)
def _affine(kr: float, kb: float, full: bool) -> tuple[Floats, Floats]:
    """Weights of `change_matrix` from this encoding to BT.709, limited."""
    kg, out_kg = 1 - kr - kb, 1 - KR - KB
    to_rgb = np.array(
        [[1, 0, 2 * (1 - kr)], [1, -2 * kb * (1 - kb) / kg, -2 * kr * (1 - kr) / kg], [1, 2 * (1 - kb), 0]]
    )
    luma = np.array([KR, out_kg, KB])
    from_rgb = np.array(
        [luma, (np.array([0, 0, 1]) - luma) / (2 * (1 - KB)), (np.array([1, 0, 0]) - luma) / (2 * (1 - KR))]
    )
    inner = from_rgb @ to_rgb
    scale_in = np.array([1 / 255, 1 / 255, 1 / 255]) if full else np.array([1 / 219, 1 / 224, 1 / 224])
    zero_in = np.array([0 if full else 16, 128, 128])
    whole = np.array([219, 224, 224])[:, None] * inner * scale_in
    offset = np.array([16, 128, 128]) - whole @ zero_in
    chroma = np.column_stack((offset[1:], whole[1:, 1:]))
    return np.concatenate(([offset[0]], whole[0])).astype(np.float32), chroma.astype(np.float32)


def to_bt709(planes: Planes, encoding: Encoding, bits: int = 8) -> Planes:
    """The picture in BT.709, limited range. `bits` > 8 only for what goes through a table (16-bit samples)."""
    if encoding.plain and bits == 8:
        return planes
    out = empty(planes.width, planes.height)
    if encoding.transfer or encoding.matrix in WIDE:
        _wide(encoding, bits).apply(planes, out)
    else:
        kr, kb = MATRICES.get(encoding.matrix, MATRICES[1])
        luma, chroma = _affine(kr, kb, encoding.full_range)
        change_matrix(*planes.colour, luma, chroma, *out.colour)
    return Planes(out.y, out.u, out.v, planes.a)


Change = Callable[[Floats, Floats, Floats], Triple]


@dataclass(frozen=True, slots=True)
class Cube:
    """A change of colour of any depth as tables; see `kernels.through_cube`."""

    bits: int
    luma: NDArray[np.uint16]
    chroma: Floats

    def apply(self, planes: Planes, out: Planes) -> None:
        through_cube(*planes.colour, self.bits, self.luma, self.chroma, *out.colour)


@dataclass(frozen=True, slots=True)
class Cells:
    """A change of 8-bit colour as tables; see `kernels.through_cells`."""

    luma: NDArray[np.uint8]
    chroma: NDArray[np.int16]
    slope: NDArray[np.int32]

    def apply(self, planes: Planes, out: Planes) -> None:
        through_cells(*planes.colour, self.luma, self.chroma, self.slope, *out.colour)


def make_cube(change: Change, bits: int, luma_nodes: int) -> Cube:
    """Tables for `change`, which maps code values on the 8-bit scale (floats) to new ones."""
    across = np.arange(NODES, dtype=np.float32) * np.float32(256 / (NODES - 1))
    _, u, v = _evaluated(change, across, across)
    levels = np.arange(luma_nodes, dtype=np.float32) * np.float32(256 / (luma_nodes - 1))
    y = _evaluated(change, levels, across)[0]
    luma = np.empty((NODES, NODES, 1 << bits), np.uint16)
    spread_luma(np.ascontiguousarray(y, np.float32), luma)
    return Cube(bits, luma, np.ascontiguousarray(np.stack((u, v), axis=-1), np.float32))


def make_cells(change: Change) -> Cells:
    """The same for 8-bit pictures and changes that leave luma nearly independent of chroma."""
    middles = np.arange(128, dtype=np.float32) * 2 + np.float32(0.5)
    levels = np.arange(NODES, dtype=np.float32) * 4
    y, u, v = _evaluated(change, levels, middles)
    u, v = u[::2], v[::2]
    luma = np.empty((128, 128, 256), np.uint16)
    spread_luma(np.ascontiguousarray(y, np.float32), luma)
    middle = slice(40, 88)  # the colours that are seen most
    slopes = [float(np.gradient(part[8:28, middle, middle], 2.0, axis=axis).mean()) for part, axis in ((u, 1), (v, 2))]
    chroma = np.clip(np.stack((u, v), axis=-1) * 64, 0, 255 * 64)
    half_code = np.array([round(slope * 0.5 * 64 * 32) for slope in slopes], np.int32)
    return Cells(((luma + 32) >> 6).astype(np.uint8), np.ascontiguousarray(np.round(chroma), np.int16), half_code)


def _evaluated(change: Change, levels: Floats, across: Floats) -> Triple:
    """New codes on a grid (y, u, v), a few levels at a time: formulas hold many arrays of their grid's size."""
    parts = []
    for first in range(0, len(levels), 8):
        y, u, v = np.meshgrid(levels[first : first + 8], across, across, indexing="ij")
        parts.append([np.asarray(part, np.float32) for part in change(y, u, v)])
    y, u, v = (np.concatenate(column) for column in zip(*parts, strict=True))
    return y, u, v


@lru_cache(maxsize=4)
def _wide(encoding: Encoding, bits: int) -> Cube:
    def change(y: Floats, u: Floats, v: Floats) -> Triple:
        red, green, blue = _linear(decode(y, u, v, WIDE[9], encoding.full_range), encoding)
        light = np.stack((red, green, blue), axis=-1) @ TO_BT709.T
        if encoding.transfer:
            light = _toned(light, encoding.peak)
        shown = np.clip(light, 0.0, None) ** np.float32(1 / 2.4)
        return encode(np.clip(shown[..., 0], 0, 1), np.clip(shown[..., 1], 0, 1), np.clip(shown[..., 2], 0, 1))

    return make_cube(change, bits, luma_nodes=257)


def decode(y: Floats, u: Floats, v: Floats, weights: tuple[float, float] = (KR, KB), full: bool = False) -> Triple:
    """Code values on the 8-bit scale to R'G'B', 0..1 (and a little beyond)."""
    kr, kb = weights
    luma = y / np.float32(255) if full else (y - np.float32(16)) / np.float32(219)
    scale = np.float32(1 / 255 if full else 1 / 224)
    pb, pr = (u - np.float32(128)) * scale, (v - np.float32(128)) * scale
    red, blue = luma + np.float32(2 * (1 - kr)) * pr, luma + np.float32(2 * (1 - kb)) * pb
    green = (luma - np.float32(kr) * red - np.float32(kb) * blue) / np.float32(1 - kr - kb)
    return red, np.asarray(green, np.float32), blue


def encode(red: Floats, green: Floats, blue: Floats) -> Triple:
    """R'G'B' to BT.709 limited code values."""
    luma = np.float32(KR) * red + np.float32(1 - KR - KB) * green + np.float32(KB) * blue
    u = np.float32(128) + np.float32(224 / (2 * (1 - KB))) * (blue - luma)
    v = np.float32(128) + np.float32(224 / (2 * (1 - KR))) * (red - luma)
    return np.float32(16) + np.float32(219) * luma, u, v


def _linear(colours: Triple, encoding: Encoding) -> Triple:
    """Display light, 1 = white (203 nits for PQ and HLG)."""
    if encoding.transfer == "pq":
        red, green, blue = (_pq(part) * np.float32(10_000 / WHITE_NITS) for part in colours)
        return red, green, blue
    if encoding.transfer == "hlg":
        scene = [_hlg(part) for part in colours]
        luma = np.float32(0.2627) * scene[0] + np.float32(0.678) * scene[1] + np.float32(0.0593) * scene[2]
        gain = np.float32(1000 / WHITE_NITS) * np.maximum(luma, np.float32(1e-6)) ** np.float32(0.2)
        return scene[0] * gain, scene[1] * gain, scene[2] * gain
    red, green, blue = (np.clip(part, 0, None) ** np.float32(2.4) for part in colours)
    return red, green, blue


def _pq(signal: Floats) -> Floats:
    m1, m2, c1, c2, c3 = 0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875
    power = np.clip(signal, 0, 1).astype(np.float64) ** (1 / m2)
    return np.asarray((np.maximum(power - c1, 0) / (c2 - c3 * power)) ** (1 / m1), dtype=np.float32)


def _hlg(signal: Floats) -> Floats:
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    x = np.clip(signal, 0, 1).astype(np.float64)
    return np.asarray(np.where(x <= 0.5, x * x / 3, (np.exp((x - c) / a) + b) / 12), dtype=np.float32)


def _toned(light: Floats, peak: float, knee: float = 0.3) -> Floats:
    """The Moebius curve on the brightest of the three colours: straight up to the knee, `peak` comes to white."""
    brightest = np.maximum(light.max(axis=-1, keepdims=True), np.float32(1e-6))
    if peak <= 1:
        return light
    a = -knee * knee * (peak - 1) / (knee * knee - 2 * knee + peak)
    b = (knee * knee - 2 * knee * peak + peak) / max(peak - 1, 1e-6)
    bent = (b * b + 2 * b * knee + knee * knee) / (b - a) * (brightest + a) / (brightest + b)
    return np.asarray(light * (np.where(brightest <= knee, brightest, bent) / brightest), dtype=np.float32)
