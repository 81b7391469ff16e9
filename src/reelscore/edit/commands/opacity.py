"""How much a picture lets through what lies below it.

before  |####|
after   |::::|        50%
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Param, Said
from reelscore.edit.params import which
from reelscore.edit.segments import picture_of
from reelscore.edit.targets import many
from reelscore.edit.tracks import changed
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline


def opacity(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    to = round(args.number("to") / 100, 4)
    ids = [place.segment.id for place in many(timeline, args.text("which"), ("picture",))]
    return changed(timeline, ids, lambda s: replace(s, picture=replace(picture_of(s), opacity=to)))


COMMAND = Command(
    name="opacity",
    group="picture",
    help=Said("How much a picture lets through", "不透明度"),
    params=(
        which("picture", default="overlay"),
        Param(
            "to",
            "percent",
            Said("100 hides what lies below, 0 shows nothing of it", "100 为完全不透明，0 为不可见"),
            required=True,
            low=0,
            high=100,
        ),
    ),
    words={
        "en": ("opacity", "transparent", "see-through", "transparency", "translucent"),
        "zh": ("不透明度", "透明度", "半透明", "透明"),
    },
    examples=(
        Example(
            "make the overlay half transparent",
            "画中画半透明",
            {"which": "overlay", "to": 50},
            "beach: opacity 100% -> 50%",
            "inset",
        ),
        Example(
            "opacity of the small picture 80%",
            "小窗不透明度80%",
            {"which": "small picture", "to": 80},
            "beach: opacity 100% -> 80%",
            "inset",
        ),
    ),
    edit=opacity,
)
