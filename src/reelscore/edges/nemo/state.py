"""What a client of the kit keeps with its session, beside what the session itself knows.

`draft` and `version` are the session's and change by what is said; the rest is the client's: merged key by key, a null
takes a key away, as the kit does it. Keys that begin with "temp:" last for one run and are not kept.
"""

from __future__ import annotations

import json

from reelscore.edges.api.errors import RefusedError
from reelscore.edges.nemo.desk import Desk
from reelscore.edges.nemo.kit import Plain
from reelscore.edges.storage import sessions
from reelscore.edges.storage.sessions import Session
from reelscore.editing import from_draft, to_draft

OWN = ("draft", "version")


def kit_state(session: Session) -> Plain:
    """The whole state of a session, as its clients read it."""
    timeline = session.history.timeline
    held: Plain = json.loads(session.state)
    return held | {"draft": to_draft(timeline) if timeline.tracks else {}, "version": session.history.current}


def merge_state(at: Desk, session: Session, delta: Plain) -> None:
    """Keep what a client sends. Raises RefusedError where it would change the timeline behind the conversation."""
    draft = delta.get("draft")
    if draft and from_draft(draft) != session.history.timeline:
        raise RefusedError(
            409, 409, "The draft in stateDelta differs from the session's.",
            "Say what should change, or render a draft of your own with POST /api/render/proxy/lambda.", "conflict",
        )  # fmt: skip
    kept = {key: value for key, value in delta.items() if key not in OWN and not key.startswith("temp:")}
    if not kept:
        return
    with at.store.database.write() as tx:
        now = at.session(tx, session.id, lock=True)
        merged = json.loads(now.state) | kept
        text = json.dumps({key: value for key, value in merged.items() if value is not None}, ensure_ascii=False)
        sessions.set_state(tx, session.id, text)
