"""Files that came, by whatever way: looked over, kept, and made known to their session.

Every way ends here, so they all behave alike. What is no media is refused and leaves nothing; the rest is kept by its
content, once. In one transaction the session gets the media, their reading is queued, and if nothing lies on its
timeline yet they are placed there in the order they came, as one version. A file whose content was read before, whoever
sent it, is not read again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from reelscore.edges.accounts.plans import price, too_large, upload_cap
from reelscore.edges.api.auth import Caller
from reelscore.edges.api.looking import looked_over
from reelscore.edges.jobs import events, jobs, queues
from reelscore.edges.storage import media as stored_media
from reelscore.edges.storage import sessions
from reelscore.edges.storage.media import StoredMedia
from reelscore.edges.storage.sessions import Session
from reelscore.edges.storage.tables import messages, session_media
from reelscore.edges.storage.tables import sessions as sessions_table
from reelscore.editing import apply, begin, commit, differences, in_words, medium_of, summary
from reelscore.errors import DataError, NotAllowedError, NotFoundError, ReelscoreError
from reelscore.values.codec import from_json
from reelscore.values.command import Edited, Plain, Step
from reelscore.values.facts import Facts
from reelscore.values.reading import MediaInfo
from reelscore.values.timeline import Media, Timeline

if TYPE_CHECKING:
    from reelscore.edges.storage.store import Store


_MOST_READINGS = 1_000_000  # that wait: the plan's room for files is what bounds them


@dataclass(frozen=True, slots=True)
class Came:
    """A file on this machine's disk. `keep` makes it a blob and tells its hash; `digest` is that hash where it is known
    before."""

    name: str
    path: Path
    size: int
    keep: Callable[[], str]
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken, and why."""

    filename: str
    error: ReelscoreError


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of some files. `placed`: the version in which they came onto the timeline, "" where they did not."""

    session: str
    files: tuple[StoredMedia, ...]
    refused: tuple[Refused, ...] = ()
    placed: str = ""
    fields: dict[str, str] = field(default_factory=dict)  # of the form they came in


def take(store: Store, who: Caller, session_id: str, came: Sequence[Came], refused: Sequence[Refused] = ()) -> Arrived:
    """Files become a session's media. Raises what was wrong with the first where none could be taken, NotFoundError
    (session), NotAllowedError (the plan's room is full), TooLargeError."""
    if not came and not refused:
        raise DataError("The upload holds no files.", 'Send them in the field "files", or as {"urls": [...]}.')
    cap = upload_cap(who.plan, store.settings)
    told: dict[int, ReelscoreError] = {n: too_large(cap) for n, one in enumerate(came) if one.size > cap}
    infos = {n: info for n, info in _seen_before(store, came).items() if n not in told}
    left = [n for n in range(len(came)) if n not in told and n not in infos]
    for n, found in zip(left, looked_over([(came[n].name, came[n].path) for n in left]), strict=True):
        if isinstance(found, MediaInfo):
            infos[n] = found
        else:
            told[n] = found
    every = (*refused, *(Refused(came[n].name, told[n]) for n in sorted(told)))
    if not infos:
        raise every[0].error
    check_room(store, who, sum(came[n].size for n in infos))
    kept = [_stored(came[n], infos[n], came[n].keep()) for n in sorted(infos)]
    queues.prepare(store.database)
    with store.database.write() as tx:
        files, placed = admit(tx, who, session_id, kept)
    return Arrived(session_id, files, every, placed)


def admit(
    tx: Connection, who: Caller, session_id: str, kept: Sequence[StoredMedia]
) -> tuple[tuple[StoredMedia, ...], str]:
    """The session knows these media from now on; what was not read yet will be. Its rows, and the version in which they
    came onto the timeline. `queues.prepare` comes before. Raises NotFoundError (session, blob)."""
    session = sessions.load(tx, session_id, who.account, lock=True)
    files, new = _added(tx, session.id, kept)
    placed = _placed(tx, session, [one.medium for one in new])
    for one in new:
        if not one.reading and not one.piece:
            credits = price(who.plan, "understand")
            jobs.start(
                tx, who.account, session.id, "understand", {"media": one.media}, credits=credits, most=_MOST_READINGS
            )
    return files, placed


def take_known(
    tx: Connection, store: Store, who: Caller, session_id: str, media_ids: Sequence[str]
) -> tuple[StoredMedia, ...]:
    """Media that the caller uploaded into other sessions, for this one too. Raises NotFoundError."""
    queues.prepare(store.database)
    kept = []
    for media_id in media_ids:
        query = (
            select(session_media.c.session)
            .join(sessions_table, sessions_table.c.id == session_media.c.session)
            .where(sessions_table.c.account == who.account, sessions_table.c.deleted_at.is_(None))
            .where(session_media.c.media == media_id)
        )
        elsewhere = tx.execute(query.limit(1)).scalar()
        if elsewhere is None:
            raise NotFoundError(f'There is no media "{media_id[:80]}".', "Upload the file first.")
        kept.append(replace(stored_media.medium(tx, elsewhere, media_id), created_at=0))
    return admit(tx, who, session_id, kept)[0]


def _seen_before(store: Store, came: Sequence[Came]) -> dict[int, MediaInfo]:
    """Which of these are content that was looked over before, and what it was."""
    digests = {one.digest for one in came if one.digest}
    query = select(session_media.c.blob, session_media.c.info).where(
        session_media.c.blob.in_(digests), session_media.c.origin == "uploaded"
    )
    with store.database.read() as tx:
        known = {row.blob: row.info for row in tx.execute(query)} if digests else {}
    return {
        n: from_json(MediaInfo, json.loads(known[one.digest]), "info")
        for n, one in enumerate(came)
        if one.digest in known
    }


def check_session(store: Store, who: Caller, session_id: str) -> None:
    """Raises NotFoundError, before a body is read for a session that is not there."""
    with store.database.read() as tx:
        alive = (sessions_table.c.id == session_id, sessions_table.c.deleted_at.is_(None))
        owner = tx.execute(select(sessions_table.c.account).where(*alive)).scalar()
        if owner != who.account:
            sessions.load(tx, session_id, who.account)


def check_room(store: Store, who: Caller, more: int) -> None:
    """Raises NotAllowedError where the account's files would fill more than its plan's room."""
    with store.database.read() as tx:
        query = (
            select(func.coalesce(func.sum(session_media.c.size), 0))
            .join(sessions_table, sessions_table.c.id == session_media.c.session)
            .where(sessions_table.c.account == who.account, sessions_table.c.deleted_at.is_(None))
            .where(session_media.c.origin == "uploaded")
        )
        held = int(tx.execute(query).scalar_one())
    room = who.plan.storage_bytes
    if held + more > room:
        raise NotAllowedError(
            f'The plan "{who.plan.title}" has room for {room / 1e9:g} GB; {held / 1e9:.2g} GB are used.',
            "Delete sessions that are not needed, or choose another plan.",
        )


def _stored(one: Came, info: MediaInfo, digest: str) -> StoredMedia:
    info = replace(info, path="", size=one.size)
    name = f"sha256:{digest}"
    return StoredMedia(name, digest, one.name, one.size, medium_of(info, name, one.name), info)


def _added(
    tx: Connection, session: str, kept: Sequence[StoredMedia]
) -> tuple[tuple[StoredMedia, ...], list[StoredMedia]]:
    """The session's rows of these files, and those of them that are new to it."""
    known = set(tx.execute(select(session_media.c.media).where(session_media.c.session == session)).scalars())
    files, new = [], []
    for one in kept:
        row = stored_media.add_media(tx, session, _read_before(tx, one))
        files.append(row)
        if row.media not in known:
            known.add(row.media)
            new.append(row)
    return tuple(files), new


def _read_before(tx: Connection, one: StoredMedia) -> StoredMedia:
    """The file with the reading that its content has from before."""
    query = select(session_media.c.reading, session_media.c.info).where(
        session_media.c.blob == one.blob, session_media.c.reading.is_not(None)
    )
    row = tx.execute(query.limit(1)).first()
    if row is None:
        return one
    info = from_json(MediaInfo, json.loads(row.info), "info")
    return replace(one, reading=row.reading, info=info, medium=medium_of(info, one.media, one.filename))


def _placed(tx: Connection, session: Session, new: Sequence[Media]) -> str:
    """Remember what came; put it on a timeline that is still empty. The new version, or ""."""
    if not new:
        return ""
    uploaded = (*session.context.uploaded, *(medium.id for medium in new))[-50:]
    context = replace(session.context, uploaded=uploaded)
    history = session.history
    if not any(True for _ in history.timeline.placed()) and not _busy(tx, session.id):
        message = f"added {', '.join(medium.name for medium in new)}"[:200]
        before = history.timeline
        if before == Timeline(title=before.title):
            whole = begin(new, title=before.title).timeline  # on a canvas of the first one's shape
            steps = tuple(Step("add", (("media", medium.id),)) for medium in new)
            history = commit(history, history.current, Edited(whole, differences(before, whole), steps), message)
        else:
            adding: list[tuple[str, dict[str, Plain]]] = [("add", {"media": medium.id}) for medium in new]
            history, _ = apply(history, adding, Facts(), message=message, media=new)
        if history is not session.history:
            _tell(tx, session.id, before, history.timeline, history.current)
    version = history.current if history is not session.history else ""
    sessions.save(tx, replace(session, history=history, context=context))
    return version


def _tell(tx: Connection, session: str, before: Timeline, after: Timeline, version: str) -> None:
    changes = [in_words(differences(before, after))]
    body = {"version": version, "changes": changes, "summary": summary(after)}
    events.append(tx, f"session:{session}", "edited", body)


def _busy(tx: Connection, session: str) -> bool:
    """Is one of its messages being carried out? Then that message decides what the timeline becomes."""
    query = select(messages.c.id).where(messages.c.session == session, messages.c.state.in_(("waiting", "running")))
    return tx.execute(query.limit(1)).first() is not None
