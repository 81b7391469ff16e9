"""A session's messages, one after the other: understood, carried out, answered.

A short message (edits, questions, undo) is done at once, in one transaction, in the thread that says it. One that needs
music becomes a job, and what is said after it waits; only what asks about the work or stops it goes ahead. What is
being read waits for the reading. Whoever ends something calls `advance`, and so does the reaper, so that nothing that
was said is forgotten.

Understanding happens before the transaction, on the session as it was read; where somebody was faster, it happens
again on what they left.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.exc import IntegrityError

from reelscore import conversing
from reelscore.edges.jobs import asking, events, jobs, messages, queues
from reelscore.edges.jobs.acting import pressing
from reelscore.edges.jobs.allowed import plan_of_account
from reelscore.edges.jobs.beginning import begin_music
from reelscore.edges.jobs.concluding import conclude
from reelscore.edges.jobs.faults import told
from reelscore.edges.jobs.known import facts_of
from reelscore.edges.jobs.messages import Message
from reelscore.edges.jobs.one_at_a_time import turn_of
from reelscore.edges.jobs.typed import check_version, in_language, in_words, refuse
from reelscore.edges.storage import sessions
from reelscore.edges.storage.media import media as media_of
from reelscore.edges.storage.tables import jobs as jobs_table
from reelscore.errors import ConflictError, DataError, EditError, LimitError, NotFoundError, ReelscoreError
from reelscore.values.facts import Facts
from reelscore.values.message import Asked, Context, Meaning, Reply
from reelscore.values.timeline import Media

if TYPE_CHECKING:
    from reelscore.conversing import Turn
    from reelscore.edges.storage.sessions import Session
    from reelscore.edges.storage.store import Store

_LONGEST_KEY = 200
_TRIES = 8
_READING = (
    select(jobs_table.c.id)
    .where(jobs_table.c.session == bindparam("wanted"), jobs_table.c.kind == "understand")
    .where(jobs_table.c.state.in_(jobs.OPEN))
    .limit(1)
)
_log = logging.getLogger(__name__)


def say(
    store: Store,
    account_id: str,
    session_id: str,
    text: str,
    *,
    key: str = "",
    media: Sequence[str] = (),
    lacking: Sequence[str] = (),
    patient: bool = False,
) -> Message:
    """Say something to a session; the same `key` again is the same message, and nothing is done twice. `lacking`: the
    scopes that the sender's token does not have; what needs them is refused in the answer. `patient`: where the account
    has no room for its music now, nothing is said and LimitError raised.

    A short message is answered when this returns; otherwise its job has begun, or waits for those before it. Raises
    NotFoundError, DataError (a key of endless length).
    """
    _check_key(key)
    queues.prepare(store.database)
    said = messages.new(session_id, key, text, media, lacking=lacking)
    done = None if asking.has_model() else _at_once(store, account_id, said, patient=patient)
    return done or _in_turn(store, account_id, said)


def edit(
    store: Store,
    account_id: str,
    session_id: str,
    steps: Sequence[Asked],
    *,
    based_on: str = "",
    key: str = "",
    text: str = "",
) -> Message:
    """Typed edits and actions, as a message among the others: one version, in their order.

    Raises ConflictError where `based_on` is not the current version, EditError where an edit cannot be made.
    """
    _check_key(key)
    queues.prepare(store.database)
    said = messages.new(session_id, key, text or in_words(steps), (), Meaning("", tuple(steps)))
    return _at_once(store, account_id, said, based_on) or _in_turn(store, account_id, said, based_on)


def _in_turn(store: Store, account_id: str, said: Message, based_on: str = "") -> Message:
    """Write it down, then do what can be done of all that waits."""
    with store.database.write() as tx:
        session = sessions.load(tx, said.session, account_id, lock=True)
        message = messages.by_key(tx, session.id, said.key)
        if message is None:
            if said.meaning is not None:
                said = in_language(said, session)
                check_version(session, based_on, messages.unfinished(tx, session.id))
            message = messages.add(tx, said)
            messages.accept(tx, message)
    if message.ended:
        return message
    advance(store, message.session)
    with store.database.read() as tx:
        return messages.get(tx, message.id)


def _at_once(store: Store, account_id: str, said: Message, based_on: str = "", patient: bool = False) -> Message | None:
    """Understood, done and answered in one transaction, where nothing waits. None where that cannot be."""
    with turn_of(said.session).held:
        try:
            with store.database.read() as tx:
                known = messages.by_key(tx, said.session, said.key)
                session = sessions.load(tx, said.session, account_id)
                if known is not None:
                    return known if known.ended else None
                if not messages.is_free(tx, session.id, said.key) or _reading(tx, session.id):
                    return None
                rows = media_of(tx, session.id)
                facts, media = facts_of(store, rows), tuple(row.medium for row in rows if row.origin == "uploaded")
            if said.meaning is not None:
                said = in_language(said, session)
                check_version(session, based_on)
            meaning = _meant(said, session, facts, media)
            turn = conversing.carry_out(
                meaning, session.history, facts, said.text, context=session.context, media=media
            )
            if turn.failed and said.meaning is not None:
                refuse(session, said.meaning, facts, media)
            reply = _worded(turn, meaning, facts)
            with store.database.write() as tx:
                now = sessions.load(tx, session.id, lock=True)
                if now.revision != session.revision or not messages.is_free(tx, session.id, said.key):
                    return None
                message = messages.add(tx, said)
                accepted = [("accepted", {"message": message.id})]
                return _settle(tx, store, session, message, meaning, turn, facts, media, reply, accepted, patient)
        except (ReelscoreError, IntegrityError) as fault:
            if isinstance(fault, (EditError, NotFoundError)) and not isinstance(fault, ConflictError):
                raise
            if patient and isinstance(fault, LimitError):
                raise
            return None  # somebody was faster: in its turn
        except Exception:  # it is told in its turn
            _log.exception("message %s", said.id)
            return None


def get(store: Store, account_id: str, session_id: str, *, key: str = "", message_id: str = "") -> Message:
    """A message by its id or its client's key. Raises NotFoundError."""
    with store.database.read() as tx:
        session = sessions.load(tx, session_id, account_id)
        found = messages.by_key(tx, session.id, key) if key else messages.get(tx, message_id)
    if found is None or found.session != session_id:
        raise NotFoundError(f'There is no message "{(key or message_id)[:60]}".', "Look at the session's messages.")
    return found


def cancel(store: Store, account_id: str, session_id: str) -> list[str]:
    """Stop what the session is working on; the ids of the jobs that were stopped. Raises NotFoundError."""
    with store.database.read() as tx:
        sessions.load(tx, session_id, account_id)
        under_way = jobs.listed(tx, session=session_id, states=jobs.OPEN)
    return [jobs.cancel(store, job.id).id for job in under_way if job.kind != "understand"]


history = messages.history


def advance(store: Store, session_id: str) -> None:
    """Do what can be done of the messages that wait."""
    with turn_of(session_id).held:
        tries = 0
        while tries < _TRIES:
            try:
                if not _step(store, session_id):
                    return
            except ConflictError:  # somebody was faster: once more, on what they left
                tries += 1


def _step(store: Store, session_id: str) -> bool:
    """Do one message. False where none can be done now."""
    with store.database.read() as tx:
        waiting = messages.unfinished(tx, session_id)
        if not waiting:
            return False
        try:
            session = sessions.load(tx, session_id)
        except NotFoundError:  # deleted
            return False
        busy = waiting[0].state == "running" or _reading(tx, session_id)
        rows = media_of(tx, session_id)
        facts, media = facts_of(store, rows), tuple(row.medium for row in rows if row.origin == "uploaded")
    for message in waiting if busy else waiting[:1]:
        if message.state != "waiting":
            continue
        try:
            meaning = _meant(message, session, facts, media)
            if not busy or pressing(meaning):
                turn = conversing.carry_out(
                    meaning, session.history, facts, message.text, context=session.context, media=media
                )
                return _do(store, session, message, meaning, turn, facts, media)
        except ConflictError:
            raise
        except Exception as fault:  # whatever it is, the person is told, and the next message has its turn
            _log.exception("message %s", message.id)
            return _apologise(store, session, message, fault)
    return False


def _meant(message: Message, session: Session, facts: Facts, media: Sequence[Media]) -> Meaning:
    if message.meaning is not None:
        return message.meaning
    context = context_of(message, session.context)
    return asking.meaning(message.text, conversing.knowing(session.history, media).timeline, context, facts)


def context_of(message: Message, context: Context) -> Context:
    """What the conversation remembers, and the files that came with the message."""
    new = tuple(name for name in message.media if name not in context.uploaded)
    return replace(context, uploaded=(*context.uploaded, *new)) if new else context


def _do(
    store: Store,
    session: Session,
    message: Message,
    meaning: Meaning,
    turn: Turn,
    facts: Facts,
    media: Sequence[Media],
) -> bool:
    """Answer the message, or have a job do it: one transaction. Raises ConflictError."""
    reply = _worded(turn, meaning, facts)
    with store.database.write() as tx:
        now = sessions.load(tx, session.id, lock=True)
        if now.revision != session.revision or messages.get(tx, message.id).state != "waiting":
            raise ConflictError("Somebody else's message came first.", "Try again.")
        return _settle(tx, store, session, message, meaning, turn, facts, media, reply).ended


def _settle(
    tx: Connection,
    store: Store,
    session: Session,
    message: Message,
    meaning: Meaning,
    turn: Turn,
    facts: Facts,
    media: Sequence[Media],
    reply: Reply | None,
    before: Sequence[tuple[str, Mapping[str, object]]] = (),
    patient: bool = False,
) -> Message:
    """The message as it is afterwards: answered, or with a job that works for it. `before`: events that come first.
    Raises LimitError, where `patient`, for work that the account has no room for now."""
    if turn.music:
        events.append_all(tx, f"session:{session.id}", before, message.id)
        begun = begin_music(tx, session, message, meaning, turn, plan_of_account(tx, store, session.account))
        if isinstance(begun, Message):
            return begun
        if patient and isinstance(begun, LimitError):
            raise begun
        turn = conversing.carry_out(
            meaning, session.history, facts, message.text, context=session.context,
            no_music=conversing.said_of(begun), media=media,
        )  # fmt: skip
        before = (("error", told(begun)),)
    return conclude(tx, store, session, message, meaning, turn, before=before, reply=reply, facts=facts)


def _worded(turn: Turn, meaning: Meaning, facts: Facts) -> Reply | None:
    """The reply, made before the transaction where nothing in it can change what is said."""
    return None if turn.music or turn.pending else conversing.answer(turn, meaning, facts=facts)


def _apologise(store: Store, session: Session, message: Message, fault: Exception) -> bool:
    """Answer a message that could not be dealt with at all."""
    error = fault if isinstance(fault, ReelscoreError) else DataError("This message could not be dealt with.", "")
    language = session.context.language or session.language or "en"
    said = conversing.said_of(error).in_language(language)
    with store.database.write() as tx:
        sessions.lock_session(tx, session.id)
        if messages.get(tx, message.id).state != "waiting":
            return True
        events.append(tx, f"session:{session.id}", "error", told(error), message.id)
        reply = Reply(language, failed=(said,), text=said)
        messages.finish(tx, message, "failed", None, reply, session.history.current)
    return True


def reads(store: Store, session_id: str) -> bool:
    """Is a file of the session still being read?"""
    with store.database.read() as tx:
        return _reading(tx, session_id)


def _reading(tx: Connection, session_id: str) -> bool:
    return tx.execute(_READING, {"wanted": session_id}).first() is not None


def _check_key(key: str) -> None:
    if len(key) > _LONGEST_KEY:
        raise DataError(f"The message's id has {len(key)} letters.", f"Give at most {_LONGEST_KEY}.")
