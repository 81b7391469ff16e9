"""A timeline that came as text: this program's own JSON, a draft of the Nemo protocol, or a whole history."""

from __future__ import annotations

import json

from reelscore.edit.draft import from_draft
from reelscore.edit.history import loads
from reelscore.edit.timeline_json import from_plain
from reelscore.errors import DataError
from reelscore.values.timeline import Timeline

LARGEST = 64_000_000  # letters


def timeline_in(text: str) -> Timeline:
    """The timeline in this text. Raises DataError where it is none, EditError where it cannot be used."""
    try:
        if len(text) > LARGEST:
            raise ValueError(f"{len(text)} letters are too many")
        held = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError(f"This is no JSON: {str(error)[:120]}.", "Give a timeline, a draft or a history.") from None
    if isinstance(held, dict) and "versions" in held:
        return loads(text).timeline
    if isinstance(held, dict) and "schema" in held:
        return from_plain(held)
    return from_draft(held)
