"""The beginning of a message's music: its job is started and paid for, and the message runs until that job ends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from reelscore.edges.accounts.plans import Plan, price
from reelscore.edges.jobs import events, jobs, messages
from reelscore.edges.jobs.concluding import call_of
from reelscore.edges.jobs.messages import Message
from reelscore.errors import ReelscoreError
from reelscore.values.message import Meaning

if TYPE_CHECKING:
    from reelscore.conversing import Turn
    from reelscore.edges.storage.sessions import Session


def begin_music(
    tx: Connection, session: Session, message: Message, meaning: Meaning, turn: Turn, plan_of: Plan
) -> Message | ReelscoreError:
    """Start the job that writes the message's music. Why not, where it cannot be."""
    pieces = len(turn.history.timeline.requests)
    credits = price(plan_of, "music", pieces)
    params = {"message": message.id, "pieces": pieces}
    try:
        with tx.begin_nested():
            job = jobs.start(
                tx, session.account, session.id, "music", params, credits=credits, message=message.id,
                most=plan_of.jobs,
            )  # fmt: skip
    except ReelscoreError as refused:
        return refused
    messages.run(tx, message, meaning, job.id)
    calls = [("call", call_of(message, n, asked)) for n, asked in enumerate(meaning.steps, 1)]
    events.append_all(tx, f"session:{session.id}", calls, message.id)
    return replace(message, state="running", meaning=meaning, job=job.id)
