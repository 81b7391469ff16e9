"""Exports: films, tracks and pictures made of a timeline, and the timeline itself for other programs.

An export is a job (see `jobs` for what becomes of it); the same key with the same wish is the same export.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import Field

from reelscore.edges.api.auth import Caller, caller
from reelscore.edges.api.jobs import JobPage
from reelscore.edges.api.shapes import JobShape, Key, Limit, Line, Number, Sent, SessionId, job_shape
from reelscore.edges.jobs import jobs, queues
from reelscore.edges.jobs.allowed import check_film
from reelscore.edges.jobs.following import poke
from reelscore.edges.storage import sessions
from reelscore.edges.storage.media import media as media_of
from reelscore.edges.storage.store import Store
from reelscore.editing import exchanged, found, to_draft
from reelscore.values.codec import to_json
from reelscore.values.command import Plain

router = APIRouter(prefix="/v1/sessions/{session}", tags=["exports"])
Reader = Annotated[Caller, Depends(caller("read"))]
Renderer = Annotated[Caller, Depends(caller("render"))]


class Wanted(Sent):
    """What to make. What is left out follows the timeline; `start` and `end` cut out a part."""

    format: Annotated[Line, Field(max_length=10, examples=["mp4"])] = ""
    resolution: Annotated[Line, Field(max_length=20, examples=["1080p"])] = ""
    quality: Annotated[Line, Field(max_length=20, examples=["standard"])] = ""
    shape: Annotated[Line, Field(max_length=20, examples=["portrait"])] = ""
    frame_rate: Annotated[Number | None, Field(examples=[None])] = None
    start: Annotated[Line | Number | None, Field(examples=[None])] = None
    end: Annotated[Line | Number | None, Field(examples=[None])] = None
    name: Annotated[Line, Field(max_length=100, examples=["holiday"])] = ""

    def target(self) -> dict[str, Plain]:
        """As the export action says it."""
        said = self.model_dump(include=set(Wanted.model_fields))
        return {name: _plain(value) for name, value in said.items() if value not in (None, "")}


class NewExport(Wanted):
    """What to make of which version; the current one if none is named."""

    version: Annotated[Line, Field(max_length=100, examples=[""])] = ""
    key: Key = ""


@router.post("/exports", status_code=202, response_model=JobShape)
def export(request: Request, who: Renderer, session: SessionId, body: NewExport | None = None) -> JobShape:
    """Have a film, a track or a picture made. Follow the job's events; `output.url` fetches the file."""
    store: Store = request.app.state.store
    wanted = body or NewExport()
    with store.database.read() as tx:
        history = sessions.load(tx, session, who.account).history
    version = found(history, wanted.version) if wanted.version else history.now
    check_film(who.plan, wanted.target(), version.timeline)
    queues.prepare(store.database)
    params = {"version": version.id, "target": wanted.target()}
    with store.database.write() as tx:
        job = jobs.start(tx, who.account, session, "render", params, client_id=wanted.key, most=who.plan.jobs)
    poke(store.database)
    return job_shape(job, request.app.state.settings.public)


@router.get("/exports", response_model=JobPage)
def listed(
    request: Request, who: Reader, session: SessionId, limit: Limit = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> JobPage:  # fmt: skip
    """The session's exports, the newest first."""
    with request.app.state.store.database.read() as tx:
        sessions.load(tx, session, who.account)
        rows = jobs.listed(tx, who.account, session=session, kind="render", limit=limit + 1, offset=offset)
    public = request.app.state.settings.public
    more = len(rows) > limit
    return JobPage(items=[job_shape(job, public) for job in rows[:limit]], next=offset + limit if more else 0)


@router.get("/timeline", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def timeline(
    request: Request, who: Reader, session: SessionId,
    format: Annotated[Literal["json", "draft", "otio", "edl", "fcpxml"], Query(description="Which form.")] = "json",
    version: Annotated[str, Query(max_length=100, description="Unsaid: the current one.")] = "",
) -> Response:  # fmt: skip
    """The timeline itself: as JSON, in the draft's short form, or for another editing program, which finds the files
    by their names beside it."""
    store: Store = request.app.state.store
    with store.database.read() as tx:
        history = sessions.load(tx, session, who.account).history
        names = {one.media: one.filename for one in media_of(tx, session)}
    wanted = (found(history, version) if version else history.now).timeline
    if format in ("json", "draft"):
        from fastapi.responses import JSONResponse

        return JSONResponse(to_json(wanted, sparse=True) if format == "json" else to_draft(wanted))
    text = exchanged(wanted, f".{format}", {media: quote(name) for media, name in names.items()})
    headers = {"Content-Disposition": f'attachment; filename="timeline.{format}"'}
    return Response(text, media_type="text/plain; charset=utf-8", headers=headers)


def _plain(value: Any) -> Plain:
    return value if isinstance(value, (str, bool)) else f"{value:g}"
