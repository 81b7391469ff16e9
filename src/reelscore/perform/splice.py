"""Putting bars that were written again into a recording, so that nothing else changes by a bit.

The new take is played with the old one's levels, so both are alike up to the changed bars and, once their ring has died
away, behind them. There the old samples are kept as they are, and the two takes are joined by short crossfades where
they hardly differ.
"""

from __future__ import annotations

import numpy as np

from reelscore.values.sound import SAMPLE_RATE, Samples

JOIN = SAMPLE_RATE // 50  # frames of each crossfade
_ALIKE = 2e-4  # largest difference of two samples that are as good as equal: -74 dB
_LEAD = SAMPLE_RATE // 16  # players may be this early: slow attacks by 45 ms, loose hands by a few more


def splice(old: Samples, new: Samples, first: int, last: int) -> tuple[Samples, tuple[int, int]]:
    """The old take with frames `first`..`last` and their ring from the new one; both of shape (frames, 2).

    Returns it and the frames that may differ from the old take. Where the takes never grow alike again (or one is
    longer), the new one is kept to its end.
    """
    frames = min(len(old), len(new))
    start = max(0, first - _LEAD)
    apart = np.flatnonzero(np.abs(old[:frames] - new[:frames]).max(axis=1) > _ALIKE)
    behind = apart[apart >= start]
    end = max(last, int(behind[-1]) + 1 if len(behind) else start) + JOIN
    result = new.copy()
    head = min(start, frames)
    result[:head] = old[:head]
    lead_in = min(JOIN, head)
    if lead_in:
        fade = _rise(lead_in)
        result[head - lead_in : head] = old[head - lead_in : head] * (1 - fade) + new[head - lead_in : head] * fade
    if len(old) != len(new) or end >= frames:
        return result, (head - lead_in, len(new))
    result[end:] = old[end:]
    fade = _rise(JOIN)
    result[end - JOIN : end] = new[end - JOIN : end] * (1 - fade) + old[end - JOIN : end] * fade
    return result, (head - lead_in, end)


def _rise(frames: int) -> Samples:
    """0 to 1, smoothly; (frames, 1)."""
    return (0.5 - 0.5 * np.cos(np.linspace(0, np.pi, frames))).astype(np.float32)[:, None]
