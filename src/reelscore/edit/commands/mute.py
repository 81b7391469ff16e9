"""Silence something without losing how loud it was.

before  | music ########## |
after   | music            |
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Said
from reelscore.edit.params import which
from reelscore.edit.segments import sound_of
from reelscore.edit.targets import sounding
from reelscore.edit.tracks import changed
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline


def mute(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    ids = [place.segment.id for place in sounding(timeline, args.text("which") or "all")]
    return changed(timeline, ids, lambda s: replace(s, sound=replace(sound_of(s), muted=True)))


COMMAND = Command(
    name="mute",
    group="sound",
    help=Said("Silence something; unsaid, everything", "静音；默认全部"),
    params=(which("sounding"),),
    words={
        "en": ("mute", "silence", "no sound", "turn off the sound", "remove the sound", "remove the audio"),
        "zh": ("静音", "消音", "关掉声音", "去掉声音", "关闭声音", "去除原声"),
    },
    examples=(
        Example("mute the music", "把音乐静音", {"which": "music"}, "music: muted", "film"),
        Example("mute clip 2", "第二个片段静音", {"which": "clip 2"}, "beach: muted", "clips"),
    ),
    edit=mute,
)
