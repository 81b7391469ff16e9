"""Cut away the beginning of the film, or of one thing.

    before  | city city city |   music ~~~~~~~~
    after   | ty city |          music ~~~~~         the first 2 s

What lies along the film moves up with it; music keeps its own beginning and ends with the film.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Noted, Said
from reelscore.edit.commands.move import move
from reelscore.edit.commands.trim import trim
from reelscore.edit.film import closed, film_span, without_time
from reelscore.edit.params import length, switch, which
from reelscore.edit.tracks import film_track
from reelscore.values.facts import NO_FACTS, Facts
from reelscore.values.timeline import Timeline


def cut_first(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    seconds = args.exact("seconds")
    if args.text("which"):
        after = trim(timeline, Arguments({"which": args.text("which"), "from_start": seconds}), facts)
        return after if film_track(timeline) else _moved_up(timeline, after)
    span = film_span(timeline, Fraction(0), seconds)
    return closed(timeline, without_time(timeline, span, cut_music=args.switch("cut_music")))


def _moved_up(before: Timeline, after: Timeline | Noted) -> Timeline | Noted:
    """Sound without a film begins where it began: nothing is seen that it would have to wait for."""
    began = {segment.id: span.start for _, span, segment in before.placed()}
    cut = after.timeline if isinstance(after, Noted) else after
    for _, span, segment in cut.placed():
        if span.start != (start := began.get(segment.id, span.start)):
            cut = move(cut, Arguments({"which": segment.id, "to": start}), NO_FACTS)
    return replace(after, timeline=cut) if isinstance(after, Noted) else cut


COMMAND = Command(
    name="cut_first",
    group="time",
    help=Said("Cut away the beginning", "剪掉开头"),
    params=(
        length("seconds", "how much", "多长", required=True),
        which(one=True),
        switch("cut_music", "cut the music's beginning too", "音乐开头也一起剪掉"),
    ),
    words={
        "en": (
            "cut the first",
            "remove the first",
            "trim the start",
            "cut off the beginning",
            "skip the first",
            "drop the first",
        ),
        "zh": ("剪掉前", "去掉前", "删除前", "剪掉开头", "去掉开头", "掐头"),
    },
    examples=(
        Example(
            "cut the first 2 seconds",
            "剪掉前2秒",
            {"seconds": 2},
            'city timelapse: 10s -> 8s; music: 10s -> 8s, fade out 0s -> 1.5s; "Urban Dreams": 3s -> 1s',
            "film",
        ),
        Example(
            "cut the first second of clip 2",
            "剪掉第二个片段的前1秒",
            {"seconds": 1, "which": "clip 2"},
            "beach: 4s -> 3s; music: 14s -> 13s, fade out 0s -> 1.5s",
            "clips",
        ),
    ),
    edit=cut_first,
)
