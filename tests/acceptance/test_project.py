"""A project from the command line: files in, edits, music to the cut, undo, and a film out."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.acceptance.command import Run, frames_and_length, reelscore, sound
from tests.media.make import ffmpeg

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two drawn clips, one with a tone."""
    place = tmp_path_factory.mktemp("project")
    tone = ("-f", "lavfi", "-i", "sine=330:duration=4")
    picture = ("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=6")
    ffmpeg(*picture, "-pix_fmt", "yuv420p", "-c:v", "libx264", place / "beach.mp4")
    other = ("-f", "lavfi", "-i", "mandelbrot=size=320x180:rate=25", "-t", "4")
    ffmpeg(*tone, *other, "-shortest", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-c:a", "aac", place / "city.mp4")
    run = reelscore("new", "trip", "beach.mp4", "city.mp4", cwd=place)
    assert run.code == 0, run.err
    return place


def edit(folder: Path, *words: str) -> Run:
    run = reelscore("edit", "trip", *words, "--quiet", cwd=folder)
    assert run.code == 0, run.err
    return run


def music_of(folder: Path) -> np.ndarray:
    """The samples of the newest music."""
    newest = max((folder / "trip.reelscore" / "music").glob("*.wav"), key=lambda path: path.stat().st_mtime_ns)
    return np.asarray(soundfile.read(newest, dtype="float32")[0])


def test_the_whole_way(folder: Path) -> None:
    """Music is composed to the cut, bars of it again, and every step can be undone; the film has every frame."""
    assert "Timeline (1 track): 1. Video: beach (0-6s), city (6-10s)" in reelscore("show", "trip", cwd=folder).out
    told = edit(folder, "generate_music", "--prompt", "upbeat pop").out
    assert "2. BGM" in told
    first = music_of(folder)
    assert len(first) == 10 * 48_000
    edit(folder, "regenerate_music", "--bars", "2")
    second = music_of(folder)
    same = np.abs(first - second).max(axis=1) == 0
    assert not same.all()
    assert same[:24_000].all()
    assert "80%" in edit(folder, "volume", "--which", "music", "--to", "80%").out
    edit(folder, "title", "--text", "Urban Dreams")
    listed = reelscore("show", "trip", cwd=folder).out
    assert 'Title: "Urban Dreams" (0-3s)' in listed
    assert "v5 *" in listed
    assert reelscore("undo", "trip", "2", cwd=folder).code == 0
    assert "Urban" not in reelscore("show", "trip", cwd=folder).out.splitlines()[0]
    assert reelscore("redo", "trip", "2", cwd=folder).code == 0
    assert "80%" in reelscore("diff", "trip", "v3", "now", cwd=folder).out
    run = reelscore("export", "trip", "-o", "trip.mp4", "--json", cwd=folder)
    assert run.code == 0, run.err
    assert frames_and_length(folder / "trip.mp4") == (250, 10.0)
    assert abs(len(sound(folder / "trip.mp4")) - 480_000) <= 2048


def test_a_film_that_is_only_scored_is_copied(folder: Path) -> None:
    run = reelscore("new", "one", "beach.mp4", cwd=folder)
    assert run.code == 0, run.err
    run = reelscore("edit", "one", "generate_music", "--prompt", "calm ambient", "--quiet", cwd=folder)
    assert run.code == 0, run.err
    assert "copied untouched" in reelscore("plan", "one", cwd=folder).out


def test_timelines_travel(folder: Path) -> None:
    """To OpenTimelineIO and back: the same clips; EDL and XML are written."""
    for suffix in ("otio", "edl", "fcpxml"):
        assert reelscore("export", "trip", "-o", f"cut.{suffix}", "--force", cwd=folder).code == 0
    run = reelscore("new", "again", "cut.otio", cwd=folder)
    assert run.code == 0, run.err
    one, other = (reelscore("show", name, "--json", cwd=folder).json["timeline"] for name in ("trip", "again"))
    assert one == other


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("edit", "trip", "trimm"), "trim"),
        (("edit", "trip", "trim", "--wich", "clip 1"), "which"),
        (("edit", "trip", "trim", "--which", "clip 9", "--to", "2"), "clip"),
        (("edit", "trip", "volume", "--which", "music", "--to"), "needs a value"),
        (("edit", "nowhere", "trim"), "no project"),
        (("new", "trip", "beach.mp4"), "there already"),
        (("new", "other", "missing.mp4"), "missing.mp4"),
        (("export", "trip", "-o", "x.doc"), ".doc"),
        (("restore", "trip", "v99"), "v99"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(words: tuple[str, ...], said: str, folder: Path) -> None:
    history = folder / "trip.reelscore" / "history.json"
    before = history.read_bytes()
    run = reelscore(*words, cwd=folder)
    assert run.code == 2, run.out
    assert said in run.err
    assert "Traceback" not in run.err
    assert history.read_bytes() == before


def test_a_damaged_project_says_so(folder: Path) -> None:
    run = reelscore("new", "torn", "beach.mp4", cwd=folder)
    assert run.code == 0, run.err
    history = folder / "torn.reelscore" / "history.json"
    history.write_text(json.dumps({"schema": 1, "versions": 3}))
    run = reelscore("show", "torn", cwd=folder)
    assert run.code == 2
    assert "Traceback" not in run.err
