"""Put something at another time.

    before  title ----------             | city | beach | interview |
    after         title ----------       | beach | city | interview |     title to 2 s; clip 2 to the start

In the film a clip is taken out and inserted at the moment asked for, between the clips that are there (at the nearest
cut). On other tracks it is laid there, if there is room.
"""

from __future__ import annotations

from fractions import Fraction

from reelscore.edit.amounts import plain_length, plain_span
from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Param, Said
from reelscore.edit.params import moment, which
from reelscore.edit.places import Place
from reelscore.edit.refusals import refuse
from reelscore.edit.targets import one
from reelscore.edit.tracks import fresh_ids, is_free, put, snapped, with_items, with_track, without
from reelscore.values.facts import Facts
from reelscore.values.time import Seconds, Span
from reelscore.values.timeline import Segment, Timeline, Track


def move(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    place = one(timeline, args.text("which"))
    by = args.maybe_exact("by")
    if by is None and "to" not in args:
        raise refuse("missing", command="move", name="to", help=COMMAND.params[1].help, example="5")
    to = place.span.start + by if by is not None else args.exact("to")
    if to < 0:
        raise refuse("outside", name="to", value=plain_length(to), low="0s", high=plain_length(timeline.duration))
    if place.role == "clip":
        return _among_clips(timeline, place, to)
    return _laid(timeline, place, snapped(timeline, to) if place.track.kind != "audio" else to)


def _among_clips(timeline: Timeline, place: Place, to: Seconds) -> Timeline:
    """Taken out, then inserted at the cut nearest to where it should start."""
    rest = [item for item in place.track.items if item is not place.segment]
    cuts = [Fraction(0)]
    for item in rest:
        cuts.append(cuts[-1] + item.duration)
    n = min(range(len(cuts)), key=lambda k: (abs(cuts[k] - to), k))
    return with_items(timeline, place.track, (*rest[:n], place.segment, *rest[n:]))


def _laid(timeline: Timeline, place: Place, to: Seconds) -> Timeline:
    after = without(timeline, [place.segment.id], close=False)
    track = next(held for held in after.tracks if held.id == place.track.id)
    span = Span(to, to + place.segment.duration)
    if not is_free(track, span):
        there = next(held for lies, held in track.placed() if lies.overlaps(span))
        free = (plain_span(s) for s in _free(track, place.segment))
        raise refuse("occupied", free, length=plain_length(span.duration), at=plain_length(to),
                     what=there.name or (there.text.content if there.text else there.id))  # fmt: skip
    return with_track(after, put(track, to, place.segment, fresh_ids(timeline)))


def _free(track: Track, segment: Segment) -> list[Span]:
    """Where the segment would fit, and from the end of the track on."""
    found, at = [], Fraction(0)
    for span, _ in track.placed():
        if span.start - at >= segment.duration:
            found.append(Span(at, span.start))
        at = span.end
    return [*found, Span(at, at + segment.duration)]


COMMAND = Command(
    name="move",
    group="clips",
    help=Said("Put something at another time", "把内容移到别的时间"),
    params=(
        which(default="clip", one=True),
        moment("to", "when it starts afterwards", "移动后的开始时间"),
        Param(
            "by",
            "seconds",
            Said("how much later; negative: earlier", "往后移多少；负数表示提前"),
            low=-36_000,
            high=36_000,
        ),
    ),
    words={
        "en": ("move", "shift", "push", "place at", "slide to", "delay", "start at"),
        "zh": ("移动", "移到", "挪到", "挪动", "推迟", "提前", "放到"),
    },
    examples=(
        Example(
            "move the title to 2 seconds",
            "把标题移到第2秒",
            {"which": "title", "to": 2},
            '"Urban Dreams": start 0s -> 2s',
            "film",
        ),
        Example(
            "move the last clip to the start",
            "把最后一个片段移到开头",
            {"which": "last clip", "to": "start"},
            "interview: start 8s -> 0s",
            "clips",
        ),
        Example(
            "the voice should come one second later",
            "旁白推迟一秒",
            {"which": "voice", "by": 1},
            "voice: start 2s -> 3s",
            "talk",
        ),
    ),
    edit=move,
)
