"""Wishes that no edit here can meet, and what is said of them: better an honest answer than a wrong edit.

`words/beyond.toml` holds them. A reading of a command whose own words are said always goes before.
"""

from __future__ import annotations

from functools import cache

from reelscore.converse.clause import Clause
from reelscore.converse.concepts import bounded
from reelscore.converse.patterns import compiled
from reelscore.converse.tables import table
from reelscore.values.command import Said


@cache
def _patterns() -> tuple[tuple[str, Said], ...]:
    return tuple(
        (
            "|".join(
                bounded(word, "en") if word[:1].isascii() and word[:1].isalpha() else word for word in row["words"]
            ),
            Said(row["en"], row["zh"]),
        )
        for row in table("beyond").values()
    )


def impossible(c: Clause) -> Said | None:
    """Why what this clause asks for cannot be done; None where that is not known."""
    return next((why for pattern, why in _patterns() if compiled(pattern).search(c.text)), None)
