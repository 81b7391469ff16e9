"""Requests: either spelling of a name is read, everything hostile is refused with the value seen."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import Request

from reelscore.edges.api.errors import RefusedError
from reelscore.edges.nemo.bodies import message_key, own_name, run_of, session_name, taken, words
from reelscore.edges.nemo.output import export_arguments


def request(**headers: str) -> Request:
    held = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "POST", "path": "/run_sse", "headers": held, "query_string": b""})


def body(**more: Any) -> dict[str, Any]:
    return {"app_name": "nemo_agent", "user_id": "me", "session_id": "7", "new_message": said("hello")} | more


def said(*texts: str) -> dict[str, Any]:
    return {"role": "user", "parts": [{"text": text} for text in texts]}


def test_both_spellings_are_read() -> None:
    snake = run_of(request(), body(state_delta={"a": 1}))
    camel = run_of(
        request(),
        {"appName": "nemo_agent", "userId": "me", "sessionId": "7", "newMessage": said("hello"),
         "stateDelta": {"a": 1}, "streaming": False},
    )  # fmt: skip
    assert snake == camel
    assert (snake.text, snake.session, snake.state, snake.key) == ("hello", "7", {"a": 1}, "")


def test_parts_are_one_message() -> None:
    parts = {"parts": [{"text": "one"}, {"fileData": {"fileUri": "https://h/a.mp4"}}, {"text": "two"}]}
    run = run_of(request(), body(new_message=parts))
    assert (run.text, run.urls) == ("one\ntwo", ("https://h/a.mp4",))


@pytest.mark.parametrize(
    ("headers", "more"),
    [
        ({"x_message_id": "m1"}, {}),
        ({"idempotency_key": "m1"}, {}),
        ({}, {"message_id": "m1"}),
        ({}, {"messageId": "m1"}),
        ({}, {"new_message": said("hello") | {"id": "m1"}}),
        ({}, {"customMetadata": {"messageId": "m1"}}),
        ({}, {"custom_metadata": {"message_id": "m1"}}),
        ({}, {"invocationId": "m1"}),
    ],
)
def test_a_message_may_be_named_in_any_of_these_places(headers: dict[str, str], more: dict[str, Any]) -> None:
    assert message_key(request(**headers), body(**more)) == "m1"


@pytest.mark.parametrize(
    "more",
    [
        {"new_message": None},
        {"new_message": "hello"},
        {"new_message": {"parts": []}},
        {"new_message": {"parts": ["hello"]}},
        {"new_message": {"parts": [{"text": 5}]}},
        {"new_message": {"parts": [{"text": " \n "}]}},
        {"new_message": {"parts": [{"fileData": {"fileUri": "https://h/a.mp4"}}]}},
        {"new_message": {"parts": [{"inlineData": {"data": "AA=="}}]}},
        {"new_message": {"parts": [{"text": "x" * 20_001}]}},
        {"state_delta": [1]},
        {"session_id": {"a": 1}},
        {"message_id": "x" * 201},
        {"message_id": ["x"]},
    ],
    ids=str,
)
def test_what_is_no_message_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(RefusedError) as caught:
        run_of(request(), body(**more))
    assert caught.value.status == 400
    assert caught.value.hint
    assert len(str(caught.value)) < 300


def test_lone_surrogates_and_nul_do_not_reach_the_store() -> None:
    assert run_of(request(), body(new_message=said("a\ud800b\x00c"))).text == "a?bc"
    assert words({"name": "a\ud800\x00"}, "name") == "a?"


def test_numbers_are_read_where_text_is_meant() -> None:
    assert words({"sessionId": 5529798706024415232}, "session_id") == "5529798706024415232"
    assert taken({"expiresInDays": 90}, "expires_in_days") == 90


def test_only_plain_ids_are_looked_up() -> None:
    assert session_name("5529798706024415232") == "5529798706024415232"
    assert session_name("../../etc") == session_name("x" * 65) == session_name("") == ""
    with pytest.raises(RefusedError):
        own_name("a/b")


@pytest.mark.parametrize(
    ("output", "target"),
    [
        ({}, {"format": "mp4"}),
        ({"format": "mp4", "quality": "high"}, {"format": "mp4", "quality": "high"}),
        ({"format": "mp4", "codec": "h264", "crf": 23}, {"format": "mp4", "quality": "standard"}),
        ({"format": ".MP4", "crf": 17}, {"format": "mp4", "quality": "high"}),
        ({"quality": "low", "fps": 25}, {"format": "mp4", "quality": "draft", "frame_rate": "25"}),
        ({"resolution": "720p", "frameRate": 24}, {"format": "mp4", "resolution": "720p", "frame_rate": "24"}),
        ({"width": 1920, "unknown": [1]}, {"format": "mp4"}),
    ],
)
def test_output_options_become_an_exports_arguments(output: dict[str, Any], target: dict[str, str]) -> None:
    assert export_arguments(output) == target


@pytest.mark.parametrize("output", ["mp4", [], {"quality": "great"}, {"codec": "av2"}, {"format": {}}, {"fps": [1]}])
def test_impossible_output_options_are_refused(output: Any) -> None:
    with pytest.raises(RefusedError) as caught:
        export_arguments(output)
    assert caught.value.status == 400
