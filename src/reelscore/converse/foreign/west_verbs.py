"""Verbs of Latin languages: to the front, with "don't" before and pronouns behind, and the English that is meant.

What a light verb means (poner, mettre, machen) is in what it makes of the thing.
"""

from __future__ import annotations

from collections.abc import Sequence

from reelscore.converse.foreign.items import (
    AMOUNT,
    LOOK,
    MORE,
    PHRASE,
    PLACE,
    QUOTE,
    TEXTS,
    THING,
    TYPED,
    VERB,
    Item,
)  # fmt: skip
from reelscore.converse.foreign.west_meant import LIGHT, at_or_to, meant
from reelscore.converse.foreign.west_words import NEG, NUMBER, ORDER, PRONOUN, SMALL

_CONTENT = frozenset({VERB, THING, PLACE, LOOK, MORE, AMOUNT, QUOTE, TYPED, NUMBER})


def verb_first(clause: list[Item], about: str) -> list[Item]:
    """The verb to the front, with "don't" before it and pronouns behind it, and the English that is meant."""
    places = [n for n, item in enumerate(clause) if item.kind == VERB]
    if not places:
        return _without_verb(at_or_to("", clause) if any(item.kind == QUOTE for item in clause) else clause)
    heavy = [n for n in places if clause[n].english not in LIGHT]
    main = (
        heavy[-1]
        if heavy and (len(heavy) == 1 or clause[heavy[0]].english in LIGHT)
        else heavy[0]
        if heavy
        else places[0]
    )
    dropped = {n for n in places if n != main and clause[n].english in LIGHT}
    verb = clause[main]
    negated = any(item.kind == NEG for item in clause)
    if not negated and verb.english == "touch":  # "que toque una guitarra"
        verb = verb.as_("add")
    if negated and verb.form == "brauchen":
        verb, negated = verb.as_("remove"), False
    before = [item for n, item in enumerate(clause[:main]) if n not in dropped and item.kind != NEG]
    if verb.english in (*LIGHT, "say") and not negated and (saying := _saying(clause, main)):
        return saying
    behind = [item for n, item in enumerate(clause) if n > main and n not in dropped and item.kind != NEG]
    pronouns = [item for item in before if item.kind == PRONOUN and item.english == "it"]
    before = [item for item in before if item.kind != PRONOUN]
    greeting = [item for item in before if item.kind == PHRASE or item.english == "but"]
    before = [item for item in before if item not in greeting]
    if verb.english == "drown":
        return [*greeting, *_lean(before), verb.as_("drowns"), *(item for item in behind if item.kind != PRONOUN)]
    if verb.english == "fade out" and any(item.english.startswith("fast") for item in clause):
        gone = [item for item in (*before, *behind) if item.kind == THING or item.english == "the"]
        return [*greeting, *gone, verb.as_("disappears too fast")]
    if any(item.kind in _CONTENT for item in before) and verb.english not in ("how long",):
        rest = [*_lean(before), *behind]
        before = []
    else:
        rest = behind
    if pronouns and not any(item.kind in (THING, QUOTE) and _an_object(rest, item) for item in rest):
        rest = [pronouns[0], *rest]
    rest = _one_object(rest)
    if verb.english not in (*LIGHT, "move", "add", "bring {} back", "drag"):  # "primero borra el lago"
        rest = [item for item in rest if item.english != "to the start"]
    english, rest = meant(verb.english, rest, about)
    first, _, last = english.partition("{}")
    said = verb.as_(("don't " if negated else "") + first.strip())
    tail = [verb.as_(last.strip())] if last.strip() else []
    if tail:
        cut = next(
            (
                n
                for n, item in enumerate(rest)
                if n and item.kind in (SMALL, AMOUNT, PLACE) and item.english not in ("the", "a", "of")
            ),
            len(rest),
        )
        rest = [*rest[:cut], *tail, *rest[cut:]]
    return [*greeting, *before, said, *rest]


def _saying(clause: list[Item], main: int) -> list[Item]:
    """ "que el título ponga ...", "der Titel soll ... heißen": what a text that is there shall say."""
    quote = next((n for n, item in enumerate(clause) if item.kind == QUOTE), None)
    named = [n for n, item in enumerate(clause[: quote or 0]) if item.kind == THING and item.english in TEXTS]
    first = next((n for n, item in enumerate(clause) if item.kind in _CONTENT), 0)
    if quote is None or not named or named[0] != first or not first:
        return []
    if clause[first - 1].english != "the" and clause[first - 1].kind != ORDER:
        return []
    if main < first or any(item.kind == PLACE for item in clause):
        return []
    behind = [item for n, item in enumerate(clause) if n > quote and n != main]
    return [clause[first - 1], clause[first], clause[quote].before("should say"), clause[quote], *behind]


def _lean(items: list[Item]) -> list[Item]:
    return [item for item in items if item.english not in ("that",)]


def _an_object(items: Sequence[Item], item: Item) -> bool:
    n = next(k for k, one in enumerate(items) if one is item)
    while (n and items[n - 1].english in ("the", "a")) or (n and items[n - 1].kind in (LOOK, ORDER)):
        n -= 1
    return not (n and items[n - 1].kind == SMALL)


def _one_object(rest: list[Item]) -> list[Item]:
    """A pronoun beside the thing itself is no object of its own: "quítale la música"."""
    named = any(item.kind in (THING, QUOTE) and _an_object(rest, item) for item in rest)
    made: list[Item] = []
    for item in rest:
        if item.kind == PRONOUN:
            if item.english == "to it":
                if not named:
                    made.append(item.as_("it"))
                continue
            if named and item.english != "it":
                continue
        made.append(item)
    return made


def _without_verb(clause: list[Item]) -> list[Item]:
    """A clause of no verb: what shall not be, or a clip and its new place."""
    content = [item for item in clause if item.kind in _CONTENT]
    if len(content) == 2 and content[0].kind == THING and "clip" in content[0].english and content[1].kind == PLACE:
        return [content[0].as_("move"), *clause]
    if len(clause) > 1 and clause[0].english in ("of the", "of", "from") and clause[1].kind == THING:
        return clause[1:]  # "du rock", "des sous-titres plus petits"
    if any(item.kind == NEG for item in clause):
        rest = [item for item in clause if item.kind != NEG and not (item.kind == SMALL and item.english != "but")]
        start = next(item for item in clause if item.kind == NEG)
        but = [item for item in rest if item.english == "but"]
        alone = len(content) == 1 and content[0].kind == THING and len(rest) == 1
        return [*but, start.as_("no" if alone else "not"), *(item for item in rest if item not in but)]
    return clause
