"""The package's own TOML tables, parsed once per machine: kept beside them the way Python keeps compiled modules.

The standard parser takes a quarter of a second for all of them, at every start. What is kept begins with the hash of
the text it was made from, so a changed table is parsed anew, and lies in `__pycache__`, which nobody ships. Where that
cannot be written nothing is kept, and nothing else is different.
"""

from __future__ import annotations

import marshal
import os
import sys
import tempfile
import tomllib
from contextlib import suppress
from hashlib import blake2b
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

_DIGEST = 16  # bytes


def shipped_toml(file: Traversable) -> dict[str, Any]:
    """One of the package's tables, as `tomllib` reads it. Raises TOMLDecodeError, UnicodeDecodeError, OSError."""
    text = file.read_bytes()
    digest = blake2b(text, digest_size=_DIGEST).digest()
    kept = _kept(file)
    if kept is None:
        return tomllib.loads(text.decode("utf-8"))
    with suppress(OSError, ValueError, EOFError, TypeError):
        held = kept.read_bytes()
        if held[:_DIGEST] == digest:
            found: dict[str, Any] = marshal.loads(held[_DIGEST:])
            return found
    table = tomllib.loads(text.decode("utf-8").replace("\r\n", "\n"))
    with suppress(OSError, ValueError):  # ValueError: a date, which marshal does not know
        _keep(kept, digest + marshal.dumps(table))
    return table


def _kept(file: Traversable) -> Path | None:
    """Where the parsed table lies; nowhere for tables that are no files, or where Python keeps nothing either."""
    if sys.dont_write_bytecode or not isinstance(file, Path):
        return None
    return file.parent / "__pycache__" / f"{file.name}.{sys.implementation.cache_tag}"


def _keep(place: Path, held: bytes) -> None:
    place.parent.mkdir(exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as draft:
            draft.write(held)
        os.replace(name, place)
    except OSError:
        with suppress(OSError):
            os.unlink(name)
        raise
