"""Cut a stretch out of the film, from one moment to another; what comes later moves up on every track.

before  | city city city city |
after   | city|city |                  from 3 s to 6 s
"""

from __future__ import annotations

from reelscore.edit.amounts import plain_length
from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Noted, Said
from reelscore.edit.film import closed, film_span, without_time
from reelscore.edit.params import moment, switch, which
from reelscore.edit.refusals import refuse
from reelscore.edit.targets import one
from reelscore.edit.tracks import cut_out, fresh_ids, lifted, with_track
from reelscore.values.facts import Facts
from reelscore.values.time import Span
from reelscore.values.timeline import Timeline


def cut_range(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    start, end = args.exact("start"), args.exact("end")
    if end <= start:
        raise refuse("backwards", start=plain_length(start), end=plain_length(end))
    span = film_span(timeline, start, end)
    if not args.text("which"):
        return closed(timeline, without_time(timeline, span, cut_music=args.switch("cut_music")))
    place = one(timeline, args.text("which"))
    inside = Span(max(span.start, place.span.start), min(span.end, place.span.end))
    if inside.duration <= 0:
        ends = {"start": plain_length(place.span.start), "end": plain_length(place.span.end)}
        raise refuse("at_the_edge", at=plain_length(start), what=place.segment.name, **ends)
    cut = cut_out if place.role == "clip" else lifted
    return closed(timeline, with_track(timeline, cut(place.track, inside, fresh_ids(timeline))))


COMMAND = Command(
    name="cut_range",
    group="time",
    help=Said("Cut out a stretch, from one moment to another", "剪掉从某一时刻到另一时刻的一段"),
    params=(
        moment("start", "from", "从", required=True),
        moment("end", "to", "到", required=True),
        which(one=True),
        switch("cut_music", "cut the same stretch out of the music", "音乐也剪掉同一段"),
    ),
    words={
        "en": ("cut from", "cut out", "remove from", "delete from", "take out the part", "remove between"),
        "zh": ("剪掉从", "剪掉第", "去掉从", "删除从", "删掉中间", "剪去"),
    },
    examples=(
        Example(
            "cut from 3 to 6 seconds",
            "剪掉第3秒到第6秒",
            {"start": 3, "end": 6},
            "city timelapse #1: 10s -> 3s; added city timelapse #2 (3-7s); music: 10s -> 7s, fade out 0s -> 1.5s",
            "film",
        ),
        Example(
            "remove the part from 5s to 10s",
            "删除从5秒到10秒的部分",
            {"start": "5s", "end": "10s"},
            "interview #1: 20s -> 5s; added interview #2 (5-15s); music: 20s -> 15s, fade out 0s -> 1.5s; "
            "voice: 8s -> 3s",
            "talk",
        ),
    ),
    edit=cut_range,
)
