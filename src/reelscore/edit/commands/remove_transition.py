"""Lead from one clip to the next by a plain cut again; unsaid, everywhere.

before  | city ><beach |
after   | city |beach |
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Said
from reelscore.edit.params import which
from reelscore.edit.refusals import refuse
from reelscore.edit.targets import many
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline


def remove_transition(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    ids = {place.segment.id for place in many(timeline, args.text("which"))}
    tracks = tuple(
        replace(track, transitions=tuple(t for t in track.transitions if t.into not in ids))
        if any(t.into in ids for t in track.transitions)
        else track
        for track in timeline.tracks
    )
    if tracks == timeline.tracks:
        raise refuse(
            "nothing_to_change",
            what=Said("There is no transition there.", "那里没有转场。"),
            hint=Said(
                "To add one, say which: crossfade, dip, wipe, slide, zoom.",
                "如需添加，请说明：叠化、闪黑、擦除、滑动、缩放。",
            ),
        )
    return replace(timeline, tracks=tracks)


COMMAND = Command(
    name="remove_transition",
    group="transitions",
    help=Said("Lead from clip to clip by plain cuts again", "移除转场"),
    params=(which(default="all"),),
    words={
        "en": ("remove the transition", "no transitions", "hard cuts", "plain cuts", "without transitions"),
        "zh": ("去掉转场", "移除转场", "不要转场", "取消转场", "硬切"),
    },
    examples=(
        Example("remove all transitions", "去掉所有转场", {}, "into sunset #2: crossfade -> cut", "slides"),
        Example(
            "no transition into clip 2",
            "取消第二个片段的转场",
            {"which": "clip 2"},
            "into sunset #2: crossfade -> cut",
            "slides",
        ),
    ),
    edit=remove_transition,
)
