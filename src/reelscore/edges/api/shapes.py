"""What travels in /v1: the answers' shapes, how values become them, and what text may be sent.

Times are milliseconds since 1970 (UTC); lengths of media are seconds. Text that comes in holds no NUL (a database keeps
none) and is never endless. Each shape carries an example, so that the description of the interface reads itself.
"""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from reelscore.edges.jobs.jobs import Job
from reelscore.edges.jobs.messages import Message
from reelscore.edges.storage.media import StoredMedia
from reelscore.edges.storage.sessions import Listed, Session
from reelscore.editing import summary, to_draft
from reelscore.values.codec import to_json
from reelscore.values.command import Step

MOST_TEXT = 5_000  # letters of a message
MOST_STEPS = 100  # edits of one call
MOST_MEDIA = 100
MOST_COUNT = 1_000  # steps back at once
_ID = r"^[A-Za-z0-9_-]{1,64}$"


def _no_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("holds a NUL character")
    return text


Words = Annotated[str, Field(max_length=MOST_TEXT), AfterValidator(_no_nul)]
Line = Annotated[str, Field(max_length=300), AfterValidator(_no_nul)]
Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e15, le=1e15)]
Whole = Annotated[int, Field(ge=-(10**15), le=10**15, strict=True)]
Plain = bool | Whole | Number | Words | None
MediaId = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$", examples=["sha256:" + "0" * 64])]
Key = Annotated[
    Line, Field(description="Your id of this call, any text: the same again is the same, done once. Empty: none.")
]
BasedOn = Annotated[Line, Field(description='The version you saw, such as "v3". Empty: whichever is current.')]
Language = Annotated[str, Field(pattern="^(en|zh|es|fr|de|pt|ja|ko)?$", examples=["en"])]

SessionId = Annotated[str, Path(pattern=_ID, description="Id of the session.", examples=["5529798706024415232"])]
MessageId = Annotated[str, Path(pattern=_ID, description="Id of the message.", examples=["msg_k3v9wz7m2q5x8r4t"])]
JobId = Annotated[str, Path(pattern=_ID, description="Id of the job.", examples=["job_k3v9wz7m2q5x8r4t"])]
VersionRef = Annotated[
    str, Path(max_length=100, description='An id ("v3"), a name, "first", "last", "before".', examples=["v1"])
]
Limit = Annotated[int, Query(ge=1, le=200, description="At most so many.")]


class Sent(BaseModel):
    """A body that comes in: nothing that is not known."""

    model_config = ConfigDict(extra="forbid")


class SessionRow(BaseModel):
    """A session in a list."""

    id: Annotated[str, Field(examples=["5529798706024415232"])]
    project: Annotated[str, Field(examples=["task_k3v9wz7m2q5x8r4t"])]
    title: Annotated[str, Field(examples=["Holiday"])]
    language: Annotated[str, Field(examples=["en"])]
    versions: Annotated[int, Field(examples=[3])]
    created_at: Annotated[int, Field(examples=[1795251029310])]
    updated_at: Annotated[int, Field(examples=[1795251031000])]


class SessionShape(SessionRow):
    """A session as it is now. `summary` is the timeline in one line; `ready`: there is something to export."""

    version: Annotated[str, Field(examples=["v3"])]
    revision: Annotated[int, Field(examples=[7])]
    summary: Annotated[str, Field(examples=["Timeline (2 tracks): 1. Video: beach (0-10s) 2. BGM: Lo-fi (0-10s, 35%)"])]
    ready: bool
    duration: Annotated[float, Field(examples=[10.0])]
    media: list[MediaShape]
    timeline: dict[str, Any] | None = None
    draft: dict[str, Any] | None = None


class MediaShape(BaseModel):
    """A file of a session. `read`: it has been looked at and listened to."""

    id: MediaId
    filename: Annotated[str, Field(examples=["beach.mp4"])]
    kind: Annotated[str, Field(examples=["video"])]
    size: Annotated[int, Field(examples=[15_728_640])]
    duration: Annotated[float, Field(examples=[30.5])]
    width: Annotated[int, Field(examples=[1920])]
    height: Annotated[int, Field(examples=[1080])]
    frame_rate: Annotated[float | None, Field(examples=[30.0])]
    has_sound: bool
    origin: Annotated[str, Field(examples=["uploaded"])]
    read: bool
    created_at: Annotated[int, Field(examples=[1795251029310])]


class ReplyShape(BaseModel):
    """What a person is told; `text` is all of it."""

    language: Annotated[str, Field(examples=["en"])]
    text: Annotated[str, Field(examples=["Music: volume 80% -> 35%.\nTimeline (2 tracks): ..."])]
    done: list[str] = []
    failed: list[str] = []
    notes: list[str] = []
    question: str = ""
    options: list[str] = []
    timeline: str = ""
    next: list[str] = []


class MessageShape(BaseModel):
    """A message and, once there, its answer. While `state` is waiting or running, follow `events`."""

    id: Annotated[str, Field(examples=["msg_k3v9wz7m2q5x8r4t"])]
    session: Annotated[str, Field(examples=["5529798706024415232"])]
    number: Annotated[int, Field(examples=[1])]
    key: Annotated[str, Field(examples=["a1b2c3"])]
    text: Annotated[str, Field(examples=["music at 35%"])]
    media: list[str]
    state: Annotated[str, Field(examples=["done"])]
    reply: ReplyShape | None
    version: Annotated[str | None, Field(examples=["v3"])]
    job: Annotated[str | None, Field(examples=[None])]
    steps: list[dict[str, Any]]
    events: Annotated[str, Field(examples=["/v1/sessions/5529798706024415232/events?message=msg_k3v9wz7m2q5x8r4t"])]
    created_at: Annotated[int, Field(examples=[1795251029310])]
    ended_at: Annotated[int | None, Field(examples=[1795251029350])]


class OutputShape(BaseModel):
    """A finished film or track."""

    filename: Annotated[str, Field(examples=["holiday.mp4"])]
    size: Annotated[int, Field(examples=[15_728_640])]
    duration: Annotated[float, Field(examples=[30.5])]
    width: Annotated[int, Field(examples=[1920])]
    height: Annotated[int, Field(examples=[1080])]
    url: Annotated[str, Field(examples=["http://127.0.0.1:8700/v1/jobs/job_k3v9wz7m2q5x8r4t/download"])]


class JobFault(BaseModel):
    """Why a job did not succeed."""

    code: Annotated[int | str, Field(examples=[400])]
    message: str
    hint: str = ""


class JobShape(BaseModel):
    """Work under way, or done. `state`: queued, running, completed, failed, cancelled; `progress`: 0 to 1."""

    id: Annotated[str, Field(examples=["job_k3v9wz7m2q5x8r4t"])]
    kind: Annotated[str, Field(examples=["render"])]
    session: Annotated[str | None, Field(examples=["5529798706024415232"])]
    message: Annotated[str | None, Field(examples=[None])]
    client_id: Annotated[str, Field(examples=["a1b2c3"])]
    state: Annotated[str, Field(examples=["running"])]
    stage: Annotated[str, Field(examples=["render"])]
    progress: Annotated[float, Field(examples=[0.4])]
    attempts: Annotated[int, Field(examples=[1])]
    credits: Annotated[int, Field(examples=[0])]
    output: OutputShape | None
    result: dict[str, Any] | None
    error: JobFault | None
    events: Annotated[str, Field(examples=["/v1/jobs/job_k3v9wz7m2q5x8r4t/events"])]
    created_at: Annotated[int, Field(examples=[1795251029310])]
    started_at: Annotated[int | None, Field(examples=[1795251029400])]
    ended_at: Annotated[int | None, Field(examples=[None])]


def session_row(row: Listed) -> SessionRow:
    return SessionRow(
        id=row.id, project=row.project, title=row.title, language=row.language, versions=row.versions,
        created_at=row.created_at, updated_at=row.updated_at,
    )  # fmt: skip


def session_shape(session: Session, media: tuple[StoredMedia, ...], include: frozenset[str]) -> SessionShape:
    timeline = session.history.timeline
    return SessionShape(
        id=session.id, project=session.project, title=session.title, language=session.language,
        versions=len(session.history.versions), created_at=session.created_at, updated_at=session.updated_at,
        version=session.history.current, revision=session.revision, summary=summary(timeline, session.language),
        ready=any(True for _ in timeline.placed()), duration=float(timeline.duration),
        media=[media_shape(one) for one in media],
        timeline=to_json(timeline, sparse=True) if "timeline" in include else None,
        draft=to_draft(timeline) if "draft" in include else None,
    )  # fmt: skip


def media_shape(stored: StoredMedia) -> MediaShape:
    medium = stored.medium
    return MediaShape(
        id=stored.media, filename=stored.filename, kind=medium.kind, size=stored.size, duration=float(medium.duration),
        width=medium.width, height=medium.height, has_sound=medium.has_sound, origin=stored.origin,
        frame_rate=float(medium.frame_rate) if medium.frame_rate else None, created_at=stored.created_at,
        read=bool(stored.reading or stored.piece),
    )  # fmt: skip


def message_shape(message: Message) -> MessageShape:
    steps = [
        {"command" if isinstance(step, Step) else "action": getattr(step, "command", getattr(step, "name", "")),
         "arguments": dict(step.args)}
        for step in (message.meaning.steps if message.meaning else ())
    ]  # fmt: skip
    return MessageShape(
        id=message.id, session=message.session, number=message.number, key=message.key, text=message.text,
        media=list(message.media), state=message.state, version=message.version, job=message.job, steps=steps,
        reply=ReplyShape.model_validate(to_json(message.reply)) if message.reply else None,
        events=f"/v1/sessions/{message.session}/events?message={message.id}", created_at=message.created_at,
        ended_at=message.ended_at,
    )  # fmt: skip


def job_shape(job: Job, public: str) -> JobShape:
    result = dict(job.result) if job.result else None
    output = None
    if job.state == "completed" and result and result.get("blob"):
        output = OutputShape(
            filename=str(result.get("filename", "")), size=int(result.get("size", 0)),
            duration=float(result.get("duration", 0)), width=int(result.get("width", 0) or 0),
            height=int(result.get("height", 0) or 0), url=f"{public}/v1/jobs/{job.id}/download",
        )  # fmt: skip
    shown = {name: value for name, value in (result or {}).items() if name != "blob"}
    return JobShape(
        id=job.id, kind=job.kind, session=job.session, message=job.message, client_id=job.client_id, state=job.state,
        stage=job.stage, progress=round(job.progress, 4), attempts=job.attempts, credits=job.credits, output=output,
        result=json.loads(json.dumps(shown)) if result else None,
        error=JobFault.model_validate({"code": 500, "message": "", **job.error}) if job.error else None,
        events=f"/v1/jobs/{job.id}/events", created_at=job.created_at, started_at=job.started_at,
        ended_at=job.ended_at,
    )  # fmt: skip
