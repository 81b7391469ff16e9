"""Fixtures for any test: `postgres_server`, `s3_server` (one each a run, started when first asked for), and a new
database or bucket a test: `database_url` (SQLite, then PostgreSQL), `postgres_url`, `bucket`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import postgres, s3


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Postgres]:
    if not postgres.installed():
        pytest.skip(postgres.MISSING)
    held = postgres.Postgres()
    try:
        yield held
    finally:
        held.stop()


@pytest.fixture(scope="session")
def s3_server() -> Iterator[s3.S3]:
    if not s3.installed():
        pytest.skip(s3.MISSING)
    held = s3.S3()
    try:
        yield held
    finally:
        held.stop()


@pytest.fixture
def postgres_url(postgres_server: postgres.Postgres) -> Iterator[str]:
    """An empty PostgreSQL database."""
    url = postgres_server.new_database()
    yield url
    postgres_server.drop(url)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind; PostgreSQL is for the whole run only."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'reelscore.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def bucket(s3_server: s3.S3, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty bucket, and the environment that reaches it."""
    for name, value in s3_server.environment.items():
        monkeypatch.setenv(name, value)
    return s3_server.new_bucket()
