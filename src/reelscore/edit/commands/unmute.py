"""Let something be heard again, as loud as it was.

before  | music            |
after   | music ########## |
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Said
from reelscore.edit.params import which
from reelscore.edit.refusals import refuse
from reelscore.edit.segments import sound_of
from reelscore.edit.targets import sounding
from reelscore.edit.tracks import changed
from reelscore.values.facts import Facts
from reelscore.values.timeline import Timeline


def unmute(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    chosen = sounding(timeline, args.text("which") or "all")
    muted = [p for p in chosen if sound_of(p.segment).muted or p.track.muted]
    if not muted:
        raise refuse(
            "nothing_to_change",
            what=Said("Nothing of this is muted.", "这里没有被静音的内容。"),
            hint=Said("To make it louder, set its volume.", "如需更大声，请调整音量。"),
        )
    after = changed(
        timeline, [p.segment.id for p in muted], lambda s: replace(s, sound=replace(sound_of(s), muted=False))
    )
    loud = {place.track.id for place in muted}
    return replace(
        after, tracks=tuple(replace(t, muted=False) if t.id in loud and t.muted else t for t in after.tracks)
    )


COMMAND = Command(
    name="unmute",
    group="sound",
    help=Said("Let something be heard again; unsaid, everything that is muted", "取消静音；默认所有被静音的内容"),
    params=(which("sounding"),),
    words={
        "en": ("unmute", "sound on", "turn the sound back on", "bring back the sound", "hear it again"),
        "zh": ("取消静音", "恢复声音", "打开声音", "解除静音"),
    },
    examples=(
        Example("unmute the voice", "取消旁白静音", {"which": "voice"}, "voice: heard again", "quiet"),
        Example("turn the sound back on", "恢复声音", {}, "interview: heard again; voice: heard again", "quiet"),
    ),
    edit=unmute,
)
