"""How long text stays, or from when to when.

    before  title ------
    after   title ------------        to 6 s

It may last as long as nothing else lies behind it on its track.
"""

from __future__ import annotations

from fractions import Fraction

from reelscore.edit.amounts import plain_length
from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Noted, Said
from reelscore.edit.commands.trim import trim
from reelscore.edit.film import FILM, film_length
from reelscore.edit.params import length, moment, switch, which
from reelscore.edit.places import label
from reelscore.edit.refusals import refuse
from reelscore.edit.targets import one
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline


def text_duration(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    place = one(timeline, args.text("which"), ("text",))
    end = film_length(timeline)
    if args.switch("to_the_end"):
        to = end - place.span.start
    elif "until" in args:
        to = args.exact("until") - place.span.start
    elif "to" in args:
        to = args.exact("to")
    else:
        raise refuse("missing", command="text_duration", name="to", help=COMMAND.params[1].help, example="5")
    if to <= 0:
        raise refuse("nothing_left", what=label(place), length=plain_length(place.span.duration))
    if place.span.start + to > max(end, place.span.end):
        most = plain_length(max(Fraction(0), end - place.span.start))
        raise refuse("too_short", what=FILM, length=plain_length(end), most=most)
    return trim(timeline, Arguments({"which": place.segment.id, "to": to}), facts)


COMMAND = Command(
    name="text_duration",
    group="text",
    help=Said("Set how long text stays", "设置文字显示多久"),
    params=(
        which("text", default="text", one=True),
        length("to", "how long", "多长"),
        moment("until", "until when", "到什么时候"),
        switch("to_the_end", "to the end of the film", "一直到影片结束"),
    ),
    words={
        "en": (
            "show the title for",
            "keep the text on screen",
            "title for longer",
            "text duration",
            "title lasts",
            "leave the text on",
        ),
        "zh": ("标题显示", "文字持续", "字幕持续", "显示多久", "文字时长", "一直显示"),
    },
    examples=(
        Example(
            "show the title for 6 seconds",
            "标题显示6秒",
            {"which": "title", "to": 6},
            '"Urban Dreams": 3s -> 6s',
            "film",
        ),
        Example(
            "keep the title on until the end",
            "标题一直显示到结束",
            {"which": "title", "to_the_end": True},
            '"Urban Dreams": 3s -> 10s',
            "film",
        ),
    ),
    edit=text_duration,
)
