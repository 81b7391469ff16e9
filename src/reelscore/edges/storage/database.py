"""One engine for SQLite and PostgreSQL; short transactions, plain SQL expressions, no objects mapped.

`with database.write() as tx:` is one transaction: on SQLite it takes the write lock at once, so that two writers wait
for each other and never fail half-way; on PostgreSQL it is READ COMMITTED, and who changes a row after reading it locks
it. `database.read()` sees one consistent state and locks nothing. Either one inside another `write()` of the same
thread is part of that transaction. What must happen only once a transaction counts is left with `after_commit`.

SQLite runs with a write-ahead log: readers and the one writer do not wait for each other, a killed process loses
nothing that was committed (https://sqlite.org/wal.html).
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.exc import DataError as WrongValue
from sqlalchemy.exc import TimeoutError as PoolTimeout

from reelscore.errors import DataError, OutputError, ReelscoreError, UnavailableError

_ASLEEP_MS = 10_000
BUSY_S = 30.0
_FIRST = "BEGIN IMMEDIATE"
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    f"busy_timeout={round(BUSY_S * 1000)}",
    "cache_size=-2000",  # 2 MB a connection
    "temp_store=MEMORY",
    "journal_size_limit=67108864",
)


@dataclass(slots=True)
class _Open:
    """A transaction under way in one thread."""

    database: Database
    connection: Connection
    thread: int
    over: bool = False  # a task that was started inside may outlive it
    after: list[Callable[[], None]] = field(default_factory=list)


_open: ContextVar[_Open | None] = ContextVar("open transaction", default=None)


class Database:
    """An open database. Raises DataError for a URL that is none, UnavailableError while it cannot be reached."""

    def __init__(self, url: str) -> None:
        self.url = with_driver(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(self.url) if self.sqlite else _postgresql(self.url)
        self.held: dict[str, Any] = {}  # what modules keep in memory about this database, by module
        self._writer = threading.Lock()
        event.listen(self.engine, "connect", self._connected)

    def _connected(self, _: object, record: Any) -> None:
        record.info["database"] = self

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it, or nothing."""
        outer = self._outer()
        if outer is not None:
            yield outer.connection
            return
        with self._faults(), self._turn(), self._connection(_FIRST, "READ COMMITTED") as connection:
            mine = _Open(self, connection, threading.get_ident())
            before = _open.set(mine)
            try:
                with connection.begin():
                    yield connection
            finally:
                mine.over = True
                _open.reset(before)
        for call in mine.after:
            call()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent state, to read from."""
        outer = self._outer()
        if outer is not None:
            yield outer.connection
            return
        with self._faults(), self._connection("BEGIN", "REPEATABLE READ") as connection:
            yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """One transaction in which tables may be made anew: SQLite looks at foreign keys only at its end."""
        with self._faults(), self._connection(_FIRST, "READ COMMITTED") as connection:
            if self.sqlite:
                driver = connection.connection.driver_connection
                assert driver is not None
                driver.execute("PRAGMA foreign_keys=OFF")
            with connection.begin():
                yield connection

    def after_commit(self, tx: Connection, call: Callable[[], None]) -> None:
        """Call this once `tx` is committed, never when it is rolled back; at once where `tx` only reads."""
        outer = self._outer()
        if outer is not None and outer.connection is tx:
            outer.after.append(call)
        else:
            call()

    def close(self) -> None:
        self.engine.dispose()

    def _outer(self) -> _Open | None:
        """The transaction this thread is in."""
        held = _open.get()
        if held is None or held.over or held.database is not self or held.thread != threading.get_ident():
            return None
        return held

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """SQLite has one writer at a time: the threads of a process wait for each other here, not in its slow naps."""
        if not self.sqlite:
            yield
            return
        if not self._writer.acquire(timeout=BUSY_S):
            raise _busy()
        try:
            yield
        finally:
            self._writer.release()

    @contextmanager
    def _connection(self, begin: str, isolation: str) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            if self.sqlite:
                yield connection.execution_options(reelscore_begin=begin)
            else:
                yield connection.execution_options(isolation_level=isolation)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise
        except (DatabaseError, PoolTimeout) as fault:
            told = self._told(fault)
            if told is None:
                raise
            raise told from fault

    def _told(self, fault: Exception) -> ReelscoreError | None:
        """A fault of the database's surroundings, said so that a person can act on it; None for a fault of ours."""
        words = str(getattr(fault, "orig", fault)).lower()
        if isinstance(fault, WrongValue):
            reason = (words.splitlines() or [""])[0][:160]
            return DataError(f"The database cannot keep such a text or number: {reason}.", "Take out what is unusual.")
        name = self.url.database or "" if self.sqlite else self.url.render_as_string(hide_password=True)
        if "disk is full" in words or "no space left" in words or "disk i/o error" in words:
            return OutputError(
                f'There is no room left for the database "{name}".', "Free some space; nothing was lost."
            )
        if "readonly" in words or "read-only" in words:
            return OutputError(f'The database "{name}" may not be written.', "Check its permissions and its folder's.")
        if "not a database" in words or "malformed" in words:
            return DataError(f'The database "{name}" is damaged or is no database.', "Restore it from a copy.")
        if "unable to open" in words:
            return OutputError(
                f'The database "{name}" cannot be opened.', "Check that its folder is there and writable."
            )
        if "no such table" in words or "undefinedtable" in words or isinstance(fault, ProgrammingError):
            return None
        busy = ("locked", "busy", "deadlock detected", "could not serialize", "lock timeout")
        if any(word in words for word in busy) or isinstance(fault, PoolTimeout):
            return _busy()
        if isinstance(fault, OperationalError) and not self.sqlite:
            reason = (words.splitlines() or ["no answer"])[0][:160]
            return UnavailableError(
                f'The database "{name}" cannot be reached: {reason}.', "Try again.", retry_after_s=5
            )
        return None


def _busy() -> UnavailableError:
    return UnavailableError("The database is busy.", "Try again in a moment; nothing was changed.", retry_after_s=2)


def database_of(tx: Connection) -> Database | None:
    """The database a transaction belongs to."""
    held = tx.info.get("database")
    return held if isinstance(held, Database) else None


def with_driver(url: str) -> URL:
    """The URL with the driver that is used here. Raises DataError."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise DataError(
            f'"{url[:40]}" is no database.', "Give sqlite:///FILE or postgresql://USER@HOST/NAME."
        ) from None
    name = parsed.get_backend_name()
    if name in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if name == "sqlite":
        if parsed.database in (None, "", ":memory:"):
            raise DataError("A database in memory cannot be shared.", "Give a file: sqlite:///FILE.")
        return parsed.set(drivername="sqlite")
    raise DataError(f'"{name}" is no database this program knows.', "Use SQLite or PostgreSQL.")


def _postgresql(url: URL) -> Engine:
    asleep = f"-c idle_in_transaction_session_timeout={_ASLEEP_MS}"  # a frozen process keeps no row locks
    return create_engine(
        url,
        pool_size=10,
        max_overflow=20,
        pool_pre_ping=True,
        pool_timeout=BUSY_S,
        connect_args={"options": asleep},
    )


def _sqlite(url: URL) -> Engine:
    engine = create_engine(
        url,
        pool_size=16,
        max_overflow=32,
        pool_timeout=BUSY_S,
        pool_use_lifo=True,  # the connections used last, whose pages are at hand; in turn, all would fill with pages
        connect_args={"timeout": BUSY_S, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _open_file(connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions begin and end where the code says so
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        begin = connection.get_execution_options().get("reelscore_begin", "BEGIN")
        if begin == _FIRST:
            _wait_for_the_writer(connection.connection.driver_connection)
        else:
            connection.exec_driver_sql(begin)

    return engine


def _wait_for_the_writer(driver: Any) -> None:
    """Begin as the one writer. Other processes are asked again every few milliseconds: SQLite's own waiting sleeps up
    to a tenth of a second at a time, in which others come first."""
    until, nap_s = time.monotonic() + BUSY_S, 0.0005
    driver.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                driver.execute(_FIRST)
                return
            except sqlite3.OperationalError as fault:
                if "locked" not in str(fault) or time.monotonic() > until:
                    raise OperationalError(_FIRST, None, fault) from None
            time.sleep(nap_s)
            nap_s = min(2 * nap_s, 0.005)
    finally:
        driver.execute(f"PRAGMA busy_timeout={round(BUSY_S * 1000)}")
