"""Files of a session: what they are, and their bytes. Sending them is in `uploads`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel

from reelscore.edges.api import downloads
from reelscore.edges.api.auth import Caller, caller
from reelscore.edges.api.shapes import MediaShape, SessionId, media_shape
from reelscore.edges.storage import sessions
from reelscore.edges.storage.media import StoredMedia, medium
from reelscore.edges.storage.media import media as media_of

router = APIRouter(prefix="/v1/sessions/{session}/media", tags=["media"])
Reader = Annotated[Caller, Depends(caller("read"))]
MediumId = Annotated[
    str, Path(pattern="^sha256:[0-9a-f]{64}$", description="Id of the file.", examples=["sha256:" + "0" * 64])
]


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


def _found(request: Request, who: Caller, session: str, media: str) -> StoredMedia:
    with request.app.state.store.database.read() as tx:
        sessions.load(tx, session, who.account)
        return medium(tx, session, media)
