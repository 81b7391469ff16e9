"""The first generation's calls: tokens, sessions, files, state, credits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.edges.nemo.conftest import SKILL, Service, tone


def test_a_guest_gets_a_token_credits_and_a_week(shared: Service) -> None:
    answer = shared.http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "c-1"})
    body = answer.json()
    assert body["code"] == 0
    assert body["data"]["token"].startswith("nmv_usr_")
    assert body["data"]["user_id"].startswith("anon_")
    assert body["data"]["credits"] == 100
    assert body["data"]["expires_at"].endswith("Z")
    headers = {"Authorization": f"Bearer {body['data']['token']}"}
    credits = shared.http.get("/api/credits/balance/simple", headers=headers).json()
    assert credits["data"] == {"available": 100, "frozen": 0, "total": 100}


def test_a_guest_names_its_client_and_asks_once_a_week(shared: Service) -> None:
    url = "/api/auth/anonymous-token"
    nameless = shared.http.post(url)
    assert (nameless.status_code, nameless.json()["code"], nameless.json()["data"]) == (400, 400, None)
    shared.guest("c-1")
    again = shared.http.post(url, headers={"X-Client-Id": "c-1"})
    assert (again.status_code, again.json()["code"]) == (429, 429)
    assert int(again.headers["Retry-After"]) > 0
    assert shared.http.post(url, headers={"X-Client-Id": "c" * 65}).status_code == 400


def test_a_server_for_one_person_takes_skills_as_they_come(service: Service) -> None:
    """It asks for nothing, and still answers a skill that asks for a token first."""
    headers = service.guest("c-1")
    assert service.session(headers)
    assert service.session({}) != service.session(headers)


@pytest.mark.parametrize("token", ["", "nmv_usr_" + "x" * 43, "clm_x", "\x7f"])
def test_a_bad_token_is_1001(shared: Service, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    for method, url in (
        ("POST", "/api/tasks/me/with-session/nemo_agent"),
        ("GET", "/api/credits/balance/simple"),
        ("POST", "/run_sse"),
        ("GET", "/projects"),
        ("POST", "/api/render/proxy/lambda"),
        ("GET", "/apps/nemo_agent/users/me/sessions"),
    ):
        answer = shared.http.request(method, url, headers=headers, json={} if method == "POST" else None)
        assert (answer.status_code, answer.json()["code"], answer.json()["data"]) == (401, 1001, None), url


def test_a_sessions_ids_stand_in_data_and_at_the_top(service: Service) -> None:
    url = "/api/tasks/me/with-session/nemo_agent"
    body = service.http.post(url, json={"task_name": "holiday", "language": "zh"}).json()
    assert body["session_id"] == body["data"]["session_id"]
    assert body["session_id"].isdigit()
    assert len(body["session_id"]) == 19
    assert body["task_id"] == body["data"]["task_id"]
    assert service.http.post(url).json()["code"] == 0
    latest = service.http.get(f"/api/state/nemo_agent/me/{body['session_id']}/latest").json()["data"]
    assert (latest["task_name"], latest["task_id"]) == ("holiday", body["task_id"])


def test_a_session_that_is_not_there_is_1002(service: Service) -> None:
    for method, url in (
        ("GET", "/api/state/nemo_agent/me/123/latest"),
        ("POST", "/api/upload-video/nemo_agent/me/123"),
        ("GET", "/api/state/nemo_agent/me/%2e%2e/latest"),
    ):
        answer = service.http.request(method, url, files={"files": ("a.wav", tone())} if method == "POST" else None)
        assert (answer.status_code, answer.json()["code"], answer.json()["data"]) == (404, 1002, None), url


def test_somebody_elses_session_is_not_there(shared: Service) -> None:
    mine, yours = shared.guest("c-1"), shared.guest("c-2")
    session = shared.session(mine)
    assert shared.http.get(f"/api/state/nemo_agent/me/{session}/latest", headers=mine).status_code == 200
    answer = shared.http.get(f"/api/state/nemo_agent/me/{session}/latest", headers=yours)
    assert (answer.status_code, answer.json()["code"]) == (404, 1002)
    message = {"session_id": session, "new_message": {"parts": [{"text": "hello"}]}}
    answer = shared.http.post("/run_sse", headers=yours, json=message)
    assert (answer.status_code, answer.json()["code"]) == (404, 1002)
    assert answer.json()["detail"].startswith("Session not found")


def test_an_empty_session_has_an_empty_draft(service: Service) -> None:
    state = service.state(service.session())
    assert (state["draft"], state["video_infos"], state["generated_media"], state["video_analyses"]) == ({}, [], [], {})
    assert state["canvas_config"]["width"] == 1920
    assert state["ready_for_export"] is False


def test_an_upload_is_in_the_state_and_on_an_empty_timeline(service: Service) -> None:
    session = service.session()
    file = service.upload(session)
    assert (file["filename"], file["file_type"], file["duration"]) == ("tone.wav", "audio", 1.0)
    state = service.state(session)
    assert [one["hash"] for one in state["video_infos"]] == [file["hash"]]
    assert state["draft"]["t"][0]["sg"][0]["r"] == f"sha256:{file['hash']}"
    assert state["ready_for_export"] is True
    got = service.http.get(file["cdn_url"])
    assert (got.status_code, got.content) == (200, tone())


def test_what_is_no_media_is_4001_and_what_is_too_large_4002(serve: Callable[..., Service]) -> None:
    service = serve(upload_bytes=20_000)
    url = f"/api/upload-video/nemo_agent/me/{service.session()}"
    answer = service.http.post(url, files={"files": ("notes.txt", b"just some words")})
    assert (answer.status_code, answer.json()["code"]) == (415, 4001)
    assert "mp4" in answer.text
    answer = service.http.post(url, files={"files": ("long.wav", tone(10))})
    assert (answer.status_code, answer.json()["code"]) == (413, 4002)
    assert answer.json()["data"] is None


@pytest.mark.parametrize("body", [{"urls": []}, {"urls": "x"}, {"urls": [5]}, {}, [], None])
def test_an_upload_without_files_says_how(service: Service, body: Any) -> None:
    url = f"/api/upload-video/nemo_agent/me/{service.session()}"
    answer = service.http.post(url, json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, 400)
    assert answer.json()["error"]["hint"]


def test_addresses_inside_the_network_are_not_fetched(service: Service) -> None:
    url = f"/api/upload-video/nemo_agent/me/{service.session()}"
    for inside in ("http://127.0.0.1:1/a.mp4", "http://[::ffff:127.0.0.1]/a.mp4", "http://169.254.169.254/latest"):
        answer = service.http.post(url, json={"urls": [inside], "source_type": "url"})
        assert answer.status_code in (400, 403), answer.text


def test_a_claim_token_opens_nothing(shared: Service) -> None:
    headers = shared.guest("c-1")
    session = shared.session(headers)
    body = shared.http.post("/api/auth/claim-token", headers=headers, json={"session_id": session}).json()
    assert body["data"]["expires_in"] == 604800
    token = body["data"]["claim_token"]
    assert token.startswith("clm_")
    assert body["data"]["url"].endswith(f"/workspace/claim?ct={token}")
    answer = shared.http.get("/api/credits/balance/simple", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()["code"]) == (401, 1001)
    answer = shared.http.post("/api/auth/claim-token", headers=shared.guest("c-2"), json={"session_id": session})
    assert answer.json()["code"] == 1002


def test_tokens_of_ones_own(service: Service) -> None:
    """Shown once, listed without their secrets, revoked for good."""
    made = service.http.post("/api/tokens", json={"name": "ci", "scopes": ["read"], "expires_in_days": 90}).json()
    token = made["data"]
    assert token["token"].startswith("nmv_usr_")
    listed = service.http.get("/api/tokens").json()["data"]["tokens"]
    assert [(one["id"], one["name"], one["scopes"]) for one in listed] == [(token["id"], "ci", ["read"])]
    assert token["token"] not in service.http.get("/api/tokens").text
    revoked = service.http.post(f"/api/tokens/{token['id']}/revoke").json()
    assert revoked["data"]["revoked"] is True
    assert service.http.post("/api/tokens/tok_none/revoke").status_code == 404
    for wrong in ({"scopes": ["everything"]}, {"scopes": "read"}, {"expires_in_days": "soon"}, {"expires_in_days": -1}):
        assert service.http.post("/api/tokens", json=wrong).status_code == 400, wrong


def test_a_guests_token_makes_no_tokens(shared: Service) -> None:
    answer = shared.http.post("/api/tokens", headers=shared.guest("c-1"), json={"name": "x"})
    assert answer.status_code == 403


def test_the_skill_that_calls_is_counted(service: Service) -> None:
    service.session(SKILL)
    service.session({**SKILL, "X-Skill-Source": "never heard of"})
    page = service.http.get("/metrics").text
    assert 'reelscore_skill_calls_total{platform="unknown",skill="music-creator-ai"}' in page
    assert 'skill="other"' in page
    assert "never" not in page
