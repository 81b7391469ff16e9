"""What a message means, with a language model as the second reader: asked only where the rules are unsure.

What the rules read for certain stands; the model is shown what they missed. Actions (export, credits, undo...) are the
rules' alone. Without a model, too late, or with nonsense for an answer, the rules' reading is the meaning.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from importlib.util import find_spec

from reelscore import conversing
from reelscore.edges.agent.checking import Proposal, proposal
from reelscore.edges.agent.endpoint import endpoint_from
from reelscore.edges.agent.planner import Planner, PlannerError
from reelscore.edges.agent.prompt import asking
from reelscore.editing import commands, in_words
from reelscore.errors import DataError
from reelscore.values.command import Said
from reelscore.values.facts import NO_FACTS, Facts
from reelscore.values.message import Action, Context, Meaning, Option, Question
from reelscore.values.timeline import Timeline

__all__ = ["Planner", "PlannerError", "meaning", "planner_from"]

_log = logging.getLogger(__name__)
_BEFORE = ("undo", "redo", "restore")
_DO, _LEAVE = Said("do it", "执行"), Said("leave it as it is", "不改动")


def meaning(
    message: str,
    timeline: Timeline,
    context: Context = Context(),  # noqa: B008
    facts: Facts = NO_FACTS,
    planner: Planner | None = None,
) -> Meaning:
    """The meaning by the rules, and what a model adds where they are unsure. Never raises for what a model does."""
    read = conversing.read(message, timeline, context, facts)
    unsure = read.confidence < planner.below if planner else False
    if planner is None or not message.strip() or not (unsure or read.missed):
        return read
    words = message if unsure else "; ".join(missed.words for missed in read.missed)
    start = _after(read, timeline, facts) if not unsure else timeline
    try:
        planned = proposal(planner.plan(asking(words, start, context)), words, start, facts)
    except PlannerError as error:
        _log.info("the language model was no help: %s", error)
        return read
    except Exception:
        _log.exception("the language model failed")
        return read
    return _joined(read, planned, unsure, start, facts) if planned.steps else read


def _after(read: Meaning, timeline: Timeline, facts: Facts) -> Timeline:
    """The timeline once what the rules read is done."""
    from reelscore.editing import begin, with_timeline

    edits = Meaning(read.language, read.edits)
    return conversing.carry_out(edits, with_timeline(begin(), timeline), facts).history.timeline


def _joined(read: Meaning, planned: Proposal, unsure: bool, start: Timeline, facts: Facts) -> Meaning:
    """The rules' reading with the model's edits: in place of their doubtful ones, or besides their certain ones."""
    kept = read.steps if not unsure else tuple(step for step in read.steps if isinstance(step, Action))
    if planned.ask:
        question = _question(planned, start, facts)
        return replace(read, steps=kept, missed=(), question=question, confidence=1.0)
    first = tuple(step for step in kept if not unsure or (isinstance(step, Action) and step.name in _BEFORE))
    last = tuple(step for step in kept if step not in first)
    return replace(read, steps=(*first, *planned.steps, *last), missed=(), question=None, confidence=1.0)


def _question(planned: Proposal, start: Timeline, facts: Facts) -> Question:
    """The whole plan, to be done or left."""
    from reelscore.editing import begin, with_timeline

    edited = conversing.carry_out(Meaning("en", planned.steps), with_timeline(begin(), start), facts).edited
    changes = edited.changes if edited else ()
    helps = [commands()[step.command].help for step in planned.steps]
    what = Said(
        in_words(changes) if changes else ", ".join(said.en for said in helps),
        in_words(changes, "zh") if changes else "、".join(said.zh for said in helps),
    )
    text = Said(f"Shall I do this? {what.en}", f"要这样做吗？{what.zh}")
    return Question(text, (Option(_DO, planned.steps), Option(_LEAVE, ())))


def planner_from(environ: Mapping[str, str]) -> Planner | None:
    """The planner that the environment configures; None for none. A configuration that cannot be is logged, and counts
    as none."""
    try:
        endpoint = endpoint_from(environ)
    except DataError as error:
        _log.warning("no language model: %s", error)
        return None
    if endpoint is None:
        return None
    if find_spec("pydantic_ai") is None:
        _log.warning("no language model: install reelscore[llm]")
        return None
    from reelscore.edges.agent.remote import RemotePlanner

    return RemotePlanner(endpoint)
