"""Tokens are shown once, kept as hashes, end when they should, and open only what they are for."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from reelscore.edges.accounts import opening, tokens
from reelscore.edges.accounts.opening import open_account
from reelscore.edges.accounts.plans import plan
from reelscore.edges.api.auth import allow, authenticate
from reelscore.edges.settings import Settings
from reelscore.edges.storage.ids import now_ms
from reelscore.edges.storage.store import Store
from reelscore.edges.storage.tables import accounts
from reelscore.edges.storage.tables import tokens as table
from reelscore.errors import DataError, LimitError, NotAllowedError, NotFoundError, UnauthorisedError
from tests.unit.edges.accounts.fresh import fresh_store


def person(store: Store) -> str:
    with store.database.write() as tx:
        return open_account(tx, plan(store.settings, "free"), "registered")


def token(store: Store, account: str, *scopes: str, days: float | None = None) -> tokens.Issued:
    with store.database.write() as tx:
        return tokens.issue(tx, account, "test", scopes or ("*",), days)


def change(store: Store, id_: str, **values: object) -> None:
    with store.database.write() as tx:
        tx.execute(table.update().where(table.c.id == id_).values(values))


def test_the_token_itself_is_kept_nowhere(store: Store, settings: Settings) -> None:
    """The database holds its hash and its first letters."""
    made = token(store, person(store))
    assert made.token.startswith("nmv_usr_")
    assert len(made.token) >= len("nmv_usr_") + 43
    store.close()
    held = b"".join(path.read_bytes() for path in settings.data.rglob("*") if path.is_file())
    assert made.token.encode() not in held
    assert made.listed.prefix == made.token[:12]


def test_a_token_says_who_and_what(store: Store, settings: Settings) -> None:
    account = person(store)
    made = token(store, account, "upload", "read", "read")
    who = authenticate(store, settings, made.token)
    assert (who.account, who.plan.name, who.local) == (account, "free", False)
    assert who.scopes == {"read", "upload"}
    assert allow(who, "read") is who
    with pytest.raises(NotAllowedError, match='the scope "write"'):
        allow(who, "read", "write")
    with pytest.raises(NotAllowedError):
        allow(who, "*")


def test_all_scopes_are_one_star(store: Store, settings: Settings) -> None:
    who = authenticate(store, settings, token(store, person(store), "*", "read").token)
    assert who.scopes == {"*"}
    assert allow(who, "read", "write", "upload", "render", "*") is who


@pytest.mark.parametrize(
    "shown",
    [None, "", "nmv_usr_", "nmv_usr_" + "x" * 43, "Bearer x", "x" * 100_000, "nmv_usr_\0", "nmv_usr_é\ud800", "clm_x"],
)
def test_other_letters_open_nothing(store: Store, settings: Settings, shown: str | None) -> None:
    token(store, person(store))
    with pytest.raises(UnauthorisedError):
        authenticate(store, settings, shown)


def test_an_end_is_an_end(store: Store, settings: Settings) -> None:
    """Expired and revoked tokens say so; a longer life cannot be asked for than ten years."""
    account = person(store)
    made = token(store, account, days=1)
    authenticate(store, settings, made.token)
    change(store, made.listed.id, expires_at=now_ms() - 1)
    with pytest.raises(UnauthorisedError, match="expired"):
        authenticate(store, settings, made.token)
    other = token(store, account)
    with store.database.write() as tx:
        at = tokens.revoke(tx, account, other.listed.id).revoked_at
        assert tokens.revoke(tx, account, other.listed.id).revoked_at == at
    with pytest.raises(UnauthorisedError, match="revoked"):
        authenticate(store, settings, other.token)
    for days in (0, -1, 3651, float("inf"), float("nan")):
        with pytest.raises(DataError):
            token(store, account, days=days)


def test_nobody_revokes_a_token_of_somebody_else(store: Store) -> None:
    ana, ben = person(store), person(store)
    hers = token(store, ana)
    with pytest.raises(NotFoundError), store.database.write() as tx:
        tokens.revoke(tx, ben, hers.listed.id)
    with store.database.read() as tx:
        assert [one.revoked_at for one in tokens.listed(tx, ana)] == [None]


def test_when_a_token_was_used_is_known_to_the_hour(store: Store, settings: Settings) -> None:
    """And not every call writes it down."""
    account = person(store)
    made = token(store, account)

    def used() -> int | None:
        with store.database.read() as tx:
            return tokens.listed(tx, account)[0].used_at

    assert used() is None
    authenticate(store, settings, made.token)
    first = used()
    assert first is not None
    change(store, made.listed.id, used_at=first - 60_000)
    authenticate(store, settings, made.token)
    assert used() == first - 60_000
    change(store, made.listed.id, used_at=first - 3_700_000)
    authenticate(store, settings, made.token)
    assert (used() or 0) >= first


def test_an_account_has_so_many_tokens(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Revoked ones count no more."""
    monkeypatch.setattr(tokens, "MOST", 5)
    account = person(store)
    for _ in range(tokens.MOST):
        token(store, account, "read")
    with pytest.raises(LimitError):
        token(store, account, "read")
    with store.database.write() as tx:
        assert tokens.revoke_all(tx, account) == tokens.MOST
    token(store, account, "read")


@pytest.mark.parametrize("scopes", [(), ("admin",), ("read", "Write")])
def test_odd_scopes_are_refused(store: Store, scopes: tuple[str, ...]) -> None:
    with pytest.raises(DataError), store.database.write() as tx:
        tokens.issue(tx, person(store), "test", scopes)


def test_a_claim_names_a_session_once_and_opens_nothing(store: Store, settings: Settings) -> None:
    account = person(store)
    with store.database.write() as tx:
        claim = tokens.issue_claim(tx, account, "task_1", "42")
    assert claim.startswith("clm_")
    with pytest.raises(UnauthorisedError):
        authenticate(store, settings, claim)
    with store.database.read() as tx:
        assert tokens.listed(tx, account) == []
    with store.database.write() as tx:
        assert tokens.use_claim(tx, claim) == tokens.Claim(account, "task_1", "42")
    with pytest.raises(UnauthorisedError, match="used before"), store.database.write() as tx:
        tokens.use_claim(tx, claim)


def test_an_old_claim_counts_no_more(store: Store) -> None:
    with store.database.write() as tx:
        claim = tokens.issue_claim(tx, open_account(tx, plan(store.settings, "free"), "registered"), "t", "1")
        tx.execute(table.update().values(expires_at=now_ms() - 1))
    with pytest.raises(UnauthorisedError), store.database.write() as tx:
        tokens.use_claim(tx, claim)


# Guests.


def test_a_guest_has_a_week_and_a_hundred_credits(store: Store, settings: Settings) -> None:
    guest = opening.open_guest(store, settings, "a client", "203.0.113.7")
    who = authenticate(store, settings, guest.issued.token)
    assert guest.account.startswith("anon_")
    assert guest.credits == 100
    assert who.kind == "anonymous"
    assert who.scopes == {"read", "write", "upload", "render"}
    left = (guest.issued.listed.expires_at or 0) - now_ms()
    assert abs(left - 7 * tokens.DAY_MS) < 60_000


@pytest.mark.parametrize("client_id", [None, "", "   ", "x" * 65])
def test_a_guest_says_which_client_it_is(store: Store, settings: Settings, client_id: str | None) -> None:
    with pytest.raises(DataError, match="X-Client-Id"):
        opening.open_guest(store, settings, client_id, "203.0.113.7")


def test_a_client_is_a_guest_once_a_week(store: Store, settings: Settings) -> None:
    """A second token within the week is refused, from any address; after the week there is another."""
    first = opening.open_guest(store, settings, "a client", "203.0.113.7")
    for address in ("203.0.113.7", "198.51.100.1"):
        with pytest.raises(LimitError, match="last 7 days") as told:
            opening.open_guest(store, settings, "a client", address)
        assert 0 < told.value.retry_after_s <= 7 * 24 * 3600
    with store.database.write() as tx:
        tx.execute(accounts.update().values(created_at=now_ms() - 7 * tokens.DAY_MS - 1))
    again = opening.open_guest(store, settings, "a client", "203.0.113.7")
    assert again.account != first.account


def test_an_address_has_ten_guests_a_week(store: Store, settings: Settings) -> None:
    """One household of IPv6 is one address."""
    for n in range(10):
        opening.open_guest(store, settings, f"client {n}", f"2001:db8:1:2::{n}")
    with pytest.raises(LimitError, match="10 guests"):
        opening.open_guest(store, settings, "client 11", "2001:db8:1:2:ffff::1")
    opening.open_guest(store, settings, "client 11", "2001:db8:1:3::1")


def test_clients_and_addresses_are_kept_as_hashes(store: Store, settings: Settings) -> None:
    opening.open_guest(store, settings, "a client of mine", "203.0.113.7")
    with store.database.read() as tx:
        row = tx.execute(select(accounts.c.client_hash, accounts.c.address_hash).where(accounts.c.kind == "anonymous"))
        told = row.one()
    assert all(len(value) == 64 for value in told)
    store.close()
    held = b"".join(path.read_bytes() for path in settings.data.rglob("*") if path.is_file())
    assert b"a client of mine" not in held
    assert b"203.0.113.7" not in held


def test_two_requests_at_once_make_one_guest(either: Store) -> None:
    from tests.unit.edges.accounts.test_ledger import together

    calls = [lambda: opening.open_guest(either, either.settings, "a client", "203.0.113.7") for _ in range(6)]
    raised = together(*calls)
    assert [type(fault) for fault in raised] == [LimitError] * 5


# A server for one person.


def test_one_person_is_asked_for_nothing(store: Store, settings: Settings) -> None:
    """Whatever is shown, or nothing."""
    alone = replace(settings, accounts=False)
    for shown in (None, "", "nmv_usr_whatever"):
        who = authenticate(store, alone, shown)
        assert (who.account, who.local, who.plan.name) == ("local", True, "local")
        assert allow(who, "read", "write", "*") is who


def test_an_access_token_keeps_others_out(store: Store, settings: Settings) -> None:
    alone = replace(settings, accounts=False, access_token="correct horse battery")
    assert authenticate(store, alone, "correct horse battery").local
    for shown in (None, "", "correct horse batterx", "correct horse batterý", "nmv_usr_x", "\ud800"):
        with pytest.raises(UnauthorisedError, match="access token"):
            authenticate(store, alone, shown)


def test_clients_that_ask_for_a_token_first_get_one(store: Store, settings: Settings) -> None:
    """A server for one person gives a token that nobody needs; with an access token it gives none."""
    alone = replace(settings, accounts=False)
    guest = opening.guest_token(store, alone, "a client", "127.0.0.1")
    assert opening.guest_token(store, alone, "a client", "127.0.0.1").account == guest.account == "local"
    assert authenticate(store, alone, guest.issued.token).local
    assert guest.credits > 0
    with pytest.raises(DataError):
        opening.guest_token(store, alone, None, "127.0.0.1")
    with pytest.raises(UnauthorisedError):
        opening.guest_token(store, replace(alone, access_token="correct horse battery"), "a client", "127.0.0.1")


def test_the_local_account_is_made_once_by_many_processes(tmp_path: Path) -> None:
    from tests.unit.edges.accounts.test_ledger import balance, check_books, together

    settings = Settings(data=tmp_path)
    stores = [fresh_store(settings), *(Store(settings) for _ in range(3))]
    assert together(*(partial(opening.ensure_local, s, settings) for s in stores)) == []
    assert balance(stores[0], "local").available == plan(settings, "local").credits
    check_books(stores[0])
    for store in stores:
        store.close()
