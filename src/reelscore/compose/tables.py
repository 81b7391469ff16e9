"""The tables the composer writes from: genres, moods and the orchestra, read from TOML and checked once.

One file in `genres/` is one genre; dropping in a file adds it. Values are documented where they are declared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from reelscore.compose.genre import Genre
from reelscore.compose.genre_file import read_entry, read_genre
from reelscore.compose.schema import Table
from reelscore.errors import BriefError, one_of
from reelscore.values.brief import ROLES
from reelscore.values.vocabulary import GenreEntry, MoodEntry

CONTOURS = ("up", "down", "arch", "wave", "leaps")
FAMILIES = (
    "keys",
    "mallets",
    "guitar",
    "bass",
    "strings",
    "brass",
    "winds",
    "voices",
    "synth",
    "drums",
    "percussion",
    "fx",
)


@dataclass(frozen=True, slots=True)
class Mood:
    """How a mood pulls any genre; offsets are added to values on 0..1."""

    name: str
    words: tuple[str, ...]
    valence: float
    arousal: float
    major: float  # pull towards major, 0..1
    tempo: float  # factor on the genre's typical tempo
    register: int  # semitones
    dynamics: float
    articulation: float  # 0 legato .. 1 staccato
    brightness: float
    density: float
    dissonance: float
    space: float
    saturation: float
    syncopation: float
    build: float  # how steadily the energy rises, 0..1
    contour: str  # of CONTOURS

    @property
    def entry(self) -> MoodEntry:
        return MoodEntry(self.name, self.words, self.valence, self.arousal, self.major, self.tempo)


@dataclass(frozen=True, slots=True)
class Instrument:
    """What the arranger must know of an instrument: its comfortable range and the roles it can take."""

    name: str
    family: str
    low: int  # MIDI
    high: int
    roles: tuple[str, ...]  # the best first


def _mood(name: str, table: Table) -> Mood:
    mood = Mood(
        name=name,
        words=table.texts("words"),
        valence=table.number("valence", -1, 1),
        arousal=table.number("arousal", -1, 1),
        major=table.number("major", 0, 1),
        tempo=table.number("tempo", 0.5, 1.5),
        register=table.whole("register", -12, 12, 0),
        dynamics=table.number("dynamics", -0.5, 0.5, 0.0),
        articulation=table.number("articulation", 0, 1),
        brightness=table.number("brightness", -0.5, 0.5, 0.0),
        density=table.number("density", -0.5, 0.5, 0.0),
        dissonance=table.number("dissonance", 0, 1),
        space=table.number("space", -0.5, 0.5, 0.0),
        saturation=table.number("saturation", -0.5, 0.5, 0.0),
        syncopation=table.number("syncopation", 0, 1, 0.0),
        build=table.number("build", 0, 1, 0.4),
        contour=table.text("contour", allowed=CONTOURS),
    )
    table.close()
    return mood


def _instrument(name: str, table: Table) -> Instrument:
    low, high = table.numbers("range", 2, 0, 127)
    instrument = Instrument(
        name=name,
        family=table.text("family", allowed=FAMILIES),
        low=int(low),
        high=int(high),
        roles=table.texts("roles", allowed=ROLES),
    )
    table.close()
    return instrument


@cache
def moods() -> Mapping[str, Mood]:
    """All moods by name."""
    table = Table.load(files("reelscore.compose") / "moods.toml")
    return {name: _mood(name, table.table(name)) for name in table.keys()}  # noqa: SIM118


@cache
def orchestra() -> Mapping[str, Instrument]:
    """All instruments by name."""
    table = Table.load(files("reelscore.compose") / "orchestra.toml")
    return {name: _instrument(name, table.table(name)) for name in table.keys()}  # noqa: SIM118


def genre_entries() -> Mapping[str, GenreEntry]:
    """The genres as the brief sees them, in alphabetical order."""
    return {name: read_entry(name, Table.load(file)) for name, file in _genre_files().items()}


def mood_entries() -> Mapping[str, MoodEntry]:
    """The moods as the brief sees them."""
    return {name: mood.entry for name, mood in moods().items()}


@cache
def _genre_files() -> Mapping[str, Traversable]:
    """The file's name is the genre's."""
    folder = files("reelscore.compose") / "genres"
    return {f.name[:-5]: f for f in sorted(folder.iterdir(), key=lambda f: f.name) if f.name.endswith(".toml")}


@cache
def _genre(name: str) -> Genre:
    return read_genre(name, Table.load(_genre_files()[name]))


def genres() -> Mapping[str, Genre]:
    """All genres by name, in alphabetical order. One piece needs one: `genre` reads that alone."""
    return {name: _genre(name) for name in _genre_files()}


def genre(name: str) -> Genre:
    """One genre; BriefError suggests near names."""
    if name not in _genre_files():
        raise BriefError(f'Unknown genre "{name}".', one_of(name, _genre_files()))
    return _genre(name)


def mood(name: str) -> Mood:
    """One mood; BriefError suggests near names."""
    if name not in moods():
        raise BriefError(f'Unknown mood "{name}".', one_of(name, moods()))
    return moods()[name]
