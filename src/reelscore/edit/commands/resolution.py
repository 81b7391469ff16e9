"""Set how many pixels the film has. "720p" keeps its shape; two numbers are taken as they are.

before  1920x1080
after   1280x720
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Param, Said
from reelscore.edit.refusals import refuse
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline

LEAST, MOST = 64, 4096


def resolution(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    width, height = (int(side) for side in args.text("size").split("x"))
    if not (LEAST <= width <= MOST and LEAST <= height <= MOST) or width % 2 or height % 2:
        low, high = f"{LEAST}x{LEAST}", f"{MOST}x{MOST} (even)"
        raise refuse("outside", name="size", value=f"{width}x{height}", low=low, high=high)
    return replace(timeline, canvas=replace(timeline.canvas, width=width, height=height))


COMMAND = Command(
    name="resolution",
    group="picture",
    help=Said("Set how many pixels the film has", "设置分辨率"),
    params=(Param("size", "size", Said("the size", "尺寸"), required=True),),
    words={
        "en": ("resolution", "1080p", "720p", "480p", "4k", "full hd", "picture size"),
        "zh": ("分辨率", "1080p", "720p", "480p", "4k", "高清", "超清"),
    },
    examples=(
        Example("make it 720p", "改成720p", {"size": "720p"}, "film: size 1920x1080 -> 1280x720", "film"),
        Example(
            "resolution 1080x1080",
            "分辨率 1080x1080",
            {"size": "1080x1080"},
            "film: size 1920x1080 -> 1080x1080",
            "silent",
        ),
    ),
    edit=resolution,
)
