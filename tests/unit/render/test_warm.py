"""Warming up compiles every loop of the renderer."""

from __future__ import annotations

from reelscore.render import kernels, limiting, sinc, stretching
from reelscore.render.warm import warm

INNER = {"_likeness"}  # part of another loop


def test_every_compiled_loop_is_compiled_by_warming_up() -> None:
    warm()
    for module in (kernels, limiting, sinc, stretching):
        loops = {name: found for name, found in vars(module).items() if hasattr(found, "nopython_signatures")}
        assert loops
        assert [name for name, loop in loops.items() if not loop.signatures and name not in INNER] == []
