"""`/run_sse` and the kit's sessions: a message in, a stream of events out, never twice, never without words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from reelscore.edges.accounts import ledger
from reelscore.edges.settings import Settings
from reelscore.edges.storage.migrate import migrate
from reelscore.edges.storage.store import Store
from reelscore.edges.storage.tables import accounts
from tests.unit.edges.nemo.conftest import SKILL, Service

pytestmark = pytest.mark.slow

Plain = dict[str, Any]
SESSIONS = "/apps/nemo_agent/users/me/sessions"


def message(session: str, text: str = "thanks", **more: Any) -> Plain:
    return {
        "app_name": "nemo_agent", "user_id": "me", "session_id": session,
        "new_message": {"role": "user", "parts": [{"text": text}]},
    } | more  # fmt: skip


def events(answer: Any) -> list[tuple[str, Plain]]:
    """The (id, event) pairs of a stream."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    held, last = [], ""
    for line in answer.text.split("\n"):
        if line.startswith("id: "):
            last = line[4:]
        elif line.startswith("data: "):
            held.append((last, json.loads(line[6:])))
            last = ""
    return held


def said(told: list[tuple[str, Plain]]) -> list[str]:
    """The words that count."""
    return [
        part["text"]
        for _, event in told
        if not event.get("partial")
        for part in event.get("content", {}).get("parts", [])
        if part.get("text")
    ]


def test_a_message_is_answered_in_words_once(service: Service) -> None:
    session = service.session()
    told = events(service.http.post("/run_sse", json=message(session), headers=SKILL))
    assert len(said(told)) == 1
    assert told[-1][1]["turnComplete"] is True
    assert told[0][1]["partial"] is True
    assert len({event["invocationId"] for _, event in told}) == 1


def test_a_repeated_message_is_told_again_and_not_run_twice(service: Service) -> None:
    session = service.session()
    headers = {"X-Message-Id": "m-1"}
    first = events(service.http.post("/run_sse", json=message(session), headers=headers))
    again = events(service.http.post("/run_sse", json=message(session), headers=headers))
    assert again[1:] == first[1:]  # the first may go out before the message is stored
    assert {event["invocationId"] for _, event in first} == {"m-1"}
    named = message(session, customMetadata={"messageId": "m-1"})
    assert events(service.http.post("/run_sse", json=named)) == again
    story = service.http.get(f"{SESSIONS}/{session}").json()["events"]
    assert [event["author"] for event in story] == ["user", "nemo_agent"]


def test_an_id_that_stands_for_other_words_is_refused(service: Service) -> None:
    """What the person said the second time would be lost without a word."""
    session = service.session()
    headers = {"X-Message-Id": "m-1"}
    service.http.post("/run_sse", json=message(session), headers=headers)
    other = {**message(session), "new_message": {"parts": [{"text": "help"}]}}
    answer = service.http.post("/run_sse", json=other, headers=headers)
    streams = answer.headers["content-type"].startswith("text/event-stream")  # where the first event went out before
    code, told = (
        (events(answer)[1][1]["errorCode"], events(answer)[1][1]["errorMessage"])
        if streams
        else (str(answer.json()["code"]), answer.json()["message"])
    )
    assert (code, told.partition(". ")[0].rstrip(".")) == ("409", 'The id "m-1" stands for another message')
    assert len(service.http.get(f"{SESSIONS}/{session}").json()["events"]) == 2


def test_without_an_id_the_same_words_are_another_message(service: Service) -> None:
    session = service.session()
    for _ in range(2):
        service.http.post("/run_sse", json=message(session))
    assert len(service.http.get(f"{SESSIONS}/{session}").json()["events"]) == 4


def test_a_stream_is_resumed_after_any_of_its_events(service: Service) -> None:
    session = service.session()
    service.http.post("/run_sse", json=message(session), headers={"X-Message-Id": "m-1"})
    whole = events(service.http.post("/run_sse", json=message(session), headers={"X-Message-Id": "m-1"}))
    for n, (last, _) in enumerate(whole):
        rest = events(service.http.post("/run_sse", json=message(session), headers={"Last-Event-ID": last}))
        assert rest == whole[n + 1 :]
    assert len(service.http.get(f"{SESSIONS}/{session}").json()["events"]) == 2


@pytest.mark.parametrize("last", ["x", "-1", "999999", "9" * 30])
def test_an_event_that_is_none_of_the_sessions_resumes_nothing(service: Service, last: str) -> None:
    answer = service.http.post("/run_sse", json=message(service.session()), headers={"Last-Event-ID": last})
    assert (answer.status_code, answer.json()["code"]) == (400, 400)


def test_run_gives_the_same_events_as_one_list(service: Service) -> None:
    session = service.session()
    answer = service.http.post("/run", json=message(session), headers={"X-Message-Id": "m-1"})
    streamed = events(service.http.post("/run_sse", json=message(session), headers={"X-Message-Id": "m-1"}))
    assert answer.json() == [event for _, event in streamed if not event.get("partial")]


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"app_name": "other"}, 404),
        ({"session_id": "1"}, 404),
        ({"session_id": ""}, 404),
        ({"new_message": None}, 400),
        ({"new_message": {"parts": []}}, 400),
        ({"state_delta": 5}, 400),
        ({"state_delta": {"draft": {"t": [{"tt": 9}]}}}, 400),
    ],
    ids=str,
)
def test_what_cannot_be_run_is_refused_before_the_stream(service: Service, more: Plain, status: int) -> None:
    answer = service.http.post("/run_sse", json=message(service.session()) | more)
    assert answer.status_code == status, answer.text
    assert answer.json()["data"] is None
    if status == 404:
        assert answer.json()["code"] == 1002
        assert answer.json()["detail"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 50_000], ids=range(5))
def test_what_is_no_request_is_refused(service: Service, body: bytes) -> None:
    answer = service.http.post("/run_sse", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, 400)


def test_with_accounts_the_user_is_me_or_my_own_id(shared: Service) -> None:
    headers = shared.guest("c-1")
    session = shared.session(headers)
    assert shared.http.post("/run_sse", json=message(session, user_id="you"), headers=headers).status_code == 404
    assert shared.http.get("/apps/nemo_agent/users/you/sessions", headers=headers).status_code == 404
    assert shared.http.get(SESSIONS, headers=headers).status_code == 200


def test_a_guest_without_credits_is_told_where_to_register(shared: Service) -> None:
    """A business error and words, and nothing is written."""
    headers = shared.guest("c-1")
    session = shared.session(headers)
    with shared.store.database.write() as tx:
        account = tx.execute(select(accounts.c.id).where(accounts.c.kind == "anonymous")).scalar_one()
        ledger.expire(tx, account)
    asked = message(session, "write 10 seconds of calm piano music")
    told = events(shared.http.post("/run_sse", json=asked, headers=headers))
    (failed,) = [event for _, event in told if "errorCode" in event]
    assert failed["errorCode"] == "2001"
    link = failed["customMetadata"]["register_url"]
    assert link.startswith(f"http://127.0.0.1:8700/register?bind={account}&ct=clm_")
    assert failed["errorMessage"].endswith(link)
    assert (
        shared.http.get("/api/tokens", headers={"Authorization": f"Bearer {link.partition('ct=')[2]}"}).status_code
        == 401
    )
    assert "Keep what you have made" in shared.http.get(link.removeprefix("http://127.0.0.1:8700")).text
    assert len(said(told)) == 1
    assert shared.state(session, headers)["draft"] == {}


def test_a_file_that_a_message_points_to_is_fetched_under_the_same_guard_as_uploads(service: Service) -> None:
    session = service.session()
    parts = [{"fileData": {"fileUri": "http://127.0.0.1/a.mp4"}}, {"text": "use this"}]
    answer = service.http.post("/run_sse", json=message(session, new_message={"parts": parts}))
    assert "public internet" in answer.text
    assert service.http.get(f"{SESSIONS}/{session}").json()["events"] == []


def test_what_the_kit_asks_beside_a_run(service: Service) -> None:
    assert service.http.get("/list-apps").json() == ["nemo_agent"]
    assert service.http.get("/health").json() == {"status": "ok"}
    assert "version" in service.http.get("/version").json()


def test_a_kit_session_has_exactly_the_kits_fields(service: Service) -> None:
    made = service.http.post("/apps/nemo_agent/users/anybody/sessions", json={"state": {"locale": "en"}}).json()
    assert set(made) == {"id", "appName", "userId", "state", "events", "lastUpdateTime"}
    assert (made["appName"], made["userId"], made["events"]) == ("nemo_agent", "anybody", [])
    assert made["state"] == {"locale": "en", "draft": {}, "version": "v1"}
    listed = service.http.get(SESSIONS).json()
    assert [(one["id"], set(one)) for one in listed] == [(made["id"], set(made))]


def test_a_client_may_choose_a_sessions_id_once(service: Service) -> None:
    for made in (
        service.http.post(f"{SESSIONS}/my-session_1", json={"a": 1}),
        service.http.post(SESSIONS, json={"sessionId": "my-session_2", "state": {"a": 1}}),
    ):
        assert made.status_code == 200
        assert made.json()["state"]["a"] == 1
    assert service.http.post(f"{SESSIONS}/my-session_1").status_code == 409
    assert service.http.post(SESSIONS, json={"sessionId": "no/../way"}).status_code == 400


def test_what_a_client_keeps_is_merged_and_a_null_takes_it_away(service: Service) -> None:
    session = service.session()
    url = f"{SESSIONS}/{session}"
    service.http.patch(url, json={"stateDelta": {"a": 1, "b": {"c": [2]}, "temp:x": 3}})
    state = service.http.patch(url, json={"state_delta": {"a": None, "d": "四"}}).json()["state"]
    assert state == {"b": {"c": [2]}, "d": "四", "draft": {}, "version": "v1"}
    service.http.post("/run_sse", json=message(session, stateDelta={"e": 5}))
    assert service.http.get(url).json()["state"]["e"] == 5
    assert service.http.patch(url, json={"stateDelta": {"big": "x" * 70_000}}).status_code == 400
    assert service.http.patch(url, json={"stateDelta": [1]}).status_code == 400


def test_a_draft_in_the_state_may_be_sent_back_and_not_slipped_in(service: Service) -> None:
    session = service.session()
    service.place(session)
    url = f"{SESSIONS}/{session}"
    draft = service.http.get(url).json()["state"]["draft"]
    assert service.http.patch(url, json={"stateDelta": {"draft": draft}}).status_code == 200
    draft["t"][0]["sg"][0]["d"] = 500
    assert service.http.patch(url, json={"stateDelta": {"draft": draft}}).status_code == 409


def test_a_session_can_be_deleted(service: Service) -> None:
    session = service.session()
    assert service.http.delete(f"{SESSIONS}/{session}").status_code == 200
    for answer in (service.http.get(f"{SESSIONS}/{session}"), service.http.delete(f"{SESSIONS}/{session}")):
        assert answer.status_code == 404
        assert answer.json()["detail"].startswith("Session not found")


def test_all_of_it_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    """A message, its stream again from the middle, a render, the story: the same calls on the other database."""
    settings = Settings(data=tmp_path, database=postgres_url)
    migrate(settings.database_url)
    store = Store(settings)
    service = Service(store, settings)
    try:
        session = service.session()
        service.place(session)
        named = {"X-Message-Id": "m-1", **SKILL}
        said = message(session, 'add a title "Hello"')
        service.http.post("/run_sse", json=said, headers=named)
        whole = events(service.http.post("/run_sse", json=said, headers=named))
        last = next(last for last, _ in whole if last)
        rest = events(service.http.post("/run_sse", json=said, headers={"Last-Event-ID": last}))
        assert rest == whole[1:]
        assert whole[-1][1]["actions"]["stateDelta"]["draft"] == service.state(session)["draft"]
        order = {"id": "r", "sessionId": session}
        job = service.http.post("/api/render/proxy/lambda", json=order, headers=SKILL).json()["data"]["job"]
        assert service.http.post("/api/render/proxy/lambda", json=order, headers=SKILL).json()["data"]["job"] == job
        assert service.http.post("/api/render/proxy/lambda/r/cancel").json()["cancelled"] is True
        assert len(service.http.get(f"{SESSIONS}/{session}").json()["events"]) == 2
        assert service.http.get("/billing/usage/conversations").json()["data"]["total"] == 1
    finally:
        service.http.close()
        store.close()
