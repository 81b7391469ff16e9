"""Move the cuts that lie near a beat onto it. The film stays as long as it is.

    beats   |   .   |   .   |
    before  | city   | beach |
    after   | city  | beach  |

A cut moves by making one clip longer and the other shorter; where the material does not reach, it stays.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from reelscore.edit.amounts import plain_length
from reelscore.edit.arguments import Arguments
from reelscore.edit.beats import beats_on, nearest, rolled
from reelscore.edit.command import Command, Example, Noted, Said
from reelscore.edit.params import length, switch
from reelscore.edit.refusals import refuse
from reelscore.edit.tracks import film_track, with_items
from reelscore.values.facts import Facts
from reelscore.values.time import Seconds
from reelscore.values.timeline import Segment, Timeline


def snap_to_beat(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    return snapped_cuts(timeline, facts, None, args.exact("within"), downbeats=args.switch("downbeats"))


def snapped_cuts(
    timeline: Timeline, facts: Facts, into: Collection[str] | None, within: Seconds, *, downbeats: bool = False
) -> Timeline:
    """The cuts of the film (those into these segments) on their nearest beats. Raises EditError where none can be."""
    film = film_track(timeline)
    if film is None or sum(isinstance(item, Segment) for item in film.items) < 2:
        raise refuse("no_cuts")
    beats = beats_on(timeline, facts, downbeats=downbeats)
    if not beats:
        raise refuse("no_beats")
    items, at, near = film.items, Fraction(0), False
    for n, item in enumerate(film.items):
        if n and (into is None or (isinstance(item, Segment) and item.id in into)):
            beat = nearest(beats, at)
            if beat is not None and abs(beat - at) <= within:
                near = True
                items = rolled(timeline, items, n, beat) or items
        at += item.duration
    if not near:
        raise refuse("beats_far", length=plain_length(within), most="10s")
    return with_items(timeline, film, items)


COMMAND = Command(
    name="snap_to_beat",
    group="beat",
    help=Said("Move cuts onto the nearest beat", "把剪辑点对齐到最近的节拍"),
    params=(
        length("within", "how far a cut may move", "剪辑点最多移动多少", default=0.5, low=0.01, high=10),
        switch("downbeats", "only onto first beats of bars", "只对齐到小节的第一拍"),
    ),
    words={
        "en": ("snap to the beat", "snap the cuts", "align the cuts to the beat", "nearest beat", "line up the cuts"),
        "zh": ("对齐节拍", "吸附节拍", "剪辑点对齐", "对准节拍", "贴合节拍"),
    },
    examples=(
        Example(
            "snap the cuts to the nearest beat",
            "剪辑点对齐到最近的节拍",
            {},
            "city timelapse: 4.2s -> 4s; interview: 5s -> 5.2s",
            "offbeat",
        ),
        Example(
            "align the cuts to the downbeats, at most 1.5 seconds",
            "剪辑点对齐到小节第一拍，最多移动1.5秒",
            {"downbeats": True, "within": 1.5},
            "city timelapse: 4.2s -> 4s; interview: 5s -> 5.2s",
            "offbeat",
        ),
    ),
    edit=snap_to_beat,
)
