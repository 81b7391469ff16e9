"""Divide a clip in two at a moment, or in equal parts. Nothing is lost and nothing moves.

before  | city city city |
after   | city | city city |        split at 3 s
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from reelscore.edit.amounts import plain_length, plain_span
from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Param, Said
from reelscore.edit.params import moment, which
from reelscore.edit.places import Place, label, places
from reelscore.edit.refusals import refuse
from reelscore.edit.segments import part
from reelscore.edit.targets import many, one
from reelscore.edit.tracks import fresh_ids, snapped, swapped
from reelscore.values.facts import Facts
from reelscore.values.time import Seconds
from reelscore.values.timeline import Segment, Timeline


def split(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    if "parts" in args:
        place = one(timeline, args.text("which") or "clip")
        step = place.span.duration / args.count("parts")
        cuts = [place.span.start + step * n for n in range(1, args.count("parts"))]
        return _divided(timeline, place, cuts)
    if "at" not in args:
        raise refuse("missing", command="split", name="at", help=COMMAND.params[0].help, example="5")
    at = args.exact("at")
    return _divided(timeline, _there(timeline, args.text("which"), at), [at])


def _there(timeline: Timeline, reference: str, at: Seconds) -> Place:
    """What is named, else the clip at that moment."""
    held = many(timeline, reference) if reference else tuple(p for p in places(timeline) if p.role == "clip")
    found = [place for place in held if place.span.start <= at < place.span.end]
    if not found:
        raise refuse(
            "nothing_there", (plain_span(place.span) for place in held), what=Said("clip", "片段"), at=plain_length(at)
        )
    return found[0]


def _divided(timeline: Timeline, place: Place, cuts: list[Seconds]) -> Timeline:
    span, ids = place.span, fresh_ids(timeline)
    if place.track.kind != "audio":
        cuts = [snapped(timeline, at) for at in cuts]
    offsets = sorted({at - span.start for at in cuts if span.start < at < span.end})
    if len(offsets) < len(cuts):
        frame = timeline.canvas.frame
        ends = {"start": plain_length(span.start + frame), "end": plain_length(span.end - frame)}
        raise refuse("at_the_edge", at=plain_length(cuts[0]), what=label(place), **ends)
    edges = [Fraction(0), *offsets, span.duration]
    pieces: list[Segment] = []
    for n, (start, end) in enumerate(pairwise(edges)):
        piece = part(place.segment, start, end)
        pieces.append(piece if n == 0 else replace(piece, id=next(ids)))
    return swapped(timeline, place.segment.id, *pieces)


COMMAND = Command(
    name="split",
    group="clips",
    help=Said("Divide a clip at a moment or into equal parts", "在某一时刻分割片段，或等分"),
    params=(
        moment("at", "where, on the timeline", "时间线上的位置"),
        which(one=True),
        Param("parts", "count", Said("how many equal parts", "等分成几段"), low=2, high=100),
    ),
    words={
        "en": ("split", "divide", "cut at", "cut in two", "chop", "slice", "break up"),
        "zh": ("分割", "切开", "拆分", "切成", "分成", "断开", "等分"),
    },
    examples=(
        Example(
            "split the clip at 3 seconds",
            "在第3秒分割片段",
            {"at": 3},
            "city timelapse #1: 10s -> 3s; added city timelapse #2 (3-10s)",
            "film",
        ),
        Example(
            "divide clip 2 into 2 equal parts",
            "把第二个片段等分成两段",
            {"which": "clip 2", "parts": 2},
            "beach #2: 4s -> 2s; added beach #3 (6-8s)",
            "clips",
        ),
        Example(
            "split the music at 5s",
            "在5秒处切开音乐",
            {"which": "music", "at": 5},
            "Lo-fi #1: 10s -> 5s; added Lo-fi #2 (5-10s)",
            "film",
        ),
    ),
    edit=split,
)
