"""Ask for a variation: the same piece, told otherwise.

before  | a b a c |
after   | a'b'a'c'|
"""

from __future__ import annotations

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Said
from reelscore.edit.commands.regenerate_music import KEEP, SEED
from reelscore.edit.params import which
from reelscore.edit.requests import composed, next_seed, requested
from reelscore.values.facts import Facts
from reelscore.values.timeline import Request, Timeline


def vary_music(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    place = composed(timeline, args)
    seed = args.count("seed") if "seed" in args else next_seed(timeline, place.segment.id)
    return requested(timeline, Request("", "vary", place.segment.id, keep=args.text("keep"), seed=seed))


COMMAND = Command(
    name="vary_music",
    group="music",
    help=Said("Write a variation of the music", "创作音乐的变奏"),
    params=(which("music", one=True), KEEP, SEED),
    words={
        "en": (
            "variation",
            "vary the music",
            "a different version",
            "something similar",
            "alternative version",
            "similar but different",
        ),
        "zh": ("变奏", "变化一下", "换个版本", "类似的", "另一个版本"),
    },
    examples=(
        Example("give me a variation", "来一个变奏", {}, "a variation to be written", "film"),
        Example(
            "a variation that keeps the melody",
            "保留旋律的变奏",
            {"keep": "melody"},
            "a variation to be written (keeping the melody)",
            "clips",
        ),
    ),
    edit=vary_music,
)
