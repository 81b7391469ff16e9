"""Versions: every edit is one; look at them, compare them, go back and forth, name them.

Undo, redo, restore and name take their turn among the session's messages, so that they mean what was seen.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field

from reelscore.edges.api.auth import Caller, caller
from reelscore.edges.api.messages import STARTED, asks, told
from reelscore.edges.api.shapes import (
    MOST_COUNT,
    BasedOn,
    Key,
    Language,
    Limit,
    Line,
    MessageShape,
    Sent,
    SessionId,
    VersionRef,
)
from reelscore.edges.jobs import turns
from reelscore.edges.storage import sessions
from reelscore.editing import History, differences, found, in_words, summary, to_draft
from reelscore.errors import EditError, NotFoundError
from reelscore.values.codec import to_json
from reelscore.values.command import Plain, Said
from reelscore.values.message import Action

router = APIRouter(prefix="/v1/sessions/{session}", tags=["versions"])
Reader = Annotated[Caller, Depends(caller("read"))]
Writer = Annotated[Caller, Depends(caller("write"))]
Which = Annotated[str, Query(max_length=100, description='An id ("v3"), a name, "first", "last", "before", "now".')]
InLanguage = Annotated[Language, Query(description="In which language it is told.")]


class VersionRow(BaseModel):
    """A version. `changes`: what is different from the version it was made from, in words."""

    id: Annotated[str, Field(examples=["v3"])]
    parent: Annotated[str, Field(examples=["v2"])]
    name: Annotated[str, Field(examples=["calm"])]
    message: Annotated[str, Field(examples=["music at 35%"])]
    current: bool
    changes: Annotated[str, Field(examples=["music: volume 80% -> 35%"])]
    steps: list[dict[str, Any]]


class VersionPage(BaseModel):
    """Some versions, the latest first. `before`: number to ask with for older ones; 0 at the beginning."""

    items: list[VersionRow]
    before: int
    current: Annotated[str, Field(examples=["v3"])]
    undone: list[str]


class VersionShape(VersionRow):
    """A version with its timeline."""

    summary: str
    timeline: dict[str, Any]
    draft: dict[str, Any]


class Difference(BaseModel):
    """What is different in b, in words and as values."""

    a: str
    b: str
    text: Annotated[str, Field(examples=["music: volume 80% -> 35%"])]
    changes: list[dict[str, Any]]


class Steps(Sent):
    """How far. `based_on`: the version you saw."""

    count: Annotated[int, Field(ge=1, le=MOST_COUNT, strict=True)] = 1
    based_on: BasedOn = ""
    key: Key = ""


class Back(Sent):
    """Which version becomes the current one again."""

    version: Annotated[Line, Field(min_length=1, max_length=100, examples=["v1"])]
    based_on: BasedOn = ""
    key: Key = ""


class Name(Sent):
    """A version's name."""

    name: Annotated[Line, Field(min_length=1, max_length=100, examples=["calm"])]
    key: Key = ""


@router.get("/versions", response_model=VersionPage)
def listed(
    request: Request, who: Reader, session: SessionId, limit: Limit = 50,
    before: Annotated[int, Query(ge=0, le=2**31, description="Only versions before this number.")] = 0,
    language: InLanguage = "en",
) -> VersionPage:  # fmt: skip
    """The versions, the latest first, each with what it changed."""
    history = _history(request, who, session)
    last = min(before - 1, len(history.versions)) if before else len(history.versions)
    first = max(0, last - limit)
    rows = [_row(history, n, language) for n in range(last - 1, first - 1, -1)]
    return VersionPage(
        items=rows, before=first + 1 if first else 0, current=history.current, undone=list(history.undone)
    )


@router.get("/versions/{version}", response_model=VersionShape)
def read(
    request: Request, who: Reader, session: SessionId, version: VersionRef, language: InLanguage = "en"
) -> VersionShape:
    """A version with its timeline."""
    history = _history(request, who, session)
    try:
        wanted = found(history, version)
    except EditError as fault:
        raise NotFoundError(fault.message, fault.hint) from None
    row = _row(history, int(wanted.id[1:]) - 1, language)
    return VersionShape(
        **row.model_dump(), summary=summary(wanted.timeline, language), draft=to_draft(wanted.timeline),
        timeline=to_json(wanted.timeline, sparse=True),
    )  # fmt: skip


@router.get("/diff", response_model=Difference)
def diff(
    request: Request, who: Reader, session: SessionId, a: Which = "before", b: Which = "now",
    language: InLanguage = "en",
) -> Difference:  # fmt: skip
    """What is different between two versions."""
    history = _history(request, who, session)
    one, other = found(history, a), found(history, b)
    changes = differences(one.timeline, other.timeline)
    return Difference(a=one.id, b=other.id, text=in_words(changes, language), changes=to_json(changes))


@router.post("/undo", response_model=MessageShape, responses=STARTED)
def undo(
    request: Request, response: Response, who: Writer, session: SessionId, body: Steps | None = None
) -> MessageShape:
    """Take the last edits back."""
    return _moved(request, response, who, session, "undo", body or Steps())


@router.post("/redo", response_model=MessageShape, responses=STARTED)
def redo(
    request: Request, response: Response, who: Writer, session: SessionId, body: Steps | None = None
) -> MessageShape:
    """Bring edits back that were undone."""
    return _moved(request, response, who, session, "redo", body or Steps())


@router.post("/restore", response_model=MessageShape, responses=STARTED)
def restore(request: Request, response: Response, who: Writer, session: SessionId, body: Back) -> MessageShape:
    """A new version that is exactly an old one; those since stay."""
    return _act(request, response, who, session, "restore", {"version": body.version}, body.based_on, body.key)


@router.put("/name", response_model=MessageShape, responses=STARTED)
def name(request: Request, response: Response, who: Writer, session: SessionId, body: Name) -> MessageShape:
    """Name the current version."""
    return _act(request, response, who, session, "name_version", {"name": body.name}, "", body.key)


def _moved(
    request: Request, response: Response, who: Caller, session: str, action: str, body: Steps
) -> MessageShape:  # fmt: skip
    return _act(request, response, who, session, action, {"count": body.count}, body.based_on, body.key)


def _act(
    request: Request, response: Response, who: Caller, session: str, action: str, args: dict[str, Plain],
    based_on: str, key: str,
) -> MessageShape:  # fmt: skip
    asked = [Action(action, tuple(args.items()))]
    store = request.app.state.store
    message = turns.edit(store, who.account, session, asked, based_on=based_on, key=key)
    return told(response, message, typed=True, same=asks(message, asked))


def _history(request: Request, who: Caller, session: str) -> History:
    with request.app.state.store.database.read() as tx:
        return sessions.load(tx, session, who.account).history


def _row(history: History, n: int, language: str) -> VersionRow:
    version = history.versions[n]
    before = history.version(version.parent).timeline if version.parent else version.timeline
    beginning = Said("the beginning", "最初版本").in_language(language)
    told = in_words(differences(before, version.timeline), language) if version.parent else beginning
    return VersionRow(
        id=version.id, parent=version.parent, name=version.name, message=version.message,
        current=version.id == history.current, changes=told,
        steps=[{"command": step.command, "arguments": dict(step.args)} for step in version.steps],
    )  # fmt: skip
