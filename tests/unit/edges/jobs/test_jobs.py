"""A job is asked for once, paid for once, ended once, whoever works on it and however often."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import func, select, update

from reelscore.edges.accounts import ledger
from reelscore.edges.jobs import endings, events, jobs, messages, turns
from reelscore.edges.jobs.jobs import Job
from reelscore.edges.jobs.pool import CrashError, StoppedError
from reelscore.edges.storage import sessions
from reelscore.edges.storage.store import Store
from reelscore.edges.storage.tables import entries
from reelscore.edges.storage.tables import jobs as table
from reelscore.errors import BriefError, ConflictError, CreditsError, LimitError, NotFoundError
from reelscore.values.command import Step
from tests.unit.edges.jobs.conftest import account_in, hands_of, session_in

MUSIC = Step("generate_music", (("prompt", "calm piano"), ("duration", "4s")))


def start(store: Store, account: str, session: str, **more: Any) -> Job:
    with store.database.write() as tx:
        return jobs.start(tx, account, session, "render", more.pop("params", {"target": {}}), **more)


def fail_after_start(store: Store, account: str, session: str) -> None:
    """A transaction that starts a job, and fails."""
    with suppress(ZeroDivisionError), store.database.write() as tx:
        jobs.start(tx, account, session, "render", {}, credits=10)
        raise ZeroDivisionError


def get(store: Store, job: Job) -> Job:
    with store.database.read() as tx:
        return jobs.get(tx, job.id)


def workflows(store: Store) -> int:
    from reelscore.edges.jobs import queues

    return len(queues.client_of(store.database).list_workflows())


def test_the_same_request_with_the_same_id_is_the_same_job(store: Store, account: str, session: str) -> None:
    first = start(store, account, session, client_id="mine")
    assert start(store, account, session, client_id="mine") == first
    assert workflows(store) == 1


def test_another_request_with_a_known_id_is_refused(store: Store, account: str, session: str) -> None:
    start(store, account, session, client_id="mine")
    with pytest.raises(ConflictError, match="mine"):
        start(store, account, session, client_id="mine", params={"target": {"format": "gif"}})


def test_a_transaction_that_fails_leaves_no_job_no_credits_and_no_workflow(
    store: Store, account: str, session: str
) -> None:
    fail_after_start(store, account, session)
    with store.database.read() as tx:
        assert jobs.listed(tx, account) == []
        assert ledger.balance(tx, account).frozen == 0
    assert workflows(store) == 0


def test_too_few_credits_are_no_job(store: Store, account: str, session: str) -> None:
    with pytest.raises(CreditsError):
        start(store, account, session, credits=501)
    with store.database.read() as tx:
        assert jobs.listed(tx, account) == []


def test_no_more_jobs_than_allowed_are_under_way(store: Store, account: str, session: str) -> None:
    start(store, account, session, most=1)
    with pytest.raises(LimitError):
        start(store, account, session, most=1)


def test_another_ones_job_is_not_there(store: Store, account: str, session: str) -> None:
    job = start(store, account, session)
    with pytest.raises(NotFoundError):
        jobs.cancel(store, job.id, account_in(store))


def test_only_the_latest_owner_can_end_a_job(store: Store, account: str, session: str) -> None:
    job = start(store, account, session, credits=10)
    with store.database.write() as tx:
        frozen = jobs.take(tx, job.id, "one")
        taken_over = jobs.take(tx, job.id, "two")
    assert frozen is not None
    assert taken_over is not None
    assert endings.completed(store, frozen, {"by": "one"}) is False
    assert endings.failed(store, frozen, {"code": 1}) is False
    with store.database.write() as tx:
        assert jobs.report(tx, frozen, "render", 0.5, None) is False
    assert get(store, job).state == "running"
    assert endings.completed(store, taken_over, {"by": "two"}) is True
    assert endings.completed(store, taken_over, {"by": "two again"}) is False
    assert get(store, job).result == {"by": "two"}
    with store.database.read() as tx:
        assert ledger.balance(tx, account).consumed == 10
        assert tx.execute(select(func.sum(entries.c.amount))).scalar() == 0


def test_a_job_that_was_stopped_can_be_ended_by_nobody(store: Store, account: str, session: str) -> None:
    job = start(store, account, session, credits=10)
    with store.database.write() as tx:
        mine = jobs.take(tx, job.id, "one")
    assert mine is not None
    assert jobs.cancel(store, job.id).state == "cancelled"
    assert endings.completed(store, mine, {}) is False
    assert jobs.cancel(store, job.id).state == "cancelled"
    with store.database.read() as tx:
        assert ledger.balance(tx, account) == ledger.Balance(500, 0, 500, 500, 0)


def test_a_failed_job_is_done_again_and_paid_for_again(store: Store, account: str, session: str) -> None:
    job = start(store, account, session, credits=10)
    with store.database.write() as tx:
        mine = jobs.take(tx, job.id, "one")
    assert mine is not None
    endings.failed(store, mine, {"code": 400, "message": "no", "hint": ""})
    again = jobs.retry(store, job.id)
    assert (again.id, again.state, again.run, again.error) == (job.id, "queued", 2, None)
    with store.database.write() as tx:
        mine = jobs.take(tx, job.id, "one")
    assert mine is not None
    assert endings.completed(store, mine, {}) is True
    with store.database.read() as tx:
        assert ledger.balance(tx, account).consumed == 10
    with pytest.raises(ConflictError):
        jobs.retry(store, job.id)


def test_music_that_failed_is_asked_for_again_by_a_new_message(store: Store, account: str, session: str) -> None:
    message = turns.edit(store, account, session, [MUSIC])
    jobs.cancel(store, message.job or "")
    again = jobs.retry(store, message.job or "")
    assert (again.kind, again.state) == ("music", "queued")
    assert again.message not in (None, message.id)
    assert jobs.retry(store, message.job or "") == again


def test_a_jobs_own_stream_ends_with_end_and_holds_no_old_progress(store: Store, account: str, session: str) -> None:
    job = start(store, account, session)
    with store.database.write() as tx:
        mine = jobs.take(tx, job.id, "one")
        assert mine is not None
        assert jobs.report(tx, mine, "render", 0.25, 3.0)
    with store.database.read() as tx:
        assert [e.kind for e in events.read(tx, f"job:{job.id}")] == ["job", "job", "progress"]
    endings.completed(store, mine, {})
    with store.database.read() as tx:
        assert [e.kind for e in events.read(tx, f"job:{job.id}")] == ["job", "job", "job", "end"]


def test_deleting_a_session_stops_what_it_works_on_at_no_cost(store: Store, account: str, session: str) -> None:
    message = turns.edit(store, account, session, [MUSIC])
    start(store, account, session)
    endings.session_deleted(store, session, account)
    with store.database.read() as tx:
        assert {job.state for job in jobs.listed(tx, account)} == {"cancelled"}
        assert messages.get(tx, message.id).state == "cancelled"
        assert (ledger.balance(tx, account).available, ledger.balance(tx, account).frozen) == (500, 0)
    with pytest.raises(NotFoundError):
        endings.session_deleted(store, session, account)


def test_a_session_is_deleted_by_its_owner_only(store: Store, account: str, session: str) -> None:
    message = turns.edit(store, account, session, [MUSIC])
    with pytest.raises(NotFoundError):
        endings.session_deleted(store, session, account_in(store))
    assert turns.get(store, account, session, message_id=message.id).state == "running"


@pytest.mark.parametrize("end", ["work", "cancel"])
def test_music_whose_session_is_gone_comes_to_its_end(store: Store, account: str, session: str, end: str) -> None:
    """Nobody can stop it by talking any more; its credits would be held for ever."""
    job = turns.edit(store, account, session, [MUSIC]).job or ""
    with store.database.write() as tx:
        sessions.delete(tx, session)
    if end == "work":
        assert hands_of(store, lambda *_: pytest.fail("begun")).work(job) == "failed"
    else:
        assert jobs.cancel(store, job, account).state == "cancelled"
    with store.database.read() as tx:
        assert ledger.balance(tx, account).available == 500


# What a worker makes of it.


def test_a_wish_that_cannot_be_met_fails_at_once_and_the_rest_of_the_message_stands(
    store: Store, account: str, session: str
) -> None:
    tries = []

    def does(function: str, arguments: dict[str, Any], stop: object) -> Any:
        tries.append(function)
        raise BriefError("No such tempo.", "Try 120.")

    message = turns.edit(store, account, session, [Step("filter", (("name", "warm"),)), MUSIC])
    assert hands_of(store, does).work(message.job or "") == "failed"
    assert tries == ["music"]
    answered = turns.get(store, account, session, message_id=message.id)
    assert answered.state == "done"
    assert answered.reply is not None
    assert "No such tempo." in answered.reply.failed[0]
    assert answered.reply.done
    with store.database.read() as tx:
        job = jobs.get(tx, message.job or "")
        assert (job.state, job.error) == ("failed", {"code": 400, "message": "No such tempo.", "hint": "Try 120."})
        assert ledger.balance(tx, account).total == 500


def test_a_child_that_dies_is_tried_three_times(store: Store, account: str, session: str) -> None:
    tries = []

    def does(function: str, arguments: dict[str, Any], stop: object) -> Any:
        tries.append(function)
        raise CrashError("it ended with code -11")

    message = turns.edit(store, account, session, [MUSIC])
    assert hands_of(store, does).work(message.job or "") == "failed"
    assert len(tries) == 3
    answered = turns.get(store, account, session, message_id=message.id)
    assert answered.state == "failed"
    with store.database.read() as tx:
        assert jobs.get(tx, message.job or "").error["code"] == 500  # type: ignore[index]
        assert ledger.balance(tx, account).total == 500


def test_a_job_that_kills_its_workers_is_given_up(store: Store, account: str, session: str) -> None:
    job = start(store, account, session)
    with store.database.write() as tx:
        tx.execute(update(table).where(table.c.id == job.id).values(attempts=12))
    assert hands_of(store, lambda *_: None).work(job.id) == "failed"


def test_a_worker_that_leaves_hands_its_job_back(store: Store, account: str, session: str) -> None:
    message = turns.edit(store, account, session, [MUSIC])
    hands = hands_of(store, lambda *_: _stopped())
    hands.leaving.set()
    assert hands.work(message.job or "") == "left"
    with store.database.read() as tx:
        assert jobs.get(tx, message.job or "").state == "queued"
    assert workflows(store) == 2


def test_a_worker_that_lost_its_job_writes_nothing(store: Store, account: str, session: str) -> None:
    message = turns.edit(store, account, session, [MUSIC])
    hands = hands_of(store, lambda *_: _stopped())

    def stolen(function: str, arguments: dict[str, Any], stop: Any) -> Any:
        with store.database.write() as tx:
            jobs.take(tx, message.job or "", "another")
        hands._look(list(hands._held))
        assert stop()
        raise StoppedError

    hands.pool.does = stolen  # type: ignore[attr-defined]
    assert hands.work(message.job or "") == "lost"
    with store.database.read() as tx:
        job = jobs.get(tx, message.job or "")
        assert (job.state, job.owner) == ("running", "another")


def test_a_job_that_has_ended_is_not_begun(store: Store, account: str, session: str) -> None:
    job = start(store, account, session)
    jobs.cancel(store, job.id)
    assert hands_of(store, lambda *_: pytest.fail("begun")).work(job.id) == "ended"


@pytest.mark.slow
def test_both_databases_hold_job_credits_and_workflow_in_one_transaction(any_store: Store) -> None:
    account = account_in(any_store)
    session = session_in(any_store, account)
    fail_after_start(any_store, account, session)
    assert workflows(any_store) == 0
    job = start(any_store, account, session, credits=10)
    assert workflows(any_store) == 1
    assert jobs.cancel(any_store, job.id).state == "cancelled"


def _stopped() -> None:
    raise StoppedError
