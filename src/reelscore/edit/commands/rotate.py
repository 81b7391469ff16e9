"""Turn a picture, clockwise when positive.

before  |->|
after   |v |        90 degrees
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Param, Said
from reelscore.edit.params import switch, which
from reelscore.edit.segments import picture_of
from reelscore.edit.targets import many
from reelscore.edit.tracks import changed
from reelscore.values.facts import Facts
from reelscore.values.timeline import Segment, Timeline


def rotate(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    ids = [place.segment.id for place in many(timeline, args.text("which"), ("picture",))]

    def turned(segment: Segment) -> Segment:
        picture = picture_of(segment)
        start = 0.0 if args.switch("upright") else picture.rotation
        angle = (start + args.number("by")) % 360
        return replace(segment, picture=replace(picture, rotation=angle))

    return changed(timeline, ids, turned)


COMMAND = Command(
    name="rotate",
    group="picture",
    help=Said("Turn a picture", "旋转画面"),
    params=(
        which("picture", default="clip"),
        Param("by", "degrees", Said("how far, clockwise", "顺时针旋转多少"), default=90, low=-360, high=360),
        switch("upright", "counted from upright, not from how it stands now", "从正立位置算起"),
    ),
    words={
        "en": ("rotate", "turn the picture", "turn it", "rotate clockwise", "turn upright", "sideways"),
        "zh": ("旋转", "转90度", "顺时针", "逆时针", "转正", "转一下"),
    },
    examples=(
        Example("rotate the video 90 degrees", "视频旋转90度", {"by": 90}, "city timelapse: turned 0° -> 90°", "film"),
        Example(
            "turn clip 2 counterclockwise by 90 degrees",
            "第二个片段逆时针旋转90度",
            {"which": "clip 2", "by": -90},
            "beach: turned 0° -> 270°",
            "clips",
        ),
    ),
    edit=rotate,
)
