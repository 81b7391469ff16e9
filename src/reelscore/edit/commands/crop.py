"""Cut away the edges of a picture; what remains is shown as large as it can be.

    before  |##########|
    after   |########|          10% off the left and right

In percent of the picture as it is in the file. "off" shows all of it again.
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Param, Said
from reelscore.edit.params import switch, which
from reelscore.edit.refusals import refuse
from reelscore.edit.segments import picture_of
from reelscore.edit.targets import many
from reelscore.edit.tracks import changed
from reelscore.values.facts import Facts
from reelscore.values.timeline import Box, Timeline

SIDES = ("left", "right", "top", "bottom")


def crop(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    if not args.switch("off") and not any(side in args for side in (*SIDES, "all")):
        raise refuse("missing", command="crop", name="left", help=COMMAND.params[1].help, example="10")
    every = args.number("all") if "all" in args else 0.0
    left, right, top, bottom = (round((args.number(side) if side in args else every) / 100, 4) for side in SIDES)
    if left + right > 0.95 or top + bottom > 0.95:
        raise refuse("nothing_left", what=Said("the picture", "画面"), length="100%")
    box = Box() if args.switch("off") else Box(left, top, round(1 - right, 4), round(1 - bottom, 4))
    ids = [place.segment.id for place in many(timeline, args.text("which"), ("picture",))]
    return changed(timeline, ids, lambda s: replace(s, picture=replace(picture_of(s), crop=box)))


def _side(name: str, zh: str) -> Param:
    return Param(name, "percent", Said(f"cut away on the {name}", f"{zh}裁去"), low=0, high=90)


COMMAND = Command(
    name="crop",
    group="picture",
    help=Said("Cut away the edges of a picture", "裁剪画面边缘"),
    params=(
        which("picture", default="clip"),
        _side("left", "左边"),
        _side("right", "右边"),
        _side("top", "上边"),
        _side("bottom", "下边"),
        Param("all", "percent", Said("cut away on every side", "四边都裁去"), low=0, high=45),
        switch("off", "show the whole picture again", "恢复完整画面"),
    ),
    words={
        "en": ("crop", "cut off the edges", "trim the edges", "remove the black bars", "crop out"),
        "zh": ("裁剪", "裁掉", "裁切", "裁边", "去掉边缘"),
    },
    examples=(
        Example(
            "crop 10% off the top", "上边裁掉10%", {"top": 10}, "city timelapse: crop none -> 0% 10% 100% 100%", "film"
        ),
        Example(
            "crop clip 2 by 5% on every side",
            "第二个片段四边各裁5%",
            {"which": "clip 2", "all": 5},
            "beach: crop none -> 5% 5% 95% 95%",
            "clips",
        ),
    ),
    edit=crop,
)
