"""Messages: say it, and it is done. Typed edits, and what a message would mean, likewise.

A short message is answered in the call itself (200). One that takes longer is answered 202 with the place of its
events; it goes on whoever listens. The same key again is the same message, done once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from pydantic import BaseModel, Field

from reelscore.conversing import read as meaning_of
from reelscore.edges.api.auth import Caller, caller
from reelscore.edges.api.shapes import (
    MOST_MEDIA,
    MOST_STEPS,
    BasedOn,
    Key,
    Limit,
    MediaId,
    MessageId,
    MessageShape,
    Plain,
    Sent,
    SessionId,
    Words,
    message_shape,
)
from reelscore.edges.jobs import messages, turns
from reelscore.edges.jobs.known import facts_of
from reelscore.edges.storage import sessions
from reelscore.edges.storage.media import media as media_of
from reelscore.edges.storage.media import medium
from reelscore.edges.storage.store import Store
from reelscore.editing import command
from reelscore.errors import ConflictError, DataError, EditError
from reelscore.values.codec import to_json
from reelscore.values.command import Step
from reelscore.values.message import Action, Meaning
from reelscore.values.timeline import Timeline

router = APIRouter(prefix="/v1", tags=["messages"])
Reader = Annotated[Caller, Depends(caller("read"))]
Writer = Annotated[Caller, Depends(caller("write"))]
KeyHeader = Annotated[
    str, Header(alias="Idempotency-Key", max_length=200, description="As `key`.", pattern=r"^[\x20-\x7e]*$")
]
STARTED: dict[int | str, dict[str, Any]] = {202: {"model": MessageShape, "description": "Under way: follow `events`"}}


class NewMessage(Sent):
    """What a person says. `media`: files of this session that it is about."""

    text: Annotated[Words, Field(min_length=1, examples=["add calm lofi music and lower it to 35%"])]
    media: Annotated[tuple[MediaId, ...], Field(max_length=MOST_MEDIA, examples=[[]])] = ()
    key: Key = ""


class EditStep(Sent):
    """One edit command of the catalogue; arguments may be said as people do ("clip 2", "35%", "1:05")."""

    command: Annotated[str, Field(max_length=100, examples=["volume"])]
    arguments: Annotated[dict[str, Plain], Field(default_factory=dict, examples=[{"which": "clip 1", "to": "35%"}])]


class Edits(Sent):
    """Edits that become one version. `based_on`: the version you saw; if it is not the current one, nothing is done."""

    steps: Annotated[list[EditStep], Field(min_length=1, max_length=MOST_STEPS)]
    based_on: BasedOn = ""
    key: Key = ""


class Asked(Sent):
    """A message to look at; nothing is done."""

    text: Annotated[Words, Field(min_length=1, examples=["trim the second clip to 4 seconds"])]


class MeaningShape(BaseModel):
    """What a message means: edits and actions in order, a question, what was not understood, what not to do."""

    language: Annotated[str, Field(examples=["en"])]
    steps: Annotated[
        list[dict[str, Any]], Field(examples=[[{"command": "trim", "arguments": {"which": "clip 2", "to": "4"}}]])
    ]
    question: str
    options: list[str]
    missed: list[dict[str, str]]
    withheld: list[dict[str, Any]]
    corrected: list[list[str]]
    confidence: float


class MessagePage(BaseModel):
    """Part of the talk, oldest first. `before`: ask with it for what was said before; 0 at the beginning."""

    items: list[MessageShape]
    before: int


@router.post("/sessions/{session}/messages", response_model=MessageShape, responses=STARTED)
def say(
    request: Request, response: Response, who: Writer, session: SessionId, body: NewMessage,
    idempotency_key: KeyHeader = "",
) -> MessageShape:  # fmt: skip
    """Say something: edits, music, questions, exports, in your language."""
    store: Store = request.app.state.store
    check_media(store, who, session, body.media)
    key = body.key or idempotency_key
    message = turns.say(store, who.account, session, body.text, key=key, media=body.media, lacking=who.lacking)
    return told(response, message, same=message.text == body.text)


@router.post("/sessions/{session}/edits", response_model=MessageShape, responses=STARTED)
def edit(
    request: Request, response: Response, who: Writer, session: SessionId, body: Edits, idempotency_key: KeyHeader = ""
) -> MessageShape:
    """Typed edits, all or none, as one version. 409 where somebody else's came first."""
    steps = [Step(command(one.command.replace("-", "_")).name, tuple(one.arguments.items())) for one in body.steps]
    store: Store = request.app.state.store
    key = body.key or idempotency_key
    message = turns.edit(store, who.account, session, steps, based_on=body.based_on, key=key)
    return told(response, message, typed=True, same=asks(message, steps))


@router.get("/sessions/{session}/messages", response_model=MessagePage)
def talk(
    request: Request, who: Reader, session: SessionId, limit: Limit = 50,
    before: Annotated[int, Query(ge=0, le=2**31, description="Only messages before this number.")] = 0,
) -> MessagePage:  # fmt: skip
    """The talk so far, the latest messages."""
    with request.app.state.store.database.read() as tx:
        sessions.load(tx, session, who.account)
        found = messages.history(tx, session, limit, before or None)
    return MessagePage(
        items=[message_shape(one) for one in found], before=found[0].number if len(found) == limit else 0
    )


@router.get("/sessions/{session}/messages/{message}", response_model=MessageShape)
def read(request: Request, who: Reader, session: SessionId, message: MessageId) -> MessageShape:
    """A message and its answer."""
    return message_shape(turns.get(request.app.state.store, who.account, session, message_id=message))


@router.post("/sessions/{session}/cancel", response_model=list[str])
def cancel(request: Request, who: Writer, session: SessionId) -> list[str]:
    """Stop what the session is working on; the ids of the jobs that were stopped."""
    return turns.cancel(request.app.state.store, who.account, session)


@router.post("/sessions/{session}/parse", response_model=MeaningShape)
def parse_here(request: Request, who: Reader, session: SessionId, body: Asked) -> MeaningShape:
    """What a message would mean in this session. Nothing is done."""
    store: Store = request.app.state.store
    with store.database.read() as tx:
        found = sessions.load(tx, session, who.account)
        media = media_of(tx, session)
    meaning = meaning_of(body.text, found.history.timeline, found.context, facts_of(store, media))
    return meaning_shape(meaning)


@router.post("/parse", response_model=MeaningShape)
def parse(request: Request, who: Reader, body: Asked) -> MeaningShape:
    """What a message would mean in an empty session. Nothing is done."""
    return meaning_shape(meaning_of(body.text, Timeline()))


def told(response: Response, message: messages.Message, typed: bool = False, same: bool = True) -> MessageShape:
    """The answer to a message: 200 with the reply, or 202 while it is under way. Raises EditError for a typed edit
    that was not done, ConflictError where the key stands for another message (not the `same`)."""
    if not same:
        raise ConflictError(f'The key "{message.key[:60]}" stands for another message.', "Ask again with a new key.")
    shape = message_shape(message)
    if not message.ended:
        response.status_code = 202
        response.headers["Location"] = f"/v1/sessions/{message.session}/messages/{message.id}"
    elif typed and message.state == "failed" and message.reply:
        raise EditError("\n".join(message.reply.failed) or message.reply.text)
    return shape


def asks(message: messages.Message, steps: Sequence[Step | Action]) -> bool:
    """Whether the message is these typed steps."""
    return message.meaning is not None and to_json(message.meaning.steps) == to_json(tuple(steps))


def meaning_shape(meaning: Meaning) -> MeaningShape:
    language = meaning.language
    question = meaning.question
    return MeaningShape(
        language=language, steps=[_step(step) for step in meaning.steps], confidence=meaning.confidence,
        question=question.text.in_language(language) if question else "",
        options=[option.label.in_language(language) for option in question.options] if question else [],
        missed=[{"words": one.words, "why": one.why.in_language(language)} for one in meaning.missed],
        withheld=[_step(step) for step in meaning.withheld], corrected=to_json(meaning.corrected),
    )  # fmt: skip


def _step(step: Any) -> dict[str, Any]:
    kind, name = ("command", step.command) if isinstance(step, Step) else ("action", step.name)
    return {kind: name, "arguments": dict(step.args)}


def check_media(store: Store, who: Caller, session: str, media: Sequence[str]) -> None:
    """Raises NotFoundError for a file that the session does not have."""
    if not media:
        return
    if len(set(media)) != len(media):
        raise DataError("A file is named twice.", "Name each once.")
    with store.database.read() as tx:
        sessions.load(tx, session, who.account)
        for one in media:
            medium(tx, session, one)
