"""Other words in the same place and look.

before  Urban Dreams
after   City Nights
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Param, Said
from reelscore.edit.params import which
from reelscore.edit.refusals import refuse
from reelscore.edit.segments import text_of
from reelscore.edit.targets import one
from reelscore.edit.texts import MOST_LETTERS
from reelscore.edit.tracks import changed
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline


def change_text(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    place = one(timeline, args.text("which"), ("text",))
    words = args.text("text")
    if not words.strip() or len(words) > MOST_LETTERS:
        form = Said(
            f"1 to {MOST_LETTERS} letters; to take the text away, remove it",
            f"1 到 {MOST_LETTERS} 个字；如需删除请移除文字",
        )
        raise refuse("unreadable", name="text", value=words, form=form)
    return changed(timeline, [place.segment.id], lambda s: replace(s, text=replace(text_of(s), content=words)))


COMMAND = Command(
    name="change_text",
    group="text",
    help=Said("Change the words of a text", "修改文字内容"),
    params=(
        which("text", default="text", one=True),
        Param("text", "text", Said("the new words", "新的文字"), required=True),
    ),
    words={
        "en": (
            "change the title to",
            "change the text",
            "rename the title",
            "title should say",
            "replace the text",
            "reword",
        ),
        "zh": ("标题改成", "文字改成", "修改文字", "改标题", "字幕改成", "换成文字"),
    },
    examples=(
        Example(
            'change the title to "City Nights"',
            "把标题改成“City Nights”",
            {"which": "title", "text": "City Nights"},
            '"Urban Dreams": words "Urban Dreams" -> "City Nights"',
            "film",
        ),
        Example(
            'the subtitle should say "Hi!"',
            "字幕改成“Hi!”",
            {"which": "subtitle", "text": "Hi!"},
            '"Hello there": words "Hello there" -> "Hi!"',
            "talk",
        ),
    ),
    edit=change_text,
)
