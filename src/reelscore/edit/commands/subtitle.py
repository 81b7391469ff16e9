"""Put one line of subtitle under the picture for a while. For whole files of them, see captions.

before  | city city city |
after   | city city city |
             hello                    4 to 6 s
"""

from __future__ import annotations

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Noted, Said
from reelscore.edit.texts import LOOKS, write, writing
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline


def subtitle(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    return write(timeline, args, "caption", "Subtitles")


COMMAND = Command(
    name="subtitle",
    group="text",
    help=Said("Put a line of subtitle under the picture", "添加一行字幕"),
    params=(*writing(duration=3), *LOOKS),
    words={
        "en": ("add a subtitle", "subtitle saying", "add a caption", "subtitle", "add text", "write"),
        "zh": ("添加字幕", "加字幕", "字幕写", "加一行字", "写上", "加文字"),
    },
    examples=(
        Example(
            'add a subtitle "Hello" at 4 seconds',
            "在第4秒加字幕“Hello”",
            {"text": "Hello", "at": 4},
            'added "Hello" (4-7s)',
            "clips",
        ),
        Example(
            'subtitle "By the sea" from 5s for 2 seconds',
            "从5秒起加2秒字幕“By the sea”",
            {"text": "By the sea", "at": "5s", "duration": 2},
            'added "By the sea" (5-7s)',
            "clips",
        ),
    ),
    edit=subtitle,
)
