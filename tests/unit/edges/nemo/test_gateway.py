"""The second generation's calls, as its command-line client makes them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.websockets import WebSocketDisconnect

from reelscore.edges.accounts import ledger
from tests.unit.edges.nemo.conftest import SKILL, Service, tone

pytestmark = pytest.mark.slow

CHAT = "ws://127.0.0.1:8700/ws/chat"


def test_a_token_is_verified(shared: Service) -> None:
    token = shared.guest("c-1")["Authorization"].removeprefix("Bearer ")
    body = shared.http.post("/auth/verify", json={"token": token}).json()
    assert (body["code"], body["data"]["balance"]) == (0, 100)
    assert body["data"]["user_id"].startswith("anon_")
    answer = shared.http.post("/auth/verify", json={"token": "nmv_usr_no"})
    assert (answer.status_code, answer.json()["code"]) == (401, 1001)


def test_credits_in_all_and_left(shared: Service) -> None:
    data = shared.http.get("/billing/balance", headers=shared.guest("c-1")).json()["data"]
    assert data == {"available": 100, "frozen": 0, "total_granted": 100, "total_consumed": 0}


def test_what_credits_went_into(shared: Service) -> None:
    headers = shared.guest("c-1")
    account = shared.http.post("/auth/verify", json={"token": headers["Authorization"].removeprefix("Bearer ")}).json()[
        "data"
    ]["user_id"]
    with shared.store.database.write() as tx:
        ledger.freeze(tx, account, "job_gone", 10)
        ledger.settle(tx, "job_gone")
    url = "/billing/usage/conversations"
    data = shared.http.get(url, headers=headers).json()["data"]
    assert [(one["kind"], one["amount_delta"]) for one in data["items"]] == [("conversation", -10), ("grant", 100)]
    assert data["items"][1]["grant"] == {"source": "welcome"}
    assert data["items"][0]["conversation"]["user_message"] == ""
    assert (data["total"], data["page_no"], data["total_pages"], data["has_next"]) == (2, 1, 1, False)
    first = shared.http.get(url, headers=headers, params={"page_size": 1}).json()["data"]
    assert (len(first["items"]), first["total_pages"], first["has_next"]) == (1, 2, True)
    assert shared.http.get(url, headers=headers, params={"start_date": "2999-01-01"}).json()["data"]["items"] == []
    assert shared.http.get(url, headers=headers, params={"end_date": "2000-01-01"}).json()["data"]["total"] == 0
    assert shared.http.get(url, headers=headers, params={"start_date": "soon"}).status_code == 400
    assert shared.http.get(url, headers=headers, params={"page_no": 10**30}).status_code in (200, 400)


def test_a_project_is_a_session(service: Service) -> None:
    data = service.http.post("/projects", json={"create_session": True, "name": "holiday"}).json()["data"]
    project, session = data["project_id"], data["session"]["session_id"]
    assert data["session"]["project_id"] == project
    assert service.http.get(f"/projects/{project}").json()["data"]["name"] == "holiday"
    (one,) = service.http.get(f"/projects/{project}/sessions").json()["data"]["sessions"]
    assert (one["session_id"], one["status"]) == (session, "active")
    listed = service.http.get("/projects").json()["data"]
    assert (listed["count"], listed["projects"][0]["project_id"]) == (1, project)
    for url in ("/projects/task_none", "/projects/task_none/sessions", "/api/v1/state/frontend/task_none"):
        answer = service.http.get(url)
        assert (answer.status_code, answer.json()["code"]) == (404, 1002), url


def test_the_state_has_a_draft_once_there_is_one(service: Service) -> None:
    """Its client looks for `t` to know whether there is anything to render."""
    data = service.http.post("/projects", json={"create_session": True}).json()["data"]
    url = f"/api/v1/state/frontend/{data['project_id']}"
    assert service.http.get(url).json()["data"]["project"] == {}
    answer = service.http.post(
        "/files/upload", files={"file": ("tone.wav", tone())}, data={"session_id": data["session"]["session_id"]}
    )
    assert (answer.status_code, answer.json()["code"]) == (200, 0), answer.text
    state = service.http.get(url).json()["data"]
    assert len(state["project"]["timeline_draft"]["t"]) == 1
    (file,) = state["project"]["files:uploads"]
    assert file["s3_key"].endswith("/tone.wav")
    assert service.http.get(file["cdn_url"]).content == tone()
    assert isinstance(state["version"], int)


def test_an_upload_names_its_session(service: Service) -> None:
    answer = service.http.post("/files/upload", files={"file": ("tone.wav", tone())}, data={"session_id": "123"})
    assert (answer.status_code, answer.json()["code"]) == (404, 1002)
    answer = service.http.post("/files/upload", files={"file": ("tone.wav", tone())})
    assert answer.status_code in (400, 404)


def test_the_socket_is_ready_answers_pings_and_refuses_nonsense(service: Service) -> None:
    session = service.session()
    with service.http.websocket_connect(
        f"ws://127.0.0.1:8700/ws/chat?token=x&session_id={session}", headers=SKILL
    ) as socket:
        assert socket.receive_json() == {"type": "session_ready", "session_id": session}
        socket.send_json({"type": "ping"})
        assert socket.receive_json() == {"type": "pong"}
        socket.send_json({"type": "ping"}, mode="binary")
        assert socket.receive_json() == {"type": "pong"}
        socket.send_bytes(b"\xff\x00")
        assert socket.receive_json()["type"] == "error"
        for nonsense in ("{", "[]", '{"type": "dance"}', '{"type": "message"}', '{"type": "message", "content": " "}'):
            socket.send_text(nonsense)
            told = socket.receive_json()
            assert (told["type"], told["code"]) == ("error", 400), nonsense


def test_a_socket_may_say_no_more_than_calls_may(serve: Callable[..., Service]) -> None:
    service = serve(accounts=True, calls_per_s=1.0)
    headers = service.guest("one")
    token = headers["Authorization"].removeprefix("Bearer ")
    with service.http.websocket_connect(f"{CHAT}?token={token}&session_id={service.session(headers)}") as socket:
        socket.receive_json()
        told = []
        for _ in range(12):
            socket.send_json({"type": "ping"})
            told.append(socket.receive_json())
    assert {one["type"] for one in told} == {"pong", "error"}
    assert "Try again" in next(one["error"] for one in told if one["type"] == "error")
    assert all(one["code"] == 429 for one in told if one["type"] == "error")


def test_a_message_on_the_socket_is_answered_in_words_to_the_end(service: Service) -> None:
    session = service.session()
    with service.http.websocket_connect(f"{CHAT}?token=x&session_id={session}") as socket:
        socket.receive_json()
        for n in range(2):
            socket.send_json({"type": "message", "content": "thanks", "metadata": {"message_id": f"m{n}"}})
        told: list[dict[str, str]] = []
        while [one["type"] for one in told].count("done") < 2:
            told.append(socket.receive_json())
    types = [one["type"] for one in told]
    half = types.index("done") + 1
    for turn in (types[:half], types[half:]):
        assert (turn[0], turn[-1]) == ("message_accepted", "done")
        assert "text" in turn
    assert all(one["text"] for one in told if one["type"] == "text")


@pytest.mark.parametrize(
    ("query", "code"),
    [("token=nmv_usr_bad&session_id=1", 4001), ("session_id=1", 4001), ("token={token}", 4002),
     ("token={token}&session_id=1", 4002)],
)  # fmt: skip
def test_a_socket_says_why_it_closes(shared: Service, query: str, code: int) -> None:
    """An error first, then the code: 4001 the token, 4002 the session."""
    token = shared.guest("c-1")["Authorization"].removeprefix("Bearer ")
    with shared.http.websocket_connect(f"{CHAT}?{query.format(token=token)}") as socket:
        assert socket.receive_json()["type"] == "error"
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
    assert closed.value.code == code


def test_abort_stops_what_the_session_works_on(service: Service) -> None:
    session = service.session()
    service.place(session)
    service.http.post("/api/render/proxy/lambda", headers=SKILL, json={"id": "r", "sessionId": session})
    with service.http.websocket_connect(f"{CHAT}?session_id={session}") as socket:
        socket.receive_json()
        socket.send_json({"type": "abort"})
        told = socket.receive_json()
    assert (told["type"], told["status"], len(told["jobs"])) == ("status", "aborted", 1)
    assert service.http.get("/api/render/proxy/lambda/r").json()["cancelled"] is True
