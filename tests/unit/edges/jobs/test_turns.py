"""A message is stored once, done once, in its order, and always answered."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import event, func, select

from reelscore.edges.accounts import ledger
from reelscore.edges.jobs import events, jobs, messages, turns
from reelscore.edges.storage import sessions
from reelscore.edges.storage.media import StoredMedia, add_media
from reelscore.edges.storage.store import Store
from reelscore.edges.storage.tables import jobs as jobs_table
from reelscore.edges.storage.tables import messages as messages_table
from reelscore.edit import samples
from reelscore.errors import ConflictError, DataError, EditError, NotFoundError
from reelscore.values.command import Step
from reelscore.values.message import Action
from reelscore.values.reading import MediaInfo
from tests.unit.edges.jobs.conftest import account_in, session_in

HALF = Step("volume", (("which", "music"), ("to", "50%")))
LOUD = Step("volume", (("which", "music"), ("to", "90%")))
MUSIC = Step("generate_music", (("prompt", "calm piano"), ("duration", "4s")))


def versions(store: Store, session: str) -> int:
    with store.database.read() as tx:
        return len(sessions.load(tx, session).history.versions)


def kinds(store: Store, session: str, message: str) -> list[str]:
    with store.database.read() as tx:
        return [event.kind for event in events.read(tx, f"session:{session}", 0, message)]


@pytest.mark.slow  # it loads the words
def test_a_short_message_is_answered_when_say_returns(store: Store, account: str, session: str) -> None:
    message = turns.say(store, account, session, "undo")
    assert message.state in ("done", "failed")
    assert message.reply is not None
    assert message.reply.text


def test_a_typed_edit_is_one_version_and_told_in_full(store: Store, account: str, session: str) -> None:
    message = turns.edit(store, account, session, [HALF, Step("filter", (("name", "warm"),))])
    assert (message.state, message.version, versions(store, session)) == ("done", "v2", 2)
    assert message.reply is not None
    assert {"city timelapse: filters none -> warm", "music: volume 100% -> 50%"} <= set(message.reply.done)
    assert turns.get(store, account, session, message_id=message.id) == message


def test_the_events_of_a_message_begin_with_accepted_and_end_with_end(store: Store, account: str, session: str) -> None:
    message = turns.edit(store, account, session, [HALF])
    assert kinds(store, session, message.id) == ["accepted", "call", "result", "edited", "text", "reply", "end"]


def test_the_same_key_is_the_same_message(store: Store, account: str, session: str) -> None:
    first = turns.edit(store, account, session, [HALF], key="mine")
    again = turns.edit(store, account, session, [LOUD], key="mine")
    assert again == first
    assert versions(store, session) == 2


def test_a_long_conversation_costs_an_edit_nothing(store: Store, account: str, session: str) -> None:
    """No statement of an edit looks through all that was said before."""
    asked: list[tuple[str, object]] = []

    def note(_: object, __: object, statement: str, parameters: object, *___: object) -> None:
        if "messages" in statement and statement.startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(store.database.engine, "before_cursor_execute", note)
    try:
        turns.edit(store, account, session, [HALF])
    finally:
        event.remove(store.database.engine, "before_cursor_execute", note)
    assert asked
    with store.database.read() as tx:
        for statement, parameters in asked:
            plan = [row[3] for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]  # type: ignore[arg-type]
            looks = [one for one in plan if "messages" in one]
            assert all("=? AND" in one or "(id=?)" in one for one in looks), plan


def test_many_at_once_with_one_key_are_one(store: Store, account: str, session: str) -> None:
    with ThreadPoolExecutor(8) as threads:
        said = list(threads.map(lambda _: turns.edit(store, account, session, [HALF], key="mine"), range(16)))
    assert len({message.id for message in said}) == 1
    assert versions(store, session) == 2


def test_many_at_once_are_all_done_one_after_the_other(store: Store, account: str, session: str) -> None:
    levels = [Step("volume", (("which", "music"), ("to", f"{n}%"))) for n in range(20, 40)]
    with ThreadPoolExecutor(8) as threads:
        said = list(threads.map(lambda level: turns.edit(store, account, session, [level]), levels))
    assert {message.state for message in said} == {"done"}
    assert sorted(message.number for message in said) == list(range(1, 21))
    assert versions(store, session) == 21


def test_an_edit_of_a_version_that_is_not_current_any_more_is_refused(store: Store, account: str, session: str) -> None:
    turns.edit(store, account, session, [HALF], based_on="v1")
    with pytest.raises(ConflictError) as refused:
        turns.edit(store, account, session, [LOUD], based_on="v1")
    assert refused.value.candidates == ("v2",)
    assert versions(store, session) == 2


def test_only_one_of_many_edits_of_the_same_version_is_done(store: Store, account: str, session: str) -> None:
    def one(n: int) -> bool:
        try:
            turns.edit(store, account, session, [Step("volume", (("which", "music"), ("to", f"{n}%")))], based_on="v1")
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(one, range(20, 32))) == 1
    assert versions(store, session) == 2


def test_a_typed_edit_that_cannot_be_is_refused_and_leaves_nothing(store: Store, account: str, session: str) -> None:
    with pytest.raises(EditError, match="level"):
        turns.edit(store, account, session, [Step("volume", (("level", "50%"),))])
    with store.database.read() as tx:
        assert messages.history(tx, session) == []


def test_actions_among_edits_are_done_in_order(store: Store, account: str, session: str) -> None:
    turns.edit(store, account, session, [HALF])
    message = turns.edit(store, account, session, [Action("undo"), Action("credits")])
    assert message.reply is not None
    assert "You have 500 credits." in message.reply.text
    with store.database.read() as tx:
        assert sessions.load(tx, session).history.current == "v1"


def test_what_is_known_of_the_music_is_told(
    store: Store, account: str, session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "facts_of", lambda store, rows: samples.FACTS)
    message = turns.edit(store, account, session, [Action("status")])
    assert message.reply is not None
    assert "120 bpm" in message.reply.text


def test_an_export_that_the_plan_does_not_cover_is_refused_with_the_reason(store: Store) -> None:
    """Also when it is asked for in a message, behind an edit that is done."""
    guest = account_in(store, "anonymous")
    session = session_in(store, guest)
    large = Action("export", (("resolution", "4k"),))
    message = turns.edit(store, guest, session, [HALF, large])
    assert message.reply is not None
    assert "larger than the plan" in message.reply.failed[0]
    assert (message.state, len(message.reply.done)) == ("done", 1)
    assert versions(store, session) == 2
    with store.database.read() as tx:
        assert not jobs.listed(tx, guest)


def test_an_export_of_nothing_is_refused_where_it_is_said(store: Store, account: str) -> None:
    with store.database.write() as tx:
        empty = sessions.create(tx, account, "empty").id
    message = turns.edit(store, account, empty, [Action("export")])
    assert message.reply is not None
    assert (message.state, message.reply.done) == ("failed", ())
    assert message.reply.failed == (
        "export: There is nothing on the timeline yet. Upload a clip, or ask for music first.",
    )
    with store.database.read() as tx:
        assert not jobs.listed(tx, account)


def test_the_status_tells_what_became_of_what_went_on_behind_an_answer(
    store: Store, account: str, session: str
) -> None:  # fmt: skip
    turns.edit(store, account, session, [Action("export"), Action("upload", (("url", "https://example.org/a.mp4"),))])
    told = status(store, account, session)
    assert "Under way: understand 0%, render 0%." in told
    assert "export" not in told.partition("\n")[0]
    with store.database.write() as tx:
        for job in jobs.listed(tx, session=session, states=jobs.OPEN):
            taken = jobs.take(tx, job.id, "one")
            assert taken is not None
            if job.kind == "render":
                jobs.end(tx, taken, "completed", result={"blob": "b", "filename": "film.mp4"})
            else:
                jobs.end(tx, taken, "failed", error={"code": 400, "message": "It is not found.", "hint": "Look."})
    assert status(store, account, session).startswith(
        "Nothing is under way. The last export is ready: film.mp4. "
        "https://example.org/a.mp4 was not fetched: It is not found. Look."
    )


def status(store: Store, account: str, session: str) -> str:
    """What a person hears who asks for it."""
    reply = turns.edit(store, account, session, [Action("status")]).reply
    assert reply is not None
    return reply.text


def test_an_export_said_is_answered_at_once_and_its_end_is_told_to_the_session(
    store: Store, account: str, session: str
) -> None:  # fmt: skip
    message = turns.edit(store, account, session, [HALF, Action("export", (("format", "mp4"),))])
    assert message.state == "done"
    assert message.reply is not None
    assert "is being rendered (job job_" in message.reply.text
    with store.database.read() as tx:
        (job,) = jobs.listed(tx, session=session, states=jobs.OPEN)
    jobs.cancel(store, job.id)
    with store.database.read() as tx:
        told = [event.body["state"] for event in events.read(tx, f"session:{session}") if event.kind == "job"]
    assert told[-1] == "cancelled"


def test_music_is_a_job_and_what_is_said_after_it_waits(store: Store, account: str, session: str) -> None:
    music = turns.edit(store, account, session, [MUSIC])
    after = turns.edit(store, account, session, [HALF])
    assert (music.state, after.state) == ("running", "waiting")
    with store.database.read() as tx:
        job = jobs.get(tx, music.job or "")
        assert (job.kind, job.state, job.message, job.credits) == ("music", "queued", music.id, 10)
        assert ledger.balance(tx, account).frozen == 10


def test_what_asks_about_the_work_goes_ahead_of_what_waits(store: Store, account: str, session: str) -> None:
    turns.edit(store, account, session, [MUSIC])
    waiting = turns.edit(store, account, session, [HALF])
    asked = turns.edit(store, account, session, [Action("status")])
    assert asked.reply is not None
    assert "Under way: music 0%." in asked.reply.text
    assert turns.get(store, account, session, message_id=waiting.id).state == "waiting"


def test_stopping_answers_the_message_refunds_it_and_gives_the_next_its_turn(
    store: Store, account: str, session: str
) -> None:
    music = turns.edit(store, account, session, [MUSIC])
    after = turns.edit(store, account, session, [HALF])
    assert turns.cancel(store, account, session) == [music.job]
    stopped = turns.get(store, account, session, message_id=music.id)
    assert stopped.state == "cancelled"
    assert stopped.reply is not None
    assert stopped.reply.text.startswith("Stopped.")
    assert kinds(store, session, music.id)[-1] == "end"
    assert turns.get(store, account, session, message_id=after.id).state == "done"
    with store.database.read() as tx:
        assert ledger.balance(tx, account) == ledger.Balance(500, 0, 500, 500, 0)


def test_stop_said_as_a_message_does_the_same(store: Store, account: str, session: str) -> None:
    music = turns.edit(store, account, session, [MUSIC])
    said = turns.edit(store, account, session, [Action("cancel")])
    assert said.reply is not None
    assert "Stopped: music" in said.reply.text
    assert turns.get(store, account, session, message_id=music.id).state == "cancelled"


def test_without_credits_the_rest_of_a_message_is_done(store: Store) -> None:
    account = account_in(store)
    with store.database.write() as tx:
        ledger.expire(tx, account)
    session = session_in(store, account)
    message = turns.edit(store, account, session, [HALF, MUSIC])
    assert message.state == "done"
    assert message.reply is not None
    assert "50%" in message.reply.done[0]
    assert "10 credits" in message.reply.failed[0]
    assert "error" in kinds(store, session, message.id)
    with store.database.read() as tx:
        assert tx.execute(select(func.count()).select_from(jobs_table)).scalar_one() == 0


def test_a_message_waits_for_the_reading_of_its_session(store: Store, account: str, session: str) -> None:
    with store.database.write() as tx:
        reading = jobs.start(tx, account, session, "understand", {"media": "sha256:1"})
    message = turns.edit(store, account, session, [HALF])
    assert message.state == "waiting"
    jobs.cancel(store, reading.id)
    assert turns.get(store, account, session, message_id=message.id).state == "done"


def test_whatever_goes_wrong_the_person_is_told(
    store: Store, account: str, session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("reelscore.conversing.carry_out", broken)
    message = turns.edit(store, account, session, [HALF])
    assert message.state == "failed"
    assert message.reply is not None
    assert "could not be dealt with" in message.reply.text
    assert kinds(store, session, message.id)[-1] == "end"


def test_another_ones_session_is_not_there(store: Store, session: str) -> None:
    with pytest.raises(NotFoundError):
        turns.say(store, account_in(store), session, "undo")


def test_an_endless_key_is_refused(store: Store, account: str, session: str) -> None:
    with pytest.raises(DataError):
        turns.say(store, account, session, "undo", key="k" * 201)


@pytest.mark.slow
def test_both_databases_keep_the_order_and_the_keys(any_store: Store) -> None:
    account = account_in(any_store)
    session = session_in(any_store, account)
    with ThreadPoolExecutor(6) as threads:
        keys = [f"k{n % 6}" for n in range(18)]
        said = list(threads.map(lambda key: turns.edit(any_store, account, session, [HALF, LOUD], key=key), keys))
    assert len({message.id for message in said}) == 6
    with any_store.database.read() as tx:
        count = select(func.count()).select_from(messages_table)
        assert tx.execute(count).scalar_one() == 6


def test_a_file_that_is_not_on_the_timeline_can_be_used_by_its_name(store: Store, account: str, session: str) -> None:
    blob = store.blobs.put_bytes(b"a film")
    info = MediaInfo("", "mp4", 6, None, None, 0, 0, False, samples.BEACH.duration)
    new = replace(samples.BEACH, id=f"sha256:{blob}", name="new.mp4")
    with store.database.write() as tx:
        add_media(tx, session, StoredMedia(new.id, blob, new.name, 6, new, info, origin="uploaded"))
    message = turns.edit(store, account, session, [Step("add", (("media", "new.mp4"),))])
    assert message.state == "done"
    with store.database.read() as tx:
        placed = [segment.media for _, _, segment in sessions.load(tx, session).history.timeline.placed()]
    assert new.id in placed
