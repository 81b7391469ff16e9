"""Timelines, and the files behind them as they would be probed, for the renderer's tests."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from reelscore.render.sources import Source, Sources
from reelscore.values.reading import AudioStream, MediaInfo, VideoStream
from reelscore.values.timeline import Canvas, Item, Media, Segment, Text, Timeline, Track

FILM, SONG = "sha256:" + "a" * 64, "sha256:" + "b" * 64


def film_info(seconds: int = 10, rate: Fraction = Fraction(30), **changes: Any) -> MediaInfo:
    """A 1080p H.264 film with sound, as probed; `changes` are of its picture."""
    video = VideoStream(
        index=0, codec="h264", profile="High", pixel_format="yuv420p", width=1920, height=1080, coded_width=1920,
        coded_height=1080, rotation=0, frame_rate=rate, variable_rate=False, frame_count=round(seconds * rate),
        start=Fraction(0), duration=Fraction(seconds), bit_depth=8, hdr="", interlaced=False, has_alpha=False,
        bit_rate=8_000_000,
    )  # fmt: skip
    sound = AudioStream(1, "aac", 48_000, 2, Fraction(0), Fraction(seconds))
    return MediaInfo("film.mp4", "mp4", 1, replace(video, **changes), sound, 1, 1, False, Fraction(seconds))


def song_info(seconds: int = 10) -> MediaInfo:
    sound = AudioStream(0, "mp3", 44_100, 2, Fraction(0), Fraction(seconds))
    return MediaInfo("song.mp3", "mp3", 1, None, sound, 0, 1, False, Fraction(seconds))


def sources(**changes: Any) -> Sources:
    return {FILM: Source(Path("film.mp4"), film_info(**changes)), SONG: Source(Path("song.mp3"), song_info())}


def shot(name: str, seconds: Fraction | int, start: Fraction | int = 0, **changes: Any) -> Segment:
    """A stretch of the film."""
    return Segment(name, Fraction(seconds), FILM, Fraction(start), **changes)


def timeline(*items: Item, words: tuple[Item, ...] = (), sound: tuple[Item, ...] = (), **changes: Any) -> Timeline:
    """Items on a video track, words above them, sound beside them."""
    media = (
        Media(FILM, "video", "film.mp4", Fraction(10), 1920, 1080, Fraction(30), True),
        Media(SONG, "audio", "song.mp3", Fraction(10), has_sound=True),
    )
    tracks = [Track("v1", "video", "Video", items=items)]
    tracks += [Track("t1", "text", "Title", items=words)] if words else []
    tracks += [Track("a1", "audio", "BGM", items=sound)] if sound else []
    return replace(Timeline(Canvas(), tuple(tracks), media), **changes)


def words(name: str, seconds: Fraction | int, content: str = "Hello") -> Segment:
    return Segment(name, Fraction(seconds), text=Text(content))
