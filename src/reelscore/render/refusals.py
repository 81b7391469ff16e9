"""What cannot be rendered, found before any work begins, and said so that it can be mended.

Timelines come from files, other programs and conversations; nothing here trusts that an edit command made them.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from fractions import Fraction
from math import isfinite
from typing import Any

from reelscore.errors import MediaError, OutputError, shown
from reelscore.render.sources import Sources
from reelscore.render.targets import FASTEST, SLOWEST, Target, checked
from reelscore.values.timeline import Segment, Timeline

LONGEST = Fraction(12 * 3600)
MOST_SEGMENTS = 100_000


def refuse_impossible(timeline: Timeline) -> None:
    """OutputError when this cannot be rendered as it stands."""
    segments = [segment for _, _, segment in timeline.placed()]
    if not segments:
        raise OutputError("There is nothing on the timeline.", "Add a film, a picture, words or music first.")
    if len(segments) > MOST_SEGMENTS:
        raise OutputError(f"{len(segments)} segments are too many.", f"At most {MOST_SEGMENTS} are rendered.")
    for track in timeline.tracks:
        for item in track.items:
            if item.duration <= 0:
                name = item.id if isinstance(item, Segment) else "a gap"
                raise OutputError(
                    f'On track "{track.id}", "{name}" lasts {float(item.duration):g} s.',
                    "Remove it or give it a length.",
                )
    if timeline.duration > LONGEST:
        hours = float(timeline.duration) / 3600
        raise OutputError(f"The timeline lasts {hours:.1f} hours; at most 12 are rendered.", "Render it in parts.")
    if not SLOWEST <= timeline.canvas.frame_rate <= FASTEST:
        rate = float(timeline.canvas.frame_rate)
        raise OutputError(f"{rate:g} frames a second cannot be shown.", "Choose 1 to 240; 30 is usual.")
    checked(Target(size=(timeline.canvas.width, timeline.canvas.height)))
    for track, _, segment in timeline.placed():
        if segment.speed <= 0 or segment.start < 0:
            raise OutputError(
                f'"{segment.id}" on track "{track.id}" plays from {float(segment.start):g} s at speed '
                f"{float(segment.speed):g}.",
                "Both must be possible: a start of 0 or more, a speed above 0.",
            )
        if (what := _odd_number(segment)) is not None:
            raise OutputError(f'"{segment.id}" on track "{track.id}" has no number for its {what}.', "Set it anew.")


def _odd_number(value: Any) -> str | None:
    """The name of a field in a value, or in what it holds, that is infinite or no number."""
    for field in fields(value):
        held = getattr(value, field.name)
        if isinstance(held, float) and not isfinite(held):
            return field.name
        inner = held if isinstance(held, tuple) else (held,)
        for one in inner:
            if is_dataclass(one) and not isinstance(one, type) and (name := _odd_number(one)) is not None:
                return name
    return None


def refuse_lost(timeline: Timeline, sources: Sources) -> None:
    """MediaError when something that is shown or heard has no file."""
    seen: set[str] = set()
    for track, _, segment in timeline.placed():
        if not segment.media or segment.media in seen or (track.hidden and track.muted):
            continue
        seen.add(segment.media)
        medium, source = timeline.medium(segment.media), sources.get(segment.media)
        name = f'"{medium.name}"' if medium is not None else f'"{segment.media[:19]}"'
        if source is None:
            raise MediaError(f"The file {name} of the timeline is not here.", "Bring it in again, or replace it.")
        if track.kind == "video" and source.info.video is None:
            raise MediaError(f"{shown(source.path)} has no picture to show.", "Replace it with a film or an image.")
        if track.kind == "audio" and source.info.audio is None:
            raise MediaError(f"{shown(source.path)} has no sound to play.", "Replace it with a file that has sound.")
