"""Hold the picture still for a while.

    before  | city city city |
    after   | city ccccccccc city city |        2 s at 4 s

The clip is divided at that moment, and one picture of it stands between the halves.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reelscore.edit.amounts import plain_length, plain_span
from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Noted, Said
from reelscore.edit.params import length, moment
from reelscore.edit.places import places
from reelscore.edit.refusals import refuse
from reelscore.edit.segments import part
from reelscore.edit.together import kept_together
from reelscore.edit.tracks import fresh_ids, snapped, swapped
from reelscore.values.facts import Facts
from reelscore.values.timeline import Segment, Sound, Timeline


def freeze(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    at = snapped(timeline, args.exact("at"))
    frame = timeline.canvas.frame
    clips = [place for place in places(timeline) if place.role == "clip"]
    found = next((p for p in clips if p.span.holds(at) or (p is clips[-1] and at == p.span.end)), None)
    if found is None:
        raise refuse(
            "nothing_there", (plain_span(p.span) for p in clips), what=Said("clip", "片段"), at=plain_length(at)
        )
    ids, segment = fresh_ids(timeline), found.segment
    offset = at - found.span.start
    shown = min(offset, segment.duration - frame)
    still = _still(segment, shown, args.exact("duration"), next(ids))
    pieces: list[Segment] = []
    if offset > 0:
        pieces.append(part(segment, Fraction(0), offset))
    pieces.append(still)
    if offset < segment.duration:
        rest = part(segment, offset, segment.duration)
        pieces.append(replace(rest, id=next(ids)) if offset > 0 else rest)
    return kept_together(timeline, swapped(timeline, segment.id, *pieces))


def _still(segment: Segment, offset: Fraction, duration: Fraction, name: str) -> Segment:
    """The picture at this offset, for a while, without sound."""
    if segment.freeze or not segment.media:
        source = segment.start
    elif segment.reverse:
        source = segment.source.end - offset * segment.speed
    else:
        source = segment.start + offset * segment.speed
    picture = segment.picture and replace(segment.picture, fade_in=Fraction(0), fade_out=Fraction(0), zoom=None)
    return replace(
        segment, id=name, duration=duration, start=source, speed=Fraction(1), reverse=False, freeze=True,
        picture=picture, sound=Sound(muted=True),
    )  # fmt: skip


COMMAND = Command(
    name="freeze",
    group="time",
    help=Said("Hold the picture still for a while", "定格画面一段时间"),
    params=(
        moment("at", "at which moment", "在哪一时刻", required=True),
        length("duration", "for how long", "定格多久", default=2),
    ),
    words={
        "en": ("freeze", "freeze frame", "hold the frame", "pause the picture", "still frame"),
        "zh": ("定格", "冻结画面", "画面静止", "停住画面"),
    },
    examples=(
        Example(
            "freeze the frame at 4 seconds for 2 seconds",
            "在第4秒定格2秒",
            {"at": 4, "duration": 2},
            "city timelapse #1: 10s -> 4s; added 2 clips",
            "silent",
        ),
        Example(
            "freeze the last frame for 3 seconds",
            "最后一帧定格3秒",
            {"at": "end", "duration": 3},
            "added interview #4 (14-17s)",
            "clips",
        ),
    ),
    edit=freeze,
)
