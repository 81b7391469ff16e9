"""A slow move over the picture (Ken Burns): in, out, or across.

    before  |##########|     |##########|
    after   |##########| ->  |  ######  |        in, 20%

In and out move about the subject, where it is known. "none" takes the move away.
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Choice, Command, Example, Param, Said
from reelscore.edit.params import choice, which
from reelscore.edit.pictures import focus_of
from reelscore.edit.segments import picture_of
from reelscore.edit.targets import many
from reelscore.edit.tracks import changed
from reelscore.values.facts import Facts
from reelscore.values.timeline import Box, Segment, Timeline, Zoom


def zoom(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    kind, amount = args.text("kind"), args.number("amount") / 100
    chosen = many(timeline, args.text("which"), ("picture",))
    numbers = {place.segment.id: n for n, place in enumerate(chosen)}

    def moved(segment: Segment) -> Segment:
        way = ("in", "out")[numbers[segment.id] % 2] if kind == "alternate" else kind
        move = (
            None if way == "none" else _move(way, amount, focus_of(segment, facts) or (0.5, 0.5), args.text("easing"))
        )
        return replace(segment, picture=replace(picture_of(segment), zoom=move))

    return changed(timeline, numbers, moved)


def _move(way: str, amount: float, focus: tuple[float, float], easing: str) -> Zoom:
    size = 1 / (1 + amount)
    if way in ("in", "out"):
        near = _box(size, *focus)
        return Zoom(Box(), near, easing) if way == "in" else Zoom(near, Box(), easing)
    ends = {"left": ((1.0, 0.5), (0.0, 0.5)), "right": ((0.0, 0.5), (1.0, 0.5)),
            "up": ((0.5, 1.0), (0.5, 0.0)), "down": ((0.5, 0.0), (0.5, 1.0))}[way]  # fmt: skip
    return Zoom(_box(size, *ends[0]), _box(size, *ends[1]), easing)


def _box(size: float, x: float, y: float) -> Box:
    """A part of this size about a point, inside the picture."""
    left = min(1 - size, max(0.0, x - size / 2))
    top = min(1 - size, max(0.0, y - size / 2))
    return Box(round(left, 4), round(top, 4), round(left + size, 4), round(top + size, 4))


COMMAND = Command(
    name="zoom",
    group="picture",
    help=Said("A slow move over the picture (Ken Burns)", "缓慢推拉或平移画面（Ken Burns）"),
    params=(
        which("picture", default="all clips"),
        choice(
            "kind",
            "which move",
            "运动方式",
            Choice("in", ("closer", "push in", "zoom in"), ("推近", "放大", "拉近")),
            Choice("out", ("away", "pull out", "zoom out"), ("拉远", "缩小", "推远")),
            Choice("left", ("pan left",), ("左移", "向左")),
            Choice("right", ("pan right",), ("右移", "向右")),
            Choice("up", ("tilt up",), ("上移", "向上")),
            Choice("down", ("tilt down",), ("下移", "向下")),
            Choice("alternate", ("in and out", "ken burns"), ("交替", "肯伯恩斯")),
            Choice("none", ("off", "no"), ("无", "取消")),
            default="in",
        ),
        Param("amount", "percent", Said("how far", "幅度"), default=20, low=1, high=300),
        choice(
            "easing",
            "how it moves",
            "速度变化",
            Choice("smooth", ("soft",), ("平滑",)),
            Choice("linear", ("steady",), ("匀速",)),
            default="smooth",
        ),
    ),
    words={
        "en": ("zoom in", "zoom out", "ken burns", "slow zoom", "push in", "pan across", "zoom"),
        "zh": ("推近", "拉远", "缓慢放大", "放大画面", "平移", "运镜", "缩放"),
    },
    examples=(
        Example("slowly zoom in", "缓慢推近", {}, "city timelapse: zoom none -> in 20%", "film"),
        Example(
            "Ken Burns on all photos",
            "所有照片加 Ken Burns 效果",
            {"which": "all photos", "kind": "alternate"},
            "sunset #1: zoom none -> in 20%; sunset #2: zoom none -> out 20%",
            "slides",
        ),
    ),
    edit=zoom,
)
