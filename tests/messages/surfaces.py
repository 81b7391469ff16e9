"""The ways a message can be read: by the rules, or through another surface that must say the same."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from reelscore.values.facts import Facts
from reelscore.values.message import Context, Meaning
from reelscore.values.timeline import Timeline
from tests.messages.score import Read


def reader(name: str = "") -> Read:
    """A function by "module:function"; unsaid, the conversation's own, or the grammar alone where there is no other."""
    if name:
        module, _, function = name.partition(":")
        found: Read = getattr(import_module(module), function)
        return found
    if find_spec("reelscore.conversing") is not None:
        from reelscore.conversing import read

        held: Read = read
        return held
    return by_grammar


def by_grammar(message: str, timeline: Timeline, context: Context, facts: Facts) -> Meaning:
    """The grammar alone, given everything it may know."""
    from reelscore.catalogue import vocabulary
    from reelscore.edit.registry import commands

    known = import_module("reelscore.converse.known").Known(commands(), vocabulary(), facts)
    meaning: Meaning = import_module("reelscore.converse.parse").parse(message, timeline, known, context)
    return meaning
