"""Many files and instructions in one call: each becomes a session of its own with its own message and its own export.

A batch is a job that says every message and waits for every export. What cannot begin is told item by item and holds up
nobody else. The same key is the same batch, done once.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from reelscore.edges.api.auth import Caller, caller
from reelscore.edges.api.exports import Wanted
from reelscore.edges.api.orders import OrderShape, open_order, order_id, shape_of
from reelscore.edges.api.shapes import (
    MOST_MEDIA,
    JobId,
    JobShape,
    Key,
    Language,
    Line,
    MediaId,
    Sent,
    Words,
    job_shape,
)
from reelscore.edges.jobs import jobs, queues
from reelscore.edges.jobs.targets import check_words
from reelscore.edges.storage.store import Store
from reelscore.errors import NotFoundError, ReelscoreError

router = APIRouter(prefix="/v1/batch", tags=["batch"])
Reader = Annotated[Caller, Depends(caller("read"))]
Orderer = Annotated[Caller, Depends(caller("write", "render"))]
MOST_ITEMS = 100


class Item(Sent):
    """One instruction. `media`: files uploaded before; `export`: what to make of it, nothing if null. The result is
    called by `export.name`, `title`, or its first file."""

    text: Annotated[Words, Field(min_length=1, examples=["add calm lofi music"])]
    media: Annotated[tuple[MediaId, ...], Field(max_length=MOST_MEDIA)] = ()
    export: Annotated[Wanted | None, Field(examples=[{"format": "mp4"}])] = None
    title: Annotated[Line, Field(examples=["Clip 1"])] = ""
    language: Language = "en"


class Batch(Sent):
    """Items, done side by side."""

    items: Annotated[list[Item], Field(min_length=1, max_length=MOST_ITEMS)]
    key: Key = ""


class ItemShape(BaseModel):
    """What became of one item: its order, or why it did not begin."""

    number: Annotated[int, Field(examples=[1])]
    order: OrderShape | None
    error: Annotated[str, Field(examples=[""])]


class BatchShape(BaseModel):
    """How a batch stands. `job` is the whole: its progress, its end; cancel it to stop what is left."""

    id: Annotated[str, Field(examples=["job_k3v9wz7m2q5x8r4t"])]
    job: JobShape
    counts: Annotated[dict[str, int], Field(examples=[{"running": 2}])]
    items: list[ItemShape]


@router.post("", status_code=202, response_model=BatchShape)
def start(request: Request, who: Orderer, body: Batch) -> BatchShape:
    """Begin every item; those that cannot begin say why. Nothing begins where none can."""
    store: Store = request.app.state.store
    batch = order_id(who, "batch", body.key)
    begun: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    faults: list[ReelscoreError] = []
    for number, item in enumerate(body.items, 1):
        try:
            begun.append(_opened(store, who, f"{batch}-{number}", number, item))
        except ReelscoreError as fault:
            faults.append(fault)
            refused.append({"number": number, "error": str(fault)[:1000]})
    if not begun:
        raise faults[0]
    queues.prepare(store.database)
    params: dict[str, Any] = {"items": begun, "refused": refused}
    if who.lacking:
        params["lacking"] = list(who.lacking)
    with store.database.write() as tx:
        job = jobs.start(tx, who.account, None, "batch", params, client_id=body.key, most=who.plan.jobs)
    return _shape(request, who, job)


@router.get("/{job}", response_model=BatchShape)
def read(request: Request, who: Reader, job: JobId) -> BatchShape:
    """How a batch stands, item by item."""
    with request.app.state.store.database.read() as tx:
        found = jobs.get(tx, job, who.account)
    if found.kind != "batch":
        raise NotFoundError(f'There is no batch "{job}".', "Start one with POST /v1/batch.")
    return _shape(request, who, found)


def _opened(store: Store, who: Caller, order: str, number: int, item: Item) -> dict[str, Any]:
    """The item's session, and what the job is told of it."""
    wanted = item.export.target() if item.export is not None else None
    if wanted is not None:
        check_words(wanted)
    open_order(store, who, order, item.title or item.text[:60], item.language, item.media)
    return {"number": number, "session": order, "text": item.text, "export": wanted, "media": list(item.media),
            "title": item.title}  # fmt: skip


def _shape(request: Request, who: Caller, job: jobs.Job) -> BatchShape:
    items = [ItemShape(number=one["number"], order=None, error=one["error"]) for one in job.params["refused"]]
    for one in job.params["items"]:
        try:
            items.append(ItemShape(number=one["number"], order=shape_of(request, who, one["session"]), error=""))
        except NotFoundError as fault:  # its session was deleted since
            items.append(ItemShape(number=one["number"], order=None, error=fault.message))
    if job.ended:  # what it did not get to say will not be said
        for item in items:
            if item.order is not None and not item.order.messages and item.order.state == "running":
                item.order.state = "cancelled" if job.state == "cancelled" else "failed"
    counts: dict[str, int] = {}
    for item in items:
        state = item.order.state if item.order else "failed"
        counts[state] = counts.get(state, 0) + 1
    shape = job_shape(job, request.app.state.settings.public)
    return BatchShape(id=job.id, job=shape, counts=counts, items=sorted(items, key=lambda item: item.number))
