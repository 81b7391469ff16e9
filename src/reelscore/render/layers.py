"""One segment of a video track: the picture it shows in a frame, at its place, with its filters.

Frames are counted from the segment's first; before it and after its last lie the handles that transitions show. What
does not change from frame to frame is made once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache

import cv2
import numpy as np

from reelscore.errors import MediaError
from reelscore.render.filtering import filtered, moving
from reelscore.render.filters.blur import blurred
from reelscore.render.kernels import lay_opaque, lay_over, multiply
from reelscore.render.pictures import Pictures, half_alpha
from reelscore.render.placement import aimed, place, window_at
from reelscore.render.planes import Plane, Planes, copy_into, empty, fill, parse_colour
from reelscore.render.resampling import Sprite, resampled, shrunk
from reelscore.render.sources import Source
from reelscore.values.time import Seconds
from reelscore.values.timeline import Box, Picture, Segment

_PLAIN = Picture()
_BACKDROP_AT = 8  # the blurred surroundings are made at an eighth of the size
_BACKDROP_SIGMA = 1 / 24  # of the small height
_BACKDROP_DIM = 0.72


@dataclass(frozen=True, slots=True)
class Timing:
    """When a segment's frames show what of its source. `handles` are the frames transitions add before and after."""

    frames: int
    rate: Fraction
    handles: tuple[int, int] = (0, 0)

    def source_time(self, segment: Segment, n: int) -> Seconds:
        """Backwards the range's last frame comes first."""
        if segment.freeze:
            return segment.start
        step = segment.speed / self.rate
        return segment.start + (step * (self.frames - 1 - n) if segment.reverse else step * n)

    def share(self, n: int) -> float:
        """How much of a move is done in this frame; it goes on through the handles."""
        before, after = self.handles
        length = self.frames + before + after - 1
        return (n + before) / length if length > 0 else 0.0

    def opacity(self, picture: Picture, n: int) -> float:
        """What the fades leave."""
        found = 1.0
        for fade, done in ((picture.fade_in, n + 0.5), (picture.fade_out, self.frames - n - 0.5)):
            length = float(fade * self.rate)
            if length > 0:
                found *= min(1.0, max(0.0, done / length))
        return found


class Layer:
    """A segment that can be painted. It reads from `pictures`, which the caller opens and closes."""

    def __init__(
        self,
        segment: Segment,
        timing: Timing,
        pictures: Pictures | None,
        canvas: tuple[int, int],
        source: Source | None,
        draft: bool = False,
    ) -> None:
        self.segment, self.timing, self.pictures = segment, timing, pictures
        self._picture = segment.picture or _PLAIN
        self._canvas, self._draft = canvas, draft
        self._kept: list[Sprite] | None = None
        self._small: tuple[Plane, Planes] | None = None
        self._flood: tuple[str, Sprite] | None = None  # what it fades from or to
        if source is not None and source.info.video is None:
            raise MediaError(f'"{segment.name or segment.id}" has no picture.', "Put it on an audio track.")
        self._shown = (source.info.video.width, source.info.video.height) if source and source.info.video else canvas

    def paint(self, target: Planes, n: int, strength: float = 1.0) -> None:
        """Lay frame `n` of the segment over what `target` holds."""
        shown = self.timing.opacity(self._picture, n)
        opacity = strength * self._picture.opacity * shown
        if shown < 1 and (colour := self._fading(n)):
            lay(target, self._canvas_in(colour), strength * self._picture.opacity)
        if opacity <= 0:
            return
        for sprite in self._sprites(n, target if opacity >= 1 and target.a is None else None):
            lay(target, sprite, opacity)

    def _fading(self, n: int) -> str:
        """The colour from or to which the picture fades in frame `n`; "" where it is what lies below."""
        opening = n + 0.5 < float(self._picture.fade_in * self.timing.rate)
        return self._picture.fade_in_colour if opening else self._picture.fade_out_colour

    def _canvas_in(self, colour: str) -> Sprite:
        """The whole canvas in one colour."""
        if self._flood is None or self._flood[0] != colour:
            whole = empty(*self._canvas)
            fill(whole, parse_colour(colour))
            self._flood = colour, Sprite(whole, 0, 0)
        return self._flood[1]

    def hides(self, n: int) -> bool:
        """Will frame `n` certainly cover everything below it? (Else it may or may not.)"""
        if self._picture.opacity < 1 or self.timing.opacity(self._picture, n) < 1:
            return False
        return self._fills

    @cached_property
    def _fills(self) -> bool:
        """Is the picture opaque, and over the whole canvas at both ends of its move?"""
        picture = self._picture
        clear = self.pictures is not None and self.pictures.video.has_alpha
        clear = clear or (self.pictures is None and parse_colour(self.segment.colour).alpha < 255)
        if clear or self._tilted or picture.radius > 0:
            return False
        if picture.fit == "blur" and self.pictures is not None:
            return True
        views = [window_at(picture.zoom, share) for share in (0.0, 1.0)] if picture.zoom else [None]
        width, height = self._canvas
        found = [place(picture, self._shown, self._shown, self._canvas, view).visible for view in views]
        return all(r[0] < 1 and r[1] < 1 and r[2] > width - 1 and r[3] > height - 1 for r in found)

    def _sprites(self, n: int, into: Planes | None) -> list[Sprite]:
        """What is laid over the canvas, the lowest first."""
        picture = self._picture
        held = self.pictures is None or self.pictures.still or self.segment.freeze
        lasting = held and picture.zoom is None and not picture.path and not moving(picture.filters)
        if lasting and self._kept is not None:
            return self._kept
        planes = None
        if self.pictures is not None:
            at = self.timing.source_time(self.segment, n)
            planes = self.pictures.at(at, self.segment.reverse and not self.segment.freeze)
        sprites = self._made(planes, n, None if lasting else into)
        self._kept = sprites if lasting else None
        return sprites

    def _made(self, planes: Planes | None, n: int, into: Planes | None) -> list[Sprite]:
        picture = self._picture
        if planes is None:
            found = [self._plain_colour()]
        else:
            found = [self._backdrop(planes)] if picture.fit == "blur" else []
            found += self._placed(planes, n, None if found else into)
        return [self._finished(sprite, n) for sprite in found]

    def _placed(self, planes: Planes, n: int, into: Planes | None) -> list[Sprite]:
        picture = aimed(self._picture, self.timing.source_time(self.segment, n))
        window = window_at(picture.zoom, self.timing.share(n)) if picture.zoom else None
        shape = self._shown
        gliding = picture.zoom is not None or self._glides(picture, n)
        if self._tilted:
            planes, picture, shape = self._cut_out(planes)
        if gliding or self._tilted:
            planes = self._prepared(planes, picture, shape)
        at = place(picture, shape, (planes.width, planes.height), self._canvas, window)
        sprite = resampled(planes, at, self._canvas, gliding, into, self._draft)
        return [] if sprite is None else [sprite]

    def _glides(self, picture: Picture, n: int) -> bool:
        """Does the view itself move on to the next frame?"""
        if not self._picture.path:
            return False
        after = aimed(self._picture, self.timing.source_time(self.segment, n + 1))
        now, then = (place(one, self._shown, self._shown, self._canvas).matrix for one in (picture, after))
        return not np.allclose(now, then)

    @property
    def _tilted(self) -> bool:
        return self._picture.rotation % 90 != 0

    def _cut_out(self, planes: Planes) -> tuple[Planes, Picture, tuple[int, int]]:
        """The cropped part with its round corners, because a tilted picture shows its own edges."""
        picture, box = self._picture, self._picture.crop
        columns = [2 * round(planes.width * share / 2) for share in (box.left, box.right)]
        rows = [2 * round(planes.height * share / 2) for share in (box.top, box.bottom)]
        columns[1], rows[1] = max(columns[1], columns[0] + 2), max(rows[1], rows[0] + 2)

        def cut(plane: Plane, part: int) -> Plane:
            return np.ascontiguousarray(
                plane[rows[0] // part : -(-rows[1] // part), columns[0] // part : -(-columns[1] // part)]
            )

        y, u, v = (cut(plane, 2 if i else 1) for i, plane in enumerate(planes.colour))
        cut_out = Planes(y, u, v, None if planes.a is None else cut(planes.a, 1))
        if picture.radius > 0:
            cut_out = _masked(Sprite(cut_out, 0, 0), _rounded(cut_out.width, cut_out.height, picture.radius)).planes
        across, down = box.right - box.left, box.bottom - box.top
        shape = max(1, round(self._shown[0] * across)), max(1, round(self._shown[1] * down))
        return cut_out, replace(picture, crop=Box()), shape

    def _prepared(self, planes: Planes, picture: Picture, shape: tuple[int, int]) -> Planes:
        """Made smaller for all frames of a move by its nearest view; once, where the picture stays the same."""
        if self._small is not None and self._small[0] is planes.y:
            return self._small[1]
        views = [window_at(picture.zoom, share) for share in (0.0, 1.0)] if picture.zoom else [None]
        stored = (planes.width, planes.height)
        scale = max(place(picture, shape, stored, self._canvas, view).scale for view in views)
        self._small = planes.y, shrunk(planes, scale)
        return self._small[1]

    def _backdrop(self, planes: Planes) -> Sprite:
        """The picture itself, covering the canvas, blurred and dimmed."""
        width, height = (max(16, 2 * round(side / _BACKDROP_AT / 2)) for side in self._canvas)
        quarter = 90.0 * round(self._picture.rotation / 90)
        upright = replace(self._picture, fit="cover", rotation=quarter, scale=1.0, x=0.5, y=0.5)
        at = place(upright, self._shown, (planes.width, planes.height), (width, height))
        sprite = resampled(planes, at, (width, height), moving=False)
        assert sprite is not None
        if sprite.planes.a is not None:
            ground = empty(width, height)
            fill(ground, parse_colour("#000000"))
            lay(ground, sprite, 1.0)
            sprite = Sprite(ground, 0, 0)
        sigma = _BACKDROP_SIGMA * max(width, height)
        out = empty(*self._canvas)
        for n, (plane, to) in enumerate(zip(sprite.planes.colour, out.colour, strict=True)):
            soft = blurred(plane, sigma / (2 if n else 1))
            dark, k = (16 if n == 0 else 128), _BACKDROP_DIM
            soft = np.asarray(cv2.convertScaleAbs(soft, alpha=k, beta=dark * (1 - k)), np.uint8)
            cv2.resize(soft, (to.shape[1], to.shape[0]), dst=to, interpolation=cv2.INTER_LINEAR)
        return Sprite(out, 0, 0)

    def _plain_colour(self) -> Sprite:
        """A segment without media: the canvas' shape in one colour, scaled and placed like a picture."""
        at = place(self._picture, self._canvas, self._canvas, self._canvas)
        colour = parse_colour(self.segment.colour)
        whole = empty(*self._canvas)
        fill(whole, colour)
        sprite = resampled(whole, at, self._canvas, moving=False) or Sprite(empty(2, 2), -2, -2)
        if colour.alpha == 255:
            return sprite
        clear = np.full(sprite.planes.y.shape, colour.alpha, np.uint8)
        return _masked(sprite, clear)

    def _finished(self, sprite: Sprite, n: int) -> Sprite:
        picture = self._picture
        if picture.filters:
            sprite = Sprite(filtered(sprite.planes, picture.filters, n), sprite.left, sprite.top)
        if picture.radius > 0 and not self._tilted:
            sprite = _masked(sprite, _rounded(sprite.planes.width, sprite.planes.height, float(picture.radius)))
        return sprite


@lru_cache(maxsize=8)
def _rounded(width: int, height: int, radius: float) -> Plane:
    """Opacity of a rectangle with smooth round corners; `radius` is a share of its shorter side."""
    r = min(0.5, radius) * min(width, height)
    x = np.maximum(0, r - 0.5 - np.minimum(np.arange(width), np.arange(width)[::-1]))
    y = np.maximum(0, r - 0.5 - np.minimum(np.arange(height), np.arange(height)[::-1]))
    distance = np.hypot(x[None, :], y[:, None])
    return np.asarray(np.round(255 * np.clip(r - distance + 0.5, 0, 1)), np.uint8)


def _masked(sprite: Sprite, mask: Plane) -> Sprite:
    """The sprite seen through a mask of its size."""
    planes = sprite.planes
    y, u, v = (plane.copy() for plane in planes.colour)
    chroma = half_alpha(mask, u.shape[1], u.shape[0])
    multiply(y, mask)
    multiply(u, chroma)
    multiply(v, chroma)
    alpha = mask.copy()
    if planes.a is not None:
        multiply(alpha, planes.a)
    return Sprite(Planes(y, u, v, alpha), sprite.left, sprite.top)


def lay(target: Planes, sprite: Sprite, opacity: float) -> None:
    """Lay a sprite over a canvas, opaque or not."""
    planes, left, top = sprite.planes, sprite.left, sprite.top
    if planes.y is target.y:
        return  # it was made in place
    if opacity >= 1 and sprite.covers((target.width, target.height)) and (left, top) == (0, 0):
        copy_into(target, planes)
        return
    if planes.a is None:
        for n, (under, over) in enumerate(zip(target.colour, planes.colour, strict=True)):
            size = 2 if n else 1
            lay_opaque(under, top // size, left // size, np.ascontiguousarray(over), opacity)
        if target.a is not None:
            lay_opaque(target.a, top, left, np.full(planes.y.shape, 255, np.uint8), opacity)
        return
    chroma = half_alpha(planes.a, planes.u.shape[1], planes.u.shape[0])
    for n, (under, over) in enumerate(zip(target.colour, planes.colour, strict=True)):
        size, alpha = (2, chroma) if n else (1, planes.a)
        lay_over(under, top // size, left // size, np.ascontiguousarray(over), alpha, opacity)
    if target.a is not None:
        lay_over(target.a, top, left, planes.a, planes.a, opacity)
