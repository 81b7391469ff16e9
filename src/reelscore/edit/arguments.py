"""Arguments of a command, read once at the border: typed, bounded, or refused by name.

Inside a command the types are trusted. Numbers are finite, lengths are exact, choices are names of the table,
references are text that `targets` resolves against the timeline at hand.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from reelscore.edit.amounts import colour_of, factor_of, length_of, number_of, plain_length, ratio_of, size_of
from reelscore.edit.refusals import refuse
from reelscore.values.command import Choice, CommandEntry, Param, Plain, Said, Value
from reelscore.values.time import Seconds
from reelscore.values.timeline import Timeline

_LONGEST_TEXT = 5_000
_LONGEST_NAME = 300
_LARGEST = 10**18
_FINEST = 10**6  # a float of seconds is the simple fraction it was made of: 6.1666... is 37/6, 0.1 is 1/10
_INVISIBLE = "\n\t\u200b\u200c\u200d\u200e\u200f\u2028\u2060\ufeff\ufe0f"  # that scripts, emoji and files need
_YES = ("yes", "true", "on", "1", "y", "是", "开", "要", "打开")
_NO = ("no", "false", "off", "0", "n", "否", "关", "不", "不要", "关闭")
_MOMENTS = {
    "start": "start", "beginning": "start", "the start": "start", "the beginning": "start", 
    "开头": "start", "开始": "start",
    "middle": "middle", "the middle": "middle", "halfway": "middle", "half": "middle",
    "中间": "middle", "一半": "middle",
    "end": "end", "the end": "end", "结尾": "end", "最后": "end", "末尾": "end", "结束": "end",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of parameter: how it is told to people, its JSON schema, its sign on the command line, its reader."""

    said: Said
    schema: Mapping[str, object]
    metavar: str
    read: Callable[[Plain, Param, Timeline], Value]


class Arguments:
    """Read arguments, typed by the getter. A name without a value and without a default is absent."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = values

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def exact(self, name: str) -> Fraction:
        """Seconds, moments, factors, ratios."""
        value = self._values[name]
        assert isinstance(value, Fraction)
        return value

    def maybe_exact(self, name: str) -> Fraction | None:
        return self.exact(name) if name in self else None

    def number(self, name: str) -> float:
        """Percents, decibels, degrees, plain numbers."""
        value = self._values[name]
        assert isinstance(value, (int, float))
        return float(value)

    def maybe_number(self, name: str) -> float | None:
        return self.number(name) if name in self else None

    def count(self, name: str) -> int:
        value = self._values[name]
        assert isinstance(value, int)
        return value

    def switch(self, name: str) -> bool:
        return bool(self._values[name])

    def text(self, name: str) -> str:
        """Text, choices, colours, references, bars, sizes; "" where absent."""
        return str(self._values.get(name) or "")


def read(command: CommandEntry, raw: Mapping[str, object], timeline: Timeline) -> Arguments:
    """The arguments of this command. Raises EditError for unknown, missing, unreadable or unbounded ones."""
    params = {param.name: param for param in command.params}
    for name in raw:
        if name not in params:
            raise refuse("no_such_param", params, command=command.name, ref=name)
    values: dict[str, Value] = {}
    for param in command.params:
        given = raw.get(param.name)
        if given is None or given == "":
            if param.required and not (given == "" and param.kind == "text"):
                raise _missing(command, param)
            given = param.default
        if given is not None:
            values[param.name] = _read(command, param, given, timeline)
    return Arguments(values)


def _missing(command: CommandEntry, param: Param) -> Exception:
    shown = next((str(e.args[param.name]) for e in command.examples if param.name in e.args), "")
    return refuse("missing", command=command.name, name=param.name, help=param.help, example=shown)


def _read(command: CommandEntry, param: Param, given: object, timeline: Timeline) -> Value:
    form = FORMS[param.kind]
    if isinstance(given, int) and abs(given) >= _LARGEST:
        given = "a number beyond all bounds"
    sane = isinstance(given, (str, int, float, bool)) and not (isinstance(given, float) and not math.isfinite(given))
    value = form.read(given, param, timeline) if sane and isinstance(given, (str, int, float, bool)) else None
    if value is None:
        raise refuse("unreadable", name=_called(command, param), value=given, form=form.said)
    if param.kind != "text" and isinstance(value, (int, float, Fraction)) and not isinstance(value, bool):
        low, high = param.low, param.high
        if (low is not None and value < low) or (high is not None and value > high):
            ends = {"low": _shown(low, param), "high": _shown(high, param)}
            raise refuse("outside", name=_called(command, param), value=given, **ends)
    return value


def _called(command: CommandEntry, param: Param) -> Said:
    """A parameter in a message: by its name in English, by what it means in Chinese."""
    return Said(f"{command.name}: {param.name}", param.help.zh.split("；")[0])


def _shown(bound: float | None, param: Param) -> str:
    if bound is None:
        return "-"
    if param.kind in ("seconds", "moment"):
        return plain_length(Fraction(bound))
    return f"{bound:g}" + {"percent": "%", "decibels": " dB", "degrees": "°"}.get(param.kind, "")


def _seconds(given: Plain, _: Param, timeline: Timeline) -> Fraction | None:
    if isinstance(given, bool):
        return None
    if isinstance(given, (int, float)):
        return Fraction(given).limit_denominator(_FINEST) if abs(given) < 1e9 else None
    return length_of(given[:64], timeline.canvas.frame) if isinstance(given, str) else None


def _moment(given: Plain, param: Param, timeline: Timeline) -> Fraction | None:
    end = timeline.duration
    if isinstance(given, str) and (name := _MOMENTS.get(given.strip().lower())):
        return {"start": Fraction(0), "middle": end / 2, "end": end}[name]
    at: Seconds | None = _seconds(given, param, timeline)
    if at is None or at >= 0:
        return at
    if -at > end:
        raise refuse("after_the_end", at=plain_length(at), what=Said("the film", "影片"), length=plain_length(end))
    return end + at


def _measure(*units: str) -> Callable[[Plain, Param, Timeline], float | None]:
    def reader(given: Plain, _: Param, __: Timeline) -> float | None:
        if isinstance(given, bool):
            return None
        if isinstance(given, (int, float)):
            return float(given)
        return number_of(given[:64], *units) if isinstance(given, str) else None

    return reader


def _factor(given: Plain, _: Param, __: Timeline) -> Fraction | None:
    return None if isinstance(given, bool) else factor_of(str(given)[:64])


def _count(given: Plain, param: Param, timeline: Timeline) -> int | None:
    number = _measure("times", "次", "遍")(given, param, timeline)
    return int(number) if number is not None and number == int(number) and abs(number) < 1e9 else None


def _switch(given: Plain, _: Param, __: Timeline) -> bool | None:
    plain = str(given).strip().lower()
    return True if plain in _YES else False if plain in _NO else None


def _choice(given: Plain, param: Param, _: Timeline) -> str:
    plain = str(given).strip().lower()
    for choice in param.choices:
        if plain in (choice.name, choice.name.replace("_", " "), *choice.en, *choice.zh):
            return choice.name
    raise refuse("no_such_choice", _nearest(plain, param), name=Said(param.name, param.help.zh), value=given)


def _nearest(plain: str, param: Param) -> list[Said]:
    """All choices, those that look most like it first."""
    from rapidfuzz import fuzz

    def likeness(choice: Choice) -> float:
        return max(fuzz.ratio(plain[:40], word) for word in (choice.name, *choice.en, *choice.zh))

    ordered = sorted(param.choices, key=likeness, reverse=True)
    return [Said(choice.name, choice.zh[0] if choice.zh else choice.name) for choice in ordered]


def _text(given: Plain, param: Param, _: Timeline) -> str | None:
    text = str(given).replace("\r\n", "\n").replace("\r", "\n")
    sane = all(c.isprintable() or c in _INVISIBLE for c in text)
    return text if len(text) <= (param.high or _LONGEST_TEXT) and sane else None


def _name(given: Plain, _: Param, __: Timeline) -> str | None:
    text = f"{given:g}" if isinstance(given, float) else str(given)
    return text if len(text) <= _LONGEST_NAME and all(c.isprintable() or c == "\u200d" for c in text) else None


def _colour(given: Plain, _: Param, __: Timeline) -> str | None:
    return colour_of(str(given)[:40])


def _reference(given: Plain, _: Param, __: Timeline) -> str | None:
    text = str(given)
    return text if not isinstance(given, bool) and text.strip() and len(text) <= 500 and text.isprintable() else None


def _bars(given: Plain, _: Param, __: Timeline) -> str | None:
    plain = re.sub(r"bars?|measures?|第|小节|\s", "", str(given).lower())
    found = re.fullmatch(r"(\d{1,5})(?:(?:[-–—~至到]|to)(\d{1,5}))?", plain)
    if not found or not 1 <= int(found[1]) <= int(found[2] or found[1]):
        return None
    return f"{int(found[1])}-{int(found[2] or found[1])}"


def _ratio(given: Plain, _: Param, __: Timeline) -> Fraction | None:
    ratio = ratio_of(str(given)[:40])
    return ratio if ratio is not None and Fraction(1, 8) <= ratio <= 8 else None


def _size(given: Plain, _: Param, timeline: Timeline) -> str | None:
    size = size_of(str(given)[:40], timeline.canvas.width, timeline.canvas.height)
    return None if size is None else f"{size[0]}x{size[1]}"


_LENGTHS = {"anyOf": [{"type": "number"}, {"type": "string"}]}
_NAME = {"anyOf": [{"type": "string"}, {"type": "integer"}]}
FORMS: dict[str, Form] = {
    "seconds": Form(Said("a length such as 2.5, 1:05, 12f", "时长，如 2.5、1:05、12帧"), _LENGTHS, "SECONDS", _seconds),
    "moment": Form(
        Said("a time such as 2.5, 1:05, middle, end, -3", "时间，如 2.5、1:05、中间、结尾、-3"),
        _LENGTHS,
        "TIME",
        _moment,
    ),
    "percent": Form(
        Said("a percentage such as 35", "百分比，如 35"), _LENGTHS, "PERCENT", _measure("%", "percent", "pct")
    ),
    "decibels": Form(Said("decibels such as -6", "分贝，如 -6"), _LENGTHS, "DB", _measure("db", "分贝")),
    "degrees": Form(
        Said("degrees such as 90", "角度，如 90"), _LENGTHS, "DEGREES", _measure("°", "degrees", "degree", "deg", "度")
    ),
    "number": Form(Said("a number such as 0.5", "数字，如 0.5"), _LENGTHS, "NUMBER", _measure("fps", "帧", "lufs")),
    "factor": Form(Said("a factor such as 2, 0.5, 1/2", "倍数，如 2、0.5、1/2"), _LENGTHS, "FACTOR", _factor),
    "count": Form(Said("a whole number such as 3", "整数，如 3"), {"type": "integer"}, "COUNT", _count),
    "switch": Form(Said("yes or no", "是或否"), {"type": "boolean"}, "YES/NO", _switch),
    "choice": Form(Said("one of the names", "其中一个名称"), {"type": "string"}, "NAME", _choice),
    "text": Form(Said("plain text", "普通文字"), {"type": "string"}, "TEXT", _text),
    "name": Form(Said("a short name", "简短的名称"), {"type": "string"}, "NAME", _name),
    "colour": Form(
        Said("a colour such as red or #ff8800", "颜色，如红色或 #ff8800"), {"type": "string"}, "COLOUR", _colour
    ),
    "segment": Form(Said("what to edit, such as clip 2", "要编辑的内容，如片段2"), _NAME, "WHICH", _reference),
    "segments": Form(
        Said("what to edit, such as the music or all clips", "要编辑的内容，如音乐、所有片段"),
        _NAME,
        "WHICH",
        _reference,
    ),
    "track": Form(Said("a track, such as BGM or 2", "轨道，如 BGM 或 2"), _NAME, "TRACK", _reference),
    "media": Form(Said("a file's name", "文件名"), _NAME, "FILE", _reference),
    "bars": Form(Said("bars such as 9-16", "小节，如 9-16"), _NAME, "BARS", _bars),
    "ratio": Form(Said("a shape such as 9:16", "比例，如 9:16"), {"type": "string"}, "RATIO", _ratio),
    "size": Form(
        Said("a size such as 1080p or 1920x1080", "尺寸，如 1080p 或 1920x1080"), {"type": "string"}, "SIZE", _size
    ),
}
