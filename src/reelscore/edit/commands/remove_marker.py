"""Take markers away: one at a moment or of a name, all of a kind, or all.

before  |    ^ drop     |
after   |               |
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.amounts import plain_length
from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Choice, Command, Example, Param, Said
from reelscore.edit.params import choice, moment
from reelscore.edit.refusals import refuse
from reelscore.edit.requests import marked
from reelscore.values.facts import Facts
from reelscore.values.timeline import MARKER_KINDS, Marker, Timeline


def remove_marker(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    at, label, kind = args.maybe_exact("at"), args.text("label"), args.text("kind")

    def meant(held: Marker) -> bool:
        near = at is None or abs(held.at - at) <= timeline.canvas.frame
        return near and (not label or held.label.lower() == label.lower()) and (not kind or held.kind == kind)

    kept = tuple(held for held in timeline.markers if not meant(held))
    if kept == timeline.markers:
        there = ", ".join(f"{m.label or m.kind} {plain_length(m.at)}" for m in timeline.markers[:10]) or "-"
        raise refuse(
            "nothing_to_change",
            what=Said("There is no such marker.", "没有这样的标记。"),
            hint=Said(f"There is: {there}.", f"现有：{there}。"),
        )
    return marked(timeline, replace(timeline, markers=kept))


COMMAND = Command(
    name="remove_marker",
    group="beat",
    help=Said("Take markers away", "移除标记"),
    params=(
        moment("at", "the one at this time", "该时间的标记"),
        Param("label", "name", Said("the one of this name", "该名称的标记")),
        choice("kind", "those of this kind", "该类型的标记", *(Choice(kind) for kind in MARKER_KINDS)),
    ),
    words={
        "en": ("remove the marker", "delete markers", "clear the markers", "no markers"),
        "zh": ("去掉标记", "删除标记", "清除标记", "移除标记"),
    },
    examples=(
        Example("remove all markers", "清除所有标记", {}, "removed marker start (1s)", "slides"),
        Example(
            'delete the marker "start"', "删除标记“start”", {"label": "start"}, "removed marker start (1s)", "slides"
        ),
    ),
    edit=remove_marker,
)
