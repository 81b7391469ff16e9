"""Take text away; unsaid, all of it.

before  | city city city |   Urban Dreams
after   | city city city |
"""

from __future__ import annotations

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Said
from reelscore.edit.params import which
from reelscore.edit.targets import many
from reelscore.edit.tracks import without
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline


def remove_text(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    return without(timeline, [p.segment.id for p in many(timeline, args.text("which"), ("text",))], close=False)


COMMAND = Command(
    name="remove_text",
    group="text",
    help=Said("Take text away", "移除文字"),
    params=(which("text", default="all texts"),),
    words={
        "en": (
            "remove the title",
            "remove the text",
            "no text",
            "remove subtitles",
            "delete the captions",
            "without text",
        ),
        "zh": ("去掉标题", "去掉文字", "删除字幕", "去掉字幕", "删除标题", "不要文字"),
    },
    examples=(
        Example("remove the title", "去掉标题", {"which": "title"}, 'removed "Urban Dreams" (0-3s)', "film"),
        Example("no text please", "不要文字", {}, 'removed "Hello there" (1-3s)', "talk"),
    ),
    edit=remove_text,
)
