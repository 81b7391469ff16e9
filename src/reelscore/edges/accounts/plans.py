"""Plans: what an account is given, what it may do, what its work costs. Read from plans.toml or the operator's file.

Checked when read: an error names the file, the plan, the key and what is allowed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from reelscore.edges.settings import Settings
from reelscore.errors import DataError, NotAllowedError, TooLargeError, one_of, shown

SCOPES = ("read", "write", "upload", "render")
ALL = "*"
NEEDED = ("anonymous", "free", "local")  # guests, people who signed up, the one person of a server without accounts
PRICED = ("music", "understand", "batch")  # kinds of jobs; render is free and not named
_OWN = Path(__file__).with_name("plans.toml")
_LARGEST = 10**15


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan; fields as in plans.toml."""

    name: str
    title: str
    credits: int
    days: int
    scopes: frozenset[str]
    upload_bytes: int
    storage_bytes: int
    sessions: int
    jobs: int
    render_side: int
    duration_s: int
    webhooks: int
    prices: Mapping[str, int] = field(default_factory=dict)

    @property
    def exports(self) -> bool:
        """Whether films may be made of its timelines."""
        return bool(self.scopes & {"render", ALL})


def plans(settings: Settings) -> Mapping[str, Plan]:
    """Every plan, by name. Raises DataError."""
    return _read(settings.plans or _OWN)


def plan(settings: Settings, name: str) -> Plan:
    """A plan by name; one that the operator's file has no more counts as the free one."""
    known = plans(settings)
    return known.get(name) or known["free"]


def price(of: Plan, kind: str, pieces: int = 1) -> int:
    """Credits for a job of this kind; `pieces`: how many pieces of music it writes. Edits and exports are free."""
    return of.prices.get(kind, 0) * pieces if kind == "music" else of.prices.get(kind, 0)


def check_render(of: Plan, width: int, height: int, duration_s: float) -> None:
    """Raises NotAllowedError (402 to its clients) where the plan exports nothing of this size or length."""
    if not of.exports:
        raise NotAllowedError(f'The plan "{of.title}" exports nothing.', "Sign up, or choose another plan.")
    if max(width, height) > of.render_side:
        raise NotAllowedError(
            f'{width}x{height} is larger than the plan "{of.title}" exports.',
            f"Ask for at most {of.render_side} pixels on the longer side, or choose another plan.",
        )
    if duration_s > of.duration_s:
        raise NotAllowedError(
            f'{duration_s:.0f} seconds are longer than the plan "{of.title}" exports.',
            f"Cut the film to {of.duration_s} seconds, or choose another plan.",
        )


def upload_cap(of: Plan, settings: Settings) -> int:
    """Bytes of the largest file: the plan's, and never more than the server takes; for one person, the server's."""
    return settings.upload_bytes if of.name == "local" else min(of.upload_bytes, settings.upload_bytes)


def too_large(cap: int) -> TooLargeError:
    """The refusal of a file over the cap."""
    return TooLargeError(
        f"The file is larger than {cap / 1_000_000:g} MB, the most that is taken.", "Compress it, or trim it first."
    )


@lru_cache(maxsize=8)
def _read(path: Path) -> Mapping[str, Plan]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise DataError(f"The plans in {shown(path)} cannot be read: {fault}.", "Check the path.") from None
    except tomllib.TOMLDecodeError as fault:
        raise DataError(f"{shown(path)} is not TOML: {fault}.", "Correct that line.") from None
    found = {name: _plan(path, name, entry) for name, entry in table.items()}
    for name in NEEDED:
        if name not in found:
            raise DataError(f"{shown(path)} has no plan [{name}].", f"It needs: {', '.join(NEEDED)}.")
    return found


def _plan(path: Path, name: str, entry: Any) -> Plan:
    where = f"{shown(path)}, plan [{name[:40]}]"
    if not isinstance(entry, dict):
        raise DataError(f"{where} is not a table.", "Write [name] and its keys.")
    keys = {f.name for f in fields(Plan)} - {"name"}
    for key in entry:
        if key not in keys:
            raise DataError(f'{where} has the key "{key[:40]}".', one_of(key, keys))
    for key in sorted(keys - set(entry)):
        raise DataError(f"{where} lacks the key {key}.", "Every plan says all of its limits.")
    if not isinstance(entry["title"], str) or not 1 <= len(entry["title"]) <= 40:
        raise DataError(f"{where}: title is {entry['title']!r}.", "Give 1 to 40 characters.")
    numbers = {key: _number(where, key, entry[key]) for key in sorted(keys - {"title", "scopes", "prices"})}
    return Plan(
        name=name, title=entry["title"], scopes=_scopes(where, entry["scopes"]),
        prices=_prices(where, entry["prices"]), **numbers,
    )  # fmt: skip


def _number(where: str, key: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST:
        raise DataError(f"{where}: {key} is {value!r}.", f"Give a whole number, 0 to {_LARGEST}.")
    return value


def _scopes(where: str, value: Any) -> frozenset[str]:
    if not isinstance(value, list) or not value:
        raise DataError(f"{where}: scopes is {value!r}.", f"Give a list of: {', '.join((*SCOPES, ALL))}.")
    for scope in value:
        if scope not in (*SCOPES, ALL):
            raise DataError(f"{where}: there is no scope {scope!r}.", f"Known: {', '.join((*SCOPES, ALL))}.")
    return frozenset(value)


def _prices(where: str, value: Any) -> Mapping[str, int]:
    if not isinstance(value, dict):
        raise DataError(f"{where}: prices is {value!r}.", "Give a table, such as { music = 10 }.")
    for kind in value:
        if kind not in PRICED:
            raise DataError(f'{where}: "{kind[:40]}" has no price.', f"Priced: {', '.join(PRICED)}.")
    return {kind: _number(where, f"prices.{kind}", credits_) for kind, credits_ in value.items()}
