"""Music in one call: words to a track, or a film to the same film with music. No conversation is needed.

An order is a session with one message in it (and its export), so that it can be talked about afterwards. Its id is the
session's. The same key is the same order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from reelscore.edges.api.auth import Caller, allow, caller
from reelscore.edges.api.exports import Wanted
from reelscore.edges.api.sessions import room
from reelscore.edges.api.shapes import (
    MOST_MEDIA,
    JobShape,
    Key,
    Language,
    Line,
    MediaId,
    MessageShape,
    Number,
    Sent,
    SessionId,
    Words,
    job_shape,
    message_shape,
)
from reelscore.edges.api.uploads import receive, take_known
from reelscore.edges.jobs import jobs, messages, turns
from reelscore.edges.jobs.endings import session_deleted
from reelscore.edges.jobs.targets import check_words
from reelscore.edges.storage import sessions
from reelscore.edges.storage.ids import new_id
from reelscore.edges.storage.store import Store
from reelscore.editing import offered
from reelscore.errors import DataError, NotFoundError
from reelscore.values.brief import Wishes
from reelscore.values.command import Plain, Step
from reelscore.values.message import Action, Asked
from reelscore.values.time import exactly

router = APIRouter(prefix="/v1", tags=["orders"])
Reader = Annotated[Caller, Depends(caller("read"))]
Orderer = Annotated[Caller, Depends(caller("write", "render"))]
SOUNDS = f"^({'|'.join(offered().formats['sound'])})$"


class Track(Sent):
    """A track. Lengths in the words count: "60-second lo-fi"."""

    prompt: Annotated[Words, Field(min_length=1, examples=["20-second calm lo-fi, no drums"])]
    duration: Annotated[Number | None, Field(ge=1, le=3600, examples=[None])] = None
    format: Annotated[str, Field(pattern=SOUNDS, examples=["wav"])] = "wav"
    seed: Annotated[int, Field(ge=0, le=10**8, strict=True)] = 1
    name: Annotated[Line, Field(max_length=100, examples=["calm"])] = ""
    language: Language = "en"
    key: Key = ""


class Film(Wanted):
    """A film that gets music. `media`: files you uploaded before; a multipart call brings its own in `files`."""

    media: Annotated[tuple[MediaId, ...], Field(max_length=MOST_MEDIA)] = ()
    prompt: Annotated[Words, Field(examples=["warm lo-fi"])] = ""
    language: Language = "en"
    key: Key = ""


class OrderShape(BaseModel):
    """How an order stands: running, completed, failed (also: only a question is there for an answer), cancelled.
    `jobs`: music being written, the export."""

    id: Annotated[str, Field(examples=["order_k3v9wz7m2q5x8r4t"])]
    state: Annotated[str, Field(examples=["running"])]
    progress: Annotated[float, Field(examples=[0.4])]
    messages: list[MessageShape]
    jobs: list[JobShape]
    output: Annotated[dict[str, Any] | None, Field(examples=[None])]
    error: Annotated[str, Field(examples=[""])]
    events: Annotated[str, Field(examples=["/v1/sessions/order_k3v9wz7m2q5x8r4t/events"])]


_FIELDS = tuple(name for name in Film.model_fields if name != "media")  # of a form with files
_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": Film.model_json_schema(), "example": {"prompt": "warm lo-fi", "media": []}},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        **{name: {"type": "string"} for name in _FIELDS},
                    },
                }
            },
        },
    }
}


@router.post("/compose", status_code=202, response_model=OrderShape)
def compose(request: Request, who: Orderer, body: Track) -> OrderShape:
    """Words to a track, in one call."""
    store: Store = request.app.state.store
    export = {"format": body.format, "name": body.name or body.prompt[:60]}
    args = {"prompt": body.prompt, "duration": length_of(body), "seed": body.seed}
    order = order_id(who, "order", body.key)
    open_order(store, who, order, body.name or body.prompt[:60], body.language)
    asked: list[Asked] = [Step("generate_music", tuple(args.items())), Action("export", tuple(export.items()))]
    turns.edit(store, who.account, order, asked, key="order", text=body.prompt)
    return shape_of(request, who, order)


@router.post("/score", status_code=202, response_model=OrderShape, openapi_extra=_FORM)
async def score(request: Request, who: Orderer) -> OrderShape:
    """A film to the same film with music, in one call: files and words together, or files uploaded before."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _with_files(request, allow(who, "upload"))
    film = _film(await request.body())
    if not film.media:
        raise DataError("The order names no files.", 'Name uploaded ones in "media", or send them as "files".')
    order = order_id(who, "order", film.key)
    return await run_in_threadpool(_scored, request, who, order, film)


@router.get("/orders/{session}", response_model=OrderShape)
def read(request: Request, who: Reader, session: SessionId) -> OrderShape:
    """How an order stands, and its file once it is there."""
    return shape_of(request, who, session)


async def _with_files(request: Request, who: Caller) -> OrderShape:
    """The form may tell of the film behind its files: these wait in a session of their own until it is read."""
    store: Store = request.app.state.store
    waiting = new_id("order")
    await run_in_threadpool(open_order, store, who, waiting, "", "en")
    try:
        arrived = await receive(request, who, waiting, _FIELDS)
        film = _film(arrived.fields).model_copy(update={"media": tuple(one.media for one in arrived.files)})
        order = order_id(who, "order", request.headers.get("idempotency-key", "")[:200] or film.key)
        return await run_in_threadpool(_scored, request, who, order, film)
    finally:
        await run_in_threadpool(session_deleted, store, waiting, who.account)


def _scored(request: Request, who: Caller, order: str, film: Film) -> OrderShape:
    store: Store = request.app.state.store
    check_words(film.target())
    open_order(store, who, order, film.name or film.prompt[:60], film.language, film.media)
    steps: list[Asked] = [
        Step("generate_music", (("prompt", film.prompt),)),
        Action("export", tuple(film.target().items())),
    ]
    turns.edit(store, who.account, order, steps, key="order", text=film.prompt or "music for this film")
    return shape_of(request, who, order)


def open_order(store: Store, who: Caller, order: str, title: str, language: str, media: Sequence[str] = ()) -> None:
    """The order's session, with these media; the one that is there if it is."""
    with store.database.write() as tx:
        try:
            sessions.load(tx, order, who.account)
        except NotFoundError:
            room(tx, who)
            sessions.create(tx, who.account, title, language or "en", id=order)
        if media:
            take_known(tx, store, who, order, media)


def order_id(who: Caller, prefix: str, key: str) -> str:
    """A new id, or the one that this caller's key stands for."""
    if not key:
        return new_id(prefix)
    return f"{prefix}_{hashlib.sha256(f'{who.account} {key}'.encode()).hexdigest()[:32]}"


def length_of(body: Track) -> str | None:
    """Seconds, exact, as the words or the field say."""
    from reelscore.pipeline import Order, brief_for

    asked = exactly(body.duration, "The duration") if body.duration is not None else None
    return str(brief_for(Order(body.prompt, Wishes(duration=asked))).duration)


def shape_of(request: Request, who: Caller, order: str) -> OrderShape:
    """The order as it stands."""
    store: Store = request.app.state.store
    public = request.app.state.settings.public
    with store.database.read() as tx:
        sessions.load(tx, order, who.account)
        said = messages.history(tx, order, 10)
        work = [job for job in jobs.listed(tx, who.account, session=order, limit=50) if job.kind != "understand"]
    shapes = [job_shape(job, public) for job in reversed(work)]
    tried = {one.text: one for one in said}  # what was tried again counts as it ended at last
    said_last = sorted(tried.values(), key=lambda one: one.number)
    worked_last = list({job.kind: job for job in reversed(work)}.values())
    state = _state(said_last, worked_last)
    failed = [
        one.reply.text
        for one in said_last
        if one.reply and (one.state in ("failed", "cancelled") or _asks(one, said_last))
    ]
    output = next((shape.output for shape in reversed(shapes) if shape.output), None)
    if state == "completed" and output is None and any(one.reply and one.reply.failed for one in said_last):
        state, failed = "failed", [why for one in said_last if one.reply for why in one.reply.failed]
    wrong = [str(job.error.get("message", "")) for job in worked_last if job.error and job.state == "failed"]
    done = [1.0 if one.ended else 0.0 for one in said] + [job.progress for job in work]
    return OrderShape(
        id=order, state=state, jobs=shapes, messages=[message_shape(one) for one in said],
        progress=1.0 if state == "completed" else round(sum(done) / max(1, len(done)), 4),
        output=output.model_dump() if output else None, error=" ".join([*failed, *wrong])[:1000],
        events=f"/v1/sessions/{order}/events",
    )  # fmt: skip


def _state(said: Sequence[messages.Message], work: Sequence[jobs.Job]) -> str:
    if not said or any(not one.ended for one in said) or any(not job.ended for job in work):
        return "running"
    for state in ("failed", "cancelled"):
        if any(one.state == state for one in said) or any(job.state == state for job in work):
            return state
    return "failed" if _asks(said[-1], said) else "completed"


def _asks(one: messages.Message, said: Sequence[messages.Message]) -> bool:
    """Does what was wanted wait for an answer to its question?"""
    return one is said[-1] and one.asks


def _film(said: bytes | dict[str, str]) -> Film:
    try:
        if isinstance(said, bytes):
            return Film.model_validate_json(said)
        known = {name: value for name, value in said.items() if name in Film.model_fields and name != "media"}
        held: dict[str, Plain] = dict(known)
        return Film.model_validate(held)
    except ValidationError as fault:
        raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in fault.errors()]) from None
