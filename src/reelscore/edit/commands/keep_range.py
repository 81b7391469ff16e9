"""Keep one stretch of the film and cut away all before and after it.

before  | city city city city |
after   | y city |                   keep 2 s to 6 s
"""

from __future__ import annotations

from fractions import Fraction

from reelscore.edit.amounts import plain_length
from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Noted, Said
from reelscore.edit.film import closed, film_length, film_span, without_time
from reelscore.edit.params import moment, switch
from reelscore.edit.refusals import refuse
from reelscore.values.facts import Facts
from reelscore.values.time import Span
from reelscore.values.timeline import Timeline


def keep_range(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    start, end = args.exact("start"), args.exact("end")
    if end <= start:
        raise refuse("backwards", start=plain_length(start), end=plain_length(end))
    kept = film_span(timeline, start, end)
    after, last = timeline, film_length(timeline)
    if kept.end < last:
        after = without_time(after, Span(kept.end, last), cut_music=args.switch("cut_music"))
    if kept.start > 0:
        after = without_time(after, Span(Fraction(0), kept.start), cut_music=args.switch("cut_music"))
    return closed(timeline, after)


COMMAND = Command(
    name="keep_range",
    group="time",
    help=Said("Keep one stretch and cut away the rest", "只保留一段，其余剪掉"),
    params=(
        moment("start", "from", "从", required=True),
        moment("end", "to", "到", required=True),
        switch("cut_music", "keep the same stretch of the music", "音乐也只保留同一段"),
    ),
    words={
        "en": ("keep only", "keep from", "only keep", "use only the part", "keep the part"),
        "zh": ("只保留", "保留从", "只要", "留下"),
    },
    examples=(
        Example(
            "keep only 2 to 6 seconds",
            "只保留第2秒到第6秒",
            {"start": 2, "end": 6},
            'city timelapse: 10s -> 4s; music: 10s -> 4s, fade out 0s -> 1s; "Urban Dreams": 3s -> 1s',
            "film",
        ),
        Example(
            "only keep the part from 4s to 8s",
            "只要4秒到8秒这一段",
            {"start": "4s", "end": "8s"},
            "removed 2 clips; music: 14s -> 4s, fade out 0s -> 1s",
            "clips",
        ),
    ),
    edit=keep_range,
)
