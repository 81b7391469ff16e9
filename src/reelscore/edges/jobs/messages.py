"""Messages as they are stored: what a person said, in which order, and what they were told.

A repeated message (the same key in the same session) is the same message. `waiting` until its turn comes, `running`
while a job works for it, then `done`, `failed` or `cancelled`, always with a reply that says something.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, insert, select, update

from reelscore.edges.jobs import events
from reelscore.edges.storage.ids import new_id, now_ms
from reelscore.edges.storage.tables import messages, sessions
from reelscore.errors import NotFoundError
from reelscore.values.codec import from_json, to_json
from reelscore.values.message import Meaning, Reply

if TYPE_CHECKING:
    from sqlalchemy import Row

OPEN = ("waiting", "running")

# What every message does, built once.
_NEXT = (
    update(sessions)
    .where(sessions.c.id == bindparam("wanted"))
    .values(next_message=sessions.c.next_message + 1)
    .returning(sessions.c.next_message)
)
_INSERT = insert(messages)
_UNFINISHED = (
    select(messages)
    .where(messages.c.session == bindparam("wanted"), messages.c.state.in_(OPEN))
    .order_by(messages.c.number)
)
_MINE = messages.c.session == bindparam("wanted")
_THERE = (  # each side by an index of its own
    select(messages.c.id)
    .where((_MINE & messages.c.state.in_(OPEN)) | (_MINE & (messages.c.key == bindparam("asked"))))
    .limit(1)
)
_FINISH = (
    update(messages)
    .where(messages.c.id == bindparam("wanted"))
    .values({name: bindparam(name) for name in ("state", "reply", "version", "ended_at", "meaning")})
)
_BY_KEY = select(messages).where(messages.c.session == bindparam("wanted"), messages.c.key == bindparam("asked"))


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
    lacking: tuple[str, ...] = ()  # scopes that its sender's token did not have

    @property
    def ended(self) -> bool:
        return self.state not in OPEN

    @property
    def asks(self) -> bool:
        """Was it answered by a question, and nothing done before somebody answers that?"""
        return self.reply is not None and bool(self.reply.question) and not self.reply.done


def new(
    session: str, key: str, text: str, media: Sequence[str] = (), meaning: Meaning | None = None,
    lacking: Sequence[str] = (),
) -> Message:  # fmt: skip
    """A message that nobody has written down yet."""
    name = new_id("msg")
    return Message(
        name, session, 0, key or name, text, tuple(media), "waiting", meaning, None, None, None, now_ms(), None,
        tuple(lacking),
    )  # fmt: skip


def add(tx: Connection, message: Message) -> Message:
    """Write down what was said, as the session's latest message. The caller holds the session."""
    number = tx.execute(_NEXT, {"wanted": message.session}).scalar_one() - 1
    row = {
        "id": message.id, "session": message.session, "number": number, "key": message.key, "text": message.text,
        "media": json.dumps(message.media), "state": message.state, "created_at": message.created_at,
        "lacking": " ".join(message.lacking),
        "meaning": None if message.meaning is None else _text(message.meaning),
    }  # fmt: skip
    tx.execute(_INSERT, row)
    return replace(message, number=number)


def accept(tx: Connection, message: Message) -> None:
    """Tell those who follow that it was taken."""
    events.append(tx, f"session:{message.session}", "accepted", {"message": message.id}, message.id)


def is_free(tx: Connection, session: str, key: str) -> bool:
    """Does nothing wait or run in the session, and was this key not used there?"""
    return tx.execute(_THERE, {"wanted": session, "asked": key}).first() is None


def get(tx: Connection, message: str) -> Message:
    """Raises NotFoundError."""
    row = tx.execute(select(messages).where(messages.c.id == message)).first()
    if row is None:
        raise NotFoundError(f'There is no message "{message[:60]}".', "Look at the session's messages.")
    return message_of(row)


def by_key(tx: Connection, session: str, key: str) -> Message | None:
    row = tx.execute(_BY_KEY, {"wanted": session, "asked": key}).first()
    return None if row is None else message_of(row)


def unfinished(tx: Connection, session: str) -> list[Message]:
    """The session's messages that have no answer yet, in order."""
    return [message_of(row) for row in tx.execute(_UNFINISHED, {"wanted": session})]


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
    tx: Connection,
    message: Message,
    state: str,
    meaning: Meaning | None,
    reply: Reply,
    version: str | None,
    before: Sequence[tuple[str, Mapping[str, Any]]] = (),
) -> Message:
    """It is answered: the reply, and the end of its events (after those of `before`)."""
    ended = replace(
        message, state=state, reply=reply, version=version, ended_at=now_ms(), meaning=meaning or message.meaning
    )
    meant = None if ended.meaning is None else _text(ended.meaning)
    values = {"wanted": message.id, "state": state, "reply": _text(reply), "version": version,
              "ended_at": ended.ended_at, "meaning": meant}  # fmt: skip
    tx.execute(_FINISH, values)
    told: list[tuple[str, Mapping[str, Any]]] = list(before)
    if reply.question:
        told.append(("question", {"text": reply.question, "options": list(reply.options)}))
    told += [("text", {"text": reply.text}), ("reply", to_json(reply)), ("end", {"state": state})]
    events.append_all(tx, f"session:{message.session}", told, message.id)
    return ended


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
        tuple(row.lacking.split()),
    )


def _text(value: Meaning | Reply) -> str:
    return json.dumps(to_json(value, sparse=True), ensure_ascii=False, separators=(",", ":"))
