"""Let a picture, a sound or a text go slowly.

    before  | music ########## |
    after   | music ######=:.. |        2 s

A clip of the film fades out with its sound; of several pieces, the last one.
"""

from __future__ import annotations

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Said
from reelscore.edit.commands.fade_in import COLOUR, OF, faded
from reelscore.edit.params import length, which
from reelscore.edit.targets import many
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline


def fade_out(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    place = many(timeline, args.text("which"))[-1]
    return faded(timeline, place, args.exact("duration"), args.text("of"), args.text("colour"), opening=False)


COMMAND = Command(
    name="fade_out",
    group="sound",
    help=Said("Let something go slowly", "淡出"),
    params=(
        which(default="last clip"),
        length("duration", "how long; 0 takes the fade away", "时长；0 为取消", default=2, low=0),
        OF,
        COLOUR,
    ),
    words={
        "en": ("fade out", "fade-out", "fade to black", "fade away", "end softly", "fade the ending"),
        "zh": ("淡出", "渐出", "渐隐", "渐弱结束", "淡出到黑场"),
    },
    examples=(
        Example(
            "fade out the music over the last 3 seconds",
            "音乐最后3秒淡出",
            {"which": "music", "duration": 3},
            "music: fade out 0s -> 3s",
            "film",
        ),
        Example(
            "fade to black at the end",
            "结尾淡出到黑场",
            {"of": "picture"},
            "interview: picture fade out 0s -> 2s",
            "clips",
        ),
        Example(
            "fade to white over 3 seconds",
            "3秒淡出到白场",
            {"duration": 3, "of": "picture", "colour": "white"},
            "interview: picture fade out 0s -> 3s, fades out to default -> white",
            "clips",
        ),
    ),
    edit=fade_out,
)
