"""What the tests of the conversation share: everything known, and a message read with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from reelscore.catalogue import vocabulary
from reelscore.converse.known import Known
from reelscore.converse.parse import parse
from reelscore.edit.registry import commands
from reelscore.edit.samples import FACTS, SAMPLES
from reelscore.values.command import Plain, Step
from reelscore.values.message import Action, Context, Meaning


@cache
def known() -> Known:
    return Known(commands(), vocabulary(), FACTS)


def read(message: str, on: str = "film", context: Context | None = None) -> Meaning:
    """The message, said to a sample timeline."""
    return parse(message, SAMPLES[on](), known(), context)


def told(meaning: Meaning) -> list[tuple[str, Mapping[str, Plain]]]:
    """Names and arguments of what a message means."""
    return [(one.command if isinstance(one, Step) else one.name, dict(one.args)) for one in meaning.steps]


def only(message: str, on: str = "film", context: Context | None = None) -> Step | Action:
    """The one thing a message means."""
    steps = read(message, on, context).steps
    assert len(steps) == 1, steps
    return steps[0]
