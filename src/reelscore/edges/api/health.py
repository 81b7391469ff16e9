"""Is it alive, is it ready, how is it doing: for whoever watches the server."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy import select

from reelscore.edges.api import metrics
from reelscore.edges.settings import Settings
from reelscore.edges.storage.ids import now_ms
from reelscore.edges.storage.tables import leases, sessions

if TYPE_CHECKING:
    from reelscore.edges.storage.store import Store

router = APIRouter(tags=["health"])


class Part(BaseModel):
    """One thing looked at."""

    name: Annotated[str, Field(examples=["database"])]
    ok: bool
    detail: Annotated[str, Field(examples=["sqlite, 0.4 ms"])]


class Ready(BaseModel):
    """Whether work can be done now, and what is missing."""

    ok: bool
    parts: list[Part]


@router.get("/healthz", response_model=None)
async def alive() -> dict[str, bool]:
    """Answered as long as the process lives."""
    return {"ok": True}


@router.get("/readyz", response_model=Ready, responses={503: {"model": Ready, "description": "Something is missing"}})
def ready(request: Request) -> Response:
    """The database, the blob store, the encoder, the words that messages are read with, and a live worker for every
    queue."""
    loaded = request.app.state.loaded.is_set()
    words = Part(name="words", ok=loaded, detail="loaded" if loaded else "still loading: a few seconds")
    parts = [*looked_at(request.app.state.store, request.app.state.settings), words]
    whole = Ready(ok=all(part.ok for part in parts), parts=parts)
    return JSONResponse(whole.model_dump(), 200 if whole.ok else 503)


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def figures(request: Request) -> Response:
    """Counts and times in the Prometheus text format."""
    return Response(metrics.page(request.app.state.store.database), media_type=metrics.CONTENT_TYPE)


def looked_at(store: Store, settings: Settings) -> list[Part]:
    """Everything that work needs."""

    def database() -> str:
        with store.database.read() as tx:
            tx.execute(select(sessions.c.id).limit(1)).first()
        return str(store.database.url.get_backend_name())

    def blobs() -> str:
        store.blobs.exists("0" * 64)
        return settings.blobs_url.partition(":")[0]

    def encoder() -> str:
        import imageio_ffmpeg

        place = imageio_ffmpeg.get_ffmpeg_exe()
        if not os.access(place, os.X_OK):
            raise OSError(f"{place} cannot be run")
        return _encoder_version()

    return [
        _looked("database", database),
        _looked("blobs", blobs),
        _looked("encoder", encoder),
        *_workers(store, settings),
    ]


@cache
def _encoder_version() -> str:
    import imageio_ffmpeg

    return str(imageio_ffmpeg.get_ffmpeg_version())


def _workers(store: Store, settings: Settings) -> list[Part]:
    try:
        with store.database.read() as tx:
            rows = tx.execute(select(leases.c.queues).where(leases.c.expires_at > now_ms())).scalars().all()
    except Exception:
        return [Part(name="workers", ok=False, detail="unknown while the database does not answer")]
    alive = metrics.live_queues(list(rows))
    return [
        Part(name=f"worker:{queue}", ok=alive.get(queue, 0) > 0, detail=f"{alive.get(queue, 0)} alive")
        for queue in settings.queues
    ]


def _looked(name: str, look: Callable[[], str]) -> Part:
    started = time.perf_counter()
    try:
        detail = look()
    except Exception as fault:  # whatever it is, the part does not work; the log has the rest
        import structlog

        structlog.get_logger().warning("not ready", part=name, error=str(fault)[:500])
        return Part(name=name, ok=False, detail=f"does not answer ({type(fault).__name__})")
    return Part(name=name, ok=True, detail=f"{detail}, {(time.perf_counter() - started) * 1000:.1f} ms")
