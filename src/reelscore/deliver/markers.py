"""Marks on the film's clock for editors: a CSV table and an OpenTimelineIO timeline.

Kinds: "section" and "bar" from the score, "cut" from the picture, "hit" with the music's error, "end".
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from reelscore.values.brief import HitResult
from reelscore.values.score import Score
from reelscore.values.sound import SAMPLE_RATE
from reelscore.values.time import Seconds, TempoMap

_ORDER = ("section", "bar", "cut", "hit", "end")
_COLOURS = {"section": "BLUE", "bar": "WHITE", "cut": "RED", "hit": "GREEN", "end": "BLACK"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One moment. `error_ms`: music minus picture, where the mark is a hit."""

    at: Seconds
    kind: str
    label: str
    error_ms: float | None = None


def marks_of(
    tempo_map: TempoMap,
    duration: Seconds,
    score: Score | None = None,
    hits: Sequence[HitResult] = (),
    cuts: Sequence[Seconds] = (),
) -> tuple[Mark, ...]:
    """All marks within the film, in order of time."""
    marks = [Mark(at, "cut", f"cut {n}") for n, at in enumerate(cuts, 1)]
    marks += [Mark(tempo_map.seconds_at(bar.start), "bar", f"bar {bar.index + 1}") for bar in tempo_map.bars]
    for section in score.sections if score else ():
        marks.append(Mark(tempo_map.seconds_at(section.start), "section", f"{section.name} ({section.kind})"))
    for result in hits:
        label = result.hit.label or result.hit.kind
        error = round(float(result.error) * 1000, 3)
        marks.append(Mark(result.hit.at, "hit", f"{label} on {result.target}", error))
    marks = [mark for mark in marks if 0 <= mark.at < duration or mark.kind == "hit"]
    marks.append(Mark(duration, "end", "end of the film"))
    return tuple(sorted(marks, key=lambda mark: (mark.at, _ORDER.index(mark.kind), mark.label)))


def as_csv(marks: Sequence[Mark], frame_rate: Fraction | None) -> str:
    """Columns seconds, timecode, frame, kind, label, error_ms. Without a picture timecode and frame stay empty."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["seconds", "timecode", "frame", "kind", "label", "error_ms"])
    for mark in marks:
        frame = round(mark.at * frame_rate) if frame_rate else ""
        code = timecode(mark.at, frame_rate) if frame_rate else ""
        error = "" if mark.error_ms is None else f"{mark.error_ms:.3f}"
        table.writerow([f"{float(mark.at):.6f}", code, frame, mark.kind, mark.label, error])
    return out.getvalue()


def timecode(at: Seconds, frame_rate: Fraction) -> str:
    """SMPTE 12M timecode of the nearest frame: drop-frame (";") at 29.97 and 59.94, else frames within a second.

    >>> timecode(Fraction(3600), Fraction(30000, 1001))
    '01:00:00;00'
    """
    frame = max(0, round(at * frame_rate))
    if frame_rate in (Fraction(30000, 1001), Fraction(60000, 1001)):
        nominal = 30 if frame_rate < 31 else 60
        dropped = nominal // 15
        tens, rest = divmod(frame, nominal * 600 - 9 * dropped)
        minutes = max(0, (rest - dropped) // (nominal * 60 - dropped))
        return _clock(frame + dropped * (9 * tens + minutes), nominal, ";")
    if frame_rate.denominator == 1 or frame_rate == Fraction(24000, 1001):
        return _clock(frame, round(frame_rate), ":")
    whole = int(frame / frame_rate)  # an unusual rate: real seconds, frames counted from each
    first = -(-whole * frame_rate.numerator // frame_rate.denominator)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}:{frame - first:02d}"


def _clock(frame: int, nominal: int, separator: str) -> str:
    whole, part = divmod(frame, nominal)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{separator}{part:02d}"


def as_otio(
    marks: Sequence[Mark],
    title: str,
    duration: Seconds,
    frame_rate: Fraction | None,
    picture: str = "",
    sound: str = "mix.wav",
) -> str:
    """OpenTimelineIO JSON: the film and the mix, with the marks, at the film's exact rate (48 kHz without a film).

    `picture` and `sound` are file names relative to the timeline's folder; "" leaves the picture out.
    """
    from opentimelineio.opentime import RationalTime, TimeRange
    from opentimelineio.schema import Clip, ExternalReference, Marker, MarkerColor, Timeline, Track, TrackKind

    rate = frame_rate or Fraction(SAMPLE_RATE)

    def time(at: Seconds) -> Any:
        return RationalTime(round(at * rate), float(rate))

    whole = TimeRange(time(Fraction(0)), time(duration))
    timeline = Timeline(name=title or "Reelscore")
    timeline.global_start_time = time(Fraction(0))
    for name, kind, url in (("Picture", TrackKind.Video, picture), ("Music", TrackKind.Audio, sound)):
        if not url:
            continue
        track = Track(name=name, kind=kind)
        media = ExternalReference(target_url=url, available_range=whole)
        track.append(Clip(name=url, media_reference=media, source_range=whole))
        timeline.tracks.append(track)
    for mark in marks:
        colour = getattr(MarkerColor, _COLOURS[mark.kind])
        facts: dict[str, Any] = {"kind": mark.kind, "seconds": str(mark.at)}
        if mark.error_ms is not None:
            facts["error_ms"] = mark.error_ms
        at = TimeRange(time(mark.at), RationalTime(0, float(rate)))
        marker = Marker(name=mark.label, marked_range=at, color=colour, metadata={"reelscore": facts})
        timeline.tracks.markers.append(marker)
    return str(timeline.to_json_string(indent=1)) + "\n"
