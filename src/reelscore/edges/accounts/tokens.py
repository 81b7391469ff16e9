"""Tokens: who shows one is let in. 32 random bytes after a prefix; the database holds their SHA-256, never a token.

    nmv_usr_...   calls the API: with scopes, perhaps an end, revocable at any time
    clm_...       a claim: names one session of an account in a link. It opens nothing of the API, counts once, lasts
                  7 days at most

A token is shown when it is made and never again; its first letters tell it from others in a list. The plain hash is
enough: nobody guesses 256 random bits.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Row, bindparam, delete, select, update

from reelscore.edges.accounts.plans import ALL, SCOPES
from reelscore.edges.storage.ids import new_id, new_secret, now_ms
from reelscore.edges.storage.tables import accounts, tokens
from reelscore.errors import DataError, LimitError, NotFoundError, UnauthorisedError, one_of

PREFIX, CLAIM_PREFIX = "nmv_usr_", "clm_"
CLAIM = "claim"  # in place of scopes
DAY_MS = 24 * 3600 * 1000
CLAIM_S = 7 * 24 * 3600
LINK_S = 24 * 3600  # of a claim in a link that the service itself shows
MOST_LOG_INS = 20
MOST = 100  # tokens of one account that count
LONGEST_DAYS = 3650
_LONGEST = 200  # letters that are looked at
_SHOWN = 4  # random letters of a token that stay readable
_SHOWN_TOKEN = (  # made once: every call begins with it
    select(tokens, accounts.c.kind, accounts.c.plan)
    .join(accounts, accounts.c.id == tokens.c.account)
    .where(tokens.c.hash == bindparam("shown"))
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A token as its owner sees it again."""

    id: str
    name: str
    prefix: str
    scopes: tuple[str, ...]
    created_at: int
    expires_at: int | None
    revoked_at: int | None
    used_at: int | None


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token, the only time it can be read."""

    token: str
    listed: Listed


@dataclass(frozen=True, slots=True)
class Claim:
    """What a claim token stands for."""

    account: str
    task: str
    session: str


def digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def issue(tx: Connection, account: str, name: str, scopes: Iterable[str], days: float | None = None) -> Issued:
    """A new token of the account. Raises DataError (scopes, days), LimitError (too many that count)."""
    wanted = checked_scopes(scopes)
    if days is not None and not 0 < days <= LONGEST_DAYS:
        raise DataError(f"A token cannot last {days:g} days.", f"Give 1 to {LONGEST_DAYS}.")
    now = now_ms()
    counting = [one for one in listed(tx, account) if one.revoked_at is None and (one.expires_at or now + 1) > now]
    if len(counting) >= MOST:
        raise LimitError(f"The account has {MOST} tokens.", "Revoke one that is not needed.", retry_after_s=3600)
    return _store(tx, account, PREFIX, name, " ".join(wanted), "", None if days is None else now + int(days * DAY_MS))


def checked_scopes(scopes: Iterable[str]) -> tuple[str, ...]:
    """Scopes in their order, each once; "*" stands for all. Raises DataError."""
    wanted = set(scopes)
    for scope in sorted(wanted):
        if scope not in (*SCOPES, ALL):
            raise DataError(f'There is no scope "{scope[:40]}".', one_of(scope[:40], (*SCOPES, ALL)))
    if not wanted:
        raise DataError("A token without scopes opens nothing.", f"Give some of: {', '.join((*SCOPES, ALL))}.")
    return (ALL,) if ALL in wanted else tuple(scope for scope in SCOPES if scope in wanted)


def found(tx: Connection, token: str) -> Row[tuple[object, ...]]:
    """The row of a token that counts now, with its account's `kind` and `plan`. Raises UnauthorisedError."""
    row = None
    if token.startswith(PREFIX) and len(token) <= _LONGEST:
        row = tx.execute(_SHOWN_TOKEN, {"shown": digest(token)}).first()
    if row is None or row.scopes == CLAIM:
        raise UnauthorisedError("This token is unknown.", "Ask for a new one, or log in.")
    if row.revoked_at is not None:
        raise UnauthorisedError("This token was revoked.", "Ask for a new one, or log in.")
    if row.expires_at is not None and row.expires_at <= now_ms():
        raise UnauthorisedError("This token has expired.", "Ask for a new one, or log in.")
    return row


def listed(tx: Connection, account: str) -> list[Listed]:
    """The account's tokens, latest first; claims are not among them."""
    rows = tx.execute(
        select(tokens)
        .where(tokens.c.account == account, tokens.c.scopes != CLAIM)
        .order_by(tokens.c.created_at.desc(), tokens.c.id)
    )
    return [_listed(row) for row in rows]


def log_in_token(tx: Connection, account: str, name: str, days: float) -> Issued:
    """A token for somebody who just proved who they are; the oldest such tokens make room for it."""
    now = now_ms()
    alike = [one for one in listed(tx, account) if one.name == name and one.revoked_at is None]
    for one in alike[MOST_LOG_INS - 1 :]:
        revoke(tx, account, one.id)
    return _store(tx, account, PREFIX, name, ALL, "", now + int(days * DAY_MS))


def revoke(tx: Connection, account: str, token_id: str) -> Listed:
    """From now on the token counts no more; revoking it again changes nothing. Raises NotFoundError."""
    mine = (tokens.c.id == token_id, tokens.c.account == account, tokens.c.scopes != CLAIM)
    tx.execute(update(tokens).where(*mine, tokens.c.revoked_at.is_(None)).values(revoked_at=now_ms()))
    row = tx.execute(select(tokens).where(*mine)).first()
    if row is None:
        raise NotFoundError(f'There is no token "{token_id[:40]}".', "List them with GET /v1/tokens.")
    return _listed(row)


def revoke_all(tx: Connection, account: str, keep: str = "") -> int:
    """Revoke every token of the account, claims too, but the one with the id `keep`; how many those were."""
    living = (tokens.c.account == account, tokens.c.revoked_at.is_(None), tokens.c.id != keep)
    return tx.execute(update(tokens).where(*living).values(revoked_at=now_ms())).rowcount


def issue_claim(tx: Connection, account: str, task: str, session: str, lasting_s: int = CLAIM_S) -> str:
    """A claim token for a link: it names the session and opens nothing. Those of the account that ended go."""
    now = now_ms()
    tx.execute(delete(tokens).where(tokens.c.account == account, tokens.c.scopes == CLAIM, tokens.c.expires_at < now))
    subject = json.dumps([task, session])
    return _store(tx, account, CLAIM_PREFIX, "claim", CLAIM, subject, now + lasting_s * 1000).token


def owner_of(tx: Connection, token: str) -> str:
    """Whose token or claim this is, without using it up. Raises UnauthorisedError."""
    if not token.startswith(CLAIM_PREFIX):
        return str(found(tx, token)._mapping["account"])
    counts = (tokens.c.scopes == CLAIM, tokens.c.revoked_at.is_(None), tokens.c.expires_at > now_ms())
    owner = tx.execute(select(tokens.c.account).where(tokens.c.hash == digest(token[: _LONGEST + 1]), *counts)).scalar()
    if owner is None:
        raise _no_claim()
    return str(owner)


def use_claim(tx: Connection, token: str) -> Claim:
    """What a claim token stands for; it counts once. Raises UnauthorisedError."""
    held = tokens.c.hash == digest(token[: _LONGEST + 1])
    counts = (tokens.c.scopes == CLAIM, tokens.c.revoked_at.is_(None), tokens.c.expires_at > now_ms())
    used = tx.execute(update(tokens).where(held, *counts).values(revoked_at=now_ms(), used_at=now_ms()))
    if used.rowcount != 1:
        raise _no_claim()
    row = tx.execute(select(tokens.c.account, tokens.c.subject).where(held)).one()
    task, session = json.loads(row.subject)
    return Claim(row.account, task, session)


def _no_claim() -> UnauthorisedError:
    return UnauthorisedError("This claim was used before, has expired, or is unknown.", "Ask for a new link.")


def _store(
    tx: Connection, account: str, prefix: str, name: str, scopes: str, subject: str, expires_at: int | None
) -> Issued:
    token = new_secret(prefix)
    row = {
        "id": new_id("tok"), "account": account, "hash": digest(token), "prefix": token[: len(prefix) + _SHOWN],
        "name": "".join(c if c.isprintable() else " " for c in name)[:80].strip() or "token", "scopes": scopes,
        "subject": subject, "created_at": now_ms(), "expires_at": expires_at,
    }  # fmt: skip
    tx.execute(tokens.insert().values(row))
    stored = tx.execute(select(tokens).where(tokens.c.id == row["id"])).one()
    return Issued(token, _listed(stored))


def _listed(row: Row[tuple[object, ...]]) -> Listed:
    r = row._mapping
    return Listed(
        r["id"], r["name"], r["prefix"], tuple(r["scopes"].split()), r["created_at"], r["expires_at"], r["revoked_at"],
        r["used_at"],
    )  # fmt: skip
