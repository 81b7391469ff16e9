"""When a guest's week is over its credits go, and its work once nobody can claim it; and nothing sooner."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from reelscore.edges.accounts import opening, people, tokens
from reelscore.edges.accounts.ended import end_guests
from reelscore.edges.settings import Settings
from reelscore.edges.storage import sessions
from reelscore.edges.storage.collect import Keep, collect
from reelscore.edges.storage.ids import now_ms
from reelscore.edges.storage.media import StoredMedia, add_media
from reelscore.edges.storage.store import Store
from reelscore.edges.storage.tables import accounts
from reelscore.edges.storage.tables import tokens as tokens_table
from reelscore.errors import NotFoundError
from reelscore.values.reading import MediaInfo
from tests.unit.edges.accounts.test_ledger import balance, check_books
from tests.unit.edges.storage.timelines import clip

WEEK_MS = 7 * tokens.DAY_MS


def guest_at_work(store: Store, settings: Settings, client: str = "a client") -> tuple[str, str, str]:
    """A guest with a file in a session: the account, the session, the blob."""
    of = opening.open_guest(store, settings, client, "203.0.113.7")
    blob = store.blobs.put_bytes(client.encode())
    with store.database.write() as tx:
        session = sessions.create(tx, of.account).id
        info = MediaInfo("", "wav", 8, None, None, 0, 0, False, clip().duration)
        add_media(tx, session, StoredMedia(f"sha256:{blob}", blob, "a.wav", 8, clip(), info))
    return of.account, session, blob


def older(store: Store, account: str, by_ms: int) -> None:
    with store.database.write() as tx:
        tx.execute(update(accounts).where(accounts.c.id == account).values(created_at=accounts.c.created_at - by_ms))


def is_there(store: Store, session: str) -> bool:
    try:
        with store.database.read() as tx:
            sessions.load(tx, session)
    except NotFoundError:
        return False
    return True


def test_after_its_week_a_guests_credits_and_work_go(store: Store, settings: Settings) -> None:
    account, session, blob = guest_at_work(store, settings)
    assert end_guests(store, settings) == 0
    assert is_there(store, session)
    older(store, account, WEEK_MS)
    assert end_guests(store, settings) == 1
    assert end_guests(store, settings) == 0
    assert not is_there(store, session)
    assert balance(store, account).available == 0
    check_books(store)
    collect(store, Keep(grace=-1, deleted=-1))
    assert not store.blobs.exists(blob), "its bytes are collected"
    with store.database.read() as tx:
        row = tx.execute(select(accounts).where(accounts.c.id == account)).one()
    assert (row.kind, row.client_hash, row.address_hash) == ("deleted", None, None)
    assert opening.open_guest(store, settings, "a client", "203.0.113.7").account != account, (
        "the client may come again"
    )


def test_work_waits_for_the_last_claim_to_end(store: Store, settings: Settings) -> None:
    account, session, _ = guest_at_work(store, settings)
    with store.database.write() as tx:
        code = tokens.issue_claim(tx, account, "task", session)
    older(store, account, WEEK_MS)
    assert end_guests(store, settings) == 0
    assert is_there(store, session)
    assert balance(store, account).available == 0, "credits wait for nobody"
    with store.database.write() as tx:
        tx.execute(
            update(tokens_table).where(tokens_table.c.hash == tokens.digest(code)).values(expires_at=now_ms() - 1)
        )
    assert end_guests(store, settings) == 1
    assert not is_there(store, session)


@pytest.mark.parametrize("kept", ["young", "bound", "registered"])
def test_nobody_elses_work_goes(store: Store, settings: Settings, kept: str) -> None:
    account, session, _ = guest_at_work(store, settings)
    if kept == "young":
        older(store, account, WEEK_MS - 60_000)
    else:
        with store.database.write() as tx:
            code = tokens.issue_claim(tx, account, "task", session)
        made = people.sign_up(
            store, settings, "ana@example.org", "several words are good", "203.0.113.7", bound=account, proof=code
        )
        older(store, account if kept == "bound" else made.account, 2 * WEEK_MS)
    assert end_guests(store, settings) == 0
    assert is_there(store, session)
