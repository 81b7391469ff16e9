"""The kit's own calls beside `/run_sse`: which agents there are, and their sessions.

    GET /list-apps   GET /health   GET /version
    POST|GET /apps/{app}/users/{user}/sessions          GET|PATCH|DELETE|POST .../sessions/{id}

A session is told in exactly the kit's fields (its client refuses any other): id, appName, userId, state, events,
lastUpdateTime. The events are what was said on both sides.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from reelscore.catalogue import version as package_version
from reelscore.edges.jobs import turns
from reelscore.edges.jobs.endings import session_deleted
from reelscore.edges.nemo import described
from reelscore.edges.nemo.bodies import APP, json_object, own_name, taken, words, wrong
from reelscore.edges.nemo.desk import Desk, desk
from reelscore.edges.nemo.kit import Plain, said_by_agent, said_by_user
from reelscore.edges.nemo.runs import with_detail
from reelscore.edges.nemo.state import kit_state, merge_state
from reelscore.edges.storage import sessions
from reelscore.edges.storage.sessions import Session
from reelscore.errors import NotFoundError
from reelscore.values.codec import to_json

router = APIRouter(tags=["nemo"])
Reading = Annotated[Desk, Depends(desk("read"))]
Writing = Annotated[Desk, Depends(desk("write"))]
_ALL = "/apps/{app}/users/{user}/sessions"
_ONE = _ALL + "/{session}"
_MOST = 200


@router.get("/list-apps", summary="The agents there are")
def list_apps(detailed: bool = False) -> Any:
    if detailed:
        told = {
            "name": APP,
            "rootAgentName": APP,
            "description": "Edits video and writes music for it.",
            "language": "python",
        }
        return {"apps": [told]}
    return [APP]


@router.get("/health", summary="Whether the server answers")
def health() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/version", summary="Which version answers")
def version() -> dict[str, str]:
    return {"version": package_version(), "language": "python", "language_version": "3"}


@router.post(_ALL, summary="A new session (kit)", openapi_extra=described.KIT_SESSION)
async def create(app: str, user: str, request: Request, at: Writing) -> Response:
    body = await json_object(request, required=False)
    return await _created(at, app, user, own_name(words(body, "session_id")), taken(body, "state", {}))


@router.post(_ONE, summary="A new session of an id of one's own (kit)", openapi_extra=described.KIT_SESSION)
async def create_named(app: str, user: str, session: str, request: Request, at: Writing) -> Response:
    body = await json_object(request, required=False)
    return await _created(at, app, user, own_name(session), taken(body, "state", body))


async def _created(at: Desk, app: str, user: str, name: str, state: Any) -> Response:
    if not isinstance(state, dict):
        raise wrong('"state" is no object.', "Send an object, or leave it out.")

    def make() -> Plain:
        at.mine(app, user)
        with at.store.database.write() as tx:
            made = sessions.create(tx, at.who.account, "project", "en", id=name)
            merge_state(at, made, state)
            return told(tx, at.session(tx, made.id), user)

    return await _answered(make)


@router.get(_ALL, summary="One's sessions (kit)")
async def list_sessions(app: str, user: str, at: Reading) -> Response:
    def listed() -> list[Plain]:
        at.mine(app, user)
        with at.store.database.read() as tx:
            page = sessions.listed(tx, at.who.account, limit=_MOST)
        return [
            {"id": one.id, "appName": APP, "userId": user, "state": {}, "events": [],
             "lastUpdateTime": one.updated_at / 1000}
            for one in page.items
        ]  # fmt: skip

    return await _answered(listed)


@router.get(_ONE, summary="A session with what was said (kit)")
async def read(app: str, user: str, session: str, at: Reading) -> Response:
    def found() -> Plain:
        at.mine(app, user)
        with at.store.database.read() as tx:
            return told(tx, at.session(tx, session), user)

    return await _answered(found)


@router.patch(_ONE, summary="Keep something with a session (kit)", openapi_extra=described.KIT_STATE)
async def update(app: str, user: str, session: str, request: Request, at: Writing) -> Response:
    delta = taken(await json_object(request), "state_delta")
    if not isinstance(delta, dict):
        raise wrong('"stateDelta" is no object.', 'Send {"stateDelta": {...}}.')

    def merged() -> Plain:
        at.mine(app, user)
        with at.store.database.read() as tx:
            before = at.session(tx, session)
        merge_state(at, before, delta)
        with at.store.database.read() as tx:
            return told(tx, at.session(tx, session), user)

    return await _answered(merged)


@router.delete(_ONE, summary="Delete a session (kit)")
async def delete(app: str, user: str, session: str, at: Writing) -> Response:
    def gone() -> None:
        at.mine(app, user)
        with at.store.database.read() as tx:
            at.session(tx, session)
        session_deleted(at.store, session, at.who.account)

    return await _answered(gone)


async def _answered(work: Any) -> Response:
    """The work's outcome as JSON; what is not there, with the kit's `detail`."""
    try:
        return JSONResponse(await run_in_threadpool(work))
    except NotFoundError as error:
        return with_detail(error)


def told(tx: Connection, session: Session, user: str) -> Plain:
    """A session in the kit's fields."""
    events: list[Plain] = []
    for message in turns.history(tx, session.id):
        events.append(said_by_user(message.key, message.text, message.created_at))
        if message.reply:
            events.append(said_by_agent(message.key, to_json(message.reply), message.ended_at or message.created_at))
    return {
        "id": session.id, "appName": APP, "userId": user, "state": kit_state(session), "events": events,
        "lastUpdateTime": session.updated_at / 1000,
    }  # fmt: skip
