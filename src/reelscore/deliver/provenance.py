"""Provenance: enough to prove where a result came from, and to make it again."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from reelscore.values.brief import Brief

SCHEMA = "reelscore.provenance/1"
RIGHTS = (
    "This music was composed by rules and by chance drawn from the seed below, and played with the sounds listed "
    "below under their licences. No recording of a song, no trained model of music and no data of others went into "
    "it. The makers of Reelscore claim no rights in the result. Keep this file: with it the music can be made again, "
    "note for note, which proves its origin."
)
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound library or synthesis that was used."""

    name: str
    licence: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class HashedFile:
    """A file by its content. `name` without any folder."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Software:
    """A program or library and its version."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a result was made."""

    schema: str
    version: str  # of Reelscore
    seed: int
    prompt: str
    genre: str
    mood: str
    inputs: tuple[HashedFile, ...]
    outputs: tuple[HashedFile, ...]
    sounds: tuple[Sound, ...]
    software: tuple[Software, ...]
    rights: str
    reproduce: str  # the command that makes it again


def make_provenance(
    brief: Brief,
    version: str,
    *,
    inputs: Sequence[HashedFile] = (),
    outputs: Sequence[HashedFile] = (),
    sounds: Sequence[Sound] = (),
    software: Sequence[Software] = (),
    command: Sequence[str] = (),
) -> Provenance:
    """The provenance of one result; `command` is the command line, word by word."""
    return Provenance(
        schema=SCHEMA,
        version=version,
        seed=brief.seed,
        prompt=brief.prompt,
        genre=brief.genre,
        mood=brief.mood,
        inputs=tuple(inputs),
        outputs=tuple(outputs),
        sounds=tuple(sorted(set(sounds), key=lambda sound: sound.name)),
        software=tuple(software),
        rights=RIGHTS,
        reproduce=shlex.join(command),
    )


def hashed(path: Path, name: str = "") -> HashedFile:
    """Size and SHA-256 of a file, read in blocks. Lets OSError through."""
    digest, size = sha256(), 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return HashedFile(name or path.name, size, digest.hexdigest())
