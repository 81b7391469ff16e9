"""The properties of a segment that a reply may tell of: name, unit, and how it is read off. One table each."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reelscore.edit.segments import sound_of
from reelscore.values.command import Held
from reelscore.values.timeline import Box, Filter, Picture, Segment, Sound, Text, Zoom

_Property = tuple[str, str, Callable[[Segment], Held]]


def _volume(segment: Segment) -> Held:
    return sound_of(segment).gain_db


def _box(box: Box) -> str:
    return "" if box == Box() else " ".join(f"{v * 100:.4g}%" for v in (box.left, box.top, box.right, box.bottom))


def _zoom(zoom: Zoom | None) -> str:
    """ "in 20%", "left 20%"."""
    if zoom is None:
        return ""
    a, b = zoom.start, zoom.end
    sizes = sorted((a.right - a.left, b.right - b.left))
    kind = "in" if b.right - b.left < a.right - a.left else "out"
    if abs(sizes[1] - sizes[0]) < 1e-3:
        across, down = b.left - a.left, b.top - a.top
        kind = ("right" if across > 0 else "left") if abs(across) >= abs(down) else ("down" if down > 0 else "up")
    return f"{kind} {round(100 / sizes[0] - 100, 1):g}%"


def _filters(filters: Iterable[Filter]) -> str:
    return ", ".join(f.name if f.amount == 1 else f"{f.name} {f.amount * 100:.4g}%" for f in filters)


OWN: tuple[_Property, ...] = (
    ("name", "name", lambda s: s.name),
    ("speed", "factor", lambda s: s.speed),
    ("reverse", "switch", lambda s: s.reverse),
    ("freeze", "switch", lambda s: s.freeze),
    ("colour", "colour", lambda s: s.colour),
    ("piece", "hidden", lambda s: s.piece),
)
PICTURE: tuple[tuple[str, str, Callable[[Picture], Held]], ...] = (
    ("fit", "choice", lambda p: p.fit),
    ("crop", "name", lambda p: _box(p.crop)),
    ("focus", "position", lambda p: _position(p.focus_x, p.focus_y)),
    ("focus_path", "quiet", lambda p: str(p.path) if p.path else ""),
    ("flip_horizontal", "switch", lambda p: p.flip_horizontal),
    ("flip_vertical", "switch", lambda p: p.flip_vertical),
    ("rotation", "degrees", lambda p: p.rotation),
    ("zoom", "filters", lambda p: _zoom(p.zoom)),
    ("zoom_path", "quiet", lambda p: str(p.zoom)),
    ("scale", "share", lambda p: p.scale),
    ("position", "position", lambda p: _position(p.x, p.y)),
    ("opacity", "share", lambda p: p.opacity),
    ("corners", "share", lambda p: p.radius),
    ("filters", "filters", lambda p: _filters(p.filters)),
    ("picture_fade_in", "seconds", lambda p: p.fade_in),
    ("picture_fade_out", "seconds", lambda p: p.fade_out),
    ("fade_in_colour", "colour", lambda p: p.fade_in_colour),
    ("fade_out_colour", "colour", lambda p: p.fade_out_colour),
)
SOUND: tuple[tuple[str, str, Callable[[Sound], Held]], ...] = (
    ("volume", "gain", lambda s: s.gain_db),
    ("muted", "switch", lambda s: s.muted),
    ("fade_in", "seconds", lambda s: s.fade_in),
    ("fade_out", "seconds", lambda s: s.fade_out),
    ("pan", "pan", lambda s: s.pan),
    ("ducking", "decibels", lambda s: s.duck_db),
    ("loudness", "lufs", lambda s: s.normalise_lufs),
    ("keeps_pitch", "switch", lambda s: s.original_key),
)
TEXT: tuple[tuple[str, str, Callable[[Text], Held]], ...] = (
    ("words", "text", lambda t: t.content),
    ("style", "choice", lambda t: t.style),
    ("font", "font", lambda t: t.font),
    ("text_size", "share", lambda t: t.size or None),
    ("text_colour", "colour", lambda t: t.colour),
    ("text_position", "position", lambda t: _position(t.x, t.y)),
    ("moved_across", "across", lambda t: t.dx or None),
    ("moved_down", "down", lambda t: t.dy or None),
    ("align", "choice", lambda t: t.align),
    ("bold", "switch", lambda t: t.bold),
    ("italic", "switch", lambda t: t.italic),
    ("outline", "share", lambda t: t.outline),
    ("shadow", "share", lambda t: t.shadow),
    ("box", "colour", lambda t: t.box),
    ("animation_in", "choice", lambda t: t.animation_in),
    ("animation_out", "choice", lambda t: t.animation_out),
)


def _position(x: float | None, y: float | None) -> str:
    return "" if x is None and y is None else " ".join("-" if v is None else f"{v * 100:.4g}%" for v in (x, y))
