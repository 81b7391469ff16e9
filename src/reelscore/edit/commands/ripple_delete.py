"""Take a clip out together with its time: everything that lies later, on every track, moves up.

    before  | city | beach | interview |      voice      ~~~~~~
    after   | city | interview |              voice  ~~~~~~       ripple-delete beach

Music keeps its own beginning and ends with the film.
"""

from __future__ import annotations

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Noted, Said
from reelscore.edit.film import closed, film_span, without_time
from reelscore.edit.params import which
from reelscore.edit.targets import many
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline


def ripple_delete(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    after = timeline
    for place in sorted(many(timeline, args.text("which"), ("picture",)), key=lambda p: p.span, reverse=True):
        after = without_time(after, film_span(after, place.span.start, place.span.end))
    return closed(timeline, after)


COMMAND = Command(
    name="ripple_delete",
    group="clips",
    help=Said("Take a clip out and close the gap on every track", "删除片段并让所有轨道向前补齐"),
    params=(which("picture", required=True),),
    words={
        "en": ("ripple delete", "ripple-delete", "delete and close the gap", "cut out the clip", "extract"),
        "zh": ("波纹删除", "涟漪删除", "删除并补齐", "删除并合拢", "剪掉整段"),
    },
    examples=(
        Example(
            "ripple delete clip 2",
            "波纹删除第二个片段",
            {"which": "clip 2"},
            "removed beach (4-8s); music: 14s -> 10s, fade out 0s -> 1.5s",
            "clips",
        ),
        Example(
            "ripple delete the first clip",
            "删除第一个片段并补齐",
            {"which": "first clip"},
            "removed sunset #1 (0-3s); into sunset #1: crossfade -> cut; removed marker start (1s)",
            "slides",
        ),
    ),
    edit=ripple_delete,
)
