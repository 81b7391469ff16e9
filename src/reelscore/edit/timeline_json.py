"""A timeline as JSON, with the number of its schema. Exact both ways; what is as usual is left out.

{"schema": 1, "canvas": {...}, "tracks": [...], "media": [...], ...}: the fields of `values/timeline.py`, times as exact
fractions of a second ("5", "1/3"). A gap is an item with nothing but its duration. docs/timeline.schema.json tells it
to other programs.

When the schema changes, `SCHEMA` grows by one and both tables get a step, so that old files open here and new ones can
be written for older readers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from reelscore.edit.refusals import refuse
from reelscore.edit.validate import checked
from reelscore.errors import DataError, EditError
from reelscore.values.codec import from_json, to_json
from reelscore.values.timeline import Timeline

SCHEMA = 1
LARGEST = 64_000_000  # letters
Plain = dict[str, Any]  # JSON as it is read
Step = Callable[[Plain], Plain]
UPGRADES: Mapping[int, Step] = {}  # from this schema to the next
DOWNGRADES: Mapping[int, Step] = {}  # from this schema to the one before; raises EditError for what that cannot hold


def dumps(timeline: Timeline, schema: int = SCHEMA, indent: int | None = 1) -> str:
    """JSON text of this schema, ending in a newline; equal timelines give equal text."""
    data = downgraded({"schema": SCHEMA, **to_json(timeline, sparse=True)}, schema)
    return json.dumps(data, ensure_ascii=False, indent=indent) + "\n"


def loads(text: str) -> Timeline:
    """The timeline in this text, of any schema so far. Raises EditError: no JSON, a newer schema, a wrong timeline."""
    if len(text) > LARGEST:
        raise refuse("invalid", what=f"its text has {len(text)} letters", hint=f"At most {LARGEST} are read.")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = str(error)[:200]
        raise refuse("invalid", what=f"it is no JSON ({reason})", hint="Give the text that was written.") from None
    return from_plain(data)


def from_plain(data: object) -> Timeline:
    """The timeline in this JSON object. Raises EditError."""
    if not isinstance(data, dict):
        raise refuse("invalid", what="it is no JSON object", hint='It begins with {"schema": 1.')
    plain = upgraded(data)
    try:
        return checked(from_json(Timeline, {key: value for key, value in plain.items() if key != "schema"}))
    except (DataError, RecursionError) as error:
        held = error.message if isinstance(error, DataError) else "it is nested without end"
        raise refuse("invalid", what=held.rstrip("."), hint=getattr(error, "hint", "")) from None


def upgraded(data: Plain, steps: Mapping[int, Step] = UPGRADES, to: int = SCHEMA) -> Plain:
    """The same in the newest schema. Raises EditError for no schema, or one from the future."""
    schema = data.get("schema")
    if type(schema) is not int or schema < min((*steps, to)):
        raise refuse("invalid", what=f"its schema is {str(schema)[:40]!r}", hint=f'It needs "schema": 1 to {to}.')
    if schema > to:
        hint = f"This version reads up to {to}: update it, or write the file for schema {to}."
        raise refuse("invalid", what=f"its schema {schema} is newer than this program", hint=hint)
    while schema < to:
        data = {**steps[schema](data), "schema": schema + 1}
        schema += 1
    return data


def downgraded(data: Plain, schema: int, steps: Mapping[int, Step] = DOWNGRADES) -> Plain:
    """The same for an older reader. Raises EditError where there is no such schema, or it cannot hold this."""
    now = int(data["schema"])
    if schema > now or any(n not in steps for n in range(schema + 1, now + 1)):
        known = sorted({now, *(n - 1 for n in steps)})
        raise refuse("invalid", what=f"there is no schema {schema} to write", hint=f"There is: {known}.")
    for n in range(now, schema, -1):
        data = {**steps[n](data), "schema": n - 1}
    return data


__all__ = ["SCHEMA", "EditError", "downgraded", "dumps", "from_plain", "loads", "upgraded"]
