"""Only what nothing refers to goes, and never while somebody is about to refer to it."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from reelscore.edges.settings import Settings
from reelscore.edges.storage import sessions
from reelscore.edges.storage.collect import Collected, Keep, collect
from reelscore.edges.storage.objects import Objects
from reelscore.edges.storage.sessions import StoredMedia
from reelscore.edges.storage.store import Store, migrate
from reelscore.edges.storage.tables import blobs as table
from reelscore.edges.storage.tables import job_blobs, jobs, messages, session_media, uploads
from reelscore.edges.storage.tables import sessions as session_rows
from reelscore.editing import begin
from reelscore.errors import LimitError, NotFoundError
from reelscore.values.reading import MediaInfo
from reelscore.values.timeline import Media

pytestmark = pytest.mark.slow

AT_ONCE = Keep(grace=-1000, deleted=-1000, chunks=-1000, drafts=-1000)


def put(store: Store, name: str) -> str:
    return store.blobs.put_bytes(name.encode() * 10)


def whole(store: Store) -> set[str]:
    """Blobs that can be read."""
    with store.database.read() as tx:
        known = set(tx.execute(select(table.c.hash)).scalars())
    assert known == {one.digest for one in store.blobs.objects.listed()}
    for digest in known:
        store.blobs.get_bytes(digest)
    return known


def session_of(store: Store, blob: str = "", reading: str = "", piece: str = "", named: str = "") -> str:
    """A session with one medium, and one that only a version names."""
    with store.database.write() as tx:
        media = [Media(f"sha256:{named}", "video", "x.mp4", Fraction(3), 64, 64, Fraction(25))] if named else []
        session = sessions.create(tx, "local", history=begin(media))
        if blob:
            info = MediaInfo("", "mp4", 10, None, None, 0, 1, False, Fraction(3))
            medium = Media(f"sha256:{blob}", "audio", "x", Fraction(3), has_sound=True)
            sessions.add_media(tx, session.id, StoredMedia(medium.id, blob, "x", 10, medium, info, reading, piece))
    return session.id


def job_of(store: Store, name: str, state: str, session: str | None = None, **more: object) -> None:
    row = {
        "id": name, "kind": "render", "account": "local", "session": session, "client_id": name, "request": "",
        "params": "{}", "state": state, "stage": "", "progress": 0, "priority": 0, "attempts": 0, "owner": "",
        "fence": 0, "cancel_asked": False, "credits": 0, "created_at": 1, "ended_at": 1,
    }  # fmt: skip
    with store.database.write() as tx:
        tx.execute(insert(jobs), {**row, **more})


def output_of(store: Store, job: str, role: str, blob: str) -> None:
    with store.database.write() as tx:
        tx.execute(insert(job_blobs), {"job": job, "role": role, "blob": blob})


def test_every_kind_of_reference_keeps_a_blob(store: Store) -> None:
    keeps = {name: put(store, name) for name in (
        "media", "reading", "piece", "version", "output", "chunk", "params", "result", "message", "reply", "context",
        "state", "upload",
    )}  # fmt: skip
    session = session_of(store, keeps["media"], keeps["reading"], keeps["piece"], keeps["version"])
    job_of(store, "done", "completed", session, result=f'{{"blob": "{keeps["result"]}"}}')
    job_of(store, "busy", "running", params=f'{{"media": "sha256:{keeps["params"]}"}}')
    output_of(store, "done", "output", keeps["output"])
    output_of(store, "busy", "chunk:1", keeps["chunk"])
    with store.database.write() as tx:
        text = {"id": "m", "session": session, "number": 1, "key": "k", "text": "", "state": "done", "created_at": 1}
        told = {"media": f'["sha256:{keeps["message"]}"]', "reply": f"/files/{keeps['reply']}/x.mp4"}
        tx.execute(insert(messages), {**text, **told})
        tx.execute(update(session_rows).values(context=keeps["context"], state=keeps["state"]))
        tx.execute(insert(uploads), {
            "id": "u", "account": "local", "filename": "x", "size": 1, "received": 1, "created_at": 1, "updated_at": 1,
            "media": keeps["upload"],
        })  # fmt: skip
    put(store, "nobody")
    assert collect(store, AT_ONCE) == Collected(1, 60)
    assert whole(store) == set(keeps.values())
    assert collect(store, AT_ONCE) == Collected()


def test_what_was_put_or_touched_lately_stays(store: Store) -> None:
    fresh, touched, old = put(store, "fresh"), put(store, "touched"), put(store, "old")
    with store.database.write() as tx:
        tx.execute(update(table).where(table.c.hash.in_((touched, old))).values(touched_at=1))
        store.blobs.touch(tx, touched)
    collect(store)
    assert whole(store) == {fresh, touched}


def test_a_deleted_session_keeps_what_it_had_for_a_while(store: Store) -> None:
    ours, shared = put(store, "ours"), put(store, "shared")
    gone, other = session_of(store, ours, shared, named=ours), session_of(store, shared)
    job_of(store, "done", "completed", gone, result=ours)
    output_of(store, "done", "output", ours)
    with store.database.write() as tx:
        sessions.delete(tx, gone)
    collect(store, replace(AT_ONCE, deleted=Keep().deleted))
    assert whole(store) == {ours, shared}
    collect(store, AT_ONCE)
    assert whole(store) == {shared}
    with store.database.read() as tx:
        assert len(sessions.media(tx, other)) == 1
        with pytest.raises(NotFoundError):
            sessions.load(tx, gone)


def test_a_deleted_session_that_is_worked_on_keeps_what_it_has(store: Store) -> None:
    ours = put(store, "ours")
    session = session_of(store, ours)
    job_of(store, "busy", "running", session)
    with store.database.write() as tx:
        sessions.delete(tx, session)
    collect(store, AT_ONCE)
    assert whole(store) == {ours}


def test_chunks_go_after_their_job_and_outputs_stay(store: Store) -> None:
    chunk, output, busy = put(store, "chunk"), put(store, "output"), put(store, "busy")
    job_of(store, "done", "failed")
    job_of(store, "busy", "queued")
    output_of(store, "done", "chunk:1", chunk)
    output_of(store, "done", "output", output)
    output_of(store, "busy", "chunk:1", busy)
    collect(store, replace(AT_ONCE, chunks=10**15))
    assert whole(store) == {chunk, output, busy}
    collect(store, AT_ONCE)
    assert whole(store) == {output, busy}


def test_what_a_killed_process_left_goes(store: Store) -> None:
    kept = put(store, "kept")
    session_of(store, kept)
    stray = put(store, "stray")
    with store.database.write() as tx:
        tx.execute(table.delete().where(table.c.hash == stray))
    (store.blobs.drafts / "draft_x").write_bytes(b"half")
    collect(store)
    assert len(list(store.blobs.objects.listed())) == 2, "it may belong to a put that is under way"
    assert collect(store, AT_ONCE) == Collected(strays=1, drafts=1)
    assert whole(store) == {kept}


def test_a_round_that_is_stopped_is_finished_by_the_next(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = put(store, "kept")
    session_of(store, kept)
    lost = {put(store, f"lost {n}"): f"lost {n}" for n in range(5)}
    remove, left = Objects.remove, [3]

    def breaks(self: Objects, digest: str) -> None:
        left[0] -= 1
        if left[0] == 1:
            raise LimitError("The store cannot be reached.")
        remove(self, digest)
        if left[0] == 0:
            raise KeyboardInterrupt

    monkeypatch.setattr(Objects, "remove", breaks)
    with pytest.raises(LimitError):
        collect(store, AT_ONCE)
    with pytest.raises(KeyboardInterrupt):  # the object is gone, its row is not
        collect(store, AT_ONCE)
    monkeypatch.undo()
    there = {one.digest for one in store.blobs.objects.listed()}
    for digest in lost.keys() - there:
        assert put(store, lost[digest]) == digest
        assert store.blobs.get_bytes(digest) == lost[digest].encode() * 10
    collect(store, AT_ONCE)
    assert whole(store) == {kept}


@pytest.mark.parametrize("row", ["known", "stray"])
def test_content_put_again_while_it_is_collected_is_not_lost(
    store: Store, row: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worst moment: the collector is about to remove the object when somebody finds it there."""
    digest = put(store, "again")
    with store.database.write() as tx:
        tx.execute(table.delete() if row == "stray" else update(table).values(touched_at=1))
    removing, remove = Event(), Objects.remove
    other = Store(store.settings)
    done: list[str] = []
    putter = Thread(target=lambda: done.append(put(other, "again")))

    def slowly(self: Objects, name: str) -> None:
        removing.set()
        putter.start()
        putter.join(0.3)  # it waits for the row, or for the database
        remove(self, name)

    monkeypatch.setattr(Objects, "remove", slowly)
    collect(store, replace(AT_ONCE, drafts=Keep().drafts))
    putter.join()
    other.close()
    assert removing.is_set()
    assert done == [digest]
    assert store.blobs.get_bytes(digest) == b"again" * 10
    assert whole(store) == {digest}


def test_a_reference_made_while_it_is_collected_holds_or_says_no(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    digest = put(store, "wanted")
    remove, told = Objects.remove, []
    other = Store(store.settings)

    def refer() -> None:
        try:
            session_of(other, digest)
            told.append("kept")
        except NotFoundError:
            told.append("gone")

    late = Thread(target=refer)

    def slowly(self: Objects, name: str) -> None:
        late.start()
        late.join(0.3)
        remove(self, name)

    monkeypatch.setattr(Objects, "remove", slowly)
    collect(store, replace(AT_ONCE, drafts=Keep().drafts))
    late.join()
    other.close()
    assert told == ["gone"]
    assert whole(store) == set()
    with store.database.read() as tx:
        assert tx.execute(select(session_media)).all() == []


@pytest.fixture(scope="module")
def playground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("playground")


@given(seed=st.integers(0, 10**9), steps=st.integers(5, 40))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_nothing_in_use_goes(playground: Path, seed: int, steps: int) -> None:
    """Random sessions, jobs, deletions and rounds: what should be there is, after every round."""
    chance = random.Random(f"{seed} {steps}")
    where = Settings(data=playground / f"{seed}-{steps}-{chance.random()}")
    migrate(where.database_url)
    store = Store(where)
    held: dict[str, set[str]] = {}
    for count in range(steps):
        step = chance.choice(("session", "session", "job", "delete", "put", "collect"))
        pool = [put(store, f"content {chance.randrange(12)}") for _ in range(4)]
        if step == "session":
            held[session_of(store, *pool)] = set(pool)
        elif step == "job":
            job_of(store, f"job_{count}", chance.choice(("queued", "running", "completed")), result=pool[0])
            output_of(store, f"job_{count}", "output", pool[1])
            held[f"job_{count}"] = set(pool[:2])
        elif step == "delete" and (mine := [name for name in held if not name.startswith("job")]):
            with store.database.write() as tx:
                sessions.delete(tx, gone := chance.choice(mine))
            del held[gone]
        elif step == "collect":
            collect(store, AT_ONCE)
            assert whole(store) == set().union(*held.values())
    collect(store, AT_ONCE)
    assert whole(store) == set().union(*held.values())
    store.close()
