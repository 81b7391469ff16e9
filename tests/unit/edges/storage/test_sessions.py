"""Sessions come back exactly as they were saved, and nobody's save is overwritten in silence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event, select, update

from reelscore.edges.storage import sessions
from reelscore.edges.storage.sessions import Session
from reelscore.edges.storage.store import Store
from reelscore.edges.storage.tables import versions
from reelscore.editing import History, dumps, named, redo, restore, undo
from reelscore.errors import ConflictError, DataError, NotFoundError
from reelscore.values.command import Said, Step
from reelscore.values.message import Context, Option, Question
from tests.unit.edges.storage.conftest import rolled_back
from tests.unit.edges.storage.timelines import edited, film, long

ASKED = Question(
    Said("Which?", "哪个？"), (Option(Said("a", "甲"), (Step("title", (("text", "x"), ("start", 1.5))),)),)
)


def made(store: Store, history: History | None = None, **more: str) -> Session:
    with store.database.write() as tx:
        return sessions.create(tx, "local", "Holidays", **more, history=history)


def loaded(store: Store, session_id: str) -> Session:
    with store.database.read() as tx:
        return sessions.load(tx, session_id)


def again(store: Store, session_id: str) -> Session:
    """As another process reads it: nothing is remembered."""
    store.database.held.clear()
    return loaded(store, session_id)


def saved(store: Store, session: Session) -> Session:
    with store.database.write() as tx:
        return sessions.save(tx, session)


@contextmanager
def reading(store: Store) -> Iterator[list[list[int]]]:
    """Which versions are read from the database meanwhile: the numbers of each query."""
    read: list[list[int]] = []

    def note(_: object, __: object, statement: str, parameters: object, *___: object) -> None:
        if statement.startswith("SELECT versions."):
            values = parameters.values() if isinstance(parameters, dict) else parameters
            read.append([value for value in values if isinstance(value, int)])  # type: ignore[attr-defined]

    event.listen(store.database.engine, "before_cursor_execute", note)
    try:
        yield read
    finally:
        event.remove(store.database.engine, "before_cursor_execute", note)


def test_a_session_comes_back_exactly(store: Store) -> None:
    session = made(store, film(), language="zh")
    context = Context("zh", ("s1", "s2"), (Step("volume", (("to", 35),)),), ASKED, ("sha256:ab",))
    session = saved(store, replace(session, history=edited(session.history, 35), context=context, title="Ferien"))
    for found in (loaded(store, session.id), again(store, session.id)):
        assert found == session
        assert dumps(found.history) == dumps(session.history)
    assert (session.revision, len(session.history.versions), session.language) == (2, 2, "zh")


def test_every_way_a_history_changes_is_kept(store: Store) -> None:
    session = made(store, film())
    for change in (
        lambda h: edited(h, 30),
        lambda h: edited(h, 40),
        undo,
        redo,
        lambda h: undo(h, 2),
        lambda h: edited(h, 50),
        lambda h: named(h, "calm", "v2"),
        lambda h: restore(h, "calm"),
        lambda h: named(h, "calm"),
        lambda h: edited(edited(h, 60), 70),
    ):
        session = saved(store, replace(session, history=change(session.history)))
        assert loaded(store, session.id).history == session.history
        assert again(store, session.id) == session


def test_an_edit_writes_one_version_and_reads_none(store: Store) -> None:
    session = made(store, long(40))
    with store.database.read() as tx:
        before = {row.number: row.revision for row in tx.execute(select(versions))}
    session = saved(store, replace(loaded(store, session.id), history=edited(session.history, 77)))
    with store.database.read() as tx:
        after = {row.number: row.revision for row in tx.execute(select(versions))}
    assert {n for n in after if after[n] != before.get(n)} == {41}
    with reading(store) as read:
        assert loaded(store, session.id).history.timeline == session.history.timeline
    assert read == []


def test_of_thousands_of_versions_only_those_are_read_that_are_looked_at(store: Store) -> None:
    session = made(store, named(long(300), "calm", "v7"))
    with reading(store) as read:
        found = again(store, session.id).history
        assert (len(found.versions), found.version("v300").parent) == (300, "v299")
        found = edited(named(undo(found), "soft"), 81)
        saved(store, replace(loaded(store, session.id), history=found))
        assert list(found.versions.names.items()) == [("v7", "calm"), ("v299", "soft")]
    assert sorted(n for numbers in read for n in numbers) == [299, 300]
    with reading(store) as read:
        assert [version.id for version in again(store, session.id).history.versions[-30:]][::29] == ["v272", "v301"]
    assert len(read) == 1, "those looked at together are read together"


def test_what_stays_parsed_is_bounded_by_its_size(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reelscore.edges.storage.versions._MEMORY", 30_000)
    session = made(store, long(200))
    kept = store.database.held["versions"]
    few = len(kept)
    assert 5 < few < 60
    assert list(again(store, session.id).history.versions) == list(session.history.versions)
    assert abs(len(store.database.held["versions"]) - few) <= 2


def test_a_history_from_elsewhere_takes_no_sessions_place(store: Store) -> None:
    session = made(store, long(3))
    with pytest.raises(DataError, match="grows from the one that was read"):
        saved(store, replace(session, history=film()))
    assert again(store, session.id) == session


def test_what_another_process_saved_is_seen(store: Store) -> None:
    """Only the versions written since are read."""
    session = made(store, film())
    first = loaded(store, session.id).history
    other = Store(store.settings)
    with other.database.write() as tx:
        theirs = sessions.load(tx, session.id, lock=True)
        theirs = sessions.save(tx, replace(theirs, history=named(edited(theirs.history, 44), "loud", "v1")))
    other.close()
    found = loaded(store, session.id)
    assert found.history == theirs.history != first
    assert again(store, session.id).history == theirs.history


def test_of_two_who_read_the_same_only_the_first_saves(store: Store) -> None:
    session = made(store, film())
    one, two = loaded(store, session.id), loaded(store, session.id)
    one = saved(store, replace(one, history=edited(one.history, 30)))
    with pytest.raises(ConflictError, match="changed meanwhile"):
        saved(store, replace(two, history=edited(two.history, 99)))
    assert again(store, session.id) == one


def test_what_is_rolled_back_was_never_there(store: Store) -> None:
    session = made(store, film())
    with rolled_back(store) as tx:
        lost = sessions.save(tx, replace(session, history=edited(session.history, 99)))
        assert sessions.load(tx, session.id) == lost
    assert loaded(store, session.id) == session
    kept = saved(store, replace(session, history=edited(session.history, 11)))
    assert kept.revision == lost.revision
    assert loaded(store, session.id).history == kept.history == again(store, session.id).history


def test_sessions_are_listed_page_by_page_latest_first(store: Store) -> None:
    ids = [made(store).id for _ in range(7)]
    saved(store, loaded(store, ids[2]))
    seen: list[str] = []
    after, pages = "", 0
    while True:
        with store.database.read() as tx:
            page = sessions.listed(tx, "local", 3, after)
        seen += [item.id for item in page.items]
        after, pages = page.next, pages + 1
        if not after:
            break
    assert (sorted(seen), len(seen), pages) == (sorted(ids), 7, 3)
    assert seen[0] == ids[2]
    with store.database.read() as tx:
        assert sessions.listed(tx, "somebody else").items == ()
        with pytest.raises(DataError, match="no place in this list"):
            sessions.listed(tx, "local", 3, "x'; DROP TABLE sessions")


def test_a_session_belongs_to_its_account(store: Store) -> None:
    session = made(store)
    with store.database.write() as tx:
        for refused in (
            lambda: sessions.load(tx, session.id, "somebody else"),
            lambda: sessions.by_project(tx, session.project, "somebody else"),
            lambda: sessions.delete(tx, session.id, "somebody else"),
            lambda: sessions.load(tx, "5" * 19),
            lambda: sessions.lock_session(tx, "5" * 19),
        ):
            with pytest.raises(NotFoundError):
                refused()
        assert sessions.load(tx, session.id, "local") == sessions.by_project(tx, session.project, "local") == session


def test_a_deleted_session_is_gone_for_everybody(store: Store) -> None:
    session = made(store)
    with store.database.write() as tx:
        sessions.delete(tx, session.id, "local")
        assert sessions.listed(tx, "local").items == ()
        with pytest.raises(NotFoundError):
            sessions.load(tx, session.id)
        with pytest.raises(ConflictError):
            sessions.save(tx, session)
        with pytest.raises(NotFoundError):
            sessions.delete(tx, session.id)


def test_a_client_may_choose_an_id_that_is_free(store: Store) -> None:
    assert made(store, id="my-session_1").id == "my-session_1"
    with store.database.write() as tx:
        with pytest.raises(ConflictError, match="my-session_1 already"):
            sessions.create(tx, "local", id="my-session_1")
        sessions.set_state(tx, "my-session_1", '{"a": "ö"}')
    assert loaded(store, "my-session_1").state == '{"a": "ö"}'
    for name in ("", " ", "../x", "a" * 65, "ä"):
        if name:
            with store.database.write() as tx, pytest.raises(DataError, match="no id"):
                sessions.create(tx, "local", id=name)
    with store.database.write() as tx, pytest.raises(DataError, match="At most"):
        sessions.set_state(tx, "my-session_1", "x" * 70_000)


def test_a_damaged_version_says_so(store: Store) -> None:
    session = made(store, long(3))
    with store.database.write() as tx:
        tx.execute(update(versions).where(versions.c.number == 2).values(data=b"rubbish"))
    assert again(store, session.id).history.timeline == session.history.timeline, "the others can be worked with"
    with pytest.raises(DataError, match="Version v2 .* is damaged"):
        assert undo(again(store, session.id).history).timeline
    with store.database.write() as tx:
        tx.execute(versions.delete().where(versions.c.number == 2))
    with pytest.raises(DataError, match="missing"):
        assert undo(again(store, session.id).history).timeline
