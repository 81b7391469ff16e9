"""Compiles what the renderer compiles, so that the first real frame is as quick as the rest."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from reelscore.render.colour import Encoding, to_bt709
from reelscore.render.compositor import Compositor
from reelscore.render.filtering import filtered, filters
from reelscore.render.limiting import limited
from reelscore.render.pictures import premultiplied
from reelscore.render.planes import Planes, empty
from reelscore.render.sinc import interpolated, reach
from reelscore.render.stretching import Stretched
from reelscore.values.timeline import Canvas, Filter, Picture, Segment, Text, Timeline, Track, Transition


def warm() -> None:
    """Every compiled loop once, on next to nothing."""
    _warm_colours()
    _warm_frames()
    _warm_sound()


def _warm_colours() -> None:
    small = empty(16, 16, alpha=True)
    for plane in (*small.colour, small.a):
        assert plane is not None
        plane.fill(100)
    opaque = Planes(*small.colour)
    deep = Planes(*(plane.astype(np.uint16) for plane in small.colour))  # type: ignore[arg-type]
    to_bt709(opaque, Encoding(6, full_range=True))
    to_bt709(deep, Encoding(9, full_range=False, transfer="pq"), 10)
    premultiplied(small)
    for name in filters():
        filtered(small, (Filter(name, 0.5),), 0)


def _warm_frames() -> None:
    """Every transition, opaque and not, over plain colours, with words."""
    from reelscore.render.transitioning import transitions

    tracks = []
    for picture in (Picture(opacity=0.9), Picture(scale=0.5, radius=0.2, opacity=0.9)):
        items = [Segment("0", Fraction(1, 5), colour="#102030", picture=picture)]
        ways = []
        for n, kind in enumerate(transitions(), 1):
            items.append(Segment(str(n), Fraction(1, 5), colour=f"#{n}02030", picture=picture))
            ways.append(Transition(str(n), kind, Fraction(2, 30)))
        tracks.append(Track("v", "video", items=tuple(items), transitions=tuple(ways)))
    words = Segment("t", Fraction(1, 5), text=Text("x", animation_in="rise"))
    timeline = Timeline(Canvas(64, 64), (*tracks, Track("t", "text", items=(words,))))
    with Compositor(timeline, {}, (64, 64)) as compositor:
        for _ in compositor.frames(0, 6 * len(tracks[0].items)):
            pass


def _warm_sound() -> None:
    noise = np.full((9000, 2), 0.1, np.float32)
    low, high = reach(0.0, 0.9, 0, 100)
    interpolated(noise[: high - low], low, 0.0, 0.9, 0, 100)
    Stretched(lambda first, count: noise[:count], 1.25).read(0, 2000)
    limited(20 * noise, 240, 0.98)
