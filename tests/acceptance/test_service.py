"""The service as a person meets it: one command, a film uploaded, words said, a film fetched."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.acceptance.command import COMMAND, frames_and_length, loudness, reelscore
from tests.acceptance.service import Served, wait_for
from tests.media.make import Factory

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    server = Served(tmp_path_factory.mktemp("service") / "data")
    yield server
    server.stop()


def test_say_it_and_it_is_done(served: Served, media: Factory, tmp_path: Path) -> None:
    """Upload, music, volume, undo, export, download: the file holds the film and its music."""
    session = served.session(media.path("h264"))
    assert served.get(f"/v1/sessions/{session}")["version"] == "v2"

    told = served.say(session, "add calm lofi music")
    assert told["state"] == "done", told
    assert told["reply"]["text"]
    assert "BGM" in served.get(f"/v1/sessions/{session}")["summary"]

    quieter = served.say(session, "set the music volume to 35%")
    assert quieter["state"] == "done"
    assert "35%" in served.get(f"/v1/sessions/{session}")["summary"]

    back = served.say(session, "undo")
    assert back["state"] == "done"
    assert "35%" not in served.get(f"/v1/sessions/{session}")["summary"]

    job = served.post(f"/v1/sessions/{session}/exports", {"format": "mp4", "name": "holiday"})
    done = served.finished(job["id"])
    assert done["state"] == "completed", done
    assert done["output"]["filename"] == "holiday.mp4"
    film = served.fetched(done, tmp_path / "film.mp4")
    assert film.stat().st_size == done["output"]["size"]
    frames, length = frames_and_length(film)
    assert frames == 50
    assert length == pytest.approx(2.0, abs=0.05)
    assert loudness(film)[0] > -40


def test_events_tell_what_happens_and_are_taken_up_again(served: Served, media: Factory) -> None:
    session = served.session(media.path("h264"))
    told = served.post(f"/v1/sessions/{session}/edits", {"steps": [_music("calm ambient")]}, expect=(202,))
    events = list(served.events(told["events"]))
    kinds = [kind for _, kind, _ in events]
    assert kinds[0] == "accepted"
    assert kinds[-1] == "end"
    assert {"call", "edited", "reply"} <= set(kinds)
    assert [number for number, _, _ in events] == sorted(number for number, _, _ in events)
    middle = events[len(events) // 2][0]
    again = list(served.events(f"{told['events']}&after={middle}"))
    assert [e[0] for e in again] == [e[0] for e in events if e[0] > middle and e[1] != "progress"]


def test_the_same_key_is_the_same_message(served: Served, media: Factory) -> None:
    session = served.session(media.path("h264"))
    one, other = (served.say(session, "mute clip 1", key="k1") for _ in range(2))
    assert one["id"] == other["id"]
    assert len(served.get(f"/v1/sessions/{session}/messages")["items"]) == 1


def test_whoever_comes_second_is_told_and_nothing_is_overwritten(served: Served, media: Factory) -> None:
    session = served.session(media.path("h264"))
    body = {"steps": [{"command": "volume", "arguments": {"which": "clip 1", "to": "50%"}}], "based_on": "v2"}
    assert served.post(f"/v1/sessions/{session}/edits", body)["version"] == "v3"
    second = served.client.post(f"/v1/sessions/{session}/edits", json=body)
    assert second.status_code == 409
    assert second.json()["code"] == 409
    assert served.get(f"/v1/sessions/{session}")["version"] == "v3"


def test_two_sessions_at_once_do_not_mix(served: Served, media: Factory) -> None:
    sessions = [served.session(media.path("h264"), title=name) for name in ("one", "two")]
    wishes = ("calm lofi", "upbeat pop")
    threads = [
        threading.Thread(target=served.post, args=(f"/v1/sessions/{s}/edits", {"steps": [_music(wish)]}))
        for s, wish in zip(sessions, wishes, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for session in sessions:
        message = served.get(f"/v1/sessions/{session}/messages")["items"][0]
        assert served.answered(message)["state"] == "done"
    pieces = [
        {one["id"] for one in served.get(f"/v1/sessions/{s}/media")["items"] if one["origin"] == "composed"}
        for s in sessions
    ]
    assert all(len(found) == 1 for found in pieces)
    assert pieces[0] != pieces[1]


def test_a_track_in_one_call(served: Served, tmp_path: Path) -> None:
    order = served.post("/v1/compose", {"prompt": "8-second calm ambient", "format": "wav", "key": "track"})
    again = served.post("/v1/compose", {"prompt": "8-second calm ambient", "format": "wav", "key": "track"})
    assert again["id"] == order["id"]
    done = wait_for(lambda: (now := served.get(f"/v1/orders/{order['id']}"))["state"] != "running" and now)
    assert done["state"] == "completed", done
    assert done["output"]["duration"] == pytest.approx(8, abs=0.1)
    (render,) = [job for job in done["jobs"] if job["kind"] == "render"]
    track = served.fetched(render, tmp_path / "track.wav")
    assert loudness(track)[0] == pytest.approx(-14, abs=2)


def test_a_film_with_music_in_one_call(served: Served, media: Factory, tmp_path: Path) -> None:
    file = media.path("h264")
    sent = {"files": (file.name, file.read_bytes())}
    said = {"prompt": "warm lo-fi", "format": "mov", "name": "夏", "key": "one"}
    answer = served.client.post("/v1/score", files=sent, data=said)
    assert answer.status_code == 202, answer.text
    order = answer.json()["id"]
    assert [one["text"] for one in answer.json()["messages"]] == ["warm lo-fi"]
    assert served.client.post("/v1/score", files=sent, data=said).json()["id"] == order
    done = wait_for(lambda: (now := served.get(f"/v1/orders/{order}"))["state"] != "running" and now)
    assert done["state"] == "completed", done
    assert done["output"]["filename"] == "夏.mov"
    film = tmp_path / "film.mov"
    film.write_bytes(served.client.get(done["output"]["url"], follow_redirects=True).content)
    assert frames_and_length(film)[0] == 50


def test_a_batch_tells_what_worked_and_what_did_not(served: Served, media: Factory) -> None:
    session = served.session(media.path("h264"))
    known = served.get(f"/v1/sessions/{session}/media")["items"][0]["id"]
    body = {
        "items": [
            {"text": "mute clip 1", "media": [known], "export": {"format": "mp4"}},
            {"text": "mute clip 1", "media": ["sha256:" + "0" * 64], "export": {"format": "mp4"}},
            {"text": "mute clip 1", "media": [known], "export": {"format": "exe"}},
        ],
        "key": "b1",
    }
    batch = served.post("/v1/batch", body)
    assert served.post("/v1/batch", body)["id"] == batch["id"]
    assert served.finished(batch["id"])["state"] == "completed"
    now = served.get(f"/v1/batch/{batch['id']}")
    assert [item["order"]["state"] if item["order"] else "refused" for item in now["items"]] == [
        "completed", "refused", "refused",
    ]  # fmt: skip
    assert now["items"][0]["order"]["output"]["filename"] == f"{media.path('h264').stem}.mp4"
    assert "exe" in now["items"][2]["error"]


def test_a_restart_in_the_middle_loses_nothing(media: Factory, tmp_path: Path) -> None:
    """The server is killed while music is written; started again on the same folder, it ends what was begun."""
    first = Served(tmp_path / "data")
    try:
        session = first.session(media.path("h264"))
        told = first.post(f"/v1/sessions/{session}/edits", {"steps": [_music("calm lofi", 20)]}, expect=(202,))
    finally:
        first.kill()
    second = Served(tmp_path / "data")
    try:
        assert second.answered(told)["state"] == "done"
        assert "BGM" in second.get(f"/v1/sessions/{session}")["summary"]
        assert len([m for m in second.get(f"/v1/sessions/{session}/media")["items"] if m["origin"] == "composed"]) == 1
    finally:
        assert second.stop() == 0


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at /proc")
def test_nothing_is_left_when_the_server_is_killed(tmp_path: Path) -> None:
    server = Served(tmp_path / "data")
    workers = server.children()
    server.kill()
    assert workers
    wait_for(lambda: not any(_alive(pid) for pid in workers), within_s=300)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at /proc")
def test_a_worker_that_dies_is_started_again(tmp_path: Path) -> None:
    server = Served(tmp_path / "data")
    try:
        (first,) = server.children()
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: (now := server.children()) and now != [first])
        wait_for(lambda: server.client.get("/readyz").status_code == 200)
    finally:
        assert server.stop() == 0


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_ctrl_c_stops_it_with_streams_open(media: Factory, tmp_path: Path) -> None:
    server = Served(tmp_path / "data", "--no-workers")
    session = server.session()
    ended = threading.Event()

    def listen() -> None:
        with httpx.stream("GET", f"{server.url}/v1/sessions/{session}/events", timeout=300, trust_env=False) as answer:
            for _ in answer.iter_lines():
                pass
        ended.set()

    thread = threading.Thread(target=listen)
    thread.start()
    wait_for(lambda: b"reelscore_open_streams 1.0" in server.client.get("/metrics").content)
    assert server.stop(signal.SIGINT) == 0
    thread.join(10)
    assert ended.is_set()


def test_it_is_ready_when_workers_live(served: Served) -> None:
    wait_for(lambda: served.client.get("/readyz").status_code == 200)
    assert served.client.get("/healthz").json() == {"ok": True}
    figures = served.client.get("/metrics").text
    for name in ("reelscore_calls_total", "reelscore_jobs", "reelscore_queue_depth", "reelscore_workers"):
        assert name in figures


def test_pages_of_others_and_foreign_names_are_refused(served: Served) -> None:
    assert served.client.get("/v1/sessions", headers={"Host": "evil.example"}).status_code == 403
    assert served.client.post("/v1/sessions", json={}, headers={"Origin": "https://evil.example"}).status_code == 403


def test_a_public_address_needs_accounts_or_a_token(tmp_path: Path) -> None:
    run = reelscore("serve", "--host", "0.0.0.0", "--data", tmp_path / "data", cwd=tmp_path)
    assert run.code == 2
    assert "--access-token" in run.err
    assert "--accounts" in run.err


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = reelscore("serve", "--port", str(port), "--data", tmp_path / "data", cwd=tmp_path)
    assert run.code == 2
    assert run.err.strip() == f"reelscore: Port {port} is taken by another program. Choose another: --port {port + 1}."


def test_with_an_access_token_nobody_else_comes_in(tmp_path: Path) -> None:
    server = Served(tmp_path / "data", "--no-workers", environment={"REELSCORE_ACCESS_TOKEN": "correct horse battery"})
    try:
        assert server.client.get("/v1/sessions").json()["code"] == 1001
        headers = {"Authorization": "Bearer correct horse battery"}
        assert server.client.get("/v1/sessions", headers=headers).status_code == 200
    finally:
        server.stop()


def test_the_log_is_lines_of_json_without_what_people_wrote(tmp_path: Path) -> None:
    server = Served(tmp_path / "data", "--no-workers")
    try:
        server.post("/v1/parse", {"text": "a very private wish"})
    finally:
        server.stop()
    lines = [json.loads(line) for line in (tmp_path / "data.log").read_text().splitlines()]
    assert any(line.get("path") == "/v1/parse" and line["status"] == 200 and line["request"] for line in lines)
    assert "private" not in (tmp_path / "data.log").read_text()


def test_a_worker_of_its_own_does_the_work(media: Factory, tmp_path: Path) -> None:
    """Another process with the same database and blobs, as on another machine."""
    server = Served(tmp_path / "data", "--no-workers")
    blobs = (tmp_path / "data" / "blobs").as_uri()
    worker = subprocess.Popen(
        [COMMAND, "worker", "--data", str(tmp_path / "elsewhere"), "--blobs", blobs,
         "--database", f"sqlite:///{tmp_path / 'data' / 'reelscore.db'}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ),
    )  # fmt: skip
    try:
        session = server.session(media.path("h264"))
        told = server.post(f"/v1/sessions/{session}/edits", {"steps": [_music("calm lofi")]})
        assert server.answered(told)["state"] == "done"
    finally:
        worker.terminate()
        assert worker.wait(180) == 0
        server.stop()


def _music(prompt: str, duration: int = 0) -> dict[str, object]:
    arguments: dict[str, object] = {"prompt": prompt}
    if duration:
        arguments["duration"] = duration
    return {"command": "generate_music", "arguments": arguments}
