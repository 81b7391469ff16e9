"""The protocol's own command-line client, as it is published, against our server.

The npm package is fetched by npm in the version named here, once, into the user's cache, and is never changed. Where
there is no npm, or the package cannot be had, the tests are skipped and say so.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.foreign.kept import fetched, kept
from tests.foreign.serving import clip, streams_of

pytestmark = pytest.mark.slow
PACKAGE = "nemovideo-tools@0.1.8"
INSTALL_S, RUN_S = 480, 600
Run = Callable[..., str]


@pytest.fixture(scope="module")
def program() -> Path:
    """The client's program."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("npm and node are not installed")
    with kept(PACKAGE.replace("@", "-")) as folder:
        found = folder / "node_modules" / ".bin" / "nemovideo"
        if not found.exists():
            _install(npm, folder)
    held = json.loads((folder / "node_modules" / "nemovideo-tools" / "package.json").read_text())
    assert held["version"] == "0.1.8"
    return found


def _install(npm: str, folder: Path) -> None:
    fetched(
        PACKAGE, [npm, "install", "--no-audit", "--no-fund", "--no-save", "--prefix", str(folder), PACKAGE], INSTALL_S
    )


@pytest.fixture(scope="module")
def run(program: Path, address: str, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs the client with these arguments; what it printed."""
    home = tmp_path_factory.mktemp("client")
    environment = os.environ | {
        "XDG_CONFIG_HOME": str(home), "NEMOVIDEO_API_KEY": "nmv_usr_" + "a" * 32, "NO_UPDATE_NOTIFIER": "1",
        "NO_COLOR": "1", "FORCE_COLOR": "0",
    }  # fmt: skip

    def call(*arguments: str) -> str:
        done = subprocess.run(
            [str(program), *arguments], env=environment, cwd=home, text=True, capture_output=True, timeout=RUN_S,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        assert "✗" not in done.stdout + done.stderr
        return done.stdout + done.stderr

    call("config", "set", "base_url", address)
    call("config", "set", "output_dir", str(home / "out"))
    assert address in call("config", "get")
    return call


@pytest.fixture(scope="module")
def created(run: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A project made from a prompt and exported: its id, and the film."""
    film = tmp_path_factory.mktemp("films") / "made.mp4"
    told = run("create", "--prompt", "write calm piano music", "--duration", "4", "--export", "--output", str(film))
    found = re.search(r"Done! Project: (\S+)", told)
    assert found is not None, told
    assert film.exists(), told
    return found[1], film


def test_create_with_a_prompt_writes_music_and_exports_it(created: tuple[str, Path]) -> None:
    held = streams_of(created[1])
    assert held["video"] > 3.5
    assert held["audio"] > 3.5


def test_chat_says_what_changed(run: Run, created: tuple[str, Path]) -> None:
    told = run("chat", created[0], "--prompt", "set the music volume to 35%")
    assert "100% -> 35%" in told
    assert "Done!" in told


def test_export_and_download_give_the_same_film(run: Run, created: tuple[str, Path], tmp_path: Path) -> None:
    run("export", created[0], "--output", str(tmp_path / "exported.mp4"))
    run("project", "download", created[0], "--output", str(tmp_path / "fetched.mp4"))
    assert (tmp_path / "exported.mp4").read_bytes() == (tmp_path / "fetched.mp4").read_bytes()
    assert streams_of(tmp_path / "exported.mp4").keys() == {"video", "audio"}


def test_upload_then_export_a_film_of_ones_own(run: Run, address: str, tmp_path: Path) -> None:
    import httpx

    project = httpx.post(f"{address}/projects", json={"create_session": True}).json()["data"]["project_id"]
    assert "Uploaded clip.mp4" in run("upload", str(clip(tmp_path / "clip.mp4")), "--project", project)
    run("export", project, "--output", str(tmp_path / "film.mp4"))
    assert streams_of(tmp_path / "film.mp4")["video"] > 3.5


def test_a_question_is_asked_and_answered_in_one_talk(run: Run, address: str, tmp_path: Path) -> None:
    """The client chooses the first answer where nobody sits before it."""
    import httpx

    made = httpx.post(f"{address}/projects", json={"create_session": True}).json()["data"]
    project = made["project_id"]
    clips = [clip(tmp_path / f"{colour}.mp4", 2, colour=colour) for colour in ("red", "blue")]
    files = [("files", (film.name, film.read_bytes())) for film in clips]
    httpx.post(f"{address}/api/upload-video/nemo_agent/me/{made['session_id']}", files=files).raise_for_status()
    told = run("chat", project, "--prompt", "delete the clip")
    assert "auto-selecting" in told
    assert "removed red" in told


def test_credits_and_their_history(run: Run) -> None:
    assert re.search(r"Available: \d+ \| Frozen: 0", run("credits"))
    assert "grant" in run("credits", "history")
    held = run("credits", "history", "--json")
    entries, _ = json.JSONDecoder().raw_decode(held[held.index("{") :])
    assert entries["items"][-1]["kind"] == "grant"


def test_projects_are_listed_and_told(run: Run, created: tuple[str, Path]) -> None:
    assert created[0] in run("project", "list")
    assert "has content" in run("project", "get", created[0])
