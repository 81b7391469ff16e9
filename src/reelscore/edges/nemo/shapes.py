"""A session as clients of the protocol read it: its files, what was seen in them, what was made, what it is shown on.

Lengths are seconds (the draft's are milliseconds, as the protocol has them), `hash` is the hex SHA-256 of a file's
bytes; what was not published is ours and only adds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import Any

from reelscore.values.reading import Reading
from reelscore.values.time import Span
from reelscore.values.timeline import Canvas, Media, Timeline

Plain = dict[str, Any]
_MOST = 500  # shots, spans and beats of one file that are told


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a session: what it is, what it was called, and where it can be fetched."""

    medium: Media
    filename: str
    size: int
    url: str
    origin: str = "uploaded"  # or composed
    created_at: int = 0


def file_entry(row: FileRow) -> Plain:
    """A file as an upload answers it and `video_infos` lists it."""
    medium = row.medium
    return {
        "filename": row.filename,
        "file_type": medium.kind,
        "cdn_url": row.url,
        "duration": seconds(medium.duration),
        "width": medium.width,
        "height": medium.height,
        "fps": rate(medium.frame_rate),
        "hash": medium.id.removeprefix("sha256:"),
        "size": row.size,
        "has_audio": medium.has_sound,
        "id": medium.id,
    }


def made_entry(row: FileRow) -> Plain:
    """Composed music as `generated_media` lists it."""
    return {**file_entry(row), "type": "music", "url": row.url, "title": row.medium.name, "created_at": row.created_at}


def film_entry(status: Plain, filename: str) -> Plain:
    """A finished render as `generated_media` lists it; `status` is its render status."""
    output = status.get("output") or {}
    return {
        "type": "render", "file_type": "video", "filename": filename, "id": status["id"], "url": output.get("url", ""),
        "cdn_url": output.get("url", ""), "duration": output.get("duration"), "size": output.get("size"),
        "created_at": status.get("completedAt"),
    }  # fmt: skip


def canvas_config(canvas: Canvas) -> Plain:
    """What everything is shown on."""
    common = gcd(canvas.width, canvas.height) or 1
    return {
        "width": canvas.width, "height": canvas.height, "fps": rate(canvas.frame_rate),
        "background": canvas.background, "ratio": f"{canvas.width // common}:{canvas.height // common}",
    }  # fmt: skip


def ready_for_export(timeline: Timeline) -> bool:
    """Whether a track holds anything."""
    return any(True for _ in timeline.placed())


def analysis(reading: Reading, filename: str) -> Plain:
    """What was seen and heard in a file."""
    told: Plain = {"filename": filename, "duration": seconds(reading.info.duration), "notes": list(reading.notes)}
    if (video := reading.video) is not None:
        shots = [
            {**span(shot.span), "opening": shot.opening, "motion": round(shot.motion, 3)}
            for shot in video.shots[:_MOST]
        ]
        told |= {
            "shot_count": len(video.shots), "shots": shots, "cuts": [shot["start"] for shot in shots[1:]],
            "motion": mean(video.subject_motion), "brightness": mean(video.brightness),
            "mood": {"arousal": mean(video.arousal), "valence": mean(video.valence)},
        }  # fmt: skip
    if (audio := reading.audio) is not None:
        told |= {
            "silent": audio.silent, "loudness_lufs": finite(audio.loudness_lufs), "bpm": finite(audio.bpm) or None,
            "speech": [span(part) for part in audio.speech[:_MOST]],
            "music": [span(part) for part in audio.music[:_MOST]],
        }  # fmt: skip
    return told


def span(value: Span) -> Plain:
    return {"start": seconds(value.start), "end": seconds(value.end)}


def seconds(value: Fraction) -> float:
    return round(float(value), 3)


def rate(value: Fraction | None) -> float | int:
    """Frames a second: 30, 29.97."""
    if value is None:
        return 0
    return int(value) if value.denominator == 1 else round(float(value), 3)


def finite(value: float) -> float | None:
    return round(value, 2) if -1e9 < value < 1e9 else None


def mean(curve: Sequence[float]) -> float | None:
    return round(sum(curve) / len(curve), 3) if curve else None
