"""Say who or what is seen, low on the picture: a name, and under it a role.

before  | interview       |
after   | interview       |
          Ada Lovelace
          Mathematician               1 to 5 s
"""

from __future__ import annotations

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Noted, Param, Said
from reelscore.edit.texts import LOOKS, write, writing
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline


def lower_third(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    return write(timeline, args, "lower_third", "Lower thirds")


COMMAND = Command(
    name="lower_third",
    group="text",
    help=Said("Say who or what is seen, low on the picture", "添加人名条"),
    params=(
        *writing(duration=4, at=1),
        Param("second_line", "text", Said("what stands below, such as a role", "第二行，如职务")),
        *LOOKS,
    ),
    words={
        "en": ("lower third", "lower-third", "name tag", "nameplate", "name strap", "introduce the speaker"),
        "zh": ("人名条", "名条", "人物介绍", "姓名条", "下三分之一"),
    },
    examples=(
        Example(
            'add a lower third "Ada Lovelace", "Mathematician"',
            "加人名条“Ada Lovelace”，“Mathematician”",
            {"text": "Ada Lovelace", "second_line": "Mathematician"},
            'added "Ada Lovelace Mathematician" (1-5s)',
            "talk",
        ),
        Example(
            'name tag "Lisbon" at 8 seconds',
            "在第8秒加名条“Lisbon”",
            {"text": "Lisbon", "at": 8},
            'added "Lisbon" (8-12s)',
            "clips",
        ),
    ),
    edit=lower_third,
)
