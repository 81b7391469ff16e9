"""Bring sounds to one loudness, so that none is much louder than the others.

    before  | ####  | ##########  | ##   |
    after   | ##### | #####       | #####|        to -16 LUFS

Loudness is integrated after ITU-R BS.1770; the volume set by hand comes on top.
"""

from __future__ import annotations

import math
from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Param, Said
from reelscore.edit.params import switch, which
from reelscore.edit.refusals import refuse
from reelscore.edit.segments import sound_of
from reelscore.edit.targets import many
from reelscore.edit.tracks import changed
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline


def normalise(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    chosen = many(timeline, args.text("which"), ("sounding",))
    loud = [p for p in chosen if facts.of(p.segment.media).loudness_lufs != -math.inf]
    if not loud:
        raise refuse(
            "nothing_to_change",
            what=Said("There is only silence in it.", "这里只有静音。"),
            hint=Said("Choose something that sounds.", "请选择有声音的内容。"),
        )
    to = None if args.switch("off") else args.number("to")
    ids = [place.segment.id for place in loud]
    return changed(timeline, ids, lambda s: replace(s, sound=replace(sound_of(s), normalise_lufs=to)))


COMMAND = Command(
    name="normalise",
    group="sound",
    help=Said("Bring sounds to one loudness", "统一响度"),
    params=(
        which("sounding", default="all"),
        Param("to", "number", Said("loudness in LUFS", "响度（LUFS）"), default=-16, low=-40, high=-5),
        switch("off", "leave the loudness as it is", "不再统一响度"),
    ),
    words={
        "en": (
            "normalise",
            "normalize",
            "even out the volume",
            "same loudness",
            "level the audio",
            "balance the loudness",
        ),
        "zh": ("标准化", "统一响度", "统一音量", "响度均衡", "音量平衡"),
    },
    examples=(
        Example(
            "normalise the audio",
            "统一音量",
            {},
            "interview: loudness none -> -16 LUFS; music: loudness none -> -16 LUFS; voice: loudness none -> -16 LUFS",
            "talk",
        ),
        Example(
            "normalize the voice to -14 LUFS",
            "旁白响度标准化到 -14 LUFS",
            {"which": "voice", "to": -14},
            "voice: loudness none -> -14 LUFS",
            "talk",
        ),
    ),
    edit=normalise,
)
