"""Who calls: a token becomes a Caller, and a route says which scopes it needs.

    @router.get("/v1/sessions")
    def sessions(who: Annotated[Caller, Depends(caller("read"))]) -> ...

A token comes in the header `Authorization: Bearer TOKEN` and never in an address, where logs and histories would keep
it. With accounts off everybody is the one local person; with an access token set, who sends it is. What belongs to
somebody else is answered as if it were not there: storage asks for the caller's account with every id.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import update
from starlette.concurrency import run_in_threadpool

from reelscore.edges.accounts.opening import LOCAL, ensure_local, is_local_ready
from reelscore.edges.accounts.plans import ALL, SCOPES, Plan, plan
from reelscore.edges.accounts.tokens import found
from reelscore.edges.settings import Settings
from reelscore.edges.storage.ids import now_ms
from reelscore.edges.storage.tables import tokens
from reelscore.errors import NotAllowedError, UnauthorisedError

if TYPE_CHECKING:
    from reelscore.edges.storage.store import Store

_USED_EVERY_MS = 3600 * 1000  # when a token was last used is known to the hour
_BEARER = HTTPBearer(auto_error=False, description="A token of an account, or the server's access token.")


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose request this is, and what it may do. `token`: id of the token shown, "" where none is needed."""

    account: str
    scopes: frozenset[str]
    plan: Plan
    local: bool = False
    kind: str = "registered"  # registered, anonymous, local
    token: str = ""

    def may(self, scope: str) -> bool:
        return scope in self.scopes or ALL in self.scopes

    @property
    def lacking(self) -> tuple[str, ...]:
        """The scopes that the token does not have."""
        return tuple(scope for scope in SCOPES if not self.may(scope))


def authenticate(store: Store, settings: Settings, token: str | None) -> Caller:
    """Who shows this token. Raises UnauthorisedError."""
    if not settings.accounts:
        if settings.access_token and not _same(token or "", settings.access_token):
            raise UnauthorisedError(
                "This server needs its access token." if not token else "That is not the access token of this server.",
                "Send the header Authorization: Bearer TOKEN.",
            )
        account = ensure_local(store, settings)
        return Caller(account, frozenset({ALL}), plan(settings, LOCAL), local=True, kind=LOCAL)
    if not token:
        raise UnauthorisedError(
            "No token came with the request.",
            "Send the header Authorization: Bearer TOKEN; POST /api/auth/anonymous-token gives one to guests.",
        )
    with store.database.read() as tx:
        row = found(tx, token)._mapping
    if row["used_at"] is None or row["used_at"] < now_ms() - _USED_EVERY_MS:
        with store.database.write() as tx:
            tx.execute(update(tokens).where(tokens.c.id == row["id"]).values(used_at=now_ms()))
    of = plan(settings, row["plan"])
    return Caller(row["account"], frozenset(row["scopes"].split()), of, kind=row["kind"], token=row["id"])


def allow(who: Caller, *scopes: str) -> Caller:
    """The caller again, if the token covers these scopes. Raises NotAllowedError."""
    for scope in scopes:
        if not who.may(scope):
            hint = "Use a token that has it." if who.kind != "anonymous" else "Sign up for an account that has it."
            needed = "all scopes (*)" if scope == ALL else f'the scope "{scope}"'
            raise NotAllowedError(f"This needs {needed}; the token has: {' '.join(sorted(who.scopes))}.", hint)
    return who


def caller(*scopes: str) -> Callable[..., Coroutine[Any, Any, Caller]]:
    """A dependency: the Caller of a request, who must have all these scopes. One person is known without a look into
    the database, so without a thread."""

    async def authorised(
        request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
    ) -> Caller:
        state = request.app.state
        token = credentials.credentials if credentials else None
        if state.settings.accounts or not is_local_ready(state.store):
            return allow(await run_in_threadpool(authenticate, state.store, state.settings, token), *scopes)
        return allow(authenticate(state.store, state.settings, token), *scopes)

    return authorised


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode())
