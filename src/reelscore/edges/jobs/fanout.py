"""Renders, shared out: whoever has hands composes parts, one joins them.

The job itself only waits, on the queue for those who wait. Its first task, on the queue `render`, plans: a short render
is made at once; of a long one the parts are composed by as many tasks as there are hands, their files kept as blobs
under the part's name, which its content gives. The last task renders and finds all parts there. A task that is done
again finds what was done before, also what another export of the same pictures made; a worker that dies loses only the
parts in its hands. The job can be taken over at any moment: the tasks have names, and asking for one twice is one task.
"""

from __future__ import annotations

import contextlib
import os
import time
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from reelscore.edges.jobs import endings, jobs, leases, queues
from reelscore.edges.jobs.faults import error_of, told
from reelscore.edges.jobs.jobs import Job
from reelscore.edges.jobs.orders import NeededFiles, files_for
from reelscore.edges.jobs.pool import CrashError, StoppedError
from reelscore.edges.storage import sessions
from reelscore.edges.storage.tables import job_blobs
from reelscore.editing import found, from_draft
from reelscore.errors import DataError, NotFoundError, ReelscoreError
from reelscore.values.codec import to_json
from reelscore.values.timeline import Timeline

if TYPE_CHECKING:
    from reelscore.edges.jobs.hands import Hands, Held
    from reelscore.edges.storage.store import Store

LONG_S = 20  # of pictures to compose: from here on a render is shared out
TASKS_PER_HAND = 2
_LOOK_EVERY_S = 0.15
_TRIES = 4
_PLANNED, _COMPOSED = 0.02, 0.85


def render(hands: Hands, held: Held) -> bool:
    """Make the job's file."""
    first = _ask(hands, held, [{"do": "start"}], "start")[0]
    if "parts" in first:
        _compose(hands, held, first)
        first = _ask(hands, held, [{"do": "join", "from": _COMPOSED}], "join")[0]
    result = first["made"]
    blob = str(result.pop("blob"))
    return hands.insist(lambda: endings.rendered(hands.store, held.job, blob, result))


def _compose(hands: Hands, held: Held, planned: dict[str, Any]) -> None:
    """Have every part composed that no render composed before."""
    parts: dict[str, int] = planned["parts"]
    with hands.store.database.read() as tx:
        there = _known(tx, parts)
        count = TASKS_PER_HAND * max(1, len(leases.living(tx, "render"))) * hands.pool.size
    missing = [name for name in parts if name not in there]
    groups = _shared_out(missing, parts, max(2, count))
    if groups:
        whole = sum(max(1, parts[name]) for name in missing)
        weights = [sum(max(1, parts[name]) for name in group) / whole for group in groups]
        asked = [{"do": "compose", "names": group} for group in groups]
        _ask(hands, held, asked, "part", weights)


def _shared_out(names: list[str], parts: dict[str, int], count: int) -> list[list[str]]:
    """Neighbours together, about as many frames to every group; the sound is a group of its own."""
    groups = [[name] for name in names if not parts[name]]
    framed = [name for name in names if parts[name]]
    whole = sum(parts[name] for name in framed)
    shares: list[list[str]] = [[] for _ in range(min(count, len(framed)))]
    done = 0
    for name in framed:
        shares[min(len(shares) - 1, (2 * done + parts[name]) * len(shares) // (2 * whole))].append(name)
        done += parts[name]
    return groups + [share for share in shares if share]


def _ask(
    hands: Hands, held: Held, asked: list[dict[str, Any]], name: str, weights: list[float] | None = None
) -> list[dict[str, Any]]:
    """Put tasks on the queue and wait for what they bring. Raises ReelscoreErrors as they did, CrashError."""
    job, client = held.job, queues.client_of(hands.store.database)
    tries = [0] * len(asked)
    open_ = {n: _enqueue(hands, job, asked[n], f"{name}{n}.0") for n in range(len(asked))}
    brought: dict[int, dict[str, Any]] = {}
    while open_:
        if hands.must_stop(held):
            raise StoppedError
        time.sleep(_LOOK_EVERY_S)
        states = hands.insist(lambda: client.list_workflows(workflow_ids=list(open_.values()), load_input=False))
        ended = {state.workflow_id: state for state in states if state.status not in queues.UNDER_WAY}
        for n, workflow in list(open_.items()):
            if workflow not in ended:
                continue
            output = ended[workflow].output
            outcome: dict[str, Any] = (
                output if isinstance(output, dict) else {"crash": f"the task ended as {ended[workflow].status}"}
            )
            if "error" in outcome:
                raise error_of(outcome["error"])
            if "left" in outcome or "crash" in outcome:
                tries[n] += 1
                if "crash" in outcome and tries[n] >= _TRIES:
                    raise CrashError(outcome["crash"])
                open_[n] = _enqueue(hands, job, asked[n], f"{name}{n}.{tries[n]}")
                continue
            brought[n] = outcome
            del open_[n]
            if weights:
                done = sum(weights[k] for k in brought)
                hands.report(held, "render", _PLANNED + (_COMPOSED - _PLANNED) * done, None)
    return [brought[n] for n in range(len(asked))]


def _enqueue(hands: Hands, job: Job, asked: dict[str, Any], name: str) -> str:
    """A task of this name, asked for once however often this is called."""
    workflow = f"{job.id}.{job.run}.{name}"
    hands.insist(lambda: queues.enqueue_task(hands.store.database, workflow, job, asked))
    return workflow


# A task.


def task(hands: Hands, job_id: str, run: int, asked: dict[str, Any]) -> dict[str, Any]:
    """Do a part of somebody's render. What it brought, as JSON; never an exception."""
    from reelscore.edges.jobs.hands import part_of

    try:
        with hands.store.database.read() as tx:
            job = jobs.get(tx, job_id)
        if job.ended or job.run != run:
            return {"left": True}
        name = f"{job_id}-{asked['do']}"
        with hands.holding(part_of(job)) as held, hands.place(name) as folder, hands.store.blobs.holding():
            return _done(hands, held, asked, folder)
    except ReelscoreError as fault:
        return {"error": told(fault)}
    except StoppedError:
        return {"left": True}
    except CrashError as fault:
        return {"crash": str(fault)[-1000:]}


def _done(hands: Hands, held: Held, asked: dict[str, Any], folder: Path) -> dict[str, Any]:
    with hands.store.database.read() as tx:
        timeline, files = _wanted(tx, hands.store, held.job)
    order = {
        "timeline": to_json(timeline),
        "files": files.placed(folder),
        "target": dict(held.job.params.get("target") or {}),
        "folder": str(folder),
    }
    if asked["do"] == "compose":
        made = hands.child(held, "chunks", share=(_PLANNED, _PLANNED), names=asked["names"], **order)
        _keep_parts(hands, held.job, {name: Path(path) for name, path in made["parts"].items()})
        return {"composed": sorted(made["parts"])}
    planned = hands.child(held, "parts", share=(0.0, 0.0), **order)
    if asked["do"] == "start" and _is_long(planned):
        return {"parts": planned["parts"]}
    _fetch_parts(hands, planned["parts"], folder)
    start = float(asked.get("from", 0.0))
    made = hands.child(held, "render", share=(start, 1.0), **order)
    blob = hands.insist(lambda: hands.store.blobs.put_file(Path(made["path"]), move=True))
    made.pop("path")
    return {"made": {**made, "blob": blob}}


def _is_long(planned: dict[str, Any]) -> bool:
    parts: dict[str, int] = planned["parts"]
    frames = sum(parts.values())
    return len([name for name in parts if parts[name]]) > 1 and frames >= LONG_S * Fraction(planned["rate"])


def _wanted(tx: Connection, store: Store, job: Job) -> tuple[Timeline, NeededFiles]:
    """The timeline that is to be rendered: a version of the session, or a draft of its media."""
    session = sessions.load(tx, str(job.session))
    if job.params.get("draft") is not None:
        timeline = from_draft(job.params["draft"])
    else:
        version = str(job.params.get("version") or session.history.current)
        timeline = found(session.history, version).timeline
    files = files_for(tx, store, session.id, timeline, pictures=True)
    lacking = {s.media for _, _, s in timeline.placed() if s.media} - {row.media for row in files.rows}
    if lacking:
        raise NotFoundError(f"The session has no media {min(lacking)[:20]}.", "Upload the file again.")
    return timeline, files


def _keep_parts(hands: Hands, job: Job, made: dict[str, Path]) -> None:
    """Parts, as blobs that other tasks find by the part's name."""
    for name, path in made.items():
        _keep_part(hands, job, name, path)


def _keep_part(hands: Hands, job: Job, name: str, path: Path) -> None:
    blob = hands.insist(lambda: hands.store.blobs.put_file(path, move=True))

    def write() -> None:
        with hands.store.database.write() as tx:
            endings.keep_blob(tx, job.id, f"chunk:{name}", blob)

    hands.insist(write)


def _known(tx: Connection, names: dict[str, int]) -> dict[str, str]:
    """Parts that are there already, from this render or another one: name -> blob."""
    roles = [f"chunk:{name}" for name in names]
    rows = tx.execute(select(job_blobs.c.role, job_blobs.c.blob).where(job_blobs.c.role.in_(roles)))
    return {row.role.removeprefix("chunk:"): row.blob for row in rows}


def _fetch_parts(hands: Hands, names: dict[str, int], folder: Path) -> None:
    """Put the parts that are there where the render looks for them; one that was lost is composed again."""
    with hands.store.database.read() as tx:
        there = _known(tx, names)
    for name, blob in there.items():
        with contextlib.suppress(NotFoundError, DataError, OSError):
            os.symlink(hands.store.blobs.path(blob).absolute(), folder / name)
