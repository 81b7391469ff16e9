"""Play backwards; the same part of the file, last picture first. Again: forwards.

before  | 1 2 3 4 |
after   | 4 3 2 1 |
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Said
from reelscore.edit.params import which
from reelscore.edit.places import label
from reelscore.edit.refusals import refuse
from reelscore.edit.targets import many
from reelscore.edit.tracks import changed
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline


def reverse(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    chosen = many(timeline, args.text("which"), ("media",))
    moving = [place for place in chosen if not place.segment.freeze and not _still(timeline, place.segment.media)]
    if not moving:
        what = label(chosen[0])
        raise refuse(
            "nothing_to_change",
            what=Said(f"{what.en} stands still: backwards it looks the same.", f"{what.zh}是静止画面，倒放没有区别。"),
            hint=Said("Choose a video or a sound.", "请选择视频或声音。"),
        )
    return changed(timeline, [p.segment.id for p in moving], lambda s: replace(s, reverse=not s.reverse))


def _still(timeline: Timeline, media: str) -> bool:
    held = timeline.medium(media)
    return held is not None and held.kind == "image"


COMMAND = Command(
    name="reverse",
    group="time",
    help=Said("Play backwards", "倒放"),
    params=(which("media", default="clip"),),
    words={
        "en": ("reverse", "play backwards", "backwards", "rewind", "run it back"),
        "zh": ("倒放", "反向播放", "倒着放", "倒播", "逆向播放"),
    },
    examples=(
        Example(
            "play the clip backwards", "倒放这个片段", {"which": "clip"}, "city timelapse: plays backwards", "film"
        ),
        Example("reverse clip 3", "把第三个片段倒放", {"which": "clip 3"}, "interview: plays backwards", "clips"),
    ),
    edit=reverse,
)
