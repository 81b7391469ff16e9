"""Items of a Japanese or Korean clause gathered as phrases, and each phrase as English says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reelscore.converse.foreign.east_words import PARTICLE, RELATION
from reelscore.converse.foreign.items import (
    AMOUNT,
    DEGREE,
    IDLE,
    LOOK,
    MORE,
    ORDINALS,
    PHRASE,
    PLACE,
    QUOTE,
    SOUND,
    THING,
    TYPED,
    VERB,
    Item,
)  # fmt: skip

SOUNDS = SOUND | {"music volume"}
EDGES = {"start": "the first", "end": "the last"}


@dataclass(slots=True)
class Phrase:
    """Items that belong together, and what they are to the verb: "object", "topic", "into", "at", "from", ..."""

    items: list[Item] = field(default_factory=list)
    role: str = ""

    @property
    def head(self) -> Item:
        return self.items[-1]

    def is_a(self, *kinds: str) -> bool:
        """Is its last item one of these kinds?"""
        return bool(self.items) and self.head.kind in kinds


def phrases_of(items: Sequence[Item]) -> list[Phrase]:
    """Items up to a particle, or as far as they can belong together."""
    made: list[Phrase] = []
    now = Phrase()
    for item in items:
        if item.kind == PARTICLE:
            if item.form == "of" and now.items:
                continue
            if item.form == "said" or (item.form == "and" and now.items and now.head.kind == QUOTE):
                if now.items:
                    now.role = "said"
                continue
            if item.form == "and" and now.items:
                now.items.append(Item(IDLE, "and", item.start, item.end, "and"))
                continue
            if now.items:
                now.role = item.form
                made.append(now)
                now = Phrase()
            elif made and item.form in ("object", "topic", "only"):
                made[-1].role = made[-1].role or item.form
            continue
        if item.kind == IDLE and not item.english:
            continue
        if item.kind in (MORE, DEGREE, PHRASE) or (now.items and not _goes_on(now, item)):
            if now.items:
                made.append(now)
            now = Phrase()
        now.items.append(item)
        if item.kind in (MORE, DEGREE, PHRASE):
            made.append(now)
            now = Phrase()
    return [*made, now] if now.items else made


def _goes_on(phrase: Phrase, item: Item) -> bool:
    """Does an item belong to the phrase before it?"""
    head = phrase.head
    if item.kind == RELATION or head.form == "and":
        return True
    if item.kind == QUOTE or head.kind == QUOTE:
        return False
    if item.kind == AMOUNT:
        if item.form in ("order", "number", "count"):
            return head.english in EDGES or item.form != "order"
        return head.english in EDGES
    if head.kind == AMOUNT:
        if head.form == "percent":
            return item.english in ("volume", "speed") or item.kind == TYPED
        return item.kind in (THING, LOOK, TYPED, VERB)
    if item.kind == VERB:
        return head.kind in (LOOK, THING) and item.form == "noun"
    return head.kind not in (RELATION,)


def noun_phrase(phrase: Phrase) -> list[Item]:
    """A phrase as English says it: ordinals and edges before, relations first, the sound of a thing."""
    items = _counted(phrase.items)
    if len(items) > 1 and items[-1].english in EDGES and items[-2].english in ("video", "the whole video"):
        items = [*items[:-2], items[-1]]  # 영상 끝에
    relation = next((item for item in items if item.kind == RELATION), None)
    if relation is not None:
        return [relation, *(item for item in items if item is not relation)]
    for n, item in enumerate(items):
        if n and item.english in ("the first", "the last") and items[n - 1].kind in (THING, TYPED):
            return [*items[n:], item.before("of"), *items[:n]]
        if n and item.english == "music" and items[n - 1].kind == TYPED:
            return [*items[:n], item.as_("song"), *items[n + 1 :]]  # dance 음악: it has a name
        if n and item.english == "sound" and item.kind == THING:
            owner = items[n - 1]
            if owner.english in SOUNDS:
                return [i for i in items if i is not item]
            if owner.kind in (THING, TYPED):
                return [item.as_("sound of"), *items[:n], *items[n + 1 :]]
    return items


def _counted(items: Sequence[Item]) -> list[Item]:
    """ "the first 3 seconds", "clip 2", "the last 2 clips"."""
    made: list[Item] = []
    skip = False
    for n, item in enumerate(items):
        if skip:
            skip = False
            continue
        after = items[n + 1] if n + 1 < len(items) else None
        if item.kind == PLACE and item.english in EDGES and after is not None and after.kind in (AMOUNT, THING):
            made.append(item.as_(EDGES[item.english]))
        elif _both_edges(items, n):
            made.append(item)
        elif item.kind == PLACE and item.english in EDGES and after is not None and after.form == "and":
            made.append(item.as_(EDGES[item.english] + " clip"))
        elif item.english == "centre" and after is not None and after.english == "clip":
            made.append(item.as_("the middle"))
        elif item.kind == AMOUNT and item.form in ("order", "number"):
            follows = after is not None and after.kind == THING
            thing = after.english if after is not None and follows else "clip"
            if thing == "clip":
                made.append(item.as_(f"clip {item.english}"))
                skip = follows
            else:
                made.append(item.as_(_ordinal(item.english)))
        else:
            made.append(item)
    return made


def _both_edges(items: Sequence[Item], n: int) -> bool:
    """最初と最後に: at the start and the end."""
    alone = len(items) == n + 3
    return alone and [item.english for item in items[n:]] in (["start", "and", "end"], ["end", "and", "start"])


def _ordinal(count: str) -> str:
    n = int(float(count))
    return "the " + ORDINALS[n] if 0 < n < len(ORDINALS) else f"number {n}"
