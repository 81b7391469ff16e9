"""Where notes begin, in finished sound: used to prove that the hits really sound where they should.

Log-spectral flux (Bello et al. 2005; maximum filter over neighbouring bands against vibrato, Boeck & Widmer 2013) at a
5 ms hop finds the onsets; each is then placed to a few milliseconds by comparing the 12 ms after with the 12 ms
before, for a spectral frame of 46 ms blurs it. Times are seconds from the first sample.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy import fft
from scipy.ndimage import maximum_filter1d, uniform_filter1d

from reelscore.values.sound import Samples
from reelscore.values.time import Seconds, Span, merged

Floats = NDArray[np.float64]
HOP_SECONDS = 0.005
WINDOW_SECONDS = 0.046
BANDS_PER_OCTAVE = 6
LOWEST_HZ, HIGHEST_HZ = 40.0, 16_000.0
APART_SECONDS = 0.03  # two onsets closer than this are one
AROUND_SECONDS = 0.5  # the neighbourhood a peak must stand out from
STANDS_OUT = 0.06  # flux above the neighbourhood's mean, of a full-scale onset
FINE_SECONDS = 0.001
FINE_WINDOW = 12  # milliseconds before and after
EARLIER, LATER = 12, 30  # milliseconds around a found peak in which the onset is sought
LEAD = 8  # hops of silence in front
CHUNK = 2048  # spectra at a time


def onsets(samples: Samples, rate: int) -> Floats:
    """The moments at which something begins to sound, in seconds, rising. `samples` has shape (n, channels) or (n,)."""
    mono = samples.mean(axis=1) if samples.ndim == 2 else samples
    mono = np.ascontiguousarray(mono, dtype=np.float32)
    hop = max(1, round(rate * HOP_SECONDS))
    window = max(16, round(rate * WINDOW_SECONDS))
    if len(mono) < hop or not np.any(mono):
        return np.zeros(0)
    flux = _flux(mono, rate, hop, window)
    peaks = _peaks(flux, rate / hop) - LEAD
    return _refined(mono, np.maximum(peaks, 0.0) * (hop / rate), rate)


def onset_errors(times: Floats, hits: Sequence[Seconds]) -> Floats:
    """Onset time less hit time for each hit, in seconds, from the onset nearest to it (infinite without onsets)."""
    if len(times) == 0:
        return np.full(len(hits), np.inf)
    at = np.array([float(hit) for hit in hits], dtype=np.float64)
    after = np.clip(np.searchsorted(times, at), 1, max(1, len(times) - 1))
    later, earlier = times[np.minimum(after, len(times) - 1)] - at, times[after - 1] - at
    return np.where(np.abs(later) < np.abs(earlier), later, earlier)


def chance(times: Floats, duration: Seconds, within: Seconds) -> float:
    """The share of all moments that have an onset `within` reach: what hits thrown at random would score."""
    edge = float(within)
    spans = merged(Span(Fraction(float(t) - edge), Fraction(float(t) + edge)) for t in times)
    inside = sum(min(float(s.end), float(duration)) - max(float(s.start), 0.0) for s in spans if s.start < duration)
    return min(1.0, max(0.0, inside / float(duration)))


def _flux(mono: NDArray[np.float32], rate: int, hop: int, window: int) -> Floats:
    """How much louder the bands became in two hops, mean over bands; entry k is about the moment (k - LEAD) * hop."""
    size = 1 << (window - 1).bit_length()
    silence = np.zeros(window // 2 + LEAD * hop, np.float32)  # so that music may begin with the first sample
    padded = np.concatenate([silence, mono])  # no silence after it: its end is no onset
    padded = np.pad(padded, (0, max(0, window - len(padded))))
    frames = np.lib.stride_tricks.sliding_window_view(padded, window)[::hop]
    shape = np.hanning(window).astype(np.float32)
    edges = _band_edges(rate, size)
    log_bands = np.empty((len(frames), len(edges) - 1), dtype=np.float32)
    widths = np.diff(edges).astype(np.float32)
    for start in range(0, len(frames), CHUNK):
        spectra = fft.rfft(frames[start : start + CHUNK] * shape, size, axis=1)
        power = spectra.real**2 + spectra.imag**2
        bands = np.add.reduceat(power, edges[:-1], axis=1)[:, : len(widths)] / widths
        log_bands[start : start + CHUNK] = bands
    loudest = float(log_bands.max())
    log_bands = np.log1p(log_bands * np.float32(1e4 / max(loudest, 1e-12)))
    before = maximum_filter1d(log_bands, 3, axis=1)
    rise = np.maximum(log_bands[2:] - before[:-2], 0.0).mean(axis=1)
    return np.concatenate([np.zeros(1), rise, np.zeros(1)]).astype(np.float64)


def _band_edges(rate: int, size: int) -> NDArray[np.int64]:
    """FFT bins at which logarithmic bands begin, at least one bin each."""
    highest = min(HIGHEST_HZ, 0.49 * rate)
    count = int(BANDS_PER_OCTAVE * np.log2(highest / LOWEST_HZ)) + 1
    hertz = LOWEST_HZ * 2.0 ** (np.arange(count + 1) / BANDS_PER_OCTAVE)
    bins = np.unique(np.round(hertz * size / rate).astype(np.int64))
    return bins[(bins >= 1) & (bins <= size // 2)]


def _peaks(flux: Floats, per_second: float) -> Floats:
    """Local maxima that stand out from their neighbourhood, as (fractional) positions."""
    apart = max(1, round(APART_SECONDS * per_second))
    around = max(3, round(AROUND_SECONDS * per_second))
    mean = uniform_filter1d(flux, around, mode="nearest")
    local = maximum_filter1d(flux, 2 * apart + 1, mode="constant")
    top = float(np.quantile(flux, 0.999)) if len(flux) else 0.0
    chosen = np.flatnonzero((flux >= local) & (flux > 1.6 * mean) & (flux > mean + STANDS_OUT * max(top, 0.3)))
    kept: list[int] = []
    for k in chosen.tolist():
        if not kept or k - kept[-1] >= apart:
            kept.append(k)
    return np.array(kept, dtype=np.float64)


def _refined(mono: NDArray[np.float32], times: Floats, rate: int) -> Floats:
    """Each onset moved to the millisecond at which the spectrum just after exceeds the one just before the most.

    The long window of the search sees a strong attack coming, so the place is looked for mostly after its peak.
    """
    step = max(1, round(rate * FINE_SECONDS))
    size = FINE_WINDOW * step
    padded = np.concatenate([np.zeros(size, np.float32), mono, np.zeros(size, np.float32)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, size)[::step]  # entry k starts k - FINE_WINDOW ms in
    last = len(windows) - 1 - FINE_WINDOW
    fade = np.cos(np.linspace(0.0, np.pi / 2, size, dtype=np.float32)) ** 2
    found = []
    for time in times.tolist():
        middle = round(time * rate / step)
        first, end = max(0, middle - EARLIER), min(last, middle + LATER)
        if end < first:
            continue
        before = np.abs(fft.rfft(windows[first : end + 1] * fade[::-1], axis=1))
        after = np.abs(fft.rfft(windows[first + FINE_WINDOW : end + FINE_WINDOW + 1] * fade, axis=1))
        rise = np.maximum(np.sqrt(after) - np.sqrt(before), 0.0).sum(axis=1)
        found.append((first + int(np.argmax(rise))) * step / rate)
    return np.unique(np.array(found, dtype=np.float64))
