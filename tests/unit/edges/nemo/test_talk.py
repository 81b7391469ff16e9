"""A message's events on the web socket, and the answers that clients send to questions."""

from __future__ import annotations

from typing import Any

import pytest

from reelscore.edges.nemo.kit import Happened
from reelscore.edges.nemo.talk import Saying, answered, asking

Plain = dict[str, Any]
QUESTION = {"text": "Which clip?", "options": ["clip 1", "clip 2"]}


def said(*events: tuple[str, Plain], bind_url: str = "") -> list[Plain]:
    saying = Saying("msg_1", "en", lambda: bind_url)
    return [plain for n, (kind, body) in enumerate(events) for plain in saying.said(Happened(n, kind, body, 0))]


def test_a_turn_begins_with_its_message_and_ends_with_done() -> None:
    told = said(
        ("accepted", {}),
        ("call", {"id": "1", "name": "generate_music", "args": {}}),
        ("progress", {"stage": "perform", "share": 0.5, "left_s": None}),
        ("result", {"id": "1", "name": "generate_music"}),
        ("edited", {"version": "v2", "summary": "Timeline"}),
        ("text", {"text": "Wrote it."}),
        ("reply", {"text": "Wrote it."}),
        ("end", {"state": "done"}),
    )
    assert [one["type"] for one in told] == [
        "message_accepted", "tool_start", "status", "tool_end", "status", "text", "done",
    ]  # fmt: skip
    assert told[1]["tool"] == "generate_music"
    assert told[2] == {
        "type": "status", "status": "working", "stage": "perform", "progress": 50, "text": "Playing the music: 50%",
    }  # fmt: skip
    assert told[-2]["text"] == "Wrote it."


def test_every_tool_that_began_ends_also_where_the_work_failed() -> None:
    """Clients count them, and one of them never exits while a tool is at work."""
    call, error = {"id": "1", "name": "generate_music"}, {"code": 400, "message": "No."}
    told = said(("call", call), ("error", error), ("end", {}))
    assert [one["type"] for one in told] == ["tool_start", "tool_end", "text", "error", "done"]


def test_a_question_comes_last_and_the_turn_stays_open() -> None:
    """A client answers at once, on the same turn: `done` would end it."""
    told = said(
        ("question", QUESTION), ("text", {"text": "Which clip?"}), ("reply", {"text": "Which clip?"}), ("end", {})
    )
    assert [one["type"] for one in told] == ["text", "ask_question"]
    assert told[1]["questions"] == [
        {
            "id": "question_1",
            "prompt": "Which clip?",
            "options": [{"id": "option_1", "label": "clip 1"}, {"id": "option_2", "label": "clip 2"}],
            "allow_multiple": False,
        }
    ]
    assert asking(QUESTION) == told[1]


def test_an_error_comes_after_the_words_because_clients_hang_up_on_it() -> None:
    told = said(("error", {"code": 2001, "message": "No credits."}), ("reply", {"text": "Not done."}), ("end", {}))
    assert [one["type"] for one in told] == ["text", "error", "done"]
    assert (told[1]["error"], told[1]["code"]) == ("No credits.", 2001)
    guest = said(("error", {"code": 2001, "message": "No credits."}), ("end", {}), bind_url="http://h/register?bind=a")
    assert guest[1]["error"] == "No credits. Register to go on: http://h/register?bind=a"


def test_a_turn_never_ends_without_a_word() -> None:
    assert said(("end", {})) == [{"type": "text", "text": "Your message was handled."}, {"type": "done"}]


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        ("1. Which clip?: clip 2", "clip 2"),
        ("1. Which clip?：clip 2", "clip 2"),
        ("clip 2", "clip 2"),
        ("1. Which clip?: Skipped", ""),
        ("Skipped", ""),
        ("the second one, please", "the second one, please"),
    ],
)
def test_an_answer_is_found_behind_the_questions_own_words(content: str, answer: str) -> None:
    assert answered(content, QUESTION) == answer


def test_without_a_question_a_message_stays_as_it_is() -> None:
    assert answered("1. skip the intro", None) == "1. skip the intro"
    assert answered("Skipped", None) == "Skipped"
