"""What stands before every call: who may ask from where, how much may be sent, what a browser may do with an answer.

A server for one person asks for no token, so anything that reaches it counts as that person. Two kinds of pages of
others could: one that has its own name point here (DNS rebinding: the Host header is then a foreign name), and one
that sends requests from the person's browser (the Origin or Sec-Fetch-Site header tells). Both are refused. With
accounts or an access token nothing comes in unasked, and pages elsewhere may use their tokens if `origins` names them.

Written as plain ASGI: a stream must pass through byte by byte.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reelscore.edges.api.errors import RefusedError, answer
from reelscore.edges.api.limits import Limits
from reelscore.edges.settings import Settings
from reelscore.errors import ReelscoreError, TooLargeError

BODY_BYTES = 4_000_000  # of a call that is no upload
BODY_S = 30.0  # within which such a body must have come
UPLOADS = re.compile(r"/v1/sessions/[^/]+/media|/v1/uploads(/.*)?|/v1/score|/api/upload-video/.*|/files/upload")
WATCHED = ("/healthz", "/readyz", "/metrics")  # asked by machines that watch
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_PAGE = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": _PAGE,
}


class Guard:
    """The first to see a request, the last to see its answer."""

    def __init__(self, app: ASGIApp, settings: Settings, limits: Limits | None = None) -> None:
        self.app = app
        self.limits = limits or Limits(settings)
        self.open = settings.accounts or bool(settings.access_token)  # tokens keep strangers out
        self.hosts = _hosts(settings)
        self.any_host = self.open and not settings.hosts
        self.origins = set(settings.origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        try:
            self.check(scope, headers := Headers(scope=scope))
            self.count(scope, headers)
        except ReelscoreError as error:
            return await refuse(error, scope, receive, send)
        if scope["type"] == "websocket":
            return await self.app(scope, receive, send)
        limited = receive if _is_upload(scope["path"], headers) else _Limited(receive)
        if isinstance(limited, _Limited) and _announced(scope) > BODY_BYTES:
            return await refuse(too_large(), scope, receive, _with_headers(send))
        return await self.app(scope, limited, _with_headers(send))

    def check(self, scope: Scope, headers: Headers) -> None:
        """Raises RefusedError for a foreign Host, or a foreign page."""
        if "\x00" in scope["path"] or b"%00" in scope.get("query_string", b""):
            raise RefusedError(400, 400, "The address holds a NUL character.", "Leave it out.", "bad_request")
        host = headers.get("host", "")
        if not self.any_host and _name(host) not in self.hosts:
            hint = "Open it as http://localhost or 127.0.0.1, or name further hosts with REELSCORE_HOSTS."
            raise RefusedError(
                403, 403, f'This server does not answer to the name "{host[:100]}".', hint, "foreign_host"
            )
        if self.open:
            return
        origin = headers.get("origin")
        if origin is not None:
            own = urlsplit(origin).netloc.lower() == host.lower() and origin.startswith(("http://", "https://"))
            if not own and origin not in self.origins:
                raise _foreign(origin)
        elif headers.get("sec-fetch-site") == "cross-site":
            followed = headers.get("sec-fetch-mode") == "navigate" and scope.get("method") in ("GET", "HEAD")
            if not followed:  # a link that is clicked may lead here
                raise _foreign("another page")

    def count(self, scope: Scope, headers: Headers) -> None:
        """Raises LimitError where too many calls come with this token, or from this address whatever the token."""
        if scope["path"] in WATCHED:
            return
        address = (scope.get("client") or ("", 0))[0]
        self.limits.call(f"from {address}", 10)
        token = headers.get("authorization", "")
        self.limits.call(hashlib.sha256(token.encode()).hexdigest() if token else f"guest {address}")


def too_large() -> TooLargeError:
    return TooLargeError(f"The request has more than {BODY_BYTES // 1_000_000} MB.", "Send media as an upload.")


async def refuse(error: ReelscoreError, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with this error; a web socket is closed before it opens."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": error.message[:100]})
        return
    await answer(error)(scope, receive, send)


class _Limited:
    """A request's body, at most so large and so slow. What comes behind counts as the client having left."""

    def __init__(self, receive: Receive) -> None:
        self.receive, self.bytes, self.whole = receive, 0, False

    async def __call__(self) -> Message:
        if self.whole:
            return await self.receive()  # waits for the client to leave
        try:
            message = await asyncio.wait_for(self.receive(), BODY_S)
        except TimeoutError:
            raise RefusedError(408, 408, "The request did not come to its end.", "Send it again.", "timeout") from None
        if message["type"] == "http.request":
            self.bytes += len(message.get("body", b""))
            self.whole = not message.get("more_body", False)
            if self.bytes > BODY_BYTES:
                raise too_large()
        return message


def _is_upload(path: str, headers: Headers) -> bool:
    """Whether the route itself bounds what comes, as it streams."""
    return bool(UPLOADS.fullmatch(path)) and not headers.get("content-type", "").lower().startswith("application/json")


def _announced(scope: Scope) -> int:
    said = Headers(scope=scope).get("content-length", "")
    return int(said[:20]) if said.isascii() and said.isdigit() else 0


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sending


def _hosts(settings: Settings) -> set[str]:
    own = {settings.host.lower().strip("[]")} - {"0.0.0.0", "::", ""}
    public = _name(urlsplit(settings.public_url).netloc) if settings.public_url else ""
    return {*_LOOPBACK, *own, *(name.lower() for name in settings.hosts), public} - {""}


def _name(host: str) -> str:
    """A Host header without its port."""
    host = host.lower().rstrip(".")
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _foreign(origin: str) -> RefusedError:
    hint = "Use the server's own page, or a client that is no browser; REELSCORE_ORIGINS allows pages by name."
    return RefusedError(403, 403, f'Requests from "{origin[:100]}" are not taken.', hint, "foreign_origin")
