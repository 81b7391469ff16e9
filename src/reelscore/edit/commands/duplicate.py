"""Repeat something right after itself; what follows on its track moves back.

before  | city | beach |
after   | city | city | beach |        duplicate clip 1
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Noted, Param, Said
from reelscore.edit.params import which
from reelscore.edit.targets import one
from reelscore.edit.together import kept_together
from reelscore.edit.tracks import fresh_ids, swapped
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline


def duplicate(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    segment = one(timeline, args.text("which")).segment
    ids = fresh_ids(timeline)
    copies = [replace(segment, id=next(ids)) for _ in range(args.count("times"))]
    return kept_together(timeline, swapped(timeline, segment.id, segment, *copies))


COMMAND = Command(
    name="duplicate",
    group="clips",
    help=Said("Repeat something right after itself", "在其后复制一份"),
    params=(
        which(default="clip", one=True),
        Param("times", "count", Said("how many copies", "复制几份"), default=1, low=1, high=100),
    ),
    words={
        "en": ("duplicate", "copy", "repeat", "clone", "double up"),
        "zh": ("复制", "拷贝", "再来一遍"),
    },
    examples=(
        Example("duplicate clip 1", "复制第一个片段", {"which": "clip 1"}, "added city timelapse #2 (4-8s)", "clips"),
        Example(
            "repeat the beach twice more",
            "把 beach 再重复两次",
            {"which": "beach", "times": 2},
            "added 2 clips",
            "clips",
        ),
    ),
    edit=duplicate,
)
