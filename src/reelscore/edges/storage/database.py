"""One engine for SQLite and PostgreSQL; short transactions, plain SQL expressions, no objects mapped.

`with database.write() as tx:` is one transaction: on SQLite it takes the write lock at once, so that two writers wait
for each other and never fail half-way. `database.read()` sees a consistent state and locks nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError

from reelscore.errors import DataError

BUSY_S = 30


class Database:
    """An open database. Raises DataError for a URL that is none."""

    def __init__(self, url: str) -> None:
        self.url = _with_driver(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(self.url) if self.sqlite else create_engine(self.url, pool_size=10, pool_pre_ping=True)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it, or nothing."""
        with self.engine.connect() as connection:
            if self.sqlite:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                try:
                    yield connection
                except BaseException:
                    connection.exec_driver_sql("ROLLBACK")
                    raise
                connection.exec_driver_sql("COMMIT")
            else:
                with connection.begin():
                    yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            yield connection

    def close(self) -> None:
        self.engine.dispose()


def _with_driver(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise DataError(
            f'"{url[:40]}" is no database.', "Give sqlite:///FILE or postgresql://USER@HOST/NAME."
        ) from None
    if parsed.get_backend_name() == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite":
        return parsed.set(drivername="sqlite")
    raise DataError(f'"{parsed.get_backend_name()}" is no database this program knows.', "Use SQLite or PostgreSQL.")


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, pool_size=16, connect_args={"timeout": BUSY_S, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _open(connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions begin and end where the code says so
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={BUSY_S * 1000}"):
            connection.execute(f"PRAGMA {pragma}")

    return engine
