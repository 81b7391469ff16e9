"""Media into a session: multipart/form-data with any number of files, or addresses to fetch them from.

`receive` is all of a media route: it looks that the session is there before a byte is read, streams files to disk, has
them looked over and hands them to `arriving.take`. When some files are taken and others are not, the answer tells both.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from reelscore.edges.accounts.plans import upload_cap
from reelscore.edges.api import by_url, resumable
from reelscore.edges.api.arriving import Arrived, Came, check_session, take, take_known
from reelscore.edges.api.auth import Caller, caller
from reelscore.edges.api.errors import kind_of
from reelscore.edges.api.multipart import drain, form_of, read_form
from reelscore.edges.api.shapes import MediaShape, SessionId, media_shape
from reelscore.edges.api.upload_threads import in_upload_thread
from reelscore.errors import DataError, ReelscoreError

if TYPE_CHECKING:
    from reelscore.edges.storage.media import StoredMedia
    from reelscore.edges.storage.store import Store

__all__ = ["Arrived", "receive", "router", "take_files", "take_known"]

router = APIRouter(prefix="/v1", tags=["media"])
router.routes.extend(resumable.router.routes)
_LONGEST_JSON = 65_536
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                }
            },
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["urls"],
                    "properties": {
                        "urls": {"type": "array", "minItems": 1, "maxItems": 20, "items": {"type": "string"}}
                    },
                },
                "example": {"urls": ["https://example.org/beach.mp4"]},
            },
        },
    }
}


class RefusedFile(BaseModel):
    """A file that was not taken, and why."""

    filename: Annotated[str, Field(examples=["notes.txt"])]
    code: Annotated[int, Field(examples=[4001])]
    message: Annotated[str, Field(examples=['"notes.txt" is text, not media.'])]
    hint: Annotated[str, Field(examples=["Accepted: mp4, mov, ..."])]


class Taken(BaseModel):
    """What became of the files. `placed`: the version in which they came onto the timeline, "" where they did not."""

    files: list[MediaShape]
    refused: list[RefusedFile]
    placed: Annotated[str, Field(examples=["v2"])]


def taken(arrived: Arrived) -> Taken:
    refused = [
        RefusedFile(filename=r.filename, code=kind_of(r.error).code, message=r.error.message, hint=r.error.hint)
        for r in arrived.refused
    ]
    return Taken(files=[media_shape(one) for one in arrived.files], refused=refused, placed=arrived.placed)


@router.post("/sessions/{session}/media", status_code=201, summary="Upload media", openapi_extra=_BODY)
async def upload(session: SessionId, request: Request, who: Annotated[Caller, Depends(caller("upload"))]) -> Taken:
    """Files as multipart/form-data in the field `files`, or `{"urls": [...]}`. Their type is told by their content.
    Onto a timeline that is empty they are placed in their order; else a message places them."""
    return taken(await receive(request, who, session))


async def receive(request: Request, who: Caller, session_id: str | None, fields: Sequence[str] = ()) -> Arrived:
    """What an upload brought, in its session; without one the form's field `session_id` names it. `fields`: others of
    the form that are wanted.

    Raises NotFoundError, TooLargeError, UnsupportedError, MediaError, DataError, NotAllowedError.
    """
    store: Store = request.app.state.store
    if session_id is not None:
        await run_in_threadpool(check_session, store, who, session_id)
    said = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if said == "application/json":
        body = await _json(request)
        session = session_id if session_id is not None else str(body.get("session_id", ""))
        return await by_url.fetch_into(store, who, session, _urls(body))
    if said != "multipart/form-data":
        raise DataError(
            f'The body is "{said[:60]}".',
            'Send multipart/form-data with the field "files", or {"urls": [...]} as JSON.',
        )
    return await _from_form(request, store, who, session_id, fields)


async def take_files(
    request: Request, who: Caller, session_id: str | None, *, urls: list[str] | None = None
) -> tuple[StoredMedia, ...]:
    """`receive`, or the files at `urls`; only what was taken."""
    if urls:
        assert session_id is not None
        return (await by_url.fetch_into(request.app.state.store, who, session_id, urls)).files
    return (await receive(request, who, session_id)).files


async def _from_form(
    request: Request, store: Store, who: Caller, session_id: str | None, fields: Sequence[str]
) -> Arrived:
    cap = upload_cap(who.plan, store.settings)
    with form_of(store.blobs) as (form, drafts):
        try:
            await read_form(request, store.blobs, cap, form, drafts, fields)
        except ReelscoreError:
            await drain(request)
            raise
        session = session_id if session_id is not None else form.fields.get("session_id", "")
        came = [Came(name, draft.path, draft.size, draft.keep, draft.digest) for name, draft in form.files]
        arrived = await in_upload_thread(take, store, who, session, came)
    return replace(arrived, fields=form.fields)


async def _json(request: Request) -> dict[str, Any]:
    held = bytearray()
    async for block in request.stream():
        held += block
        if len(held) > _LONGEST_JSON:
            raise DataError(f"The list is longer than {_LONGEST_JSON} bytes.", "Send fewer addresses at once.")
    try:
        body = json.loads(held)
    except (ValueError, RecursionError):
        raise DataError("The body is not JSON.", 'Send {"urls": ["https://..."]}.') from None
    if not isinstance(body, dict):
        raise DataError("The body is no JSON object.", 'Send {"urls": ["https://..."]}.')
    return body


def _urls(body: dict[str, Any]) -> list[str]:
    urls = body.get("urls")
    if not isinstance(urls, list) or not urls or not all(isinstance(url, str) for url in urls):
        raise DataError('There is no list "urls".', 'Send {"urls": ["https://..."]}.')
    return urls
