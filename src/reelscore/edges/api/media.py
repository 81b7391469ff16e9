"""Files of a session: what they are, and their bytes. Sending them is in `uploads`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from reelscore.edges.api import downloads
from reelscore.edges.api.auth import Caller, caller
from reelscore.edges.api.shapes import MediaShape, SessionId, media_shape
from reelscore.edges.api.upload_threads import in_upload_thread
from reelscore.edges.storage import sessions
from reelscore.edges.storage.media import StoredMedia, medium, set_thumbnail, thumbnail_of
from reelscore.edges.storage.media import media as media_of
from reelscore.editing import standing, thumbnail
from reelscore.errors import NotFoundError

if TYPE_CHECKING:
    from reelscore.edges.storage.store import Store

router = APIRouter(prefix="/v1/sessions/{session}/media", tags=["media"])
Reader = Annotated[Caller, Depends(caller("read"))]
MediumId = Annotated[
    str, Path(pattern="^sha256:[0-9a-f]{64}$", description="Id of the file.", examples=["sha256:" + "0" * 64])
]

_SIDE = 320  # pixels
_CHILD = standing()


class MediaList(BaseModel):
    """All files of a session, oldest first."""

    items: list[MediaShape]


@router.get("", response_model=MediaList)
def listed(request: Request, who: Reader, session: SessionId) -> MediaList:
    """The files of a session: uploaded ones, and music composed for it."""
    with request.app.state.store.database.read() as tx:
        sessions.load(tx, session, who.account)
        return MediaList(items=[media_shape(one) for one in media_of(tx, session)])


@router.get("/{media}", response_model=MediaShape)
def read(request: Request, who: Reader, session: SessionId, media: MediumId) -> MediaShape:
    """One file."""
    return media_shape(_found(request, who, session, media))


@router.get("/{media}/content", status_code=302, response_class=RedirectResponse)
def content(request: Request, who: Reader, session: SessionId, media: MediumId) -> Response:
    """The file itself: a link that is good for an hour, with ranges."""
    stored = _found(request, who, session, media)
    url = downloads.link(request.app.state.store, stored.blob, stored.filename, 3600)
    return RedirectResponse(url, 302)


@router.get(
    "/{media}/thumbnail",
    response_class=Response,
    responses={200: {"content": {"image/jpeg": {}}}, 304: {"description": "Unchanged"}},
)
async def small_picture(request: Request, who: Reader, session: SessionId, media: MediumId) -> Response:
    """A small JPEG of a film or a photograph, at most 320 pixels each way. It is made once and kept."""
    stored = await run_in_threadpool(_found, request, who, session, media)
    if stored.info.video is None:
        raise NotFoundError("A sound has no picture.", "Ask for that of a film or a photograph.")
    store: Store = request.app.state.store
    made = await in_upload_thread(_thumbnail, store, stored.blob)
    return await run_in_threadpool(downloads.response, request, store, made, "thumbnail.jpg")


def _thumbnail(store: Store, blob: str) -> str:
    """The blob of the small picture."""
    with store.database.read() as tx:
        known = thumbnail_of(tx, blob)
    if known:
        return known
    with store.blobs.holding():
        data = thumbnail(store.blobs.path(blob), _SIDE, _CHILD)
    made = store.blobs.put_bytes(data)
    with store.database.write() as tx:
        set_thumbnail(tx, blob, made)
    return made


def _found(request: Request, who: Caller, session: str, media: str) -> StoredMedia:
    with request.app.state.store.database.read() as tx:
        sessions.load(tx, session, who.account)
        return medium(tx, session, media)
