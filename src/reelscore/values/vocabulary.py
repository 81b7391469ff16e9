"""What the catalogue lets a person ask for, as a value the brief can read.

The genre, mood and instrument tables belong to other stages; their names, the words that select them and the few
facts the brief needs travel here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class GenreEntry:
    """A genre as the brief sees it."""

    name: str
    title: str
    words: tuple[str, ...]  # English and Chinese, lower case; longest match wins
    tempo: tuple[int, int, int]  # lowest, typical, highest bpm
    meters: tuple[str, ...]  # "4/4", ...; the first is the default
    modes: tuple[tuple[str, float], ...]  # weighted
    valence: float
    arousal: float
    instruments: Mapping[str, tuple[str, ...]]  # role -> instruments, the default first
    moods: tuple[str, ...] = ()  # that it carries as well as its own point of valence and arousal


@dataclass(frozen=True, slots=True)
class MoodEntry:
    """A mood as the brief sees it; the offsets are applied where the music is written."""

    name: str
    words: tuple[str, ...]
    valence: float
    arousal: float
    major: float  # pull towards major 0..1
    tempo: float  # multiplier of the genre's typical tempo


@dataclass(frozen=True, slots=True)
class InstrumentEntry:
    """An instrument a person may name."""

    name: str
    words: tuple[str, ...]
    family: str  # keys, mallets, guitar, bass, strings, brass, winds, voices, synth, drums, percussion, fx


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that can be named."""

    genres: Mapping[str, GenreEntry]
    moods: Mapping[str, MoodEntry]
    instruments: Mapping[str, InstrumentEntry]
    missing: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # words of instruments that others stand in for
