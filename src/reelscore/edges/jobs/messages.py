"""Messages as they are stored: what a person said, in which order, and what they were told.

A repeated message (the same key in the same session) is the same message. `waiting` until its turn comes, `running`
while a job works for it, then `done`, `failed` or `cancelled`, always with a reply that says something.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, select, update

from reelscore.edges.jobs import events
from reelscore.edges.storage.ids import new_id, now_ms
from reelscore.edges.storage.tables import messages, sessions
from reelscore.errors import NotFoundError
from reelscore.values.codec import from_json, to_json
from reelscore.values.message import Meaning, Reply

if TYPE_CHECKING:
    from sqlalchemy import Row

OPEN = ("waiting", "running")


@dataclass(frozen=True, slots=True)
class Message:
    """One message and its answer."""

    id: str
    session: str
    number: int
    key: str
    text: str
    media: tuple[str, ...]
    state: str
    meaning: Meaning | None
    reply: Reply | None
    version: str | None
    job: str | None
    created_at: int
    ended_at: int | None

    @property
    def ended(self) -> bool:
        return self.state not in OPEN


def add(
    tx: Connection, session: str, key: str, text: str, media: Sequence[str] = (), meaning: Meaning | None = None
) -> Message:
    """Write down what was said, as the session's latest message. The caller holds the session."""
    taken = update(sessions).where(sessions.c.id == session).values(next_message=sessions.c.next_message + 1)
    number = tx.execute(taken.returning(sessions.c.next_message)).scalar_one() - 1
    message = new_id("msg")
    row = {
        "id": message, "session": session, "number": number, "key": key or message, "text": text,
        "media": json.dumps(list(media)), "state": "waiting", "created_at": now_ms(),
        "meaning": None if meaning is None else _text(meaning),
    }  # fmt: skip
    tx.execute(insert(messages).values(row))
    events.append(tx, f"session:{session}", "accepted", {"message": message}, message)
    return get(tx, message)


def get(tx: Connection, message: str) -> Message:
    """Raises NotFoundError."""
    row = tx.execute(select(messages).where(messages.c.id == message)).first()
    if row is None:
        raise NotFoundError(f'There is no message "{message[:60]}".', "Look at the session's messages.")
    return message_of(row)


def by_key(tx: Connection, session: str, key: str) -> Message | None:
    row = tx.execute(select(messages).where(messages.c.session == session, messages.c.key == key)).first()
    return None if row is None else message_of(row)


def unfinished(tx: Connection, session: str) -> list[Message]:
    """The session's messages that have no answer yet, in order."""
    wanted = select(messages).where(messages.c.session == session, messages.c.state.in_(OPEN))
    return [message_of(row) for row in tx.execute(wanted.order_by(messages.c.number))]


def history(tx: Connection, session: str, limit: int = 200, before: int | None = None) -> list[Message]:
    """The talk so far, oldest first: the latest `limit` messages (before this number)."""
    wanted = select(messages).where(messages.c.session == session)
    if before is not None:
        wanted = wanted.where(messages.c.number < before)
    rows = tx.execute(wanted.order_by(messages.c.number.desc()).limit(limit)).all()
    return [message_of(row) for row in reversed(rows)]


def run(tx: Connection, message: Message, meaning: Meaning, job: str) -> None:
    """A job works for it now."""
    values = {"state": "running", "meaning": _text(meaning), "job": job}
    tx.execute(update(messages).where(messages.c.id == message.id).values(values))


def finish(
    tx: Connection, message: Message, state: str, meaning: Meaning | None, reply: Reply, version: str | None
) -> None:
    """It is answered: the reply, and the end of its events."""
    values: dict[str, Any] = {"state": state, "reply": _text(reply), "version": version, "ended_at": now_ms()}
    if meaning is not None:
        values["meaning"] = _text(meaning)
    tx.execute(update(messages).where(messages.c.id == message.id).values(values))
    told: list[tuple[str, dict[str, Any]]] = []
    if reply.question:
        told.append(("question", {"text": reply.question, "options": list(reply.options)}))
    told += [("text", {"text": reply.text}), ("reply", to_json(reply)), ("end", {"state": state})]
    events.append_all(tx, f"session:{message.session}", told, message.id)


def message_of(row: Row[Any]) -> Message:
    return Message(
        row.id,
        row.session,
        row.number,
        row.key,
        row.text,
        tuple(json.loads(row.media)),
        row.state,
        from_json(Meaning, json.loads(row.meaning), "meaning") if row.meaning else None,
        from_json(Reply, json.loads(row.reply), "reply") if row.reply else None,
        row.version,
        row.job,
        row.created_at,
        row.ended_at,
    )


def _text(value: Meaning | Reply) -> str:
    return json.dumps(to_json(value, sparse=True), ensure_ascii=False, separators=(",", ":"))
