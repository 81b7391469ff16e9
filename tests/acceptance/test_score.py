"""A film in, the same film with music out, through the installed command, for every kind of film."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.acceptance.command import frames_and_length, loudness, packets, reelscore, sound
from tests.media.make import Factory, ffmpeg
from tests.media.voice import spoken

pytestmark = pytest.mark.slow

COPIED = [
    "h264",
    "h264_29_97",
    "h264_mov",
    "h264_mkv",
    "hevc10",
    "vp9",
    "vfr",
    "rotated",
    "trimmed",
    "odd",
    "only_picture",
]
ENCODED = ["gif", "animated_webp"]


@pytest.mark.parametrize("name", COPIED)
def test_the_picture_is_copied_untouched_and_the_sound_fits_it(name: str, media: Factory, tmp_path: Path) -> None:
    film = media.path(name)
    out = tmp_path / f"scored{film.suffix}"
    run = reelscore("score", film, "calm", "-o", out, "--json", cwd=tmp_path)
    assert run.code == 0, run.err
    assert run.json["report"]["picture_copied"] is True
    assert packets(out) == packets(film)
    level, peak = loudness(out)
    assert abs(level - -14.0) <= 0.3
    assert peak <= -1.0 + 0.05
    _, length = frames_and_length(out)
    assert abs(len(sound(out)) / 48_000 - length) < 0.1


@pytest.mark.parametrize("name", ENCODED)
def test_a_short_animation_becomes_an_mp4_that_loops(name: str, media: Factory, tmp_path: Path) -> None:
    run = reelscore("score", media.path(name), "-o", "out.mp4", "--json", cwd=tmp_path)
    assert run.code == 0, run.err
    assert run.json["report"]["picture_copied"] is False
    _, length = frames_and_length(tmp_path / "out.mp4")
    assert length >= 4
    assert abs(length - run.json["report"]["duration_s"]) < 0.1


def test_prores_stays_in_mov_and_is_encoded_for_mp4(tmp_path: Path) -> None:
    film = tmp_path / "prores.mov"
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=320x180:r=24:d=2", "-c:v", "prores_ks", "-pix_fmt", "yuv422p10le", film)
    kept = reelscore("score", film, "-o", "kept.mov", "--json", cwd=tmp_path)
    assert kept.json["report"]["picture_copied"] is True
    assert packets(tmp_path / "kept.mov") == packets(film)
    made = reelscore("score", film, "-o", "made.mp4", "--json", cwd=tmp_path)
    assert made.json["report"]["picture_copied"] is False
    assert frames_and_length(tmp_path / "made.mp4")[0] == 48


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eleven seconds of film; a voice speaks from second 3 on."""
    folder = tmp_path_factory.mktemp("talk")
    voice, rate = spoken("Welcome to the old town. Today we walk along the river and look at its bridges.")
    import soundfile

    soundfile.write(folder / "voice.wav", np.concatenate([np.zeros(3 * rate, np.float32), 0.5 * voice]), rate)
    ffmpeg(
        *("-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=11", "-i", folder / "voice.wav"),
        *("-af", "apad", "-t", "11", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", folder / "talk.mp4"),
    )
    return folder / "talk.mp4"


def test_music_steps_back_before_somebody_speaks(talk: Path, tmp_path: Path) -> None:
    run = reelscore("score", talk, "upbeat pop", "-o", "out.mp4", "--bundle", "b", "--json", cwd=tmp_path)
    assert run.code == 0, run.err
    report = run.json["report"]
    assert report["original_audio"] == "keep"
    assert report["speech"]
    assert abs(report["speech"][0]["start_s"] - 3.0) < 0.4
    assert report["speech"][0]["ducking_db"] <= -8.0
    level, peak = loudness(tmp_path / "out.mp4")
    assert abs(level - -14.0) <= 0.3
    assert peak <= -1.0 + 0.05
    replaced = reelscore("score", talk, "upbeat pop", "-o", "r.mp4", "--replace-audio", "--json", cwd=tmp_path)
    assert replaced.json["report"]["original_audio"] == "replace"
    assert replaced.json["report"]["speech"] == []


def test_hits_asked_for_are_kept_and_heard(media: Factory, tmp_path: Path) -> None:
    ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=320x180:r=25:d=20",
        "-c:v",
        "libx264",
        "-pix_fmt",
        "yuv420p",
        tmp_path / "f.mp4",
    )
    words = ("score", "f.mp4", "house", "--hit", "7.4", "--hit", "00:00:13:10", "-o", "o.mp4", "--json")
    run = reelscore(*words, cwd=tmp_path)
    assert run.code == 0, run.err
    asked = [hit for hit in run.json["report"]["hits"] if hit["kind"] == "user"]
    assert [hit["at_s"] for hit in asked] == [7.4, 13.4]
    for hit in asked:
        assert abs(hit["error_ms"]) <= 40
        assert abs(hit["heard_ms"]) <= 40


def test_inspect_tells_what_is_seen(media: Factory, tmp_path: Path) -> None:
    run = reelscore("inspect", media.path("h264"), "--json", cwd=tmp_path)
    assert run.code == 0, run.err
    assert json.loads(run.out)["info"]["video"]["codec"] == "h264"
    plain = reelscore("inspect", media.path("h264"), cwd=tmp_path)
    assert "25 fps, 50 frames" in plain.out
