"""Jobs: work that takes longer than an answer. Asked for once, done once, whatever crashes meanwhile.

A job's row is the truth. It is written together with the credits it freezes and the workflow that brings it to a
worker; it ends in one transaction together with all that it made. Whoever works on a job holds its `fence`, a number
that grows with every owner: a worker that was frozen, or thought dead, has an old one and can write
nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, insert, select, update

from reelscore.edges.accounts import ledger, webhooks
from reelscore.edges.jobs import events, queues
from reelscore.edges.storage.ids import new_id, now_ms
from reelscore.edges.storage.tables import jobs
from reelscore.errors import ConflictError, LimitError, NotFoundError

if TYPE_CHECKING:
    from sqlalchemy import Row, Update

    from reelscore.edges.storage.store import Store

KINDS = ("understand", "music", "render", "batch")
OPEN = ("queued", "running")
ENDED = ("completed", "failed", "cancelled")
_MOST_OPEN = 1000
PRIORITIES = {"music": 20, "understand": 30, "render": 10, "batch": 0}


@dataclass(frozen=True, slots=True)
class Job:
    """One job as its row says. `progress` is 0 to 1; `run` counts from 1 how often a person had it done."""

    id: str
    kind: str
    account: str
    session: str | None
    message: str | None
    client_id: str
    params: Mapping[str, Any]
    state: str
    stage: str
    progress: float
    priority: int
    attempts: int
    run: int
    fence: int
    owner: str
    cancel_asked: bool
    credits: int
    result: Mapping[str, Any] | None
    error: Mapping[str, Any] | None
    created_at: int
    started_at: int | None
    ended_at: int | None

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    @property
    def subject(self) -> str:
        """What its credits are booked under."""
        return subject_of(self.id, self.run)


def subject_of(job: str, run: int) -> str:
    return job if run == 1 else f"{job}/{run}"


def start(
    tx: Connection,
    account: str,
    session: str | None,
    kind: str,
    params: Mapping[str, Any],
    *,
    client_id: str = "",
    credits: int = 0,
    message: str | None = None,
    priority: int = 0,
    most: int = _MOST_OPEN,
) -> Job:
    """Have work done: credits frozen, job written and queued, or nothing of it, as the caller's transaction ends.

    The same `client_id` with the same request is the same job. Raises ConflictError for another request with a known
    one, LimitError where `most` jobs of the account are under way, CreditsError where there are too few.
    """
    asked = _request(kind, session, params)
    known = find(tx, account, kind, client_id) if client_id else None
    if known is not None:
        return _same(tx, known, asked)
    if kind != "understand":
        _check_room(tx, account, kind, most)
    job = new_id("job")
    now = now_ms()
    rank = PRIORITIES[kind] + priority
    row = {
        "id": job, "kind": kind, "account": account, "session": session, "message": message,
        "client_id": client_id or job, "request": asked, "params": _text(params), "state": "queued", "stage": "waiting",
        "progress": 0.0, "priority": rank, "attempts": 0, "owner": "", "fence": 1,
        "cancel_asked": False, "credits": credits, "created_at": now,
    }  # fmt: skip
    tx.execute(insert(jobs).values(row))
    if credits:
        ledger.freeze(tx, account, job, credits)
    queues.enqueue(tx, job, 1, kind, account, rank)
    made = get(tx, job)
    tell(tx, made)
    return made


def get(tx: Connection, job: str, account: str | None = None) -> Job:
    """A job (of this account). Raises NotFoundError."""
    wanted = select(jobs).where(jobs.c.id == job)
    row = tx.execute(wanted if account is None else wanted.where(jobs.c.account == account)).first()
    if row is None:
        raise NotFoundError(f'There is no job "{job[:60]}".', "List the jobs to see which there are.")
    return job_of(row)


def find(tx: Connection, account: str, kind: str, client_id: str) -> Job | None:
    """The job that this client id stands for."""
    wanted = (jobs.c.account == account, jobs.c.kind == kind, jobs.c.client_id == client_id)
    row = tx.execute(select(jobs).where(*wanted)).first()
    return job_of(row) if row is not None else None


def listed(
    tx: Connection,
    account: str | None = None,
    *,
    session: str | None = None,
    kind: str = "",
    states: Sequence[str] = (),
    limit: int = 50,
    offset: int = 0,
) -> list[Job]:
    """Jobs, the newest first."""
    wanted = select(jobs)
    for column, value in ((jobs.c.account, account), (jobs.c.session, session), (jobs.c.kind, kind or None)):
        wanted = wanted if value is None else wanted.where(column == value)
    wanted = wanted.where(jobs.c.state.in_(states)) if states else wanted
    rows = tx.execute(wanted.order_by(jobs.c.created_at.desc(), jobs.c.id.desc()).limit(limit).offset(offset))
    return [job_of(row) for row in rows]


def latest(tx: Connection, account: str, session: str, kind: str = "render", state: str = "completed") -> Job | None:
    """The newest job of a session in this state."""
    found = listed(tx, account, session=session, kind=kind, states=(state,), limit=1)
    return found[0] if found else None


def cancel(store: Store, job: str, account: str | None = None) -> Job:
    """Stop a job. It ends now: its credits come back, its message is answered, and whoever works on it is fenced off
    and stops within two seconds. One that has ended stays as it is. Raises NotFoundError."""
    from reelscore.edges.jobs.endings import cancelled

    return cancelled(store, job, account)


def retry(store: Store, job: str, account: str | None = None) -> Job:
    """Do a job again that failed or was cancelled. Raises NotFoundError, ConflictError, CreditsError."""
    from reelscore.edges.jobs.endings import retried

    return retried(store, job, account)


def take(tx: Connection, job: str, owner: str) -> Job | None:
    """Become the job's owner: the only one whose writes count. None where it has ended."""
    mine = (
        update(jobs)
        .where(jobs.c.id == job, jobs.c.state.in_(OPEN))
        .values(
            state="running",
            owner=owner,
            fence=jobs.c.fence + 1,
            attempts=jobs.c.attempts + 1,
            started_at=func.coalesce(jobs.c.started_at, now_ms()),
        )
        .returning(jobs)
    )
    row = tx.execute(mine).first()
    if row is None:
        return None
    taken = job_of(row)
    tell(tx, taken)
    return taken


def report(tx: Connection, job: Job, stage: str, share: float, left_s: float | None, *, fenced: bool = True) -> bool:
    """Write down how far the work is. False where it is no longer the caller's.

    Not `fenced`: the caller works on a part of the job, for whoever owns it.
    """
    guard = jobs.c.fence == job.fence if fenced else jobs.c.run == job.run
    mine = update(jobs).where(jobs.c.id == job.id, guard, jobs.c.state == "running")
    if not tx.execute(mine.values(stage=stage, progress=share)).rowcount:
        return False
    told = {"stage": stage, "share": round(share, 4), "left_s": left_s, "job": job.id}
    for stream, message in streams_of(job):
        events.append(tx, stream, "progress", told, message)
    return True


def hand_back(tx: Connection, job: Job) -> bool:
    """Leave the job to another worker, now. False where it is no longer the caller's."""
    mine = update(jobs).where(jobs.c.id == job.id, jobs.c.fence == job.fence, jobs.c.state == "running")
    return _queue_again(tx, mine)


def rescue(tx: Connection, job: str) -> bool:
    """Queue a job that waits or runs and that no workflow stands for any more."""
    return _queue_again(tx, update(jobs).where(jobs.c.id == job, jobs.c.state.in_(OPEN)))


def _queue_again(tx: Connection, mine: Update) -> bool:
    row = tx.execute(mine.values(state="queued", fence=jobs.c.fence + 1, owner="").returning(jobs)).first()
    if row is None:
        return False
    again = job_of(row)
    queues.enqueue(tx, again.id, again.fence, again.kind, again.account, again.priority)
    tell(tx, again)
    return True


def end(
    tx: Connection,
    job: Job,
    state: str,
    *,
    result: Mapping[str, Any] | None = None,
    error: Mapping[str, Any] | None = None,
) -> Job | None:
    """Mark the job ended, its credits settled (or refunded, if it was not completed), in the caller's transaction.

    None where somebody else owns it by now: then the caller must write nothing at all.
    """
    mine = update(jobs).where(jobs.c.id == job.id, jobs.c.fence == job.fence, jobs.c.state.in_(OPEN))
    values: dict[str, Any] = {"state": state, "ended_at": now_ms(), "result": _text(result), "error": _text(error)}
    if state == "completed":
        values |= {"progress": 1.0, "stage": "done"}
    row = tx.execute(mine.values(values).returning(jobs)).first()
    if row is None:
        return None
    if job.credits:
        (ledger.settle if state == "completed" else ledger.refund)(tx, job.subject)
    ended = job_of(row)
    events.forget_progress(tx, [stream for stream, _ in streams_of(ended)], ended.id)
    tell(tx, ended)
    events.append(tx, f"job:{job.id}", "end", {"state": state})
    webhooks.job_ended(tx, ended)
    return ended


def tell(tx: Connection, job: Job) -> None:
    """The job's state, as an event."""
    told = {"id": job.id, "kind": job.kind, "state": job.state, "stage": job.stage, "progress": job.progress,
            "result": job.result, "error": job.error}  # fmt: skip
    for stream, message in streams_of(job):
        events.append(tx, stream, "job", told, message)


def streams_of(job: Job) -> list[tuple[str, str | None]]:
    """The streams that hear of the job, and the message it belongs to there."""
    own: list[tuple[str, str | None]] = [(f"job:{job.id}", None)]
    if job.session is None:
        return own
    return [*own, (f"session:{job.session}", job.message if job.kind == "music" else None)]


def open_count(tx: Connection, account: str, kind: str) -> int:
    """Jobs of the account that wait or run, as far as one more of this kind has to wait for them. Readings do not count
    (an upload brings as many as it has files), and batches only for batches: they do nothing themselves."""
    beside = ("understand",) if kind == "batch" else ("understand", "batch")
    mine = (jobs.c.account == account, jobs.c.state.in_(OPEN), jobs.c.kind.not_in(beside))
    return int(tx.execute(select(func.count()).select_from(jobs).where(*mine)).scalar_one())


def job_of(row: Row[Any]) -> Job:
    held = {name: getattr(row, name) for name in Job.__slots__}
    for name in ("params", "result", "error"):
        held[name] = json.loads(held[name]) if held[name] else None
    return Job(**held)


def _same(tx: Connection, known: Job, asked: str) -> Job:
    before = tx.execute(select(jobs.c.request).where(jobs.c.id == known.id)).scalar_one()
    if before != asked:
        raise ConflictError(
            f'The id "{known.client_id[:60]}" stands for another job already.', "Ask again with a new id."
        )
    return known


def _check_room(tx: Connection, account: str, kind: str, most: int) -> None:
    there = open_count(tx, account, kind)
    if there >= most:
        raise LimitError(f"{there} jobs are under way, and {most} may be.", "Wait for one, or stop one.")


def _request(kind: str, session: str | None, params: Mapping[str, Any]) -> str:
    told = json.dumps([kind, session, params], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


def _text(value: Mapping[str, Any] | None) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
