"""Values to JSON and back, driven by their own types.

Fractions are written as "n/d" (or "n"), so nothing is lost; infinities as null for floats. Dataclasses become objects
in field order, so equal values give equal bytes; `sparse` leaves out fields that hold their default. Of a union of
dataclasses (`Segment | Gap`) the first one is built that has all the keys. `from_json` checks shape as it builds and
names the place of a fault; nothing in the text can make it build a number of unbounded size.
"""

from __future__ import annotations

import dataclasses
import json
import math
import re
import types
import typing
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from reprlib import repr as brief
from typing import Any, TypeVar

from reelscore.errors import DataError

T = TypeVar("T")
_PLAIN = frozenset((str, int, bool, type(None)))
_COMPACT = json.JSONEncoder(ensure_ascii=False)
_EXACT = re.compile(r"[+-]?\d{1,400}(?:/\d{1,400}|\.\d{1,400})?")


def to_json(value: Any, sparse: bool = False) -> Any:
    """Plain lists, dicts, text and numbers for any value of this package."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if kind is Fraction:
        return str(value)
    if kind is float:
        return value if math.isfinite(value) else None
    if kind is tuple or kind is list:
        return [to_json(item, sparse) for item in value]
    if dataclasses.is_dataclass(value) and kind is not type:
        held = ((name, getattr(value, name), default) for name, default in _fields(kind))
        return {name: to_json(item, sparse) for name, item, default in held if not (sparse and item == default)}
    if isinstance(value, dict):
        return {str(key): to_json(item, sparse) for key, item in value.items()}
    if isinstance(value, Fraction):
        return str(Fraction(value))
    if isinstance(value, (tuple, list)):
        return [to_json(item, sparse) for item in value]
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    return value


def dumps(value: Any, indent: int | None = 1) -> str:
    """Stable JSON text, ending in a newline."""
    plain = to_json(value)
    return (_COMPACT.encode(plain) if indent is None else _spread(plain, "\n", " " * indent)) + "\n"


def _spread(plain: Any, line: str, step: str) -> str:
    """What `json.dumps` gives with an indent of `step`; its own way there is several times slower. `line`: what begins
    a line at this depth."""
    if type(plain) is dict and plain:
        inner = line + step
        told = [f"{_COMPACT.encode(key)}: {_spread(item, inner, step)}" for key, item in plain.items()]
        return f"{{{inner}{f',{inner}'.join(told)}{line}}}"
    if type(plain) is list and plain:
        inner = line + step
        return f"[{inner}{f',{inner}'.join([_spread(item, inner, step) for item in plain])}{line}]"
    return _COMPACT.encode(plain)


def from_json(kind: type[T], data: Any, where: str = "") -> T:
    """Build a value of this type; raises DataError naming the place that does not fit."""
    return typing.cast(T, _build(kind, data, where or kind.__name__))


_REQUIRED = object()


@lru_cache(maxsize=256)
def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    """Every field with its default; fields that must be given are equal to nothing."""
    held = dataclasses.fields(kind)
    missing = dataclasses.MISSING
    return tuple(
        (f.name, f.default if f.default is not missing else _REQUIRED if f.default_factory is missing
         else f.default_factory()) for f in held
    )  # fmt: skip


@lru_cache(maxsize=256)
def _needed(kind: type) -> frozenset[str]:
    return frozenset(name for name, default in _fields(kind) if default is _REQUIRED)


@lru_cache(maxsize=256)
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _build(kind: Any, data: Any, where: str) -> Any:
    origin = typing.get_origin(kind)
    if kind is Any:
        return data
    if origin in (typing.Union, types.UnionType):
        options = typing.get_args(kind)
        if data is None and type(None) in options:
            return None
        return _build(_option([o for o in options if o is not type(None)], data), data, where)
    if origin is tuple:
        if not isinstance(data, list):
            raise DataError(f"{where}: expected a list, found {brief(data)}.")
        args = typing.get_args(kind)
        if args[-1] is not Ellipsis and len(args) != len(data):
            raise DataError(f"{where}: expected {len(args)} items, found {len(data)}.")
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(_build(args[0], item, f"{where}[{i}]") for i, item in enumerate(data))
        return tuple(_build(a, item, f"{where}[{i}]") for i, (a, item) in enumerate(zip(args, data, strict=True)))
    if dataclasses.is_dataclass(kind):
        if not isinstance(data, dict):
            raise DataError(f"{where}: expected an object, found {brief(data)}.")
        hints = _hints(typing.cast(type, kind))
        unknown = sorted(set(data) - set(hints))
        if unknown:
            raise DataError(f"{where}: unknown key {unknown[0]!r}.", f"Known: {', '.join(hints)}.")
        missing = _needed(typing.cast(type, kind)) - set(data)
        if missing:
            raise DataError(f"{where}: {min(missing)!r} is missing.")
        make = typing.cast(Callable[..., Any], kind)
        return make(**{name: _build(hints[name], item, f"{where}.{name}") for name, item in data.items()})
    try:
        if kind is Fraction and (type(data) is int or (isinstance(data, str) and _EXACT.fullmatch(data))):
            return Fraction(data)
        if kind is float and not isinstance(data, bool):
            return -math.inf if data is None else float(data)
    except (ValueError, ZeroDivisionError, TypeError, OverflowError):
        raise DataError(f"{where}: expected a number, found {brief(data)}.") from None
    if kind in (int, str, bool) and type(data) is kind:
        return data
    raise DataError(f"{where}: expected {getattr(kind, '__name__', kind)}, found {brief(data)}.")


def _option(options: list[Any], data: Any) -> Any:
    """Which member of a union this is meant to be."""
    if type(data) in options:
        return type(data)
    if isinstance(data, dict):
        for option in options:
            if dataclasses.is_dataclass(option) and isinstance(option, type) and _needed(option) <= set(data):
                return option
    return options[0]
