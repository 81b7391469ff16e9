"""What was just cut and shall stay after all is brought back, and the rest of the message is about it."""

from __future__ import annotations

import pytest

from reelscore.conversing import read
from reelscore.edit.samples import clips, film
from reelscore.values.command import Step
from reelscore.values.message import Action, Context

_REMOVED = Context(steps=(Step("remove", (("which", "beach"),)),))


@pytest.mark.parametrize(
    ("message", "then"),
    [
        ("don't delete it, just mute it", Step("mute", (("which", "beach"),))),
        ("不，别删，静音就行", Step("mute", (("which", "beach"),))),
    ],
)
def test_a_second_thought_brings_the_clip_back(message: str, then: Step) -> None:
    """The removal is undone first; what follows names the clip as the removal did."""
    assert read(message, clips(), _REMOVED).steps == (Action("undo"), then)


def test_a_wish_without_a_cut_before_it_undoes_nothing() -> None:
    """ "Keep it" after another edit is no undo."""
    louder = Context(steps=(Step("volume", (("which", "music"), ("step", "louder"))),))
    assert Action("undo") not in read("keep it, but make the title yellow", film(), louder).steps
