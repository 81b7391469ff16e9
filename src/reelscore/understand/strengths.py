"""What the ear follows in music, as sound streams by: how strongly something begins, and which tones sound.

Strength is the rise of log-magnitude bands against the same bands 20 ms before, widened by a maximum filter over
neighbouring bands so that vibrato is no beginning (SuperFlux: Böck & Widmer 2013), every 5 ms; it is also kept for
low, middle and high bands by themselves, for drums tell bars by them. Tones are folded to the twelve pitch classes
(Fujishima 1999), every 50 ms, bass and the rest apart. Memory is a few kB a second of sound.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft
from scipy.ndimage import maximum_filter1d

RATE = 16_000
HOP, WINDOW = 80, 768  # strength: 200 a second
TONE_HOP, TONE_WINDOW = 800, 4096  # pitch classes: 20 a second
LAG = 4  # hops between the two spectra that are compared
SEEN_LATE = 1.0  # hops by which a beginning is seen later than it is
PER_SECOND, TONES_PER_SECOND = RATE // HOP, RATE // TONE_HOP
BANDS_PER_OCTAVE = 12
LOWEST_HZ, HIGHEST_HZ = 30.0, 7_600.0
GROUPS_HZ = (140.0, 700.0, 3_000.0)  # low | tenor | middle | high
BASS_HZ, TOP_HZ = (40.0, 200.0), (200.0, 2_000.0)
CHUNK = 2048
COMPRESSION = 1_000.0

Strength = NDArray[np.float32]
Mono = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Strengths:
    """`bands` (n, 5): all, low, tenor, middle, high, PER_SECOND; `tones` (m, 24): bass and top, TONES_PER_SECOND."""

    bands: Strength
    tones: Strength


class _Windows:
    """Sound that comes in blocks, as overlapping windows centred on 0, hop, 2 hop ..."""

    def __init__(self, window: int, hop: int) -> None:
        self._window, self._hop = window, hop
        self._held: Mono = np.zeros(window // 2, dtype=np.float32)

    def push(self, mono: Mono) -> Mono:
        """The windows that are whole now, (n, window)."""
        self._held = np.concatenate((self._held, mono))
        count = max(0, (len(self._held) - self._window) // self._hop + 1)
        if not count:
            return np.zeros((0, self._window), dtype=np.float32)
        windows = np.lib.stride_tricks.sliding_window_view(self._held, self._window)[:: self._hop][:count]
        self._held = self._held[count * self._hop :]
        return windows


class Ear:
    """Takes 16 kHz mono as it comes; `strengths` ends it and tells what was in it."""

    def __init__(self) -> None:
        self._onsets, self._tones = _Windows(WINDOW, HOP), _Windows(TONE_WINDOW, TONE_HOP)
        self._edges, self._groups = _bands()
        self._classes = _pitch_classes()
        self._before: Strength = np.zeros((LAG, len(self._edges) - 1), dtype=np.float32)
        self._rises: list[Strength] = []
        self._folded: list[Strength] = []

    def push(self, mono: Mono) -> None:
        """Hear this next."""
        windows = self._onsets.push(mono)
        for start in range(0, len(windows), CHUNK):
            self._rise(windows[start : start + CHUNK])
        windows = self._tones.push(mono)
        for start in range(0, len(windows), CHUNK):
            self._fold(windows[start : start + CHUNK])

    def strengths(self) -> Strengths:
        """Everything heard."""
        self.push(np.zeros(WINDOW // 2, dtype=np.float32))
        return Strengths(
            np.concatenate(self._rises or [np.zeros((0, 5), np.float32)]),
            np.concatenate(self._folded or [np.zeros((0, 24), np.float32)]),
        )

    def _rise(self, windows: Mono) -> None:
        shape = np.hanning(WINDOW).astype(np.float32)
        spectra = np.abs(fft.rfft(windows * shape, axis=1)) * np.float32(2 / shape.sum())
        widths = np.diff(self._edges).astype(np.float32)
        bands = np.add.reduceat(spectra, self._edges[:-1], axis=1) / widths
        logs = np.concatenate((self._before, np.log1p(COMPRESSION * bands).astype(np.float32)))
        rise = np.maximum(logs[LAG:] - maximum_filter1d(logs[:-LAG], 3, axis=1), 0.0)
        parts = np.add.reduceat(rise, self._groups, axis=1) / np.diff([*self._groups, rise.shape[1]])
        self._rises.append(np.column_stack((rise.mean(axis=1), parts)).astype(np.float32))
        self._before = logs[-LAG:]

    def _fold(self, windows: Mono) -> None:
        shape = np.hanning(TONE_WINDOW).astype(np.float32)
        spectra = np.abs(fft.rfft(windows * shape, axis=1)) * np.float32(2 / shape.sum())
        self._folded.append(np.log1p(COMPRESSION * spectra) @ self._classes)


def _bands() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each band begins (bins, with the end), and the first band of each group."""
    per_bin = RATE / WINDOW
    count = int(BANDS_PER_OCTAVE * np.log2(HIGHEST_HZ / LOWEST_HZ)) + 1
    hertz = LOWEST_HZ * 2.0 ** (np.arange(count + 1) / BANDS_PER_OCTAVE)
    edges = np.unique(np.round(hertz / per_bin).astype(np.int64))
    edges = edges[(edges >= 1) & (edges <= WINDOW // 2)]
    groups = np.searchsorted(edges[:-1] * per_bin, (0.0, *GROUPS_HZ))
    return edges, groups.astype(np.int64)


def _pitch_classes() -> Strength:
    """(bins, 24): which of the twelve classes each bin belongs to, bass first, by how near it is to the tone."""
    hertz = np.arange(TONE_WINDOW // 2 + 1) * RATE / TONE_WINDOW
    classes = np.zeros((len(hertz), 24), dtype=np.float32)
    for first, (low, high) in ((0, BASS_HZ), (12, TOP_HZ)):
        inside = np.flatnonzero((hertz >= low) & (hertz < high))
        tone = 12 * np.log2(hertz[inside] / 440.0) + 69
        near = np.round(tone)
        classes[inside, first + near.astype(np.int64) % 12] = np.maximum(0.0, 1.0 - 1.6 * np.abs(tone - near))
    return classes
