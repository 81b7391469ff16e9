"""What the picture commands share: shapes of the canvas, where the subject is, corners for small pictures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from reelscore.edit.command import Choice
from reelscore.edit.places import Place
from reelscore.edit.segments import picture_of
from reelscore.values.facts import Facts, Focus
from reelscore.values.timeline import Aim, Canvas, Segment, Timeline

SURE = 0.35  # mean confidence from which the subject of a picture is known
_SAME = 0.01  # share of a side that no one sees
MARGIN = 0.04  # of the canvas, around small pictures
ROUNDED = 0.08  # radius of a small picture's corners, of its shorter side
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
    used = _used(segment, facts)
    if not used:
        return None
    return round(sum(f.x for f in used) / len(used), 4), round(sum(f.y for f in used) / len(used), 4)


def _used(segment: Segment, facts: Facts) -> list[Focus]:
    """The points that hold in the used part; the first one from its start on."""
    known = facts.of(segment.media).focus
    inside = [focus for focus in known if segment.start < focus.at < segment.source.end]
    before = [focus for focus in known if focus.at <= segment.start]
    return [replace(before[-1], at=segment.start), *inside] if before else inside


def path_of(segment: Segment, facts: Facts) -> tuple[Aim, ...]:
    """Where to look as the source goes on; nothing where one point serves all the used part. The view glides within a
    shot and jumps at a cut."""
    start, end = segment.source.start, segment.source.end
    known = facts.of(segment.media).focus
    cuts = set(facts.of(segment.media).cuts)
    first = max((n for n, focus in enumerate(known) if focus.at <= start), default=0)
    last = min((n for n, focus in enumerate(known) if focus.at >= end), default=len(known) - 1)
    aims: list[Aim] = []
    for focus in known[first : last + 1]:
        if aims and focus.at in cuts:
            if focus.at >= end:
                break
            aims.append(replace(aims[-1], at=focus.at))
        aims.append(Aim(focus.at, focus.x, focus.y))
    spread = [max(values) - min(values) for values in ([a.x for a in aims], [a.y for a in aims])] if aims else [0.0]
    return tuple(aims) if max(spread) > _SAME else ()


def fitted(segment: Segment, fit: str, facts: Facts) -> Segment:
    """The segment shown this way, its subject kept in sight where it is known."""
    picture = replace(picture_of(segment), fit=fit, path=path_of(segment, facts) if fit == "cover" else ())
    focus = focus_of(segment, facts) if fit == "cover" else None
    if focus:
        picture = replace(picture, focus_x=focus[0], focus_y=focus[1])
    return replace(segment, picture=picture)


def subject_known(places: Iterable[Place], facts: Facts) -> bool:
    known = [_used(place.segment, facts) for place in places]
    return any(sum(focus.confidence for focus in used) >= SURE * len(used) for used in known if used)


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
