"""The second generation's calls, as its command-line client makes them: who am I, credits, projects, files, the state.

    POST /auth/verify   GET /billing/balance   GET /billing/usage/conversations
    POST|GET /projects  GET /projects/ID       GET /projects/ID/sessions
    GET /api/v1/state/frontend/PROJECT         POST /files/upload

A project here is a session and has exactly that one. Renders are in `renders.py`, the talk in `chat.py`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from math import ceil
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy import Connection, select
from starlette.concurrency import run_in_threadpool

from reelscore.edges.accounts import ledger
from reelscore.edges.api.auth import authenticate
from reelscore.edges.jobs import jobs
from reelscore.edges.nemo import described
from reelscore.edges.nemo.bodies import json_object, taken, words, wrong
from reelscore.edges.nemo.desk import Desk, desk
from reelscore.edges.nemo.mega import moment, ok, taken_files
from reelscore.edges.nemo.shapes import file_entry
from reelscore.edges.storage import sessions
from reelscore.edges.storage.sessions import Listed, Session
from reelscore.edges.storage.tables import accounts
from reelscore.editing import to_draft

router = APIRouter(tags=["nemo"])
Plain = dict[str, Any]
Reading = Annotated[Desk, Depends(desk("read"))]
Writing = Annotated[Desk, Depends(desk("write"))]
Uploading = Annotated[Desk, Depends(desk("upload"))]
_LARGEST_PAGE, _MOST_PROJECTS = 100, 1000
_SUBJECTS = {"plan anonymous": "welcome", "plan free": "welcome", "plan local": "welcome"}


@router.post("/auth/verify", summary="Whose token this is", openapi_extra=described.VERIFY)
async def verify(request: Request) -> Plain:
    state = request.app.state
    state.limits.call(f"address {request.client.host if request.client else ''}")
    token = words(await json_object(request), "token", most=400)

    def verified() -> Plain:
        who = authenticate(state.store, state.settings, token or None)
        with state.store.database.read() as tx:
            there = ledger.balance(tx, who.account)
            email = tx.execute(select(accounts.c.email).where(accounts.c.id == who.account)).scalar()
        return {"user_id": who.account, "email": email, "balance": there.available, "kind": who.kind}

    return ok(await run_in_threadpool(verified))


@router.get("/billing/balance", summary="Credits, in all and left")
def balance(at: Reading) -> Plain:
    with at.store.database.read() as tx:
        there = ledger.balance(tx, at.who.account)
    return ok({
        "available": there.available, "frozen": there.frozen, "total_granted": there.granted,
        "total_consumed": there.consumed,
    })  # fmt: skip


@router.get("/billing/usage/conversations", summary="What credits went into")
def usage(
    at: Reading, page_no: int = 1, page_size: int = _LARGEST_PAGE, start_date: str = "", end_date: str = ""
) -> Plain:
    size, number = min(max(page_size, 1), _LARGEST_PAGE), min(max(page_no, 1), 1_000_000)
    since, until = _day(start_date, "start_date"), _day(end_date, "end_date", 1)
    with at.store.database.read() as tx:
        held, total = ledger.movements(
            tx, at.who.account, since=since or 0, until=until, limit=size, offset=(number - 1) * size
        )
        items = [_usage(tx, at, one) for one in held]
    pages = ceil(total / size)
    return ok({
        "items": items, "total": total, "page_no": number, "page_size": size, "total_pages": pages,
        "has_next": number < pages,
    })  # fmt: skip


def _day(text: str, name: str, more: int = 0) -> int | None:
    """The beginning of a day (UTC), or of one some days later. Raises RefusedError."""
    if not text:
        return None
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise wrong(f'{name} is "{text[:40]}".', "Write a day as 2026-03-18.") from None
    return (int(day.timestamp()) + more * 86_400) * 1000


def _usage(tx: Connection, at: Desk, one: ledger.Movement) -> Plain:
    """A movement of credits: what was said, and the work that it took."""
    told: Plain = {"kind": one.kind, "amount_delta": one.delta, "created_at": moment(one.created_at), "id": one.id}
    if one.kind == "grant":
        return told | {"grant": {"source": _SUBJECTS.get(one.subject, one.subject)}}
    if one.kind != "settle":
        return told
    found = tx.execute(_work_of(one.subject.partition("/")[0], at.who.account)).first()
    tools = [{"tool_key": found.kind if found else "work", "amount": -one.delta}]
    conversation = {
        "conversation_id": one.subject, "project_id": found.project if found else None,
        "session_id": found.session if found else None, "user_message": (found.text if found else None) or "",
        "tool_breakdown": tools,
    }  # fmt: skip
    return told | {"kind": "conversation", "conversation": conversation}


def _work_of(job: str, account: str) -> Any:
    from reelscore.edges.storage.tables import jobs as job_table
    from reelscore.edges.storage.tables import messages
    from reelscore.edges.storage.tables import sessions as session_table

    return (
        select(job_table.c.kind, job_table.c.session, session_table.c.project, messages.c.text)
        .outerjoin(session_table, session_table.c.id == job_table.c.session)
        .outerjoin(messages, messages.c.id == job_table.c.message)
        .where(job_table.c.id == job, job_table.c.account == account)
    )


# Projects.


@router.post("/projects", summary="A new project", openapi_extra=described.PROJECT)
async def create(request: Request, at: Writing) -> Plain:
    body = await json_object(request, required=False)
    name = words(body, "name") or words(body, "title")
    language = words(body, "language", "en")[:2].lower()

    def made() -> Session:
        with at.store.database.write() as tx:
            return sessions.create(tx, at.who.account, name, "zh" if language == "zh" else "en")

    session = await run_in_threadpool(made)
    whole = {"session_id": session.id, "project_id": session.project, "status": "active"}
    asked = taken(body, "create_session", True)
    return ok({**_project(at, session), "session": whole if asked else None})


@router.get("/projects", summary="One's projects")
def listed(at: Reading) -> Plain:
    held: list[Listed] = []
    after = ""
    with at.store.database.read() as tx:
        while len(held) < _MOST_PROJECTS:
            page = sessions.listed(tx, at.who.account, limit=200, after=after)
            held += page.items
            after = page.next
            if not after:
                break
    return ok({"projects": [_project(at, one) for one in held], "count": len(held)})


@router.get("/projects/{project}", summary="A project")
def read(project: str, at: Reading) -> Plain:
    with at.store.database.read() as tx:
        return ok(_project(at, at.project(tx, project)))


@router.get("/projects/{project}/sessions", summary="A project's session")
def sessions_of(project: str, at: Reading) -> Plain:
    with at.store.database.read() as tx:
        found = at.project(tx, project)
        busy = bool(jobs.listed(tx, at.who.account, session=found.id, states=jobs.OPEN, limit=1))
    one = {
        "session_id": found.id, "project_id": found.project, "status": "working" if busy else "active",
        "created_at": moment(found.created_at), "updated_at": moment(found.updated_at),
    }  # fmt: skip
    return ok({"sessions": [one], "count": 1})


def _project(at: Desk, one: Session | Listed) -> Plain:
    return {
        "project_id": one.project, "user_id": at.who.account, "name": one.title or None, "session_id": one.id,
        "created_at": moment(one.created_at), "updated_at": moment(one.updated_at),
    }  # fmt: skip


@router.get("/api/v1/state/frontend/{project}", summary="A project's draft and files")
def frontend(project: str, at: Reading) -> Plain:
    with at.store.database.read() as tx:
        found = at.project(tx, project)
        rows = [row for _, row in at.files(tx, found.id)]
    timeline = found.history.timeline
    told: Plain = {"timeline_draft": to_draft(timeline)} if timeline.tracks else {}
    for key, composed in (("files:uploads", False), ("files:generated", True)):
        some = [row for row in rows if (row.origin == "composed") is composed]
        if some:
            told[key] = [
                {**file_entry(row), "s3_key": f"media/{row.medium.id.removeprefix('sha256:')}/{row.filename}"}
                for row in some
            ]
    return ok({"project": told, "version": found.revision, "session_id": found.id})


@router.post("/files/upload", summary="A file for a session", openapi_extra=described.FILE)
async def upload(request: Request, at: Uploading) -> Plain:
    told = await taken_files(at, request.query_params.get("session_id"), request)
    return ok({**told, **(told["files"][0] if told["files"] else {})})
