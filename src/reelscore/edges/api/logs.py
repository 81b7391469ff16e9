"""What the server says of itself: one line a call, with the ids that belong together.

Into a file or a pipe as JSON, one object a line, for machines; on a terminal short and readable, and only what is out
of the ordinary. Neither tokens nor what people write is logged.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import MutableMapping
from typing import Any

import structlog
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reelscore.edges.api import metrics
from reelscore.edges.api.errors import unforeseen
from reelscore.edges.storage.ids import new_id

_PLAIN = structlog.dev.plain_traceback
QUIET = ("/healthz", "/readyz", "/metrics")


def set_up_once() -> None:
    """Where nobody set the log up (an application made by hand): as `set_up`, so that no fault is written down with the
    values that were at hand, tokens among them."""
    if not structlog.is_configured():
        _configure(False, logging.WARNING)


def set_up(as_json: bool | None = None, verbose: bool = False) -> None:
    """Log to standard error, as JSON unless it is a terminal; libraries' warnings likewise."""
    machine = not sys.stderr.isatty() if as_json is None else as_json
    shared, last = _configure(machine, logging.INFO if machine or verbose else logging.WARNING)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)


def _configure(machine: bool, level: int) -> tuple[list[Any], list[Any]]:
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso" if machine else "%H:%M:%S", utc=machine),
    ]
    last: list[Any] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if machine
        else [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=_PLAIN)]
    )
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    return shared, last


class RequestLog:
    """Outermost: gives every request an id, logs and counts how it went, and answers what nobody foresaw."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        request_id = new_id("req", 12)
        started = time.perf_counter()
        seen: dict[str, int] = {}

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
                message.setdefault("headers", [])
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
                seen["ms"] = round((time.perf_counter() - started) * 1000)
                metrics.answered(scope["method"], route_of(scope), message["status"], time.perf_counter() - started)
            await send(message)

        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request_id)
        try:
            await self.app(scope, receive, sending)
        except ClientDisconnect:
            seen.setdefault("status", 499)  # nobody is there to be answered
        except Exception:
            structlog.get_logger().exception("unforeseen", method=scope["method"], path=_shown(scope["path"]))
            if "status" not in seen:
                await unforeseen(request_id)(scope, receive, sending)
        self.tell(scope, seen)
        return None

    def tell(self, scope: MutableMapping[str, Any], seen: dict[str, int]) -> None:
        if scope["path"] in QUIET:
            return
        params = scope.get("path_params") or {}
        ids = {name: _shown(str(value)) for name, value in params.items() if name in ("session", "job", "message")}
        log = structlog.get_logger()
        say = log.warning if seen.get("status", 500) >= 500 else log.info
        say("call", method=scope["method"], path=_shown(scope["path"]), **seen, **ids)


def route_of(scope: MutableMapping[str, Any]) -> str:
    """The path as the route has it ("/v1/sessions/{session}"), so that there are few of them; "" for none."""
    route = scope.get("route")
    return str(getattr(route, "path", ""))


def _shown(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text[:200])
