"""How one clip leads into the next: crossfade, dip, wipe, slide, zoom.

    before  | city |beach |
    after   | city ><beach |        crossfade, 1 s

Lengths stay: half of it lies on each side of the cut. Unsaid: at every cut of the film. `on_beat` first moves the cut
to the nearest beat of the music.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from reelscore.edit.amounts import plain_length
from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Choice, Command, Example, Noted, Param, Said
from reelscore.edit.commands.snap_to_beat import snapped_cuts
from reelscore.edit.params import choice, length, switch, which
from reelscore.edit.places import Place, label, label_with_time, places
from reelscore.edit.refusals import refuse
from reelscore.edit.targets import many
from reelscore.values.facts import Facts
from reelscore.values.timeline import Segment, Timeline, Transition

KINDS = (
    Choice(
        "crossfade", ("dissolve", "cross dissolve", "fade", "blend", "cross-fade"), ("叠化", "交叉淡化", "溶解", "淡化")
    ),
    Choice(
        "dip",
        ("dip to black", "fade through black", "dip to white", "flash"),
        ("闪黑", "闪白", "白闪", "黑闪", "黑场过渡", "白场过渡"),
    ),
    Choice("wipe", (), ("擦除", "划像")),
    Choice("slide", ("push",), ("滑动", "推移", "推入")),
    Choice("zoom", ("zoom through",), ("缩放", "推进")),
    Choice("cut", ("none", "hard cut", "plain cut", "straight cut"), ("硬切", "直接切换", "无")),
)


def transition(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    into = _openings(timeline, args.text("which"))
    kind = args.text("kind")
    ids = {place.segment.id for place in into}
    if args.switch("on_beat"):
        timeline = snapped_cuts(timeline, facts, ids, args.exact("within"))
        into = [place for place in places(timeline) if place.segment.id in ids]
    new = {place.segment.id: _between(place, args) for place in into}
    tracks = []
    for track in timeline.tracks:
        kept = tuple(held for held in track.transitions if held.into not in new)
        own = tuple(new[i.id] for i in track.items if isinstance(i, Segment) and i.id in new) if kind != "cut" else ()
        tracks.append(replace(track, transitions=(*kept, *own)) if (*kept, *own) != track.transitions else track)
    return _noted(replace(timeline, tracks=tuple(tracks)), into, args)


def _openings(timeline: Timeline, reference: str) -> list[Place]:
    """The clips that have another one right before them. Raises EditError where none is."""
    follows = {
        b.id for track in timeline.tracks if track.kind == "video" for a, b in pairwise(track.items)
        if isinstance(a, Segment) and isinstance(b, Segment)
    }  # fmt: skip
    chosen = many(timeline, reference or "all clips", ("picture",))
    found = [place for place in chosen if place.segment.id in follows]
    if not found:
        named = [label_with_time(place) for place in places(timeline) if place.segment.id in follows]
        if not named:
            raise refuse("no_cuts")
        raise refuse("no_neighbour", named, what=label(chosen[0]))
    return found


def _between(place: Place, args: Arguments) -> Transition:
    colour = args.text("colour")
    return Transition(place.segment.id, args.text("kind"), args.exact("duration"), colour, args.text("direction"))


def _noted(timeline: Timeline, into: list[Place], args: Arguments) -> Timeline | Noted:
    shortest = min(place.span.duration for place in into)
    if args.text("kind") != "cut" and args.exact("duration") > shortest:
        short = plain_length(shortest)
        return Noted(
            timeline,
            (Said(f"Where clips last only {short}, it is shorter.", f"片段只有 {short} 的地方，转场会更短。"),),
        )
    return timeline


COMMAND = Command(
    name="transition",
    group="transitions",
    help=Said("How one clip leads into the next", "片段之间的转场"),
    params=(
        choice("kind", "which one", "转场", *KINDS, default="crossfade"),
        which("picture"),
        length("duration", "how long", "时长", default=1, low=0.02, high=30),
        choice(
            "direction",
            "where the new picture moves",
            "新画面的移动方向",
            Choice("left", (), ("左", "向左")),
            Choice("right", (), ("右", "向右")),
            Choice("up", (), ("上", "向上")),
            Choice("down", (), ("下", "向下")),
        ),
        Param("colour", "colour", Said("colour of a dip", "闪黑/闪白的颜色")),
        switch("on_beat", "on the nearest beat", "对齐到最近的节拍"),
        length("within", "how far a cut may move to a beat", "剪辑点最多移动多少", default=0.5, low=0, high=10),
    ),
    words={
        "en": (
            "transition",
            "transitions",
            "crossfade",
            "dissolve between",
            "wipe",
            "slide between",
            "fade between clips",
            "dip to black",
        ),
        "zh": ("转场", "过渡", "叠化", "加转场", "切换效果", "闪黑", "擦除"),
    },
    examples=(
        Example("crossfade between the clips", "片段之间加叠化转场", {}, "into 2 clips: cut -> crossfade, 1s", "clips"),
        Example(
            "wipe to the left into clip 3, half a second",
            "第三个片段用向左擦除转场，0.5秒",
            {"kind": "wipe", "which": "clip 3", "direction": "left", "duration": 0.5},
            "into interview: cut -> wipe, 0.53s",
            "clips",
        ),
        Example(
            "dip to white before the last clip, on the beat",
            "最后一个片段前闪白，对齐节拍",
            {"kind": "dip", "which": "last clip", "colour": "white", "on_beat": True},
            "city timelapse: 4.2s -> 4s; interview: 5s -> 5.2s; into interview: cut -> dip, 1s",
            "offbeat",
        ),
    ),
    edit=transition,
)
