"""Accounts over HTTP: guests, signing up and in, taking over a guest's work, tokens, credits.

A server for one person has none of this: it says so, and everything else works without.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Request

from reelscore.edges.accounts import ledger, people, tokens
from reelscore.edges.accounts.binding import bind
from reelscore.edges.accounts.opening import Guest, guest_token
from reelscore.edges.accounts.plans import Plan
from reelscore.edges.api.account_shapes import (
    AccountShape,
    Binding,
    BoundShape,
    ClaimShape,
    CreditsShape,
    Entry,
    GuestShape,
    Leaving,
    MovementShape,
    MovementsPage,
    NewPassword,
    NewToken,
    NewTokenShape,
    PlanShape,
    Revoked,
    TokenList,
    TokenShape,
    WantedClaim,
)
from reelscore.edges.api.auth import Caller, allow, caller
from reelscore.edges.settings import Settings
from reelscore.edges.storage import sessions
from reelscore.edges.storage.store import Store
from reelscore.errors import NotAllowedError

router = APIRouter(prefix="/v1", tags=["accounts"])
Reader = Annotated[Caller, Depends(caller("read"))]
Writer = Annotated[Caller, Depends(caller("write"))]
Owner = Annotated[Caller, Depends(caller("*"))]
TokenId = Annotated[
    str, Path(pattern="^[A-Za-z0-9_-]{1,64}$", description="Id of the token.", examples=["tok_k3v9wz7m2q5x8r4t"])
]


@router.post("/accounts/guest", status_code=201, response_model=GuestShape, summary="Begin without signing up")
def guest(
    request: Request,
    x_client_id: Annotated[str | None, Header(description="Any stable id of at most 64 characters.")] = None,
) -> GuestShape:
    """A token and some credits for a week, once in that time for each client."""
    store, settings = _of(request)
    made: Guest = guest_token(store, settings, x_client_id, address_of(request))
    return GuestShape(
        token=made.issued.token, account=made.account, expires_at=made.issued.listed.expires_at, credits=made.credits
    )


@router.post("/accounts", status_code=201, response_model=NewTokenShape, summary="Sign up")
def sign_up(request: Request, sent: Entry) -> NewTokenShape:
    """An account, with a token for it. `bind` and `proof` bring along a guest's work and credits."""
    store, settings = _with_accounts(request)
    made = people.sign_up(
        store, settings, sent.email, sent.password, address_of(request), bound=sent.bind, proof=sent.proof
    )
    return new_token(made.account, made.issued)


@router.post("/accounts/login", response_model=NewTokenShape, summary="Log in")
def log_in(request: Request, sent: Entry) -> NewTokenShape:
    """A token for 30 days with all scopes."""
    store, settings = _with_accounts(request)
    made = people.log_in(
        store, settings, sent.email, sent.password, address_of(request), bound=sent.bind, proof=sent.proof
    )
    return new_token(made.account, made.issued)


@router.get("/accounts/me", response_model=AccountShape, summary="Whose token this is")
def me(request: Request, who: Reader) -> AccountShape:
    """The account, its plan and its credits."""
    store, _ = _of(request)
    with store.database.read() as tx:
        held = ledger.balance(tx, who.account)
        email = people.email_of(tx, who.account)
    return AccountShape(
        id=who.account, kind=who.kind, email=email, scopes=sorted(who.scopes), plan=plan_shape(who.plan),
        credits=credits_shape(held, who.plan),
    )  # fmt: skip


@router.post("/accounts/bind", response_model=BoundShape, summary="Take over a guest's work")
def bind_guest(request: Request, who: Owner, sent: Binding) -> BoundShape:
    """Sessions, jobs, files and credits of the guest become this account's; the guest's tokens end."""
    store, _ = _with_accounts(request)
    with store.database.write() as tx:
        moved = bind(tx, sent.guest, sent.proof, who.account)
    return BoundShape(sessions=moved.sessions, jobs=moved.jobs, credits=moved.credits)


@router.post("/accounts/me/password", response_model=Revoked, summary="Change the password")
def change_password(request: Request, who: Owner, sent: NewPassword) -> Revoked:
    """All other tokens of the account are revoked."""
    store, settings = _with_accounts(request)
    count = people.change_password(store, settings, who.account, sent.old, sent.new, address_of(request), who.token)
    return Revoked(revoked=count)


@router.post("/accounts/me/delete", status_code=204, summary="Delete the account")
def leave(request: Request, who: Owner, sent: Leaving) -> None:
    """Its sessions, files and tokens are gone for good."""
    store, settings = _with_accounts(request)
    people.leave(store, settings, who.account, sent.password, address_of(request))


@router.get("/tokens", response_model=TokenList, summary="The account's tokens")
def list_tokens(request: Request, who: Owner) -> TokenList:
    """All of them, also those that count no more; never the tokens themselves."""
    store, _ = _of(request)
    with store.database.read() as tx:
        return TokenList(items=[token_shape(one) for one in tokens.listed(tx, who.account)])


@router.post("/tokens", status_code=201, response_model=NewTokenShape, summary="Make a token")
def create_token(request: Request, who: Owner, sent: NewToken) -> NewTokenShape:
    """For a program, with the scopes it needs. It is shown this once."""
    store, _ = _with_accounts(request)
    with store.database.write() as tx:
        made = tokens.issue(tx, who.account, sent.name, sent.scopes, sent.expires_in_days)
    return new_token(who.account, made)


@router.post("/tokens/revoke-others", response_model=Revoked, summary="Revoke every other token")
def revoke_others(request: Request, who: Owner) -> Revoked:
    """All but the one this call was made with."""
    store, _ = _with_accounts(request)
    with store.database.write() as tx:
        return Revoked(revoked=tokens.revoke_all(tx, who.account, who.token))


@router.post("/tokens/{token}/revoke", response_model=TokenShape, summary="Revoke a token")
def revoke_token(request: Request, who: Annotated[Caller, Depends(caller())], token: TokenId) -> TokenShape:
    """It counts no more from now on. Every token may revoke itself; for others all scopes are needed."""
    store, _ = _with_accounts(request)
    if token != who.token:
        allow(who, "*")
    with store.database.write() as tx:
        return token_shape(tokens.revoke(tx, who.account, token))


@router.post("/claims", status_code=201, response_model=ClaimShape, summary="A token for a link")
def claim(request: Request, who: Writer, sent: WantedClaim) -> ClaimShape:
    """It opens nothing and counts once: as proof, when somebody signs up and takes over this guest's work."""
    store, _ = _of(request)
    with store.database.write() as tx:
        session = sessions.load(tx, sent.session, who.account)
        made = tokens.issue_claim(tx, who.account, session.project, session.id)
    return ClaimShape(claim=made, expires_in=tokens.CLAIM_S)


@router.get("/credits", response_model=CreditsShape, summary="Credits")
def credits(request: Request, who: Reader) -> CreditsShape:
    """What is there, and what work costs."""
    store, _ = _of(request)
    with store.database.read() as tx:
        return credits_shape(ledger.balance(tx, who.account), who.plan)


@router.get("/credits/history", response_model=MovementsPage, summary="Where credits came from and went")
def history(
    request: Request,
    who: Reader,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    page_size: Annotated[int, Query(ge=1, le=200)] = 50,
    since: Annotated[int, Query(ge=0, le=10**15, description="Milliseconds since 1970.")] = 0,
    until: Annotated[int | None, Query(ge=0, le=10**15, description="Milliseconds since 1970.")] = None,
) -> MovementsPage:
    """Grants, what work cost, what expired or moved, latest first."""
    store, _ = _of(request)
    with store.database.read() as tx:
        found, total = ledger.movements(
            tx, who.account, since=since, until=until, limit=page_size, offset=(page - 1) * page_size
        )
    items = [
        MovementShape(id=one.id, kind=one.kind, amount=one.delta, subject=one.subject, created_at=one.created_at)
        for one in found
    ]
    return MovementsPage(items=items, page=page, total=total, has_next=page * page_size < total)


def address_of(request: Request) -> str:
    """Where a request comes from, as the server sees it; "" where it cannot tell."""
    return request.client.host if request.client is not None else ""


def new_token(account: str, made: tokens.Issued) -> NewTokenShape:
    return NewTokenShape(token=made.token, account=account, **token_shape(made.listed).model_dump())


def token_shape(one: tokens.Listed) -> TokenShape:
    return TokenShape(
        id=one.id, name=one.name, prefix=one.prefix, scopes=list(one.scopes), created_at=one.created_at,
        expires_at=one.expires_at, revoked_at=one.revoked_at, used_at=one.used_at,
    )  # fmt: skip


def plan_shape(of: Plan) -> PlanShape:
    return PlanShape(
        name=of.name, title=of.title, upload_bytes=of.upload_bytes, storage_bytes=of.storage_bytes,
        sessions=of.sessions, jobs=of.jobs, render_side=of.render_side, duration_s=of.duration_s, webhooks=of.webhooks,
    )  # fmt: skip


def credits_shape(held: ledger.Balance, of: Plan) -> CreditsShape:
    return CreditsShape(
        available=held.available, frozen=held.frozen, total=held.total, granted=held.granted, consumed=held.consumed,
        prices=dict(of.prices),
    )  # fmt: skip


def _of(request: Request) -> tuple[Store, Settings]:
    return request.app.state.store, request.app.state.settings


def _with_accounts(request: Request) -> tuple[Store, Settings]:
    store, settings = _of(request)
    if not settings.accounts:
        raise NotAllowedError("This server serves one person and has no accounts.", "Everything works without one.")
    return store, settings
