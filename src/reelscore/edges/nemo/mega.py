"""The first generation's calls: a token, a session, files, the state, credits, tokens of one's own.

    POST /api/auth/anonymous-token            POST /api/tasks/me/with-session/nemo_agent
    POST /api/upload-video/nemo_agent/me/SID  GET  /api/state/nemo_agent/me/SID/latest
    GET  /api/credits/balance/simple          POST /api/auth/claim-token   /api/tokens...

Every answer is {"code": 0, "message": "ok", "data": ...}; some clients read the ids of a new session from the top
level, so they stand there too.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from reelscore.edges.accounts import ledger, opening, tokens
from reelscore.edges.api import uploads
from reelscore.edges.jobs import jobs
from reelscore.edges.nemo import described
from reelscore.edges.nemo.attribution import attribution
from reelscore.edges.nemo.bodies import json_object, taken, words, wrong
from reelscore.edges.nemo.desk import Desk, count, desk
from reelscore.edges.nemo.films import film_of
from reelscore.edges.nemo.shapes import analysis, canvas_config, file_entry, film_entry, made_entry, ready_for_export
from reelscore.edges.nemo.status import status
from reelscore.edges.storage import sessions
from reelscore.edges.storage.sessions import Session
from reelscore.edges.storage.shelf import SessionShelf
from reelscore.editing import summary, to_draft
from reelscore.errors import MediaError, ReelscoreError

router = APIRouter(prefix="/api", tags=["nemo"])
Plain = dict[str, Any]
Reading = Annotated[Desk, Depends(desk("read"))]
Writing = Annotated[Desk, Depends(desk("write"))]
Uploading = Annotated[Desk, Depends(desk("upload"))]
Owning = Annotated[Desk, Depends(desk("*"))]
_LANGUAGES = ("en", "zh")
_MOST_FILMS = 50


def ok(data: Any, **top: Any) -> Plain:
    return {"code": 0, "message": "ok", "success": True, **top, "data": data}


def moment(at_ms: int | None) -> str | None:
    """2026-03-18T00:00:00Z"""
    return None if at_ms is None else datetime.fromtimestamp(at_ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@router.post("/auth/anonymous-token", summary="A token for a guest", openapi_extra=described.GUEST)
def anonymous_token(request: Request) -> Plain:
    state = request.app.state
    address = request.client.host if request.client else ""
    state.limits.call(f"address {address}")
    count(attribution(request.headers))
    guest = opening.guest_token(state.store, state.settings, request.headers.get("x-client-id"), address)
    token = guest.issued
    return ok({
        "token": token.token, "user_id": guest.account, "expires_at": moment(token.listed.expires_at),
        "credits": guest.credits,
    })  # fmt: skip


@router.post("/auth/claim-token", summary="A link token for a session", openapi_extra=described.CLAIM)
async def claim_token(request: Request, at: Writing) -> Plain:
    body = await json_object(request)
    task, session = words(body, "task_id"), words(body, "session_id")

    def claimed() -> str:
        with at.store.database.write() as tx:
            found = at.session(tx, session) if session else at.project(tx, task)
            return tokens.issue_claim(tx, at.who.account, found.project, found.id)

    token = await run_in_threadpool(claimed)
    return ok({"claim_token": token, "expires_in": tokens.CLAIM_S, "url": claim_url(at, token)})


def claim_url(at: Desk, token: str) -> str:
    return f"{at.settings.public}/workspace/claim?ct={token}"


@router.post("/tasks/me/with-session/{app}", summary="A new session", openapi_extra=described.SESSION)
async def with_session(app: str, request: Request, at: Writing) -> Plain:
    at.mine(app, "me")
    body = await json_object(request, required=False)
    title, language = words(body, "task_name", "project"), words(body, "language", "en")[:2].lower()

    def created() -> Session:
        with at.store.database.write() as tx:
            return sessions.create(tx, at.who.account, title, language if language in _LANGUAGES else "en")

    made = await run_in_threadpool(created)
    ids = {"task_id": made.project, "session_id": made.id, "user_id": at.who.account}
    return ok(ids, **ids)


@router.post("/upload-video/{app}/{user}/{session}", summary="Files for a session", openapi_extra=described.UPLOAD)
async def upload_video(app: str, user: str, session: str, request: Request, at: Uploading) -> Plain:
    at.mine(app, user)
    return ok(await taken_files(at, session, request))


async def taken_files(at: Desk, session: str | None, request: Request) -> Plain:
    """The stored files of an upload, as its answer tells them; without a session, the form names it."""
    arrived = await uploads.receive(request, at.who, session)
    files = [file_entry(at.row(one)) for one in arrived.files]
    refused = [{"filename": one.filename, "message": str(one.error)} for one in arrived.refused]
    return {"files": files, "refused": refused, "session_state_applied": True, "version": arrived.placed or None}


@router.get("/credits/balance/simple", summary="Credits that are there")
def balance(at: Reading) -> Plain:
    with at.store.database.read() as tx:
        there = ledger.balance(tx, at.who.account)
    return ok({"available": there.available, "frozen": there.frozen, "total": there.available + there.frozen})


@router.get("/state/{app}/{user}/{session}/latest", summary="The session as it is now")
def latest(app: str, user: str, session: str, at: Reading) -> Plain:
    at.mine(app, user)
    with at.store.database.read() as tx:
        found = at.session(tx, session)
        told = state_of(at, tx, found)
    return ok({"session_id": found.id, "task_id": found.project, "task_name": found.title, "state": told})


def state_of(at: Desk, tx: Connection, session: Session) -> Plain:
    """Everything of a session that its clients read."""
    timeline = session.history.timeline
    files = at.files(tx, session.id)
    shelf = SessionShelf(at.store, session.id)
    analyses: Plain = {}
    for stored, row in files:
        if not stored.reading:
            continue
        try:
            reading = shelf.reading(stored.medium.id)
        except (MediaError, ReelscoreError):
            continue
        if reading is not None:
            analyses[stored.medium.id.removeprefix("sha256:")] = analysis(reading, row.filename)
    films = jobs.listed(tx, at.who.account, session=session.id, kind="render", states=("completed",), limit=_MOST_FILMS)
    made = [made_entry(row) for _, row in files if row.origin == "composed"]
    return {
        "video_infos": [file_entry(row) for _, row in files if row.origin != "composed"],
        "draft": to_draft(timeline) if timeline.tracks else {},
        "canvas_config": canvas_config(timeline.canvas),
        "video_analyses": analyses,
        "generated_media": made + [_film_entry(at, job) for job in reversed(films)],
        "version": session.history.current,
        "ready_for_export": ready_for_export(timeline),
        "summary": summary(timeline, session.language),
    }


def _film_entry(at: Desk, job: jobs.Job) -> Plain:
    return film_entry(status(film_of(at, job)), str((job.result or {}).get("filename", "")))


# Tokens of one's own.


@router.post("/tokens", summary="A new token, shown once", openapi_extra=described.TOKEN)
async def new_token(request: Request, at: Owning) -> Plain:
    body = await json_object(request)
    scopes = taken(body, "scopes", ["*"])
    days = taken(body, "expires_in_days")
    if not isinstance(scopes, list) or not all(isinstance(scope, str) for scope in scopes):
        raise wrong('"scopes" is no list of words.', 'Send ["*"], or some of read, write, upload, render.')
    if days is not None and (isinstance(days, bool) or not isinstance(days, int | float)):
        raise wrong('"expires_in_days" is no number.', "Send a number of days, such as 90.")
    name = words(body, "name", "token")

    def issued() -> tokens.Issued:
        with at.store.database.write() as tx:
            return tokens.issue(tx, at.who.account, name, scopes, days)

    made = await run_in_threadpool(issued)
    return ok({"token": made.token, **listed_token(made.listed)})


@router.get("/tokens", summary="One's tokens, without their secrets")
def list_tokens(at: Owning) -> Plain:
    with at.store.database.read() as tx:
        held = tokens.listed(tx, at.who.account)
    return ok({"tokens": [listed_token(one) for one in held], "count": len(held)})


@router.post("/tokens/{token_id}/revoke", summary="A token that counts no more")
def revoke_token(token_id: str, at: Owning) -> Plain:
    with at.store.database.write() as tx:
        return ok(listed_token(tokens.revoke(tx, at.who.account, token_id)))


def listed_token(one: tokens.Listed) -> Plain:
    return {
        "id": one.id, "name": one.name, "prefix": one.prefix, "scopes": list(one.scopes),
        "created_at": moment(one.created_at), "expires_at": moment(one.expires_at),
        "revoked_at": moment(one.revoked_at), "last_used_at": moment(one.used_at),
        "revoked": one.revoked_at is not None,
    }  # fmt: skip
