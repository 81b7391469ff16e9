"""Which parameter of a command a quantity is meant for, and what it is there: "+= 3", "×1.2", "0.15" of a size."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from reelscore.converse.clause import plain
from reelscore.converse.quantities import Quantity
from reelscore.converse.settings_words import Settings
from reelscore.values.command import Param, Plain

TAKES = {  # the kinds of quantities that a kind of parameter takes by itself, and those it takes by its name
    "seconds": (("seconds", "frames"), ("number",)), "moment": (("seconds", "timecode", "frames"), ("number",)),
    "percent": (("percent",), ("number",)), "decibels": (("decibels",), ("number",)),
    "degrees": (("degrees",), ("number",)), "number": (("bpm", "fps", "lufs"), ("number",)),
    "factor": (("factor",), ("number", "percent")), "bars": (("bars",), ("number",)), "ratio": (("ratio",), ()),
    "count": (("times", "factor", "parts", "copies", "beats", "count_bars"), ("number",)), "size": (("size",), ("number",)),
}  # fmt: skip
_UNITS = {"bpm": ("bpm",), "fps": ("fps",), "frame_rate": ("fps",), "to": ("lufs",)}
RELATIVE = ("by", "by_db", "bigger", "from_start", "from_end", "shift")
_EITHER = ("to", "by", "db", "by_db")  # one of these, where a command has several
_CUES = {"at": ("at", "from"), "duration": ("for", "over"), "until": ("until",), "to": ("to",), "end": ("until",)}


@dataclass(frozen=True, slots=True)
class Value:
    """A quantity as it was written: with which operator and sign, and whether a name stands before it."""

    q: Quantity
    op: str
    sign: str
    named: bool
    written: str

    @property
    def changes(self) -> bool:
        """Is it added to what there is?"""
        return self.op in ("+=", "-=") or bool(self.sign)

    @property
    def relative(self) -> bool:
        if self.q.kind == "decibels" and self.op in ("=", ":", ":=") and self.sign != "+":
            return self.written.startswith("+")
        return self.q.signed or self.changes or self.q.cue == "by"

    def of(self, entry: Settings, param: Param) -> Plain:
        """The argument that it is for this parameter."""
        value = plain(self.q)
        if isinstance(value, str):
            return f"-{value}" if self.sign == "-" or self.op == "-=" else value
        if (self.sign == "-" and not self.q.signed) or self.op == "-=":
            value = -value
        if param.name == "from_end" or (entry.name == "duck" and param.name == "by"):
            value = abs(value)  # the out point to the left; so much lower
        share = self.q.kind == "number" and 0 < value <= 1 and ("." in self.written or param.name == "size")
        if param.kind == "factor" and self.q.kind == "percent":
            return round(float(value) / 100, 6)  # "speed = 125%"
        return round(100 * value, 6) if param.kind == "percent" and share else value


def parameter(entry: Settings, params: Sequence[Param], value: Value, given: Container[str]) -> Param | None:
    """The one of these parameters that the value is meant for; of equally likely ones the first."""
    either = any(name in given for name in _EITHER)
    fitting = [p for p in params if _takes(entry, p, value) and not (either and p.name in _EITHER)]
    return min(fitting, key=lambda param: _away(param, value), default=None)


def _takes(entry: Settings, param: Param, value: Value) -> bool:
    alone, by_name = TAKES[param.kind]
    if param.kind == "number" and value.q.kind in ("bpm", "fps", "lufs"):
        return value.q.kind in _UNITS.get(param.name, ())
    return value.q.kind in alone or (value.q.kind in by_name and (value.named or _only_number(entry, param)))


def _only_number(entry: Settings, param: Param) -> bool:
    """May a number without a unit be meant for this: "speed 2", "pan L30", "undo 2"?"""
    if param.kind in ("seconds", "moment", "bars"):
        return False
    first = next((p for p in entry.params if p.kind in TAKES), None)
    return param is first or (entry.name == "diff" and param.kind == "count")


def _away(param: Param, value: Value) -> int:
    """How far a parameter is from how the value is said: least where it is a change and said as one."""
    away = 0 if value.q.kind in TAKES[param.kind][0] else 4
    away += 2 * ((param.name in RELATIVE) != value.relative)
    return away - (value.q.cue in _CUES.get(param.name, ()))
