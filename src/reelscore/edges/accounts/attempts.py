"""How often something may be tried: logging in, signing up.

Counted in the database, so that every process counts alike. Subjects are keyed hashes of an email or a network address.
A try counts before it is known how it ends, so that many at once do not slip through; one that succeeds is forgotten.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from reelscore.edges.accounts.secret import secret_of
from reelscore.edges.settings import Settings
from reelscore.edges.storage.ids import new_id, now_ms
from reelscore.edges.storage.tables import attempts
from reelscore.errors import LimitError

if TYPE_CHECKING:
    from reelscore.edges.storage.store import Store

_KEPT_MS = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Rule:
    """At most `most` tries of one subject in `within_s` seconds."""

    what: str
    most: int
    within_s: int


LOGIN_BY_PAIR = Rule("login from here", 10, 900)  # one email from one address
LOGIN_BY_EMAIL = Rule("login", 100, 3600)  # many addresses trying one email; high, so that nobody locks others out
LOGIN_BY_ADDRESS = Rule("logins", 60, 900)  # one address trying many emails
SIGN_UP_BY_ADDRESS = Rule("sign-up", 10, 24 * 3600)


def try_once(store: Store, settings: Settings, *tried: tuple[Rule, str]) -> tuple[str, ...]:
    """Count one try under each rule; ids for `forget`. Raises LimitError when one of them is full."""
    secret = secret_of(store, settings)
    now = now_ms()
    made = []
    with store.database.write() as tx:
        tx.execute(delete(attempts).where(attempts.c.created_at < now - _KEPT_MS))
        for rule, value in tried:
            subject = hmac.new(secret, f"{rule.what}\0{value}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()
            seen = (attempts.c.subject == subject, attempts.c.created_at > now - rule.within_s * 1000)
            count, oldest = tx.execute(select(func.count(), func.min(attempts.c.created_at)).where(*seen)).one()
            if count >= rule.most:
                wait = max(1, (int(oldest) + rule.within_s * 1000 - now) // 1000)
                raise LimitError("Too many tries.", f"Wait {wait} seconds.", retry_after_s=wait)
            made.append({"id": new_id("try"), "subject": subject, "created_at": now})
        tx.execute(attempts.insert(), made)
    return tuple(row["id"] for row in made)  # type: ignore[misc]


def forget(store: Store, ids: tuple[str, ...]) -> None:
    """It was no guess: the person knew the password."""
    with store.database.write() as tx:
        tx.execute(delete(attempts).where(attempts.c.id.in_(ids)))
