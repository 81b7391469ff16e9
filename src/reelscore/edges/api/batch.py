"""Many files and instructions in one call: each becomes a session of its own with its own message and its own export.

What cannot begin is told item by item and holds up nobody else. The same key is the same batch: a call that broke off
is simply sent again, and goes on where it was.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from pydantic import BaseModel, Field
from sqlalchemy import select

from reelscore.edges.api.auth import Caller, caller
from reelscore.edges.api.exports import Wanted
from reelscore.edges.api.orders import OrderShape, open_order, order_id, shape_of
from reelscore.edges.api.shapes import MOST_MEDIA, Key, Language, Line, MediaId, Sent, Words
from reelscore.edges.jobs import turns
from reelscore.edges.jobs.targets import target_of
from reelscore.edges.storage.tables import sessions as table
from reelscore.errors import NotFoundError, ReelscoreError
from reelscore.values.message import Action
from reelscore.values.timeline import Timeline

router = APIRouter(prefix="/v1/batch", tags=["batch"])
Reader = Annotated[Caller, Depends(caller("read"))]
Orderer = Annotated[Caller, Depends(caller("write", "render"))]
MOST_ITEMS = 100
BatchId = Annotated[
    str, Path(pattern="^batch_[A-Za-z0-9]{1,50}$", description="Id of the batch.", examples=["batch_k3v9wz7m2q5x8r4t"])
]


class Item(Sent):
    """One instruction. `media`: files uploaded before; `export`: what to make of it, nothing if null."""

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
    """How a batch stands: running while any item is, then completed, or failed where any item failed."""

    id: Annotated[str, Field(examples=["batch_k3v9wz7m2q5x8r4t"])]
    state: Annotated[str, Field(examples=["running"])]
    counts: Annotated[dict[str, int], Field(examples=[{"running": 2}])]
    items: list[ItemShape]


@router.post("", status_code=202, response_model=BatchShape)
def start(request: Request, who: Orderer, body: Batch) -> BatchShape:
    """Begin every item; those that cannot begin say why."""
    batch = order_id(who, "batch", body.key)
    shapes: list[ItemShape] = []
    for number, item in enumerate(body.items, 1):
        order = f"{batch}-{number}"
        try:
            _begin(request, who, order, item)
            shapes.append(ItemShape(number=number, order=shape_of(request, who, order), error=""))
        except ReelscoreError as fault:
            shapes.append(ItemShape(number=number, order=None, error=str(fault)[:1000]))
    return _shape(batch, shapes)


@router.get("/{batch}", response_model=BatchShape)
def read(request: Request, who: Reader, batch: BatchId) -> BatchShape:
    """How a batch stands, item by item."""
    with request.app.state.store.database.read() as tx:
        mine = (table.c.account == who.account) & table.c.deleted_at.is_(None)
        inside = (table.c.id >= f"{batch}-") & (table.c.id < f"{batch}.")
        ids = list(tx.execute(select(table.c.id).where(mine & inside)).scalars())
    if not ids:
        raise NotFoundError(f'There is no batch "{batch}".', "Start one with POST /v1/batch.")
    ids.sort(key=lambda name: int(name.rpartition("-")[2]))
    shapes = [
        ItemShape(number=int(name.rpartition("-")[2]), order=shape_of(request, who, name), error="") for name in ids
    ]
    return _shape(batch, shapes)


def _begin(request: Request, who: Caller, order: str, item: Item) -> None:
    store = request.app.state.store
    if item.export is not None:
        target_of(item.export.target(), Timeline())
    open_order(store, who, order, item.title or item.text[:60], item.language, item.media)
    turns.say(store, who.account, order, item.text, key="order", media=item.media)
    if item.export is not None:
        wanted = Action("export", tuple(item.export.target().items()))
        turns.edit(store, who.account, order, [wanted], key="export", text="export")


def _shape(batch: str, items: list[ItemShape]) -> BatchShape:
    counts: dict[str, int] = {}
    for item in items:
        state = item.order.state if item.order else "failed"
        counts[state] = counts.get(state, 0) + 1
    state = next((one for one in ("running", "failed", "cancelled") if one in counts), "completed")
    return BatchShape(id=batch, state=state, counts=counts, items=items)
