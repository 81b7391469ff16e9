"""Put a picture elsewhere on the canvas, larger or smaller.

before  |         [b]|
after   |[ b ]       |        top left, 40%
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Param, Said
from reelscore.edit.params import across, down, which
from reelscore.edit.pictures import ROUNDED, corner
from reelscore.edit.refusals import refuse
from reelscore.edit.segments import picture_of
from reelscore.edit.targets import many
from reelscore.edit.texts import PLACE
from reelscore.edit.tracks import changed
from reelscore.values.facts import Facts
from reelscore.values.timeline import Segment, Timeline


def arrange(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    if not any(name in args for name in ("place", "size", "x", "y", "dx", "dy", "rounded")):
        raise refuse("missing", command="arrange", name="place", help=PLACE.help, example="top_left")
    ids = [place.segment.id for place in many(timeline, args.text("which"), ("picture",))]

    def arranged(segment: Segment) -> Segment:
        picture = picture_of(segment)
        size = round(args.number("size") / 100, 4) if "size" in args else picture.scale
        x, y = corner(args.text("place"), size, timeline, segment) if "place" in args else (picture.x, picture.y)
        x = round(args.number("x") / 100, 4) if "x" in args else x
        y = round(args.number("y") / 100, 4) if "y" in args else y
        x, y = (round(at + args.number(name) / 100, 4) if name in args else at for at, name in ((x, "dx"), (y, "dy")))
        radius = picture.radius if "rounded" not in args else ROUNDED if args.switch("rounded") else 0.0
        return replace(segment, picture=replace(picture, scale=size, x=x, y=y, radius=radius))

    return changed(timeline, ids, arranged)


COMMAND = Command(
    name="arrange",
    group="picture",
    help=Said("Put a picture elsewhere on the canvas, larger or smaller", "调整画面的位置和大小"),
    params=(
        which("picture", default="overlay"),
        PLACE,
        Param("size", "percent", Said("size, of the whole picture", "大小，占画面的百分比"), low=3, high=500),
        Param("x", "percent", Said("centre, from the left", "中心离左边的百分比"), low=-100, high=200),
        Param("y", "percent", Said("centre, from the top", "中心离上边的百分比"), low=-100, high=200),
        across(),
        down(),
        Param("rounded", "switch", Said("rounded corners; false: square again", "圆角；false 为恢复直角")),
    ),
    words={
        "en": (
            "move the overlay",
            "resize",
            "make the overlay bigger",
            "scale to",
            "put the small picture",
            "move the logo",
        ),
        "zh": ("移动画中画", "调整大小", "画中画放到", "缩放到", "移动logo", "小窗放到"),
    },
    examples=(
        Example(
            "move the overlay to the top left at 40%",
            "画中画缩小到40%放到左上角",
            {"which": "overlay", "place": "top left", "size": 40},
            "beach: scale 100% -> 40%, place centre -> 24% 27.11%",
            "inset",
        ),
        Example(
            "make the small picture half the size",
            "小窗缩小到50%",
            {"which": "small picture", "size": 50},
            "beach: scale 100% -> 50%",
            "inset",
        ),
        Example(
            "round the corners of the overlay",
            "画中画改成圆角",
            {"which": "overlay", "rounded": True},
            "beach: rounded corners 0% -> 8%",
            "inset",
        ),
        Example(
            "nudge the overlay left",
            "画中画往左挪一点",
            {"which": "overlay", "dx": -5},
            "beach: place centre -> 45% 50%",
            "inset",
        ),
    ),
    edit=arrange,
)
