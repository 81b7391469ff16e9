"""Cut the film in time: every clip lasts a number of beats.

    beats   | . . . | . . . | . . . |
    before  | city    | beach| interview  |
    after   | city  | beach | intervi|        4 beats each

Each clip begins where it began in its file. A clip too short for so many beats gets as many as it can fill. A single
clip is divided at its own shots first, where they are known.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from reelscore.edit.arguments import Arguments
from reelscore.edit.beats import beats_on
from reelscore.edit.command import Command, Example, Noted, Param, Said
from reelscore.edit.params import switch
from reelscore.edit.refusals import refuse
from reelscore.edit.segments import material, part, trimmed
from reelscore.edit.together import kept_together
from reelscore.edit.tracks import film_track, fresh_ids, with_items
from reelscore.values.facts import Facts
from reelscore.values.time import Seconds
from reelscore.values.timeline import Item, Segment, Timeline


def cut_to_beat(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    film = film_track(timeline)
    beats = beats_on(timeline, facts, downbeats=args.switch("bars"))
    if film is None:
        raise refuse("empty", what=Said("a clip", "片段"))
    if len(beats) < 2:
        raise refuse("no_beats")
    shots = _shots(timeline, [segment for _, segment in film.placed()], facts)
    if len(shots) < 2:
        raise refuse("no_cuts")
    step, items, at = args.count("every"), list[Item](), Fraction(0)
    for shot in shots:
        ends = beats[bisect_left(beats, at + timeline.canvas.frame) :]
        most = material(shot, timeline.medium(shot.media))
        fitting = [end for end in ends[:step] if most is None or end - at <= most]
        if not fitting:
            break
        items.append(trimmed(shot, Fraction(0), fitting[-1] - at))
        at = fitting[-1]
    if not items:
        raise refuse("no_beats")
    after = kept_together(timeline, with_items(timeline, film, items))
    left = len(shots) - len(items)
    if left and not isinstance(after, Noted):
        return Noted(
            after,
            (
                Said(
                    f"{left} clips are left out: the music ends before them.", f"有 {left} 个片段未用上：音乐先结束了。"
                ),
            ),
        )
    return after


def _shots(timeline: Timeline, clips: list[Segment], facts: Facts) -> list[Segment]:
    """The clips; where there is only one, its shots."""
    if len(clips) != 1 or clips[0].reverse or clips[0].freeze:
        return clips
    clip, ids = clips[0], fresh_ids(timeline)
    cuts: list[Seconds] = [(at - clip.start) / clip.speed for at in facts.of(clip.media).cuts]
    edges = [Fraction(0), *(at for at in cuts if 0 < at < clip.duration), clip.duration]
    return [
        part(clip, start, end) if n == 0 else replace(part(clip, start, end), id=next(ids))
        for n, (start, end) in enumerate(pairwise(edges))
        if end > start
    ]


COMMAND = Command(
    name="cut_to_beat",
    group="beat",
    help=Said("Let every clip last a number of beats", "让剪辑卡在节拍上"),
    params=(
        Param("every", "count", Said("how many beats each clip lasts", "每个片段持续几拍"), default=4, low=1, high=64),
        switch("bars", "count bars instead of beats", "按小节而不是按拍计算"),
    ),
    words={
        "en": (
            "cut to the beat",
            "cut on the beat",
            "sync the cuts to the music",
            "beat sync",
            "edit to the beat",
            "cut every bar",
        ),
        "zh": ("卡点", "踩点", "跟着节拍剪", "按节拍剪辑", "节拍同步", "卡节奏"),
    },
    examples=(
        Example(
            "cut to the beat, 4 beats each",
            "卡点剪辑，每段4拍",
            {"every": 4},
            "2 clips: 4s -> 2s; interview: 6s -> 2s; music: 14s -> 6s, fade out 0s -> 1.5s",
            "clips",
        ),
        Example(
            "cut every bar",
            "每小节切一次",
            {"every": 1, "bars": True},
            "2 clips: 4s -> 2s; interview: 6s -> 2s; music: 14s -> 6s, fade out 0s -> 1.5s",
            "clips",
        ),
    ),
    edit=cut_to_beat,
)
