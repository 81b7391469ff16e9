"""What a language model is to the conversation: something that is asked once, and answers with JSON or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Asking:
    """One request: what to do, the person's message and the timeline as data, and the JSON Schema of the answer."""

    instructions: str
    data: str
    schema: Mapping[str, object]


class Planner(Protocol):
    """Proposes edits. What it says is checked like anything else from outside."""

    below: float  # it is asked where the rules are less sure than this, or missed something

    def plan(self, asking: Asking) -> object:
        """The answer, parsed from JSON. Raises PlannerError where there is none in time."""


class PlannerError(Exception):
    """No usable answer: too late, refused, unreachable, nonsense. The rules' reading counts then."""
