"""Progress as people see it: a bar on a terminal, plain lines in a pipe, nothing when asked.

The stages call a `Watch`; this is the one the command line hands in. It knows how long a stage usually takes
(`WEIGHTS`), so that the share done grows evenly, and keeps the clock that the core must not read.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from reelscore.errors import CancelledError
from reelscore.values.progress import Watch

# stage -> (what the person reads, share of a usual run)
WEIGHTS: dict[str, tuple[str, float]] = {
    "read": ("Watching and listening", 0.40),
    "brief": ("Understanding", 0.02),
    "compose": ("Composing", 0.06),
    "perform": ("Performing", 0.28),
    "write": ("Writing", 0.20),
    "bundle": ("Bundling", 0.04),
}
ALONE = {"render": "Rendering", "copy": "Copying"}  # stages that are the whole of their run
PLAIN_EVERY_S = 5.0
STOPPED = Event()  # the person asked to stop


def total_share(stage: str, share: float) -> float:
    """How much of the whole run is done when `share` of this stage is."""
    names = list(WEIGHTS)
    if stage not in {*WEIGHTS, *ALONE}:
        return 0.0
    if stage in ALONE:
        return share
    before = sum(WEIGHTS[name][1] for name in names[: names.index(stage)])
    return (before + WEIGHTS[stage][1] * share) / sum(weight for _, weight in WEIGHTS.values())


def title(stage: str) -> str:
    """A stage as people read it."""
    return ALONE.get(stage) or WEIGHTS.get(stage, (stage, 0.0))[0]


def minutes(seconds: float) -> str:
    """0:07, 1:05, 1:02:03."""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


class _PlainLines:
    """One line when a stage begins, and one every few seconds while it lasts."""

    def __init__(self) -> None:
        self.stage = ""
        self.started = self.last = time.monotonic()

    def __call__(self, stage: str, share: float, /) -> None:
        now = time.monotonic()
        if stage == self.stage and now - self.last < PLAIN_EVERY_S:
            return
        words = title(stage)
        tail = "" if stage != self.stage else f" {share:.0%}{time_left(now - self.started, total_share(stage, share))}"
        print(f"{words}...{tail}", file=sys.stderr, flush=True)
        self.stage, self.last = stage, now


def time_left(elapsed: float, done: float) -> str:
    """ ", 0:12 left", once enough is done to tell."""
    if done < 0.05 or elapsed < 1:
        return ""
    return f", {minutes(elapsed * (1 - done) / done)} left"


def frames_done(elapsed: float, done: float, frames: int) -> str:
    """ ", 120 of 300 frames at 41 fps"; nothing where no frames are made."""
    if not frames or done < 0.02 or elapsed < 1:
        return ""
    return f", {round(frames * done)} of {frames} frames at {frames * done / elapsed:.0f} fps"


@contextmanager
def watching(quiet: bool, frames: int = 0) -> Iterator[Watch]:
    """The watch for one command; of a render of so many frames, it tells frames too. It ends work that is stopped."""
    if quiet:
        yield _until_stopped(lambda stage, share, /: None)
    elif sys.stderr.isatty():
        with _bar(frames) as watch:
            yield _until_stopped(watch)
    else:
        yield _until_stopped(_PlainLines())


def _until_stopped(watch: Watch) -> Watch:
    def inner(stage: str, share: float, /) -> None:
        if STOPPED.is_set():
            raise CancelledError
        watch(stage, share)

    return inner


@contextmanager
def _bar(frames: int) -> Iterator[Watch]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    started = time.monotonic()
    columns = (
        TextColumn("{task.description:<24}"),
        BarColumn(bar_width=32),
        TextColumn("{task.percentage:>3.0f} %{task.fields[left]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=8) as progress:
        task = progress.add_task("", total=1.0, left="")
        furthest = 0.0

        def watch(stage: str, share: float, /) -> None:
            nonlocal furthest
            furthest = max(furthest, total_share(stage, share))
            elapsed = time.monotonic() - started
            left = frames_done(elapsed, furthest, frames) + time_left(elapsed, furthest)
            words = title(stage)
            progress.update(task, completed=furthest, description=words, left=left)

        yield watch
