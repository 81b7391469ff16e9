"""How a picture of another shape meets the canvas.

before  |  ####  |
after   |########|        filled
after   |~~####~~|        over a blurred copy of itself
"""

from __future__ import annotations

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Said
from reelscore.edit.params import choice, which
from reelscore.edit.pictures import FIT_CHOICES, fitted
from reelscore.edit.targets import many
from reelscore.edit.tracks import changed
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline


def fit(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    ids = [place.segment.id for place in many(timeline, args.text("which"), ("picture",))]
    return changed(timeline, ids, lambda segment: fitted(segment, args.text("how"), facts))


COMMAND = Command(
    name="fit",
    group="picture",
    help=Said("How a picture of another shape meets the canvas", "画面适配方式"),
    params=(which("picture", default="all clips"), choice("how", "in which way", "方式", *FIT_CHOICES, required=True)),
    words={
        "en": (
            "fill the frame",
            "fill the screen",
            "no black bars",
            "blurred background",
            "letterbox",
            "show the whole picture",
            "stretch",
        ),
        "zh": ("填满画面", "铺满屏幕", "不要黑边", "模糊背景", "完整显示", "拉伸画面"),
    },
    examples=(
        Example(
            "fill the screen, no black bars",
            "铺满屏幕，不要黑边",
            {"how": "fill"},
            "2 clips: fit whole picture -> filled",
            "slides",
        ),
        Example(
            "clip 2 with a blurred background",
            "第二个片段用模糊背景",
            {"which": "clip 2", "how": "blur"},
            "sunset #2: fit whole picture -> blur",
            "slides",
        ),
    ),
    edit=fit,
)
