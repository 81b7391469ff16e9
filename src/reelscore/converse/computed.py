"""What is computed when first asked for, and kept in the object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

_T = TypeVar("_T")


class computed_once(Generic[_T]):  # noqa: N801 - a decorator, as the one it stands for
    """As `functools.cached_property`, without the lock that it takes until Python 3.12: what reads a message is asked
    for hundreds of such values, and by one thread."""

    def __init__(self, compute: Callable[[Any], _T]) -> None:
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, held: None, owner: type) -> Self: ...

    @overload
    def __get__(self, held: object, owner: type) -> _T: ...

    def __get__(self, held: object | None, owner: type) -> Self | _T:
        if held is None:
            return self
        value = held.__dict__[self._name] = self._compute(held)
        return value
