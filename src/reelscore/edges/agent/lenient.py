"""The JSON in what a model wrote: alone, in a fence, or after some prose. Bounded in size and depth."""

from __future__ import annotations

import json
from typing import NoReturn

from reelscore.edges.agent.planner import PlannerError

MOST_LETTERS = 65_536
MOST_DEPTH = 12


def json_in(text: str) -> object:
    """The first JSON object in the text. Raises PlannerError where there is none."""
    if len(text) > MOST_LETTERS:
        raise PlannerError(f"an answer of {len(text)} letters")
    decoder = json.JSONDecoder(parse_constant=_no_number)
    at = text.find("{")
    tries = 0
    while at >= 0 and tries < 20:
        try:
            found, _ = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            at, tries = text.find("{", at + 1), tries + 1
            continue
        if _depth(found) > MOST_DEPTH:
            break
        return found
    raise PlannerError(f"no JSON in {text[:60]!r}")


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _depth(value: object, level: int = 0) -> int:
    if level > MOST_DEPTH:
        return level
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return max((_depth(item, level + 1) for item in held), default=level)
