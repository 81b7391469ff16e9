"""Nouns of Latin languages with what is said of them: comparisons, and adjectives where English has them."""

from __future__ import annotations

from reelscore.converse.foreign.items import DEGREE, LOOK, MORE, PLACE, SOUND, TEXTS, THING, Item
from reelscore.converse.foreign.west_words import UNIT

_BEFORE = frozenset({"music", "background music", "song", "filter", "transition", "melody", "rhythm"})  # "calm music"
_HEARD = {"bigger": "louder", "higher": "louder", "smaller": "quieter", "lower": "quieter"}  # said of a sound
_TURNED = {"quieter": "down", "louder": "up", "higher": "up", "lower": "down"}  # "plus bas", of a text
_TOWARDS = {"to the top": "up", "to the bottom": "down"}
_LESS = {
    "bigger": "smaller", "louder": "quieter", "faster": "slower", "brighter": "darker", "longer": "shorter", "higher": "lower",
    "quieter": "louder", "more energetic": "calmer", "happier": "sadder", "slower": "faster", "darker": "brighter",
}  # fmt: skip


def compared(clause: list[Item], about: str) -> list[Item]:
    """ "más grande", "plus fort", "menos rápida": what is more or less so."""
    made: list[Item] = []
    for item in clause:
        before = made[-1] if made else None
        nudged = before is not None and (before.kind == "comparing" or before.english == "a bit")
        if item.kind == PLACE and nudged and item.english in _TOWARDS:
            made.append(item.as_(_TOWARDS[item.english]))
            if before is not None and before.kind == "comparing":
                made[-2] = Item(DEGREE, "a bit", before.start, before.end)
        elif item.kind == LOOK and before is not None and before.kind == "comparing":
            more = _last_part(item.english)
            led = made[-2].english if len(made) > 1 else ""
            if more == "quieter" and led == "with":  # "con más bajo"
                made[-1] = Item(THING, "more bass", before.start, item.end)
                continue
            if about == "text" and more in _TURNED:
                bit = [] if led in ("a bit", "much") else [before.before("a bit")]
                made[-1:] = [*bit, Item(PLACE, _TURNED[more], before.start, item.end)]
                continue
            if about == "sound":
                more = _HEARD.get(more, more)
            made[-1] = Item(
                MORE,
                _LESS.get(more, "less " + more)
                if before.english == "less"
                else more
                if more.endswith("er") or " " in more
                else "more " + more,
                before.start,
                item.end,
            )
        else:
            made.append(item)
    return [
        item.as_("more" if item.english == "more" else "less") if item.kind == "comparing" else item for item in made
    ]


def _last_part(english: str) -> str:
    return english.rpartition("/")[2]


def nouns(clause: list[Item]) -> list[Item]:
    """ "música de piano tranquila" > "calm piano music"; "clip segundo" > "clip 2"."""
    made: list[Item] = []
    n = 0
    while n < len(clause):
        item = clause[n]
        owner = clause[n + 2 : n + 3]
        if (
            item.english == "text"
            and owner
            and owner[0].english in TEXTS
            and clause[n + 1].english in ("of the", "of", "to the")
        ):
            n += 2  # the text of the title is the title
            continue
        if item.kind == THING and item.english in _BEFORE:
            owned, n = _owned(clause, n + 1)
            definite = any(one.english.endswith("the") for one in made[-2:] if one.kind != LOOK)
            if not definite or any(one.kind == THING for one in owned):
                made += [*owned, item]
            else:
                made += [item, *owned]
            continue
        made.append(item)
        n += 1
    return made


def _owned(clause: list[Item], n: int) -> tuple[list[Item], int]:
    """What follows a noun and belongs before it in English, and where it ends."""
    owned: list[Item] = []
    while n < len(clause):
        item = clause[n]
        after = clause[n + 1] if n + 1 < len(clause) else None
        if item.kind == LOOK:
            owned.append(item)
            n += 1
        elif (
            item.english == "of"
            and after is not None
            and (after.kind == LOOK or (after.kind == THING and after.english not in SOUND | TEXTS | {"video", "clip"}))
        ):
            owned.append(after)
            n += 2
        elif (
            item.english in ("and", "very")
            and after is not None
            and after.kind == LOOK
            and (owned or item.english == "very")
        ):
            n += 1
        else:
            break
    return owned, n


def plain(item: Item, about: str) -> Item:
    """The item with the English of its place: an adjective's first form, an order's number."""
    if item.kind == LOOK:
        return item.as_(item.english.partition("/")[0])
    if item.kind == MORE and about == "sound":
        return item.as_(_HEARD.get(item.english, item.english))
    if item.kind == UNIT:
        return item.as_({"segundo": "seconds", "percent": "%"}.get(item.english, item.english))
    return item
