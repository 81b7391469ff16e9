"""Numbers, units, times, orders and stretches of Latin languages, gathered before anything else is read.

"medio segundo", "1,5 s", "el segundo 5", "à 0:05", "del 3 al 5", "les 3 premières secondes", "der zweite Clip".
"""

from __future__ import annotations

from collections.abc import Callable

from reelscore.converse.foreign.items import AMOUNT, IDLE, LOOK, MORE, PLACE, SIGN, THING, Item
from reelscore.converse.foreign.west_words import NUMBER, SMALL, UNIT

ORDER = "order"
_SECONDS = ("seconds", "segundo")
_FROM, _TO, _AT = ("from", "of", "of the", "from the", "between"), ("to", "to the", "until", "until the", "and", "at"), (
    "in", "in the", "to", "to the", "at", "at the", "on", "on the", "by", "by the", "of", "of the",
)  # fmt: skip


def amounts_of(items: list[Item]) -> list[Item]:
    """The items with their amounts, times and orders as single items."""
    for rule in (
        _summed,
        _seconds_or_second,
        _measured,
        _lasting,
        _timed,
        _stretched,
        _counted,
        _like_the_first,
        _doubled,
        _half,
        _while_speaking,
    ):
        items = rule(items)
    return [_at_once(items, n) for n in range(len(items))]


def _walk(items: list[Item], step: Callable[[list[Item], int], tuple[list[Item], int] | None]) -> list[Item]:
    made: list[Item] = []
    n = 0
    while n < len(items):
        found = step(items, n)
        if found is None:
            made.append(items[n])
            n += 1
        else:
            made += found[0]
            n += found[1]
    return made


def _kinds(items: list[Item], n: int, *kinds: str) -> bool:
    return len(items) >= n + len(kinds) and all(items[n + k].kind == kind for k, kind in enumerate(kinds))


def _summed(items: list[Item]) -> list[Item]:
    """treinta y cinco, trente cinq."""

    def step(held: list[Item], n: int) -> tuple[list[Item], int] | None:
        if (
            held[n].kind != NUMBER
            or not held[n].english.isdigit()
            or int(held[n].english) % 10
            or int(held[n].english) < 20
        ):
            return None
        ten = int(held[n].english)
        for gap in (1, 2):
            if n + gap < len(held) and held[n + gap].kind == NUMBER and (gap == 1 or held[n + 1].english == "and"):
                one = held[n + gap].english
                if one.isdigit() and 0 < int(one) < 10 and held[n].start != held[n].end and not _typed_digits(held[n]):
                    return [Item(NUMBER, str(ten + int(one)), held[n].start, held[n + gap].end)], gap + 1
        return None

    return _walk(items, step)


def _typed_digits(item: Item) -> bool:
    return item.end - item.start == len(item.english)


def _seconds_or_second(items: list[Item]) -> list[Item]:
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


def _measured(items: list[Item]) -> list[Item]:
    """A number and its unit; "a", "half a" before one; "and a half" behind it."""

    def step(held: list[Item], n: int) -> tuple[list[Item], int] | None:
        first = held[n]
        count, used = 0.0, 0
        if first.kind == NUMBER:
            count, used = float(first.english), 1
        elif first.english in ("half", "a half") and _unit_at(held, n + 1):
            count, used = 0.5, 1
        elif first.english == "a" and _unit_at(held, n + 1):
            count, used = 1.0, 1
        elif first.english == "a" and n + 1 < len(held) and held[n + 1].english == "half" and _unit_at(held, n + 2):
            count, used = 0.5, 2
        else:
            return None
        if _order_between(held, n + used) or not _unit_at(held, n + used):
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
            if _kinds(held, n + used, NUMBER, UNIT) and held[n + used + 1].english in _SECONDS:
                count += float(held[n + used].english)
                end = held[n + used + 1].end
                used += 2
        return [_amount(count, unit, first.start, end)], used

    return _walk(items, step)


def _lasting(items: list[Item]) -> list[Item]:
    """ "drei Sekunden lang": how long, said behind."""

    def step(held: list[Item], n: int) -> tuple[list[Item], int] | None:
        if held[n].kind == AMOUNT and n + 1 < len(held) and held[n + 1].english == "lasting":
            return [Item(AMOUNT, "for " + held[n].english, held[n].start, held[n + 1].end, "for")], 2
        return None

    return _walk(items, step)


def _unit_at(items: list[Item], n: int) -> bool:
    return n < len(items) and items[n].kind == UNIT


def _order_between(items: list[Item], n: int) -> bool:
    return n < len(items) and items[n].kind == ORDER


def _amount(count: float, unit: str, start: int, end: int) -> Item:
    unit = "seconds" if unit in _SECONDS else unit
    said = {"percent": f"{count:g}%", "times": f"{count:g}x", "db": f"{count:g} dB"}.get(unit, f"{count:g} {unit}")
    return Item(AMOUNT, said, start, end, unit)


def _timed(items: list[Item]) -> list[Item]:
    """ "el segundo 5", "la 5e seconde", "minuto 1:05": places in time."""

    def step(held: list[Item], n: int) -> tuple[list[Item], int] | None:
        item = held[n]
        if item.kind == UNIT and item.english in (*_SECONDS, "minutes"):
            after = held[n + 1] if n + 1 < len(held) else None
            if after is not None and after.kind == NUMBER:
                count = float(after.english) * (60 if item.english == "minutes" else 1)
                return [Item(AMOUNT, f"{count:g} seconds", item.start, after.end, "placed")], 2
            if after is not None and after.kind == AMOUNT and after.form == "clock":
                return [after], 2
        if item.kind == ORDER and item.english.isdigit() and int(item.english) > 2 and _unit_at(held, n + 1):
            return [Item(AMOUNT, f"{item.english} seconds", item.start, held[n + 1].end, "placed")], 2
        return None

    return _walk(items, step)


def _stretched(items: list[Item]) -> list[Item]:
    """From one time to another: the unit may be said once."""

    def step(held: list[Item], n: int) -> tuple[list[Item], int] | None:
        if held[n].english not in _FROM:
            return None
        k = n + 1 + (n + 1 < len(held) and held[n + 1].english == "the")
        if k >= len(held) or held[k].kind not in (NUMBER, AMOUNT) or held[k].form in ("percent", "times"):
            return None
        m = k + 1
        if m >= len(held) or held[m].english not in _TO:
            return None
        m += 1
        while m < len(held) and held[m].english in ("the", "to", "to the"):
            m += 1
        if m >= len(held) or held[m].kind not in (NUMBER, AMOUNT) or held[m].form in ("percent", "times"):
            return None
        first, last = held[k], held[m]
        if first.kind == NUMBER and last.kind == NUMBER:
            return None
        words = f"from {first.english.removesuffix(' seconds')} to {last.english.removesuffix(' seconds')} seconds"
        return [Item(AMOUNT, words, held[n].start, last.end, "stretch")], m - n + 1

    return _walk(items, step)


def _counted(items: list[Item]) -> list[Item]:
    """ "los 3 primeros segundos", "die letzten beiden Clips", "el clip 2", "der zweite"."""

    def step(held: list[Item], n: int) -> tuple[list[Item], int] | None:
        item = held[n]
        if (
            item.kind == NUMBER
            and _kinds(held, n + 1, ORDER)
            and n + 2 < len(held)
            and held[n + 2].kind in (UNIT, THING)
        ):
            return _edge(held[n + 1], item, held[n + 2]), 3
        if item.kind == ORDER and item.english in ("1", "last") and n + 1 < len(held):
            after = held[n + 1]
            if after.kind == AMOUNT and after.form == "seconds":
                return [
                    item.as_("the first" if item.english == "1" else "the last"),
                    Item(AMOUNT, after.english, after.start, after.end, "edge"),
                ], 2
            if after.kind == NUMBER and n + 2 < len(held) and held[n + 2].kind == THING:
                return _edge(item, after, held[n + 2]), 3
            if after.kind == UNIT and after.english in _SECONDS:
                return [
                    item.as_("the first" if item.english == "1" else "the last"),
                    Item(AMOUNT, "1 seconds", after.start, after.end, "edge"),
                ], 2
        if item.kind == THING and item.english == "clip" and n + 1 < len(held) and held[n + 1].kind in (ORDER, NUMBER):
            return [_clip(held[n + 1], item.start, held[n + 1].end)], 2
        if (
            (
                item.english == "the"
                and n
                and held[n - 1].english == "and"
                and n + 1 < len(held)
                and held[n + 1].kind == NUMBER
            )
            and any("clip" in one.english for one in held[:n])
            and held[n + 1].english.isdigit()
        ):
            return [_clip(held[n + 1], item.start, held[n + 1].end)], 2
        if item.english == "something":
            more = n + 1 < len(held) and held[n + 1].kind in ("comparing", MORE)
            return ([item.as_("a bit")] if more else []), 1
        if item.english == "the" and n + 1 < len(held) and held[n + 1].english == "to the start":
            return [Item(THING, "clip 1", item.start, held[n + 1].end)], 2
        if item.kind == THING and n + 1 < len(held) and held[n + 1].kind == ORDER and held[n + 1].english == "last":
            return [held[n + 1].as_("the last"), item], 2
        if item.kind == AMOUNT and n + 1 < len(held) and held[n + 1].kind == ORDER and held[n + 1].english == "last":
            return [item, Item(PLACE, "at the end", held[n + 1].start, held[n + 1].end)], 2
        if item.kind == ORDER and n + 1 < len(held) and held[n + 1].kind == THING:
            thing = held[n + 1]
            if thing.english == "clip":
                return [_clip(item, item.start, thing.end)], 2
            return [item.as_(_name(item.english)), thing], 2
        if (
            item.kind == ORDER
            and item.english == "1"
            and n + 1 < len(held)
            and held[n + 1].english in ("from", "to", "at", "in")
        ):
            return [], 1
        if item.kind == ORDER and item.english.isdigit() and n and held[n - 1].english.endswith("the"):
            return [_clip(item, item.start, item.end)], 1
        if (
            item.kind == ORDER
            and n
            and held[n - 1].english.endswith("the")
            and (n + 1 == len(held) or held[n + 1].kind == SIGN)
        ):
            return [_clip(item, item.start, item.end)], 1
        if item.kind == ORDER:
            return [item.as_(_name(item.english))], 1
        return None

    return _walk(items, step)


def _like_the_first(items: list[Item]) -> list[Item]:
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


def _half(items: list[Item]) -> list[Item]:
    """Half, where nothing follows that it is half of; "half of the volume"."""

    def step(held: list[Item], n: int) -> tuple[list[Item], int] | None:
        if held[n].english != "half" or held[n].kind != SMALL:
            return None
        k = n + 1
        while k < len(held) and held[k].english in ("of", "of the", "the"):
            k += 1
        if k < len(held) and held[k].english == "volume":
            return [Item(AMOUNT, "half", held[n].start, held[k].end, "percent")], k - n + 1
        if n + 1 == len(held) or held[n + 1].kind not in (THING, LOOK):
            return [Item(AMOUNT, "half", held[n].start, held[n].end, "percent")], 1
        return None

    return _walk(items, step)


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

    return _walk(items, step)


def _edge(order: Item, count: Item, thing: Item) -> list[Item]:
    first = order.as_("the first" if order.english == "1" else "the last")
    if thing.kind == UNIT:
        return [first, replace_amount(count, thing)]
    return [first, count, thing.as_("clips" if thing.english == "clip" else thing.english)]


def replace_amount(count: Item, unit: Item) -> Item:
    """A number and a unit that did not stand together."""
    made = _amount(
        float(count.english) * (60 if unit.english == "minutes" else 1),
        "seconds" if unit.english == "minutes" else unit.english,
        count.start,
        unit.end,
    )
    return Item(AMOUNT, made.english, made.start, made.end, "edge")


def _clip(order: Item, start: int, end: int) -> Item:
    words = (
        "the last clip"
        if order.english == "last"
        else f"clip {order.english}"
        if order.english.isdigit()
        else f"the {order.english} clip"
    )
    return Item(THING, words, start, end)


def _name(order: str) -> str:
    names = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    return names[int(order)] if order.isdigit() and int(order) < len(names) else order


def _doubled(items: list[Item]) -> list[Item]:
    """ "el doble de rápido", "doppelt so schnell", "deux fois plus vite"."""

    def step(held: list[Item], n: int) -> tuple[list[Item], int] | None:
        item = held[n]
        double = item.english in ("double", "half") and item.kind not in (SIGN,)
        times = item.kind == AMOUNT and item.form == "times"
        if not double and not times:
            return None
        k = n + 1
        while k < len(held) and (held[k].kind == "comparing" or held[k].english in ("of", "so", "as")):
            k += 1
        if k < len(held) and held[k].kind in (LOOK, MORE):
            more = held[k].english.rpartition("/")[2]
            if double and more in ("faster", "slower"):
                words = "2x faster" if (item.english == "double") == (more == "faster") else "half speed"
            elif double and more in ("louder", "quieter", "bigger", "higher"):
                words = f"twice as {more}" if item.english == "double" else "half as loud"
            else:
                words = f"{item.english} {more}"
            return [Item(MORE, words, item.start, held[k].end)], k - n + 1
        return None

    return _walk(items, step)


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
