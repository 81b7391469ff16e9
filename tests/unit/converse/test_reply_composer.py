"""What the composer notes and refuses, in Chinese replies."""

from __future__ import annotations

import re

import pytest

from reelscore.brief.changed import changed
from reelscore.brief.make import make_brief
from reelscore.catalogue import vocabulary
from reelscore.converse.reply_phrases import in_chinese
from reelscore.conversing import said_of
from reelscore.errors import BriefError
from reelscore.values.brief import Wishes

PROMPTS = (
    "90 bpm techno", "disco with a ticking clock and a singing bowl", "20秒到60秒的钢琴", "jazzy hip hop",
    "calm piano with male vocals", "xyzzy plugh", "lofi without drums, with drums",
)  # fmt: skip


@pytest.mark.parametrize("prompt", PROMPTS)
def test_a_note_on_a_prompt_is_told_in_chinese(prompt: str) -> None:
    notes = make_brief(prompt, Wishes(), vocabulary()).notes
    assert notes
    for note in notes:
        assert re.search(r"[\u4e00-\u9fff]", re.sub(r"“[^”]*”", "", in_chinese(note))), note


@pytest.mark.parametrize("change", ["abcdefgh", "in H major"])
def test_a_refusal_of_the_composer_is_told_in_chinese(change: str) -> None:
    brief = make_brief("upbeat pop", Wishes(), vocabulary())
    with pytest.raises(BriefError) as refused:
        changed(brief, change, vocabulary())
    said = said_of(refused.value)
    assert said.en == str(refused.value)
    assert not re.search(r"[A-Za-z]{5,}", re.sub(r"“[^”]*”", "", said.zh)), said.zh


def test_what_is_not_in_the_table_stays_as_it_is() -> None:
    assert in_chinese("Something else entirely.") == "Something else entirely."
    assert in_chinese("已经是中文。") == "已经是中文。"
