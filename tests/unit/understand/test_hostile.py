"""Whatever is thrown at it, reading ends in one clear line, soon, in little memory, and touches nothing else."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from reelscore.errors import MediaError
from reelscore.sandbox.child import MIB, Limits
from reelscore.sandbox.jobs import Job, run_jobs
from reelscore.understand.read import look_over
from tests.media.hostile import HOSTILE, pointing_movie
from tests.media.make import Factory

pytestmark = pytest.mark.slow

LONG_AGO = 1_000_000_000
QUICK = (
    "text",
    "noise",
    "ffconcat",
    "hls to a server",
    "dash",
    "svg",
    "no streams",
    "image bomb",
    "gif bomb",
    "png header",
)


class Server(HTTPServer):
    """Counts who asks."""

    hits = 0


class Count(BaseHTTPRequestHandler):
    """Answers nothing and counts."""

    def do_GET(self) -> None:
        assert isinstance(self.server, Server)
        self.server.hits += 1
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A local server that nobody may ask anything."""
    with Server(("127.0.0.1", 0), Count) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def refusal(path: Path) -> MediaError:
    """The error of reading this file in a child with a third of the usual memory."""
    limits = Limits(resident=300 * MIB, stalled_seconds=25)
    with pytest.raises(MediaError) as caught:
        run_jobs([Job("reelscore.understand.read:see", {"path": str(path)}, "it", limits=limits)])
    return caught.value


def assert_clear(error: MediaError) -> None:
    """One line that says what is wrong, and what to do."""
    assert error.message
    assert error.hint
    assert "\n" not in str(error)
    assert "\x1b" not in str(error)
    assert len(str(error)) < 400


@pytest.mark.parametrize(
    "case", [case if case in QUICK else pytest.param(case, marks=pytest.mark.slow) for case in HOSTILE]
)
def test_hostile_content_is_refused_and_nothing_it_points_at_is_read(
    case: str, tmp_path: Path, media: Factory, server: Server
) -> None:
    """Named .mp4 beside a good film: refused for what it is, the film unopened, the server unasked."""
    sibling = tmp_path / "sibling.mp4"
    shutil.copy(media.path("h264"), sibling)
    os.utime(sibling, (LONG_AGO, LONG_AGO + 1))  # an access time older than the change is renewed by any reading
    path = tmp_path / "film.mp4"
    path.write_bytes(HOSTILE[case]("sibling.mp4", f"http://127.0.0.1:{server.server_port}"))
    error = refusal(path)
    assert_clear(error)
    assert "memory" not in error.message
    assert "crash" not in error.message
    assert server.hits == 0
    assert sibling.stat().st_atime == LONG_AGO


def test_a_film_whose_data_lie_in_another_file_is_refused(tmp_path: Path, media: Factory) -> None:
    """A reference movie: its index is good, its samples are said to be in the sibling."""
    film = media.path("h264_mov")
    sibling, path = tmp_path / "sibling.mov", tmp_path / "film.mov"
    shutil.copy(film, sibling)
    os.utime(sibling, (LONG_AGO, LONG_AGO + 1))
    path.write_bytes(pointing_movie(film.read_bytes(), "sibling.mov"))
    assert_clear(refusal(path))
    assert sibling.stat().st_atime == LONG_AGO


def test_reading_does_renew_access_times_here(tmp_path: Path, media: Factory) -> None:
    """The proof above stands only where it would fail."""
    film = tmp_path / "film.mp4"
    shutil.copy(media.path("h264"), film)
    os.utime(film, (LONG_AGO, LONG_AGO + 1))
    look_over(film)
    if film.stat().st_atime == LONG_AGO:
        pytest.skip("this file system keeps no access times")
    assert film.stat().st_atime > LONG_AGO


@pytest.mark.parametrize(
    "name", ["a\nb.mp4", "-i.mp4", "--help", "http:x.mp4", "a b;c|d.mp4", "%03d.mp4", "\x1b[31m.mp4"]
)
def test_strange_names_are_only_names(
    name: str, tmp_path: Path, media: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A good film is read under any name, also relative to the folder one is in; a bad one is named in one line."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(media.path("only_picture"), tmp_path / name)
    assert look_over(Path(name)).duration == 2
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(MediaError) as caught:
        look_over(Path(name))
    assert_clear(caught.value)


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    """Missing, empty, a folder, a pipe, a device, a name too long, a name with a zero in it."""
    (tmp_path / "empty.mp4").touch()
    os.mkfifo(tmp_path / "pipe.mp4")
    for path, word in [
        (tmp_path / "missing.mp4", "no file"),
        (tmp_path / "empty.mp4" / "x.mp4", "no file"),
        (tmp_path / "empty.mp4", "empty"),
        (tmp_path, "folder"),
        (tmp_path / "pipe.mp4", "not a plain file"),
        (Path("/dev/zero"), "not a plain file"),
        (tmp_path / ("x" * 500), "cannot be looked at"),
        (tmp_path / "a\0b", "cannot be looked at"),
    ]:
        with pytest.raises(MediaError, match=word) as caught:
            look_over(path)
        assert_clear(caught.value)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_named_so(tmp_path: Path) -> None:
    """No right to read."""
    path = tmp_path / "film.mp4"
    path.write_bytes(b"x")
    path.chmod(0)
    with pytest.raises(MediaError, match="may not be read"):
        look_over(path)


def test_a_film_cut_off_before_its_index_says_so(media: Factory) -> None:
    """The most usual damage gets its own words."""
    with pytest.raises(MediaError, match="cut off"):
        look_over(media.path("headless"))
