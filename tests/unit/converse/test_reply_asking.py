"""Answers to a question: by number, by name, by yes and no, in free words; and messages that are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from reelscore.converse.asking import answered, slot_of
from reelscore.conversing import carry_out, read
from reelscore.edit.history import begun
from reelscore.edit.samples import FACTS, SAMPLES
from reelscore.values.command import Said, Step
from reelscore.values.message import Action, Asked, Context, Meaning, Missed, Option, Question

CLIPS = SAMPLES["clips"]()


def trim(which: str) -> Step:
    return Step("trim", (("which", which), ("to", 2)))


def clip_question() -> Question:
    meaning = Meaning("en", (trim("clip"),))
    question = carry_out(meaning, begun(CLIPS), FACTS).question
    assert question is not None
    return question


WHICH = clip_question()
HOW = Question(
    Said("Shall I cut the film or the music?", "剪影片还是音乐？"),
    (
        Option(Said("the film", "影片"), (Step("cut_last", (("seconds", 5),)),)),
        Option(Said("the music, with an ending", "音乐，带结尾"), (Step("music_length", (("by", -5),)),)),
        Option(Said("export it as it is", "直接导出"), (Action("export"),)),
    ),
)
LOUD = Question(
    Said("How loud?", "多大？"),
    tuple(
        Option(Said(f"{n}%", f"{n}%"), (Step("volume", (("which", "music"), ("to", f"{n}%"))),)) for n in (35, 50, 80)
    ),
)


def nothing(text: str) -> Meaning:
    """Rules that understand nothing but commands they know."""
    if text in ("undo", "export"):
        return Meaning("en", (Action(text),))
    if "title" in text:
        return Meaning("en", (Step("title", (("text", "Hi"),)),))
    return Meaning("en", missed=(Missed(text, Said("?", "？")),), confidence=0.0)


def works(steps: Sequence[Asked]) -> bool:
    edits = Meaning("en", tuple(step for step in steps if isinstance(step, Step)))
    turn = carry_out(edits, begun(CLIPS), FACTS)
    return not turn.failed and turn.question is None


def answer(message: str, question: Question, language: str = "en") -> tuple[Asked, ...] | None:
    found = answered(message, Context(language, question=question), nothing, works)
    return None if found is None else found.steps


@pytest.mark.parametrize(
    ("said", "which"),
    [
        ("1", "s1"), ("2", "s2"), ("3.", "s3"), ("the second", "s2"), ("The second one, please.", "s2"),
        ("second", "s2"), ("number 3", "s3"), ("option 2", "s2"), ("#2", "s2"), ("b", "s2"), ("the last one", "s3"),
        ("yes", "s1"), ("ok", "s1"), ("好的", "s1"), ("是", "s1"), ("第二个", "s2"), ("第2个", "s2"),
        ("最后一个", "s3"),
        ("二", "s2"), ("选2", "s2"), ("beach", "s2"), ("the beach", "s2"), ("clip 3", "s3"),
        ("I mean the interview", "s3"),
        ("clip 2 (beach) 4-8s", "s2"), ("片段 2", "s2"), ("２", "s2"), ("el segundo", "s2"), ("la segunda", "s2"),
        ("le deuxième", "s2"), ("das zweite", "s2"), ("o segundo", "s2"), ("2番", "s2"), ("2번", "s2"), ("ja", "s1"),
        ("はい", "s1"), ("네", "s1"), ("oui", "s1"),
    ],
)  # fmt: skip
def test_one_of_them_is_chosen(said: str, which: str) -> None:
    assert answer(said, WHICH) == (trim(which),)


@pytest.mark.parametrize("said", ["no", "neither", "never mind", "cancel", "不用了", "算了", "nein", "아니요"])
def test_none_of_them(said: str) -> None:
    assert answer(said, WHICH) == ()


@pytest.mark.parametrize("said", ["both", "all of them", "都要", "alle"])
def test_all_of_them_where_that_makes_sense(said: str) -> None:
    assert answer(said, WHICH) == (trim("s1"), trim("s2"), trim("s3"))
    assert answer(said, HOW) is None


def test_words_of_the_options_choose() -> None:
    assert answer("the music", HOW) == HOW.options[1].steps
    assert answer("with an ending", HOW) == HOW.options[1].steps
    assert answer("影片", HOW, "zh") == HOW.options[0].steps


@pytest.mark.parametrize(("said", "to"), [("35%", "35%"), ("30%", "30%"), ("make it 42%", "42%"), ("60", "60")])
def test_what_was_asked_for_may_be_said_freely(said: str, to: str) -> None:
    assert answer(said, LOUD) == (Step("volume", (("which", "music"), ("to", to))),)


def test_an_answer_and_more() -> None:
    assert answer("the second, and add a title", WHICH) == (trim("s2"), Step("title", (("text", "Hi"),)))
    assert answer("no, add a title", WHICH) == (Step("title", (("text", "Hi"),)),)


@pytest.mark.parametrize(
    "said", ["undo", "export", "add a title", "mute clip 1", "make it darker", "", "   ", "clip 9", "the fourth", "4",
             "x" * 500]
)  # fmt: skip
def test_what_is_no_answer_is_a_message(said: str) -> None:
    assert answer(said, WHICH) is None


def test_the_slot_is_the_only_argument_that_differs() -> None:
    assert slot_of(WHICH) == "which"
    assert slot_of(LOUD) == "to"
    assert slot_of(HOW) is None


@pytest.mark.parametrize("said", ["reorder", "排序"])
def test_an_example_that_is_offered_can_be_carried_out(said: str) -> None:
    """It names clips that are there, and all of them; and "2" is the second, whatever numbers the others hold."""
    made = SAMPLES["clips"]()
    film = made.tracks[0]
    clips = tuple(replace(s, name=f"IMG_204{n}") for n, (_, s) in enumerate(film.placed()))
    timeline = replace(made, tracks=(replace(film, items=(*clips, replace(clips[0], id="s77"))), *made.tracks[1:]))
    asked = read(said, timeline)
    assert asked.question is not None
    offered = [option.label.en for option in asked.question.options]
    assert offered == ["rearrange the clips: 4, 1, 2, 3", "make IMG_2040 the first clip"]
    second = read("2", timeline, Context(asked.language, question=asked.question))
    assert [dict(step.args).get("which") for step in second.steps] == ["IMG_2040"]
