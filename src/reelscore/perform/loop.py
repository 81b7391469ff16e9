"""Loops without a seam: what rings past the end sounds over the beginning, as it does when the loop goes round.

Sound of shape (frames, 2). A loop is mixed with room for its ring behind it, folded once, and from then on treated as
something that never ends: filters, tape and limiter run through a little of its end first and of its beginning last.
"""

from __future__ import annotations

import numpy as np

from reelscore.values.sound import SAMPLE_RATE, Samples

RING = 8 * SAMPLE_RATE
"""Frames behind a loop in which its last notes and the hall die away."""
BEFORE, BEHIND = 4 * SAMPLE_RATE, SAMPLE_RATE // 2


def fold(samples: Samples, frames: int) -> Samples:
    """The first `frames`, with all that comes later laid over them from the start, round and round."""
    folded = samples[:frames].copy()
    for first in range(frames, len(samples), frames):
        late = samples[first : first + frames]
        folded[: len(late)] += late
    return folded


def around(samples: Samples) -> Samples:
    """The loop with what comes before and behind it when it goes round."""
    frames = len(samples)
    return np.asarray(np.take(samples, np.arange(-BEFORE, frames + BEHIND), axis=0, mode="wrap"), np.float32)


def cut(extended: Samples) -> Samples:
    """The loop itself out of `around`."""
    return np.ascontiguousarray(extended[BEFORE : len(extended) - BEHIND])
