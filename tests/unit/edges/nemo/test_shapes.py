"""Files, canvas and readings as clients of the protocol read them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reelscore.edges.api.errors import RefusedError
from reelscore.edges.nemo.attribution import attribution, demanded_for_export
from reelscore.edges.nemo.shapes import (
    FileRow,
    analysis,
    canvas_config,
    file_entry,
    film_entry,
    made_entry,
    ready_for_export,
)
from reelscore.edges.nemo.status import Film, status
from reelscore.values.reading import AudioReading, AudioStream, MediaInfo, Reading
from reelscore.values.time import Span
from reelscore.values.timeline import Canvas, Media, Segment, Timeline, Track

CLIP = Media("sha256:ab12", "video", "beach.mp4", Fraction(61, 2), 1920, 1080, Fraction(30000, 1001), True)


def test_a_file_has_the_published_keys_and_ours() -> None:
    assert file_entry(FileRow(CLIP, "beach.mp4", 1000, "http://h/files/ab12/beach.mp4")) == {
        "filename": "beach.mp4", "file_type": "video", "cdn_url": "http://h/files/ab12/beach.mp4", "duration": 30.5,
        "width": 1920, "height": 1080, "fps": 29.97, "hash": "ab12", "size": 1000, "has_audio": True,
        "id": "sha256:ab12",
    }  # fmt: skip


def test_whole_rates_are_whole_numbers_and_pictures_have_none() -> None:
    still = Media("sha256:cd", "image", "a.png", Fraction(0), 100, 50)
    assert file_entry(FileRow(still, "a.png", 1, ""))["fps"] == 0
    assert canvas_config(Canvas(1080, 1920, Fraction(30))) == {
        "width": 1080, "height": 1920, "fps": 30, "background": "#000000", "ratio": "9:16",
    }  # fmt: skip


def test_what_was_made_says_of_which_kind_it_is() -> None:
    song = Media("sha256:ef", "audio", "Lo-fi", Fraction(10), has_sound=True)
    music = made_entry(FileRow(song, "Lo-fi.wav", 9, "u", "composed", 77))
    assert (music["type"], music["title"], music["url"], music["created_at"]) == ("music", "Lo-fi", "u", 77)
    done = status(Film("render_1", "completed", 1, 1, 2, "", {"duration": 10.0, "size": 5}, None, "http://h/f.mp4"))
    film = film_entry(done, "f.mp4")
    assert (film["type"], film["url"], film["duration"]) == ("render", "http://h/f.mp4", 10.0)


def test_ready_for_export_means_that_a_track_holds_something() -> None:
    segment = Segment("s1", Fraction(3), media=CLIP.id)
    assert not ready_for_export(Timeline())
    assert not ready_for_export(Timeline(tracks=(Track("t1", "video"),)))
    assert ready_for_export(Timeline(tracks=(Track("t1", "video", items=(segment,)),)))


def test_silence_has_no_loudness_in_json() -> None:
    """Minus infinity is no JSON."""
    stream = AudioStream(0, "pcm", 48000, 2, Fraction(0), Fraction(2))
    info = MediaInfo("", "wav", 10, None, stream, 0, 1, False, Fraction(2))
    reading = Reading(info, None, AudioReading(info, float("-inf"), 0.0, 0.0, (), (Span(Fraction(0), Fraction(1)),)))
    told = analysis(reading, "a.wav")
    assert told["loudness_lufs"] is None
    assert told["speech"] == [{"start": 0.0, "end": 1.0}]


def test_attribution_is_a_short_plain_word() -> None:
    headers = {"X-Skill-Source": "music-creator-ai", "X-Skill-Version": "1.0.0", "X-Skill-Platform": "clawhub"}
    told = attribution(headers)
    assert (told.source, told.version, told.platform, told.missing) == ("music-creator-ai", "1.0.0", "clawhub", ())
    odd = attribution({**headers, "X-Skill-Source": "a b\n\x00" + "x" * 500})
    assert odd.source.startswith("a-b-x")
    assert len(odd.source) <= 64


@pytest.mark.parametrize("missing", ["X-Skill-Source", "X-Skill-Version", "X-Skill-Platform"])
def test_an_export_without_one_of_the_three_headers_is_402(missing: str) -> None:
    headers = {"X-Skill-Source": "a", "X-Skill-Version": "1", "X-Skill-Platform": "cursor"}
    demanded_for_export(attribution(headers))
    with pytest.raises(RefusedError, match=missing) as caught:
        demanded_for_export(attribution({name: value for name, value in headers.items() if name != missing}))
    assert (caught.value.status, caught.value.code) == (402, 402)
