"""Our own words about music, read once from `words/*.toml`: occasions, styles not written yet, tempi, stand-ins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from reelscore.values.shipped_toml import shipped_toml


@dataclass(frozen=True, slots=True)
class Use:
    """An occasion and what it usually wants."""

    name: str
    say: str
    genres: tuple[str, ...]
    moods: tuple[str, ...]
    tempo: tuple[int, int]
    speech: bool


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A style that has a name but no composer yet."""

    name: str
    title: str
    valence: float
    arousal: float
    near: tuple[str, ...]
    bring: tuple[str, ...]
    meter: str


def shift_of(force: str) -> tuple[float, float]:
    """Energy and density offsets of a force word."""
    energy, density = table("asks")["force"][force]["shift"]
    return float(energy), float(density)


def missing_names() -> frozenset[str]:
    """Instruments people name that are not in the box."""
    return frozenset(table("asks")["missing"])


def missing_words() -> dict[str, tuple[str, ...]]:
    """The words for each of them."""
    return {name: tuple(row["words"]) for name, row in table("asks")["missing"].items()}


def stand_ins(missing: str) -> Sequence[str]:
    """Instruments that can stand in for one that is not in the box, the best first."""
    near: list[str] = table("asks")["missing"][missing]["near"]
    return near


def italian_window(term: str) -> tuple[int, int]:
    """The bpm window of an Italian tempo term."""
    low, high = table("asks")["italian"][term]
    return int(low), int(high)


def slips() -> Mapping[str, str]:
    """Known short typing slips and what they mean."""
    known: dict[str, str] = table("typos")["slips"]
    return known


@cache
def not_typos() -> frozenset[str]:
    """Words of their own that lie close to one of ours."""
    return frozenset(table("typos").get("own", {}).get("words", "").split())


@cache
def reticent_styles() -> frozenset[str]:
    """Styles so marked that nobody means them who has not named them, or an occasion that wants them."""
    return frozenset(table("uses_of_styles")["reticent"]["genres"])


@cache
def usual_styles() -> frozenset[str]:
    """Styles that suit when nothing is known."""
    return frozenset(table("uses_of_styles")["usual"]["genres"])


@cache
def felt_styles() -> dict[str, tuple[str, ...]]:
    """The styles that a mood calls up by itself, the nearest first."""
    return {mood: tuple(genres) for mood, genres in table("uses_of_styles")["felt"].items()}


@cache
def broad_styles() -> dict[str, tuple[str, ...]]:
    """Words that name a family of styles, and the styles of the family."""
    held = table("uses_of_styles")["broad"].values()
    return {word: tuple(family["genres"]) for family in held for word in family["words"]}


@cache
def broad_felt() -> dict[str, dict[str, str]]:
    """Words that name a family of styles, and which of them certain feelings mean."""
    held = table("uses_of_styles")["broad"].values()
    return {word: family["felt"] for family in held for word in family["words"]}


@cache
def table(name: str) -> dict[str, Any]:
    """One file of words, as it stands."""
    return shipped_toml(files("reelscore.brief") / "words" / f"{name}.toml")


@cache
def ambiguous() -> dict[str, frozenset[str]]:
    """Words with a life outside music, by kind."""
    return {kind: frozenset(words) for kind, words in table("ambiguous").items()}


@cache
def uses() -> dict[str, Use]:
    """Occasions by name."""
    return {
        name: Use(
            name,
            row["say"],
            tuple(row["genres"]),
            tuple(row["moods"]),
            (row["tempo"][0], row["tempo"][1]),
            row["speech"],
        )
        for name, row in table("uses").items()
    }


@cache
def unwritten() -> dict[str, Unwritten]:
    """Styles of our list, whether the catalogue has them or not, by name."""
    return {
        name: Unwritten(
            name,
            row["title"],
            row["valence"],
            row["arousal"],
            tuple(row["near"]),
            tuple(row["bring"]),
            row.get("meter", ""),
        )
        for name, row in table("genres").items()
    }
