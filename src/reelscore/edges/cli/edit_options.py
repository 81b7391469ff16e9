"""The options of `reelscore edit`, as the command's own table says them; files and texts among them are taken in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reelscore.edges.cli.words import one_line
from reelscore.errors import EditError, one_of
from reelscore.values.command import CommandEntry, Param, Plain

_TEXTS = (".srt", ".vtt", ".lrc", ".txt")
_LARGEST_TEXT = 4_000_000  # bytes


def arguments(
    entry: CommandEntry, typed: Sequence[str], media: Sequence[object] = ()
) -> tuple[dict[str, Plain], list[Path], dict[str, str]]:
    """--name value pairs as a command's arguments; files named among them, to be taken in; texts, to be read.

    A switch may stand alone. Raises EditError for an option that the command does not have.
    """
    known = {param.name: param for param in entry.params}
    args: dict[str, Plain] = {}
    files: list[Path] = []
    texts: dict[str, str] = {}
    rest = list(typed)
    while rest:
        option = rest.pop(0)
        if not option.startswith("--"):
            raise EditError(f'"{one_line(option)[:60]}" stands alone.', f"Write {_form(entry)}.")
        key, glued, value = option[2:].partition("=")
        key = key.replace("-", "_")
        if key not in known:
            raise EditError(f"{entry.name} has no --{one_line(key)[:40]}.", one_of(key, known))
        param = known[key]
        if not glued:
            alone = param.kind == "switch" and (not rest or rest[0].startswith("--"))
            if not alone and not rest:
                raise EditError(f"--{key} needs a value.", f"Write {_form(entry)}.")
            value = "yes" if alone else rest.pop(0)
        args[key] = _read(param, value, files, texts, media)
    return args, files, texts


def _read(param: Param, value: str, files: list[Path], texts: dict[str, str], media: Sequence[object]) -> str:
    """The value as the command reads it: a file of the disk becomes a medium or a text of the project."""
    path = Path(value)
    if param.kind not in ("media", "text") or not path.suffix or not path.is_file():
        return value
    if param.kind == "media" and not any(getattr(medium, "name", "") == value for medium in media):
        files.append(path)
        return path.name
    if param.kind == "text" and path.suffix.lower() in _TEXTS:
        if path.stat().st_size > _LARGEST_TEXT:
            raise EditError(f'"{one_line(path.name)}" is too large for a text.', "At most 4 MB are read.")
        texts[path.name] = path.read_text(encoding="utf-8-sig", errors="replace")
        return texts[path.name]
    return value


def _form(entry: CommandEntry) -> str:
    options = " ".join(f"--{p.name} ..." if p.required else f"[--{p.name} ...]" for p in entry.params[:4])
    return f"{entry.name} {options}"
