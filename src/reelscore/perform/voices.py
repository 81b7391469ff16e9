"""Every synthesised voice by name. A new family is one file in `synths/` with a tuple `VOICES`."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType

from reelscore.perform import synths
from reelscore.perform.voice import Voice


def _families() -> Iterator[ModuleType]:
    for name in sorted(m.name for m in pkgutil.iter_modules(synths.__path__)):
        yield import_module(f"{synths.__name__}.{name}")


def _collect() -> dict[str, Voice]:
    found: dict[str, Voice] = {}
    for family in _families():
        for voice in getattr(family, "VOICES", ()):
            if voice.name in found:
                raise ValueError(f"two voices are called {voice.name!r}")
            found[voice.name] = voice
    return found


VOICES: Mapping[str, Voice] = _collect()


def warm() -> None:
    """Compile the kernels of every family (or load them)."""
    for family in _families():
        getattr(family, "warm", _nothing)()


def _nothing() -> None:
    """Families of plain arrays have nothing to compile."""
