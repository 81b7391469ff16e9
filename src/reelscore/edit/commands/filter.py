"""Colour and look: warm, cool, black and white, vintage, vivid, brightness, contrast, and so on.

    before  | city |
    after   | city |        warm

A look takes the place of another look, and warm and cool of each other; settings such as brightness add to them.
Amounts in percent: 100 is the look as named; settings go from -100 to 100.
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Choice, Command, Example, Param, Said
from reelscore.edit.params import choice, which
from reelscore.edit.refusals import refuse
from reelscore.edit.segments import picture_of
from reelscore.edit.targets import many
from reelscore.edit.tracks import changed
from reelscore.values.facts import Facts
from reelscore.values.timeline import SIGNED_FILTERS, Filter, Picture, Segment, Timeline

_WARMTH = ("warm", "cool")
_LOOKS = (
    "black_and_white",
    "sepia",
    "vintage",
    "vivid",
    "faded",
    "cinematic",
    "dreamy",
    "noir",
    "invert",
)
_KINDS = (_WARMTH, _LOOKS)  # of each of these a picture has one
NUDGE = 20.0  # percent of a setting, unsaid


def apply_filter(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    name, asked = _meant(args)
    least = -100.0 if name in SIGNED_FILTERS else 0.0
    if asked < least:
        raise refuse("outside", name="amount", value=f"{asked:g}%", low=f"{least:g}%", high="200%")

    def further(picture: Picture) -> float:
        """Brighter than it is now: what has a direction goes on from what was set."""
        if args.text("name") not in DIRECTED:
            return asked
        now = next((f.amount for f in picture.filters if f.name == name), 0.0)
        return max(-100.0, min(100.0, 100 * now + asked))

    ids = [place.segment.id for place in many(timeline, args.text("which"), ("picture",))]

    def filtered(segment: Segment) -> Segment:
        picture = picture_of(segment)
        amount = further(picture)
        other = [f for f in picture.filters if f.name != name and not any(name in k and f.name in k for k in _KINDS)]
        new = (*other, Filter(name, round(amount / 100, 4))) if amount else tuple(other)
        return replace(segment, picture=replace(picture, filters=new))

    return changed(timeline, ids, filtered)


def _meant(args: Arguments) -> tuple[str, float]:
    """Filter and percent; "brighter" and its like are settings with a direction."""
    said = args.text("name")
    name, sign = DIRECTED.get(said, (said, 1.0))
    if "amount" in args:
        return name, sign * args.number("amount")
    return name, sign * (NUDGE if name in SIGNED_FILTERS else 100.0)


DIRECTED = {
    "brighter": ("brightness", 1.0), "darker": ("brightness", -1.0), "more_contrast": ("contrast", 1.0),
    "less_contrast": ("contrast", -1.0), "more_colour": ("saturation", 1.0), "less_colour": ("saturation", -1.0),
}  # fmt: skip
COMMAND = Command(
    name="filter",
    group="picture",
    help=Said("Change colour and look", "滤镜与调色"),
    params=(
        choice(
            "name",
            "which",
            "滤镜",
            Choice("warm", ("warmer", "golden"), ("暖色", "暖", "暖调", "暖一点")),
            Choice("cool", ("cooler", "cold"), ("冷色", "冷", "冷调", "冷一点")),
            Choice(
                "black_and_white",
                ("black & white", "b&w", "b+w", "b/w", "monochrome", "grayscale", "greyscale"),
                ("黑白",),
            ),
            Choice("sepia", (), ("棕褐", "怀旧棕")),
            Choice("vintage", ("retro", "old film"), ("复古", "怀旧", "老电影")),
            Choice("vivid", ("vibrant", "punchy"), ("鲜艳", "鲜明")),
            Choice("faded", ("matte", "washed out"), ("褪色", "哑光")),
            Choice("cinematic", ("teal and orange", "movie look"), ("电影感", "电影")),
            Choice("dreamy", ("soft glow",), ("梦幻", "柔光")),
            Choice("noir", (), ("黑色电影",)),
            Choice("invert", ("negative",), ("反色", "负片")),
            Choice("brightness", (), ("亮度",)),
            Choice("contrast", (), ("对比度",)),
            Choice("saturation", (), ("饱和度",)),
            Choice("temperature", (), ("色温",)),
            Choice("tint", (), ("色调",)),
            Choice("exposure", (), ("曝光",)),
            Choice("hue", (), ("色相",)),
            Choice("blur", ("blurry",), ("模糊",)),
            Choice("sharpen", ("sharper",), ("锐化", "清晰")),
            Choice("vignette", (), ("暗角",)),
            Choice("grain", ("film grain",), ("颗粒", "胶片颗粒")),
            Choice("brighter", ("lighter",), ("亮一点", "更亮", "提亮")),
            Choice("darker", ("dimmer",), ("暗一点", "更暗", "调暗")),
            Choice("more_contrast", (), ("对比更强",)),
            Choice("less_contrast", (), ("对比更弱",)),
            Choice("more_colour", ("more color", "more colorful"), ("颜色更浓",)),
            Choice("less_colour", ("less color", "muted colours"), ("颜色更淡",)),
            required=True,
        ),
        Param("amount", "percent", Said("how much", "强度"), low=-100, high=200),
        which("picture", default="all clips"),
    ),
    words={
        "en": (
            "filter",
            "warm",
            "warmer",
            "cooler",
            "black and white",
            "vintage",
            "vivid",
            "brightness",
            "contrast",
            "saturation",
            "brighter picture",
            "darker picture",
            "color grade",
            "look",
        ),
        "zh": (
            "滤镜",
            "暖色",
            "冷色",
            "黑白",
            "复古",
            "鲜艳",
            "亮度",
            "对比度",
            "饱和度",
            "调色",
            "画面亮一点",
            "画面暗一点",
        ),
    },
    examples=(
        Example(
            "make it black and white",
            "改成黑白",
            {"name": "black and white"},
            "city timelapse: filters none -> black and white",
            "film",
        ),
        Example(
            "clip 2 warmer, 50%",
            "第二个片段暖色50%",
            {"which": "clip 2", "name": "warm", "amount": 50},
            "beach: filters none -> warm 50%",
            "clips",
        ),
        Example(
            "a bit brighter",
            "画面亮一点",
            {"name": "brighter"},
            "city timelapse: filters none -> brightness 20%",
            "silent",
        ),
    ),
    edit=apply_filter,
)
