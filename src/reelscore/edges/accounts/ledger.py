"""Credits as a double-entry ledger: nothing is ever changed, every movement is two rows that sum to zero.

An account's credits move between five sides of its own, so that each account's rows sum to zero, and with them all:

    granted --grant--> available --freeze--> frozen --settle--> consumed
                           |  ^--------refund---|
                           '--expire--> expired

`granted` falls below zero as credits come out of it; the other sides never do. A job's credits are frozen when it
starts and settled or refunded when it ends. Both happen exactly once: movements of one account wait for each other (a
row lock; on SQLite the write lock), and the movements of a job have names of their own that the database takes only
once, whatever crashes and is run again. Every function works in the caller's transaction, so that credits move together
with what they pay for. Amounts are whole credits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from reelscore.edges.storage.ids import new_id, now_ms
from reelscore.edges.storage.tables import accounts, entries
from reelscore.errors import ConflictError, CreditsError, DataError, NotFoundError

LARGEST = 1_000_000_000_000  # credits in one movement
SEEN = ("grant", "settle", "expire", "transfer")  # kinds that change what a person has in all


@dataclass(frozen=True, slots=True)
class Balance:
    """What an account has. `total` is available and frozen together."""

    available: int
    frozen: int
    total: int
    granted: int
    consumed: int


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement as its account sees it. `delta`: what it added to the side asked about."""

    id: str
    kind: str
    delta: int
    subject: str
    created_at: int


def balance(tx: Connection, account: str) -> Balance:
    """What the account has now; an account never heard of has nothing."""
    sums = (
        select(entries.c.side, func.sum(entries.c.amount)).where(entries.c.account == account).group_by(entries.c.side)
    )
    held = {side: int(amount) for side, amount in tx.execute(sums)}
    available, frozen = held.get("available", 0), held.get("frozen", 0)
    return Balance(available, frozen, available + frozen, -held.get("granted", 0), held.get("consumed", 0))


def grant(tx: Connection, account: str, amount: int, reason: str, once: str = "") -> bool:
    """Give credits. With `once`, a name, a repeated grant of that name gives nothing (False). Raises NotFoundError."""
    _check(amount)
    _lock(tx, account)
    movement = f"grant:{account}:{once}" if once else new_id("grant")
    if once and _moved(tx, movement):
        return False
    _move(tx, movement, account, "granted", "available", amount, "grant", reason)
    return True


def freeze(tx: Connection, account: str, job: str, amount: int) -> bool:
    """Set credits aside for a job. False if that was done before. Raises CreditsError where there are too few,
    ConflictError where the job's credits were frozen otherwise."""
    _check(amount)
    _lock(tx, account)
    before = tx.execute(
        select(entries.c.account, entries.c.amount).where(
            entries.c.movement == f"freeze:{job}", entries.c.side == "frozen"
        )
    ).first()
    if before is not None:
        if before.amount != amount:
            raise ConflictError(
                f"{before.amount} credits were set aside for {job} before, not {amount}.", "Give the work a new id."
            )
        return False
    if amount == 0:
        return False
    there = balance(tx, account).available
    if there < amount:
        raise CreditsError(f"This costs {amount} credits; {there} are there.", "Edits and exports cost nothing.")
    _move(tx, f"freeze:{job}", account, "available", "frozen", amount, "freeze", job)
    return True


def settle(tx: Connection, job: str, amount: int | None = None) -> bool:
    """The job's work is done: consume `amount` of what was frozen (all of it unless said), give back the rest.

    False if nothing was frozen, or the job was settled or refunded before. Raises DataError for more than was frozen.
    """
    account, frozen = _locked_freeze(tx, job)
    if not frozen:
        return False
    spent = frozen if amount is None else amount
    if not 0 <= spent <= frozen:
        raise DataError(f"{spent} credits of {job} cannot be consumed: {frozen} were frozen.", "Settle at most those.")
    if spent == 0:
        return refund(tx, job)
    if spent < frozen:
        _move(tx, f"rest:{job}", account, "frozen", "available", frozen - spent, "refund", job)
    _move(tx, f"end:{job}", account, "frozen", "consumed", spent, "settle", job)
    return True


def refund(tx: Connection, job: str) -> bool:
    """The job came to nothing: give back what was frozen. False if nothing was, or the job ended before."""
    account, frozen = _locked_freeze(tx, job)
    if not frozen:
        return False
    _move(tx, f"end:{job}", account, "frozen", "available", frozen, "refund", job)
    return True


def expire(tx: Connection, account: str) -> int:
    """Take back what is available, as when a guest's week is over; how much that was."""
    _lock(tx, account)
    left = balance(tx, account).available
    if left > 0:
        _move(tx, new_id("expire"), account, "available", "expired", left, "expire", "")
    return max(0, left)


def transfer(tx: Connection, source: str, target: str) -> int:
    """Everything of `source`, what is frozen for its jobs too, becomes `target`'s; how much that was."""
    for account in sorted((source, target)):
        _lock(tx, account)
    moved = balance(tx, source).total
    for job, amount in _open_freezes(tx, source):
        name = f"transfer:{source}:{job}"
        _move(tx, f"{name}:out", source, "frozen", "granted", amount, "transfer", job)
        _move(tx, f"{name}:in", target, "granted", "frozen", amount, "transfer", job)
    available = balance(tx, source).available
    if available > 0:
        name = new_id("transfer")
        _move(tx, f"{name}:out", source, "available", "granted", available, "transfer", source)
        _move(tx, f"{name}:in", target, "granted", "available", available, "transfer", source)
    return moved


def movements(
    tx: Connection,
    account: str,
    *,
    kinds: Sequence[str] = SEEN,
    since: int = 0,
    until: int | None = None,
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[Movement], int]:
    """The account's movements, latest first, and how many there are in all. `delta` is what each added to the total."""
    wanted = [entries.c.account == account, entries.c.kind.in_(kinds), entries.c.created_at >= since]
    if until is not None:
        wanted.append(entries.c.created_at < until)
    inside = entries.c.side.in_(("available", "frozen"))
    rows = (
        select(
            entries.c.movement,
            entries.c.kind,
            entries.c.subject,
            func.sum(entries.c.amount).filter(inside).label("delta"),
            func.min(entries.c.created_at).label("created_at"),
            func.max(entries.c.id).label("last"),
        )
        .where(*wanted)
        .group_by(entries.c.movement, entries.c.kind, entries.c.subject)
    )
    count = tx.execute(select(func.count()).select_from(rows.subquery())).scalar_one()
    page = tx.execute(rows.order_by(func.max(entries.c.id).desc()).limit(limit).offset(offset))
    return [Movement(r.movement, r.kind, int(r.delta or 0), r.subject, r.created_at) for r in page], int(count)


def _check(amount: int) -> None:
    if not 0 <= amount <= LARGEST:
        raise DataError(f"{amount} credits cannot be moved.", f"Move 0 to {LARGEST}.")


def _lock(tx: Connection, account: str) -> None:
    """Let one transaction at a time move the account's credits. Raises NotFoundError.

    The lock is the kind that rows referring to the account do not wait for: whoever stored a job first, in the same
    transaction, holds it already.
    """
    mine = select(accounts.c.id).where(accounts.c.id == account).with_for_update(key_share=True)
    found = tx.execute(mine).first()
    if found is None:
        raise NotFoundError(f'There is no account "{account[:60]}".', "Sign up, or ask for a token.")


def _locked_freeze(tx: Connection, job: str) -> tuple[str, int]:
    """Whose credits are frozen for the job, that account locked, and how many; ("", 0) where none are."""
    found = _open_freeze(tx, job)
    while found[1]:
        _lock(tx, found[0])
        again = _open_freeze(tx, job)
        if again == found:
            break
        found = again  # moved to another account, or ended, while the lock was waited for
    return found


def _open_freeze(tx: Connection, job: str) -> tuple[str, int]:
    row = tx.execute(
        select(entries.c.account, func.sum(entries.c.amount))
        .where(entries.c.subject == job, entries.c.side == "frozen")
        .group_by(entries.c.account)
        .having(func.sum(entries.c.amount) > 0)
    ).first()
    return (row[0], int(row[1])) if row is not None else ("", 0)


def _open_freezes(tx: Connection, account: str) -> list[tuple[str, int]]:
    rows = tx.execute(
        select(entries.c.subject, func.sum(entries.c.amount))
        .where(entries.c.account == account, entries.c.side == "frozen")
        .group_by(entries.c.subject)
        .having(func.sum(entries.c.amount) > 0)
    )
    return [(subject, int(amount)) for subject, amount in rows]


def _moved(tx: Connection, movement: str) -> bool:
    return tx.execute(select(entries.c.id).where(entries.c.movement == movement).limit(1)).first() is not None


def _move(
    tx: Connection, movement: str, account: str, source: str, target: str, amount: int, kind: str, subject: str
) -> None:
    """One movement: out of one side of the account, into another."""
    row = {"movement": movement, "account": account, "kind": kind, "subject": subject, "created_at": now_ms()}
    both = [{**row, "side": source, "amount": -amount}, {**row, "side": target, "amount": amount}]
    tx.execute(entries.insert(), both)
