"""A Piece as JSON and back: exact, and equal pieces give equal bytes."""

from __future__ import annotations

import json

from reelscore.errors import DataError
from reelscore.values.codec import dumps, from_json
from reelscore.values.piece import SCHEMA, Piece


def piece_json(piece: Piece) -> str:
    """JSON text: `{"schema": ..., "piece": {...}}`."""
    return dumps({"schema": SCHEMA, "piece": piece}, indent=None)


def read_piece_json(text: str) -> Piece:
    """A piece from its JSON text. Raises DataError naming the place of a fault."""
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as fault:
        raise DataError(f"This is no JSON: {fault}.", "Use a piece.json that Reelscore wrote.") from None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        found = data.get("schema") if isinstance(data, dict) else data
        raise DataError(f"This is no piece: its schema is {found!r:.60}.", f"Expected {SCHEMA}.")
    return from_json(Piece, data.get("piece"), "piece")
