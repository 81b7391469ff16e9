"""Put a title on the picture.

before  | city city city |
after   | city city city |
          "Urban Dreams"              0 to 3 s
"""

from __future__ import annotations

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Noted, Said
from reelscore.edit.texts import LOOKS, write, writing
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline


def title(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    return write(timeline, args, "title", "Title")


COMMAND = Command(
    name="title",
    group="text",
    help=Said("Put a title on the picture", "添加标题"),
    params=(*writing(duration=3), *LOOKS),
    words={
        "en": ("add a title", "title saying", "title", "headline", "put the title", "opening text"),
        "zh": ("添加标题", "加标题", "标题写", "片名", "加个标题", "大标题"),
    },
    examples=(
        Example(
            'add a title "Summer 2026"',
            "加个标题“Summer 2026”",
            {"text": "Summer 2026"},
            'added "Summer 2026" (0-3s)',
            "clips",
        ),
        Example(
            'title "The End" at 11 seconds for 3 seconds, in red',
            "在第11秒加红色标题“The End”，持续3秒",
            {"text": "The End", "at": 11, "duration": 3, "colour": "red"},
            'added "The End" (11-14s)',
            "clips",
        ),
    ),
    edit=title,
)
