"""Blend one sound into the next on its track.

    before  | song a ######|###### song b |
    after   | song a ####=:|:=#### song b |        1 s

Unsaid: wherever two pieces of sound touch. For pictures, see transition.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Said
from reelscore.edit.params import length, which
from reelscore.edit.places import label, label_with_time, places
from reelscore.edit.refusals import refuse
from reelscore.edit.targets import many
from reelscore.values.facts import Facts
from reelscore.values.timeline import Segment, Timeline, Transition


def crossfade(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    held = [place for place in places(timeline) if place.track.kind == "audio"]
    touching = {
        b.id for track in timeline.tracks if track.kind == "audio" for a, b in pairwise(track.items)
        if isinstance(a, Segment) and isinstance(b, Segment)
    }  # fmt: skip
    chosen = many(timeline, args.text("which"), ("audio track",)) if args.text("which") else tuple(held)
    wanted = [place for place in chosen if place.segment.id in touching]
    if not touching:
        raise refuse(
            "nothing_to_change",
            what=Said("No two sounds touch on one track.", "同一轨道上没有相邻的两段声音。"),
            hint=Said("Split one, or add another right behind it; to fade, use fade in or out.",
                      "请先分割，或在后面再添加一段；如需渐变，请用淡入或淡出。"),
        )  # fmt: skip
    if not wanted:
        named = (label_with_time(place) for place in held if place.segment.id in touching)
        what = label(chosen[0]) if chosen else Said("This timeline", "这条时间线")
        raise refuse("no_neighbour", named, what=what)
    new = {place.segment.id: Transition(place.segment.id, "crossfade", args.exact("duration")) for place in wanted}
    tracks = []
    for track in timeline.tracks:
        own = tuple(new[item.id] for item in track.items if isinstance(item, Segment) and item.id in new)
        kept = tuple(transition for transition in track.transitions if transition.into not in new)
        tracks.append(replace(track, transitions=(*kept, *own)) if own else track)
    return replace(timeline, tracks=tuple(tracks))


COMMAND = Command(
    name="crossfade",
    group="sound",
    help=Said("Blend one sound into the next", "声音交叉淡化"),
    params=(which("audio track"), length("duration", "how long", "时长", default=1, low=0.02, high=60)),
    words={
        "en": (
            "crossfade the music",
            "crossfade the audio",
            "blend the songs",
            "crossfade between the tracks",
            "audio crossfade",
        ),
        "zh": ("音乐交叉淡化", "声音交叉淡化", "音频交叉淡入淡出", "音乐衔接"),
    },
    examples=(
        Example("crossfade the music", "音乐交叉淡化", {}, "into Lo-fi #2: cut -> crossfade, 1s", "medley"),
        Example(
            "blend the second song in over 2 seconds",
            "第二首音乐用2秒交叉淡化衔接",
            {"which": "music 2", "duration": 2},
            "into Lo-fi #2: cut -> crossfade, 2s",
            "medley",
        ),
    ),
    edit=crossfade,
)
