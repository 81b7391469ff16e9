"""Reading TOML tables strictly: every fault names the file, the key, the value seen and what is allowed.

A `Table` wraps one TOML table and is asked for its keys by kind; `close` refuses keys nobody asked for, so that a
misspelt key is an error and not a silent default.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from importlib.resources.abc import Traversable
from typing import TypeVar

from reelscore.errors import DataError, one_of
from reelscore.values.shipped_toml import shipped_toml

T = TypeVar("T")
_MISSING = object()


class Table:
    """One TOML table: `where` is "file: key.key" for messages."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, Mapping):
            raise DataError(f"{where}: expected a table, found {data!r}.")
        self._data: Mapping[str, object] = data
        self._where = where
        self._asked: set[str] = set()

    @staticmethod
    def load(file: Traversable) -> Table:
        """Parse a TOML file; DataError names the file and line when it is no TOML."""
        try:
            return Table(shipped_toml(file), file.name)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
            raise DataError(f"{file.name}: not valid TOML: {fault}.") from None

    def fault(self, key: str, text: str) -> DataError:
        """The error for one key."""
        return DataError(f"{self._where}: {key}: {text}")

    def _take(self, key: str, default: object) -> object:
        self._asked.add(key)
        if key in self._data:
            return self._data[key]
        if default is _MISSING:
            raise self.fault(key, "missing; it must be given.")
        return default

    def text(self, key: str, default: object = _MISSING, allowed: Iterable[str] = ()) -> str:
        value = self._take(key, default)
        if not isinstance(value, str):
            raise self.fault(key, f"expected text, found {value!r}.")
        names = tuple(allowed)
        if names and value not in names:
            raise self.fault(key, f"{value!r} is not allowed. {one_of(value, names)}")
        return value

    def holds_text(self, key: str) -> bool:
        """Is this key given, and a text?"""
        return isinstance(self._data.get(key), str)

    def number(self, key: str, low: float, high: float, default: object = _MISSING) -> float:
        """A number in [low, high]."""
        return self._in_range(key, self._take(key, default), low, high)

    def whole(self, key: str, low: int, high: int, default: object = _MISSING) -> int:
        value = self.number(key, low, high, default)
        if value != int(value):
            raise self.fault(key, f"expected a whole number, found {value!r}.")
        return int(value)

    def flag(self, key: str, default: bool = False) -> bool:
        value = self._take(key, default)
        if not isinstance(value, bool):
            raise self.fault(key, f"expected true or false, found {value!r}.")
        return value

    def texts(self, key: str, default: object = _MISSING, allowed: Iterable[str] = ()) -> tuple[str, ...]:
        value = self._take(key, default)
        if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
            raise self.fault(key, f"expected a list of texts, found {value!r}.")
        names = set(allowed)
        for item in value:
            if names and item not in names:
                raise self.fault(key, f"{item!r} is not allowed. {one_of(item, names)}")
        return tuple(value)

    def numbers(
        self, key: str, count: int | None, low: float, high: float, default: object = _MISSING
    ) -> tuple[float, ...]:
        """`count` numbers (None: any), each in [low, high]."""
        value = self._take(key, default)
        if not isinstance(value, (list, tuple)) or (count is not None and len(value) != count):
            raise self.fault(key, f"expected {count or 'some'} numbers, found {value!r}.")
        return tuple(self._in_range(key, item, low, high) for item in value)

    def weights(self, key: str, allowed: Iterable[str] = ()) -> tuple[tuple[str, float], ...]:
        """Pairs of a name and a weight above 0."""
        value = self._take(key, _MISSING)
        names = set(allowed)
        pairs: list[tuple[str, float]] = []
        for item in value if isinstance(value, list) else [None]:
            if not isinstance(item, list) or len(item) != 2 or not isinstance(item[0], str):
                raise self.fault(key, f"expected pairs of name and weight, found {value!r}.")
            if names and item[0] not in names:
                raise self.fault(key, f"{item[0]!r} is not allowed. {one_of(item[0], names)}")
            pairs.append((item[0], self._in_range(key, item[1], 1e-6, 1e6)))
        if not pairs:
            raise self.fault(key, "needs at least one entry.")
        return tuple(pairs)

    def table(self, key: str, optional: bool = False) -> Table:
        return Table(self._take(key, {} if optional else _MISSING), f"{self._where}: {key}")

    def tables(self, key: str, read: Callable[[Table], T], optional: bool = False) -> tuple[T, ...]:
        """A list of tables, each read by `read`."""
        value = self._take(key, [] if optional else _MISSING)
        if not isinstance(value, list):
            raise self.fault(key, f"expected a list of tables, found {value!r}.")
        return tuple(read(Table(item, f"{self._where}: {key}[{i}]")) for i, item in enumerate(value))

    def keys(self) -> tuple[str, ...]:
        return tuple(self._data)

    def close(self) -> None:
        """Refuse keys that were never asked for."""
        for key in self._data:
            if key not in self._asked:
                raise self.fault(key, f"unknown key. {one_of(key, self._asked)}")

    def _in_range(self, key: str, value: object, low: float, high: float) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
            raise self.fault(key, f"expected a number from {low:g} to {high:g}, found {value!r}.")
        return float(value)
