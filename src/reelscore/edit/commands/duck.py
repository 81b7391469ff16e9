"""Let the music step back while somebody speaks, anywhere on the timeline.

speech        ######      ####
before  ======================
after   ====--------==--------        by 12 dB
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Noted, Param, Said
from reelscore.edit.params import which
from reelscore.edit.places import places
from reelscore.edit.segments import sound_of
from reelscore.edit.targets import sounding
from reelscore.edit.tracks import changed
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline


def duck(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    chosen = sounding(timeline, args.text("which"))
    depth = -abs(args.number("by"))
    after = changed(
        timeline, [p.segment.id for p in chosen], lambda s: replace(s, sound=replace(sound_of(s), duck_db=depth))
    )
    ducked = {place.segment.id for place in chosen}
    others = [place for place in places(timeline) if place.segment.id not in ducked]
    if depth and not any(place.role == "voice" or facts.of(place.segment.media).speech for place in others):
        return Noted(after, (Said("No speech is known on the timeline yet.", "目前时间线上还没有检测到人声。"),))
    return after


COMMAND = Command(
    name="duck",
    group="sound",
    help=Said("Let the music step back while somebody speaks", "有人说话时自动压低音乐"),
    params=(
        which("sounding"),
        Param("by", "decibels", Said("how far; 0 takes it away", "压低多少；0 为取消"), default=12, low=-60, high=60),
    ),
    words={
        "en": ("duck", "ducking", "sidechain", "lower the music when", "quieter under speech", "under the voice"),
        "zh": ("闪避", "压低", "说话时降低", "人声避让", "自动压低", "旁白时降低"),
    },
    examples=(
        Example(
            "duck the music under the voice",
            "说话时压低音乐",
            {"which": "music"},
            "music: under speech 0 dB -> -12 dB",
            "talk",
        ),
        Example(
            "duck the music by 18 dB",
            "人声出现时音乐压低18分贝",
            {"which": "music", "by": 18},
            "music: under speech 0 dB -> -18 dB",
            "talk",
        ),
    ),
    edit=duck,
)
