"""A render's progress as a person sees it: frames done, frames a second, time left.

The core reads no clock; whoever watches brings one. The pace is that of the last half minute, so that frames taken
from an earlier render, or a slow start, soon no longer colour the forecast.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

PACE_S = 30.0
_FEWEST_S = 1.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a render is. `fps` and `seconds_left` are None until there is something to tell them by."""

    share: float  # 0..1
    frames_done: int
    frames: int
    fps: float | None
    seconds_left: float | None


class Pacer:
    """A watch that tells progress: `Pacer(plan.frames, show, time.monotonic)`.

    `show` may raise CancelledError, like any watch.
    """

    def __init__(self, frames: int, show: Callable[[Progress], None], clock: Callable[[], float]) -> None:
        self._frames, self._show, self._clock = frames, show, clock
        self._seen: deque[tuple[float, float]] = deque()

    def __call__(self, stage: str, share: float) -> None:
        now = self._clock()
        self._seen.append((now, share))
        while now - self._seen[0][0] > PACE_S and len(self._seen) > 2:
            self._seen.popleft()
        since, before = self._seen[0]
        pace = (share - before) / (now - since) if now - since >= _FEWEST_S and share > before else None
        done = min(self._frames, int(share * self._frames + 0.5))
        fps = pace * self._frames if pace is not None else None
        left = (1.0 - share) / pace if pace is not None else None
        self._show(Progress(share, done, self._frames, fps, left))
