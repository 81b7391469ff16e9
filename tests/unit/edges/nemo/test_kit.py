"""A message's events, as clients of the Agent Development Kit read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reelscore.edges.nemo.kit import Happened, Telling, said_by_agent, said_by_user

Plain = dict[str, Any]
DRAFTS = {"v2": {"v": 1, "d": 10000, "t": [{"tt": 0, "sg": [{"s": 0, "d": 10000}]}], "m": {}}}


def told(*events: tuple[str, Plain], language: str = "en", bind_url: str = "") -> list[Plain]:
    telling = Telling("msg_1", lambda version: DRAFTS[version], language, lambda: bind_url)
    return _all(telling, events)


def _all(telling: Telling, events: Sequence[tuple[str, Plain]]) -> list[Plain]:
    return [plain for n, (kind, body) in enumerate(events, 1) for plain in telling.told(Happened(n, kind, body, 1500))]


def texts(events: list[Plain], partial: bool = False) -> list[str]:
    parts = [(event, part) for event in events for part in event.get("content", {}).get("parts", [])]
    return [part["text"] for event, part in parts if "text" in part and bool(event.get("partial")) is partial]


def test_every_event_has_what_the_kit_expects_of_one() -> None:
    """Invocation, author, actions of four kinds, an id and the time in seconds."""
    (event,) = told(("reply", {"text": "Done."}))
    assert event == {
        "content": {"parts": [{"text": "Done."}], "role": "model"},
        "turnComplete": True,
        "invocationId": "msg_1",
        "author": "nemo_agent",
        "actions": {
            "stateDelta": {},
            "artifactDelta": {},
            "requestedAuthConfigs": {},
            "requestedToolConfirmations": {},
        },
        "id": "1",
        "timestamp": 1.5,
    }


def test_an_edit_is_told_with_the_reply_and_carries_the_draft() -> None:
    """The state changes with the one event that is final."""
    events = told(
        ("accepted", {"message": "msg_1"}),
        ("call", {"id": "msg_1.1", "name": "volume", "args": {"target": "music", "level": "35%"}}),
        ("result", {"id": "msg_1.1", "name": "volume", "response": {"status": "ok"}}),
        ("edited", {"version": "v2", "changes": ["music: volume 80% -> 35%"], "summary": "Timeline"}),
        ("text", {"text": "music: volume 80% -> 35%"}),
        ("reply", {"text": "music: volume 80% -> 35%", "done": ["music: volume 80% -> 35%"]}),
        ("end", {"state": "done"}),
    )
    assert [event["content"]["parts"][0].keys() for event in events] == [
        {"text"},
        {"functionCall"},
        {"functionResponse"},
        {"text"},
    ]
    assert events[0]["partial"] is True
    assert "longRunningToolIds" not in events[1]
    assert events[2]["content"]["role"] == "user"
    assert events[3]["actions"]["stateDelta"] == {"draft": DRAFTS["v2"], "version": "v2"}
    assert texts(events) == ["music: volume 80% -> 35%"]


def test_music_is_a_tool_that_lasts() -> None:
    (event,) = told(("call", {"id": "msg_1.1", "name": "generate_music", "args": {"duration": 10}}))
    assert event["longRunningToolIds"] == ["msg_1.1"]
    call = {"id": "msg_1.1", "args": {"duration": 10}, "name": "generate_music"}
    assert event["content"]["parts"] == [{"functionCall": call}]


def test_words_that_no_reply_repeats_are_told() -> None:
    assert texts(told(("text", {"text": "A word."}), ("reply", {"text": "Another."}))) == ["Another."]
    assert texts(told(("text", {"text": "A word."}), ("end", {}))) == ["A word."]


def test_progress_is_told_when_it_is_news() -> None:
    """A new stage, or a twentieth more of the same: not every step of a progress bar."""
    steps = [("progress", {"stage": "perform", "share": n / 100, "left_s": 9.6}) for n in range(100)]
    lines = texts(told(("progress", {"stage": "compose", "share": 0.0, "left_s": None}), *steps), partial=True)
    assert lines[:2] == ["Writing the music: 0%\n", "Playing the music: 0%, about 10 s left\n"]
    assert 15 <= len(lines) <= 22


def test_progress_speaks_the_persons_language() -> None:
    (line,) = texts(told(("progress", {"stage": "render", "share": 0.4, "left_s": 12}), language="zh"), partial=True)
    assert line == "正在渲染：40%，约剩 12 秒\n"


def test_a_failure_is_a_business_error_and_never_the_kits_crash() -> None:
    """The key `error` makes the kit's client raise, so it stays away; there is text besides."""
    events = told(("error", {"code": 2001, "message": "This costs 10 credits; 0 are there.", "hint": ""}), ("end", {}))
    assert events[0]["errorCode"] == "2001"
    assert events[0]["errorMessage"] == "This costs 10 credits; 0 are there."
    assert not any("error" in event for event in events)
    assert texts(events) == ["This costs 10 credits; 0 are there."]


def test_a_guest_without_credits_is_shown_where_to_register() -> None:
    error = ("error", {"code": 2001, "message": "No credits.", "hint": ""})
    (event,) = told(error, bind_url="http://h/register?bind=anon_1")
    assert event["errorMessage"].endswith("Register to go on: http://h/register?bind=anon_1")
    assert event["customMetadata"] == {"register_url": "http://h/register?bind=anon_1"}
    (event,) = told(("error", {"code": 400, "message": "No."}), bind_url="http://h/register?bind=anon_1")
    assert "customMetadata" not in event


def test_a_stream_never_ends_without_a_word() -> None:
    assert texts(told(("accepted", {}), ("end", {"state": "done"}))) == ["Your message was handled."]
    assert texts(told(("end", {}), language="zh")) == ["已处理。"]


def test_a_resumed_stream_tells_the_same() -> None:
    """Whatever was told before, each event looks the same to a client that comes back after it."""
    events: list[tuple[str, Plain]] = [
        ("call", {"id": "c", "name": "undo", "args": {}}),
        ("result", {"id": "c", "name": "undo", "response": {"status": "ok"}}),
        ("edited", {"version": "v2"}),
        ("text", {"text": "Undone."}),
        ("reply", {"text": "Undone."}),
    ]
    whole = told(*events)
    for first in range(1, 3):
        telling = Telling("msg_1", lambda version: DRAFTS[version])
        rest = [
            plain
            for n, (kind, body) in enumerate(events, 1)
            if n > first
            for plain in telling.told(Happened(n, kind, body, 1500))
        ]
        assert rest == whole[first:]


def test_unknown_kinds_are_passed_over() -> None:
    assert told(("job", {"id": "job_1"}), ("something new", {})) == []


def test_the_story_of_a_session_has_both_sides() -> None:
    user, agent = said_by_user("msg_1", "hello", 1000), said_by_agent("msg_1", {"text": "Hello!"}, 2000)
    assert (user["author"], user["content"]) == ("user", {"parts": [{"text": "hello"}], "role": "user"})
    assert (agent["author"], agent["content"]["parts"]) == ("nemo_agent", [{"text": "Hello!"}])
    assert user["id"] != agent["id"]
