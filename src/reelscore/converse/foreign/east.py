"""Japanese and Korean into English: particles say what a phrase is to its verb, and the verb comes last.

Each clause is gathered as phrases with their roles, and said again with the verb first: 音楽を30%に下げて > "lower music
to 30%". What a light verb (する, 하다) means is in what it makes of the thing: "make the title yellow".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from reelscore.converse.foreign.east_words import PARTICLE, RELATION, items_of, words_of
from reelscore.converse.foreign.items import (
    AMOUNT,
    DEGREE,
    IDLE,
    INSTRUMENTS,
    LOOK,
    MORE,
    PHRASE,
    PLACE,
    QUOTE,
    SIGN,
    THING,
    TYPED,
    VERB,
    Item,
    to_black,
)  # fmt: skip

_SOUND = frozenset(
    {"music", "background music", "volume", "sound", "voice", "song", "audio", "sound effect", "music volume", "noise"}
)
_TEXT = frozenset({"title", "subtitle", "text", "caption", "font", "lower third", "logo"})
_EDGES = {"start": "the first", "end": "the last"}


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


def put_in_english(text: str, language: str) -> list[Item]:
    """The items of the message in English order."""
    items = _corrected(items_of(text, language), words_of(language).grammar.CORRECTIONS, text)
    said: list[Item] = []
    spoken_of = ""
    for clause, sign in _clauses(items):
        ordered, spoken_of = _said(clause, spoken_of)
        said += ordered
        if sign is not None:
            said.append(sign)
    return said


def _corrected(items: list[Item], words: Sequence[str], text: str) -> list[Item]:
    """30%、いや25%に: of an amount and its correction, the correction."""
    for n, item in enumerate(items):
        if item.kind != SIGN or item.form != "no":
            continue
        after = next((k for k in range(n + 1, len(items)) if items[k].kind == AMOUNT), None)
        before = next((k for k in range(n - 1, -1, -1) if items[k].kind == AMOUNT), None)
        if after is None or before is None or (items[after].form != items[before].form and items[after].form):
            continue
        return [*items[:before], *items[n + 1 :]]
    return items


def _clauses(items: list[Item]) -> list[tuple[list[Item], Item | None]]:
    """The clauses with what parts them. A phrase before a comma without anything said of it belongs to what follows."""
    made: list[tuple[list[Item], Item | None]] = []
    now: list[Item] = []
    for n, item in enumerate(items):
        if item.kind == SIGN:
            if item.english == "," and now and not _says_something(now):
                continue
            if now:
                made.append((now, item))
                now = []
            elif made and made[-1][1] is None:
                made[-1] = (made[-1][0], item)
            continue
        if item.kind == MORE and now and now[-1].english == "too":
            item = replace(item, english=f"is too {item.form}", form="too", start=now.pop().start)
        if item.kind == VERB and item.english == "speak" and item.form == "when":
            while (now and now[-1].kind in (PARTICLE, TYPED, IDLE)) or (now and now[-1].english in ("voice", "video")):
                now.pop()
            item = Item(PHRASE, "when someone speaks", item.start, item.end)
        now.append(item)
        if item.kind == MORE and item.form == "too":
            made.append((now, replace(item, kind=SIGN, english=",")))
            now = []
        if item.kind == VERB and item.form in ("and", "after") and n + 1 < len(items):
            made.append((now, replace(item, kind=SIGN, english="," if item.form == "and" else ", then")))
            now = []
        elif item.kind == PHRASE and item.english in ("then", "and"):
            now.pop()
            if now:
                made.append((now, item.as_(", " + item.english)))
            now = []
    return [*made, (now, None)] if now else made


def _says_something(items: Sequence[Item]) -> bool:
    kinds = {item.kind for item in items}
    if kinds & {VERB, MORE, QUOTE}:
        return True
    ending = next((i for i in reversed(items) if i.kind not in (PARTICLE, IDLE)), None)
    last = items[-1]
    return (
        ending is not None
        and ending.kind in (AMOUNT, LOOK, PLACE, PHRASE)
        and not (last.kind == PARTICLE and last.form in ("topic", "object", "of", "and"))
        and (len(kinds - {PARTICLE, IDLE}) > 1 or ending.kind == PHRASE)
    )


def _said(clause: list[Item], spoken_of: str) -> tuple[list[Item], str]:
    """The clause in English order, and what it was about ("sound", "text", "")."""
    verbs = [item for item in clause if item.kind == VERB and item.form != "of"]
    verb = verbs[-1] if verbs else None
    phrases = _phrases([item for item in clause if item is not verb])
    about = _about(phrases) or spoken_of
    for phrase in phrases:
        phrase.items = [i.as_(_sense(i.english, about)) if i.kind == VERB else i for i in phrase.items]
    for phrase, after in pairwise(phrases):
        if phrase.role == "at" and phrase.is_a(AMOUNT) and after.role == "until":
            phrase.role = "from"
    if not phrases and verb is None:
        return [], spoken_of
    things = [item for phrase in phrases for item in phrase.items if item.kind in (THING, TYPED)]
    if spoken_of == "clip" and verb and len(things) == 1 and things[0].english == "sound":
        return [verb.as_("mute it")], spoken_of
    if any(item.kind == TYPED or "clip" in item.english for item in things):
        about = about if about in ("sound", "text") else "clip"
    said = [item for item in _ordered(verb, phrases, about) if item.english or item.kind in (QUOTE, TYPED)]
    return to_black(said), about


def _about(phrases: Sequence[Phrase]) -> str:
    for phrase in phrases:
        for item in phrase.items:
            if item.english in _SOUND:
                return "sound"
            if item.english in _TEXT:
                return "text"
    return "else" if any(p.is_a(THING) for p in phrases) else ""


def _phrases(items: Sequence[Item]) -> list[Phrase]:
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
            return head.english in _EDGES or item.form != "order"
        return head.english in _EDGES
    if head.kind == AMOUNT:
        if head.form == "percent":
            return item.english in ("volume", "speed")
        return item.kind in (THING, LOOK, TYPED, VERB)
    if item.kind == VERB:
        return head.kind in (LOOK, THING) and item.form == "noun"
    return head.kind not in (RELATION,)


def _ordered(verb: Item | None, phrases: list[Phrase], about: str) -> list[Item]:
    english = _sense(verb.english, about) if verb else ""
    objects = [p for p in phrases if p.role == "object"]
    topics = [
        p
        for p in phrases
        if (p.role in ("topic", "only") and not p.is_a(PLACE)) or (not p.role and p.is_a(THING, TYPED, VERB, QUOTE))
    ]
    rest = [p for p in phrases if p not in objects and p not in topics]
    manner = [p for p in rest if p.is_a(MORE, LOOK, DEGREE) or (p.role == "into" and p.is_a(LOOK, MORE))]
    rest = [p for p in rest if p not in manner]
    if verb is None and not objects and not topics and not manner:
        return [i for p in rest for i in _placed(p, "", [])]
    if english in ("remove", "cut off") and any(p.role == "from" and p.is_a(AMOUNT) for p in rest):
        whole = next(
            (p for p in (*objects, *topics) if p.is_a(THING) and p.head.english in ("the whole video", "video")), None
        )
        since = [p for p in rest if p.role == "from"]
        if whole is not None or not (objects or topics or any(p.role == "until" for p in rest)):
            return [verb.as_(f"{english} everything after"), *(i for p in since for i in _np(p))] if verb else []
    english = _told(english, objects, topics, rest, manner, about)
    things = _things(objects, topics)
    said: list[Item] = []
    if verb is not None:
        lead = "don't " if verb.form == "neg" else ""
        before, _, after = english.partition("{}")
        said.append(verb.as_((lead + before).strip()))
        if not things and english == "make" and manner:
            said.append(verb.as_("it"))
        said += things
        if after.strip():
            said.append(verb.as_(after.strip()))
    else:
        said += things
    degrees = [p for p in manner if p.is_a(DEGREE)]
    looks = [p for p in manner if not p.is_a(DEGREE)]
    for phrase in (*degrees, *looks):
        said += [_bent(item, about) for item in _np(phrase)]
    longer = any(item.english in ("longer", "shorter") for phrase in manner for item in phrase.items)
    for phrase in rest:
        if (
            longer
            and phrase.is_a(AMOUNT)
            and "seconds" in phrase.head.english
            and phrase.role not in ("into", "from", "until")
        ):
            said += [Item(IDLE, "by", phrase.head.start, phrase.head.start), *phrase.items]
            continue
        said += _placed(phrase, english, things)
    return said


def _sense(english: str, about: str) -> str:
    """ "lower|make {} smaller|shorten": what a verb means of sounds, of texts, of anything else."""
    parts = english.split("|")
    if len(parts) == 1:
        return english
    if about == "sound":
        return parts[0]
    return parts[1] if about == "text" and len(parts) > 2 else parts[-1]


def _told(
    english: str, objects: list[Phrase], topics: list[Phrase], rest: list[Phrase], manner: list[Phrase], about: str
) -> str:
    """The verb that English has for it, by what stands beside it."""
    heads = {item.english for p in (*objects, *topics) for item in p.items}
    into = [p for p in rest if p.role == "into"]
    looks = [p for p in manner if p.is_a(LOOK, MORE)]
    if english in ("lower|make {} smaller|shorten", "shorten", "lower") and any(
        p.is_a(AMOUNT) and "seconds" in p.head.english for p in into
    ):
        return "shorten"
    pair = any(item.form == "and" for p in (*objects, *topics) for item in p.items)
    if english == "change" and not into and ("order" in heads or (pair and about not in ("sound", "text"))):
        return "swap"
    if english in ("change", "create", "make"):
        if looks:
            return "make"
        if any(p.is_a(THING, TYPED, QUOTE) and p.head.english not in INSTRUMENTS for p in into):
            return "change"
        if any(p.is_a(AMOUNT) for p in (*into, *rest)) and english != "create":
            return "set"
        if english == "create":
            return "make" if any(p.is_a(AMOUNT) for p in into) and "music" not in heads else "generate"
        if any(p.is_a(PLACE) for p in into):
            return "move"
        if english == "make" and any(p.is_a(VERB) for p in (*objects, *topics)):
            return ""
        if english == "make" and into:
            return "set"
        if english == "make" and not rest and (objects or topics):
            return "add"
    if (
        english in ("lower", "raise", "put")
        and any(p.is_a(PLACE) for p in rest)
        and about != "sound"
        and english != "put"
    ):
        return "move"
    if (
        english == "put"
        and any(p.is_a(PLACE) and p.head.english in _EDGES for p in rest)
        and not any(p.is_a(QUOTE) for p in (*objects, *topics))
    ):
        return "move"
    return english


def _things(objects: list[Phrase], topics: list[Phrase]) -> list[Item]:
    """What the verb is done to: objects first, then what they belong to."""
    said: list[Item] = []
    if objects:
        for n, phrase in enumerate(objects):
            said += (
                [phrase.items[0].as_("and").__class__(IDLE, "and", phrase.items[0].start, phrase.items[0].start)]
                if n
                else []
            ) + _np(phrase)
        for phrase in topics:
            if phrase.role == "said" or phrase.is_a(QUOTE):
                said += _np(phrase)
            else:
                first = phrase.items[0]
                said += [Item(IDLE, "of" if not phrase.is_a(VERB) else "", first.start, first.start), *_np(phrase)]
        return said
    for phrase in topics:
        only = [Item(IDLE, "only", phrase.items[0].start, phrase.items[0].start)] if phrase.role == "only" else []
        said += only + _np(phrase)
    return said


def _bent(item: Item, about: str) -> Item:
    swaps = {"bigger": "louder", "smaller": "quieter"} if about == "sound" else {}
    return item.as_(swaps.get(item.english, item.english))


def _np(phrase: Phrase) -> list[Item]:
    """A phrase as English says it: ordinals and edges before, relations first, the sound of a thing."""
    items = _counted(phrase.items)
    relation = next((item for item in items if item.kind == RELATION), None)
    if relation is not None:
        return [relation, *(item for item in items if item is not relation)]
    for n, item in enumerate(items):
        if n and item.english in ("the first", "the last") and items[n - 1].kind in (THING, TYPED):
            return [*items[n:], Item(IDLE, "of", item.start, item.start), *items[:n]]
        if n and item.english == "sound" and item.kind == THING:
            owner = items[n - 1]
            if owner.english in _SOUND:
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
        if item.kind == PLACE and item.english in _EDGES and after is not None and after.kind in (AMOUNT, THING):
            made.append(item.as_(_EDGES[item.english]))
        elif item.kind == PLACE and item.english in _EDGES and after is not None and after.form == "and":
            made.append(item.as_(_EDGES[item.english] + " clip"))
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


def _ordinal(count: str) -> str:
    names = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    n = int(float(count))
    return "the " + names[n] if 0 < n < len(names) else f"number {n}"


_MOVES = frozenset({"move", "put", "set", "make"})
_LENGTHS = frozenset({"shorten", "set", "make", "lengthen", "cut off", "change", "trim"})
_FADES = ("fade", "transition", "crossfade")


def _placed(phrase: Phrase, verb: str, things: Sequence[Item]) -> list[Item]:
    """A phrase with the English preposition of its role."""
    items = _np(phrase)
    head = phrase.head
    first = phrase.items[0]

    def led(word: str) -> list[Item]:
        return [Item(IDLE, word, first.start, first.start), *items] if word else items

    if any(item.kind == RELATION for item in phrase.items) or head.kind == PHRASE:
        return items
    if phrase.role in ("from", "until"):
        return led(("from" if phrase.role == "from" else "to") + (" the" if head.kind == PLACE else ""))
    if head.kind == AMOUNT and "seconds" in head.english:
        edge = items[0].english in ("the first", "the last")
        if edge:
            return led("in") if (verb and phrase.role not in ("", "object")) or head.form == "lasting" else items
        if head.form == "lasting":
            return led("for")
        if head.form == "placed":
            return led("at")
        fades = verb.startswith(_FADES) or any(item.english.startswith(_FADES) for item in things)
        long = any(item.english.startswith(("clip", "video", "the whole")) or item.kind == TYPED for item in things)
        if verb == "generate":
            return led("for")
        if fades and phrase.role in ("", "at", "into"):
            return led("for")
        if phrase.role == "into" or (not verb and long):
            return led("to" if verb in _LENGTHS or (verb == "" and long) else "at")
        if phrase.role == "at":
            return led("at")
        return led("for") if verb and phrase.role == "" else items
    if head.english == "half" and verb == "split":
        return led("in")
    if (
        head.kind == AMOUNT
        and verb in ("lower", "raise", "speed up", "slow down", "lengthen", "rotate")
        and phrase.role != "into"
    ):
        return led("by")
    if head.kind == AMOUNT:
        if phrase.role == "into" and verb == "add" and head.form == "percent":
            return led("at")
        return led("to") if phrase.role == "into" and head.form in ("percent", "db", "beats") else items
    if head.kind == PLACE:
        return led("to the" if verb == "move" else "at the")
    if (
        phrase.role == "into"
        and verb in ("add", "generate")
        and any(item.english in INSTRUMENTS for item in phrase.items)
    ):
        return led("with")
    if phrase.role == "into" and verb == "add" and head.english in ("music", "background music"):
        return led("as")
    return led({"into": "to", "at": "in"}.get(phrase.role, ""))
