"""Sessions: a timeline with all its versions, what a conversation remembers, and the media it draws on.

Every save counts `revision` up and is refused where somebody else's came first: who reads, thinks and saves never
overwrites what happened meanwhile. The versions themselves are kept by `versions`, the media by `media`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from reelscore.edges.storage.ids import new_id, new_number, now_ms
from reelscore.edges.storage.media import StoredMedia, add_media, media, medium, set_reading
from reelscore.edges.storage.tables import sessions as table
from reelscore.edges.storage.versions import head_of, history_of, write_versions
from reelscore.editing import History, begin
from reelscore.errors import ConflictError, DataError, NotFoundError
from reelscore.values.codec import from_json, to_json
from reelscore.values.message import Context

__all__ = [
    "Listed",
    "Page",
    "Session",
    "StoredMedia",
    "add_media",
    "by_project",
    "create",
    "delete",
    "listed",
    "load",
    "lock_session",
    "media",
    "medium",
    "save",
    "set_reading",
    "set_state",
]

_LARGEST_STATE = 65_536  # characters
_ID = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")

# The statements of every edit, built once.
_LOAD = select(table).where(table.c.id == bindparam("session"), table.c.deleted_at.is_(None))
_LOAD_LOCKED = _LOAD.with_for_update()
_LOCK = select(table.c.id).where(table.c.id == bindparam("session")).with_for_update()
_SAVE = (
    update(table)
    .where(table.c.id == bindparam("session"), table.c.revision == bindparam("before"), table.c.deleted_at.is_(None))
    .values({name: bindparam(name) for name in ("title", "language", "history", "revision", "context", "updated_at")})
)


@dataclass(frozen=True, slots=True)
class Session:
    """A session as it was read. Change it with `dataclasses.replace` and `save` it."""

    id: str
    project: str
    account: str
    title: str
    language: str
    history: History
    context: Context
    revision: int
    state: str  # JSON that a client keeps with it; written by `set_state` only
    created_at: int
    updated_at: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A session in a list."""

    id: str
    project: str
    title: str
    language: str
    versions: int
    revision: int
    created_at: int
    updated_at: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some sessions, latest first. `next`: what to ask with for those after them; "" at the end."""

    items: tuple[Listed, ...]
    next: str


def create(
    tx: Connection,
    account: str,
    title: str = "",
    language: str = "en",
    *,
    id: str = "",
    history: History | None = None,
) -> Session:
    """A new session. `id`: one that the client chose. Raises ConflictError where it is taken, DataError where it is
    none."""
    if id and not (len(id) <= 64 and set(id) <= _ID):
        raise DataError(f"{id[:70]!r} is no id of a session.", "Use up to 64 letters, digits, - and _.")
    at = now_ms()
    history = history or begin(title=title)
    made = Session(
        id or new_number(), new_id("task"), account, title, language, history, Context(), 1, "{}", at, at
    )  # fmt: skip
    row = {
        "id": made.id, "project": made.project, "account": account, "title": title, "language": language,
        "history": head_of(history, made.id, 1), "revision": 1, "context": _text(made.context), "created_at": at,
        "updated_at": at,
    }  # fmt: skip
    try:
        with tx.begin_nested():
            tx.execute(insert(table).values(row))
    except IntegrityError:
        if tx.execute(select(table.c.id).where(table.c.id == made.id)).first() is None:
            raise
        raise ConflictError(f"There is a session {made.id} already.", "Choose another id.") from None
    return _saved(tx, made)


def lock_session(tx: Connection, session_id: str) -> None:
    """Nobody else changes this session until the transaction ends. Raises NotFoundError."""
    if tx.execute(_LOCK, {"session": session_id}).first() is None:
        raise _missing(session_id)


def load(tx: Connection, session_id: str, account: str | None = None, lock: bool = False) -> Session:
    """The session as it is now; its versions are read as they are looked at. `account`: whose it must be. Raises
    NotFoundError."""
    row = tx.execute(_LOAD_LOCKED if lock else _LOAD, {"session": session_id}).mappings().first()
    if row is None or (account is not None and row["account"] != account):
        raise _missing(session_id)
    context = from_json(Context, json.loads(row["context"]), "context")
    return Session(
        row["id"], row["project"], row["account"], row["title"], row["language"], history_of(tx, row), context,
        row["revision"], row["state"], row["created_at"], row["updated_at"],
    )  # fmt: skip


def save(tx: Connection, session: Session) -> Session:
    """Write what changed; the session with its new revision. Raises ConflictError where it was saved or deleted since
    it was read."""
    at, revision = now_ms(), session.revision + 1
    after = {
        "title": session.title, "language": session.language, "context": _text(session.context), "updated_at": at,
        "history": head_of(session.history, session.id, revision), "revision": revision,
    }  # fmt: skip
    done = tx.execute(_SAVE, {"session": session.id, "before": session.revision, **after})
    if done.rowcount != 1:
        raise ConflictError(
            "The session was changed meanwhile.", "Look at it as it is now, and say it again.",
            chinese="会话刚刚被其他操作修改。请查看最新状态后重试。",
        )  # fmt: skip
    return _saved(tx, replace(session, revision=revision, updated_at=at))


def _saved(tx: Connection, session: Session) -> Session:
    """The session once its new versions are rows."""
    return replace(session, history=write_versions(tx, session.id, session.revision, session.history))


def set_state(tx: Connection, session_id: str, state: str) -> None:
    """What a client keeps with the session (JSON). Raises DataError, NotFoundError."""
    if len(state) > _LARGEST_STATE:
        raise DataError(f"The state has {len(state)} characters.", f"At most {_LARGEST_STATE} are kept.")
    done = tx.execute(update(table).where(table.c.id == session_id, table.c.deleted_at.is_(None)).values(state=state))
    if done.rowcount != 1:
        raise _missing(session_id)


def listed(tx: Connection, account: str, limit: int = 50, after: str = "") -> Page:
    """An account's sessions, those changed last first. `after`: `next` of the page before. Raises DataError."""
    query = select(table).where(table.c.account == account, table.c.deleted_at.is_(None))
    if after:
        at, _, last = after.partition(":")
        if not (at.isascii() and at.isdecimal() and len(at) < 19):
            raise DataError(f"{after[:40]!r} is no place in this list.", 'Give the "next" of the page before.')
        older, same = table.c.updated_at < int(at), table.c.updated_at == int(at)
        query = query.where(older | (same & (table.c.id < last)))
    limit = max(1, min(limit, 200))
    rows = tx.execute(query.order_by(table.c.updated_at.desc(), table.c.id.desc()).limit(limit + 1)).mappings().all()
    items = tuple(
        Listed(
            r["id"], r["project"], r["title"], r["language"], json.loads(r["history"])["count"], r["revision"],
            r["created_at"], r["updated_at"],
        )
        for r in rows[:limit]
    )  # fmt: skip
    more = len(rows) > limit
    return Page(items, f"{items[-1].updated_at}:{items[-1].id}" if more else "")


def by_project(tx: Connection, project: str, account: str | None = None) -> Session:
    """The session of a project. Raises NotFoundError."""
    found = tx.execute(select(table.c.id).where(table.c.project == project)).scalar()
    if found is None:
        raise NotFoundError(f"There is no project {project[:40]!r}.", "List the projects there are.")
    return load(tx, found, account)


def delete(tx: Connection, session_id: str, account: str | None = None) -> None:
    """Nobody sees it any more; what only it used is collected later. Raises NotFoundError."""
    query = update(table).where(table.c.id == session_id, table.c.deleted_at.is_(None))
    query = query if account is None else query.where(table.c.account == account)
    if tx.execute(query.values(deleted_at=now_ms())).rowcount != 1:
        raise _missing(session_id)


def _text(context: Context) -> str:
    return json.dumps(to_json(context, sparse=True), ensure_ascii=False)


def _missing(session_id: str) -> NotFoundError:
    return NotFoundError(f"There is no session {session_id[:64]!r}.", "List the sessions there are, or make one.")
