"""Timelines begun and edited: a version for all that is asked at once, and the facts that edits need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from reelscore.edit.command import Command, apply_all
from reelscore.edit.history import History, begun, commit
from reelscore.edit.registry import command
from reelscore.edit.requests import with_media
from reelscore.facts import facts_of_piece, facts_of_reading
from reelscore.fulfil import Shelf
from reelscore.values.command import Edited, Plain
from reelscore.values.facts import Facts, MediaFacts
from reelscore.values.timeline import Canvas, Media, Timeline

_LARGEST = (3840, 2160)


def begin(media: Sequence[Media] = (), facts: Facts | None = None, title: str = "", message: str = "") -> History:
    """A timeline of these files, in this order: clips one after another on a canvas of the first one's shape and rate,
    sound along them."""
    first = next((medium for medium in media if medium.kind != "audio"), None)
    timeline = with_media(Timeline(canvas=_canvas(first), title=title), *media)
    steps = [(command("add"), {"media": medium.id}) for medium in media]
    if steps:
        timeline = apply_all(timeline, steps, facts or Facts()).timeline
    return begun(timeline, message)


def _canvas(medium: Media | None) -> Canvas:
    if medium is None or not medium.width:
        return Canvas()
    scale = min(1.0, max(_LARGEST) / max(medium.width, medium.height), min(_LARGEST) / min(medium.width, medium.height))
    width, height = (max(16, round(side * scale) & ~1) for side in (medium.width, medium.height))
    rate = medium.frame_rate or Fraction(30)
    return Canvas(width, height, rate if 10 <= rate <= 120 else Fraction(30))


def apply(
    history: History,
    steps: Sequence[tuple[str, Mapping[str, Plain]]],
    facts: Facts,
    based_on: str = "",
    message: str = "",
    media: Iterable[Media] = (),
) -> tuple[History, Edited]:
    """One version for all these commands, `media` being known from now on. Raises EditError, ConflictError."""
    timeline = with_media(history.timeline, *media)
    named_steps: list[tuple[Command, Mapping[str, object]]] = [(command(name), dict(args)) for name, args in steps]
    edited = apply_all(timeline, named_steps, facts)
    if edited.timeline is timeline and timeline is not history.timeline:
        edited = replace(edited, timeline=timeline)
    return commit(history, based_on or history.current, edited, message), edited


def facts_for(timeline: Timeline, shelf: Shelf, texts: Mapping[str, str] | None = None) -> Facts:
    """All that is known of the timeline's media."""
    known: dict[str, MediaFacts] = {}
    for medium in timeline.media:
        reading = shelf.reading(medium.id)
        if reading is not None:
            known[medium.id] = facts_of_reading(reading)
    for _, _, segment in timeline.placed():
        if segment.piece and segment.media:
            known[segment.media] = facts_of_piece(shelf.piece(segment.piece))
    return Facts(known, texts or {})
