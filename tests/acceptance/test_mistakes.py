"""Mistakes get one clear line, exit code 2, and leave nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.acceptance.command import COMMAND, Run, reelscore
from tests.media.make import Factory, ffmpeg

pytestmark = pytest.mark.slow


def assert_one_clear_line(run: Run) -> None:
    assert run.code == 2, run.err
    lines = [line for line in run.err.splitlines() if not line.endswith("...")]
    assert len(lines) == 1, run.err
    assert lines[0].startswith("reelscore: ")
    assert "Traceback" not in run.err
    assert run.out == ""


BAD: dict[str, bytes] = {
    "empty.mp4": b"",
    "text.mp4": b"This is only text, and not a film at all.\n" * 20,
    "list.mp4": b"ffconcat version 1.0\nfile secret.mp4\n",
    "playlist.mp4": b"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n",
    "svg.png": b"<svg xmlns='http://www.w3.org/2000/svg'><image href='/etc/passwd'/></svg>",
    "-dash.mp4": b"nothing",
    "new\nline.mp4": b"nothing",
}


@pytest.mark.parametrize("name", BAD, ids=lambda name: name.replace("\n", "|"))
def test_what_is_no_film_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(BAD[name])
    assert_one_clear_line(reelscore("score", "-o", "out.mp4", "--", name, "calm", cwd=tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == [name]


WRONG: dict[str, tuple[str, ...]] = {
    "a missing film": ("score", "nowhere.mp4"),
    "a folder": ("score", "."),
    "a name too long": ("score", "x" * 500 + ".mp4"),
    "an unknown genre": ("compose", "x", "--genre", "lofy", "-o", "a.wav"),
    "an unknown key": ("compose", "x", "--key", "H flat", "-o", "a.wav"),
    "an impossible tempo": ("compose", "x", "--bpm", "9000", "-o", "a.wav"),
    "a tempo that is no number": ("compose", "x", "--bpm", "nan", "-o", "a.wav"),
    "an infinite tempo": ("compose", "x", "--bpm", "inf", "-o", "a.wav"),
    "an unknown format": ("compose", "x", "-o", "a.xyz"),
    "no folder for it": ("compose", "x", "-o", "nowhere/a.wav"),
    "a strange length": ("compose", "x", "--duration", "soon", "-o", "a.wav"),
    "an endless length": ("compose", "x", "--duration", "999999", "-o", "a.wav"),
    "a hit outside": ("compose", "x", "--duration", "5", "--hit", "12", "-o", "a.wav"),
    "an unknown loudness": ("compose", "x", "--loudness", "louder", "-o", "a.wav"),
    "an endless prompt": ("compose", "x" * 100_000, "-o", "a.wav"),
}


@pytest.mark.parametrize("words", WRONG.values(), ids=WRONG)
def test_a_mistake_is_explained(words: tuple[str, ...], tmp_path: Path) -> None:
    assert_one_clear_line(reelscore(*words, cwd=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_near_miss_gets_a_suggestion(tmp_path: Path) -> None:
    assert 'Did you mean "lofi"?' in reelscore("compose", "x", "--genre", "lofy", cwd=tmp_path).err
    assert "compose" in reelscore("compse", "x", cwd=tmp_path).err


def test_what_is_made_is_never_overwritten_unasked(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"precious")
    assert_one_clear_line(reelscore("compose", "lofi", "--duration", "5", "-o", "a.wav", cwd=tmp_path))
    assert (tmp_path / "a.wav").read_bytes() == b"precious"


def test_the_film_itself_is_never_overwritten(media: Factory, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(media.path("h264").read_bytes())
    before = film.read_bytes()
    assert_one_clear_line(reelscore("score", "film.mp4", "-o", "film.mp4", "--force", cwd=tmp_path))
    assert film.read_bytes() == before


def test_ctrl_c_leaves_nothing_half_written(tmp_path: Path) -> None:
    ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=640x360:r=25:d=60",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        tmp_path / "f.mp4",
    )
    child = subprocess.Popen(
        [COMMAND, "score", "f.mp4", "-o", "out.mp4", "--bundle", "b"], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )
    assert child.stderr is not None
    assert child.stderr.readline()  # it has begun
    time.sleep(0.5)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=180)
    assert child.returncode == 130
    assert "Traceback" not in err
    assert "Nothing was written." in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["f.mp4"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    assert_one_clear_line(reelscore("compose", "x", "-o", "locked/a.wav", cwd=tmp_path))
