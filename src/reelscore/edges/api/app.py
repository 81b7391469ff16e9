"""The server as one application: what stands before it, what it answers to, in which order.

`create_app(store, settings)` makes it; nothing runs before it is served. Endpoints that use the database are plain
functions (they run in threads), streams are coroutines. `request.app.state` holds `store` and `settings`.
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from anyio import to_thread
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.cors import CORSMiddleware

from reelscore.catalogue import version
from reelscore.edges.api import catalogue, docs_page, errors, health, logs, openapi
from reelscore.edges.api.guard import Guard
from reelscore.edges.api.limits import Limits
from reelscore.edges.api.logs import RequestLog
from reelscore.edges.settings import Settings

if TYPE_CHECKING:
    from reelscore.edges.storage.store import Store

_THREADS = 16  # that answer calls; the database serves no more of them at once
_PARTS = (  # further modules with a router, in the order they are asked
    "api.sessions", "api.messages", "api.streams", "api.versions", "api.media", "api.exports", "api.orders", "api.jobs",
    "api.batch", "api.auth", "api.accounts", "api.uploads", "api.by_url", "api.downloads", "api.webhooks",
    "nemo.routes",
)  # fmt: skip


def create_app(store: Store, settings: Settings) -> FastAPI:
    """The whole HTTP interface over this store."""
    logs.set_up_once()
    app = FastAPI(
        title="Reelscore", version=version(), lifespan=_lifespan, docs_url=None, redoc_url=None,
        openapi_url="/openapi.json", openapi_tags=openapi.TAGS, description=openapi.DESCRIPTION,
        redirect_slashes=False,
    )  # fmt: skip
    app.state.store, app.state.settings = store, settings
    app.state.limits = Limits(settings)
    for router in (*_routers(), health.router, catalogue.router, docs_page.router):
        _add(app, router)
    errors.install(app)
    openapi.install(app)
    if settings.origins:
        app.add_middleware(
            CORSMiddleware, allow_origins=list(settings.origins), allow_methods=["*"], allow_headers=["*"],
            expose_headers=["ETag", "Location", "X-Request-Id"], max_age=600,
        )  # fmt: skip
    app.add_middleware(Guard, settings=settings, limits=app.state.limits)
    app.add_middleware(RequestLog)
    return app


def _add(app: FastAPI, router: APIRouter) -> None:
    """The router's routes as the application's own: one look at a path finds its route. Routers inside routers are
    included as the framework does it, which looks through them one by one."""
    if all(isinstance(route, APIRoute) for route in router.routes):
        app.router.routes.extend(router.routes)
    else:
        app.include_router(router)


def _routers() -> list[APIRouter]:
    found = []
    for part in _PARTS:
        name = f"reelscore.edges.{part}"
        if find_spec(name) is not None:
            router = getattr(import_module(name), "router", None)
            found += [router] if isinstance(router, APIRouter) else [router()] if callable(router) else []
    return found


def _warm(app: FastAPI) -> None:
    """Make what the first calls would wait for."""
    from reelscore import conversing

    conversing.warm()
    app.openapi()


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    to_thread.current_default_thread_limiter().total_tokens = _THREADS
    threading.Thread(target=_warm, args=(app,), daemon=True).start()
    yield
    app.state.limits.close()
