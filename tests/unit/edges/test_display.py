"""What the command line's watch does besides drawing."""

from __future__ import annotations

import pytest

from reelscore.edges.cli.display import STOPPED, watching
from reelscore.errors import CancelledError


@pytest.mark.parametrize("quiet", [True, False])
def test_a_stop_that_a_library_swallowed_ends_the_work_at_the_next_step(quiet: bool) -> None:
    with watching(quiet) as watch:
        watch("read", 0.1)
        STOPPED.set()
        try:
            with pytest.raises(CancelledError):
                watch("read", 0.2)
        finally:
            STOPPED.clear()
