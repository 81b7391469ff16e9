"""The end of a message: what it did, what it was told, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from reelscore import conversing
from reelscore.edges.jobs import messages
from reelscore.edges.jobs.acting import act, pressing
from reelscore.edges.jobs.messages import Message
from reelscore.edges.storage import sessions
from reelscore.values.command import Step
from reelscore.values.facts import NO_FACTS, Facts
from reelscore.values.message import Asked, Meaning, Reply

if TYPE_CHECKING:
    from reelscore.conversing import Turn
    from reelscore.edges.storage.sessions import Session
    from reelscore.edges.storage.store import Store


def conclude(
    tx: Connection,
    store: Store,
    session: Session,
    message: Message,
    meaning: Meaning,
    turn: Turn,
    notes: Sequence[str] = (),
    before: Sequence[tuple[str, Mapping[str, object]]] = (),
    reply: Reply | None = None,
    facts: Facts = NO_FACTS,
) -> Message:
    """The end of a message: the session's new version, what else was asked for, the reply, all in one transaction.

    Raises ConflictError where the session is no longer as it was read.
    """
    urgent = pressing(meaning) and message.state == "waiting"
    turn, results = act(tx, store, session, message, turn)
    if not urgent:
        session = sessions.save(tx, replace(session, history=turn.history, context=turn.context))
    reply = reply or conversing.answer(turn, meaning, notes=notes, results=results, facts=facts)
    new: list[tuple[str, Mapping[str, object]]] = list(before)
    for n, asked in enumerate(meaning.steps, 1):
        call = call_of(message, n, asked)
        if message.state != "running":
            new.append(("call", call))
        new.append(("result", {"id": call["id"], "name": call["name"], "response": {"status": "ok"}}))
    if turn.edited is not None and turn.edited.changes:
        told_changes = {"version": turn.history.current, "changes": list(reply.done), "summary": reply.timeline}
        new.append(("edited", told_changes))
    nothing = turn.failed and not (reply.done or results or reply.question)
    state = "failed" if nothing else "done"
    return messages.finish(tx, message, state, meaning, reply, turn.history.current, new)


def call_of(message: Message, n: int, asked: Asked) -> dict[str, object]:
    name = asked.command if isinstance(asked, Step) else asked.name
    return {"id": f"{message.id}.{n}", "name": name, "args": dict(asked.args)}
