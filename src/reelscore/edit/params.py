"""Parameters that many commands share, said once."""

from __future__ import annotations

from reelscore.values.command import Choice, Param, Plain, Said


def which(*on: str, default: str | None = None, required: bool = False, one: bool = False) -> Param:
    """What to edit."""
    said = Said("what to edit", "要编辑的内容")
    return Param("which", "segment" if one else "segments", said, required=required, default=default, on=on)


def moment(name: str, en: str, zh: str, *, required: bool = False, default: Plain = None) -> Param:
    return Param(name, "moment", Said(en, zh), required=required, default=default, low=0, high=36_000)


def length(
    name: str,
    en: str,
    zh: str,
    *,
    required: bool = False,
    default: Plain = None,
    low: float = 0.01,
    high: float = 36_000,
) -> Param:
    return Param(name, "seconds", Said(en, zh), required=required, default=default, low=low, high=high)


def switch(name: str, en: str, zh: str, default: bool = False) -> Param:
    return Param(name, "switch", Said(en, zh), default=default)


def choice(name: str, en: str, zh: str, *choices: Choice, default: str | None = None, required: bool = False) -> Param:
    return Param(name, "choice", Said(en, zh), required=required, default=default, choices=choices)
