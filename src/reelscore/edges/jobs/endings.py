"""How jobs end: each in one transaction that holds everything the job made, or that says why it made nothing.

The fence is looked at first. Where it is no longer the worker's own, nothing at all is written and False comes back:
somebody else does the job, or it was stopped.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, select, update

from reelscore import conversing
from reelscore.edges.accounts import ledger
from reelscore.edges.jobs import events, jobs, messages, queues
from reelscore.edges.jobs.concluding import conclude
from reelscore.edges.jobs.faults import error_of, told
from reelscore.edges.jobs.jobs import Job
from reelscore.edges.jobs.known import facts_of
from reelscore.edges.jobs.turns import advance, context_of, edit
from reelscore.edges.storage import sessions
from reelscore.edges.storage.blob_rows import touch
from reelscore.edges.storage.media import StoredMedia, add_media, set_reading
from reelscore.edges.storage.media import media as media_of
from reelscore.edges.storage.tables import job_blobs
from reelscore.edges.storage.tables import jobs as table
from reelscore.errors import CancelledError, ConflictError, NotFoundError
from reelscore.values.command import Said
from reelscore.values.message import Reply
from reelscore.values.reading import MediaInfo
from reelscore.values.timeline import Media, Timeline

if TYPE_CHECKING:
    from reelscore.conversing import Turn
    from reelscore.edges.storage.sessions import Session
    from reelscore.edges.storage.store import Store
    from reelscore.values.message import Meaning

_MOST_OF_A_SESSION = 10_000  # jobs that are under way
STOPPED = Said("Stopped. Nothing of it was kept, and it cost nothing.", "已停止，没有保留任何内容，也未扣除积分。")


class MovedOnError(ConflictError):
    """The session was changed while its music was written: it has to be written for what is there now."""


def composed(store: Store, job: Job, done: Composed) -> bool:
    """A message's music is written: version, media, reply, credits. Raises MovedOnError."""
    with store.database.write() as tx:
        ended = jobs.end(tx, job, "completed", result={"version": done.turn.history.current})
        if ended is None:
            return False
        session = sessions.load(tx, done.session.id, lock=True)
        if session.history != done.session.history:
            raise MovedOnError("The session was changed meanwhile.", "")
        for row in done.media:
            add_media(tx, session.id, row)
        message = messages.get(tx, job.message or "")
        turn = conversing.with_music(done.turn, done.timeline)
        conclude(tx, store, session, message, done.meaning, turn, done.notes)
    advance(store, done.session.id)
    return True


class Composed:
    """Music as its child wrote it, and what it was written for."""

    def __init__(
        self,
        session: Session,
        meaning: Meaning,
        turn: Turn,
        timeline: Timeline,
        media: tuple[StoredMedia, ...],
        notes: tuple[str, ...],
    ) -> None:
        self.session, self.meaning, self.turn = session, meaning, turn
        self.timeline, self.media, self.notes = timeline, media, notes


def rendered(store: Store, job: Job, blob: str, result: Mapping[str, Any]) -> bool:
    """A file is made."""
    with store.database.write() as tx:
        ended = jobs.end(tx, job, "completed", result={"blob": blob, **result})
        if ended is None:
            return False
        keep_blob(tx, job.id, "output", blob)
    return True


def understood(
    store: Store, job: Job, reading: str, medium: Media | None = None, info: MediaInfo | None = None
) -> bool:
    """A file was read; `reading`: the blob that says what was seen and heard."""
    with store.database.write() as tx:
        if jobs.end(tx, job, "completed", result={"media": job.params["media"]}) is None:
            return False
        set_reading(tx, str(job.session), str(job.params["media"]), reading, medium, info)
    advance(store, str(job.session))
    return True


def completed(store: Store, job: Job, result: Mapping[str, Any]) -> bool:
    """A job that made nothing of its own."""
    with store.database.write() as tx:
        return jobs.end(tx, job, "completed", result=result) is not None


def failed(store: Store, job: Job, error: Mapping[str, Any]) -> bool:
    """The job cannot be done. Its message is answered with what could be done, and why the rest could not."""
    with store.database.write() as tx:
        if jobs.end(tx, job, "failed", error=error) is None:
            return False
        if job.kind == "music" and job.message:
            _answered_without(tx, store, job, error)
        elif job.session:
            events.append(tx, f"session:{job.session}", "error", error)
    if job.session:
        advance(store, job.session)
    return True


def cancelled(store: Store, job_id: str, account: str | None = None) -> Job:
    """Stop a job, whoever works on it."""
    with store.database.write() as tx:
        job = jobs.get(tx, job_id, account)
        _lock(tx, job)
        job = jobs.get(tx, job_id, account)
        cancelled_in(tx, store, job)
        job = jobs.get(tx, job_id)
    if job.session:
        advance(store, job.session)
    return job


def cancelled_in(tx: Connection, store: Store, job: Job) -> bool:
    """Stop a job, within the caller's transaction. False where it has ended."""
    tx.execute(update(table).where(table.c.id == job.id).values(cancel_asked=True))
    if job.ended or jobs.end(tx, job, "cancelled", error=told(CancelledError())) is None:
        return False
    tx.execute(update(table).where(table.c.id == job.id).values(fence=table.c.fence + 1))
    if job.kind == "music" and job.message:
        message = messages.get(tx, job.message)
        language = message.meaning.language if message.meaning else "en"
        said = STOPPED.in_language(language)
        current = _current(tx, message.session)
        messages.finish(tx, message, "cancelled", None, Reply(language, done=(said,), text=said), current)
    if job.kind == "batch":
        for item in job.params["items"]:
            stop_work(tx, store, str(item["session"]))
    return True


def stop_work(tx: Connection, store: Store, session: str, *kinds: str) -> None:
    """Stop what a session works on: jobs of these kinds, music and exports unless said."""
    wanted = kinds or ("music", "render")
    for job in jobs.listed(tx, session=session, states=jobs.OPEN, limit=_MOST_OF_A_SESSION):
        if job.kind in wanted:
            _lock(tx, job)
            cancelled_in(tx, store, jobs.get(tx, job.id))


def session_deleted(store: Store, session: str, account: str) -> None:
    """Delete a session; what it works on is stopped, and costs nothing. Raises NotFoundError."""
    with store.database.write() as tx:
        sessions.load(tx, session, account)
        stop_work(tx, store, session, "music", "render", "understand")
        sessions.delete(tx, session, account)


def retried(store: Store, job_id: str, account: str | None = None) -> Job:
    """Do a job again that failed or was stopped: the same job, its credits frozen once more. Music belongs to a message
    that was answered, so it is asked for by a new message, and is a new job."""
    queues.prepare(store.database)
    with store.database.read() as tx:
        job = jobs.get(tx, job_id, account)
    if job.kind == "music" and job.state in ("failed", "cancelled"):
        return _said_again(store, job)
    with store.database.write() as tx:
        _lock(tx, job)
        job = jobs.get(tx, job_id)
        if job.state not in ("failed", "cancelled"):
            raise ConflictError(f"The job is {job.state}.", "Only one that failed or was stopped is done again.")
        values = {"state": "queued", "stage": "waiting", "progress": 0.0, "error": None, "ended_at": None,
                  "cancel_asked": False, "fence": job.fence + 1, "run": job.run + 1, "attempts": 0}  # fmt: skip
        row = tx.execute(update(table).where(table.c.id == job.id).values(values).returning(table)).one()
        again = jobs.job_of(row)
        if job.credits:
            ledger.freeze(tx, job.account, again.subject, job.credits)
        queues.enqueue(tx, job.id, again.fence, job.kind, job.account, job.priority)
        jobs.tell(tx, again)
    return again


def _said_again(store: Store, job: Job) -> Job:
    """A message's music, tried again: its words were answered, so they are said anew. The new message's job."""
    with store.database.read() as tx:
        message = messages.get(tx, job.message or "")
    assert message.meaning is not None
    key = f"retry of {job.id}.{job.run}"
    again = edit(store, job.account, message.session, message.meaning.steps, key=key, text=message.text)
    if again.job is None:
        raise ConflictError("What was asked for needs no work now.", again.reply.text if again.reply else "")
    with store.database.read() as tx:
        return jobs.get(tx, again.job)


def keep_blob(tx: Connection, job: str, role: str, blob: str) -> None:
    """The job holds this blob; once is enough."""
    there = select(job_blobs.c.blob).where(job_blobs.c.job == job, job_blobs.c.role == role)
    if tx.execute(there).first() is None:
        touch(tx, blob)
        tx.execute(insert(job_blobs).values(job=job, role=role, blob=blob))


def _answered_without(tx: Connection, store: Store, job: Job, error: Mapping[str, Any]) -> None:
    """The message without its music: the rest of it stands. Nobody hears of it where the session was deleted."""
    message = messages.get(tx, job.message or "")
    if _current(tx, message.session) is None:
        return
    session = sessions.load(tx, message.session, lock=True)
    assert message.meaning is not None
    events.append(tx, f"session:{session.id}", "error", error, message.id)
    turn = carried_out(tx, store, session, message, conversing.said_of(error_of(dict(error))))
    conclude(tx, store, session, message, message.meaning, turn)


def _current(tx: Connection, session: str) -> str | None:
    """The session's version; None where it was deleted."""
    try:
        return sessions.load(tx, session).history.current
    except NotFoundError:
        return None


def carried_out(
    tx: Connection, store: Store, session: Session, message: messages.Message, no_music: Said | None = None
) -> Turn:
    """What the message means for the session as it is now."""
    assert message.meaning is not None
    rows = media_of(tx, session.id)
    return conversing.carry_out(
        message.meaning,
        session.history,
        facts_of(store, rows),
        message.text,
        context=context_of(message, session.context),
        media=[row.medium for row in rows if row.origin == "uploaded"],
        no_music=no_music,
    )


def _lock(tx: Connection, job: Job) -> None:
    """Nobody else ends the job meanwhile."""
    tx.execute(select(table.c.id).where(table.c.id == job.id).with_for_update())
