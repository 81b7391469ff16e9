"""The words people use, as tables (`words/*.toml`): what may be said for a thing. Read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from reelscore.values.shipped_toml import shipped_toml


@cache
def table(name: str) -> dict[str, Any]:
    """A table, by its name without the ending."""
    return shipped_toml(files("reelscore.converse") / "words" / f"{name}.toml")
