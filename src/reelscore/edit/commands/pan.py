"""Put a sound to the left or right.

before  L ....o.... R
after   L .o....... R        60% left
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Choice, Command, Example, Param, Said
from reelscore.edit.params import choice, which
from reelscore.edit.segments import sound_of
from reelscore.edit.targets import sounding
from reelscore.edit.tracks import changed
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline


def pan(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    side = {"left": -1.0, "right": 1.0, "centre": 0.0}[args.text("to")]
    place = round(side * args.number("amount") / 100, 4)
    ids = [held.segment.id for held in sounding(timeline, args.text("which"))]
    return changed(timeline, ids, lambda s: replace(s, sound=replace(sound_of(s), pan=place)))


COMMAND = Command(
    name="pan",
    group="sound",
    help=Said("Put a sound to the left or right", "调整声音的左右位置"),
    params=(
        which("sounding"),
        choice(
            "to",
            "which side",
            "哪一侧",
            Choice("left", ("l",), ("左", "左边", "左侧", "左声道")),
            Choice("right", ("r",), ("右", "右边", "右侧", "右声道")),
            Choice("centre", ("center", "middle", "both"), ("中", "中间", "居中")),
            required=True,
        ),
        Param("amount", "percent", Said("how far", "多少"), default=100, low=0, high=100),
    ),
    words={
        "en": (
            "pan",
            "to the left speaker",
            "to the right speaker",
            "left channel",
            "right channel",
            "stereo position",
        ),
        "zh": ("声像", "左声道", "右声道", "偏左", "偏右"),
    },
    examples=(
        Example(
            "pan the voice 60% to the left",
            "旁白偏左60%",
            {"which": "voice", "to": "left", "amount": 60},
            "voice: pan centre -> left 60%",
            "talk",
        ),
        Example(
            "pan the music to the right",
            "音乐放到右声道",
            {"which": "music", "to": "right"},
            "music: pan centre -> right 100%",
            "film",
        ),
    ),
    edit=pan,
)
