"""What the picture commands share: shapes of the canvas, where the subject is, corners for small pictures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from reelscore.edit.command import Choice
from reelscore.edit.places import Place
from reelscore.edit.segments import picture_of
from reelscore.values.facts import Facts
from reelscore.values.timeline import Canvas, Segment, Timeline

MARGIN = 0.04  # of the canvas, around small pictures
FIT_CHOICES = (
    Choice("cover", ("crop", "fill", "zoom to fill", "cropped"), ("裁剪", "填满", "裁切", "铺满")),
    Choice("blur", ("blurred", "blurred background", "blur the sides"), ("模糊", "模糊背景", "模糊填充")),
    Choice(
        "contain",
        ("bars", "colour", "color", "letterbox", "whole picture", "black bars"),
        ("黑边", "留边", "完整", "纯色"),
    ),
    Choice("stretch", ("stretched", "distort"), ("拉伸", "变形")),
)


def canvas_of(canvas: Canvas, ratio: Fraction) -> Canvas:
    """A canvas of this shape whose shorter side is the one it has; even pixels."""
    short = min(canvas.width, canvas.height)
    long = round(short * max(ratio, 1 / ratio) / 2) * 2
    return replace(canvas, width=long if ratio >= 1 else short, height=short if ratio >= 1 else long)


def focus_of(segment: Segment, facts: Facts) -> tuple[float, float] | None:
    """The middle of what the used part of the picture is about; None where that is not known."""
    known = [focus for focus in facts.of(segment.media).focus if focus.at < max(segment.source.end, segment.start + 1)]
    used = [focus for focus in known if focus.at >= segment.start] or known[-1:]
    if not used:
        return None
    return round(sum(f.x for f in used) / len(used), 4), round(sum(f.y for f in used) / len(used), 4)


def fitted(segment: Segment, fit: str, facts: Facts) -> Segment:
    """The segment shown this way, its subject kept in sight where it is known."""
    picture = replace(picture_of(segment), fit=fit)
    focus = focus_of(segment, facts) if fit == "cover" else None
    if focus:
        picture = replace(picture, focus_x=focus[0], focus_y=focus[1])
    return replace(segment, picture=picture)


def subject_known(places: Iterable[Place], facts: Facts) -> bool:
    return any(focus_of(place.segment, facts) for place in places)


def corner(place: str, size: float, timeline: Timeline, segment: Segment) -> tuple[float, float]:
    """The centre of a small picture of this size (share of its fitted size) in a corner or at a side."""
    medium = timeline.medium(segment.media)
    canvas = Fraction(timeline.canvas.width, timeline.canvas.height)
    shape = Fraction(medium.width, medium.height) if medium and medium.width and medium.height else canvas
    wide = size * min(1.0, float(shape / canvas))
    high = size * min(1.0, float(canvas / shape))
    across, down = MARGIN + wide / 2, MARGIN * float(canvas) + high / 2
    x = across if "left" in place else 1 - across if "right" in place else 0.5
    y = down if "top" in place else 1 - down if "bottom" in place else 0.5
    return round(x, 4), round(y, 4)
