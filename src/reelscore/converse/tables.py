"""The words people use, as tables (`words/*.toml`): what may be said for a thing. Read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """A table, by its name without the ending."""
    return tomllib.loads((files("reelscore.converse") / "words" / f"{name}.toml").read_text("utf-8"))
