"""Where a render is, in all three shapes that were published for it at once, so that every client finds its own.

    {"code": 0, "success": true, "id": "render_1", "taskId": "render_1", "status": "completed", "progress": 100,
     "output": {"url": "..", "duration": 30.5, "size": 15728640}, "outputUrl": "..", "data": {the same again}, ...}

Clients know four states: pending, processing, completed, failed. A render that was cancelled is a failed one that says
so (`cancelled`). Progress is 5 when a render waits and reaches 100 only with the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

STATES = {
    "queued": "pending",
    "running": "processing",
    "completed": "completed",
    "failed": "failed",
    "cancelled": "failed",
}
_FIRST, _ALMOST = 5, 99


@dataclass(frozen=True, slots=True)
class Film:
    """A render as its client asked for it. `result`: blob, filename, duration, size, width, height; times in
    milliseconds."""

    id: str
    state: str  # of a job: queued, running, completed, failed, cancelled
    progress: float  # 0 to 1
    created_at: int
    ended_at: int | None
    stage: str = ""
    result: Mapping[str, Any] | None = None
    error: Mapping[str, Any] | None = None
    url: str = ""
    job: str = ""


def percent(state: str, progress: float) -> int:
    if state == "completed":
        return 100
    return min(_ALMOST, max(_FIRST, round(100 * progress)))


def status(film: Film) -> dict[str, Any]:
    """The answer to "where is my render?"."""
    told: dict[str, Any] = {
        "id": film.id,
        "taskId": film.id,
        "status": STATES.get(film.state, "processing"),
        "progress": percent(film.state, film.progress),
        "stage": film.stage,
        "output": _output(film),
        "outputUrl": film.url or None,
        "createdAt": film.created_at,
        "completedAt": film.ended_at if film.state == "completed" else None,
        "error": _fault(film),
        "cancelled": film.state == "cancelled",
        "job": film.job,
    }
    return {"code": 0, "success": True, "message": "ok", **told, "data": told}


def _output(film: Film) -> dict[str, Any] | None:
    if film.result is None or not film.url:
        return None
    known = {key: film.result[key] for key in ("duration", "size", "width", "height", "filename") if key in film.result}
    return {"url": film.url, **known}


def _fault(film: Film) -> str | None:
    if film.state == "cancelled":
        return "The render was cancelled. Ask for it again with a new id."
    if film.state != "failed":
        return None
    said = " ".join(str((film.error or {}).get(key) or "") for key in ("message", "hint")).strip()
    return said or "The render failed. Ask for it again with a new id."
