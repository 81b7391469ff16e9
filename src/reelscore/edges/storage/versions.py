"""The versions of sessions' timelines: a row each, so that the thousandth edit costs as much as the first.

A save writes the versions that are new (or were changed) and nothing else; a load reads none: a session's row says how
many there are, and each is read when it is looked at (`Rows`). What was looked at or written last stays parsed in
memory, by size. A version is stored as a history of its own in the form that `editing.dumps` writes, compressed.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, overload

from sqlalchemy import Connection, bindparam, delete, insert, select

from reelscore.edges.storage.database import database_of
from reelscore.edges.storage.memory import Memory
from reelscore.edges.storage.tables import versions as table
from reelscore.editing import History, Version, Versions, dumps, loads
from reelscore.errors import DataError, EditError

if TYPE_CHECKING:
    from reelscore.edges.storage.database import Database

_MEMORY = 4_000_000  # characters of JSON whose versions stay parsed, by process: about 12 MB
_PAGE = 100  # versions that are read together

_READ = select(table).where(
    table.c.session == bindparam("of"), table.c.number.in_(bindparam("numbers", expanding=True))
)
_INSERT = insert(table)


@dataclass(frozen=True, slots=True)
class Head:
    """What a session's row says of its versions: how many, their names, and which were written again in which
    revision."""

    count: int = 0
    names: Mapping[int, str] = field(default_factory=dict)
    changed: Mapping[int, int] = field(default_factory=dict)


class Rows(Versions):
    """The versions of a stored session, read when they are looked at; `fresh` are those that no row holds yet."""

    def __init__(
        self, database: Database, session: str, head: Head, fresh: Mapping[int, Version] | None = None
    ) -> None:
        self.session, self.head, self.fresh = session, head, fresh or {}
        self._database = database

    @property
    def names(self) -> Mapping[str, str]:
        given = {**self.head.names, **{n: version.name for n, version in self.fresh.items()}}
        return {f"v{n}": given[n] for n in sorted(given) if given[n]}

    def having(self, version: Version) -> Rows:
        return Rows(self._database, self.session, self.head, {**self.fresh, version.number: version})

    def __len__(self) -> int:
        return max(self.head.count, *self.fresh) if self.fresh else self.head.count

    def __iter__(self) -> Iterator[Version]:
        for first in range(0, len(self), _PAGE):
            yield from self[first : first + _PAGE]

    @overload
    def __getitem__(self, index: int) -> Version: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Version]: ...
    def __getitem__(self, index: int | slice) -> Version | Sequence[Version]:
        numbers = range(1, len(self) + 1)[index]
        return self._at(numbers) if isinstance(numbers, range) else self._at([numbers])[0]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Rows) and (self.session, self.head) == (other.session, other.head):
            mine = {n: version for n, version in self.fresh.items() if other.fresh.get(n) is not version}
            theirs = {n for n, version in other.fresh.items() if self.fresh.get(n) is not version}
            numbers = sorted({*mine, *theirs})
            return len(self) == len(other) and self._at(numbers) == other._at(numbers)
        return super().__eq__(other)

    def __hash__(self) -> int:
        return len(self)

    def _at(self, numbers: Sequence[int]) -> list[Version]:
        """The versions of these numbers. Raises DataError (missing, damaged)."""
        memory = _memory(self._database)
        found: dict[int, Version] = {}
        missing: list[int] = []
        for n in numbers:
            held = self.fresh.get(n) or _second(memory.get(self._key(n)))
            if held is None:
                missing.append(n)
            else:
                found[n] = held
        for first in range(0, len(missing), _PAGE):
            found.update(self._read(missing[first : first + _PAGE]))
        return [found[n] for n in numbers]

    def _read(self, numbers: Sequence[int]) -> dict[int, Version]:
        with self._database.read() as tx:
            rows = tx.execute(_READ, {"of": self.session, "numbers": list(numbers)}).mappings().all()
            if len(rows) != len(numbers):
                raise DataError(f"Versions of session {self.session} are missing.", "Restore the database from a copy.")
            read = {row["number"]: _parsed(row) for row in rows}
            _remember(tx, {self._key(n): sized for n, sized in read.items()})
        return {n: version for n, (_, version) in read.items()}

    def _key(self, number: int) -> str:
        return f"{self.session}/{number}/{self.head.changed.get(number, 0)}"


def head_of(history: History, session: str, revision: int) -> str:
    """What a session's row says of its history once this revision is saved."""
    head = _after(history.versions, session, revision)
    data = {"count": head.count, "current": history.current, "undone": list(history.undone)}
    return json.dumps({**data, "names": head.names, "changed": head.changed}, ensure_ascii=False)


def write_versions(tx: Connection, session: str, revision: int, history: History) -> History:
    """Write what no row holds yet, as of this revision; the history as it is stored then. Raises DataError."""
    database = database_of(tx)
    assert database is not None
    stored = Rows(database, session, _after(history.versions, session, revision))
    fresh = _fresh(history.versions, session, revision)
    again = [n for n in fresh if n in stored.head.changed]
    if again:
        tx.execute(delete(table).where(table.c.session == session, table.c.number.in_(again)))
    if fresh:
        texts = {n: _text(version) for n, version in fresh.items()}
        rows = [
            {"session": session, "number": n, "parent": version.parent, "revision": revision,
             "data": zlib.compress(texts[n].encode(), 1)}
            for n, version in fresh.items()
        ]  # fmt: skip
        tx.execute(_INSERT, rows)
        _remember(tx, {stored._key(n): (len(texts[n]), version) for n, version in fresh.items()})
    return replace(history, versions=stored)


def history_of(tx: Connection, row: Mapping[str, Any] | Any) -> History:
    """The history of a session's row; its versions are read when they are looked at."""
    database = database_of(tx)
    assert database is not None
    data = json.loads(row["history"])
    names = {int(n): str(name) for n, name in data.get("names", {}).items()}
    changed = {int(n): int(revision) for n, revision in data.get("changed", {}).items()}
    head = Head(data["count"], names, changed)
    return History(Rows(database, row["id"], head), data["current"], tuple(data["undone"]))


def _fresh(versions: Versions, session: str, revision: int) -> Mapping[int, Version]:
    """The versions that no row of this session holds."""
    if isinstance(versions, Rows) and versions.session == session:
        return versions.fresh
    if revision > 1:
        raise DataError("A session's history grows from the one that was read.", "Nothing was saved.")
    return dict(enumerate(versions, 1))


def _after(versions: Versions, session: str, revision: int) -> Head:
    """The head once these versions are rows."""
    names = {int(id_[1:]): name for id_, name in versions.names.items()}
    before = versions.head if isinstance(versions, Rows) and versions.session == session else Head()
    again = {n: revision for n in _fresh(versions, session, revision) if n <= before.count}
    return Head(len(versions), names, {**before.changed, **again})


def _text(version: Version) -> str:
    return dumps(History(Versions([replace(version, id="v1", parent="")]), "v1"))


def _parsed(row: Any) -> tuple[int, Version]:
    """A row's version, and how long its text is."""
    try:
        text = zlib.decompress(row["data"]).decode()
        version = loads(text).versions[0]
    except (zlib.error, UnicodeDecodeError, EditError) as fault:
        raise DataError(
            f"Version v{row['number']} of session {row['session']} is damaged: {str(fault)[:200]}",
            "Restore the database from a copy.",
        ) from None
    return len(text), replace(version, id=f"v{row['number']}", parent=row["parent"])


def _memory(database: Database) -> Memory[tuple[int, Version]]:
    found: Memory[tuple[int, Version]] = database.held.get("versions") or database.held.setdefault(
        "versions", Memory(_MEMORY, lambda sized: sized[0])
    )
    return found


def _second(sized: tuple[int, Version] | None) -> Version | None:
    return sized[1] if sized is not None else None


def _remember(tx: Connection, read: Mapping[str, tuple[int, Version]]) -> None:
    """Keep parsed versions, once they are committed."""
    database = database_of(tx)
    assert database is not None
    memory = _memory(database)

    def keep() -> None:
        for key, sized in read.items():
            memory.put(key, sized)

    database.after_commit(tx, keep)
