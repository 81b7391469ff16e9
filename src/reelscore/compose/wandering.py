"""Where a long bed goes: what the sections of each of its cycles are made of, and in which keys.

A cycle ends with a break. Most styles come round again after four cycles, all in one key, as songs and sets do. A style
that wanders (ambient music, a choir, a piano alone) never tells a cycle twice: every one has tunes, figures and a key
of its own, near the one before, until the last one comes home; a key that was asked for
holds throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reelscore.compose.genre import Genre
from reelscore.values.brief import Brief, Key
from reelscore.values.chance import choose

if TYPE_CHECKING:
    from reelscore.compose.form import SectionPlan

_THEMES, _LIFTS, _BREAKS = "ACEGIKOQ", "BBDFHJLN", "MRSTUVWX"
_ROUND = 4  # cycles after which a style that does not wander comes round
_FEWEST = 3  # cycles from which there is somewhere to go and to come home from
_FIFTHS = (5, 7)  # semitones to the nearest keys of the same mode
_BUILD = "P"
_LONG = 240  # seconds from which a piece has room to wander


def cycles_of(kinds: Sequence[str]) -> list[int]:
    """For every section the cycle it stands in; a break, however many sections long, begins the next one."""
    found, cycle = [], 0
    for i, kind in enumerate(kinds):
        cycle += kind == "break" and (i == 0 or kinds[i - 1] != "break")
        found.append(cycle)
    return found


def materials_of(brief: Brief, genre: Genre, kinds: Sequence[str]) -> list[str]:
    """What every section is made of; themes move on after each break, so that a long piece keeps telling."""
    cycles = cycles_of(kinds)
    far = _far(brief, genre)
    home = cycles[-1] if far and cycles and cycles[-1] >= _FEWEST - 1 else -1
    return [
        _material(kind, 0 if cycle == home and kind != "break" else cycle, far)
        for kind, cycle in zip(kinds, cycles, strict=True)
    ]


def _far(brief: Brief, genre: Genre) -> bool:
    return genre.wanders and brief.duration >= _LONG and not brief.loop


def _material(kind: str, cycle: int, far: bool) -> str:
    place = cycle % (len(_THEMES) if far else _ROUND)
    if kind == "build":
        return _BUILD
    if kind == "break":
        return _BREAKS[place - 1] if far else _BREAKS[0]
    return _LIFTS[place] if kind == "lift" else _THEMES[place]


def kind_of(material: str) -> str:
    """What sections of a material are for."""
    tables = ((_THEMES, "theme"), (_BUILD, "build"), (_BREAKS, "break"))
    return next((kind for letters, kind in tables if material in letters), "lift")


def wandered(brief: Brief, genre: Genre, plans: tuple[SectionPlan, ...]) -> tuple[SectionPlan, ...]:
    """The plans with the keys a long bed goes through; the first cycle and the last one are at home. A key that was
    asked for is not left."""
    cycles = cycles_of([plan.kind for plan in plans])
    if brief.key_locked or not _far(brief, genre) or cycles[-1] < _FEWEST - 1 or any(p.key != brief.key for p in plans):
        return plans
    keys = [brief.key]
    for cycle in range(1, cycles[-1]):
        near = [key for key in _near(brief.key, genre) if key != keys[-1]]
        keys.append(choose(near, brief.seed, "wandering", cycle))
    keys.append(brief.key)
    return tuple(replace(plan, key=keys[cycle]) for plan, cycle in zip(plans, cycles, strict=True))


def _near(key: Key, genre: Genre) -> list[Key]:
    """The keys next to one: a fifth away, the style's other modes on the same tonic, the relative key."""
    modes = [mode for mode, _ in genre.modes]
    near = [Key((key.tonic + step) % 12, key.mode) for step in _FIFTHS]
    near += [Key(key.tonic, mode) for mode in modes if mode != key.mode and Key(0, mode).minor == key.minor]
    relative = Key((key.tonic + (3 if key.minor else 9)) % 12, "major" if key.minor else "minor")
    return [*near, relative] if relative.mode in modes else near
