"""Brings a database to the tables of this program, from nothing or from any version before it.

Whoever comes first does it, the others wait: SQLite by its write lock, PostgreSQL by an advisory lock. All of it is one
transaction, so that a stop half-way leaves the database as it was. The steps lie in `migrations/versions`.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, insert, select

from reelscore.edges.storage.database import Database
from reelscore.edges.storage.ids import now_ms
from reelscore.edges.storage.tables import accounts
from reelscore.errors import DataError, OutputError, unwritable

_LOCK = 7_325_801_224  # of PostgreSQL's advisory locks, ours


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database up to date. Raises DataError for one that a newer program wrote, OutputError,
    UnavailableError."""
    database = Database(url)
    if database.sqlite:
        _folder_of(Path(database.url.database or ""))
    try:
        with database.migrating() as tx:
            if not database.sqlite:
                tx.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            _upgrade(tx, revision)
            if revision == "head":
                _local_account(tx)
            if database.sqlite and tx.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise DataError("The database has rows that point nowhere.", "Restore it from a copy.")
    finally:
        database.close()


def scripts() -> Config:
    """Alembic's configuration, without a file of its own."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def _upgrade(tx: Connection, revision: str) -> None:
    config = scripts()
    known = ScriptDirectory.from_config(config)
    at = MigrationContext.configure(tx).get_current_heads()
    try:
        for one in at:
            known.get_revision(one)
    except CommandError:
        raise DataError(
            f"The database was written by a newer Reelscore (its tables are {', '.join(at)}).",
            "Update this program, or give it another database. Nothing was changed.",
        ) from None
    if revision == "head" and set(at) == set(known.get_heads()):
        return
    config.attributes["connection"] = tx
    command.upgrade(config, revision)


def _local_account(tx: Connection) -> None:
    """The one person of a service without accounts."""
    if tx.execute(select(accounts.c.id).where(accounts.c.id == "local")).first() is None:
        tx.execute(insert(accounts).values(id="local", kind="local", plan="local", created_at=now_ms()))


def _folder_of(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise unwritable(file, fault) from None
    if file.is_dir():
        raise OutputError(f'"{file}" is a folder.', "Give the name of a file: sqlite:///FILE.")
