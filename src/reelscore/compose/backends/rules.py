"""The composer of this package, as a back-end: rules and written tables, no model, no network."""

from __future__ import annotations

from reelscore.compose.backend import Backend
from reelscore.compose.write import write_score

BACKEND = Backend(
    name="rules",
    title="Written rules and tables",
    licence="Apache-2.0",
    commercial=True,
    compose=write_score,
)
