"""A command that nobody here has heard of works in conversation through its own tables alone."""

from __future__ import annotations

import pytest

from reelscore.catalogue import vocabulary
from reelscore.converse.known import Known
from reelscore.converse.parse import parse
from reelscore.edit.registry import commands
from reelscore.edit.samples import FACTS, SAMPLES
from reelscore.values.command import Choice, CommandEntry, Example, Param, Said
from tests.unit.converse.said import told

SPARKLE = CommandEntry(
    name="sparkle",
    group="picture",
    help=Said("Let it sparkle", "加上闪光"),
    params=(
        Param("which", "segments", Said("what to edit", "要编辑的内容"), on=("picture",)),
        Param("amount", "percent", Said("how much", "强度"), low=0, high=100),
        Param("duration", "seconds", Said("how long", "多久"), low=0, high=60),
        Param(
            "kind",
            "choice",
            Said("which", "哪种"),
            choices=(Choice("stars", ("star",), ("星星",)), Choice("dust", (), ("尘埃",))),
        ),
        Param("label", "name", Said("its name", "名称")),
    ),
    words={"en": ("sparkle", "glitter effect"), "zh": ("闪光", "闪闪发亮")},
    examples=(
        Example("sparkle clip 1", "第一个片段闪光", {"which": "clip 1"}, ""),
        Example("sparkle with stars, 40%", "闪光40%，用星星", {"kind": "stars", "amount": 40}, ""),
    ),
)
KNOWN = Known({**commands(), "sparkle": SPARKLE}, vocabulary(), FACTS)


@pytest.mark.parametrize(
    ("message", "args"),
    [
        ("sparkle clip 2", {"which": "clip 2"}),
        ("please sparkle the beach at 40%", {"which": "beach", "amount": 40}),
        ("sparkle with stars for 3 seconds", {"duration": 3, "kind": "stars"}),
        ('sparkle called "Night"', {"label": "Night"}),
        ("第二个片段闪光40%", {"which": "clip 2", "amount": 40}),
        ("让 beach 闪闪发亮", {"which": "beach"}),
        ("spakrle clip 2", {"which": "clip 2"}),
    ],
)
def test_its_words_parameters_and_choices_are_read(message: str, args: dict[str, object]) -> None:
    meaning = parse(message, SAMPLES["clips"](), KNOWN)
    assert told(meaning) == [("sparkle", args)]


def test_it_stands_beside_the_commands_there_are() -> None:
    meaning = parse("sparkle clip 2 and mute the music", SAMPLES["clips"](), KNOWN)
    assert told(meaning) == [("sparkle", {"which": "s2"}), ("mute", {"which": "music"})]


def test_without_it_nobody_understands_the_word() -> None:
    meaning = parse("sparkle clip 2", SAMPLES["clips"](), Known(commands(), vocabulary(), FACTS))
    assert not meaning.steps
    assert meaning.missed or meaning.question
