"""Edits that come as values instead of words: refused at once where they cannot be made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reelscore.edges.jobs.messages import Message
from reelscore.editing import apply, summary
from reelscore.errors import ConflictError
from reelscore.values.command import Step
from reelscore.values.facts import Facts
from reelscore.values.message import Asked, Meaning
from reelscore.values.timeline import Media

if TYPE_CHECKING:
    from reelscore.edges.storage.sessions import Session


def in_language(said: Message, session: Session) -> Message:
    """A typed edit has no language of its own: it is answered in the session's."""
    assert said.meaning is not None
    return replace(said, meaning=replace(said.meaning, language=session.context.language or session.language or "en"))


def check_version(session: Session, based_on: str, waiting: Sequence[Message] = ()) -> None:
    """Raises ConflictError where the timeline is not, or will not be, as it was seen."""
    if not based_on or (based_on == session.history.current and not waiting):
        return
    line = summary(session.history.timeline, "zh" if session.context.language == "zh" else "en")
    alone = " alone" if waiting else ""
    raise ConflictError(
        f"The timeline is at {session.history.current} by now, not at {based_on}{alone}: {line}",
        "Look at it as it is, and edit that.",
        candidates=(session.history.current,),
    )


def refuse(session: Session, meaning: Meaning, facts: Facts, media: Sequence[Media]) -> None:
    """Raise what is wrong with typed edits, all of them being edits."""
    if len(meaning.edits) == len(meaning.steps):
        apply(session.history, [(step.command, dict(step.args)) for step in meaning.edits], facts, media=media)


def in_words(steps: Sequence[Asked]) -> str:
    named = ((s.command if isinstance(s, Step) else s.name, ", ".join(f"{k}={v}" for k, v in s.args)) for s in steps)
    return "; ".join(f"{name} {args}".strip() for name, args in named)[:1000]
