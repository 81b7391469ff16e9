"""Mirror a picture, left to right or upside down. Again: back.

before  |=> |
after   | <=|
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Choice, Command, Example, Said
from reelscore.edit.params import choice, which
from reelscore.edit.segments import picture_of
from reelscore.edit.targets import many
from reelscore.edit.tracks import changed
from reelscore.values.facts import Facts
from reelscore.values.timeline import Segment, Timeline


def flip(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    ids = [place.segment.id for place in many(timeline, args.text("which"), ("picture",))]

    def mirrored(segment: Segment) -> Segment:
        picture = picture_of(segment)
        if args.text("direction") == "horizontal":
            return replace(segment, picture=replace(picture, flip_horizontal=not picture.flip_horizontal))
        return replace(segment, picture=replace(picture, flip_vertical=not picture.flip_vertical))

    return changed(timeline, ids, mirrored)


COMMAND = Command(
    name="flip",
    group="picture",
    help=Said("Mirror a picture", "翻转画面"),
    params=(
        which("picture", default="clip"),
        choice(
            "direction",
            "which way",
            "方向",
            Choice("horizontal", ("left to right", "sideways", "mirror"), ("水平", "左右", "镜像")),
            Choice("vertical", ("upside down", "top to bottom"), ("垂直", "上下", "倒过来")),
            default="horizontal",
        ),
    ),
    words={
        "en": ("flip", "mirror", "flip horizontally", "flip vertically", "upside down"),
        "zh": ("翻转", "镜像", "水平翻转", "垂直翻转", "左右翻转", "上下翻转"),
    },
    examples=(
        Example("mirror the video", "视频镜像", {}, "city timelapse: mirrored", "film"),
        Example(
            "turn clip 2 upside down",
            "第二个片段上下翻转",
            {"which": "clip 2", "direction": "vertical"},
            "beach: turned upside down",
            "clips",
        ),
    ),
    edit=flip,
)
