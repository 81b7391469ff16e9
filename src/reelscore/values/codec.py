"""Values to JSON and back, driven by their own types.

Fractions are written as "n/d" (or "n"), so nothing is lost; infinities as null for floats. Dataclasses become objects
in field order, so equal values give equal bytes. `from_json` checks shape as it builds and names the place of a fault.
"""

from __future__ import annotations

import dataclasses
import json
import math
import types
import typing
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeVar

from reelscore.errors import DataError

T = TypeVar("T")


def to_json(value: Any) -> Any:
    """Plain lists, dicts, text and numbers for any value of this package."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def dumps(value: Any, indent: int | None = 1) -> str:
    """Stable JSON text, ending in a newline."""
    return json.dumps(to_json(value), ensure_ascii=False, indent=indent) + "\n"


def from_json(kind: type[T], data: Any, where: str = "") -> T:
    """Build a value of this type; raises DataError naming the place that does not fit."""
    return typing.cast(T, _build(kind, data, where or kind.__name__))


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
        return _build(next(o for o in options if o is not type(None)), data, where)
    if origin is tuple:
        if not isinstance(data, list):
            raise DataError(f"{where}: expected a list, found {data!r}.")
        args = typing.get_args(kind)
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(_build(args[0], item, f"{where}[{i}]") for i, item in enumerate(data))
        return tuple(_build(a, item, f"{where}[{i}]") for i, (a, item) in enumerate(zip(args, data, strict=True)))
    if dataclasses.is_dataclass(kind):
        if not isinstance(data, dict):
            raise DataError(f"{where}: expected an object, found {data!r}.")
        hints = _hints(typing.cast(type, kind))
        unknown = sorted(set(data) - set(hints))
        if unknown:
            raise DataError(f"{where}: unknown key {unknown[0]!r}.", f"Known: {', '.join(hints)}.")
        make = typing.cast(Callable[..., Any], kind)
        return make(**{name: _build(hints[name], item, f"{where}.{name}") for name, item in data.items()})
    try:
        if kind is Fraction and isinstance(data, (str, int)):
            return Fraction(data)
        if kind is float:
            return -math.inf if data is None else float(data)
    except (ValueError, ZeroDivisionError, TypeError):
        raise DataError(f"{where}: expected a number, found {data!r}.") from None
    if kind in (int, str, bool) and type(data) is kind:
        return data
    raise DataError(f"{where}: expected {getattr(kind, '__name__', kind)}, found {data!r}.")
