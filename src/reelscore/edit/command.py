"""What an edit command is: its entry (words, parameters, examples) and the function from timeline to timeline.

A command's own function only says what a person wants. Around it, once for all: arguments are read, the result is put
in order and checked, the differences are found. So undo is the timeline from before, exactly, and no command can
forget to tell what it changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reelscore.edit.arguments import FORMS, Arguments, read
from reelscore.edit.difference import differences
from reelscore.edit.settle import settled
from reelscore.edit.validate import checked
from reelscore.values.command import Choice, CommandEntry, Edited, Example, Param, Plain, Said, Step
from reelscore.values.facts import NO_FACTS, Facts
from reelscore.values.timeline import Timeline

__all__ = ["Choice", "Command", "Edited", "Example", "Noted", "Param", "Said", "apply_all", "schema_of"]


@dataclass(frozen=True, slots=True)
class Noted:
    """A timeline, and what was done otherwise than asked."""

    timeline: Timeline
    notes: tuple[Said, ...]


Edit = Callable[[Timeline, Arguments, Facts], "Timeline | Noted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(CommandEntry):
    """One edit command. Its inverse is the value it was given."""

    edit: Edit

    def apply(self, timeline: Timeline, args: Mapping[str, object] = {}, facts: Facts = NO_FACTS) -> Edited:
        """The timeline after this edit and what changed. Raises EditError saying why not, and what would work."""
        outcome = self.edit(timeline, read(self, args, timeline), facts)
        after, notes = (outcome.timeline, outcome.notes) if isinstance(outcome, Noted) else (outcome, ())
        after = settled(after, timeline)
        steps = (Step(self.name, tuple((name, _plain(value)) for name, value in args.items())),)
        changes = differences(timeline, after)
        return Edited(checked(after) if changes else timeline, changes, steps, notes)


def apply_all(
    timeline: Timeline, steps: Sequence[tuple[Command, Mapping[str, object]]], facts: Facts = NO_FACTS
) -> Edited:
    """Several edits as one: the changes are those between the first and the last timeline."""
    at = timeline
    done: list[Step] = []
    notes: list[Said] = []
    for command, args in steps:
        edited = command.apply(at, args, facts)
        at = edited.timeline
        done += edited.steps
        notes += edited.notes
    return Edited(at, differences(timeline, at) if at is not timeline else (), tuple(done), tuple(notes))


def _plain(value: object) -> Plain:
    return value if isinstance(value, (str, int, float, bool)) or value is None else str(value)


def schema_of(command: CommandEntry) -> dict[str, object]:
    """The JSON Schema (2020-12) of a command's arguments."""
    properties: dict[str, object] = {}
    for param in command.params:
        schema: dict[str, object] = dict(FORMS[param.kind].schema)
        schema["description"] = f"{param.help.en} ({FORMS[param.kind].said.en})"
        if param.choices:
            schema["enum"] = [choice.name for choice in param.choices]
        if param.default is not None:
            schema["default"] = param.default
        if param.kind in ("count",):
            schema |= {k: v for k, v in (("minimum", param.low), ("maximum", param.high)) if v is not None}
        elif param.low is not None or param.high is not None:
            schema["description"] = f"{schema['description']}, {_bounds(param)}"
        properties[param.name] = schema
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": command.name,
        "description": command.help.en,
        "type": "object",
        "properties": properties,
        "required": [param.name for param in command.params if param.required],
        "additionalProperties": False,
    }


def _bounds(param: Param) -> str:
    if param.low is not None and param.high is not None:
        return f"{param.low:g} to {param.high:g}"
    return f"at least {param.low:g}" if param.low is not None else f"at most {param.high:g}"
