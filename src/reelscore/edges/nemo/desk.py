"""What every route of this dialect begins with: who calls, on whose store, for which session.

A session that is not there and one of somebody else are the same to a caller. "me" in an address is the caller; the
caller's own id means the same. With accounts off there is one person, whatever the address calls them.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog
from fastapi import Depends, Request
from prometheus_client import Counter
from sqlalchemy import Connection

from reelscore.edges.api import downloads, metrics
from reelscore.edges.api.auth import Caller, caller
from reelscore.edges.nemo.attribution import Attribution, attribution
from reelscore.edges.nemo.bodies import APP, session_name
from reelscore.edges.nemo.shapes import FileRow
from reelscore.edges.settings import Settings
from reelscore.edges.storage import media, sessions
from reelscore.edges.storage.media import StoredMedia
from reelscore.edges.storage.sessions import Session
from reelscore.errors import NotFoundError

if TYPE_CHECKING:
    from reelscore.edges.storage.store import Store

KNOWN = (  # skills that are counted by name; all others are "other"
    "music-creator-ai", "automatic-music-generator", "generator-from-music", "video-music-generator",
    "music-generator-free", "nemovideo-tools", "reelscore",
)  # fmt: skip
_PLATFORMS = ("clawhub", "cursor", "claude_code", "terminal", "unknown")
CALLS = Counter(
    "reelscore_skill_calls", "Calls of the chat protocol.", ("skill", "platform"), registry=metrics.REGISTRY
)


@dataclass(frozen=True, slots=True)
class Desk:
    """A caller at the service."""

    store: Store
    settings: Settings
    who: Caller
    told: Attribution

    def session(self, tx: Connection, name: str, lock: bool = False) -> Session:
        """The caller's session of this id. Raises NotFoundError."""
        if not session_name(name):
            raise no_session(name)
        try:
            return sessions.load(tx, name, self.who.account, lock=lock)
        except NotFoundError:
            raise no_session(name) from None

    def project(self, tx: Connection, name: str) -> Session:
        """The caller's session of this project. Raises NotFoundError."""
        if not session_name(name):
            raise NotFoundError(f'There is no project "{name[:40]}".', "List them with GET /projects.")
        return sessions.by_project(tx, name, self.who.account)

    def mine(self, app: str, user: str) -> None:
        """Raises NotFoundError where the address names another agent, or somebody else."""
        if app != APP:
            raise NotFoundError(f'There is no agent "{app[:40]}".', f'The agent here is "{APP}".')
        if not self.who.local and user not in ("me", self.who.account):
            raise NotFoundError(f'There is no user "{user[:40]}" that this token is for.', 'Use "me".')

    def link(self, blob: str, filename: str) -> str:
        """Where a file can be fetched for some days, without a token."""
        return downloads.link(self.store, blob, filename)

    def files(self, tx: Connection, session: str) -> list[tuple[StoredMedia, FileRow]]:
        """The session's files, in order of arrival."""
        return [(stored, self.row(stored)) for stored in media.media(tx, session)]

    def row(self, stored: StoredMedia) -> FileRow:
        url = self.link(stored.blob, stored.filename)
        return FileRow(stored.medium, stored.filename, stored.size, url, stored.origin, stored.created_at)


def no_session(name: str) -> NotFoundError:
    shown = "".join(c if c.isprintable() else " " for c in name[:40])
    return NotFoundError(f"Session not found: {shown}", "Create one first.")


def desk(*scopes: str) -> Callable[..., Coroutine[Any, Any, Desk]]:
    """A dependency: the caller, who must have these scopes; counted and logged with the skill that calls."""

    authorised = Depends(caller(*scopes))  # a default, as an annotation could not be read from outside

    async def at_desk(request: Request, who: Caller = authorised) -> Desk:
        state = request.app.state
        told = attribution(request.headers)
        state.limits.call(who.account)
        count(told)
        return Desk(state.store, state.settings, who, told)

    return at_desk


def count(told: Attribution) -> None:
    """One call of a skill, for the metrics and the log."""
    if told.source or told.platform:
        skill = told.source if told.source in KNOWN else "other"
        CALLS.labels(skill, told.platform if told.platform in _PLATFORMS else "other").inc()
        structlog.contextvars.bind_contextvars(skill=told.source, skill_version=told.version, platform=told.platform)
