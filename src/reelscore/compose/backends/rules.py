"""The composer of this package, as a back-end: rules and written tables, no model, no network.

A back-end turns a Brief into a Score (or, for audio models, into sound); this file is the seam at which others join.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reelscore.compose.write import write_score
from reelscore.values.brief import Brief
from reelscore.values.score import Score


@dataclass(frozen=True, slots=True)
class Backend:
    """One way to get music from a brief."""

    name: str
    title: str
    licence: str  # of what it brings: rules, weights
    needs: tuple[str, ...]  # packages or weights that must be installed; () for none
    compose: Callable[[Brief], Score]


BACKEND = Backend(
    name="rules",
    title="Written rules and tables",
    licence="Apache-2.0",
    needs=(),
    compose=write_score,
)
