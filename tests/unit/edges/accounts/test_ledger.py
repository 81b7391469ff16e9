"""Credits are never made, lost, or taken twice, whatever happens in whatever order."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings as bounds
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import func, select

from reelscore.edges.accounts import ledger
from reelscore.edges.accounts.opening import open_account
from reelscore.edges.accounts.plans import plan
from reelscore.edges.settings import Settings
from reelscore.edges.storage.store import Store
from reelscore.edges.storage.tables import entries
from reelscore.errors import ConflictError, CreditsError, DataError, NotFoundError
from tests.unit.edges.accounts.fresh import fresh_store


class Killed(BaseException):
    """The process was killed in the middle of a transaction."""


def account(store: Store, credits: int = 0) -> str:
    """An account that was given so many credits and nothing else."""
    with store.database.write() as tx:
        made = open_account(tx, plan(store.settings, "anonymous"), "registered")
        ledger.expire(tx, made)
        if credits:
            ledger.grant(tx, made, credits, "test")
        return made


def balance(store: Store, of: str) -> ledger.Balance:
    with store.database.read() as tx:
        return ledger.balance(tx, of)


def check_books(store: Store) -> None:
    """All rows sum to zero, each account's do, each movement's two do, and no side but `granted` is below zero."""
    with store.database.read() as tx:
        assert tx.execute(select(func.coalesce(func.sum(entries.c.amount), 0))).scalar_one() == 0
        by_movement = select(entries.c.movement, func.sum(entries.c.amount), func.count()).group_by(entries.c.movement)
        for movement, total, count in tx.execute(by_movement):
            assert (total, count) == (0, 2), movement
        by_side = select(entries.c.account, entries.c.side, func.sum(entries.c.amount)).group_by(
            entries.c.account, entries.c.side
        )
        for who, side, total in tx.execute(by_side):
            assert side == "granted" or total >= 0, (who, side, total)


def test_a_job_that_succeeds_consumes_what_was_frozen(store: Store) -> None:
    """100 credits; 30 are frozen; 30 are consumed."""
    who = account(store, 100)
    with store.database.write() as tx:
        assert ledger.freeze(tx, who, "job_1", 30)
        frozen = ledger.balance(tx, who)
        assert (frozen.available, frozen.frozen, frozen.total) == (70, 30, 100)
        assert ledger.settle(tx, "job_1")
    assert balance(store, who).available == 70
    assert balance(store, who).frozen == 0
    check_books(store)


def test_a_job_that_cost_less_gives_the_rest_back(store: Store) -> None:
    """Of 30 frozen credits 20 are consumed and 10 come back."""
    who = account(store, 100)
    with store.database.write() as tx:
        ledger.freeze(tx, who, "job_1", 30)
        ledger.settle(tx, "job_1", 20)
    after = balance(store, who)
    assert (after.available, after.frozen, after.consumed) == (80, 0, 20)
    check_books(store)


def test_a_job_that_fails_costs_nothing(store: Store) -> None:
    """A refund gives back everything, once."""
    who = account(store, 100)
    with store.database.write() as tx:
        ledger.freeze(tx, who, "job_1", 30)
        assert ledger.refund(tx, "job_1")
        assert not ledger.refund(tx, "job_1")
        assert not ledger.settle(tx, "job_1")
    assert balance(store, who).available == 100
    check_books(store)


def test_what_ended_does_not_end_again(store: Store) -> None:
    """After a settlement neither a second one nor a refund moves anything."""
    who = account(store, 100)
    with store.database.write() as tx:
        ledger.freeze(tx, who, "job_1", 30)
        assert ledger.settle(tx, "job_1", 10)
        assert not ledger.settle(tx, "job_1", 10)
        assert not ledger.refund(tx, "job_1")
        assert not ledger.freeze(tx, who, "job_1", 30)
    assert balance(store, who).available == 90
    check_books(store)


def test_too_few_credits_freeze_nothing(store: Store) -> None:
    """The error says what it costs and what is there."""
    who = account(store, 5)
    with pytest.raises(CreditsError, match="costs 10 credits; 5 are there"), store.database.write() as tx:
        ledger.freeze(tx, who, "job_1", 10)
    assert balance(store, who).available == 5


def test_the_same_job_freezes_the_same_amount(store: Store) -> None:
    """Frozen again with another amount is a mistake, not a second charge."""
    who = account(store, 100)
    with store.database.write() as tx:
        ledger.freeze(tx, who, "job_1", 10)
    with pytest.raises(ConflictError), store.database.write() as tx:
        ledger.freeze(tx, who, "job_1", 20)
    assert balance(store, who).frozen == 10


@pytest.mark.parametrize("amount", [-1, 31])
def test_no_more_is_consumed_than_was_frozen(store: Store, amount: int) -> None:
    """Settling an impossible amount moves nothing."""
    who = account(store, 100)
    with store.database.write() as tx:
        ledger.freeze(tx, who, "job_1", 30)
    with pytest.raises(DataError), store.database.write() as tx:
        ledger.settle(tx, "job_1", amount)
    assert balance(store, who).frozen == 30


def test_work_for_nothing_moves_nothing(store: Store) -> None:
    """A free job leaves no rows, and ends without any."""
    who = account(store, 10)
    with store.database.write() as tx:
        assert not ledger.freeze(tx, who, "job_1", 0)
        assert not ledger.settle(tx, "job_1")
        assert not ledger.refund(tx, "job_1")
    check_books(store)


def test_nobody_is_charged_who_is_not_there(store: Store) -> None:
    with pytest.raises(NotFoundError), store.database.write() as tx:
        ledger.freeze(tx, "nobody", "job_1", 1)


def test_a_named_grant_is_given_once(store: Store) -> None:
    """A top-up that is told twice gives once."""
    who = account(store)
    with store.database.write() as tx:
        assert ledger.grant(tx, who, 50, "top-up", once="payment 7")
        assert not ledger.grant(tx, who, 50, "top-up", once="payment 7")
    assert balance(store, who).available == 50


def test_what_is_transferred_stays_frozen_for_its_job(store: Store) -> None:
    """A guest's credits move on, and the job that was under way is settled from where they are now."""
    guest, person = account(store, 100), account(store, 500)
    with store.database.write() as tx:
        ledger.freeze(tx, guest, "job_1", 30)
        assert ledger.transfer(tx, guest, person) == 100
        moved = ledger.balance(tx, person)
        assert (moved.available, moved.frozen) == (570, 30)
        assert ledger.balance(tx, guest).total == 0
        assert ledger.settle(tx, "job_1", 10)
        assert ledger.balance(tx, person).available == 590
        assert ledger.transfer(tx, guest, person) == 0
    check_books(store)


def test_the_history_tells_what_changed_the_total(store: Store) -> None:
    """Grants, settlements and what expired, latest first, in pages; freezing alone changes no total."""
    who = account(store)
    with store.database.write() as tx:
        ledger.grant(tx, who, 100, "gift")
        ledger.freeze(tx, who, "job_1", 30)
        ledger.settle(tx, "job_1", 20)
        ledger.expire(tx, who)
    with store.database.read() as tx:
        seen, count = ledger.movements(tx, who, limit=3)
        kinds = [(one.kind, one.delta, one.subject) for one in seen]
        everything, all_count = ledger.movements(tx, who, kinds=("freeze", "refund", "settle"))
    assert kinds == [("expire", -80, ""), ("settle", -20, "job_1"), ("grant", 100, "gift")]
    assert count == 5  # and the opening grant, and what expired of it
    assert [(one.kind, one.delta) for one in everything] == [("settle", -20), ("refund", 0), ("freeze", 0)]
    assert all_count == 3


def test_an_unfinished_transaction_moves_nothing(store: Store) -> None:
    """Credits move together with what they pay for, or not at all."""
    who = account(store, 100)
    with pytest.raises(Killed), store.database.write() as tx:  # noqa: PT012
        ledger.freeze(tx, who, "job_1", 30)
        raise Killed
    assert balance(store, who).available == 100
    with store.database.write() as tx:
        assert ledger.freeze(tx, who, "job_1", 30)


def together(*calls: Callable[[], object]) -> list[BaseException]:
    """Run all of them at the same time; what they raised."""
    start, raised = threading.Barrier(len(calls)), list[BaseException]()

    def one(call: Callable[[], object]) -> None:
        start.wait()
        try:
            call()
        except BaseException as fault:
            raised.append(fault)

    threads = [threading.Thread(target=one, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_jobs_at_once_cannot_freeze_the_same_credits(either: Store) -> None:
    """Eight jobs of 30 credits ask for 100 at the same time: three get theirs, five are refused."""
    who = account(either, 100)

    def job(n: int) -> None:
        with either.database.write() as tx:
            ledger.freeze(tx, who, f"job_{n}", 30)

    raised = together(*(lambda n=n: job(n) for n in range(8)))
    assert len(raised) == 5
    assert all(isinstance(fault, CreditsError) for fault in raised)
    assert balance(either, who).frozen == 90
    check_books(either)


def test_ends_at_once_settle_once(either: Store) -> None:
    """Two workers that both believe they own the job end it, and the reaper refunds it: one of them counts."""
    who = account(either, 100)
    for n in range(5):
        with either.database.write() as tx:
            ledger.freeze(tx, who, f"job_{n}", 10)
        ended: list[bool] = []

        def end(call: Callable[..., bool], n: int = n, ended: list[bool] = ended) -> None:
            with either.database.write() as tx:
                done = call(tx, f"job_{n}")
            ended.append(done)

        assert together(lambda: end(ledger.settle), lambda: end(ledger.settle), lambda: end(ledger.refund)) == []
        assert sorted(ended) == [False, False, True]
    assert balance(either, who).frozen == 0
    check_books(either)


def test_a_transfer_and_an_end_at_once_lose_nothing(either: Store) -> None:
    """A guest signs up while the guest's job ends: the credits are in one place, and the job ended once."""
    for n in range(5):
        guest, person = account(either, 100), account(either, 0)
        with either.database.write() as tx:
            ledger.freeze(tx, guest, f"job_{n}", 40)

        def settle(n: int = n) -> None:
            with either.database.write() as tx:
                assert ledger.settle(tx, f"job_{n}", 15)

        def move(guest: str = guest, person: str = person) -> None:
            with either.database.write() as tx:
                ledger.transfer(tx, guest, person)

        assert together(settle, move) == []
        assert balance(either, guest).total == 0
        assert balance(either, person).available == 85
    check_books(either)


class Books(RuleBasedStateMachine):
    """Any order of movements, beside a plain model of what should be there."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.store = fresh_store(Settings(data=Path(self.folder.name), accounts=True))

    @initialize()
    def accounts(self) -> None:
        self.who = [account(self.store), account(self.store)]
        self.available = [0, 0]
        self.open: dict[str, tuple[int, int]] = {}  # job -> whose, how much
        self.count = 0

    @rule(n=st.integers(0, 1), amount=st.integers(1, 60))
    def grant(self, n: int, amount: int) -> None:
        with self.store.database.write() as tx:
            ledger.grant(tx, self.who[n], amount, "gift")
        self.available[n] += amount

    @rule(n=st.integers(0, 1), amount=st.integers(1, 50))
    def freeze(self, n: int, amount: int) -> None:
        self.count += 1
        job = f"job_{self.count}"
        try:
            with self.store.database.write() as tx:
                ledger.freeze(tx, self.who[n], job, amount)
        except CreditsError:
            assert amount > self.available[n]
        else:
            assert amount <= self.available[n]
            self.available[n] -= amount
            self.open[job] = (n, amount)

    @precondition(lambda self: self.open)
    @rule(data=st.data(), share=st.integers(0, 100), twice=st.booleans())
    def settle(self, data: st.DataObject, share: int, twice: bool) -> None:
        job = data.draw(st.sampled_from(sorted(self.open)))
        n, amount = self.open.pop(job)
        spent = amount * share // 100
        with self.store.database.write() as tx:
            assert ledger.settle(tx, job, spent)
            if twice:
                assert not ledger.settle(tx, job, spent)
        self.available[n] += amount - spent

    @precondition(lambda self: self.open)
    @rule(data=st.data(), crash=st.booleans())
    def refund(self, data: st.DataObject, crash: bool) -> None:
        job = data.draw(st.sampled_from(sorted(self.open)))
        if crash:  # killed before the transaction counted
            with pytest.raises(Killed), self.store.database.write() as tx:  # noqa: PT012
                ledger.refund(tx, job)
                raise Killed
        with self.store.database.write() as tx:
            assert ledger.refund(tx, job)
            assert not ledger.settle(tx, job)
        n, amount = self.open.pop(job)
        self.available[n] += amount

    @rule(n=st.integers(0, 1))
    def expire(self, n: int) -> None:
        with self.store.database.write() as tx:
            assert ledger.expire(tx, self.who[n]) == self.available[n]
        self.available[n] = 0

    @rule()
    def transfer(self) -> None:
        frozen = sum(amount for n, amount in self.open.values() if n == 0)
        with self.store.database.write() as tx:
            assert ledger.transfer(tx, self.who[0], self.who[1]) == self.available[0] + frozen
        self.available = [0, self.available[0] + self.available[1]]
        self.open = {job: (1, amount) for job, (_, amount) in self.open.items()}

    @invariant()
    def the_books_are_right(self) -> None:
        if not hasattr(self, "who"):
            return
        check_books(self.store)
        for n in (0, 1):
            now = balance(self.store, self.who[n])
            assert now.available == self.available[n]
            assert now.frozen == sum(amount for m, amount in self.open.values() if m == n)
            assert now.total == now.available + now.frozen

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()


Books.TestCase.settings = bounds(max_examples=12, stateful_step_count=25, deadline=None)
TestBooks = pytest.mark.slow(Books.TestCase)
