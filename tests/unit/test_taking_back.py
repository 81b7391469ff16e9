"""An earlier edit is taken back by the words that name it."""

from __future__ import annotations

import pytest

from reelscore.conversing import answer, carry_out, read
from reelscore.edit.history import History, begun
from reelscore.edit.samples import FACTS, SAMPLES
from reelscore.values.message import Context, Reply


def said(*messages: str, on: str = "film") -> tuple[History, Reply]:
    history, context = begun(SAMPLES[on]()), Context()
    for message in messages:
        meaning = read(message, history.timeline, context, FACTS)
        turn = carry_out(meaning, history, FACTS, message, context=context)
        history, context = turn.history, turn.context
    return history, answer(turn, meaning, facts=FACTS)


@pytest.mark.parametrize(
    ("asked", "then", "taken"),
    [
        ("make the title yellow", "music to 50%", "undo the title colour"),
        ("make the title yellow", "music to 50%", "take back the yellow"),
        ("speed up the city 2x", "make the title red", "undo what you did to the city"),
        ("transpose the music up two semitones", "make the title red", "undo the transposition"),
        ("标题改成黄色", "音乐降到50%", "撤销标题颜色"),
    ],
)
def test_the_edit_that_is_named_goes_and_the_later_one_stays(asked: str, then: str, taken: str) -> None:
    history, _ = said(asked, then, taken)
    assert history.timeline == said(then)[0].timeline


def test_an_edit_that_was_never_made_is_told_so() -> None:
    history, reply = said("make the title yellow", "music to 50%", "undo the transposition")
    assert history.current == "v3"
    assert "No edit that was made is called" in "".join(reply.failed)


def test_the_last_edit_by_its_name_is_a_plain_undo() -> None:
    history, _ = said("music to 50%", "make the title yellow", "undo the yellow")
    assert history.current == "v2"


def test_what_was_taken_back_is_not_meant_again() -> None:
    once, _ = said("make the title yellow", "music to 50%", "take back the yellow")
    twice, reply = said("make the title yellow", "music to 50%", "take back the yellow", "undo the yellow")
    assert twice.timeline == once.timeline
    assert "No edit that was made is called" in "".join(reply.failed)


def test_what_a_thing_was_made_like_is_not_the_thing() -> None:
    history, reply = said('add a yellow title "Hello"', "music to 50%", "undo the yellow", on="silent")
    assert "No edit that was made is called" in "".join(reply.failed)
    assert any(segment.text for _, _, segment in history.timeline.placed())


def test_an_undo_before_another_wish_is_plain() -> None:
    history, _ = said("music to 50%", "undo that and make the title yellow")
    assert history.timeline == said("make the title yellow")[0].timeline
