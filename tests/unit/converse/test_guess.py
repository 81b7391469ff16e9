"""What no rule reads is guessed from wordings: done where it is likely, asked where it is not, never rash."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib.resources import files

import pytest

from reelscore.catalogue import vocabulary
from reelscore.converse.around import Around
from reelscore.converse.concepts import concepts_for
from reelscore.converse.dividing import divided
from reelscore.converse.guess import ventured
from reelscore.converse.guess_features import features
from reelscore.converse.guess_model import NOTHING, Wordings, wordings_for
from reelscore.converse.known import Known
from reelscore.converse.normalise import plain_of
from reelscore.converse.scene import Scene
from reelscore.conversing import read
from reelscore.edit.registry import commands
from reelscore.values.command import Example, Said
from reelscore.values.message import ACTIONS, Context
from tests.messages.teach import bare
from tests.messages.timelines import TIMELINES

LEARNT = tomllib.loads((files("reelscore.converse") / "wordings" / "learnt.toml").read_text("utf-8"))
TABLES = [
    one
    for one in (files("reelscore.converse") / "wordings").iterdir()
    if one.name.endswith(".toml") and one.name != "learnt.toml"
]
LEADS = tomllib.loads((files("reelscore.converse") / "words" / "leads.toml").read_text("utf-8"))


def told(message: str, on: str, language: str = "en") -> str:
    """The likeliest command or action."""
    return wordings_for(commands()).likely(bare(message, on, language))[0][0]


@pytest.mark.parametrize(
    ("message", "on", "name"),
    [
        ("i would be glad to see the drone gone", "vlog", "remove"),
        ("i'd be glad if the lake went by twice as quick", "vlog", "speed"),
        ("tell me how much credit remains to me", "vlog", "credits"),
        ("the garden picture could do with some more warmth", "album", "filter"),
        ("let the narration kick in two seconds later", "vlog", "move"),
    ],
)
def test_the_command_is_found_in_wordings_nobody_wrote_down(message: str, on: str, name: str) -> None:
    """A wish in words of its own is told by what its words and pairs of words are said for."""
    assert told(message, on) == name


@pytest.mark.parametrize(
    ("message", "name"), [("drone 就让它消失吧", "remove"), ("旁白听着费劲，声音再足一点", "volume")]
)
def test_chinese_is_told_by_its_characters(message: str, name: str) -> None:
    """Chinese has no blanks; characters, pairs and threes tell."""
    assert told(message, "vlog", "zh") == name


def test_small_talk_is_no_edit() -> None:
    """What asks for nothing that can be done changes nothing."""
    for message in ("my neighbour plays the trumpet badly", "who will win the election"):
        assert not read(message, TIMELINES["vlog"]()).edits


@pytest.mark.parametrize(
    "message",
    [
        "i would be glad to see the drone gone",
        "this really has to be gotten rid of somehow",
        "it might as well vanish altogether",
        "the closing two seconds are dull, i could live happily if those went",
        "drone 就让它消失吧",
    ],
)
def test_a_guess_takes_nothing_away(message: str) -> None:
    """What would remove, cut or replace something is put as a question at most, however likely."""
    reads = divided(plain_of(message), (), around())
    for read_ in ventured(reads):
        if read_ not in reads:
            assert read_.best is not None
            assert not read_.best.asked
            assert read_.best.question is not None
            assert len(read_.best.question.options) in (2, 3)


@pytest.mark.parametrize(
    "message", ["the drone isn't to be gone", "nobody would want a zany zippy lake", "lake 不怎么快起来"]
)
def test_nothing_is_guessed_where_something_is_denied(message: str) -> None:
    """A clause with a negation stays as the rules read it."""
    reads = divided(plain_of(message), (), around())
    assert ventured(reads) == reads


def around() -> Around:
    """What a message to the film of a weekend is read in."""
    return Around(Scene(TIMELINES["vlog"]()), Known(commands(), vocabulary()), concepts_for("en"), Context(), "en")


def test_the_same_words_mean_the_same_each_time() -> None:
    """Sums are made in one order, so no chance comes in."""
    rows = [("mute", "hush <clip> now"), ("remove", "<clip> has to go"), ("remove", "no more <clip>")]
    assert Wordings(rows).likely("<clip> hush") == Wordings(reversed(rows)).likely("<clip> hush")


def test_no_word_known_is_no_guess() -> None:
    """Of words that were never seen nothing is said."""
    assert Wordings([("mute", "hush")]).likely("zzzz qqqq") == []


def test_features_leave_out_politeness() -> None:
    """ "could you please" tells nothing of the wish."""
    assert features("could you please mute <clip>") == features("mute <clip>")


def test_particular_things_do_not_count() -> None:
    """What was learnt of one clip holds for every other."""
    assert bare("mute the lake for 3 seconds", "vlog", "en") == bare("mute the drone for 8 seconds", "vlog", "en")


def test_every_command_and_action_was_learnt() -> None:
    """Each has wordings in both languages, and plain words to be said again with; a remark has none."""
    for name in (*commands(), *(name for name in ACTIONS if name != "note")):
        lines = LEARNT[name].splitlines()
        assert any(line.isascii() for line in lines), name
        assert any(not line.isascii() for line in lines), name
        assert len(LEADS[name]) == 2, name


def test_every_table_speaks_of_what_there_is() -> None:
    """No wordings of a command that is not there, and each was learnt: `python -m tests.messages.teach` writes anew."""
    for path in TABLES:
        for name, held in tomllib.loads(path.read_text("utf-8")).items():
            assert name in commands() or name in ACTIONS or name == NOTHING, name
            assert len(LEARNT[name].strip().splitlines()) >= 0.8 * sum(len(held[one].split("\n")) - 2 for one in held)


def test_a_new_command_is_learnt_from_its_own_words() -> None:
    """A command with no wordings is told by its words and examples."""
    entry = replace(
        commands()["mute"], name="sparkle", words={"en": ("sparkle", "add glitter"), "zh": ("闪光",)},
        examples=(Example("let it glitter", "闪一下", {}, "", "film"),), help=Said("Glitter", "闪光"),
    )  # fmt: skip
    model = wordings_for({**commands(), "sparkle": entry})
    assert model.likely("please add some glitter")[0][0] == "sparkle"
