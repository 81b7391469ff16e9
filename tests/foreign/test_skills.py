"""The workflows that the published skills promise, walked to their end as a guest of a server with accounts."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import imageio_ffmpeg
import pytest

from tests.foreign.serving import clip, serving, streams_of
from tests.foreign.skill import SKILLS, Skill

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("server"), "--accounts") as there:
        yield there


@pytest.fixture(scope="module")
def skill(address: str) -> Iterator[Skill]:
    """A guest that several tests share, each in a session of its own."""
    guest = Skill(address, "video-music-generator")
    guest.connect()
    yield guest
    guest.http.close()


def track(path: Path, seconds: int = 4) -> Path:
    source = f"sine=f=220:r=44100:d={seconds}"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-f", "lavfi", "-i", source, str(path)]
    subprocess.run(command, check=True, timeout=300)
    return path


@pytest.mark.parametrize("name", SKILLS)
def test_quick_edit(address: str, tmp_path: Path, name: str) -> None:
    """Upload, say it, download: what each of the five sells."""
    guest = Skill(address, name)
    assert guest.connect()["credits"] == 100
    words = "write 4 seconds of upbeat lo-fi music"
    if name in ("automatic-music-generator", "video-music-generator"):
        files = guest.upload(clip(tmp_path / "beach.mp4"))
        assert (files[0]["file_type"], files[0]["duration"]) == ("video", pytest.approx(4, abs=0.1))
        words = "add background music that matches the mood and pacing"
    elif name == "generator-from-music":
        guest.upload(track(tmp_path / "song.mp3"))
        words = 'add the title "My Song" at the start'
    told = guest.ask(words)
    assert told.strip()
    assert guest.state()["ready_for_export"] is True
    held = streams_of(Path(guest.ask("export it", tmp_path / "film.mp4").removeprefix("Here it is: ")))
    assert held["video"] > 3
    assert held["audio"] > 3
    spent = 0 if name == "generator-from-music" else 10
    assert guest.credits() == {"available": 100 - spent, "frozen": 0, "total": 100 - spent}
    made = [one["type"] for one in guest.state()["generated_media"]]
    assert made == (["render"] if spent == 0 else ["music", "render"])
    guest.http.close()


def test_batch(skill: Skill, tmp_path: Path) -> None:
    """Many files in one session, each with its own instruction and its own render."""
    skill.create()
    files = skill.upload(*(clip(tmp_path / f"{c}.mp4", 3, colour=c) for c in ("red", "green", "blue")))
    assert len({file["hash"] for file in files}) == 3
    assert "3 clips" in skill.ask("show tracks") or skill.state()["draft"]["d"] == pytest.approx(9000, abs=50)
    films = []
    for n, file in enumerate(files):
        shown = {"s": 0, "d": 1000 * (n + 1), "r": f"sha256:{file['hash']}"}
        draft = {"t": [{"tt": 0, "sg": [shown]}], "cv": {"w": 320, "h": 180, "f": "25"}}
        films.append(skill.export(tmp_path / f"out{n}.mp4", draft))
    assert [round(streams_of(film)["video"]) for film in films] == [1, 2, 3]


def test_iterative(skill: Skill, tmp_path: Path) -> None:
    """Preview, refine, and the session keeps the timeline."""
    skill.create()
    skill.upload(clip(tmp_path / "a.mp4"))
    assert '"Urban Dreams"' in skill.ask('add a title "Urban Dreams"')
    first = skill.state()
    trimmed = skill.ask("trim the clip to 2 seconds")
    assert "-> 2s" in trimmed
    assert skill.state()["draft"]["t"] != first["draft"]["t"]
    undone = skill.ask("undo")
    assert undone.strip()
    assert skill.state()["draft"]["t"] == first["draft"]["t"]
    skill.upload(clip(tmp_path / "b.mp4", 3, colour="red"))
    assert "added b (4-7s)" in skill.ask("add b.mp4 at the end")
    assert "Urban Dreams" in skill.ask("show tracks")
    assert skill.ask("how many credits do I have?").endswith("credits")


def test_the_first_event_comes_before_the_work_is_done(skill: Skill) -> None:
    skill.create()
    assert skill.say("write 90 seconds of calm piano music", leave_after=1).texts == []
    assert skill.state()["generated_media"] == []


def test_the_work_goes_on_when_the_client_leaves(skill: Skill) -> None:
    """A client whose stream broke waits and reads the state; it never sends the message again."""
    skill.create()
    heard = skill.say("write 3 seconds of calm piano music", leave_after=2)
    assert heard.texts == []
    ends = time.monotonic() + 600
    while not (state := skill.state())["generated_media"]:
        assert time.monotonic() < ends
        time.sleep(0.5)
    assert state["draft"]["d"] == 3000


def test_a_stream_that_broke_is_resumed_and_not_run_again(skill: Skill) -> None:
    skill.create()
    before = skill.credits()["total"]
    broken = skill.say("write 3 seconds of calm piano music", leave_after=2, X_Message_Id="m-1")
    resumed = skill.say("write 3 seconds of calm piano music", Last_Event_ID=broken.ids[-1])
    assert resumed.text
    again = skill.say("write 3 seconds of calm piano music", X_Message_Id="m-1")
    assert again.text == resumed.text
    assert before - skill.credits()["total"] == 10
    assert len(skill.state()["generated_media"]) == 1


def test_messages_of_one_session_are_handled_in_their_order(skill: Skill) -> None:
    """What is said while music is written waits for it, and finds it there."""
    skill.create()
    said: list[str] = []

    def music() -> None:
        said.append(skill.say("write 3 seconds of calm piano music").text)

    first = threading.Thread(target=music)
    first.start()
    time.sleep(0.5)
    volume = skill.say("set the music volume to 35%").text
    first.join(600)
    assert said
    assert "35%" in volume
    assert "Not done" not in volume


def test_a_claim_link_names_the_work_and_opens_nothing(skill: Skill) -> None:
    skill.create()
    body = skill.http.post("/api/auth/claim-token", json={"session_id": skill.session}).json()["data"]
    token = skill.http.headers["Authorization"].removeprefix("Bearer ")
    assert token not in body["url"]
    claim = {"Authorization": f"Bearer {body['claim_token']}"}
    assert skill.http.get("/api/credits/balance/simple", headers=claim).json()["code"] == 1001


def test_codes_that_a_skill_acts_on(address: str, skill: Skill) -> None:
    """Asks for a new token (1001), creates a session (1002), lists file types (4001), registers (402), waits (429)."""
    stranger = Skill(address, "music-creator-ai", skill.client_id)
    assert stranger.http.post("/api/auth/anonymous-token").json()["code"] == 400
    with pytest.raises(httpx.HTTPStatusError, match="429"):
        stranger.connect()
    assert stranger.http.post("/api/tasks/me/with-session/nemo_agent").json()["code"] == 1001
    skill.create()
    session, skill.session = skill.session, "1"
    assert skill.http.post("/run_sse", json=skill.request("hello")).json()["code"] == 1002
    skill.session = session
    url = f"/api/upload-video/nemo_agent/me/{session}"
    assert skill.http.post(url, files={"files": ("notes.txt", b"words")}).json()["code"] == 4001
    bare = httpx.post(
        f"{address}/api/render/proxy/lambda", json={"sessionId": session},
        headers={"Authorization": skill.http.headers["Authorization"]},
    )  # fmt: skip
    assert (bare.status_code, bare.json()["code"]) == (402, 402)
    stranger.http.close()
