"""Stores to try things on: a new one a test, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection

from reelscore.edges.settings import Settings
from reelscore.edges.storage.store import Store, migrate


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", database=database_url)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    migrate(settings.database_url)
    held = Store(settings)
    yield held
    held.close()


@pytest.fixture
def small_store(tmp_path: Path) -> Iterator[Store]:
    """On SQLite only, for what no database changes."""
    settings = Settings(data=tmp_path / "data")
    migrate(settings.database_url)
    held = Store(settings)
    yield held
    held.close()


@pytest.fixture(params=["folder", pytest.param("bucket", marks=pytest.mark.slow)])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    settings = Settings(data=tmp_path / "data")
    if request.param == "bucket":
        settings = replace(settings, blobs=f"{request.getfixturevalue('bucket')}/some/prefix")
    migrate(settings.database_url)
    store = Store(settings)
    yield store
    store.close()


@contextmanager
def rolled_back(store: Store) -> Iterator[Connection]:
    """A transaction that fails at its end."""
    try:
        with store.database.write() as tx:
            yield tx
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
