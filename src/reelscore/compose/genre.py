"""A genre as a value: everything that makes one style differ from another, read from its TOML file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from reelscore.compose.schema import Table
from reelscore.values.brief import MODES, ROLES
from reelscore.values.score import Colour
from reelscore.values.vocabulary import GenreEntry

METERS = ("4/4", "3/4", "2/4", "6/8")


@dataclass(frozen=True, slots=True)
class FeelTable:
    """How the band plays; one of `swings` (off-eighth, off-sixteenth) is drawn by seed."""

    swings: tuple[tuple[Fraction, Fraction], ...]
    looseness: float
    snare_late_ms: float
    bass_late_ms: float


@dataclass(frozen=True, slots=True)
class Genre:
    """One style."""

    name: str
    title: str
    words: tuple[str, ...]
    tempo: tuple[int, int, int]  # lowest, typical, highest bpm
    meters: tuple[str, ...]
    modes: tuple[tuple[str, float], ...]
    valence: float
    arousal: float
    section_seconds: float  # the length of section aimed at
    instruments: Mapping[str, tuple[str, ...]]  # role -> instruments, the default first
    feel: FeelTable
    colour: Colour

    @property
    def entry(self) -> GenreEntry:
        return GenreEntry(
            self.name,
            self.title,
            self.words,
            self.tempo,
            self.meters,
            self.modes,
            self.valence,
            self.arousal,
            self.instruments,
        )


def _feel(table: Table) -> FeelTable:
    eighths = table.numbers("swing8", None, 0.5, 0.75)
    sixteenths = table.numbers("swing16", len(eighths), 0.5, 0.75)
    feel = FeelTable(
        swings=tuple(
            (Fraction(round(a * 1000), 1000), Fraction(round(b * 1000), 1000))
            for a, b in zip(eighths, sixteenths, strict=True)
        ),
        looseness=table.number("looseness", 0, 1),
        snare_late_ms=table.number("snare_late_ms", -30, 40, 0.0),
        bass_late_ms=table.number("bass_late_ms", -30, 40, 0.0),
    )
    table.close()
    return feel


def _colour(table: Table) -> Colour:
    names = ("brightness", "space", "saturation", "sidechain", "width", "lofi", "punch")
    colour = Colour(**{name: table.number(name, 0, 1) for name in names})
    table.close()
    return colour


def _instruments(table: Table) -> Mapping[str, tuple[str, ...]]:
    found = {role: table.texts(role) for role in ROLES if role in table.keys()}  # noqa: SIM118
    table.close()
    return found


def read_genre(name: str, table: Table) -> Genre:
    """Check and build one genre; DataError names file, key and allowed values."""
    low, typical, high = (int(bpm) for bpm in table.numbers("tempo", 3, 30, 240))
    if not low <= typical <= high:
        raise table.fault("tempo", f"lowest, typical, highest must rise, found {[low, typical, high]}.")
    genre = Genre(
        name=name,
        title=table.text("title"),
        words=table.texts("words"),
        tempo=(low, typical, high),
        meters=table.texts("meters", allowed=METERS),
        modes=table.weights("modes", allowed=MODES),
        valence=table.number("valence", -1, 1),
        arousal=table.number("arousal", -1, 1),
        section_seconds=table.number("section_seconds", 4, 60),
        instruments=_instruments(table.table("instruments")),
        feel=_feel(table.table("feel")),
        colour=_colour(table.table("colour")),
    )
    table.close()
    return genre
