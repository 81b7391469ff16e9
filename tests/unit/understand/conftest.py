"""Media made once per test run."""

from __future__ import annotations

import pytest

from tests.media.make import Factory


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> Factory:
    """Makes a recipe's file when a test first asks for it."""
    return Factory(tmp_path_factory.mktemp("media"))
