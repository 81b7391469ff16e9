"""Show a second picture small, over the film: an inset, a logo.

before  |            |
after   |         [b]|        beach, bottom right, 30%
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reelscore.edit.amounts import plain_length
from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Param, Said
from reelscore.edit.film import FILM, film_length
from reelscore.edit.params import length, moment, switch
from reelscore.edit.pictures import ROUNDED, corner
from reelscore.edit.refusals import refuse
from reelscore.edit.segments import material, on_frames
from reelscore.edit.targets import medium
from reelscore.edit.texts import PLACE
from reelscore.edit.tracks import fresh_ids, put_on, snapped
from reelscore.values.facts import Facts
from reelscore.values.timeline import Picture, Segment, Sound, Timeline


def picture_in_picture(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    file = medium(timeline, args.text("media"))
    if file.kind == "audio":
        raise refuse("no_picture", (m.name for m in timeline.media if m.kind != "audio"), what=file.name)
    at, end = snapped(timeline, args.exact("at")), film_length(timeline)
    if at >= end:
        raise refuse("after_the_end", at=plain_length(at), what=FILM, length=plain_length(end))
    segment = Segment(next(fresh_ids(timeline)), end - at, file.id, name=file.name.rsplit(".", 1)[0])
    most = material(segment, file)
    wanted = min(args.maybe_exact("duration") or end - at, end - at, *(() if most is None else (most,)))
    if wanted < timeline.canvas.frame:
        raise refuse("no_source_left", what=file.name, length=plain_length(most or Fraction(0)))
    size = round(args.number("size") / 100, 4)
    x, y = corner(args.text("place"), size, timeline, segment)
    radius = ROUNDED if args.switch("rounded") else 0.0
    shown = Picture(scale=size, x=x, y=y, radius=radius, opacity=round(args.number("opacity") / 100, 4))
    sound = None if args.switch("with_sound") or not file.has_sound else Sound(muted=True)
    duration = on_frames(wanted, timeline.canvas.frame, wanted)
    inset = replace(segment, duration=duration, picture=shown, sound=sound)
    return put_on(timeline, "video", at, inset, "Overlay", above=True)


COMMAND = Command(
    name="picture_in_picture",
    group="picture",
    help=Said("Show a second picture small, over the film", "画中画：在影片上叠加小画面"),
    params=(
        Param("media", "media", Said("the picture or video", "图片或视频"), required=True),
        moment("at", "when it appears", "出现时间", default=0),
        length("duration", "how long; to the end of it or of the film", "显示多久；默认到它或影片结束"),
        replace(PLACE, default="bottom_right"),
        Param(
            "size", "percent", Said("size, of the whole picture", "大小，占画面的百分比"), default=30, low=3, high=100
        ),
        Param(
            "opacity", "percent", Said("100 hides what lies below", "100 为完全不透明"), default=100, low=1, high=100
        ),
        switch("rounded", "rounded corners", "圆角"),
        switch("with_sound", "hear it too", "同时播放它的声音"),
    ),
    words={
        "en": (
            "picture in picture",
            "picture-in-picture",
            "pip",
            "overlay",
            "put the logo",
            "inset",
            "watermark",
            "corner video",
        ),
        "zh": ("画中画", "叠加", "小窗", "加水印", "加logo", "角落放"),
    },
    examples=(
        Example(
            "put the logo in the top right corner at 15%",
            "右上角放 logo，15%",
            {"media": "logo", "place": "top right", "size": 15},
            "added logo (0-10s)",
            "film",
        ),
        Example(
            "beach as picture in picture from 2 seconds",
            "从第2秒起把 beach 做成画中画",
            {"media": "beach", "at": 2},
            "added beach (2-10s)",
            "film",
        ),
    ),
    edit=picture_in_picture,
)
