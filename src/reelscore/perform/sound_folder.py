"""Reads a user's sounds: a folder with a table, one without, or a single file (`library` says what the table holds).

Nothing outside the folder is read, whatever table, links or instruments in it say.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from reelscore.errors import DataError, one_of
from reelscore.perform.played_sounds import Described, Replacement, Sounds
from reelscore.perform.sfz import PRESET
from reelscore.perform.sfz_text import inside
from reelscore.perform.tables import instruments

TABLE = "sounds.toml"
FONTS, INSTRUMENTS = (".sf2", ".sf3"), (".sfz",)
_MOST_FILES, _LONGEST_TABLE, _LONGEST_TEXT = 5000, 1 << 20, 4000


def load_sounds(place: Path) -> Sounds:
    """The sounds in a user's folder or file, as the module's head describes. Raises DataError."""
    if place.is_file():
        return _one_file(place)
    if not place.is_dir():
        raise DataError(f"{place.name}: no such file or folder.", "Name a folder of sounds, a .sf2, .sf3 or .sfz file.")
    table = place / TABLE
    return _told(table, place) if table.is_file() else _guessed(place)


def _one_file(file: Path) -> Sounds:
    if file.suffix.lower() in FONTS:
        return Sounds(file.parent, general=file)
    if file.suffix.lower() not in INSTRUMENTS:
        raise DataError(f"{file.name} is no sound font.", "Name a folder of sounds, a .sf2, .sf3 or .sfz file.")
    name = _named(file)
    if name is None:
        hint = f"Call it after an instrument (grand_piano.sfz), or write a {TABLE} beside it and name the folder."
        raise DataError(f"{file.name} is not called after any instrument.", hint)
    return Sounds(file.parent, {name: Replacement(file)})


def _guessed(folder: Path) -> Sounds:
    """A folder that says nothing of itself."""
    found = sorted(path for path in _walk(folder) if path.suffix.lower() in (*FONTS, *INSTRUMENTS))
    fonts = [path for path in found if path.suffix.lower() in FONTS]
    if len(fonts) > 1:
        names = ", ".join(path.name for path in fonts[:6])
        raise DataError(
            f"{folder.name} holds {len(fonts)} fonts: {names}.", f"Say which in {TABLE} (general_midi = ...)."
        )
    replaced: dict[str, Replacement] = {}
    notes: list[str] = []
    for path in found:
        name = _named(path) if path not in fonts else None
        if name is not None and name not in replaced:
            replaced[name] = Replacement(path)
        elif path not in fonts:
            notes.append(f"{path.name} is not called after an instrument: {TABLE} can say what plays it.")
    if not fonts and not replaced:
        raise DataError(f"{folder.name} holds no sounds that an instrument is called after.", notes[0] if notes else "")
    return Sounds(folder, replaced, fonts[0] if fonts else None, notes=tuple(notes))


def _walk(folder: Path) -> list[Path]:
    """Files two folders deep."""
    found: list[Path] = []
    for pattern in ("*", "*/*", "*/*/*"):
        for path in folder.glob(pattern):
            if len(found) >= _MOST_FILES:
                raise DataError(f"{folder.name} holds more than {_MOST_FILES} files.", f"Write a {TABLE} into it.")
            if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
                found.append(path)
    return found


def _named(file: Path) -> str | None:
    """The instrument that a file is called after, by its name or a word for it."""
    said = file.stem.lower().replace("_", " ").replace("-", " ").strip()
    known = instruments()
    if said.replace(" ", "_") in known:
        return said.replace(" ", "_")
    return next((name for name, one in known.items() if said in one.words), None)


def _told(table: Path, folder: Path) -> Sounds:
    """A folder with a table."""
    try:
        with table.open("rb") as file:
            data = file.read(_LONGEST_TABLE + 1)
        if len(data) > _LONGEST_TABLE:
            raise DataError(f"{TABLE}: {len(data)} bytes.", "A table of sounds has some kilobytes.")
        said = tomllib.loads(data.decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise DataError(f"{TABLE}: cannot be read ({fault}).", "It should be TOML in UTF-8.") from fault
    about = Described(*(_text(said.pop(key, ""), key) for key in ("title", "licence", "source")))
    general = said.pop("general_midi", None)
    font = _file(general, "general_midi", folder, FONTS) if general is not None else None
    replaced = {name: _replacement(name, entry, folder) for name, entry in said.items()}
    if font is None and not replaced:
        raise DataError(f"{TABLE} names no sounds.", 'Write general_midi = "x.sf2", or a table such as [grand_piano].')
    return Sounds(folder, replaced, font, about)


def _replacement(name: str, entry: Any, folder: Path) -> Replacement:
    where = f"{TABLE}: [{name}]"
    if name not in instruments():
        raise DataError(f"{where}: no instrument is called so.", one_of(name, instruments()))
    allowed = ("file", "preset", "gain_db", "transpose", "beside")
    if not isinstance(entry, dict):
        raise DataError(f"{where} = {entry!r}.", "Give a table with file = ....")
    for key in entry:
        if key not in allowed:
            raise DataError(f'{where} has no key "{key}".', one_of(key, allowed))
    file = _file(entry.get("file"), f"{where} file", folder, (*FONTS, *INSTRUMENTS))
    preset = entry.get("preset", list(PRESET))
    if not isinstance(preset, list) or len(preset) != 2 or not all(type(v) is int and 0 <= v <= 128 for v in preset):
        raise DataError(f"{where} preset = {preset!r}.", "Give bank and program, such as [0, 48].")
    gain_db, transpose, beside = entry.get("gain_db", 0), entry.get("transpose", 0), entry.get("beside", False)
    if type(gain_db) not in (int, float) or not -40 <= gain_db <= 40:
        raise DataError(f"{where} gain_db = {gain_db!r}.", "Give a number from -40 to 40.")
    if type(transpose) is not int or not -48 <= transpose <= 48:
        raise DataError(f"{where} transpose = {transpose!r}.", "Give whole semitones from -48 to 48.")
    if type(beside) is not bool:
        raise DataError(f"{where} beside = {beside!r}.", "Give true or false.")
    return Replacement(file, (preset[0], preset[1]), float(gain_db), transpose, beside)


def _file(value: Any, where: str, folder: Path, suffixes: tuple[str, ...]) -> Path:
    path = inside(folder, _text(value, where), where)
    if path.suffix.lower() not in suffixes or not path.is_file():
        raise DataError(f'{where} = "{value}".', f"Give a {' or '.join(suffixes)} file in the folder of sounds.")
    return path


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise DataError(f"{TABLE}: {where} = {str(value)[:100]!r}.", "Give text in quotes.")
    return value
