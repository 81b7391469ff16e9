"""The calls of /v1, one after the other, on a server that has no worker."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from reelscore.edges.jobs.targets import music_suffix, target_of
from reelscore.editing import begin
from tests.unit.edges.api.serving import CLIP, application, with_clip


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with application(tmp_path_factory.mktemp("calls")) as client:
        yield client


@pytest.fixture
def session(client: TestClient) -> str:
    return f"/v1/sessions/{with_clip(client)}"


def edit(client: TestClient, session: str, to: str = "50%", **more: Any) -> Any:
    steps = [{"command": "volume", "arguments": {"which": "clip 1", "to": to}}]
    return client.post(f"{session}/edits", json={"steps": steps, **more})


def test_a_session_is_made_listed_renamed_and_deleted(client: TestClient) -> None:
    answer = client.post("/v1/sessions", json={"title": "Holiday", "language": "zh"})
    assert answer.status_code == 201
    made = answer.json()["session"]
    assert (made["title"], made["language"], made["version"], made["ready"]) == ("Holiday", "zh", "v1", False)
    assert made["id"] in [row["id"] for row in client.get("/v1/sessions?limit=200").json()["items"]]
    place = f"/v1/sessions/{made['id']}"
    assert client.patch(place, json={"title": "Summer"}).json()["title"] == "Summer"
    assert client.delete(place).status_code == 204
    for gone in (client.get(place), client.delete(place), client.patch(place, json={"title": "x"})):
        assert gone.status_code == 404
        assert gone.json()["code"] == 1002


def test_lists_come_in_pages(client: TestClient) -> None:
    ids = {client.post("/v1/sessions").json()["session"]["id"] for _ in range(5)}
    seen: list[str] = []
    after = ""
    while True:
        page = client.get(f"/v1/sessions?limit=2&after={after}").json()
        seen += [row["id"] for row in page["items"]]
        after = page["next"]
        if not after:
            break
    assert len(seen) == len(set(seen))
    assert ids <= set(seen)


def test_a_session_tells_its_timeline_as_asked(client: TestClient, session: str) -> None:
    plain = client.get(session).json()
    assert plain["summary"].startswith("Timeline (1 track)")
    assert plain["timeline"]["tracks"][0]["kind"] == "video"
    assert plain["draft"] is None
    both = client.get(f"{session}?include=timeline&include=draft").json()
    assert both["draft"]["t"][0]["sg"]
    tag = client.get(session).headers["etag"]
    assert client.get(session, headers={"If-None-Match": tag}).status_code == 304
    edit(client, session)
    assert client.get(session, headers={"If-None-Match": tag}).status_code == 200


def test_typed_edits_are_one_version(client: TestClient, session: str) -> None:
    steps = [
        {"command": "volume", "arguments": {"which": "clip 1", "to": 50}},
        {"command": "trim", "arguments": {"which": "clip 1", "to": "10"}},
    ]
    told = client.post(f"{session}/edits", json={"steps": steps, "based_on": "v1"}).json()
    assert told["state"] == "done"
    assert told["version"] == "v2"
    assert "50%" in told["reply"]["text"]
    assert client.get(session).json()["duration"] == 10


def test_an_edit_that_cannot_be_made_says_why_and_changes_nothing(client: TestClient, session: str) -> None:
    for step, words in (
        ({"command": "volum", "arguments": {}}, "volume"),
        ({"command": "volume", "arguments": {"which": "clip 9", "to": "50%"}}, "clip"),
        ({"command": "volume", "arguments": {"which": "clip 1", "to": "loud"}}, "loud"),
        ({"command": "volume", "arguments": {"which": "clip 1", "at": 3}}, "at"),
    ):
        answer = client.post(f"{session}/edits", json={"steps": [step]})
        assert answer.status_code == 400, answer.text
        assert words in answer.text
    assert client.get(session).json()["version"] == "v1"


def test_a_late_edit_conflicts(client: TestClient, session: str) -> None:
    assert edit(client, session, based_on="v1").status_code == 200
    late = edit(client, session, "60%", based_on="v1")
    assert late.status_code == 409
    assert late.json()["error"]["name"] == "conflict"
    assert "v2" in late.text
    assert client.get(session).json()["version"] == "v2"


def test_the_same_key_is_done_once(client: TestClient, session: str) -> None:
    one, other = edit(client, session, key="k").json(), edit(client, session, key="k").json()
    assert one["id"] == other["id"]
    header = {"Idempotency-Key": "said once"}
    said = [client.post(f"{session}/messages", json={"text": "help"}, headers=header).json()["id"] for _ in range(2)]
    assert said[0] == said[1]
    assert client.get(session).json()["version"] == "v2"


def test_a_key_stands_for_one_thing(client: TestClient, session: str) -> None:
    edit(client, session, key="k")
    assert edit(client, session, "70%", key="k").status_code == 409
    client.post(f"{session}/messages", json={"text": "help", "key": "m"})
    assert client.post(f"{session}/messages", json={"text": "undo", "key": "m"}).status_code == 409


def test_back_and_forth(client: TestClient, session: str) -> None:
    edit(client, session)
    edit(client, session, "60%")
    assert client.post(f"{session}/undo", json={"count": 2}).json()["version"] == "v1"
    assert client.post(f"{session}/redo").json()["version"] == "v2"
    assert client.put(f"{session}/name", json={"name": "calm"}).status_code == 200
    assert client.post(f"{session}/restore", json={"version": "first"}).json()["version"] == "v4"
    rows = client.get(f"{session}/versions").json()
    assert [row["id"] for row in rows["items"]] == ["v4", "v3", "v2", "v1"]
    assert rows["current"] == "v4"
    assert client.get(f"{session}/versions/calm").json()["id"] == "v2"
    assert "60%" in client.get(f"{session}/diff?a=v2&b=v3").json()["text"]
    assert client.post(f"{session}/undo", json={"count": 99}).status_code == 400
    assert client.get(f"{session}/versions/v99").status_code == 404


def test_versions_come_in_pages(client: TestClient, session: str) -> None:
    for n in range(5):
        edit(client, session, f"{20 + n}%")
    first = client.get(f"{session}/versions?limit=4").json()
    rest = client.get(f"{session}/versions?limit=4&before={first['before']}").json()
    assert [row["id"] for row in first["items"] + rest["items"]] == ["v6", "v5", "v4", "v3", "v2", "v1"]
    assert rest["before"] == 0


def test_every_message_is_answered_and_kept(client: TestClient, session: str) -> None:
    for text in ("help", "帮助", "qwertz uiop", "undo"):
        told = client.post(f"{session}/messages", json={"text": text}).json()
        assert told["state"] in ("done", "failed")
        assert told["reply"]["text"]
    page = client.get(f"{session}/messages?limit=3").json()
    assert [one["text"] for one in page["items"]] == ["帮助", "qwertz uiop", "undo"]
    assert page["before"] == 2
    message = page["items"][0]
    assert client.get(f"{session}/messages/{message['id']}").json() == message


def test_what_happened_is_told_as_events(client: TestClient, session: str) -> None:
    told = edit(client, session).json()
    answer = client.get(told["events"])
    assert answer.headers["content-type"].startswith("text/event-stream")
    kinds = [line[7:] for line in answer.text.splitlines() if line.startswith("event: ")]
    assert kinds[0] == "accepted"
    assert "edited" in kinds
    assert kinds[-1] == "end"
    ids = [int(line[4:]) for line in answer.text.splitlines() if line.startswith("id: ")]
    rest = client.get(told["events"], headers={"Last-Event-ID": str(ids[1])}).text
    assert [int(line[4:]) for line in rest.splitlines() if line.startswith("id: ")] == ids[2:]


def test_parsing_does_nothing(client: TestClient, session: str) -> None:
    meant = client.post(f"{session}/parse", json={"text": "mute clip 1"}).json()
    assert meant["steps"] == [{"command": "mute", "arguments": {"which": "clip 1"}}] or meant["steps"]
    assert client.get(session).json()["version"] == "v1"
    assert client.post("/v1/parse", json={"text": "undo"}).json()["steps"][0]["action"] == "undo"


def test_exports_and_jobs(client: TestClient, session: str) -> None:
    body = {"format": "mp4", "resolution": "360p", "key": "e1"}
    job = client.post(f"{session}/exports", json=body)
    assert job.status_code == 202
    job = job.json()
    assert (job["kind"], job["state"], job["output"]) == ("render", "queued", None)
    assert client.post(f"{session}/exports", json=body).json()["id"] == job["id"]
    assert client.post(f"{session}/exports", json={**body, "format": "webm"}).status_code == 409
    place = f"/v1/jobs/{job['id']}"
    assert client.get(f"{place}/download", follow_redirects=False).status_code == 409
    assert [one["id"] for one in client.get("/v1/jobs?kind=render&state=open&limit=1").json()["items"]] == [job["id"]]
    assert client.post(f"{place}/cancel").json()["state"] == "cancelled"
    assert client.get(f"{place}/download", follow_redirects=False).status_code == 404
    assert client.post(f"{place}/retry").json()["state"] == "queued"
    assert client.post(f"{place}/retry").status_code == 409
    assert client.post(f"{place}/cancel").json()["state"] == "cancelled"
    assert "event: end" in client.get(f"{place}/events").text


@pytest.mark.parametrize(
    "wanted",
    [{"format": "exe"}, {"resolution": "9p"}, {"shape": "round"}, {"frame_rate": 0}, {"start": 9, "end": 3},
     {"start": "soon"}, {"version": "v9"}, {"quality": "best"}],
    ids=json.dumps,
)  # fmt: skip
def test_an_export_that_cannot_be_is_refused_at_once(client: TestClient, session: str, wanted: dict[str, Any]) -> None:
    answer = client.post(f"{session}/exports", json=wanted)
    assert answer.status_code == 400
    assert answer.json()["error"]["hint"]


def test_nothing_is_exported_of_nothing(client: TestClient) -> None:
    empty = client.post("/v1/sessions").json()["session"]["id"]
    assert client.post(f"/v1/sessions/{empty}/exports", json={}).status_code == 400


@pytest.mark.parametrize(("form", "begins"), [("otio", "{"), ("edl", "TITLE:"), ("fcpxml", "<?xml"), ("draft", "{")])
def test_the_timeline_for_other_programs(client: TestClient, session: str, form: str, begins: str) -> None:
    assert client.get(f"{session}/timeline?format={form}").text.startswith(begins)


def test_the_catalogue_may_be_kept(client: TestClient) -> None:
    commands = client.get("/v1/commands")
    assert {"trim", "volume", "generate_music"} <= {one["name"] for one in commands.json()["commands"]}
    assert client.get("/v1/commands", headers={"If-None-Match": commands.headers["etag"]}).status_code == 304
    assert client.get("/v1/commands/volume").json()["arguments"]["properties"]["to"]
    unknown = client.get("/v1/commands/volumee").json()["error"]
    assert unknown["hint"].startswith('Did you mean "volume"? The nearest of ')
    assert (unknown["candidates"][0], len(unknown["candidates"])) == ("volume", 6)
    assert [one["name"] for one in client.get("/v1/genres?search=lo-fi").json()["items"]]
    for what in ("moods", "instruments", "formats"):
        assert client.get(f"/v1/{what}").status_code == 200


def test_every_format_resolution_and_shape_offered_can_be_asked_for(client: TestClient) -> None:
    there = client.get("/v1/formats").json()
    timeline = begin([CLIP]).timeline
    kinds = {kind for kind in there["formats"] if kind != "timeline"}
    assert kinds == {"film", "animation", "sound", "picture", "music"}
    for kind in kinds - {"music"}:
        for name in there["formats"][kind]:
            assert target_of({"format": name}, timeline).kind == kind
    assert all(music_suffix({"format": name}) for name in there["formats"]["music"])
    for resolution in there["resolutions"]:
        for shape in there["shapes"]:
            for quality in there["qualities"]:
                target_of({"resolution": resolution, "shape": shape, "quality": quality}, timeline)
    assert {"mp4", "mov", "wav", "png", "opus"} <= set(there["uploads"])


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("messages", {"text": ""}),
        ("messages", {"text": "a\x00b"}),
        ("messages", {"text": "x" * 5001}),
        ("messages", {"text": "hi", "media": ["../../etc/passwd"]}),
        ("messages", {"text": "hi", "more": 1}),
        ("edits", {"steps": []}),
        ("edits", {"steps": [{"command": "trim", "arguments": {"to": {"deep": 1}}}]}),
        ("edits", {"steps": [{"command": "x"}] * 101}),
        ("undo", {"count": 0}),
        ("undo", {"count": 1e9}),
        ("restore", {}),
        ("exports", {"frame_rate": "Infinity"}),
    ],
)
def test_odd_bodies_are_refused_by_name(client: TestClient, session: str, path: str, body: Any) -> None:
    answer = client.post(f"{session}/{path}", json=body)
    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]["name"] == "invalid_request"
    assert "body" in answer.json()["message"]


def test_media_of_others_are_not_there(client: TestClient, session: str) -> None:
    unknown = "sha256:" + "a" * 64
    assert client.get(f"{session}/media/{unknown}").status_code == 404
    assert client.post(f"{session}/messages", json={"text": "hi", "media": [unknown]}).status_code == 404
    assert client.post("/v1/sessions", json={"media": [unknown]}).status_code == 404
    assert client.post("/v1/score", json={"media": [unknown], "prompt": "x"}).status_code == 404


def test_the_description_is_whole(client: TestClient) -> None:
    api = client.get("/openapi.json").json()
    ids = [o["operationId"] for path in api["paths"].values() for o in path.values()]
    assert len(ids) == len(set(ids))
    for path, operations in api["paths"].items():
        for method, operation in operations.items():
            assert operation["tags"], f"{method} {path}"
            assert operation.get("description") or operation.get("summary"), f"{method} {path}"
            assert "422" not in operation["responses"]
            assert operation["responses"]["400"]["content"]["application/json"]["schema"]
    for name in ("SessionShape", "MessageShape", "JobShape", "NewMessage"):
        fields = api["components"]["schemas"][name]["properties"]
        assert any("examples" in field for field in fields.values()), name


def test_the_page_of_the_interface_needs_nobody_else(client: TestClient) -> None:
    page = client.get("/docs").text
    assert "/v1/sessions" in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "").replace("http://127.0.0.1:8700", "").replace(
        "https://example.org", ""
    )
