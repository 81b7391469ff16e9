"""One envelope for everything that goes wrong: what happened, the value seen, what to do.

    {"code": 1002, "message": "There is no session \\"7\\".", "data": null,
     "error": {"name": "not_found", "hint": "List them with GET /v1/sessions.", "candidates": []}}

`code` is the Nemo protocol's where it has one (1001 token, 1002 not there, 2001 credits, 4001 type, 4002 size), else
the HTTP status. What nobody foresaw is logged with the request's id, and only that id is told. Messages come in Chinese
where the client prefers it and the error knows them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from reelscore.edges.api import faults
from reelscore.errors import (
    BriefError,
    CancelledError,
    ConflictError,
    CreditsError,
    DataError,
    EditError,
    EncoderError,
    LimitError,
    MediaError,
    NotAllowedError,
    NotFoundError,
    OutputError,
    ReelscoreError,
    TooLargeError,
    UnauthorisedError,
    UnavailableError,
    UnsupportedError,
)

_LONGEST = 2_000  # letters of a message; what a client sent is not sent back without end


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of error is answered."""

    name: str
    status: int
    code: int


KINDS: tuple[tuple[type[ReelscoreError], Kind], ...] = (  # the first that fits
    (ConflictError, Kind("conflict", 409, 409)),
    (EditError, Kind("edit", 400, 400)),
    (BriefError, Kind("brief", 400, 400)),
    (MediaError, Kind("media", 400, 400)),
    (DataError, Kind("data", 400, 400)),
    (OutputError, Kind("output", 400, 400)),
    (EncoderError, Kind("encoder", 500, 500)),
    (CancelledError, Kind("cancelled", 409, 409)),
    (NotFoundError, Kind("not_found", 404, 1002)),
    (UnsupportedError, Kind("unsupported", 415, 4001)),
    (TooLargeError, Kind("too_large", 413, 4002)),
    (UnauthorisedError, Kind("unauthorised", 401, 1001)),
    (NotAllowedError, Kind("not_allowed", 403, 403)),
    (CreditsError, Kind("credits", 402, 2001)),
    (UnavailableError, Kind("unavailable", 503, 503)),
    (LimitError, Kind("limit", 429, 429)),
    (ReelscoreError, Kind("error", 400, 400)),
)
_STATUSES = {
    400: ("bad_request", "The request cannot be read.", "See /docs for what is expected."),
    404: ("not_found", "There is nothing at this address.", "See /docs for the addresses there are."),
    405: ("method_not_allowed", "This address does not take this method.", "See /docs for those it takes."),
    406: ("not_acceptable", "This is not given in that format.", "See /docs."),
    413: ("too_large", "The request is too large.", "Send less at once."),
    415: ("unsupported", "Bodies of this type are not taken here.", "Send application/json."),
}


class RefusedError(ReelscoreError):
    """An answer with a status and a code of its own, where a protocol wants them so."""

    def __init__(self, status: int, code: int, message: str, hint: str = "", name: str = "refused") -> None:
        super().__init__(message, hint)
        self.status, self.code, self.name = status, code, name


def envelope(code: int, message: str, name: str, hint: str = "", candidates: Iterable[str] = ()) -> dict[str, object]:
    """The body of every answer that is no success."""
    told = {"name": name, "hint": _plain(hint), "candidates": [_plain(c) for c in candidates][:20]}
    return {"code": code, "message": _plain(message), "data": None, "error": told}


def kind_of(error: ReelscoreError) -> Kind:
    """How this error is answered."""
    if isinstance(error, RefusedError):
        return Kind(error.name, error.status, error.code)
    return next(kind for family, kind in KINDS if isinstance(error, family))


def answer(error: ReelscoreError, language: str = "en") -> JSONResponse:
    """The response that tells this error."""
    kind = kind_of(error)
    message, hint, candidates = error.message, error.hint, tuple[str, ...]()
    if isinstance(error, EditError):
        candidates = error.chinese_candidates if language == "zh" else error.candidates
        message, hint = (error.chinese, "") if language == "zh" else (message, hint)
    headers = {"Retry-After": str(error.retry_after_s)} if isinstance(error, LimitError) else {}
    if kind.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(envelope(kind.code, message, kind.name, hint, candidates), kind.status, headers)


def unforeseen(request_id: str) -> JSONResponse:
    """What a client is told when nobody knows what went wrong."""
    hint = f'Try again. If it goes on, look for "{request_id}" in the server\'s log.'
    return JSONResponse(envelope(500, "Something went wrong on the server.", "internal", hint), 500)


def install(app: FastAPI) -> None:
    """Answer every error of this app in the envelope."""

    @app.exception_handler(ReelscoreError)
    async def _foreseen(request: Request, error: Exception) -> Response:
        assert isinstance(error, ReelscoreError)
        if kind_of(error).status >= 500:
            structlog.get_logger().error("failed", error=str(error))
        return answer(error, language_of(request.headers.get("accept-language", "")))

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return JSONResponse(envelope(400, *faults.told(error.errors(), request.headers.get("content-type", ""))), 400)

    @app.exception_handler(HTTPException)
    async def _plain_status(_: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if isinstance(error.__cause__, ReelscoreError):  # refused while its body was read
            return answer(error.__cause__)
        name, message, hint = _STATUSES.get(error.status_code, ("error", str(error.detail), ""))
        body = envelope(error.status_code, message, name, hint)
        return JSONResponse(body, error.status_code, dict(error.headers or {}))


def language_of(accepted: str) -> str:
    """ "zh" where a client's Accept-Language names it first, else "en"."""
    return "zh" if accepted.strip().lower().startswith("zh") else "en"


def _plain(text: str) -> str:
    """Fit for JSON and one line of a log: no control characters, no lone surrogates, not endless."""
    clean = "".join(c if c.isprintable() or c == "\n" else " " for c in text[:_LONGEST])
    return clean.encode("utf-8", "replace").decode("utf-8")
