"""Resumable uploads over HTTP: the core of the tus protocol, so that its clients work as they are.

    POST   /v1/uploads        Upload-Length: 15728640   Upload-Metadata: filename ...,session ...  (base64 values)
           or JSON {"session": "...", "filename": "beach.mp4", "size": 15728640}     -> 201, Location
    HEAD   /v1/uploads/<id>   -> Upload-Offset, Upload-Length
    PATCH  /v1/uploads/<id>   Upload-Offset: <what HEAD said>   Content-Type: application/offset+octet-stream
           the bytes from there on, as many as come through     -> 204, Upload-Offset; with the last byte, media
    GET    /v1/uploads/<id>   -> how far it is, and the media id it became
    DELETE /v1/uploads/<id>

Extensions: creation, expiration, termination. https://tus.io/protocols/resumable-upload
"""

from __future__ import annotations

import base64
import binascii
import json
from email.utils import formatdate
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from reelscore.edges.api import parts
from reelscore.edges.api.auth import Caller, caller
from reelscore.edges.api.multipart import gathered
from reelscore.edges.api.upload_threads import in_upload_thread
from reelscore.edges.storage.store import Store
from reelscore.errors import DataError, OutputError, UnsupportedError

router = APIRouter(prefix="/v1/uploads", tags=["media"])  # uploads.router holds its routes
VERSION = "1.0.0"
_PIECES = "application/offset+octet-stream"
_LONGEST_BODY = 8192
Uploader = Annotated[Caller, Depends(caller("upload"))]
UploadId = Annotated[
    str, Path(pattern="^upl_[a-z0-9]{1,40}$", description="Id of the upload.", examples=["upl_k3v9wz7m2q5x8r4t"])
]
_CREATE = {
    "requestBody": {
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["session", "filename", "size"],
                    "properties": {
                        "session": {"type": "string"},
                        "filename": {"type": "string"},
                        "size": {"type": "integer", "minimum": 1},
                    },
                },
                "example": {"session": "5529798706024415232", "filename": "beach.mp4", "size": 15_728_640},
            }
        }
    }
}
_SEND = {"requestBody": {"content": {_PIECES: {"schema": {"type": "string", "format": "binary"}}}}}


class UploadShape(BaseModel):
    """How far an upload is. `media`: the id it has in its session, once all of it came."""

    id: Annotated[str, Field(examples=["upl_k3v9wz7m2q5x8r4t"])]
    session: Annotated[str, Field(examples=["5529798706024415232"])]
    filename: Annotated[str, Field(examples=["beach.mp4"])]
    size: Annotated[int, Field(examples=[15_728_640])]
    offset: Annotated[int, Field(examples=[5_242_880])]
    media: Annotated[str, Field(examples=[""])]
    expires_at: Annotated[int, Field(examples=[1795251029310])]


@router.options("", status_code=204, summary="What this server takes")
def options(request: Request) -> Response:
    """The protocol's version, its extensions here, and the largest file."""
    headers = {"Tus-Version": VERSION, "Tus-Extension": "creation,expiration,termination"}
    headers["Tus-Max-Size"] = str(request.app.state.settings.upload_bytes)
    return Response(status_code=204, headers={**headers, "Tus-Resumable": VERSION})


@router.post("", status_code=201, response_model=UploadShape, summary="Begin an upload in parts", openapi_extra=_CREATE)
async def create(request: Request, who: Uploader) -> Response:
    """Say whose session it is for, its name and size; then send the bytes with PATCH, in as many parts as it takes."""
    store: Store = request.app.state.store
    session, filename, size = await _wanted(request)
    upload = await run_in_threadpool(parts.create, store, who, session, filename, size)
    headers = {**_headers(upload), "Location": f"/v1/uploads/{upload.id}"}
    return JSONResponse(_shape(upload).model_dump(), 201, headers)


@router.head("/{upload}", summary="How much of an upload came")
def head(request: Request, who: Uploader, upload: UploadId) -> Response:
    return Response(status_code=200, headers=_headers(_found(request, who, upload)))


@router.get("/{upload}", response_model=UploadShape, summary="How far an upload is")
def read(request: Request, who: Uploader, upload: UploadId) -> Response:
    found = _found(request, who, upload)
    return JSONResponse(_shape(found).model_dump(), 200, _headers(found))


@router.patch("/{upload}", status_code=204, summary="Send a part", openapi_extra=_SEND)
async def send(request: Request, who: Uploader, upload: UploadId) -> Response:
    """The bytes from `Upload-Offset` on. What comes before the connection breaks stays."""
    store: Store = request.app.state.store
    said = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if said != _PIECES:
        raise UnsupportedError(f'The part is "{said[:60]}".', f"Send it as {_PIECES}.")
    found = await run_in_threadpool(parts.get, store, who, upload)
    offset = _number(request, "upload-offset")
    if found.media:
        parts.check_offset(found.offset, offset)
    else:
        await _write(request, store, found, offset)
        found = await run_in_threadpool(parts.note, store, found)
        found = await in_upload_thread(parts.finish, store, who, found)
    return Response(status_code=204, headers=_headers(found))


@router.delete("/{upload}", status_code=204, summary="Give an upload up")
def remove(request: Request, who: Uploader, upload: UploadId) -> Response:
    """What came of it is removed; media that it became stay."""
    parts.remove(request.app.state.store, parts.get(request.app.state.store, who, upload))
    return Response(status_code=204, headers={"Tus-Resumable": VERSION})


def _found(request: Request, who: Caller, upload: str) -> parts.Upload:
    """The upload; one that is whole, but whose end was cut off, is brought to it."""
    store: Store = request.app.state.store
    return parts.finish(store, who, parts.get(store, who, upload))


async def _write(request: Request, store: Store, upload: parts.Upload, offset: int) -> None:
    """Write what comes. Raises ConflictError (offset), DataError (more than was announced)."""
    with parts.writing(store, upload) as file:
        parts.check_offset(file.tell(), offset)
        async for block in gathered(request):
            if file.tell() + len(block) > upload.size:
                raise DataError(f"More came than the {upload.size} bytes that were announced.", "Begin another upload.")
            await in_upload_thread(_put, file, block)


def _put(file: object, block: bytes) -> None:
    view = memoryview(block)
    try:
        while view:
            view = view[file.write(view) :]  # type: ignore[attr-defined]
    except OSError as fault:
        raise OutputError(f"The part cannot be written: {fault.strerror}.", "Try again later.") from None


async def _wanted(request: Request) -> tuple[str, str, int]:
    """Session, file name and size, from the protocol's headers or from JSON."""
    if request.headers.get("upload-defer-length"):
        raise DataError("The upload does not say how long it is.", "Send Upload-Length.")
    if "upload-length" in request.headers:
        told = _metadata(request.headers.get("upload-metadata", ""))
        session = told.get("session") or told.get("session_id", "")
        return session[:64], told.get("filename") or told.get("name", ""), _number(request, "upload-length")
    held = b""
    async for block in request.stream():
        held += block
        if len(held) > _LONGEST_BODY:
            raise DataError("The body is too long.", 'Send {"session", "filename", "size"}.')
    try:
        body = json.loads(held)
        session, filename, size = body["session"], body["filename"], body["size"]
    except (ValueError, RecursionError, TypeError, KeyError):
        raise DataError("The upload does not say what it is.", 'Send {"session", "filename", "size"}.') from None
    right = isinstance(session, str) and isinstance(filename, str) and isinstance(size, int)
    if not right or isinstance(size, bool) or "\0" in session:
        raise DataError("The upload does not say what it is.", '"session" and "filename" are text, "size" a number.')
    return session[:64], filename, size


def _metadata(said: str) -> dict[str, str]:
    """ "filename d29ybGQubXA0,session MTIz": names, and values in base64. Raises DataError."""
    told = {}
    for pair in said[:8192].split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            told[name] = base64.b64decode(value, validate=True).decode("utf-8", "replace").replace("\0", "")
        except (binascii.Error, ValueError):
            raise DataError("Upload-Metadata cannot be read.", "Send names and base64 values.") from None
    return told


def _number(request: Request, header: str) -> int:
    said = request.headers.get(header, "")
    if not (said.isascii() and said.isdigit() and len(said) <= 15):
        raise DataError(f"The header {header} is {said[:20]!r}.", "Send a whole number of bytes.")
    return int(said)


def _headers(upload: parts.Upload) -> dict[str, str]:
    headers = {
        "Tus-Resumable": VERSION,
        "Upload-Offset": str(upload.offset),
        "Upload-Length": str(upload.size),
        "Cache-Control": "no-store",
        "Upload-Expires": formatdate(upload.expires_at / 1000, usegmt=True),
    }
    return {**headers, "Reelscore-Media": upload.media} if upload.media else headers


def _shape(upload: parts.Upload) -> UploadShape:
    return UploadShape(
        id=upload.id, session=upload.session, filename=upload.filename, size=upload.size, offset=upload.offset,
        media=upload.media, expires_at=upload.expires_at,
    )  # fmt: skip
