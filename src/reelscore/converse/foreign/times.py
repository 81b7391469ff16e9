"""Lengths and places in time of Latin languages: "medio segundo", "el segundo 5", "drei Sekunden lang", "del 3 al 5"."""

from __future__ import annotations

from itertools import pairwise

from reelscore.converse.foreign.items import AMOUNT, LOOK, MORE, SIGN, THING, Item, kinds_at, walk
from reelscore.converse.foreign.west_words import NUMBER, ORDER, UNIT

SECONDS = ("seconds", "segundo")
_FROM = ("from", "of", "of the", "from the", "between")
_NO_TIME = ("percent", "times", "bpm", "db", "degrees", "px")
_TO = ("to", "to the", "until", "until the", "and", "at")


def seconds_or_second(items: list[Item]) -> list[Item]:
    """ "segundo": the second clip, or a second."""
    made: list[Item] = []
    for n, item in enumerate(items):
        if item.kind == UNIT and item.english == "segundo":
            after = items[n + 1] if n + 1 < len(items) else None
            before = made[-1] if made else None
            number = before is not None and (
                before.kind in (NUMBER, ORDER) or before.english in ("a", "half", "a half")
            )
            if (after is not None and after.kind == NUMBER) or number:
                item = item.as_("seconds")
                if (
                    number
                    and before is not None
                    and before.english == "a"
                    and after is not None
                    and after.kind == THING
                ):
                    item = Item(ORDER, "2", item.start, item.end)
            else:
                item = Item(ORDER, "2", item.start, item.end)
        made.append(item)
    return made


def measured(items: list[Item]) -> list[Item]:
    """A number and its unit; "a", "half a" before one; "and a half" behind it."""

    def step(held: list[Item], n: int) -> tuple[list[Item], int] | None:
        first = held[n]
        count, used = 0.0, 0
        if first.kind == NUMBER:
            count, used = float(first.english), 1
        elif first.english in ("half", "a half") and unit_at(held, n + 1):
            count, used = 0.5, 1
        elif first.english == "a" and unit_at(held, n + 1):
            count, used = 1.0, 1
        elif first.english == "a" and n + 1 < len(held) and held[n + 1].english == "half" and unit_at(held, n + 2):
            count, used = 0.5, 2
        else:
            return None
        if _order_between(held, n + used) or not unit_at(held, n + used):
            return None
        unit, end = held[n + used].english, held[n + used].end
        used += 1
        if (
            n + used + 1 < len(held)
            and held[n + used].english == "and"
            and held[n + used + 1].english in ("half", "a half")
        ):
            count += 0.5
            end = held[n + used + 1].end
            used += 2
        if unit == "minutes":
            count, unit = count * 60, "seconds"
            if kinds_at(held, n + used, NUMBER, UNIT) and held[n + used + 1].english in SECONDS:
                count += float(held[n + used].english)
                end = held[n + used + 1].end
                used += 2
            elif left := _seconds_left(held, n + used):  # "3 min 20", "3 minutos y 20"
                count += float(held[n + used + left - 1].english)
                end = held[n + used + left - 1].end
                used += left
        return [amount(count, unit, first.start, end)], used

    return walk(items, step)


def _seconds_left(items: list[Item], n: int) -> int:
    """How many items from a place on tell the seconds behind minutes, without their unit; 0 where none do."""
    k = n + (n < len(items) and items[n].english in ("and", "with"))
    told = kinds_at(items, k, NUMBER) and items[k].english.isdigit() and int(items[k].english) < 60
    if not told or (k + 1 < len(items) and items[k + 1].kind in (UNIT, ORDER, THING)):
        return 0
    return k + 1 - n


def lasting(items: list[Item]) -> list[Item]:
    """ "drei Sekunden lang": how long, said behind; "2 secondes de plus": how much longer."""

    def step(held: list[Item], n: int) -> tuple[list[Item], int] | None:
        if held[n].kind == AMOUNT and n + 1 < len(held) and held[n + 1].english == "lasting":
            return [Item(AMOUNT, "for " + held[n].english, held[n].start, held[n + 1].end, "for")], 2
        k = n + 1 + (n + 1 < len(held) and held[n + 1].english in ("of", "the"))
        more = k < len(held) and held[k].kind == "comparing" and (k + 1 == len(held) or held[k + 1].kind != LOOK)
        if held[n].kind == AMOUNT and held[n].form == "seconds" and more:
            how = "longer" if held[k].english == "more" else "shorter"
            return [Item(MORE, f"{held[n].english} {how}", held[n].start, held[k].end)], k + 1 - n
        return None

    return walk(items, step)


def unit_at(items: list[Item], n: int) -> bool:
    """Does a unit stand there?"""
    return n < len(items) and items[n].kind == UNIT


def _order_between(items: list[Item], n: int) -> bool:
    return n < len(items) and items[n].kind == ORDER


def amount(count: float, unit: str, start: int, end: int) -> Item:
    """So many of a unit, as English writes it."""
    unit = "seconds" if unit in SECONDS else unit
    said = {"percent": f"{count:g}%", "times": f"{count:g}x", "db": f"{count:g} dB"}.get(unit, f"{count:g} {unit}")
    return Item(AMOUNT, said, start, end, unit)


def same_unit(items: list[Item]) -> list[Item]:
    """ "del minuto 5 al 6", "de la 5e à la 6e minute": the unit is said once, and meant twice."""

    def step(held: list[Item], n: int) -> tuple[list[Item], int] | None:
        k = n + 2
        while k < len(held) and held[k].english in (*_TO, "the"):
            k += 1
        if k == n + 2 or k >= len(held):
            return None
        minute = held[n].kind == UNIT and held[n].english == "minutes" and kinds_at(held, n + 1, NUMBER)
        if minute and held[k].kind == NUMBER and not unit_at(held, k + 1):
            unit = Item(UNIT, "minutes", held[k].start, held[k].start)
            return [*held[n:k], unit, held[k]], k + 1 - n
        return None

    orders = [n for n, item in enumerate(items) if item.kind == ORDER]
    for n, m in pairwise(orders):
        if unit_at(items, m + 1) and all(one.english in (*_TO, "the") for one in items[n + 1 : m]) and m > n + 1:
            unit = Item(UNIT, items[m + 1].english, items[n].end, items[n].end)
            return walk([*items[: n + 1], unit, *items[n + 1 :]], step)
    return walk(items, step)


def timed(items: list[Item]) -> list[Item]:
    """ "el segundo 5", "la 5e seconde", "minuto 1:05": places in time."""

    def step(held: list[Item], n: int) -> tuple[list[Item], int] | None:
        item = held[n]
        if item.kind == UNIT and item.english in (*SECONDS, "minutes"):
            after = held[n + 1] if n + 1 < len(held) else None
            if after is not None and after.kind == NUMBER:
                count = float(after.english) * (60 if item.english == "minutes" else 1)
                left = _seconds_left(held, n + 2) if item.english == "minutes" else 0
                if left:  # "minuto 3 con 20"
                    after = held[n + 1 + left]
                    count += float(after.english)
                return [Item(AMOUNT, f"{count:g} seconds", item.start, after.end, "placed")], 2 + left
            if after is not None and after.kind == AMOUNT and after.form == "clock":
                return [after], 2
        if item.kind == ORDER and item.english.isdigit() and int(item.english) > 2 and unit_at(held, n + 1):
            count = float(item.english) * (60 if held[n + 1].english == "minutes" else 1)
            return [Item(AMOUNT, f"{count:g} seconds", item.start, held[n + 1].end, "placed")], 2
        return None

    return walk(items, step)


def stretched(items: list[Item]) -> list[Item]:
    """From one time to another: the unit may be said once."""

    def step(held: list[Item], n: int) -> tuple[list[Item], int] | None:
        if held[n].english not in _FROM:
            return None
        k = n + 1 + (n + 1 < len(held) and held[n + 1].english == "the")
        if k >= len(held) or held[k].kind not in (NUMBER, ORDER, AMOUNT) or held[k].form in _NO_TIME:
            return None
        m = k + 1
        if m >= len(held) or held[m].english not in _TO:
            return None
        m += 1
        while m < len(held) and held[m].english in ("the", "to", "to the"):
            m += 1
        if m >= len(held) or held[m].kind not in (NUMBER, AMOUNT) or held[m].form in _NO_TIME:
            return None
        first, last = held[k], held[m]
        if first.kind != AMOUNT and last.kind == NUMBER:
            return None
        if first.kind == ORDER and last.form != "placed":  # "de la 10e à la 15e seconde"
            return None
        words = f"from {first.english.removesuffix(' seconds')} to {last.english.removesuffix(' seconds')} seconds"
        return [Item(AMOUNT, words, held[n].start, last.end, "stretch")], m - n + 1

    return walk(items, step)


def like_the_first(items: list[Item]) -> list[Item]:
    """ "the first clip to 2 seconds and the third to 4": seconds again."""
    made: list[Item] = []
    for n, item in enumerate(items):
        if (
            item.kind == NUMBER
            and n
            and items[n - 1].english in ("to", "at")
            and (n + 1 == len(items) or items[n + 1].kind == SIGN)
        ):
            earlier = [one for one in made if one.kind == AMOUNT]
            if (
                earlier
                and earlier[-1].form == "seconds"
                and sum(one.english.startswith(("clip", "the last clip")) for one in made) > 1
            ):
                item = Item(AMOUNT, f"{item.english} seconds", item.start, item.end, "seconds")
        made.append(item)
    return made


def edge_amount(count: Item, unit: Item) -> Item:
    """A number and a unit that did not stand together."""
    made = amount(
        float(count.english) * (60 if unit.english == "minutes" else 1),
        "seconds" if unit.english == "minutes" else unit.english,
        count.start,
        unit.end,
    )
    return Item(AMOUNT, made.english, made.start, made.end, "edge")
