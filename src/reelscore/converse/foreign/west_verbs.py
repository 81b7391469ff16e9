"""Verbs of Latin languages: to the front, with "don't" before and pronouns behind, and the English that is meant.

What a light verb means (poner, mettre, machen) is in what it makes of the thing.
"""

from __future__ import annotations

from collections.abc import Sequence

from reelscore.converse.foreign.items import (
    AMOUNT,
    DEGREE,
    INSTRUMENTS,
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
    sense,
)  # fmt: skip
from reelscore.converse.foreign.west_words import NEG, NUMBER, ORDER, PRONOUN, SMALL

LIGHT = frozenset({"make", "put", "leave", "be", "last"})


_CONTENT = frozenset({VERB, THING, PLACE, LOOK, MORE, AMOUNT, QUOTE, TYPED, NUMBER})


def verb_first(clause: list[Item], about: str) -> list[Item]:
    """The verb to the front, with "don't" before it and pronouns behind it, and the English that is meant."""
    places = [n for n, item in enumerate(clause) if item.kind == VERB]
    if not places:
        return _without_verb(_at_or_to("", clause) if any(item.kind == QUOTE for item in clause) else clause)
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
    english, rest = _meant(verb.english, rest, about)
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


def _meant(english: str, rest: list[Item], about: str) -> tuple[str, list[Item]]:
    english = sense(english, about)
    amounts = [item for item in rest if item.kind in (AMOUNT, NUMBER)]
    if english == "cut off":
        halves = next(
            (
                n
                for n, i in enumerate(rest)
                if i.english == "in" and n + 1 < len(rest) and rest[n + 1].english in ("2", "half")
            ),
            None,
        )
        if halves is not None:
            half = rest[halves + 1].as_("half")
            english, rest = "split", [*rest[: halves + 1], half, *rest[halves + 2 :]]
        elif about == "sound" and not amounts:
            english = "mute"
    if english == "mute" and any(item.english == "when someone speaks" for item in rest):
        english = "lower"
    place = next((n for n, item in enumerate(rest) if item.english == "place"), None)
    if english in ("change", "move") and place is not None:  # "troca a cidade e a praia de lugar"
        return "swap", [item for n, item in enumerate(rest) if n not in (place - 1, place)]
    kinds = {item.english for item in rest}
    if {"cuts", "beat"} <= kinds:
        return "snap the cuts to the beat", []
    if english == "join" and about == "sound" and not kinds & {"sound", "voice"}:
        return "crossfade the two songs", [
            part for one in amounts if one.form == "seconds" for part in (one.before("for"), one)
        ]
    if english in ("loop", "redo", "duplicate") and any(item.form == "times" for item in amounts):
        english = "loop"
        rest = [i.as_(i.english.removesuffix("x") + " times") if i.form == "times" else i for i in rest]
    if english in ("shorten", "cut off") and about != "text" and any(item.english == "half" for item in amounts):
        halves = next(n for n, item in enumerate(rest) if item.english == "half")
        kept = halves - (rest[halves - 1].kind == SMALL) if halves else halves
        return "shorten", [*rest[:kept], rest[halves].before("by"), *rest[halves:]]
    if english == "reverse" and any(item.english == "and" for item in rest):
        return "swap", rest  # "inverte o lago e o drone"
    if english in ("raise", "lower") and kinds & {"small video", "logo"} and not any(i.kind == PLACE for i in rest):
        english = "make {} bigger" if english == "raise" else "make {} smaller"
    if english == "start" and "video" in kinds:  # "commence par le lac"
        rest = [item.as_("with") if item.english == "by" else item for item in rest]
    if english == "fade in" and any(item.kind == QUOTE for item in rest):
        english = "add"
    if english == "freeze":  # "la última imagen": the picture that stands
        rest = [item.as_("frame") if item.english in ("video", "photo", "clip") else item for item in rest]
    if english.startswith("fade"):
        rest = [
            item
            for n, item in enumerate(rest)
            if not (
                item.english in ("fade", "slow/slower", "soft/softer", "quiet/quieter")  # a fade is so
                or (item.english in ("in", "with", "a") and rest[n + 1 : n + 2] and rest[n + 1].english == "fade")
            )
        ]
    rest = _at_or_to(english, rest)
    if english in ("lower", "make {} smaller") and about == "text" and any(item.english == "half" for item in amounts):
        things = [item for item in rest if item.kind == THING or item.english == "the"]
        return "make", [*(things or [rest[0].before("it")]), rest[0].before("half as big")]
    if english in ("lower", "raise") and about != "sound" and any(item.kind == PLACE for item in rest):
        return "move", rest
    if english == "lower" and about not in ("sound", "text") and any(item.form == "seconds" for item in amounts):
        return "shorten", rest
    if english in ("replace", "swap", "change") and any(item.kind == MORE for item in rest) and about != "text":
        return "make", [
            item
            for n, item in enumerate(rest)
            if not (
                n + 1 < len(rest)
                and rest[n + 1].kind in (MORE, DEGREE)
                and item.english in ("to", "by", "with", "for", "a bit")
            )
        ]
    if english == "change":
        rest = [
            item.as_("to")
            if item.english in ("by", "in", "for", "with")
            and n + 1 < len(rest)
            and (rest[n + 1].kind == QUOTE or any(one.kind == QUOTE for one in rest[:n]))
            else item
            for n, item in enumerate(rest)
        ]
    if english in ("put", "leave", "add") and any(item.english == "in the background" for item in rest):
        seen = any(
            (item.kind == LOOK and "/" not in item.english)
            or item.english in ("photo", "video", "colour", "logo", "clip")
            for item in rest
        )
        return "add", [
            item.as_("at")
            if n + 1 < len(rest) and rest[n + 1].form == "percent"
            else item.as_("as background music")
            if item.english == "in the background" and not seen
            else item
            for n, item in enumerate(rest)
        ]
    if english == "change" and any(
        item.english == "with" and any("clip" in one.english for one in rest[n:]) for n, item in enumerate(rest)
    ):
        return "swap", rest
    if english == "join":
        fade = next((item for item in rest if item.english in ("fade", "crossfade")), None)
        if fade is not None:
            return "add a crossfade between", [
                item for item in rest if item is not fade and item.english not in ("with", "a")
            ]
        return english, rest
    if english not in LIGHT:
        return english, rest
    return _light(english, rest)


_TO_A_LENGTH = frozenset(
    {"lower", "raise", "shorten", "lengthen", "cut off", "change", "trim", "lower|shorten", *LIGHT}
)


_BY = ("lower", "raise", "shorten", "lengthen", "move", "rotate", "slow", "speed")


def _at_or_to(english: str, rest: list[Item]) -> list[Item]:
    """ "à 5 secondes" is a place in time, where nothing is made as long; "de 2 secondes" is by how much."""
    made = list(rest)
    for n, item in enumerate(rest[:-1]):
        if rest[n + 1].kind == AMOUNT and rest[n + 1].form == "seconds":
            fading = n > 0 and "fade" in rest[n - 1].english
            placed = item.english == "for" and english in ("end", "start", "split") and not fading
            if placed or (item.english == "to" and english not in _TO_A_LENGTH):
                made[n] = item.as_("at")
            elif item.english == "for" and english.startswith(_BY):
                made[n] = item.as_("by")
        elif item.english in ("a", "in", "of") and rest[n + 1].form in ("percent", "db") and english.startswith(_BY):
            made[n] = item.as_("by")
        elif (
            item.english in ("to the", "to", "with the", "of")
            and rest[n + 1].english in INSTRUMENTS
            and english in ("add", "generate", "put", "make")
        ):
            made[n] = item.as_("with")
    if not english.startswith(("remove", "mute", "cut", "keep")):
        made = [item.as_("the whole video") if item.english == "everything" else item for item in made]
    elif any(item.english == "everything" for item in made):
        made = [item.as_("after") if item.english == "from" else item for item in made]
    return made


def _light(english: str, rest: list[Item]) -> tuple[str, list[Item]]:
    """What put, make and leave are, by what is said of the thing."""
    things = [n for n, item in enumerate(rest) if item.kind in (THING, TYPED)]
    definite = any(
        (n and (rest[n - 1].english.endswith("the") or rest[n - 1].kind == ORDER))
        or rest[n].english.startswith("clip ")
        for n in things
    ) or any(item.kind == PRONOUN for item in rest)
    looks = [n for n, item in enumerate(rest) if item.kind in (MORE, LOOK)]
    predicate = [
        n for n in looks if rest[n].kind == MORE or definite or not things or rest[n - 1].english in ("in", "to", "of")
    ]
    set_to = any(
        item.kind in (AMOUNT, NUMBER)
        and item.form not in ("placed", "for")
        and n
        and rest[n - 1].english in ("to", "to the", "at", "in")
        for n, item in enumerate(rest)
    )
    english = "be" if english == "last" else english
    if any(item.english == "as it is" for item in rest):
        return "leave", [item for item in rest if item.kind != PRONOUN or not things]
    quote = next((n for n, item in enumerate(rest) if item.kind == QUOTE), None)
    if quote is not None and not looks and not (quote and rest[quote - 1].english in ("to", "as", "in")):
        return "add", rest
    if predicate and (definite or not things or english != "put" or rest[predicate[0]].kind == MORE):
        rest = [
            item
            for k, item in enumerate(rest)
            if not (k + 1 in predicate and item.english in ("in", "to", "to the", "of", "a", "in the"))
        ]
        if not things and not any(item.kind == PRONOUN for item in rest):
            rest = [rest[0].before("it"), *rest]
        return "make", rest
    if set_to or (english in ("be", "leave") and any(item.kind in (AMOUNT, NUMBER) for item in rest)):
        rest = [
            item.as_(item.english.removeprefix("for ")) if english == "be" and item.form == "for" else item
            for item in rest
        ]
        rest = [
            item.as_("to") if item.english == "for" and rest[n + 1 : n + 2] and rest[n + 1].form == "seconds" else item
            for n, item in enumerate(rest)
        ]
        bare = next((n for n, item in enumerate(rest) if item.kind == AMOUNT and n and rest[n - 1].kind != SMALL), None)
        if not set_to and bare is not None:
            rest = [*rest[:bare], rest[bare].before("to"), *rest[bare:]]
        return "set", rest
    places = [item for item in rest if item.kind == PLACE]
    if places and definite:
        return "move" if english != "make" else "put", rest
    if places and not definite and not things:
        return "move" if any(item.kind == PRONOUN for item in rest) else "put", rest
    if english == "be":
        return "make", rest
    if english == "leave":
        return "keep", rest
    if english == "make" and things and rest[things[0]].english in ("music", "background music", "song", "melody"):
        return "generate", rest
    return "add" if things and not definite else "make" if english == "make" else "put", rest


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
