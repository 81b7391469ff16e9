"""Take a filter away, or all of them.

before  | city |        warm, brightness 20%
after   | city |
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Said
from reelscore.edit.commands.filter import COMMAND as FILTER
from reelscore.edit.params import choice, which
from reelscore.edit.refusals import refuse
from reelscore.edit.segments import picture_of
from reelscore.edit.targets import many
from reelscore.edit.tracks import changed
from reelscore.values.facts import Facts
from reelscore.values.timeline import Segment, Timeline


def remove_filter(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    name = args.text("name")
    chosen = many(timeline, args.text("which"), ("picture",))
    held = [p for p in chosen if any(not name or f.name == name for f in picture_of(p.segment).filters)]
    if not held:
        raise refuse(
            "nothing_to_change",
            what=Said("There is no such filter on it.", "上面没有这样的滤镜。"),
            hint=Said(
                "To add one, name it: warm, vintage, black and white...", "如需添加，请说出名称：暖色、复古、黑白……"
            ),
        )

    def bare(segment: Segment) -> Segment:
        kept = tuple(f for f in picture_of(segment).filters if name and f.name != name)
        return replace(segment, picture=replace(picture_of(segment), filters=kept))

    return changed(timeline, [place.segment.id for place in held], bare)


COMMAND = Command(
    name="remove_filter",
    group="picture",
    help=Said("Take filters away", "移除滤镜"),
    params=(
        which("picture", default="all clips"),
        choice("name", "which one; unsaid, all", "哪一个；默认全部", *FILTER.params[0].choices),
    ),
    words={
        "en": (
            "remove the filter",
            "no filter",
            "without the filter",
            "original colours",
            "take the filter off",
            "natural colours",
        ),
        "zh": ("去掉滤镜", "移除滤镜", "取消滤镜", "恢复原色", "原来的颜色"),
    },
    examples=(
        Example("remove the filters", "去掉滤镜", {}, "city timelapse: filters warm, brightness 20% -> none", "graded"),
        Example(
            "take the warm filter off",
            "取消暖色滤镜",
            {"name": "warm"},
            "city timelapse: filters warm, brightness 20% -> brightness 20%",
            "graded",
        ),
    ),
    edit=remove_filter,
)
