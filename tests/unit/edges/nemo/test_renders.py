"""Exports: a draft from outside is held against its session, ids stand for one render, plans and headers count."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from sqlalchemy import select, update

from reelscore.edges.jobs import jobs
from reelscore.edges.storage.tables import accounts, tokens
from tests.unit.edges.nemo.conftest import SKILL, Service

pytestmark = pytest.mark.slow

Plain = dict[str, Any]
ASK = "/api/render/proxy/lambda"
OTHER = "sha256:" + "0" * 64


def asked(service: Service, body: Mapping[str, Any], headers: dict[str, str] | None = None, url: str = ASK) -> Any:
    return service.http.post(url, json=body, headers=headers or SKILL)


def order(service: Service, **more: Any) -> Plain:
    """A session with one sound, and the request to render it."""
    session = service.session()
    service.place(session)
    draft = service.state(session)["draft"]
    return {"id": "render_1", "sessionId": session, "draft": draft, "output": {"format": "mp4"}} | more


def account_of(service: Service) -> str:
    """The guest's account."""
    with service.store.database.read() as tx:
        return str(tx.execute(select(accounts.c.id).where(accounts.c.kind == "anonymous")).scalar_one())


def finish(service: Service, client_id: str) -> str:
    """The render as a worker would end it; the file's bytes."""
    blob = service.store.blobs.put_bytes(b"a film")
    with service.store.database.write() as tx:
        job = jobs.find(tx, "local", "render", client_id)
        assert job is not None
        taken = jobs.take(tx, job.id, "worker")
        assert taken is not None
        result = {"blob": blob, "filename": "film.mp4", "duration": 1.0, "size": 6, "width": 640, "height": 360}
        jobs.end(tx, taken, "completed", result=result)
    return blob


def test_a_render_is_asked_for_looked_at_and_fetched(service: Service) -> None:
    answer = asked(service, order(service))
    assert answer.status_code == 200
    body = answer.json()
    assert (body["success"], body["data"]["id"], body["data"]["status"]) == (True, "render_1", "pending")
    assert body["data"]["progress"] == 5
    assert service.http.get(f"{ASK}/render_1").json()["status"] == "pending"
    assert service.http.get("/api/render/proxy/render_1/download").status_code == 404
    finish(service, "render_1")
    for url in (f"{ASK}/render_1", "/api/render/proxy/draft/render_1", "/api/render/proxy/render_1",
                "/services/v1/render-proxy/lambda/render_1"):  # fmt: skip
        told = service.http.get(url).json()
        assert (told["status"], told["progress"], told["data"]["status"]) == ("completed", 100, "completed"), url
    assert service.http.get(told["output"]["url"]).content == b"a film"
    assert service.http.get(told["data"]["outputUrl"]).status_code == 200
    assert service.http.get("/api/render/proxy/render_1/download").content == b"a film"
    part = service.http.get("/api/render/proxy/render_1/download", headers={"Range": "bytes=2-3"})
    assert (part.status_code, part.content) == (206, b"fi")


def test_the_finished_render_is_in_the_state_and_is_the_projects_latest(service: Service) -> None:
    body = order(service)
    project = service.http.get("/projects").json()["data"]["projects"][0]["project_id"]
    latest = f"/services/v1/render-proxy/{project}/download"
    assert service.http.get(latest).json()["data"]["output"] is None
    asked(service, body)
    finish(service, "render_1")
    (made,) = service.state(body["sessionId"])["generated_media"]
    assert (made["type"], made["id"], made["filename"]) == ("render", "render_1", "film.mp4")
    assert service.http.get(latest).json()["data"]["output"]["size"] == 6


def test_the_same_request_again_is_the_same_render(service: Service) -> None:
    body = order(service)
    first, second = asked(service, body).json(), asked(service, body).json()
    assert first["data"]["job"] == second["data"]["job"]
    shuffled = json.loads(json.dumps(body, sort_keys=True))
    assert asked(service, shuffled).json()["data"]["job"] == first["data"]["job"]


def test_a_known_id_with_another_draft_is_an_error(service: Service) -> None:
    body = order(service)
    asked(service, body)
    other = json.loads(json.dumps(body["draft"]))
    other["t"][0]["sg"][0]["d"] = 500
    answer = asked(service, body | {"draft": other})
    assert (answer.status_code, answer.json()["code"], answer.json()["data"]) == (409, 409, None)
    assert asked(service, body | {"draft": other, "id": "render_2"}).status_code == 200


def test_a_draft_that_went_through_javascript_is_the_same(service: Service) -> None:
    """There 1.0 comes back as 1."""
    body = order(service)
    first = asked(service, body).json()["data"]["job"]
    script = json.loads(
        json.dumps(body), parse_float=lambda text: int(float(text)) if float(text) == int(float(text)) else float(text)
    )
    assert asked(service, script).json()["data"]["job"] == first


def test_without_a_draft_the_sessions_own_timeline_is_rendered(service: Service) -> None:
    body = order(service)
    first = asked(service, {key: body[key] for key in ("id", "sessionId")}).json()
    assert asked(service, body | {"output": {}}).json()["data"]["job"] == first["data"]["job"]


@pytest.mark.parametrize("missing", sorted(name for name in SKILL))
def test_an_export_says_which_skill_asks_for_it(service: Service, missing: str) -> None:
    headers = {name: value for name, value in SKILL.items() if name != missing}
    answer = asked(service, order(service), headers)
    assert (answer.status_code, answer.json()["code"], answer.json()["data"]) == (402, 402, None)
    assert missing in answer.json()["message"]


def _draft(change: Callable[[Plain], Any]) -> Callable[[Plain], Plain]:
    def changed(draft: Plain) -> Plain:
        change(draft)
        return draft

    return changed


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_draft(lambda d: d["t"][0]["sg"][0].update(r=OTHER)), "missing"),
        (_draft(lambda d: (d["t"][0]["sg"][0].update(r=OTHER), d["md"][0].update(i=OTHER))), "does not have"),
        (_draft(lambda d: d["md"].append({"i": ["x"]})), ""),
        (_draft(lambda d: d.update(md=5)), "list"),
        (_draft(lambda d: d["t"][0]["sg"][0].update(pc="a" * 64)), "composed piece"),
        (_draft(lambda d: d["t"][0]["sg"][0].update(d=10**15)), ""),
        (_draft(lambda d: d["t"][0]["sg"][0].update(d=-5)), ""),
        (_draft(lambda d: d["t"][0]["sg"][0].update(zz=1)), "zz"),
        (_draft(lambda d: d["t"][0].update(tt=9)), "tt"),
        (_draft(lambda d: d.update(v=99)), "99"),
        (_draft(lambda d: d.update(t=[])), "nothing on the timeline"),
        (lambda _: [1, 2], "object"),
        (lambda _: "draft", "object"),
        (lambda _: {"t": "x"}, "list"),
        (lambda d: {"t": [[[[[[[[]]]]]]]]}, ""),
    ],
    ids=range(15),
)
def test_hostile_drafts_are_refused_in_words(service: Service, change: Callable[[Plain], Any], says: str) -> None:
    body = order(service)
    answer = asked(service, body | {"draft": change(body["draft"])})
    assert (answer.status_code, answer.json()["code"]) == (400, 400), answer.text
    assert says in answer.json()["message"] + answer.json()["error"]["hint"]
    assert service.http.get(f"{ASK}/render_1").status_code == 404


def test_a_drafts_own_account_of_its_media_is_not_believed(service: Service) -> None:
    """Whatever it says a file is, the server knows better."""
    body = order(service)
    first = asked(service, body).json()["data"]["job"]
    body["draft"]["md"][0].update(d=60_000, k="video", w=1920, h=1080, n="x")
    assert asked(service, body).json()["data"]["job"] == first


def test_a_draft_that_a_client_wrote_itself_needs_no_ids_and_no_media_table(service: Service) -> None:
    body = order(service)
    file = body["draft"]["t"][0]["sg"][0]["r"]
    draft = {"t": [{"tt": 1, "sg": [{"s": 0, "d": 500, "r": file}, {"s": 500, "d": 500, "r": file, "i": "n1"}]}]}
    answer = asked(service, body | {"draft": draft})
    assert answer.status_code == 200, answer.text
    with service.store.database.read() as tx:
        job = jobs.find(tx, "local", "render", "render_1")
    assert job is not None
    assert [segment["i"] for segment in job.params["draft"]["t"][0]["sg"]] == ["n2", "n1"]


@pytest.mark.parametrize(
    "output", [{"format": "exe"}, {"quality": "superb"}, {"resolution": "9000p"}, {"codec": "h266"}, "mp4", {"fps": 0}]
)
def test_impossible_outputs_are_refused(service: Service, output: Any) -> None:
    answer = asked(service, order(service) | {"output": output})
    assert (answer.status_code, answer.json()["code"]) == (400, 400), answer.text


def test_a_session_must_be_named_and_there(service: Service) -> None:
    assert asked(service, {"id": "r"}).status_code == 400
    answer = asked(service, {"id": "r", "sessionId": "12345"})
    assert (answer.status_code, answer.json()["code"]) == (404, 1002)


def test_a_render_can_be_stopped(service: Service) -> None:
    asked(service, order(service))
    for _ in range(2):
        told = service.http.post(f"{ASK}/render_1/cancel").json()
        assert (told["status"], told["cancelled"]) == ("failed", True)
    assert service.http.post(f"{ASK}/render_9/cancel").status_code == 404


def test_what_the_plan_does_not_export_is_402(shared: Service) -> None:
    """A guest exports up to 1920 pixels."""
    headers = shared.guest("c-1")
    session = shared.session(headers)
    shared.place(session, account_of(shared))
    answer = asked(shared, {"id": "a", "sessionId": session, "output": {"resolution": "4k"}}, headers)
    assert (answer.status_code, answer.json()["code"]) == (402, 402)
    assert (
        asked(shared, {"id": "a", "sessionId": session, "output": {"resolution": "720p"}}, headers).status_code == 200
    )
    assert shared.http.get(f"{ASK}/a", headers=shared.guest("c-2")).status_code == 404


def test_a_token_without_the_scope_exports_nothing(serve: Callable[..., Service]) -> None:
    service = serve(accounts=True)
    headers = service.guest("c-1")
    session = service.session(headers)
    service.place(session, account_of(service))
    with service.store.database.write() as tx:
        tx.execute(update(tokens).values(scopes="read write upload"))
    answer = asked(service, {"id": "a", "sessionId": session}, headers)
    assert (answer.status_code, answer.json()["code"]) == (402, 402)


def test_the_second_dialect_asks_for_the_same(service: Service) -> None:
    body = order(service, id="draft-cli-1", output={"format": "mp4", "codec": "h264", "crf": 23})
    told = asked(service, body, url="/services/v1/render-proxy/lambda").json()
    assert (told["code"], told["data"]["id"], told["data"]["status"]) == (0, "draft-cli-1", "pending")
    with service.store.database.read() as tx:
        job = jobs.find(tx, "local", "render", "draft-cli-1")
    assert job is not None
    assert job.params["target"] == {"format": "mp4", "quality": "standard"}
    assert job.params["version"] == "v1"
