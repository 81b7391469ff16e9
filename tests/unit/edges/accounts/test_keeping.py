"""What a host does with accounts, through the ledger and for good."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from reelscore.edges.accounts import keeping, ledger, people
from reelscore.edges.accounts.opening import open_guest
from reelscore.edges.api.auth import authenticate
from reelscore.edges.settings import Settings
from reelscore.edges.storage import sessions
from reelscore.edges.storage.store import Store
from reelscore.edges.storage.tables import entries
from reelscore.errors import DataError, NotFoundError, UnauthorisedError

WORDS = "several words are good"


def ana(store: Store, settings: Settings) -> people.Entered:
    return people.sign_up(store, settings, "Ana@Example.org", WORDS, "198.51.100.7")


def test_accounts_are_listed_and_found_by_id_and_by_email(store: Store, settings: Settings) -> None:
    made = ana(store, settings)
    guest = open_guest(store, settings, "client-1", "198.51.100.8")
    with store.database.write() as tx:
        sessions.create(tx, made.account)
    assert {one.id for one in keeping.listed(store)} == {made.account, guest.account, "local"}
    (one,) = keeping.listed(store, "EXAMPLE.org")
    assert one == keeping.found(store, made.account) == keeping.found(store, "ana@example.org ")
    assert (one.email, one.kind, one.sessions, one.frozen) == ("ana@example.org", "registered", 1, 0)
    assert keeping.listed(store, "%") == (), "a percent sign is a percent sign"
    assert len(keeping.listed(store, limit=2)) == 2
    with pytest.raises(NotFoundError, match="no account"):
        keeping.found(store, "nobody@example.org")


def test_another_plan_counts_from_the_next_call_on(store: Store, settings: Settings) -> None:
    made = ana(store, settings)
    before = keeping.found(store, made.account)
    after = keeping.set_plan(store, settings, "ana@example.org", "anonymous")
    assert (before.plan, after.plan, after.available) == ("free", "anonymous", before.available)
    assert authenticate(store, settings, made.issued.token).plan.name == "anonymous"
    with pytest.raises(DataError, match='no plan "gold"'):
        keeping.set_plan(store, settings, made.account, "gold")


def test_credits_come_through_the_ledger_and_a_name_gives_them_once(store: Store, settings: Settings) -> None:
    made = ana(store, settings)
    before = keeping.found(store, made.account).available
    assert keeping.give(store, made.account, 500, "top-up", "invoice-17")[1]
    after, given = keeping.give(store, "ana@example.org", 500, "top-up", "invoice-17")
    assert (after.available, given) == (before + 500, False)
    assert keeping.give(store, made.account, 7, "sorry")[0].available == before + 507
    with store.database.read() as tx:
        (latest, *_), _ = ledger.movements(tx, made.account)
        assert (latest.kind, latest.delta, latest.subject) == ("grant", 7, "sorry")
        assert tx.execute(select(func.sum(entries.c.amount))).scalar_one() == 0
    for amount in (0, -5):
        with pytest.raises(DataError):
            keeping.give(store, made.account, amount, "")


def test_a_closed_account_is_gone(store: Store, settings: Settings) -> None:
    made = ana(store, settings)
    with store.database.write() as tx:
        session = sessions.create(tx, made.account).id
    keeping.close_account(store, "ana@example.org")
    with pytest.raises(UnauthorisedError):
        authenticate(store, settings, made.issued.token)
    with store.database.read() as tx, pytest.raises(NotFoundError):
        sessions.load(tx, session)
    with pytest.raises(NotFoundError):
        keeping.found(store, made.account)
    assert ana(store, settings).account != made.account, "the email is free again"
    with pytest.raises(DataError, match="one person"):
        keeping.close_account(store, "local")
