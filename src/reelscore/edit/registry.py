"""All edit commands, found by a sorted look through `edit/commands`: a new command is a new file, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from reelscore.edit.command import Command
from reelscore.edit.refusals import refuse
from reelscore.errors import DataError, nearest, one_of


@cache
def commands() -> Mapping[str, Command]:
    """Every command by name, in alphabetical order."""
    found: dict[str, Command] = {}
    for path in sorted((Path(__file__).parent / "commands").glob("*.py")):
        if path.stem == "__init__":
            continue
        command = getattr(import_module(f"reelscore.edit.commands.{path.stem}"), "COMMAND", None)
        if not isinstance(command, Command) or command.name != path.stem:
            raise DataError(f"edit/commands/{path.name} has no COMMAND named {path.stem!r}.", "Define it there.")
        found[command.name] = command
    return MappingProxyType(found)


def command(name: str) -> Command:
    """The command of this name. Raises EditError with the nearest names."""
    held = commands()
    if name not in held:
        raise refuse("no_such_command", nearest(name[:80], held), ref=name, known=one_of(name[:80], held))
    return held[name]
