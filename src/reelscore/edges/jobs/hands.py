"""A worker's hands: takes a job, has a child do it, ends it. Everything here may be cut off at any line.

What is written before a job's end (blobs, parts of renders) is named by its content and harmless to write twice; the
end is one transaction that the fence guards. A thread looks four times a second whether the jobs under way are still
this worker's: one that was stopped or taken over has its child killed and writes nothing.
"""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from reelscore.edges.jobs import endings, jobs, messages, turns
from reelscore.edges.jobs.faults import CRASHED, told
from reelscore.edges.jobs.jobs import Job
from reelscore.edges.jobs.orders import files_for
from reelscore.edges.jobs.pool import CrashError, Pool, StoppedError
from reelscore.edges.storage import sessions
from reelscore.edges.storage.ids import new_id
from reelscore.edges.storage.media import StoredMedia, medium
from reelscore.edges.storage.tables import jobs as table
from reelscore.errors import LimitError, ReelscoreError
from reelscore.values.codec import from_json, to_json
from reelscore.values.reading import MediaInfo
from reelscore.values.timeline import Media, Timeline

if TYPE_CHECKING:
    from reelscore.edges.storage.store import Store

T = TypeVar("T")
WORK = "reelscore.edges.jobs.work"
TRIES = 3  # of a child that died
MOST_ATTEMPTS = 12  # of workers that died over one job
_LOOK_EVERY_S = 0.25
_TELL_EVERY_S = 0.5
_TELL_STEP = 0.01
_WAIT_FOR_DATABASE_S = 0.5
_PASSING = ("locked", "busy", "serializ", "deadlock", "connection", "starting up", "shutting down", "closed")
_log = logging.getLogger(__name__)


@dataclass(eq=False)
class Held:
    """A job under way here (or a part of one: then `fence` is 0, and its run counts)."""

    job: Job
    fenced: bool = True
    lost: threading.Event = field(default_factory=threading.Event)


class Hands:
    """What one worker process works with."""

    def __init__(self, store: Store, executor: str, pool: Pool) -> None:
        self.store, self.executor, self.pool = store, executor, pool
        self.folder = work_folder(store) / "".join(c if c.isalnum() or c in "-." else "_" for c in executor)
        self.leaving = threading.Event()
        self._held: set[Held] = set()
        self._lock = threading.Lock()

    # Jobs.

    def work(self, job_id: str) -> str:
        """Do a job to its end. What became of it: "ended", "completed", "failed", "lost", "left"."""
        from reelscore.edges.jobs import batches, fanout

        job = self.insist(lambda: self._take(job_id))
        if job is None:
            return "ended"
        kinds: dict[str, Callable[[Hands, Held], bool]] = {
            "music": Hands._music,
            "understand": Hands._understand,
            "render": fanout.render,
            "batch": batches.run,
        }
        with self.holding(Held(job)) as held:
            try:
                if job.attempts > MOST_ATTEMPTS:
                    raise CrashError("it ended every worker that tried")
                return "completed" if kinds[job.kind](self, held) else "lost"
            except ReelscoreError as fault:
                return self._failed(held, told(fault))
            except StoppedError:
                return self._left(held)
            except CrashError as fault:
                _log.warning("job %s: %s", job.id, fault)
                return self._failed(held, {**CRASHED, "detail": str(fault)[-500:]})
            except Exception as fault:
                _log.exception("job %s", job.id)
                return self._failed(held, {**CRASHED, "detail": f"{type(fault).__name__}: {fault}"[:500]})

    def _take(self, job_id: str) -> Job | None:
        with self.store.database.write() as tx:
            return jobs.take(tx, job_id, self.executor)

    def _failed(self, held: Held, error: dict[str, Any]) -> str:
        return "failed" if self.insist(lambda: endings.failed(self.store, held.job, error)) else "lost"

    def _left(self, held: Held) -> str:
        """Stopped: because it is somebody else's by now, or because this worker leaves and hands it back."""
        if held.lost.is_set() or not self.leaving.is_set():
            return "lost"
        with suppress(LimitError, DBAPIError), self.store.database.write() as tx:
            jobs.hand_back(tx, held.job)
        return "left"

    def _music(self, held: Held) -> bool:
        for _ in range(TRIES):
            done = self._composed(held)
            with suppress(endings.MovedOnError):
                return self.insist(lambda: endings.composed(self.store, held.job, done))  # noqa: B023
        raise endings.MovedOnError(
            "The session was changed again and again while its music was written.", "Say it again."
        )

    def _composed(self, held: Held) -> endings.Composed:
        """The music that the message asks for, written for the session as it is now."""
        with self.store.database.read() as tx:
            message = messages.get(tx, held.job.message or "")
            session = sessions.load(tx, message.session)
            turn = endings.carried_out(tx, self.store, session, message)
            files = files_for(tx, self.store, session.id, turn.history.timeline, pictures=False)
        assert message.meaning is not None
        with self.place(held.job.id) as folder, self.store.blobs.holding():
            wanted = to_json(turn.history.timeline)
            done = self.child(held, "music", timeline=wanted, files=files.placed(folder), folder=str(folder))
            kept = tuple(self._kept(one) for one in done["kept"])
        timeline = from_json(Timeline, done["timeline"], "timeline")
        return endings.Composed(session, message.meaning, turn, timeline, kept, tuple(done["notes"]))

    def _kept(self, one: dict[str, Any]) -> StoredMedia:
        """Composed music, in the blobs."""
        made = from_json(Media, one["medium"], "medium")
        wav = self.insist(lambda: self.store.blobs.put_file(Path(one["wav"])))
        piece = self.insist(lambda: self.store.blobs.put_file(Path(one["piece"])))
        info = from_json(MediaInfo, one["info"], "info")
        return StoredMedia(made.id, wav, made.name, int(one["size"]), made, info, piece=piece, origin="composed")

    def _understand(self, held: Held) -> bool:
        if "urls" in held.job.params:
            return self._fetch(held)
        session, name = str(held.job.session), str(held.job.params["media"])
        with self.store.database.read() as tx:
            row = medium(tx, session, name)
        if row.reading:
            return self.insist(lambda: endings.understood(self.store, held.job, row.reading))
        with self.place(held.job.id) as folder, self.store.blobs.holding():
            path = self.store.blobs.path(row.blob)
            done = self.child(held, "understand", path=str(path), title=row.filename, media=name, folder=str(folder))
            reading = self.insist(lambda: self.store.blobs.put_file(Path(done["reading"])))
        return self.insist(lambda: endings.understood(self.store, held.job, reading))

    def _fetch(self, held: Held) -> bool:
        """Files from elsewhere: as if they were uploaded; they are read by jobs of their own."""
        from reelscore.edges.api.auth import Caller
        from reelscore.edges.api.by_url import take_urls
        from reelscore.edges.jobs.allowed import plan_of_account

        job = held.job
        with self.store.database.read() as tx:
            who = Caller(job.account, frozenset({"*"}), plan_of_account(tx, self.store, job.account))
        arrived = take_urls(self.store, who, str(job.session), [str(url) for url in job.params["urls"]])
        result = {"files": [row.filename for row in arrived.files], "placed": arrived.placed}
        done = self.insist(lambda: endings.completed(self.store, job, result))
        turns.advance(self.store, str(job.session))
        return done

    # What they share.

    def child(self, held: Held, function: str, *, share: tuple[float, float] = (0.0, 1.0), **arguments: Any) -> Any:
        """Have a child do it; a child that dies is tried again. Raises ReelscoreErrors, StoppedError, CrashError."""
        teller = _Teller(self, held, *share)
        for n in range(1, TRIES + 1):
            try:
                return self.pool.run(f"{WORK}:{function}", arguments, teller, lambda: self.must_stop(held))
            except CrashError as fault:
                if n == TRIES:
                    raise
                _log.warning("job %s, try %d: %s", held.job.id, n, fault)
        raise AssertionError

    def must_stop(self, held: Held) -> bool:
        return held.lost.is_set() or self.leaving.is_set()

    def insist(self, call: Callable[[], T]) -> T:
        """Its result, however long the database is away."""
        while True:
            try:
                return call()
            except (LimitError, DBAPIError) as fault:
                if isinstance(fault, DBAPIError) and not fault.connection_invalidated and not _is_passing(fault):
                    raise
                if self.leaving.is_set():
                    raise StoppedError from fault
                time.sleep(_WAIT_FOR_DATABASE_S)

    @contextmanager
    def place(self, name: str) -> Iterator[Path]:
        """A folder for one piece of work, gone afterwards."""
        folder = self.folder / new_id(name, 6)
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def holding(self, held: Held) -> Iterator[Held]:
        """Somebody looks whether this is still ours."""
        with self._lock:
            self._held.add(held)
        try:
            yield held
        finally:
            with self._lock:
                self._held.discard(held)

    def busy(self) -> bool:
        """Is anything under way here?"""
        with self._lock:
            return bool(self._held)

    def keep_looking(self, stop: threading.Event) -> None:
        """Find out what was lost, until `stop`."""
        while not stop.wait(_LOOK_EVERY_S):
            with self._lock:
                mine = [held for held in self._held if not held.lost.is_set()]
            if mine:
                with suppress(ReelscoreError, DBAPIError):
                    self._look(mine)

    def _look(self, mine: list[Held]) -> None:
        wanted = select(table.c.id, table.c.fence, table.c.run, table.c.state)
        with self.store.database.read() as tx:
            rows = {row.id: row for row in tx.execute(wanted.where(table.c.id.in_({held.job.id for held in mine})))}
        for held in mine:
            row = rows.get(held.job.id)
            if (
                row is None
                or row.state not in jobs.OPEN
                or row.run != held.job.run
                or (held.fenced and row.fence != held.job.fence)
            ):
                held.lost.set()

    def report(self, held: Held, stage: str, share: float, left_s: float | None) -> None:
        """Write down how far it is; of no importance when the database is away."""
        with suppress(ReelscoreError, DBAPIError), self.store.database.write() as tx:
            if not jobs.report(tx, held.job, stage, share, left_s, fenced=held.fenced):
                held.lost.set()


class _Teller:
    """Tells how far the work is, not too often, and how long it will still take."""

    def __init__(self, hands: Hands, held: Held, start: float, end: float) -> None:
        self._hands, self._held, self._start, self._end = hands, held, start, end
        self._began, self._told, self._at, self._stage = time.monotonic(), 0.0, -1.0, ""

    def __call__(self, stage: str, share: float, /) -> None:
        now = time.monotonic()
        whole = self._start + (self._end - self._start) * min(1.0, max(0.0, share))
        moved = stage != self._stage or abs(whole - self._at) >= _TELL_STEP
        if not moved or now - self._told < _TELL_EVERY_S:
            return
        self._told, self._at, self._stage = now, whole, stage
        gone = now - self._began
        left = round(gone * (1 - share) / share, 1) if share > 0.03 and gone > 1 else None
        self._hands.report(self._held, stage, whole, left)


def part_of(job: Job) -> Held:
    """A part of somebody's job: it is wanted as long as the job is under way."""
    return Held(replace(job, fence=0), fenced=False)


def work_folder(store: Store) -> Path:
    return store.settings.data / "scratch" / "work"


def _is_passing(fault: DBAPIError) -> bool:
    words = str(fault.orig).lower()
    return any(
        sign in words for sign in ("locked", "busy", "serializ", "deadlock", "connection", "starting up", "closed")
    )
