"""What the description of the interface says beyond the types: tags, names of operations, the errors of every call."""

from __future__ import annotations

import re
import threading
import warnings
from typing import Annotated, Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
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


_PLACE = "#/components/schemas/{model}"
_ENVELOPE = {"schema": {"$ref": _PLACE.format(model="Envelope")}}
FAULTS: dict[int, str] = {
    400: "The request or the edit cannot be carried out; the message says why",
    401: "No token, or one that does not count any more (code 1001)",
    402: "Too few credits (code 2001), or not in this plan",
    403: "Not with this token, or not from this page",
    404: "There is no such thing, or it is somebody else's (code 1002)",
    409: "Somebody else's change came first; the message shows the state as it is",
    413: "Too large (code 4002)",
    415: "A type of file that is not taken (code 4001)",
    429: "Too much at once; Retry-After says when to come again",
    503: "The database or the store does not answer now; come again",
    500: "Something nobody foresaw; the log has it under X-Request-Id",
}


def install(app: FastAPI) -> None:
    """Describe the application when asked, once."""

    def described() -> dict[str, Any]:
        with lock:
            if app.openapi_schema is None:
                app.openapi_schema = _described(app)
        return app.openapi_schema

    lock = threading.Lock()
    app.openapi = described  # type: ignore[method-assign]


def _described(app: FastAPI) -> dict[str, Any]:
    """The framework's description with our errors in the place of its own, and stable names of operations."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # names that are there twice are made different below
        made = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes, tags=TAGS
        )
    shapes = made.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        shapes.pop(unused, None)
    shapes |= {"Envelope": Envelope.model_json_schema(ref_template=_PLACE), "Fault": Fault.model_json_schema()}
    shapes["Envelope"].pop("$defs", None)
    seen: set[str] = set()
    for path, operations in made.get("paths", {}).items():
        for method, operation in operations.items():
            operation["operationId"] = _name(path, method, operation, seen)
            answers = operation.setdefault("responses", {})
            answers.pop("422", None)
            for status, told in FAULTS.items():
                answers.setdefault(str(status), {"description": told, "content": {"application/json": _ENVELOPE}})
    return made


def _name(path: str, method: str, operation: dict[str, Any], seen: set[str]) -> str:
    """ "sessions_create": the tag and what is done, stable for generated clients."""
    tag = (operation.get("tags") or ["reelscore"])[0]
    name = f"{tag}_{re.sub(r'[^a-z0-9]+', '_', operation.get('summary', method).lower()).strip('_')}"
    if name in seen:
        name = f"{name}_{method}_{re.sub(r'[^a-z0-9]+', '_', path.lower()).strip('_')}"
    seen.add(name)
    return name
