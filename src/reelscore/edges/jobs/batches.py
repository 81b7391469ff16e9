"""Many sessions in one order: a message said to each, an export of each, one result.

The batch only says and waits. Every message and every export has a key made from the batch's id, so that a batch that
was cut off goes on where it was and says nothing twice; one that is tried again says only what was not done, exports
only what was not exported. An item is said once its files are read, and waits while the
account has as many jobs under way as its plan lets it have. One item that fails does not stop the others. One whose
message is answered by a question fails, and nothing is exported: what was wanted of it was not done.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reelscore.edges.jobs import endings, jobs, messages, turns
from reelscore.edges.jobs.allowed import check_export, plan_of_account
from reelscore.edges.jobs.faults import told
from reelscore.edges.jobs.pool import StoppedError
from reelscore.edges.storage import media, sessions
from reelscore.errors import LimitError, ReelscoreError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from reelscore.edges.jobs.hands import Hands, Held
    from reelscore.edges.jobs.jobs import Job
    from reelscore.edges.storage.store import Store

_LOOK_EVERY_S = 0.3


def run(hands: Hands, held: Held) -> bool:
    """Do every item: {"session", "text", "export": target or null, "media": [ids]}."""
    try:
        return _run(hands, held)
    except StoppedError:
        hands.insist(lambda: _stop_what_was_begun(hands.store, held.job))
        raise


def _stop_what_was_begun(store: Store, job: Job) -> None:
    """Items that were said while somebody stopped the batch are stopped as well."""
    with store.database.write() as tx:
        if jobs.get(tx, job.id).state == "cancelled":
            for item in job.params["items"]:
                endings.stop_work(tx, store, str(item["session"]))


def _run(hands: Hands, held: Held) -> bool:
    items = [dict(item) for item in held.job.params["items"]]
    done: dict[int, dict[str, Any]] = {}
    said: dict[int, str] = {}
    while len(done) < len(items):
        if hands.must_stop(held):
            raise StoppedError
        _say_more(hands, held, items, said, done)
        for n in range(len(items)):
            if n in said and n not in done:
                outcome = hands.insist(lambda: _look(hands.store, held.job, n, items[n], said[n]))  # noqa: B023
                if outcome is not None:
                    done[n] = outcome
                    hands.report(held, "batch", len(done) / len(items), None)
        time.sleep(_LOOK_EVERY_S)
    result = {"items": [done[n] for n in range(len(items))]}
    return hands.insist(lambda: endings.completed(hands.store, held.job, result))


def _say_more(
    hands: Hands, held: Held, items: list[dict[str, Any]], said: dict[int, str], done: dict[int, dict[str, Any]]
) -> None:
    """Say the items that can be said now, in their order, until the account has no room for more work."""
    for n, item in enumerate(items):
        if n in said or n in done:
            continue
        if hands.must_stop(held):
            raise StoppedError
        try:
            name = _say(hands.store, held.job, n, item)
        except LimitError:
            return
        except ReelscoreError as fault:
            done[n] = _outcome(item, state="failed", error=told(fault))
        else:
            if name is not None:
                said[n] = name


def _say(store: Store, job: Job, n: int, item: dict[str, Any]) -> str | None:
    """The item's message; None while its files are read. Raises LimitError where it has to wait for room."""
    text = str(item.get("text") or "")
    if not text:
        return ""
    if turns.reads(store, str(item["session"])):
        return None
    with store.database.read() as tx:
        most = plan_of_account(tx, store, job.account).jobs
        if jobs.open_count(tx, job.account, "music") >= most:
            raise LimitError(f"{most} jobs are under way.", "It waits for one of them.")
    key = _message_key(store, job, n, str(item["session"]))
    about = [str(name) for name in item.get("media") or ()]
    lacking = job.params.get("lacking", ())
    return turns.say(
        store, job.account, str(item["session"]), text, key=key, media=about, lacking=lacking, patient=True
    ).id


def _look(store: Store, job: Job, n: int, item: dict[str, Any], message_id: str) -> dict[str, Any] | None:
    """What became of an item; None while it is under way."""
    export = item.get("export")
    with store.database.read() as tx:
        message = messages.get(tx, message_id) if message_id else None
        made = jobs.find(tx, job.account, "render", _export_id(tx, job, n))
    if message is not None and not message.ended:
        return None
    if message is not None and message.state != "done":
        why = "; ".join(message.reply.failed) if message.reply else ""
        error = {"code": 400, "message": why or message.state, "hint": ""}
        return _outcome(item, message_id, state=message.state, error=error)
    if message is not None and message.asks and message.reply is not None:  # nobody is there to answer it
        asked = {"code": 400, "message": message.reply.question, "hint": "Say which in the instruction."}
        return _outcome(item, message_id, state="failed", error=asked)
    if export is None:
        return _outcome(item, message_id, state="completed")
    if made is None:
        return _exported(store, job, n, item, message_id)
    if not made.ended:
        return None
    return _outcome(item, message_id, made.id, made.state, None if made.error is None else dict(made.error))


def _exported(store: Store, job: Job, n: int, item: dict[str, Any], message_id: str) -> dict[str, Any] | None:
    try:
        with store.database.write() as tx:
            target, session = dict(item["export"] or {}), str(item["session"])
            if not (target.get("name") or item.get("title")):
                target |= _named(tx, session)
            check_export(tx, store, job.account, target, sessions.load(tx, session).history.timeline)
            params = {"target": target}
            jobs.start(tx, job.account, session, "render", params, client_id=_export_id(tx, job, n))
    except ReelscoreError as fault:
        return _outcome(item, message_id, state="failed", error=told(fault))
    return None


def _named(tx: Connection, session: str) -> dict[str, str]:
    """Many films with one instruction are told apart by what they were made of."""
    files = [Path(row.filename).stem for row in media.media(tx, session) if row.origin == "uploaded"]
    return {"name": files[0]} if files and files[0] else {}


def _message_key(store: Store, job: Job, n: int, session: str) -> str:
    """The key of the item's message: the one that was done when the batch was tried before, or that of this time."""
    with store.database.read() as tx:
        for key in _names(job, n)[:-1]:
            message = messages.by_key(tx, session, key)
            if message is not None and message.state == "done" and not message.asks:
                return key
    return _names(job, n)[-1]


def _export_id(tx: Connection, job: Job, n: int) -> str:
    """The client's id of the item's export: of the one that was made before, or of this time's."""
    for name in _names(job, n)[:-1]:
        made = jobs.find(tx, job.account, "render", name)
        if made is not None and made.state == "completed":
            return name
    return _names(job, n)[-1]


def _names(job: Job, n: int) -> list[str]:
    """What the item's message and export are called, each time that the batch was tried."""
    return [f"{job.id}.{run}.{n}" for run in range(1, job.run + 1)]


def _outcome(
    item: dict[str, Any], message: str = "", job: str = "", state: str = "", error: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {"session": item.get("session"), "message": message or None, "job": job or None, "state": state,
            "error": error}  # fmt: skip
