"""Files taken in: what they are, what is found in them, and their place in a timeline's table of media."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from reelscore.errors import MediaError
from reelscore.fulfil import Shelf
from reelscore.values.progress import Watch, unwatched
from reelscore.values.reading import MediaInfo, Reading
from reelscore.values.timeline import Media

if TYPE_CHECKING:
    from reelscore.understand.read import Standing


_STILLS = ("png", "jpeg", "jpg", "webp")


_BLOCK = 1 << 20


class Files(Shelf, Protocol):
    """A shelf whose files can be found."""

    def path(self, media: str) -> Path:
        """Where a medium lies. Raises MediaError when it is gone."""

    def info(self, media: str) -> MediaInfo:
        """What it was found to be."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as the timeline knows it, and what was found in it."""

    medium: Media
    info: MediaInfo
    reading: Reading


def take_in(path: Path, watch: Watch = unwatched) -> Taken:
    """Read a file in limited children and name it by its content. Raises MediaError."""
    from reelscore.pipeline import inspect_media

    reading = inspect_media(path, watch)
    return Taken(medium_of(reading.info, digest(path), path.name), reading.info, reading)


def look_over(paths: Sequence[Path], standing: Standing | None = None) -> list[MediaInfo | MediaError]:
    """What files are, by their content and without reading them through, in a limited child; what is wrong with those
    that are no media. With a `standing` child, which stays for the next ones, small files cost milliseconds."""
    from reelscore.understand.read import look_over_each

    return [one.info or MediaError(one.problem, one.hint) for one in look_over_each(paths, standing)]


def standing() -> Standing:
    """A limited child that stays, for `look_over`."""
    from reelscore.understand.read import Standing

    return Standing()


def thumbnail(path: Path, side: int, standing: Standing) -> bytes:
    """A JPEG of at most `side` pixels each way of what a film or a photograph shows. Raises MediaError."""
    from reelscore.understand.read import thumbnail

    return thumbnail(path, side, standing)


def digest(path: Path) -> str:
    """ "sha256:..." of a file's bytes. Raises MediaError where it cannot be read."""
    held = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                held.update(block)
    except OSError as fault:
        raise MediaError(f'"{path.name}" cannot be read: {fault.strerror}.', "Check the file.") from None
    return f"sha256:{held.hexdigest()}"


def medium_of(info: MediaInfo, name: str, title: str) -> Media:
    """A file's place in a timeline's table of media."""
    video = info.video
    still = video is not None and (info.container in _STILLS and video.frame_count <= 1)
    kind = "image" if still else "video" if video is not None else "audio"
    shown = "".join(c if c.isprintable() else " " for c in title)[:200]
    return Media(
        id=name,
        kind=kind,
        name=shown,
        duration=Fraction(0) if still else info.duration,
        width=video.width if video else 0,
        height=video.height if video else 0,
        frame_rate=video.frame_rate if video and not still else None,
        has_sound=info.audio is not None,
    )
