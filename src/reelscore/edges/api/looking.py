"""What an uploaded file is, found out by its content in a limited child process.

Starting a child costs far more than looking a small file over. So requests that wait at the same time share a round:
who comes while others are being looked over joins the next; and a child stays for some rounds. Large files, which take
long to count through, have rounds and children of their own, so that no small one waits for them.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from reelscore.editing import look_over, standing
from reelscore.errors import MediaError, ReelscoreError, UnsupportedError
from reelscore.values.reading import MediaInfo

ACCEPTED = (
    "mp4", "mov", "avi", "webm", "mkv", "jpg", "png", "gif", "webp", "mp3", "wav", "m4a", "aac", "flac", "ogg", "opus",
)  # fmt: skip
_MOST = 64  # files of a round
_LARGE = 20_000_000  # bytes
_SNIFFED = 64
_KNOWN_HEADS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"OggS", b"ID3", b"fLaC", b"\x1aE\xdf\xa3", b"riff")


class _Waiting:
    """One file, and what it was found to be."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: MediaInfo | ReelscoreError | None = None


class Looker:
    """Looks files over, those of several threads together."""

    def __init__(self, at_once: int, stays: bool = False) -> None:
        self._at_once = at_once  # rounds
        self._child = standing() if stays else None
        self._changed = threading.Condition()
        self._waiting: list[_Waiting] = []
        self._rounds = 0

    def look(self, paths: Sequence[Path]) -> list[MediaInfo | ReelscoreError]:
        """What each file is, or why it is not taken."""
        mine = [_Waiting(path) for path in paths]
        with self._changed:
            self._waiting += mine
            while any(one.found is None for one in mine):
                if self._waiting and self._rounds < self._at_once:
                    self._round()
                else:
                    self._changed.wait()
        return [one.found for one in mine if one.found is not None]

    def _round(self) -> None:
        """Look over those that wait, with the lock released meanwhile."""
        now, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
        self._rounds += 1
        self._changed.release()
        found: Sequence[MediaInfo | ReelscoreError] = ()
        try:
            found = look_over([one.path for one in now], self._child)
        finally:
            self._changed.acquire()
            self._rounds -= 1
            lost = MediaError("The file could not be looked over.", "Send it again.")
            for n, one in enumerate(now):
                one.found = found[n] if n < len(found) else lost
            self._changed.notify_all()


_SMALL_FILES, _LARGE_FILES = Looker(1, stays=True), Looker(2)


def looked_over(files: Sequence[tuple[str, Path]]) -> list[MediaInfo | ReelscoreError]:
    """What files are, or why they are not taken: MediaError for damaged media, UnsupportedError for what is none.

    Messages call them by the names they came with.
    """
    large = [path for _, path in files if path.stat().st_size > _LARGE]
    small = [path for _, path in files if path not in large]
    found = dict(zip(small, _SMALL_FILES.look(small), strict=True))
    found |= zip(large, _LARGE_FILES.look(large), strict=True)
    return [_named(found[path], name, path) for name, path in files]


def _named(found: MediaInfo | ReelscoreError, name: str, path: Path) -> MediaInfo | ReelscoreError:
    if isinstance(found, MediaInfo):
        return found
    message = found.message.replace(path.name, name)
    if name not in message:
        message = f'"{name}": {message}'
    if path.stat().st_size == 0 or _is_media(path):
        return MediaError(message, found.hint)
    return UnsupportedError(message, f"Accepted: {', '.join(ACCEPTED)}.")


def _is_media(path: Path) -> bool:
    """Does it begin as media does, so that it is damaged rather than of another type?"""
    with path.open("rb") as file:
        head = file.read(_SNIFFED)
    return head.startswith(_KNOWN_HEADS) or head[4:8] == b"ftyp" or (head[:1] == b"\xff" and head[1:2] >= b"\xe0")
