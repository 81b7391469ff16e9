"""A file to a Reading: picture and sound side by side, each in its own limited child process.

This is how the rest of the product looks at media: nothing of the file is opened or decoded in the caller's process.
Each child looks the file over for itself (that costs milliseconds) so that neither waits for the other.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reelscore.errors import MediaError
from reelscore.sandbox.child import Limits, allow_cpu
from reelscore.sandbox.jobs import Job, Standing, run_jobs
from reelscore.values.codec import from_json
from reelscore.values.progress import Watch, unwatched
from reelscore.values.reading import AudioReading, MediaInfo, Reading, VideoReading

__all__ = ["Standing", "look_over", "look_over_each", "read_media", "thumbnail"]

CPU_SECONDS, CPU_SECONDS_PER_MEDIA_SECOND = 60, 20
HDR_NAMES = {"pq": "HDR10 (PQ)", "hlg": "HLG"}


@dataclass(frozen=True, slots=True)
class Seen:
    """What the picture's child found; `video` is None when there is no picture."""

    info: MediaInfo
    video: VideoReading | None


@dataclass(frozen=True, slots=True)
class Heard:
    """What the sound's child found; `audio` is None when there is no sound."""

    audio: AudioReading | None
    problem: str = ""


def read_media(path: Path, watch: Watch = unwatched) -> Reading:
    """See and hear a file. Raises MediaError (what is wrong, what to do) and whatever the watch raises."""
    from reelscore.understand.files import check_file, shown

    check_file(path)
    place = {"path": os.path.abspath(path)}
    seen, heard = run_jobs(
        [
            Job("reelscore.understand.read:see", place, shown(path), weight=0.8),
            Job("reelscore.understand.read:hear", place, shown(path), weight=0.2),
        ],
        watch,
    )
    picture, sound = from_json(Seen, seen), from_json(Heard, heard)
    warnings = picture.info.warnings + (sound.audio.info.warnings if sound.audio else ())
    notes = (*warnings, *_notes(picture.info), *((sound.problem,) if sound.problem else ()))
    return Reading(picture.info, picture.video, sound.audio, tuple(dict.fromkeys(notes)))


def look_over(path: Path, watch: Watch = unwatched) -> MediaInfo:
    """What the file is, without seeing or hearing it through; in a child process like `read_media`."""
    from reelscore.understand.files import check_file, shown

    check_file(path)
    job = Job("reelscore.understand.read:probe_only", {"path": os.path.abspath(path)}, shown(path))
    return from_json(MediaInfo, run_jobs([job], watch)[0])


@dataclass(frozen=True, slots=True)
class LookedOver:
    """What one of several files is; `info` is None where `problem` says what is wrong with it."""

    info: MediaInfo | None
    problem: str = ""
    hint: str = ""


def look_over_each(paths: Sequence[Path], standing: Standing | None = None) -> list[LookedOver]:
    """Several files in one child, which costs little more than one; in a `standing` one without the cost of its start.
    A file that ends the child costs the others nothing: each then gets a child of its own."""
    if len(paths) == 1 and standing is None:
        try:
            return [LookedOver(look_over(paths[0]))]
        except MediaError as fault:
            return [LookedOver(None, fault.message, fault.hint)]
    names = {"paths": [os.path.abspath(path) for path in paths]}
    job = Job("reelscore.understand.read:probe_each", names, f"One of {len(paths)} files")
    try:
        found = standing.run(job) if standing else run_jobs([job])[0]
        return [from_json(LookedOver, one) for one in found]
    except MediaError:
        return [found for path in paths for found in look_over_each([path])]


def thumbnail(path: Path, side: int, standing: Standing) -> bytes:
    """A small JPEG of what the file shows, made in the standing child. Raises MediaError."""
    arguments = {"path": os.path.abspath(path), "side": side}
    made = standing.run(Job("reelscore.understand.thumbnail:thumbnail", arguments, "The file", purpose="shown"))
    return base64.b64decode(made)


def see(path: str, watch: Watch) -> Seen:
    """The picture's side, run in a child."""
    from reelscore.understand.probe import probe

    info = probe(Path(path))
    watch("picture", 0.02)
    if info.video is None:
        return Seen(info, None)
    from reelscore.understand.picture import read_picture

    _allow(info)
    return Seen(info, read_picture(Path(path), info, watch))


def hear(path: str, watch: Watch) -> Heard:
    """The sound's side, run in a child. Sound that breaks does not spoil a film whose picture is whole."""
    from reelscore.understand.probe import probe

    info = probe(Path(path))
    if info.audio is None:
        return Heard(None)
    from reelscore.understand.sound import read_sound

    _allow(info)
    try:
        return Heard(read_sound(Path(path), info, watch))
    except MediaError as fault:
        if info.video is None:
            raise
        return Heard(None, fault.message)


def probe_only(path: str, watch: Watch) -> MediaInfo:
    """`probe`, run in a child."""
    from reelscore.understand.probe import probe

    return probe(Path(path))


def probe_each(paths: Sequence[str], watch: Watch) -> list[LookedOver]:
    """`probe` of each, run in a child."""
    from reelscore.understand.probe import probe

    found = []
    for n, path in enumerate(paths, 1):
        allow_cpu(Limits().cpu_seconds)
        try:
            found.append(LookedOver(probe(Path(path))))
        except MediaError as fault:
            found.append(LookedOver(None, fault.message, fault.hint))
        watch("look", n / len(paths))
    return found


def warm() -> None:
    """Compile every kernel that reading uses, so that the first real file is as quick as the rest."""
    from reelscore.understand import beats, picture
    from reelscore.values.loudness import warm as warm_loudness

    warm_loudness()
    picture.warm()
    beats.warm()


def _allow(info: MediaInfo) -> None:
    """The file has proved to be media: give it time by its length."""
    allow_cpu(CPU_SECONDS + CPU_SECONDS_PER_MEDIA_SECOND * float(info.duration))


def _notes(info: MediaInfo) -> list[str]:
    """What a person should know about this file."""
    notes = []
    video = info.video
    if video is None:
        notes.append("There is no picture, only a cover." if info.cover_art else "There is no picture.")
    else:
        if video.variable_rate:
            notes.append(f"The frame rate varies, {float(video.frame_rate):.3g} a second on average.")
        if video.interlaced:
            notes.append("The picture is interlaced.")
        if video.hdr:
            notes.append(f"The picture is {HDR_NAMES[video.hdr]}; brightness is judged roughly.")
    if info.audio is None:
        notes.append("The file has no sound.")
    return notes
