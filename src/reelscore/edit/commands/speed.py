"""Play faster or slower.

    before  | city city city city |
    after   | ccttyycc |                 2x

Sound keeps its pitch unless asked otherwise. Film clips become shorter or longer and what follows moves along.
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Noted, Param, Said
from reelscore.edit.params import switch, which
from reelscore.edit.places import label
from reelscore.edit.refusals import refuse
from reelscore.edit.segments import faster, sound_of
from reelscore.edit.targets import many
from reelscore.edit.together import kept_together
from reelscore.edit.tracks import changed
from reelscore.values.facts import Facts
from reelscore.values.timeline import Segment, Timeline


def speed(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    chosen = many(timeline, args.text("which"), ("media",))
    factor, keep = args.exact("factor"), args.switch("keep_pitch")
    whole = {place.segment.id: place.track.kind != "audio" for place in chosen}
    for place in chosen:
        if not 1 / 16 <= place.segment.speed * factor <= 16:
            raise refuse(
                "outside", name="speed", value=f"{float(place.segment.speed * factor):g}x", low="0.0625x", high="16x"
            )
        if place.segment.freeze:
            what = label(place)
            raise refuse(
                "nothing_to_change",
                what=Said(f"{what.en} stands still, so it has no speed.", f"{what.zh}是定格画面，没有速度。"),
                hint=Said("Trim it to change its length.", "可以修剪它的时长。"),
            )

    def sped(segment: Segment) -> Segment:
        frame = timeline.canvas.frame if whole[segment.id] else None
        new = faster(segment, segment.speed * factor, frame)
        return (
            new if sound_of(new).original_key == keep else replace(new, sound=replace(sound_of(new), original_key=keep))
        )

    return kept_together(timeline, changed(timeline, whole, sped))


COMMAND = Command(
    name="speed",
    group="time",
    help=Said("Play faster or slower", "加快或放慢播放速度"),
    params=(
        Param("factor", "factor", Said("how many times as fast", "几倍速"), required=True, low=0.0625, high=16),
        which("media", default="all clips"),
        switch("keep_pitch", "keep the pitch of the sound", "保持声音的音高", default=True),
    ),
    words={
        "en": (
            "speed up",
            "slow down",
            "faster",
            "slower",
            "play at",
            "slow motion",
            "fast forward",
            "double speed",
            "half speed",
        ),
        "zh": ("加速", "减速", "倍速", "快放", "慢放", "慢动作", "放慢", "加快", "快进"),
    },
    examples=(
        Example(
            "play it twice as fast", "加速到2倍", {"factor": 2}, "city timelapse: 10s -> 5s, speed 1x -> 2x", "silent"
        ),
        Example(
            "slow motion for clip 2, half speed",
            "第二个片段慢动作，半速",
            {"which": "clip 2", "factor": "half"},
            "beach: 4s -> 8s, speed 1x -> 0.5x",
            "clips",
        ),
        Example(
            "make the voice 25% faster and let its pitch rise",
            "旁白加速到1.25倍，音高随之升高",
            {"which": "voice", "factor": 1.25, "keep_pitch": False},
            "voice: 8s -> 6.4s, speed 1x -> 1.25x, pitch follows the speed",
            "talk",
        ),
    ),
    edit=speed,
)
