"""What nobody works on any more is found, and done by whoever is there."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from sqlalchemy import update

from reelscore.edges.accounts.plans import plan
from reelscore.edges.jobs import batches, fanout, jobs, leases, messages, queues, reaper, turns
from reelscore.edges.jobs.jobs import Job
from reelscore.edges.jobs.reaper import Reaper
from reelscore.edges.storage import sessions
from reelscore.edges.storage.store import Store
from reelscore.values.command import Step
from reelscore.values.message import Meaning
from tests.unit.edges.jobs.conftest import account_in, hands_of, session_in

HALF = Step("volume", (("which", "music"), ("to", "50%")))
DEAD = "elsewhere:1:1:w_dead"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is too young to be a stray."""
    monkeypatch.setattr(reaper, "_STRAY_MS", -1)


def look(store: Store) -> Reaper:
    return Reaper(hands_of(store, lambda *_: None))


def claim(store: Store, workflow: str, executor: str) -> None:
    """As a worker does that takes it from the queue."""
    client = queues.client_of(store.database)
    status = client._sys_db.tables.workflow_status
    with client._sys_db.engine.begin() as tx:
        mine = update(status).where(status.c.workflow_uuid == workflow)
        tx.execute(mine.values(status="PENDING", executor_id=executor))


def status_of(store: Store, workflow: str) -> str:
    return queues.client_of(store.database).retrieve_workflow(workflow).get_status().status


def start(store: Store, account: str, session: str) -> Job:
    with store.database.write() as tx:
        return jobs.start(tx, account, session, "render", {})


def test_work_of_an_executor_without_a_lease_goes_back_to_its_queue(store: Store, account: str, session: str) -> None:
    workflow = queues.workflow_of(start(store, account, session).id, 1)
    claim(store, workflow, DEAD)
    assert look(store).recover() == 1
    assert status_of(store, workflow) == "ENQUEUED"
    assert look(store).recover() == 0


def test_work_of_the_living_is_left_alone(store: Store, account: str, session: str) -> None:
    workflow = queues.workflow_of(start(store, account, session).id, 1)
    claim(store, workflow, DEAD)
    with store.database.write() as tx:
        leases.renew(tx, DEAD, ["render"])
    assert look(store).recover() == 0
    with store.database.write() as tx:
        leases.release(tx, DEAD)
    assert look(store).recover() == 1


def test_a_lease_that_ran_out_is_no_life(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "TTL_MS", -1)
    with store.database.write() as tx:
        leases.renew(tx, DEAD, ["render"])
        assert leases.living(tx) == []


def test_a_job_whose_workflow_ended_otherwise_is_queued_again(store: Store, account: str, session: str) -> None:
    job = start(store, account, session)
    queues.client_of(store.database).cancel_workflow(queues.workflow_of(job.id, 1))
    one = look(store)
    assert (one.rescue(), one.rescue(), one.rescue()) == (0, 1, 0)  # seen twice before it counts as lost
    assert status_of(store, queues.workflow_of(job.id, 2)) == "ENQUEUED"


def test_a_message_that_nobody_answered_gets_its_turn(store: Store, account: str, session: str) -> None:
    said = messages.new(session, "k", "", (), Meaning("en", (HALF,)))
    with store.database.write() as tx:
        messages.add(tx, said)
    look(store).give_turns()
    with store.database.read() as tx:
        assert messages.get(tx, said.id).state == "done"
        assert len(sessions.load(tx, session).history.versions) == 2


def test_tidying_keeps_what_is_of_use(store: Store, account: str, session: str) -> None:
    message = turns.edit(store, account, session, [HALF])
    look(store).tidy()
    assert turns.get(store, account, session, message_id=message.id) == message


def test_parts_are_shared_out_in_neighbours_of_about_the_same_size() -> None:
    parts = {"sound.wav": 0, **{f"{n}.mp4": 40 for n in range(6)}}
    assert fanout._shared_out(list(parts), parts, 3) == [
        ["sound.wav"],
        ["0.mp4", "1.mp4"],
        ["2.mp4", "3.mp4"],
        ["4.mp4", "5.mp4"],
    ]


def test_a_batch_says_each_message_once_and_goes_on_after_one_that_fails(
    store: Store, account: str, session: str
) -> None:
    items = [
        {"session": session, "text": "set the music volume to 50%", "export": {"format": "mp4"}},
        {"session": "nowhere", "text": "undo"},
        {"session": session, "text": "add a title", "export": {"format": "mp4"}},
    ]
    with store.database.write() as tx:
        batch = jobs.start(tx, account, None, "batch", {"items": items})
    over = threading.Event()
    exporter = threading.Thread(target=_export_all, args=(store, account, over))
    exporter.start()
    try:
        assert hands_of(store, lambda *_: None).work(batch.id) == "completed"
    finally:
        over.set()
        exporter.join()
    with store.database.read() as tx:
        result = jobs.get(tx, batch.id).result
        assert result is not None
        first, second, asked = result["items"]
        assert (first["state"], first["error"], second["state"]) == ("completed", None, "failed")
        assert second["error"]["code"] == 1002
        assert jobs.get(tx, first["job"]).params == {"target": {"format": "mp4"}}
        assert (asked["state"], asked["job"]) == ("failed", None)
        assert asked["error"]["message"] == "What should it say?"
        assert [message.state for message in messages.history(tx, session)] == ["done", "done"]


@pytest.mark.parametrize("name", ["anonymous", "free"])
def test_a_batch_has_no_more_music_written_at_once_than_the_plan_lets_it(store: Store, name: str) -> None:
    """The items behind wait for those before them; none is refused for it."""
    who = account_in(store, name)
    most = plan(store.settings, name).jobs
    items = [{"session": session_in(store, who), "text": "compose 8 seconds of calm piano"} for _ in range(most + 3)]
    with store.database.write() as tx:
        batch = jobs.start(tx, who, None, "batch", {"items": items})
    at_once: list[int] = []
    over = threading.Event()
    writer = threading.Thread(target=_cancel_music, args=(store, who, over, at_once))
    writer.start()
    try:
        assert hands_of(store, lambda *_: None).work(batch.id) == "completed"
    finally:
        over.set()
        writer.join()
    with store.database.read() as tx:
        said = [messages.history(tx, str(item["session"])) for item in items]
    assert [[one.state for one in talk] for talk in said] == [["cancelled"]] * len(items)
    assert max(at_once) == most


def test_a_batch_that_is_stopped_stops_its_items_and_tried_again_does_only_what_was_not_done(store: Store) -> None:
    who = account_in(store)
    places = [session_in(store, who) for _ in range(2)]
    words = ["set the music volume to 50%", "compose 8 seconds of calm piano"]
    items = [{"session": place, "text": text} for place, text in zip(places, words, strict=True)]
    with store.database.write() as tx:
        batch = jobs.start(tx, who, None, "batch", {"items": items})
    worker = threading.Thread(target=hands_of(store, lambda *_: None).work, args=(batch.id,))
    worker.start()
    music = _begun(store, who)
    jobs.cancel(store, batch.id, who)
    with store.database.read() as tx:
        assert jobs.get(tx, music).state == "cancelled"
    jobs.retry(store, batch.id, who)
    again = threading.Thread(target=hands_of(store, lambda *_: None).work, args=(batch.id,))
    again.start()
    jobs.cancel(store, _begun(store, who), who)
    again.join(60)
    worker.join(60)
    with store.database.read() as tx:
        first, second = ([one.state for one in messages.history(tx, place)] for place in places)
        result = jobs.get(tx, batch.id).result
    assert (first, second) == (["done"], ["cancelled", "cancelled"])
    assert result is not None
    assert [item["state"] for item in result["items"]] == ["completed", "cancelled"]


def test_what_a_batch_says_while_it_is_stopped_is_stopped_too(
    store: Store, account: str, session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.database.write() as tx:
        items = [{"session": session, "text": "compose 8 seconds of calm piano"}]
        batch = jobs.start(tx, account, None, "batch", {"items": items})
    say = batches._say

    def meanwhile(*args: Any) -> str | None:
        jobs.cancel(store, batch.id, account)
        return say(*args)

    monkeypatch.setattr(batches, "_say", meanwhile)
    hands = hands_of(store, lambda *_: None)
    monkeypatch.setattr(hands, "must_stop", lambda held: bool(messages_in(store, session)))
    assert hands.work(batch.id) in ("lost", "ended", "left")
    with store.database.read() as tx:
        assert [job.state for job in jobs.listed(tx, account)] == ["cancelled", "cancelled"]


def messages_in(store: Store, session: str) -> list[messages.Message]:
    with store.database.read() as tx:
        return messages.history(tx, session)


def _begun(store: Store, account: str) -> str:
    """The music that the account has written, once it is begun."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with store.database.read() as tx:
            for job in jobs.listed(tx, account, kind="music", states=jobs.OPEN):
                return job.id
        time.sleep(0.05)
    raise AssertionError("no music was begun")


def _cancel_music(store: Store, account: str, over: threading.Event, at_once: list[int]) -> None:
    """Ends music, one after the other, and notes how much of it was under way."""
    while not over.wait(0.4):
        with store.database.read() as tx:
            under_way = jobs.listed(tx, account, kind="music", states=jobs.OPEN)
        at_once.append(len(under_way))
        if under_way:
            jobs.cancel(store, under_way[-1].id)


def _export_all(store: Store, account: str, over: threading.Event) -> None:
    """Ends renders as a worker would."""
    while not over.wait(0.05):
        with store.database.write() as tx:
            for job in jobs.listed(tx, account, kind="render", states=("queued",)):
                taken = jobs.take(tx, job.id, "one")
                assert taken is not None
                jobs.end(tx, taken, "completed", result={"blob": "b", "filename": "film.mp4"})
