"""The instruments: what sounds when a player's instrument is named, and how it wants to be mixed.

One TOML file in `instruments/` is one family; each table in it is one instrument:

    [felt_piano]
    words = ["felt piano", "毛毡钢琴"]      # what a person may call it, English and Chinese, lower case
    range = [28, 100]                     # lowest and highest MIDI pitch that sounds good
    gain_db = 2.0                         # so that velocity 100 in mid-register is as loud as any other instrument
    high_pass_hz = 90                     # mixing hints: all optional
    [[felt_piano.layers]]                 # everything that sounds at once
    preset = [8, 0]                       # bank and program of the SoundFont, or
    voice = "warm_pad"                    # a synthesised voice, with [felt_piano.layers.settings]

Tables are validated whole when first asked for; a fault names file, table, key, and what is allowed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from importlib.resources import files
from typing import Any

from reelscore.errors import DataError, one_of
from reelscore.values.shipped_toml import shipped_toml
from reelscore.values.vocabulary import InstrumentEntry

FAMILIES = (
    "keys", "mallets", "guitar", "bass", "strings", "brass", "winds", "voices", "synth", "drums", "percussion", "fx",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layer:
    """One of the sources that sound together. Exactly one of `preset` and `voice` is set."""

    preset: tuple[int, int] | None = None  # (bank, program)
    bank: str = ""  # a user's file that the preset is of; "" the package's own font. Not in tables
    voice: str = ""
    settings: Mapping[str, float] = field(default_factory=dict)  # of the voice
    gain_db: float = 0.0
    pan: float = 0.0
    transpose: int = 0  # semitones
    cents: float = 0.0
    double_cents: float = 0.0  # > 0: twice, detuned by plus and minus this, left and right
    pitches: tuple[int, ...] = ()  # only these (kits); () for all
    sounds_as: tuple[int, ...] = ()  # the key played for each of `pitches`
    keys: tuple[int, int] = (0, 127)
    velocities: tuple[int, int] = (1, 127)
    low_pass_hz: float = 0.0  # 0: as the font has it
    attack_s: float = 0.0
    release: float = 1.0  # times the font's own
    bright_octaves: float = 0.0  # the filter closes this far from velocity 127 to 0
    vibrato_cents: float = 0.0  # of the player's own, late and growing
    vibrato_db: float = 0.0
    vibrato_hz: float = 5.2
    vibrato_after_s: float = 0.25
    scoop_cents: float = 0.0  # an attack reaches its pitch from this far, more when it is loud
    glide_s: float = 0.0  # a note tied to the one before slides from it within this
    swell_db: float = 0.0  # long notes grow towards their middle
    articulations: tuple[str, ...] = ()  # only these; () for all
    inverted: bool = False  # polarity: two drums that push against each other are none

    def takes(self, pitch: int, velocity: int, articulation: str) -> bool:
        """Does this layer sound for such a note?"""
        return (
            self.keys[0] <= pitch <= self.keys[1]
            and self.velocities[0] <= velocity <= self.velocities[1]
            and (not self.pitches or pitch in self.pitches)
            and (not self.articulations or articulation in self.articulations)
        )

    def key(self, pitch: int) -> int:
        """The key this layer plays for a written pitch."""
        if self.sounds_as:
            return self.sounds_as[self.pitches.index(pitch)]
        return min(127, max(0, pitch + self.transpose))


@dataclass(frozen=True, slots=True)
class Instrument:
    """One instrument. Sends are 0..1 of the dry level; `pan` -1..1; `width` scales the stereo side, 1 = as it is."""

    name: str
    family: str
    words: tuple[str, ...]
    low: int
    high: int
    layers: tuple[Layer, ...]
    gain_db: float = 0.0
    kit: bool = False  # pitches are drums: no transposing, whole strokes whatever their length
    spread: float = 0.0  # how far low keys lie left and high keys right
    vary: float = 1.0  # round-robin: how much two equal strokes differ
    high_pass_hz: float = 0.0
    low_pass_hz: float = 0.0
    presence_db: float = 0.0
    pan: float = 0.0
    width: float = 1.0
    room: float = 0.15
    hall: float = 0.15
    delay: float = 0.0
    crush_bits: float = 0.0  # 0: not crushed
    crush_hz: float = 0.0
    program: int = -1  # General MIDI program (0..127) that stands for it elsewhere; -1: that of its first preset


_Bounds = tuple[float, float]
_INSTRUMENT_NUMBERS: Mapping[str, _Bounds] = {
    "gain_db": (-40, 40), "spread": (0, 1), "vary": (0, 3), "high_pass_hz": (0, 2000), "low_pass_hz": (0, 24000),
    "presence_db": (-12, 12), "pan": (-1, 1), "width": (0, 2), "room": (0, 1), "hall": (0, 1), "delay": (0, 1),
    "crush_bits": (0, 24), "crush_hz": (0, 48000),
}  # fmt: skip
_LAYER_NUMBERS: Mapping[str, _Bounds] = {
    "gain_db": (-60, 24), "pan": (-1, 1), "transpose": (-48, 48), "cents": (-100, 100), "double_cents": (0, 50),
    "low_pass_hz": (0, 24000), "attack_s": (0, 10), "release": (0.01, 20), "bright_octaves": (0, 6),
    "vibrato_cents": (0, 100), "vibrato_db": (0, 12), "vibrato_hz": (0.5, 12), "vibrato_after_s": (0, 5),
    "scoop_cents": (-1200, 1200), "glide_s": (0, 2), "swell_db": (-12, 12),
}  # fmt: skip
_INSTRUMENT_KEYS = {"words", "family", "range", "layers", "kit", "program", *_INSTRUMENT_NUMBERS}
_LAYER_KEYS = {f.name for f in fields(Layer)} - {"bank"}
_ARTICULATIONS = ("", "staccato", "legato", "accent", "ghost", "strum_down", "strum_up")


def instrument(name: str) -> Instrument:
    """The instrument of this name; raises DataError with near names."""
    known = instruments()
    if name not in known:
        raise DataError(f'No instrument is called "{name}".', one_of(name, known))
    return known[name]


@lru_cache(maxsize=1)
def instruments() -> Mapping[str, Instrument]:
    """Every instrument by name, in order of name."""
    found: dict[str, Instrument] = {}
    folder = files("reelscore.perform") / "instruments"
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".toml"):
            for read in _read(shipped_toml(path), path.name):
                if read.name in found:
                    raise DataError(f"{path.name}: [{read.name}] is defined twice.", "Instrument names are unique.")
                found[read.name] = read
    return dict(sorted(found.items()))


def instrument_entries() -> Mapping[str, InstrumentEntry]:
    """What a person may ask for by name."""
    return {name: InstrumentEntry(name, i.words, i.family) for name, i in instruments().items()}


def parse(text: str, file: str) -> list[Instrument]:
    """The instruments of one TOML file; raises DataError naming file, table, key and what is allowed."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise DataError(f"{file}: not TOML ({fault}).") from fault
    return _read(tables, file)


def _read(tables: Mapping[str, Any], file: str) -> list[Instrument]:
    return [_instrument(name, table, f"{file}: [{name}]", file) for name, table in tables.items()]


def _instrument(name: str, table: Any, where: str, file: str) -> Instrument:
    _only(table, _INSTRUMENT_KEYS, where)
    family = table.get("family", file.removesuffix(".toml"))
    if family not in FAMILIES:
        raise DataError(f'{where} family = "{family}".', one_of(str(family), FAMILIES))
    words = table.get("words")
    if not isinstance(words, list) or not words or not all(isinstance(w, str) and w == w.lower() for w in words):
        raise DataError(f"{where} words = {words!r}.", "Give a list of lower-case words, at least one.")
    low, high = _pair(table.get("range"), f"{where} range")
    kit = _flag(table.get("kit", False), f"{where} kit")
    layers = table.get("layers")
    if not isinstance(layers, list) or not layers:
        raise DataError(f"{where} has no layers.", "Give at least one [[...layers]].")
    numbers = {
        key: _number(table[key], bounds, f"{where} {key}")
        for key, bounds in _INSTRUMENT_NUMBERS.items()
        if key in table
    }
    program = _whole([table["program"]], 0, 127, f"{where} program")[0] if "program" in table else -1
    read = tuple(_layer(layer, f"{where} layer {i + 1}") for i, layer in enumerate(layers))
    return Instrument(name, family, tuple(words), low, high, read, kit=kit, program=program, **numbers)


def _layer(table: Any, where: str) -> Layer:
    _only(table, _LAYER_KEYS, where)
    if ("preset" in table) == ("voice" in table):
        raise DataError(f"{where} has both or neither of preset and voice.", "Give exactly one.")
    values: dict[str, Any] = {
        key: _number(table[key], bounds, f"{where} {key}") for key, bounds in _LAYER_NUMBERS.items() if key in table
    }
    if "transpose" in values:
        values["transpose"] = round(values["transpose"])
    if "preset" in table:
        values["preset"] = _whole(table["preset"], 0, 128, f"{where} preset", 2)
    for key in ("pitches", "sounds_as"):
        if key in table:
            values[key] = _whole(table[key], 0, 127, f"{where} {key}")
    if "sounds_as" in values and len(values["sounds_as"]) != len(values.get("pitches", ())):
        raise DataError(f"{where} sounds_as has another length than pitches.", "Give one key for each pitch.")
    for key in ("keys", "velocities"):
        if key in table:
            values[key] = _pair(table[key], f"{where} {key}")
    if "inverted" in table:
        values["inverted"] = _flag(table["inverted"], f"{where} inverted")
    if "articulations" in table:
        values["articulations"] = _articulations(table["articulations"], where)
    if "voice" in table:
        values["voice"] = _text(table["voice"], f"{where} voice")
        settings = table.get("settings", {})
        values["settings"] = {k: _number(v, (-1e6, 1e6), f"{where} settings {k}") for k, v in settings.items()}
    elif "settings" in table:
        raise DataError(f"{where} has settings.", "Only a voice has settings.")
    return Layer(**values)


def _articulations(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise DataError(f"{where} articulations = {value!r}.", "Give a list of articulations.")
    for item in value:
        if item not in _ARTICULATIONS:
            raise DataError(f"{where} articulations has {item!r}.", one_of(str(item), _ARTICULATIONS))
    return tuple(value)


def _only(table: Any, allowed: set[str], where: str) -> None:
    if not isinstance(table, dict):
        raise DataError(f"{where} is {table!r}.", "Give a table.")
    for key in table:
        if key not in allowed:
            raise DataError(f'{where} has no key "{key}".', one_of(key, allowed))


def _number(value: Any, bounds: _Bounds, where: str) -> float:
    low, high = bounds
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
        raise DataError(f"{where} = {value!r}.", f"Give a number from {low:g} to {high:g}.")
    return float(value)


def _flag(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise DataError(f"{where} = {value!r}.", "Give true or false.")
    return value


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise DataError(f"{where} = {value!r}.", "Give a name.")
    return value


def _whole(value: Any, low: int, high: int, where: str, count: int = 0) -> tuple[int, ...]:
    fits = isinstance(value, list) and all(isinstance(v, int) and not isinstance(v, bool) for v in value)
    if not fits or not all(low <= v <= high for v in value) or (count and len(value) != count):
        raise DataError(f"{where} = {value!r}.", f"Give {count or 'a list of'} whole numbers from {low} to {high}.")
    return tuple(value)


def _pair(value: Any, where: str) -> tuple[int, int]:
    low, high = _whole(value, 0, 127, where, 2)
    if low > high:
        raise DataError(f"{where} = {value!r}.", "Give the lower number first.")
    return low, high
