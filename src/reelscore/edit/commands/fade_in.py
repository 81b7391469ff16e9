"""Let a picture, a sound or a text come in slowly.

    before  | music ########## |
    after   | music ..:=###### |        2 s

A clip of the film fades in with its sound; of several pieces, the first one.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reelscore.edit.amounts import plain_length
from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Choice, Command, Example, Param, Said
from reelscore.edit.params import choice, length, which
from reelscore.edit.places import Place, label, sounds
from reelscore.edit.refusals import refuse
from reelscore.edit.segments import picture_of, sound_of, text_of
from reelscore.edit.targets import many
from reelscore.edit.tracks import changed
from reelscore.values.facts import Facts
from reelscore.values.time import Seconds
from reelscore.values.timeline import Segment, Timeline


def fade_in(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    place = many(timeline, args.text("which"))[0]
    return faded(timeline, place, args.exact("duration"), args.text("of"), args.text("colour"), opening=True)


def faded(timeline: Timeline, place: Place, duration: Seconds, of: str, colour: str, *, opening: bool) -> Timeline:
    """The opening or the end of one segment with a fade of this length; 0 takes it away."""
    colour = "" if not duration or colour == BLACK else colour  # what lies below is black where nothing else is said
    seen = place.track.kind == "video" and of != "sound"
    heard = place.track.kind == "audio" or (place.track.kind == "video" and of != "picture" and sounds(place, timeline))
    picture, sound = picture_of(place.segment), sound_of(place.segment)
    others = [(held.fade_out if opening else held.fade_in) for held in (picture, sound)]
    taken = max([fade for fade, used in zip(others, (seen, heard), strict=True) if used], default=Fraction(0))
    if place.role != "text" and duration + taken > place.span.duration:
        most = plain_length(place.span.duration - taken)
        raise refuse("too_short", what=label(place), length=plain_length(place.span.duration), most=most)

    def fade(segment: Segment) -> Segment:
        if place.role == "text":
            name, text = "fade" if duration else "", text_of(segment)
            words = replace(text, animation_in=name) if opening else replace(text, animation_out=name)
            return replace(segment, text=words)
        if seen:
            shown = (
                replace(picture, fade_in=duration, fade_in_colour=colour)
                if opening
                else replace(picture, fade_out=duration, fade_out_colour=colour)
            )
            segment = replace(segment, picture=shown)
        if heard:
            played = replace(sound, fade_in=duration) if opening else replace(sound, fade_out=duration)
            segment = replace(segment, sound=played)
        return segment

    return changed(timeline, [place.segment.id], fade)


BLACK = "#000000"
COLOUR = Param("colour", "colour", Said("from or to which the picture of a clip fades", "画面淡入或淡出的颜色"))
OF = choice(
    "of", "what of a clip fades", "片段的哪部分淡化",
    Choice("both", ("picture and sound",), ("画面和声音",)),
    Choice("picture", ("image", "video"), ("画面", "图像")),
    Choice("sound", ("audio",), ("声音", "音频")),
    default="both",
)  # fmt: skip
COMMAND = Command(
    name="fade_in",
    group="sound",
    help=Said("Let something come in slowly", "淡入"),
    params=(
        which(default="clip 1"),
        length("duration", "how long; 0 takes the fade away", "时长；0 为取消", default=2, low=0),
        OF,
        COLOUR,
    ),
    words={
        "en": ("fade in", "fade-in", "fade up", "fade from black", "ease in the music", "start softly"),
        "zh": ("淡入", "渐入", "渐显", "渐强进入", "从黑场淡入"),
    },
    examples=(
        Example(
            "fade the music in over 2 seconds",
            "音乐2秒淡入",
            {"which": "music", "duration": 2},
            "music: fade in 0s -> 2s",
            "film",
        ),
        Example(
            "fade the video in from black, 1 second",
            "画面从黑场淡入1秒",
            {"which": "clip 1", "duration": 1, "of": "picture"},
            "city timelapse: picture fade in 0s -> 1s",
            "clips",
        ),
        Example(
            "fade in from white",
            "从白场淡入",
            {"of": "picture", "colour": "white"},
            "city timelapse: picture fade in 0s -> 2s, fades in from default -> white",
            "clips",
        ),
    ),
    edit=fade_in,
)
