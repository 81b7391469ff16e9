"""Show or play another file in something's place; length, place and settings stay.

    before  | city | beach | interview |
    after   | city | sunset | interview |       replace beach with sunset

A file that is shorter than the place it takes makes it shorter, and the reply says so.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reelscore.edit.amounts import plain_length
from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Noted, Param, Said
from reelscore.edit.params import length, which
from reelscore.edit.places import label
from reelscore.edit.refusals import refuse
from reelscore.edit.segments import material
from reelscore.edit.targets import medium, one
from reelscore.edit.together import kept_together
from reelscore.edit.tracks import swapped
from reelscore.values.facts import Facts
from reelscore.values.timeline import Gap, Timeline


def replace_media(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    place = one(timeline, args.text("which"), ("picture", "audio track"))
    file = medium(timeline, args.text("media"))
    if place.track.kind == "video" and file.kind == "audio":
        raise refuse("no_picture", (m.name for m in timeline.media if m.kind != "audio"), what=file.name)
    if place.track.kind == "audio" and not (file.kind == "audio" or file.has_sound):
        raise refuse("no_sound", (m.name for m in timeline.media if m.has_sound), what=file.name)
    start = args.maybe_exact("start") or Fraction(0)
    new = replace(
        place.segment, media=file.id, start=start, name=file.name.rsplit(".", 1)[0], piece="", colour="",
        speed=Fraction(1), reverse=False, freeze=False,
    )  # fmt: skip
    waiting = tuple(request for request in timeline.requests if request.segment != new.id)
    timeline = replace(timeline, requests=waiting)  # music that is being written there is not wished for any more
    if new.picture and new.picture.path:
        new = replace(new, picture=replace(new.picture, path=()))  # it followed the other file's subject
    most = material(new, file)
    if most is None or most >= new.duration:
        return swapped(timeline, place.segment.id, new)
    if most < timeline.canvas.frame:
        raise refuse("no_source_left", what=file.name, length=plain_length(most))
    shorter = replace(new, duration=most)
    rest = () if place.role == "clip" else (Gap(new.duration - most),)
    after = kept_together(timeline, swapped(timeline, place.segment.id, shorter, *rest))
    note = Said(f"{file.name} lasts only {plain_length(most)}, so {label(place).en} is shorter now.",
                f"{file.name} 只有 {plain_length(most)}，因此{label(place).zh}变短了。")  # fmt: skip
    return Noted(after.timeline, (note, *after.notes)) if isinstance(after, Noted) else Noted(after, (note,))


COMMAND = Command(
    name="replace_media",
    group="clips",
    help=Said("Show or play another file in its place", "用另一个文件替换"),
    params=(
        which("picture", "audio track", default="clip", one=True),
        Param("media", "media", Said("the file to use instead", "替换成的文件"), required=True),
        length("start", "where in the file it starts", "从文件的哪里开始", low=0),
    ),
    words={
        "en": ("replace", "swap out", "exchange", "use instead", "substitute"),
        "zh": ("替换", "换成", "换掉", "改用", "代替"),
    },
    examples=(
        Example(
            "replace clip 2 with the sunset photo",
            "把第二个片段换成 sunset 照片",
            {"which": "clip 2", "media": "sunset"},
            "beach: file beach.mp4 -> sunset.jpg",
            "clips",
        ),
        Example(
            "replace the interview with beach",
            "用 beach 替换 interview",
            {"which": "interview", "media": "beach"},
            "interview: file interview.mp4 -> beach.mp4",
            "clips",
        ),
    ),
    edit=replace_media,
)
