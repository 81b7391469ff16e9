"""The versions of a timeline, oldest first: values that are looked at by number, one by one or a few together.

A history asks its versions for no more than it needs, so that whoever keeps thousands of them elsewhere may hand over a
kind of `Versions` that fetches them when they are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from reelscore.values.command import Step
from reelscore.values.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Version:
    """A timeline as it was after an edit. `parent` is the version it was made from, "" for the first."""

    id: str  # "v1", "v2", ...
    parent: str
    timeline: Timeline
    steps: tuple[Step, ...] = ()
    message: str = ""  # what the person said
    name: str = ""  # given by the person

    @property
    def number(self) -> int:
        """3 for "v3"."""
        return int(self.id[1:])


class Versions(Sequence[Version]):
    """Versions that follow each other from "v1" on. Equal where each of them is."""

    def __init__(self, held: Iterable[Version] = ()) -> None:
        self._held = tuple(held)

    @property
    def names(self) -> Mapping[str, str]:
        """The names that were given, by the id of their version, oldest version first."""
        return {version.id: version.name for version in self._held if version.name}

    def having(self, version: Version) -> Versions:
        """These versions with this one in the place of that with its id, or after the last."""
        n = version.number - 1
        return Versions((*self._held[:n], version, *self._held[n + 1 :]))

    def __len__(self) -> int:
        return len(self._held)

    @overload
    def __getitem__(self, index: int) -> Version: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Version]: ...
    def __getitem__(self, index: int | slice) -> Version | Sequence[Version]:
        return self._held[index]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Versions):
            return NotImplemented
        return self is other or (len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True)))

    def __hash__(self) -> int:
        return len(self)

    def __repr__(self) -> str:
        return f"<{len(self)} versions>"
