"""Single drums of a kit, as people name them: "kick", "the hi-hats", 军鼓."""

from __future__ import annotations

import re
from functools import cache

from reelscore.brief.tables import table

PLAYED_BY = ("drums", "percussion")


def drum_named(words: str) -> str:
    """The drum of `values.kit` that these words name, and nothing but; "" for all else."""
    plain = re.sub(r"^(?:the|its|a)\s+", "", " ".join(words.lower().split()))
    return _drums().get(plain, "")


@cache
def _drums() -> dict[str, str]:
    return {word: name for name, words in table("drums").items() for word in words}
