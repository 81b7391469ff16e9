"""An export's words, read."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reelscore.edges.jobs.targets import filename_of, size_of, target_of
from reelscore.edit import samples
from reelscore.errors import OutputError
from reelscore.values.timeline import Timeline

FILM = samples.film()


@pytest.mark.parametrize(
    ("said", "suffix", "size"),
    [
        ({}, ".mp4", (1920, 1080)),
        ({"format": "MP4", "resolution": "720p"}, ".mp4", (1280, 720)),
        ({"format": ".webm", "resolution": "1280x720"}, ".webm", (1280, 720)),
        ({"name": "trip.mov", "resolution": "4K"}, ".mov", (3840, 2160)),
        ({"format": "mp4", "shape": "9:16"}, ".mp4", (1080, 1920)),
        ({"format": "mp3"}, ".mp3", (0, 0)),
    ],
    ids=lambda value: str(value),
)
def test_format_and_size_are_read(said: dict[str, str], suffix: str, size: tuple[int, int]) -> None:
    target = target_of(said, FILM)
    assert (target.suffix, size_of(target, FILM.canvas)) == (suffix, size)


def test_a_part_is_read() -> None:
    span = target_of({"start": "0:02", "end": "5.5s"}, FILM).span
    assert span is not None
    assert (span.start, span.end) == (Fraction(2), Fraction("5.5"))


def test_what_has_no_pictures_becomes_a_sound() -> None:
    only_music = Timeline(tracks=tuple(track for track in FILM.tracks if track.kind == "audio"), media=FILM.media)
    assert target_of({}, only_music).suffix == ".wav"


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"format": "docx"}, "docx"),
        ({"resolution": "99999p"}, "99999p"),
        ({"quality": "best"}, "best"),
        ({"shape": "round"}, "round"),
        ({"frame_rate": "fast"}, "fast"),
        ({"frame_rate": "1/0"}, "1/0"),
        ({"frame_rate": "100000"}, "100000"),
        ({"start": "later"}, "later"),
        ({"start": "5", "end": "3"}, "5"),
    ],
    ids=lambda value: str(value),
)
def test_what_cannot_be_is_refused_with_the_value_seen(said: dict[str, str], word: str) -> None:
    with pytest.raises(OutputError, match=word):
        target_of(said, FILM)


@pytest.mark.parametrize(
    ("name", "result"),
    [("", "film.mp4"), ("trip", "trip.mp4"), ("trip.mov", "trip.mp4"), ("../../etc/passwd", "_.._etc_passwd.mp4")],
)
def test_a_result_is_called_as_asked_and_is_a_plain_name(name: str, result: str) -> None:
    assert filename_of({"name": name}, FILM, ".mp4") == result
