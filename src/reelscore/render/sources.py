"""The files behind a timeline's media: where each one lies, and what it was found to be.

A timeline names media by the hash of their content; only here does a name become a path. Whoever calls the renderer
has probed the files (in a child process) and hands the findings on, so nothing is probed twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reelscore.values.reading import MediaInfo


@dataclass(frozen=True, slots=True)
class Source:
    """One file a timeline draws on."""

    path: Path
    info: MediaInfo


Sources = Mapping[str, Source]  # Media.id -> Source
