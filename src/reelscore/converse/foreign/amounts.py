"""Numbers, units, times, orders and stretches of Latin languages, gathered before anything else is read.

"medio segundo", "1,5 s", "el segundo 5", "à 0:05", "del 3 al 5" (`times.py`), "les 3 premières secondes", "der zweite
Clip", "el doble de rápido" (`counts.py`).
"""

from __future__ import annotations

from reelscore.converse.foreign.counts import counted, doubled, half, summed
from reelscore.converse.foreign.items import AMOUNT, IDLE, SIGN, Item, walk
from reelscore.converse.foreign.times import (
    lasting,
    like_the_first,
    measured,
    same_unit,
    seconds_or_second,
    stretched,
    timed,
)
from reelscore.converse.foreign.west_words import SMALL

_AT = ("in", "in the", "to", "to the", "at", "at the", "on", "on the", "by", "by the", "of", "of the")


def amounts_of(items: list[Item]) -> list[Item]:
    """The items with their amounts, times and orders as single items."""
    for rule in (
        summed,
        seconds_or_second,
        measured,
        lasting,
        same_unit,
        timed,
        stretched,
        counted,
        like_the_first,
        doubled,
        half,
        _while_speaking,
    ):
        items = rule(items)
    return [_at_once(items, n) for n in range(len(items))]


def _while_speaking(items: list[Item]) -> list[Item]:
    """ "solange die Sprecherin redet", "quand elle parle"."""

    def step(held: list[Item], n: int) -> tuple[list[Item], int] | None:
        start = n + (held[n].kind == SIGN and held[n].english == ",")
        if start >= len(held) or held[start].english != "while":
            return None
        for k in range(start + 1, min(start + 6, len(held))):
            if held[k].english == "speak":
                return [Item(SMALL, "when someone speaks", held[n].start, held[k].end)], k - n + 1
        return None

    return walk(items, step)


def _at_once(items: list[Item], n: int) -> Item:
    """The preposition of an amount: what "a", "de", "à", "auf", "en" say before one."""
    item = items[n]
    if item.kind != SMALL or n + 1 >= len(items):
        return item
    k = n + 1 + (items[n + 1].english == "the")
    if k >= len(items):
        return item
    if item.english in ("then", "nach"):
        everything = any(one.english == "everything" for one in items[:n])
        if items[k].kind == AMOUNT or (
            items[n + 1].english in ("of", "of the") and n + 2 < len(items) and items[n + 2].kind == AMOUNT
        ):
            return item.as_("after" if everything or item.english == "then" else "at")
        return item.as_("to" if item.english == "nach" else "then")
    if n and items[n - 1].english == "then" and item.english in ("of", "of the") and items[k].kind == AMOUNT:
        return Item(IDLE, "", item.start, item.end)
    after, article = items[k], k > n + 1 or item.english.endswith(" the")
    if after.kind == AMOUNT and after.form in ("placed", "clock"):
        if item.english in _AT:
            return item.as_("at")
        return item.as_(
            "from"
            if item.english in ("from", "from the")
            else "until"
            if item.english.startswith("until")
            else item.english
        )
    if after.kind == AMOUNT and after.form == "seconds":
        if item.english in ("of", "in", "over", "for"):
            return item.as_("for")
        if item.english in ("to", "to the") and article:
            return item.as_("at")
    if item.english == "the" and after.kind == AMOUNT and after.form in ("placed", "clock"):
        return Item(IDLE, "", item.start, item.end)
    return item
