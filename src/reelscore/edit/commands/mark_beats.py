"""Put a marker on every beat, or every bar, of the music.

before  |               |
after   |^   ^   ^   ^  |
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.beats import beats_on
from reelscore.edit.command import Command, Example, Said
from reelscore.edit.params import switch
from reelscore.edit.refusals import refuse
from reelscore.values.facts import Facts
from reelscore.values.timeline import Marker, Timeline


def mark_beats(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    kind = "downbeat" if args.switch("bars") else "beat"
    beats = beats_on(timeline, facts, downbeats=args.switch("bars"))
    if not beats:
        raise refuse("no_beats")
    kept = tuple(marker for marker in timeline.markers if marker.kind != kind)
    return replace(timeline, markers=(*kept, *(Marker(at, kind) for at in beats)))


COMMAND = Command(
    name="mark_beats",
    group="beat",
    help=Said("Put a marker on every beat or bar of the music", "在每一拍或每小节加标记"),
    params=(switch("bars", "only on bars", "只标小节"),),
    words={
        "en": ("mark the beats", "beat markers", "markers on every beat", "mark the bars", "show the beats"),
        "zh": ("标记节拍", "节拍标记", "标出节拍", "标出小节"),
    },
    examples=(
        Example("mark the bars", "标出小节", {"bars": True}, "added 5 markers", "film"),
        Example("put markers on every beat", "在每一拍加标记", {}, "added 20 markers", "film"),
    ),
    edit=mark_beats,
)
