"""Stores with everything that jobs need, made quickly: a prepared database is copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reelscore.edges.accounts.opening import open_account
from reelscore.edges.accounts.plans import plan
from reelscore.edges.jobs import queues
from reelscore.edges.jobs.hands import Hands
from reelscore.edges.settings import Settings
from reelscore.edges.storage import sessions
from reelscore.edges.storage.store import Store, migrate
from reelscore.edit import samples
from reelscore.edit.history import begun


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with all tables."""
    settings = Settings(data=tmp_path_factory.mktemp("prepared"))
    migrate(settings.database_url)
    store = Store(settings)
    queues.prepare(store.database)
    queues.close(store.database)
    store.close()
    return settings.data / "reelscore.db"


@pytest.fixture
def store(tmp_path: Path, prepared: Path) -> Iterator[Store]:
    """On SQLite, with accounts."""
    settings = Settings(data=tmp_path / "data", accounts=True)
    settings.data.mkdir()
    shutil.copy(prepared, settings.data / "reelscore.db")
    held = Store(settings)
    queues.prepare(held.database)
    yield held
    queues.close(held.database)
    held.close()


@pytest.fixture
def any_store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    """On SQLite, and on PostgreSQL."""
    migrate(database_url)
    held = Store(Settings(data=tmp_path / "data", database=database_url, accounts=True))
    queues.prepare(held.database)
    yield held
    queues.close(held.database)
    held.close()


@pytest.fixture
def account(store: Store) -> str:
    """Somebody with 500 credits."""
    return account_in(store)


def account_in(store: Store, name: str = "free") -> str:
    with store.database.write() as tx:
        return open_account(tx, plan(store.settings, name), "registered")


def session_in(store: Store, account: str) -> str:
    """A session with a short film: a clip, music, a title."""
    with store.database.write() as tx:
        return sessions.create(tx, account, "film", history=begun(samples.film())).id


@pytest.fixture
def session(store: Store, account: str) -> str:
    return session_in(store, account)


@dataclass
class FakePool:
    """Children that do what the test says, at once."""

    does: Callable[[str, dict[str, Any], Callable[[], bool]], Any]
    size: int = 1

    def run(self, function: str, arguments: dict[str, Any], report: Any, stop: Callable[[], bool]) -> Any:
        return self.does(function.rpartition(":")[2], arguments, stop)


def hands_of(store: Store, does: Callable[..., Any], executor: str = "host:1:1:w_test") -> Hands:
    return Hands(store, executor, FakePool(does))  # type: ignore[arg-type]
