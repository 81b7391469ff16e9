"""Give a clip, a track or the whole film another name. Only names change.

before  "clip_0042"
after   "Opening"
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Param, Said
from reelscore.edit.params import which
from reelscore.edit.targets import one, track
from reelscore.edit.tracks import changed, with_track
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline


def rename(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    name = " ".join(args.text("name").split())[:200]
    if args.text("track"):
        return with_track(timeline, replace(track(timeline, args.text("track")), name=name))
    if args.text("which"):
        return changed(timeline, [one(timeline, args.text("which")).segment.id], lambda s: replace(s, name=name))
    return replace(timeline, title=name)


COMMAND = Command(
    name="rename",
    group="clips",
    help=Said("Give a clip, a track or the film another name", "重命名片段、轨道或影片"),
    params=(
        Param("name", "name", Said("the new name", "新名称"), required=True),
        which(one=True),
        Param("track", "track", Said("a track instead", "改为轨道")),
    ),
    words={
        "en": ("rename", "call it", "name the clip", "name the project", "call the film"),
        "zh": ("重命名", "改名", "命名为", "取名", "项目名称"),
    },
    examples=(
        Example(
            'rename clip 1 to "Opening"',
            "把第一个片段改名为“Opening”",
            {"which": "clip 1", "name": "Opening"},
            "city timelapse: name city timelapse -> Opening",
            "clips",
        ),
        Example(
            'call the film "Lisbon 2026"',
            "影片命名为“Lisbon 2026”",
            {"name": "Lisbon 2026"},
            'film: title none -> "Lisbon 2026"',
            "film",
        ),
    ),
    edit=rename,
)
