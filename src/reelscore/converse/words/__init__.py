"""The words of the languages, as tables: what a person may say for a thing. One file a language, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """A table of this folder, by its name without the ending."""
    return tomllib.loads((files("reelscore.converse") / "words" / f"{name}.toml").read_text("utf-8"))
