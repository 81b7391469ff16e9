"""Make the composed music longer or shorter; it is written to its new length, with a proper ending.

    before  | a b a end |
    after   | a b a b a end |        to 20 s

Unsaid: as long as the film. Music from a file is trimmed or looped instead (trim, loop).
"""

from __future__ import annotations

from fractions import Fraction

from reelscore.edit.amounts import plain_length
from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Param, Said
from reelscore.edit.film import film_length
from reelscore.edit.params import length, which
from reelscore.edit.places import label
from reelscore.edit.refusals import refuse
from reelscore.edit.requests import composed, requested
from reelscore.values.facts import Facts
from reelscore.values.timeline import Request, Timeline

SHORTEST = Fraction(1)


def music_length(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    place = composed(timeline, args)
    now = place.span.duration
    if "by" in args:
        to = now + args.exact("by")
    else:
        to = args.maybe_exact("to") or film_length(timeline) - place.span.start
    if to < SHORTEST:
        raise refuse("nothing_left", what=label(place), length=plain_length(now))
    if to == now:
        raise refuse(
            "nothing_to_change",
            what=Said(f"The music is {plain_length(now)} long already.", f"音乐已经是 {plain_length(now)}。"),
            hint=Said("Say how long it shall be.", "请说明要多长。"),
        )
    return requested(timeline, Request("", "refit", place.segment.id, wishes=(("duration", str(to)),)))


COMMAND = Command(
    name="music_length",
    group="music",
    help=Said("Make the music longer or shorter, with a proper ending", "延长或缩短音乐，并写好结尾"),
    params=(
        which("music", one=True),
        length("to", "how long; the film's length", "多长；默认与影片相同", low=1, high=3600),
        Param(
            "by", "seconds", Said("how much longer; negative: shorter", "延长多少；负数为缩短"), low=-3600, high=3600
        ),
    ),
    words={
        "en": (
            "extend the music",
            "make the music longer",
            "shorten the music",
            "lengthen",
            "music shorter",
            "music to the end of the video",
        ),
        "zh": ("延长音乐", "音乐长一点", "缩短音乐", "音乐短一点", "音乐延长到", "音乐和影片一样长"),
    },
    examples=(
        Example(
            "extend the music to 20 seconds",
            "把音乐延长到20秒",
            {"to": 20},
            "music to be fitted (20s long)",
            "film",
        ),
        Example(
            "shorten the music by 4 seconds, with an ending",
            "音乐缩短4秒，要有结尾",
            {"by": -4},
            "music to be fitted (10s long)",
            "clips",
        ),
    ),
    edit=music_length,
)
