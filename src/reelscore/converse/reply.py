"""The answer to a message, put together: what was done, what was not and why, the timeline, what could come next.

Done: music: volume 80% -> 35%
Read "voluem" as "volume".
Timeline (3 tracks): 1. Video: ...
Next: make the music darker | add a title "My film" | export

Never silence: a message that did nothing is told so. Lines are in the person's language; who calls brings them worded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reelscore.converse.reply_words import frame, timeline_line
from reelscore.values.message import Reply

MOST_LINES = 12
MOST_NEXT = 3


@dataclass(frozen=True, slots=True)
class Told:
    """All that a reply says, worded: `done` are changes, `told` whole sentences of other kinds (undone, exported)."""

    done: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    question: str = ""
    options: tuple[str, ...] = ()
    timeline: str = ""
    next: tuple[str, ...] = ()
    unchanged: bool = False  # an edit was carried out and changed nothing


def reply(language: str, said: Told) -> Reply:
    """The reply: its parts, and all of it as one text."""
    done = (*_done(said.done, language), *said.told)
    if said.unchanged and not said.done:
        done = (*done, frame("same", language))
    failed = _failed(said.failed, language)
    notes = (
        *(frame("corrected", language, *pair) for pair in said.corrected),
        *said.notes,
        *(frame("withheld", language, words) for words in said.withheld),
    )
    following = () if said.question else said.next[:MOST_NEXT]
    line = timeline_line(said.timeline, language)
    if not (done or failed or notes or said.question):
        done = (frame("nothing", language),)
    text = [*done, *failed, *notes]
    if said.question:
        text += [said.question, *(f"{n}. {option}" for n, option in enumerate(said.options, 1))]
        text += [frame("choose", language)] if said.options else []
    text += [line] if line else []
    if following:
        text.append(frame("next", language, " | ".join(following)))
    lines = (*_plain(said.done), *said.told) or done
    return Reply(
        language, lines, said.failed, notes, said.question, said.options, line, following, "\n".join(text)
    )  # fmt: skip


def _plain(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(lines[:MOST_LINES])


def _done(lines: Sequence[str], language: str) -> tuple[str, ...]:
    return _listed(lines, "done", language)


def _failed(lines: Sequence[str], language: str) -> tuple[str, ...]:
    return _listed(lines, "failed", language)


def _listed(lines: Sequence[str], key: str, language: str) -> tuple[str, ...]:
    """One thing in a line of its own; several as a list."""
    if len(lines) < 2:
        return tuple(frame(key, language, line) for line in lines)
    shown = [f"- {line}" for line in lines[:MOST_LINES]]
    more = [f"- ... (+{len(lines) - MOST_LINES})"] if len(lines) > MOST_LINES else []
    return (frame(f"{key}_list", language), *shown, *more)
