"""Take time off the ends of something, or set how long it lasts.

    before  | beach beach beach | interview |
    after   | each beach | interview |              1 s off the start, 2 s off the end

In the film what follows moves up. Elsewhere nothing else moves: time taken off a start leaves a gap before it.
A longer length brings back material that was trimmed away, as far as there is any.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reelscore.edit.amounts import plain_length
from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Noted, Said
from reelscore.edit.params import length, which
from reelscore.edit.places import Place, label
from reelscore.edit.refusals import refuse
from reelscore.edit.segments import material, on_frames, trimmed
from reelscore.edit.targets import one
from reelscore.edit.together import kept_together
from reelscore.edit.tracks import swapped
from reelscore.values.facts import Facts
from reelscore.values.time import Seconds
from reelscore.values.timeline import Gap, Item, Segment, Timeline


def trim(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    place = one(timeline, args.text("which"))
    segment = place.segment
    start = args.maybe_exact("from_start") or Fraction(0)
    end = segment.duration - (args.maybe_exact("from_end") or Fraction(0))
    if "to" in args:
        end = start + args.exact("to")
    if place.track.kind != "audio":
        frame = timeline.canvas.frame
        start, end = round(start / frame) * frame, round(end / frame) * frame
    if end <= start:
        raise refuse("nothing_left", what=label(place), length=plain_length(segment.duration))
    if end > segment.duration:
        segment, end = _extended(timeline, place, end)
    kept = trimmed(segment, start, end)
    items: tuple[Item, ...] = (kept,)
    if place.role != "clip":
        items = (Gap(start), kept) if start > 0 else (kept,)
        items += (Gap(place.span.duration - end),) if end < place.span.duration else ()
        timeline_after = _room(timeline, place, end)
        return swapped(timeline_after, segment.id, *items)
    return kept_together(timeline, swapped(timeline, segment.id, *items))


def _extended(timeline: Timeline, place: Place, end: Seconds) -> tuple[Segment, Seconds]:
    """The segment when it may last until `end`. Raises EditError where its material ends earlier."""
    segment = place.segment
    most = material(segment, timeline.medium(segment.media))
    if most is not None and end > most + timeline.canvas.frame:
        raise refuse("no_source_left", what=label(place), length=plain_length(most))
    if most is not None and end > most:
        end = on_frames(end, timeline.canvas.frame, most)
    return segment, end


def _room(timeline: Timeline, place: Place, end: Seconds) -> Timeline:
    """The timeline where the segment may grow over the gap behind it. Raises EditError where something lies there."""
    grown = end - place.segment.duration
    if grown <= 0:
        return timeline
    items = list(place.track.items)
    n = items.index(place.segment)
    following = items[n + 1] if n + 1 < len(items) else None
    if following is None:
        return timeline
    if isinstance(following, Gap) and following.duration >= grown:
        items[n + 1] = Gap(following.duration - grown)
        tracks = tuple(replace(t, items=tuple(items)) if t.id == place.track.id else t for t in timeline.tracks)
        return replace(timeline, tracks=tracks)
    free = following.duration if isinstance(following, Gap) else Fraction(0)
    raise refuse("too_short", what=Said("The free space behind it", "后面的空位"), length=plain_length(free),
                 most=plain_length(place.segment.duration + free))  # fmt: skip


COMMAND = Command(
    name="trim",
    group="clips",
    help=Said("Take time off the ends of something, or set how long it lasts", "修剪内容的两端，或设置时长"),
    params=(
        which(default="clip", one=True),
        length("from_start", "taken off its start", "从开头剪去"),
        length("from_end", "taken off its end", "从结尾剪去"),
        length("to", "how long it lasts afterwards", "修剪后的时长"),
    ),
    words={
        "en": ("trim", "shorten", "cut down", "make it last", "cut to length", "crop the length of"),
        "zh": ("修剪", "剪短", "缩短", "裁短", "剪到"),
    },
    examples=(
        Example(
            "trim clip 2 to 2 seconds",
            "把第二个片段剪到2秒",
            {"which": "clip 2", "to": 2},
            "beach: 4s -> 2s; music: 14s -> 12s, fade out 0s -> 1.5s",
            "clips",
        ),
        Example(
            "take one second off the start of the interview",
            "把 interview 开头剪掉1秒",
            {"which": "interview", "from_start": 1},
            "interview: 6s -> 5s; music: 14s -> 13s, fade out 0s -> 1.5s",
            "clips",
        ),
        Example(
            "shorten the music by 2 seconds",
            "音乐结尾剪短2秒",
            {"which": "music", "from_end": 2},
            "music: 10s -> 8s",
            "film",
        ),
    ),
    edit=trim,
)
