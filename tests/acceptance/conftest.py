"""What the acceptance tests share: media made once a run."""

from __future__ import annotations

import pytest

from tests.media.make import Factory


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> Factory:
    return Factory(tmp_path_factory.mktemp("media"))
