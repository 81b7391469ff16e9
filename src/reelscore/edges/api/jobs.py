"""Jobs: what is under way and what became of it; stop it, have it done again, fetch what it made."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel

from reelscore.edges.api import downloads
from reelscore.edges.api.auth import Caller, allow, caller
from reelscore.edges.api.shapes import JobId, JobShape, Limit, job_shape
from reelscore.edges.jobs import jobs
from reelscore.edges.storage import sessions
from reelscore.errors import ConflictError, NotFoundError

router = APIRouter(prefix="/v1/jobs", tags=["jobs"])
Reader = Annotated[Caller, Depends(caller("read"))]
Writer = Annotated[Caller, Depends(caller("write"))]
LINK_S = 3600


class JobPage(BaseModel):
    """Some jobs, the newest first. `next`: `offset` of the next page; 0 at the end."""

    items: list[JobShape]
    next: int


@router.get("", response_model=JobPage)
def listed(
    request: Request, who: Reader, limit: Limit = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
    session: Annotated[str, Query(pattern="^[A-Za-z0-9_-]{0,64}$", description="Only of this session.")] = "",
    kind: Annotated[str, Query(pattern="^(music|render|understand|batch)?$", description="Only of this kind.")] = "",
    state: Annotated[
        str, Query(pattern="^(queued|running|completed|failed|cancelled|open)?$", description="Only in this state.")
    ] = "",
) -> JobPage:  # fmt: skip
    """Your jobs."""
    states = jobs.OPEN if state == "open" else (state,) if state else ()
    with request.app.state.store.database.read() as tx:
        if session:
            sessions.load(tx, session, who.account)
        found = jobs.listed(
            tx, who.account, session=session or None, kind=kind, states=states, limit=limit + 1, offset=offset
        )
    public = request.app.state.settings.public
    more = len(found) > limit
    return JobPage(items=[job_shape(job, public) for job in found[:limit]], next=offset + limit if more else 0)


@router.get("/{job}", response_model=JobShape)
def read(request: Request, who: Reader, job: JobId) -> JobShape:
    """A job as it is now."""
    with request.app.state.store.database.read() as tx:
        return job_shape(jobs.get(tx, job, who.account), request.app.state.settings.public)


@router.post("/{job}/cancel", response_model=JobShape)
def cancel(request: Request, who: Writer, job: JobId) -> JobShape:
    """Stop a job. Credits set aside for it come back; one that has ended stays as it is."""
    stopped = jobs.cancel(request.app.state.store, job, who.account)
    return job_shape(stopped, request.app.state.settings.public)


@router.post("/{job}/retry", status_code=202, response_model=JobShape)
def retry(request: Request, who: Writer, job: JobId) -> JobShape:
    """Have a job done again that failed or was stopped. Exports and batches need the scope `render` for it, too."""
    with request.app.state.store.database.read() as tx:
        if jobs.get(tx, job, who.account).kind in ("render", "batch"):
            allow(who, "render")
    again = jobs.retry(request.app.state.store, job, who.account)
    return job_shape(again, request.app.state.settings.public)


@router.head("/{job}/download", include_in_schema=False)
@router.get("/{job}/download", status_code=302, response_class=RedirectResponse)
def download(request: Request, who: Reader, job: JobId) -> Response:
    """What the job made: a link that is good for an hour, with ranges."""
    with request.app.state.store.database.read() as tx:
        found = jobs.get(tx, job, who.account)
    if not found.ended:
        raise ConflictError(f"The job is {found.state} ({found.progress:.0%}).", "Follow its events, then come again.")
    blob = (found.result or {}).get("blob")
    if found.state != "completed" or not blob:
        raise NotFoundError(f"The job {found.state} and made no file.", "See the job for why.")
    name = str((found.result or {}).get("filename") or "result")
    return RedirectResponse(downloads.link(request.app.state.store, str(blob), name, LINK_S), 302)
