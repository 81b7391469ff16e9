"""Films keep their picture, bit for bit where it is copied, and the sound lies exactly where the picture is."""

from __future__ import annotations

import os
import struct
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from reelscore.errors import CancelledError, EncoderError, OutputError
from reelscore.render.films import write_film
from reelscore.render.plan import FilmPlan, plan_film, still
from reelscore.render.run import Limits
from reelscore.render.sound_files import Aim, Written, decode_loudness
from reelscore.understand.probe import probe
from reelscore.values.brief import LoudnessTarget
from reelscore.values.reading import MediaInfo
from reelscore.values.sound import Samples
from tests.media.make import Factory, ffmpeg
from tests.unit.render.looking import (
    click_times,
    clicks,
    declared_sound_length,
    first_video_time,
    frames_of,
    images_of,
    sound_of,
    top_boxes,
)

pytestmark = pytest.mark.slow

SAMPLE = Fraction(1, 48_000)


@pytest.fixture(scope="module")
def factory(tmp_path_factory: pytest.TempPathFactory) -> Factory:
    return Factory(tmp_path_factory.mktemp("media"))


def made(source: Path, out: Path, length: Fraction | None = None) -> tuple[MediaInfo, FilmPlan, Written]:
    """The film with clicks at 0 and in the middle."""
    info = probe(source)
    plan = plan_film(info, out.suffix, length)
    half = round(plan.duration * 24_000) / 48_000
    written = write_film(source, info, clicks(plan.duration, (0.0, half)), out, plan)
    return info, plan, written


def assert_in_step(out: Path, plan: FilmPlan) -> None:
    """Sound and picture start together; the clicks are at the film's start and middle, on the sample."""
    start, samples = sound_of(out)
    assert first_video_time(out) == 0
    assert start == 0
    half = round(plan.duration * 24_000) / 48_000
    assert click_times(samples) == pytest.approx([0.0, half], abs=1.5 / 48_000)
    assert 0 <= len(samples) - round(plan.duration * 48_000) < 1024  # AAC in MP4 is cut by the edit list


def test_a_copied_film_holds_the_sound_that_was_proven_not_the_first_one(factory: Factory, tmp_path: Path) -> None:
    source = factory.path("h264")
    info = probe(source)
    plan = plan_film(info, ".mp4")
    noise = np.random.default_rng(1).normal(0, 0.02, (round(plan.duration * 48_000), 2)).astype(np.float32)

    def louder(gain_db: float, ceiling: float) -> Samples:
        return noise * np.float32(10 ** (gain_db / 20))

    out = tmp_path / "out.mp4"
    written = write_film(source, info, noise, out, plan, aim=Aim(LoudnessTarget("x", -20.0, -1.0), louder))
    assert (written.rounds, written.on_target, written.picture_copied) == (2, True, True)
    assert decode_loudness(out).integrated_lufs == pytest.approx(-20.0, abs=0.3)


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("h264", ".mp4"),
        ("h264_29_97", ".mp4"),
        pytest.param("h264_mov", ".mov", marks=pytest.mark.slow),
        ("h264_mkv", ".mkv"),
        pytest.param("h264_mkv", ".mp4", marks=pytest.mark.slow),
        ("hevc10", ".mp4"),
        ("pq", ".mp4"),
        ("vp9", ".webm"),
        pytest.param("vp8", ".webm", marks=pytest.mark.slow),
        pytest.param("vp9", ".mp4", marks=pytest.mark.slow),
        ("av1", ".mp4"),
        pytest.param("av1", ".mkv", marks=pytest.mark.slow),
        ("mpeg4_avi", ".mp4"),
        pytest.param("interlaced", ".mp4", marks=pytest.mark.slow),
        ("vfr", ".mp4"),
        pytest.param("late_sound", ".mp4", marks=pytest.mark.slow),
        pytest.param("only_picture", ".mp4", marks=pytest.mark.slow),
        ("streams", ".mkv"),
        ("trimmed", ".mp4"),
        ("truncated", ".mkv"),
        ("prores", ".mov"),
        pytest.param("odd", ".mkv", marks=pytest.mark.slow),
    ],
)
def test_a_copied_picture_is_identical_and_in_step(name: str, suffix: str, factory: Factory, tmp_path: Path) -> None:
    source = factory.path(name)
    info, plan, written = made(source, tmp_path / f"out{suffix}")
    assert info.video is not None
    assert (written.picture_copied, written.notes) == (True, ())
    before, after = frames_of(source, info.video.index), frames_of(written.path)
    assert [digest for _, digest in after] == [digest for _, digest in before]
    grain = Fraction(1, 1000) if suffix in (".mkv", ".webm") else Fraction(0)  # Matroska counts milliseconds
    assert max(abs(a - b) for (a, _), (b, _) in zip(before, after, strict=True)) <= grain
    assert_in_step(written.path, plan)


def test_a_late_picture_is_moved_to_where_the_sound_starts(factory: Factory, tmp_path: Path) -> None:
    """A film whose picture begins half a second into the file."""
    source, late = factory.path("h264"), tmp_path / "late.mp4"
    ffmpeg("-itsoffset", "0.5", "-i", source, "-i", source, "-map", "0:v", "-map", "1:a", "-c", "copy", late)
    info, plan, written = made(late, tmp_path / "out.mp4")
    assert info.video is not None
    assert info.video.start == Fraction(1, 2)
    assert frames_of(written.path) == frames_of(late)
    assert_in_step(written.path, plan)


def test_an_end_cut_off_by_the_edit_list_stays_off(factory: Factory, tmp_path: Path) -> None:
    data = bytearray(factory.path("only_picture").read_bytes())
    place = data.index(b"elst") + 12
    scale = struct.unpack_from(">I", data, data.index(b"mvhd") + 16)[0]
    struct.pack_into(">I", data, place, round(1.3 * scale))
    source = tmp_path / "cut.mp4"
    source.write_bytes(data)
    info, plan, written = made(source, tmp_path / "out.mp4")
    assert info.video is not None
    assert info.video.frame_count < 40
    assert frames_of(written.path) == frames_of(source)
    assert_in_step(written.path, plan)


def test_hidden_frames_are_not_shown_where_no_edit_list_can_hide_them(factory: Factory, tmp_path: Path) -> None:
    info, plan, written = made(factory.path("trimmed"), tmp_path / "out.mkv")
    assert (plan.copied, written.picture_copied) == (True, False)
    assert "edit list" in written.notes[0]
    assert info.video is not None
    assert len(frames_of(written.path)) == info.video.frame_count
    assert_in_step(written.path, plan)


def test_rotation_and_hdr_marks_survive_a_copy(factory: Factory, tmp_path: Path) -> None:
    made(factory.path("rotated"), tmp_path / "r.mp4")
    made(factory.path("pq"), tmp_path / "h.mp4")
    before, after = probe(factory.path("rotated")).video, probe(tmp_path / "r.mp4").video
    assert before is not None
    assert after is not None
    assert (
        (after.rotation, after.width, after.height) == (before.rotation, before.width, before.height) == (90, 180, 320)
    )
    film = probe(tmp_path / "h.mp4").video
    assert film is not None
    assert (film.hdr, film.bit_depth) == ("pq", 10)


def test_the_index_stands_before_the_film(factory: Factory, tmp_path: Path) -> None:
    for name in ("h264", "prores"):
        made(factory.path(name), tmp_path / f"{name}.mp4")
        kinds = top_boxes(tmp_path / f"{name}.mp4")
        assert kinds.index("moov") < kinds.index("mdat")


@pytest.mark.parametrize("name", ["h264", "h264_29_97", "vfr", "trimmed"])
def test_the_sound_is_as_long_as_the_film_to_the_sample(name: str, factory: Factory, tmp_path: Path) -> None:
    _, plan, written = made(factory.path(name), tmp_path / "out.mp4")
    assert abs(declared_sound_length(written.path) - plan.duration) <= SAMPLE / 2


def test_sound_that_is_too_short_or_too_long_is_fitted(factory: Factory, tmp_path: Path) -> None:
    source = factory.path("h264")
    info = probe(source)
    plan = plan_film(info, ".mkv")
    for n, length in enumerate((0.5, 9.0)):
        out = tmp_path / f"{n}.mkv"
        write_film(source, info, clicks(length), out, plan)
        assert len(sound_of(out)[1]) == 96_000


@pytest.mark.parametrize(
    ("name", "suffix", "frames", "size"),
    [
        ("prores", ".mp4", 10, (320, 180)),
        pytest.param("h264_avi", ".mp4", 50, (320, 180), marks=pytest.mark.slow),
        ("gif", ".mp4", 10, (160, 90)),
        ("animated_webp", ".mp4", 10, (64, 48)),
        ("rotated", ".webm", 50, (180, 320)),
        pytest.param("wide_pixels", ".webm", 50, (426, 180), marks=pytest.mark.slow),
        ("vfr", ".webm", 61, (320, 180)),
        pytest.param("pq", ".webm", 50, (320, 180), marks=pytest.mark.slow),
    ],
)
def test_an_encoded_picture_has_every_frame(
    name: str, suffix: str, frames: int, size: tuple[int, int], factory: Factory, tmp_path: Path
) -> None:
    _, plan, written = made(factory.path(name), tmp_path / f"out{suffix}")
    images = images_of(written.path)
    assert (len(images), written.picture_copied) == (frames, False)
    assert images[0].shape[1::-1] == size
    assert_in_step(written.path, plan)


def test_an_encoded_film_is_what_every_player_takes(factory: Factory, tmp_path: Path) -> None:
    made(factory.path("prores"), tmp_path / "out.mp4")
    with av.open(str(tmp_path / "out.mp4")) as container:
        video = container.streams.video[0].codec_context
        assert (video.name, video.profile, video.pix_fmt) == ("h264", "High", "yuv420p")
        assert (video.color_range, video.colorspace, video.color_primaries, video.color_trc) == (1, 1, 1, 1)


def test_hdr_becomes_a_picture_of_ordinary_brightness(factory: Factory, tmp_path: Path) -> None:
    """Colours stay themselves: where the source is blue, the result is."""
    made(factory.path("pq"), tmp_path / "out.webm")
    image = images_of(tmp_path / "out.webm")[0].astype(float)
    assert 20 < image.mean() < 235
    assert image.std() > 20


@pytest.mark.parametrize("name", ["gif", "animated_webp"])
def test_animations_show_each_picture_at_its_time(name: str, factory: Factory, tmp_path: Path) -> None:
    source = factory.path(name)
    made(source, tmp_path / "out.mp4")
    with Image.open(source) as animation:
        for n, image in enumerate(images_of(tmp_path / "out.mp4")):
            animation.seek(n)
            expected = np.asarray(animation.convert("RGB"), dtype=float)
            assert np.abs(image.astype(float) - expected).mean() < 12


def test_an_animation_is_repeated_to_fill_the_film(factory: Factory, tmp_path: Path) -> None:
    made(factory.path("gif"), tmp_path / "out.mp4", Fraction(5, 2))
    images = images_of(tmp_path / "out.mp4")
    assert len(images) == 25
    assert np.abs(images[12].astype(float) - images[2].astype(float)).mean() < 4


@pytest.mark.parametrize(("name", "size"), [("png", (320, 180)), ("turned_jpeg", (40, 60))])
def test_a_still_becomes_a_film_of_the_length_asked_for(
    name: str, size: tuple[int, int], factory: Factory, tmp_path: Path
) -> None:
    info, plan, written = made(factory.path(name), tmp_path / "out.mp4", Fraction(2))
    images = images_of(written.path)
    assert still(info)
    assert len(images) == 60
    assert images[0].shape[1::-1] == size
    assert np.abs(images[0].astype(float) - images[-1].astype(float)).mean() < 2
    assert_in_step(written.path, plan)


def test_transparent_pictures_lie_on_black(tmp_path: Path) -> None:
    pixels = np.full((48, 64, 4), 255, np.uint8)
    pixels[:, 32:, 3] = 0
    Image.fromarray(pixels).save(tmp_path / "half.png")
    made(tmp_path / "half.png", tmp_path / "out.mp4", Fraction(1, 2))
    image = images_of(tmp_path / "out.mp4")[0]
    assert image[:, :28].mean() > 240
    assert image[:, 36:].mean() < 12


def test_the_same_input_gives_the_same_bytes(factory: Factory, tmp_path: Path) -> None:
    for name in ("a", "b"):
        made(factory.path("h264"), tmp_path / f"{name}.mp4")
        made(factory.path("vp9"), tmp_path / f"{name}.webm")
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()
    assert (tmp_path / "a.webm").read_bytes() == (tmp_path / "b.webm").read_bytes()


@pytest.mark.parametrize("name", ["-dash.mp4", "new\nline.mp4", "per%cent%04d.mp4", "file:a.mp4", "ü 音.mp4"])
def test_odd_names_are_only_names(name: str, factory: Factory, tmp_path: Path) -> None:
    source = tmp_path / name
    source.write_bytes(factory.path("h264").read_bytes())
    (tmp_path / "out").mkdir()
    _, _, written = made(source, tmp_path / "out" / name)
    assert written.path.is_file()
    assert os.listdir(tmp_path / "out") == [name]


def test_the_film_itself_is_never_overwritten(factory: Factory, tmp_path: Path) -> None:
    source = tmp_path / "film.mp4"
    source.write_bytes(factory.path("h264").read_bytes())
    (tmp_path / "link.mp4").symlink_to(source)
    info = probe(source)
    for name in ("film.mp4", "link.mp4"):
        with pytest.raises(OutputError, match="the film itself"):
            write_film(source, info, clicks(2), tmp_path / name, plan_film(info), force=True)
    assert source.read_bytes() == factory.path("h264").read_bytes()


def test_a_picture_that_cannot_be_copied_after_all_is_encoded(factory: Factory, tmp_path: Path) -> None:
    """The plan trusts the probe; the encoder has the last word."""
    source = factory.path("prores")
    info = probe(source)
    plan = replace(plan_film(info, ".mov"), container="mp4", suffix=".mp4")
    written = write_film(source, info, clicks(plan.duration), tmp_path / "out.mp4", plan)
    assert (written.picture_copied, len(written.notes) > 0) == (False, True)
    assert len(images_of(written.path)) == 10


def test_a_copy_that_lost_pictures_is_not_delivered(factory: Factory, tmp_path: Path) -> None:
    """An encoder that stops early and calls it success is found out by counting."""
    source = factory.path("h264")
    info = probe(source)
    plan = replace(plan_film(info), frames=60)
    written = write_film(source, info, clicks(2), tmp_path / "out.mp4", plan)
    assert "Only 50 of 60" in written.notes[0]
    assert (written.picture_copied, len(images_of(written.path))) == (False, 50)
    assert "encoded anew" in written.picture


def test_a_full_disk_leaves_nothing_and_says_so(factory: Factory, tmp_path: Path) -> None:
    """Simulated by a limit on the size of a file: the sound fits, the film does not."""
    source = factory.path("h264_mov")
    info = probe(source)
    plan = plan_film(info, ".webm")
    with pytest.raises(OutputError, match="disk"):
        write_film(source, info, clicks(2), tmp_path / "o.webm", plan, limits=Limits(file_bytes=20_000))
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("fault", [CancelledError, KeyboardInterrupt])
def test_stopping_leaves_nothing(fault: type[BaseException], factory: Factory, tmp_path: Path) -> None:
    def watch(stage: str, share: float) -> None:
        if share > 0.5:
            raise fault

    source = factory.path("h264")
    info = probe(source)
    with pytest.raises(fault):
        write_film(source, info, clicks(2), tmp_path / "out.mp4", plan_film(info), watch)
    assert os.listdir(tmp_path) == []


def test_a_film_that_vanished_is_an_error_of_one_line(factory: Factory, tmp_path: Path) -> None:
    info = probe(factory.path("h264"))
    with pytest.raises(EncoderError) as caught:
        write_film(tmp_path / "gone.mp4", info, clicks(2), tmp_path / "out.mp4", plan_film(info))
    assert "\n" not in str(caught.value)
    assert os.listdir(tmp_path) == []


def test_a_playlist_in_disguise_is_not_followed(factory: Factory, tmp_path: Path) -> None:
    """Even when the file changes after it was probed."""
    source = factory.path("h264")
    info = probe(source)
    (tmp_path / "secret.mp4").write_bytes(source.read_bytes())
    trap = tmp_path / "trap.mp4"
    trap.write_text("ffconcat version 1.0\nfile secret.mp4\n")
    with pytest.raises(EncoderError):
        write_film(trap, info, clicks(2), tmp_path / "out.mp4", plan_film(info))
    assert sorted(os.listdir(tmp_path)) == ["secret.mp4", "trap.mp4"]
