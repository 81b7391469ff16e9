"""What the description of the interface says beyond the types: tags, names of operations, the errors of every call."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field

DESCRIPTION = """Say what you want of a video and its music; it is done.

Make a session, upload media into it, post a message. Short ones are answered at once; work that takes longer becomes a
job whose events you can follow. Every answer that is no success has the same envelope and says what to do."""

TAGS: list[dict[str, Any]] = [
    {"name": "sessions", "description": "One conversation, one timeline, its media."},
    {"name": "messages", "description": "Say it, and it is done. Also: typed edits, and what a message would mean."},
    {"name": "events", "description": "What happens, as it happens (server-sent events)."},
    {"name": "versions", "description": "Every edit is a version; none is lost."},
    {"name": "media", "description": "Files of a session."},
    {"name": "exports", "description": "Films and tracks made of a timeline."},
    {"name": "orders", "description": "Music in one call, without a conversation."},
    {"name": "jobs", "description": "Work under way."},
    {"name": "batch", "description": "Many files and instructions in one call."},
    {"name": "accounts", "description": "Tokens, sign-up, credits. Off when a server serves one person."},
    {"name": "webhooks", "description": "Calls to you when a job ends."},
    {"name": "catalogue", "description": "What there is to ask for."},
    {"name": "nemo", "description": "The same service in the Nemo protocol."},
    {"name": "health", "description": "For whoever watches the server."},
]


class Fault(BaseModel):
    """What went wrong, and what to do."""

    name: Annotated[str, Field(examples=["not_found"])]
    hint: Annotated[str, Field(examples=["List them with GET /v1/sessions."])]
    candidates: Annotated[list[str], Field(examples=[[]])]


class Envelope(BaseModel):
    """Every answer that is no success."""

    code: Annotated[int, Field(examples=[1002])]
    message: Annotated[str, Field(examples=['There is no session "7".'])]
    data: None = None
    error: Fault


FAULTS: dict[int | str, dict[str, Any]] = {
    400: {"model": Envelope, "description": "The request or the edit cannot be carried out; the message says why"},
    401: {"model": Envelope, "description": "No token, or one that does not count any more (code 1001)"},
    402: {"model": Envelope, "description": "Too few credits (code 2001), or not in this plan"},
    403: {"model": Envelope, "description": "Not with this token, or not from this page"},
    404: {"model": Envelope, "description": "There is no such thing, or it is somebody else's (code 1002)"},
    409: {"model": Envelope, "description": "Somebody else's change came first; the message shows the state as it is"},
    413: {"model": Envelope, "description": "Too large (code 4002)"},
    415: {"model": Envelope, "description": "A type of file that is not taken (code 4001)"},
    429: {"model": Envelope, "description": "Too much at once; Retry-After says when to come again"},
    503: {"model": Envelope, "description": "The database or the store does not answer now; come again"},
    500: {"model": Envelope, "description": "Something nobody foresaw; the log has it under X-Request-Id"},
}


def operation_id(route: APIRoute) -> str:
    """ "sessions_create": the tag and the function's name, stable for generated clients."""
    tag = str(route.tags[0]) if route.tags else "reelscore"
    return re.sub(r"\W", "_", f"{tag}_{route.name}")


def install(app: FastAPI) -> None:
    """Serve the description without the framework's own validation error: ours is the envelope."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(
                title=app.title, version=app.version, description=app.description, routes=app.routes, tags=TAGS
            )
            for path in made.get("paths", {}).values():
                for operation in path.values():
                    operation.get("responses", {}).pop("422", None)
            for unused in ("HTTPValidationError", "ValidationError"):
                made.get("components", {}).get("schemas", {}).pop(unused, None)
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]
