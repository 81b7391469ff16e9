"""Finished chunks on disk, by their key: what makes a render go on where it stopped, and a later edit cheap.

A chunk appears under its name only when it is complete. The store holds nothing but what can be made again, so the
chunks that have waited longest for a second use are thrown away when it grows too large.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

MOST_BYTES = 8 << 30


@dataclass(frozen=True, slots=True)
class ChunkStore:
    """A folder of chunks."""

    folder: Path
    suffix: str  # ".mp4", ".webm"

    def place(self, key: str) -> Path:
        """Where the chunk of this key is, or will be."""
        return self.folder / f"{key}{self.suffix}"

    def missing(self, keys: Iterable[str]) -> list[str]:
        """The keys that have no chunk yet, each once, in order. Those found count as used now."""
        lacking = []
        for key in dict.fromkeys(keys):
            path = self.place(key)
            try:
                found = path.stat().st_size > 0
                os.utime(path)
            except OSError:
                found = False
            if not found:
                lacking.append(key)
        return lacking

    def forget(self, keys: Iterable[str]) -> None:
        """Throw these chunks away."""
        for key in keys:
            with contextlib.suppress(OSError):
                self.place(key).unlink()

    def prune(self, keep: Collection[str], most_bytes: int = MOST_BYTES) -> None:
        """Throw away chunks, those unused for longest first, until the rest is small enough; `keep` stays."""
        found = []
        for path in self.folder.iterdir():
            with contextlib.suppress(OSError):
                state = path.stat()
                found.append((state.st_mtime_ns, state.st_size, path))
        total = sum(size for _, size, _ in found)
        for _, size, path in sorted(found):
            if total <= most_bytes:
                return
            if path.stem not in keep:
                with contextlib.suppress(OSError):
                    path.unlink()
                    total -= size
