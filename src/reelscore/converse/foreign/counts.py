"""Numbers, orders, halves and doubles of Latin languages: "treinta y cinco", "der zweite Clip", "el doble de rápido"."""

from __future__ import annotations

from reelscore.converse.foreign.items import AMOUNT, LOOK, MORE, ORDINALS, PLACE, SIGN, THING, Item, kinds_at, walk
from reelscore.converse.foreign.times import SECONDS, edge_amount
from reelscore.converse.foreign.west_words import NUMBER, ORDER, SMALL, UNIT

_AS = {"louder": "loud", "quieter": "loud", "bigger": "big", "higher": "loud"}


def summed(items: list[Item]) -> list[Item]:
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

    return walk(items, step)


def _typed_digits(item: Item) -> bool:
    return item.end - item.start == len(item.english)


def counted(items: list[Item]) -> list[Item]:
    """ "los 3 primeros segundos", "die letzten beiden Clips", "el clip 2", "der zweite"."""

    def step(held: list[Item], n: int) -> tuple[list[Item], int] | None:
        item = held[n]
        if (
            item.kind == NUMBER
            and kinds_at(held, n + 1, ORDER)
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
            if after.kind == UNIT and after.english in SECONDS:
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
        if item.english == "bars" and kinds_at(held, n + 1, NUMBER) and kinds_at(held, n + 3, NUMBER):
            bars = f"bars {held[n + 1].english} to {held[n + 3].english}"  # "compases 5 a 8"
            return [Item(THING, bars, item.start, held[n + 3].end)], 4
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
            if thing.english == "place":  # "al primer lugar"
                place = {"1": "to the start", "last": "to the end"}.get(item.english, f"to position {item.english}")
                return [Item(PLACE, place, item.start, thing.end)], 2
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

    return walk(items, step)


def half(items: list[Item]) -> list[Item]:
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

    return walk(items, step)


def _edge(order: Item, count: Item, thing: Item) -> list[Item]:
    first = order.as_("the first" if order.english == "1" else "the last")
    if thing.kind == UNIT:
        return [first, edge_amount(count, thing)]
    return [first, count, thing.as_("clips" if thing.english == "clip" else thing.english)]


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
    return ORDINALS[int(order)] if order.isdigit() and int(order) < len(ORDINALS) else order


def doubled(items: list[Item]) -> list[Item]:
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
                plain = _AS[more]
                words = f"twice as {more}" if item.english == "double" else f"half as {plain}"
            else:
                words = f"{item.english} {more}"
            return [Item(MORE, words, item.start, held[k].end)], k - n + 1
        return None

    return walk(items, step)
