"""Set how many pictures a second the film has. Cuts move to the nearest frame; lengths stay.

    before  30 fps
    after   25 fps

23.976, 29.97 and 59.94 mean the exact broadcast rates (24000/1001 and so on).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Param, Said
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline

BROADCAST = {"23.976": 24, "23.98": 24, "29.97": 30, "59.94": 60, "119.88": 120, "47.952": 48, "47.95": 48}


def frame_rate(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    said = f"{args.number('fps'):g}"
    rate = Fraction(BROADCAST[said] * 1000, 1001) if said in BROADCAST else Fraction(said)
    return replace(timeline, canvas=replace(timeline.canvas, frame_rate=rate))


COMMAND = Command(
    name="frame_rate",
    group="picture",
    help=Said("Set how many pictures a second the film has", "设置帧率"),
    params=(Param("fps", "number", Said("frames a second", "每秒帧数"), required=True, low=12, high=120),),
    words={
        "en": ("frame rate", "fps", "frames per second", "framerate"),
        "zh": ("帧率", "每秒", "帧每秒", "fps"),
    },
    examples=(
        Example("25 fps", "帧率改成25", {"fps": 25}, "film: frame rate 30 fps -> 25 fps", "film"),
        Example(
            "frame rate 29.97",
            "帧率 29.97",
            {"fps": 29.97},
            "film: frame rate 30 fps -> 29.97 fps; city timelapse: 10s -> 10.01s",
            "silent",
        ),
    ),
    edit=frame_rate,
)
