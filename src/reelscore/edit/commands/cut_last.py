"""Cut away the end of the film, or of one thing.

before  | city city city |   music ~~~~~~~~
after   | city city |        music ~~~~~\\        the last 3 s; the music fades out
"""

from __future__ import annotations

from reelscore.edit.amounts import plain_length
from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Noted, Said
from reelscore.edit.commands.trim import trim
from reelscore.edit.film import FILM, closed, film_length, film_span, without_time
from reelscore.edit.params import length, which
from reelscore.edit.refusals import refuse
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline


def cut_last(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    seconds = args.exact("seconds")
    if args.text("which"):
        return trim(timeline, Arguments({"which": args.text("which"), "from_end": seconds}), facts)
    end = film_length(timeline)
    if seconds >= end:
        raise refuse("nothing_left", what=FILM, length=plain_length(end))
    return closed(timeline, without_time(timeline, film_span(timeline, end - seconds, end)))


COMMAND = Command(
    name="cut_last",
    group="time",
    help=Said("Cut away the end", "剪掉结尾"),
    params=(length("seconds", "how much", "多长", required=True), which(one=True)),
    words={
        "en": ("cut the last", "remove the last", "trim the end", "cut off the end", "drop the last", "end it earlier"),
        "zh": ("剪掉后", "剪掉最后", "去掉最后", "删除最后", "剪掉结尾", "去掉结尾", "去尾"),
    },
    examples=(
        Example(
            "cut the last 3 seconds",
            "剪掉最后3秒",
            {"seconds": 3},
            "city timelapse: 10s -> 7s; music: 10s -> 7s, fade out 0s -> 1.5s",
            "film",
        ),
        Example(
            "take the last second off the beach clip",
            "把 beach 的最后1秒剪掉",
            {"seconds": 1, "which": "beach"},
            "beach: 4s -> 3s; music: 14s -> 13s, fade out 0s -> 1.5s",
            "clips",
        ),
    ),
    edit=cut_last,
)
