"""How accounts begin: the one person of a server without accounts, and guests who give nothing but a client id.

A guest gets an account of the plan "anonymous" for its days (a week), once in that time per client id, and a bounded
number of times per network address; afterwards the same client may ask again. Client ids and addresses are kept as
keyed hashes, enough to count them.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakSet

from sqlalchemy import Connection, func, select

from reelscore.edges.accounts.ledger import balance, grant
from reelscore.edges.accounts.plans import ALL, Plan, plan
from reelscore.edges.accounts.secret import secret_of
from reelscore.edges.accounts.tokens import DAY_MS, PREFIX, Issued, Listed, issue
from reelscore.edges.settings import Settings
from reelscore.edges.storage.database import Database
from reelscore.edges.storage.ids import new_id, new_secret, now_ms
from reelscore.edges.storage.tables import accounts
from reelscore.errors import DataError, LimitError, UnauthorisedError

if TYPE_CHECKING:
    from reelscore.edges.storage.store import Store

LOCAL = "local"
CLIENT_ID_LONGEST = 64
GUESTS_PER_ADDRESS = 10
WINDOW_DAYS = 7  # in which guests are counted, where their plan has no end
_ready: WeakSet[Database] = WeakSet()


@dataclass(frozen=True, slots=True)
class Guest:
    """A new anonymous account and its token."""

    account: str
    issued: Issued
    credits: int


def open_account(tx: Connection, of: Plan, kind: str, **columns: object) -> str:
    """A new account with its plan's credits; its id."""
    account = new_id("anon" if kind == "anonymous" else "user")
    row = {"id": account, "kind": kind, "plan": of.name, "created_at": now_ms(), **columns}
    tx.execute(accounts.insert().values(row))
    if of.credits:
        grant(tx, account, of.credits, f"plan {of.name}", once="opening")
    return account


def ensure_local(store: Store, settings: Settings) -> str:
    """The account of the one person of a server without accounts, made when it is first needed."""
    if store.database in _ready:
        return LOCAL
    of = plan(settings, LOCAL)
    with store.database.read() as tx:
        there = tx.execute(select(accounts.c.id).where(accounts.c.id == LOCAL)).first()
        given = balance(tx, LOCAL).granted
    if there is None or (of.credits and not given):
        with store.database.write() as tx:
            _make_local(tx, store.database, of)
    _ready.add(store.database)
    return LOCAL


def is_local_ready(store: Store) -> bool:
    """Whether `ensure_local` has nothing left to do."""
    return store.database in _ready


def _make_local(tx: Connection, database: Database, of: Plan) -> None:
    from sqlalchemy.dialects import postgresql, sqlite

    dialect = sqlite if database.sqlite else postgresql
    row = {"id": LOCAL, "kind": LOCAL, "plan": of.name, "created_at": now_ms()}
    tx.execute(dialect.insert(accounts).values(row).on_conflict_do_nothing())  # another process may be first
    if of.credits:
        grant(tx, LOCAL, of.credits, f"plan {of.name}", once="opening")


def check_client_id(client_id: str | None) -> str:
    """The header X-Client-Id, as it may be used. Raises DataError."""
    if client_id is None or not client_id.strip():
        raise DataError(
            "The header X-Client-Id is missing.", f"Send any stable id of at most {CLIENT_ID_LONGEST} characters."
        )
    if len(client_id) > CLIENT_ID_LONGEST:
        raise DataError(
            f"X-Client-Id has {len(client_id)} characters.", f"Send at most {CLIENT_ID_LONGEST}, such as a UUID."
        )
    return client_id.strip()


def guest_token(store: Store, settings: Settings, client_id: str | None, address: str) -> Guest:
    """What who asks for an anonymous token is given. Where nobody needs one, any token will do: one that nothing is
    stored of. Raises DataError, LimitError; UnauthorisedError where the server has an access token instead."""
    if settings.accounts:
        return open_guest(store, settings, client_id, address)
    if settings.access_token:
        raise UnauthorisedError(
            "This server gives no anonymous tokens: it has an access token.", "Ask its owner, and send that one."
        )
    check_client_id(client_id)
    account = ensure_local(store, settings)
    with store.database.read() as tx:
        there = balance(tx, account).available
    now, token = now_ms(), new_secret(PREFIX)
    listed = Listed("", "guest", token[: len(PREFIX) + 4], (ALL,), now, now + 365 * DAY_MS, None, None)
    return Guest(account, Issued(token, listed), there)


def open_guest(store: Store, settings: Settings, client_id: str | None, address: str) -> Guest:
    """A guest's account and token. Raises DataError (client id), LimitError (this client or address had one)."""
    of = plan(settings, "anonymous")
    secret = secret_of(store, settings)
    client = _hashed(secret, "client", check_client_id(client_id))
    network = _hashed(secret, "address", network_of(address))
    days = of.days or WINDOW_DAYS
    since = now_ms() - days * DAY_MS
    with store.database.write() as tx:
        _serialise(tx, store.database)
        latest = select(func.max(accounts.c.created_at)).where(
            accounts.c.client_hash == client, accounts.c.created_at > since
        )
        if (begun := tx.execute(latest).scalar()) is not None:
            raise LimitError(
                f"This client was given a token in the last {days} days.",
                "Use that one, or sign up.",
                retry_after_s=max(1, (int(begun) + days * DAY_MS - now_ms()) // 1000),
            )
        guests = select(func.count()).where(accounts.c.address_hash == network, accounts.c.created_at > since)
        if tx.execute(guests).scalar_one() >= GUESTS_PER_ADDRESS:
            raise LimitError(
                f"{GUESTS_PER_ADDRESS} guests came from this address in the last {days} days.",
                "Use a token that is there, or sign up.",
                retry_after_s=3600,
            )
        account = open_account(tx, of, "anonymous", client_hash=client, address_hash=network)
        issued = issue(tx, account, "guest", of.scopes, float(of.days) if of.days else None)
    return Guest(account, issued, of.credits)


def network_of(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 that one household has of IPv6."""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return address[:100]
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)


def _serialise(tx: Connection, database: Database) -> None:
    """Guests are let in one at a time: two requests at once are not both the first. SQLite has locked by now."""
    if not database.sqlite:
        tx.exec_driver_sql("SELECT pg_advisory_xact_lock(7264001)")


def _hashed(secret: bytes, what: str, value: str) -> str:
    return hmac.new(secret, f"{what}\0{value}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
