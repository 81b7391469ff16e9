"""The Score as JSON and back: exact, and equal scores give equal bytes."""

from __future__ import annotations

import json

from reelscore.errors import DataError
from reelscore.values.codec import dumps, from_json
from reelscore.values.score import Score

SCHEMA = "reelscore.score/1"


def score_json(score: Score) -> str:
    """JSON text of a score: `{"schema": ..., "score": {...}}`. Beats and seconds are written as exact fractions."""
    return dumps({"schema": SCHEMA, "score": score})


def read_score(text: str) -> Score:
    """A score from its JSON text. Raises DataError naming the place of a fault."""
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as fault:
        raise DataError(f"This is no JSON: {fault}.", "Use a score.json that Reelscore wrote.") from None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        found = data.get("schema") if isinstance(data, dict) else data
        raise DataError(f"This is no score: its schema is {found!r:.60}.", f"Expected {SCHEMA}.")
    return from_json(Score, data.get("score"), "score")
