"""Every synthesised voice by name. A new family is one file in `synths/` with a tuple `VOICES`."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module

from reelscore.perform import synths
from reelscore.perform.voice import Voice


def _collect() -> dict[str, Voice]:
    found: dict[str, Voice] = {}
    for module in sorted(m.name for m in pkgutil.iter_modules(synths.__path__)):
        for voice in getattr(import_module(f"{synths.__name__}.{module}"), "VOICES", ()):
            if voice.name in found:
                raise ValueError(f"two voices are called {voice.name!r}")
            found[voice.name] = voice
    return found


VOICES: Mapping[str, Voice] = _collect()
