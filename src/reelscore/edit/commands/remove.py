"""Take something off the timeline.

    before  | city | beach | interview |          title  ----
    after   | city | interview |                  title        remove clip 2

In the film what follows moves up, and the texts, voices and overlays over it move along; on other tracks the rest stays
where it is. To take the clip's time out of every track as well, see ripple_delete.
"""

from __future__ import annotations

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Noted, Said
from reelscore.edit.params import which
from reelscore.edit.targets import many
from reelscore.edit.together import kept_together
from reelscore.edit.tracks import without
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline


def remove(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    chosen = many(timeline, args.text("which"))
    after = without(timeline, [p.segment.id for p in chosen if p.role == "clip"], close=True)
    after = without(after, [p.segment.id for p in chosen if p.role != "clip"], close=False)
    return kept_together(timeline, after)


COMMAND = Command(
    name="remove",
    group="clips",
    help=Said("Take something off the timeline", "从时间线上移除内容"),
    params=(which(required=True),),
    words={
        "en": ("remove", "delete", "take out", "get rid of", "drop", "lose", "throw out"),
        "zh": ("删除", "删掉", "移除", "去掉", "去除", "拿掉", "不要"),
    },
    examples=(
        Example(
            "remove the second clip",
            "删除第二个片段",
            {"which": "second clip"},
            "removed beach (4-8s); music: 14s -> 10s, fade out 0s -> 1.5s",
            "clips",
        ),
        Example("delete the music", "去掉音乐", {"which": "music"}, "removed music (0-10s)", "film"),
        Example(
            "get rid of the small picture", "去掉画中画", {"which": "small picture"}, "removed beach (2-6s)", "inset"
        ),
    ),
    edit=remove,
)
