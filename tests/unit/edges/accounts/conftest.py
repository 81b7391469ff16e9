"""A service with accounts, over a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reelscore.edges.settings import Settings
from reelscore.edges.storage.store import Store, migrate
from tests.unit.edges.accounts.fresh import fresh_store


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, accounts=True, secret="a secret that only this test knows")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = fresh_store(settings)
    yield opened
    opened.close()


@pytest.fixture
def either(database_url: str, tmp_path: Path) -> Iterator[Store]:
    """A store over SQLite, then one over PostgreSQL."""
    migrate(database_url)
    opened = Store(Settings(data=tmp_path, database=database_url, accounts=True))
    yield opened
    opened.close()
