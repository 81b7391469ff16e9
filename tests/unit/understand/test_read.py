"""A file becomes a reading, whatever it holds; what a person should know about it is said."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from reelscore.errors import CancelledError, MediaError
from reelscore.sandbox.child import ADVICE
from reelscore.understand.read import look_over, read_media
from tests.media.make import Factory

pytestmark = pytest.mark.slow


def test_a_film_is_seen_and_heard_on_one_clock(media: Factory) -> None:
    """Picture and sound, with curves of one length, and nothing odd to say."""
    reading = read_media(media.path("h264"))
    assert reading.video is not None
    assert reading.audio is not None
    assert len(reading.video.arousal) == len(reading.audio.energy) == 4
    assert reading.audio.loudness_lufs == pytest.approx(-18.75, abs=0.1)
    assert reading.info == reading.video.info == reading.audio.info
    assert reading.notes == ()


SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    ("name", "seen", "heard", "note"),
    [
        ("mp3", False, True, "There is no picture."),
        pytest.param("cover_mp3", False, True, "There is no picture, only a cover.", marks=SLOW),
        pytest.param("only_picture", True, False, "The file has no sound.", marks=SLOW),
        ("vfr", True, False, "The frame rate varies, 24.6 a second on average."),
        pytest.param("interlaced", True, False, "The picture is interlaced.", marks=SLOW),
        pytest.param("pq", True, False, "The picture is HDR10 (PQ); brightness is judged roughly.", marks=SLOW),
        ("png", True, False, "This is a single picture: it has no length of its own."),
        pytest.param("animated_webp", True, False, "The file has no sound.", marks=SLOW),
    ],
)
def test_what_is_missing_or_odd_is_said(media: Factory, name: str, seen: bool, heard: bool, note: str) -> None:
    """Half a film is read as far as it goes."""
    reading = read_media(media.path(name))
    assert (reading.video is not None, reading.audio is not None) == (seen, heard)
    assert note in reading.notes


def test_reading_twice_gives_equal_values(media: Factory) -> None:
    """Two processes, one truth."""
    assert read_media(media.path("streams")) == read_media(media.path("streams"))


def test_reading_can_be_stopped(media: Factory) -> None:
    """The watch's error comes through as it is."""

    def watch(stage: str, share: float) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        read_media(media.path("h264"), watch)


@pytest.mark.parametrize("name", ["h264", "h264_mkv", "vp9", "mpeg4_avi", "gif", "png", "animated_webp", "mp3", "ogg"])
def test_damage_anywhere_ends_in_a_reading_or_a_clear_error(media: Factory, tmp_path: Path, name: str) -> None:
    """Bytes cut, changed and removed by chance: never a surprise from within."""
    chance = random.Random(name)
    whole = media.path(name).read_bytes()
    for n in range(4):
        data = bytearray(whole)
        if n % 2:
            del data[chance.randrange(len(data)) :]
        for _ in range(30):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        path = tmp_path / f"{n}.bin"
        path.write_bytes(data)
        assert _outcome(path) in ("read", "refused")


def _outcome(path: Path) -> str:
    try:
        look_over(path)
        read_media(path)
    except MediaError as error:
        return "refused" if error.hint != ADVICE else str(error)
    return "read"
