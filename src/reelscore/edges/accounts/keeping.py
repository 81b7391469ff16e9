"""What a host does with accounts: look through them, change a plan, give credits, close one.

People are named by their id or their email. Credits move through the ledger like all others; a closed account's rows in
it stay, under an id that names nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, or_, select, update

from reelscore.edges.accounts import ledger
from reelscore.edges.accounts.people import close, tellable
from reelscore.edges.accounts.plans import plans
from reelscore.edges.settings import Settings
from reelscore.edges.storage.tables import accounts, sessions
from reelscore.errors import DataError, NotFoundError, one_of

if TYPE_CHECKING:
    from reelscore.edges.storage.store import Store

KINDS = ("registered", "anonymous", "local")  # that are listed; closed and bound ones are no accounts any more


@dataclass(frozen=True, slots=True)
class Kept:
    """An account as its host sees it. Times are milliseconds since 1970."""

    id: str
    kind: str
    email: str
    plan: str
    available: int
    frozen: int
    sessions: int
    created_at: int


def listed(store: Store, search: str = "", limit: int = 50) -> tuple[Kept, ...]:
    """Accounts, latest first; `search`: part of an id, an email or a plan's name."""
    query = select(accounts).where(accounts.c.kind.in_(KINDS), accounts.c.merged_into.is_(None))
    if search:
        columns = (accounts.c.id, accounts.c.email, accounts.c.plan)
        query = query.where(or_(*(column.icontains(search, autoescape=True) for column in columns)))
    with store.database.read() as tx:
        rows = tx.execute(query.order_by(accounts.c.created_at.desc(), accounts.c.id).limit(limit)).all()
        return tuple(_kept(tx, row._mapping) for row in rows)


def found(store: Store, who: str) -> Kept:
    """The account of this id or email. Raises NotFoundError."""
    named = or_(accounts.c.id == who.strip(), accounts.c.email == who.strip().casefold())
    alive = (accounts.c.kind.in_(KINDS), accounts.c.merged_into.is_(None))
    with store.database.read() as tx:
        row = tx.execute(select(accounts).where(named, *alive)).first()
        if row is None:
            raise NotFoundError(f'There is no account "{tellable(who)}".', "Look through `reelscore accounts list`.")
        return _kept(tx, row._mapping)


def set_plan(store: Store, settings: Settings, who: str, name: str) -> Kept:
    """The account is on another plan from now on; its credits stay as they are. Raises NotFoundError, DataError."""
    account = found(store, who)
    if name not in plans(settings):
        raise DataError(f'There is no plan "{tellable(name)}".', one_of(name[:40], plans(settings)))
    with store.database.write() as tx:
        tx.execute(update(accounts).where(accounts.c.id == account.id).values(plan=name))
    return found(store, account.id)


def give(store: Store, who: str, amount: int, reason: str, once: str = "") -> tuple[Kept, bool]:
    """The account has so many credits more, and whether they were given now: a name (`once`) gives them one time only.
    Raises NotFoundError, DataError."""
    if amount < 1:
        raise DataError(f"{amount} credits cannot be given.", "Give 1 or more.")
    account = found(store, who)
    with store.database.write() as tx:
        given = ledger.grant(tx, account.id, amount, reason, once and f"host:{once}")
    return found(store, account.id), given


def close_account(store: Store, who: str) -> Kept:
    """The account is closed: its work is stopped and let go, its tokens end, nothing of it names a person. Raises
    NotFoundError, DataError (the account of a server without accounts)."""
    account = found(store, who)
    if account.kind == "local":
        raise DataError("The account of a server for one person cannot be closed.", "Delete its folder instead.")
    close(store, account.id)
    return account


def _kept(tx: Connection, row: object) -> Kept:
    held = dict(row)  # type: ignore[call-overload]
    there = ledger.balance(tx, held["id"])
    films = select(func.count()).where(sessions.c.account == held["id"], sessions.c.deleted_at.is_(None))
    return Kept(
        held["id"], held["kind"], held["email"] or "", held["plan"], there.available, there.frozen,
        tx.execute(films).scalar_one(), held["created_at"],
    )  # fmt: skip
