"""Edits written as JSON: {"command": "trim", "which": "s2", "to": 6}, {"trim": {...}}, a list of them, or "steps": [...].

Read only where every name is one of the command's own parameters and every value is plain; then the edit stage judges
them as it judges what is typed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from reelscore.converse.settings_words import Lexicon, Settings, atoms
from reelscore.converse.tables import table
from reelscore.values.command import Plain, Step
from reelscore.values.message import Action, Asked

_ONE = re.compile(r"[a-z]+[ _]?\d{1,4}")
_NAMES = ("command", "action", "edit", "op", "operation", "name", "type", "tool", "function")
_ARGS = ("args", "arguments", "params", "parameters", "input")
_LISTS = ("steps", "commands", "edits", "actions", "operations", "batch")


def from_json(text: str, words: Lexicon) -> tuple[Asked, ...] | None:
    """The edits of a message that is JSON; None where it is not, or where any part of it is unknown."""
    text = text.strip().removeprefix("```json").strip("` \n")
    if not text.startswith(("{", "[")):
        return None
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return None
    rows = held if isinstance(held, list) else [held]
    if isinstance(held, dict):
        rows = next((held[name] for name in _LISTS if isinstance(held.get(name), list)), rows)
    made = [asked for row in rows for asked in _row(row, words)]
    return tuple(one for one in made if one) if made and all(made) else None


def _row(row: object, words: Lexicon) -> Iterator[Asked | None]:
    if not isinstance(row, dict):
        yield None
        return
    name = next((key for key in _NAMES if isinstance(row.get(key), str) and row[key] in words.entries), "")
    if name:
        rest = {key: value for key, value in row.items() if key != name}
        inner = next((rest[key] for key in _ARGS if isinstance(rest.get(key), dict)), rest)
        yield _asked(words.entries[row[name]], inner)
        return
    for key, args in row.items():
        known = words.entries.get(key) if isinstance(args, dict) else None
        yield _asked(known, args) if known else None


def _asked(entry: Settings, held: Mapping[str, object]) -> Asked | None:
    args: dict[str, Plain] = {}
    for key, value in held.items():
        named = entry.param(key) or next(iter(entry.keys.get(atoms(key), ())), None)
        if named is None and key in ("target", "segment", "id", "segment_id", "clip"):
            named = entry.which
        if named is None or named.name in args or not isinstance(value, (str, int, float, bool)):
            return None
        if entry.name in table("settings")["read"]["takes_away"] and not _ONE.fullmatch(str(value)):
            return None  # only a thing by its id or number is taken away so
        args[named.name] = value
    return Action(entry.name, tuple(args.items())) if entry.action else Step(entry.name, tuple(args.items()))
