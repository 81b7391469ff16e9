"""One server for each file of foreign clients."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.foreign.serving import serving


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("server")) as there:
        yield there
