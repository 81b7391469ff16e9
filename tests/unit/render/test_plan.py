"""What is copied and what is encoded, decided from facts alone."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from reelscore.errors import MediaError, OutputError
from reelscore.render.plan import default_suffix, describe, plan_film
from reelscore.values.reading import MediaInfo, VideoStream

FILM = VideoStream(
    index=0,
    codec="h264",
    profile="High",
    pixel_format="yuv420p",
    width=1920,
    height=1080,
    coded_width=1920,
    coded_height=1080,
    rotation=0,
    frame_rate=Fraction(30000, 1001),
    variable_rate=False,
    frame_count=300,
    start=Fraction(0),
    duration=Fraction(1001, 100),
    bit_depth=8,
    hdr="",
    interlaced=False,
    has_alpha=False,
    bit_rate=8_000_000,
)


def media(container: str = "mp4", **changes: object) -> MediaInfo:
    video = replace(FILM, **changes)  # type: ignore[arg-type]
    return MediaInfo("film", container, 1, video, None, 1, 0, False, video.duration)


@pytest.mark.parametrize(
    ("codec", "copied_into"),
    [
        ("h264", {".mp4", ".m4v", ".mov", ".mkv"}),
        ("hevc", {".mp4", ".m4v", ".mov", ".mkv"}),
        ("av1", {".mp4", ".m4v", ".mkv", ".webm"}),
        ("libdav1d", {".mp4", ".m4v", ".mkv", ".webm"}),
        ("vp9", {".mp4", ".m4v", ".mkv", ".webm"}),
        ("vp8", {".mkv", ".webm"}),
        ("mpeg4", {".mp4", ".m4v", ".mov", ".mkv"}),
        ("prores", {".mov", ".mkv"}),
        ("ffv1", {".mkv"}),
        ("gif", set[str]()),
    ],
)
def test_a_picture_is_copied_wherever_the_container_holds_it(codec: str, copied_into: set[str]) -> None:
    suffixes = (".mp4", ".m4v", ".mov", ".mkv", ".webm")
    assert {s for s in suffixes if plan_film(media("mkv", codec=codec), s).copied} == copied_into


@pytest.mark.parametrize(
    ("container", "codec", "suffix"),
    [
        ("mp4", "h264", ".mp4"),
        ("mov", "prores", ".mov"),
        ("mkv", "ffv1", ".mkv"),
        ("webm", "vp9", ".webm"),
        ("avi", "mpeg4", ".mp4"),
        ("gif", "gif", ".mp4"),
        ("webp", "webp", ".mp4"),
        ("webm", "h264", ".mp4"),
    ],
)
def test_without_a_wish_the_result_stays_in_the_family(container: str, codec: str, suffix: str) -> None:
    assert default_suffix(media(container, codec=codec)) == suffix
    assert plan_film(media(container, codec=codec)).suffix == suffix


def test_a_copy_keeps_time_size_and_length() -> None:
    plan = plan_film(media(start=Fraction(1, 2), width=1079, height=1921), ".mp4")
    assert (plan.copied, plan.filters) == (True, "")
    assert (plan.start, plan.duration, plan.frame_rate) == (Fraction(1, 2), Fraction(1001, 100), FILM.frame_rate)
    assert (plan.width, plan.height, plan.frames) == (1079, 1921, 300)


def test_what_is_encoded_is_a_whole_number_of_frames_of_even_size() -> None:
    plan = plan_film(media("mov", codec="prores", width=321, height=181, duration=Fraction(10)), ".mp4")
    assert (plan.picture, plan.width, plan.height) == ("h264", 320, 180)
    assert plan.duration * plan.frame_rate == plan.frames == 300


@pytest.mark.parametrize(("mean", "constant"), [("74/10", 30), ("24", 30), ("2997/100", 30), ("48", 60), ("250", 60)])
def test_variable_rates_become_constant(mean: str, constant: int) -> None:
    plan = plan_film(media("mov", codec="prores", frame_rate=Fraction(mean), variable_rate=True), ".mp4")
    assert plan.frame_rate == constant
    assert f"fps={constant}/1" in plan.filters


def test_huge_pictures_shrink_to_4k_either_way_up() -> None:
    wide = plan_film(media("png", codec="png", width=8000, height=6000, frame_count=1), "", Fraction(3))
    tall = plan_film(media("png", codec="png", width=6000, height=8000, frame_count=1), "", Fraction(3))
    assert (wide.width, wide.height) == (2880, 2160)
    assert (tall.width, tall.height) == (2160, 2880)


def test_hdr_is_tone_mapped_only_when_it_must_be_encoded() -> None:
    kept = plan_film(media(codec="hevc", hdr="pq", bit_depth=10), ".mp4")
    encoded = plan_film(media(codec="hevc", hdr="pq", bit_depth=10), ".webm")
    assert kept.copied
    assert "tonemap" in encoded.filters
    assert "tonemap" not in plan_film(media(codec="hevc"), ".webm").filters


def test_alpha_lies_on_black_and_fields_are_joined() -> None:
    assert "premultiply" in plan_film(media("mov", codec="prores", has_alpha=True), ".mp4").filters
    assert "bwdif" in plan_film(media("mov", codec="prores", interlaced=True), ".mp4").filters


def test_a_still_needs_a_length_and_gets_exactly_it() -> None:
    still = media("jpeg", codec="jpeg", frame_count=1, duration=Fraction(0))
    with pytest.raises(MediaError, match="--duration"):
        plan_film(still)
    plan = plan_film(still, "", Fraction(5))
    assert (plan.duration, plan.frames, plan.frame_rate) == (Fraction(5), 150, Fraction(30))


def test_an_animation_runs_again_until_the_film_is_long_enough() -> None:
    gif = media("gif", codec="gif", frame_rate=Fraction(10), frame_count=20, duration=Fraction(2))
    assert not plan_film(gif).looped
    plan = plan_film(gif, "", Fraction(7))
    assert (plan.looped, plan.frames) == (True, 70)


def test_a_film_keeps_its_length_whatever_is_wished() -> None:
    assert plan_film(media(), ".mp4", Fraction(3)).duration == FILM.duration


def test_h264_in_avi_is_encoded_because_avi_keeps_no_order() -> None:
    assert "order" in plan_film(media("avi")).why


def test_unknown_endings_bring_suggestions() -> None:
    with pytest.raises(OutputError, match=r'Did you mean "\.mp4"'):
        plan_film(media(), ".mp5")


def test_sound_alone_is_no_film() -> None:
    with pytest.raises(MediaError, match="compose"):
        plan_film(MediaInfo("x", "wav", 1, None, None, 0, 1, False, Fraction(3)))


def test_the_plan_reads_as_a_sentence() -> None:
    assert describe(plan_film(media())) == "The picture (H.264) is copied untouched into MP4; the sound is AAC."
    assert describe(plan_film(media("mov", codec="prores"), ".mp4")) == (
        "The picture (ProRes) is encoded anew as H.264, 1920x1080 at 29.97 frames a second, because MP4 cannot hold "
        "ProRes; the sound is AAC."
    )
    assert describe(plan_film(media(), ".webm")).endswith("because WebM cannot hold H.264; the sound is Opus.")
