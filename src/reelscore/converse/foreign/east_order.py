"""The phrases of a Japanese or Korean clause with the verb first, and the prepositions that English has for their roles.

What a light verb (する, 하다) means is in what it makes of the thing: "make the title yellow".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reelscore.converse.foreign.east_phrases import EDGES, Phrase, noun_phrase
from reelscore.converse.foreign.east_words import RELATION
from reelscore.converse.foreign.items import (
    AMOUNT,
    DEGREE,
    INSTRUMENTS,
    LOOK,
    MORE,
    PHRASE,
    PLACE,
    QUOTE,
    THING,
    TYPED,
    VERB,
    Item,
    sense,
)  # fmt: skip


def ordered(verb: Item | None, phrases: list[Phrase], about: str) -> list[Item]:
    english = sense(verb.english, about) if verb else ""
    begun = next((p for p in phrases if p.role == "from" and p.is_a(THING, TYPED)), None)
    begins = english == "start" or any(p.is_a(VERB) and p.head.english == "start" for p in phrases)
    bars = [p.head.english.removeprefix("bar ") for p in phrases if p.head.form == "bars"]
    if verb and len(bars) == 2 and english in ("create", "make", "redo", "change", "rewrite", "generate"):
        return [verb.as_(f"rewrite bars {bars[0]} to {bars[1]}")]
    if verb and begins and begun is not None:
        return [verb.as_("start the video with"), *noun_phrase(begun)]  # 湖から始まるように
    if english == "freeze":  # 最後のシーンを止めて: the picture that stands
        for p in phrases:
            p.items = [i.as_("frame") if i.english in ("clip", "video", "photo") else i for i in p.items]
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
        later = [p for p in rest if p.role in ("until", "into")]
        if whole is None and english == "remove" and (objects or topics) and not later and verb:
            return [verb, *_things(objects, topics), *_placed(since[0], "remove", []), verb.before("on")]
        if whole is not None or not (objects or topics or any(p.role == "until" for p in rest)):
            return (
                [verb.as_(f"{english} everything after"), *(i for p in since for i in noun_phrase(p))] if verb else []
            )
    if (
        verb
        and english == "make"
        and any(p.head.english == "beat" and p.role in ("into", "from", "at") for p in phrases)
        and not any(p.is_a(LOOK, MORE) for p in manner)
    ):
        return [verb.as_("snap the cuts to the beat")]
    if verb and english == "undo" and any(p.head.english == "colour" for p in phrases):
        return [verb.as_("restore the original colours")]
    if verb and any(i.english == "between" and i.kind == RELATION for p in phrases for i in p.items):
        between = next(p for p in phrases if any(i.english == "between" for i in p.items))
        if english in ("join", "make", "crossfade") and len(between.items) > 2:
            return [verb.as_("crossfade"), *noun_phrase(between)]
    if verb and about == "text" and any(p.is_a(AMOUNT) and p.head.english == "half" for p in phrases):
        return [verb.as_("make"), *(_things(objects, topics) or [verb.before("it")]), verb.before("half as big")]
    edge = next((p for p in rest if p.is_a(PLACE) and p.head.english in _EDGES), None)
    length = next((p for p in (*objects, *rest) if p.is_a(AMOUNT) and "seconds" in p.head.english), None)
    if verb and edge and length and english == "cut off" and verb.form != "neg" and len(phrases) == 2:
        of = [item for item in edge.items[:-1] if item.kind in (THING, TYPED)]
        cut = verb.as_(f"cut off {_EDGES[edge.head.english]}")
        return [cut, *noun_phrase(length), *([edge.head.before("of"), *of] if of else [])]  # 앞에서 2초 잘라줘
    if verb and about == "text" and english in ("set", "make", "change", "raise", "make {} bigger"):
        grown = next((p for p in rest if p.is_a(AMOUNT) and p.head.form == "times"), None)
        if grown is not None:  # 文字を1.5倍に
            return [
                verb.as_("make"),
                *(_things(objects, topics) or [verb.before("it")]),
                *grown.items,
                verb.before("bigger"),
            ]
    half = next((p for p in phrases if any(item.english == "half" for item in p.items)), None)
    short = english == "shorten" or sense(english, about) == "shorten"
    if verb and half is not None and (short or any(item.english == "length" for p in phrases for item in p.items)):
        kept = [[i for i in p.items if i.english not in ("half", "length")] for p in (*objects, *topics)]
        things = [item for items in kept for item in items]
        if things and english != "split":  # 半分の長さに, 길이 반으로
            return [verb.as_("shorten"), *things, verb.before("by half")]
    many = next((p.head for p in rest if p.is_a(AMOUNT) and p.head.form == "times"), None) or next(
        (item for p in phrases for item in p.items if item.kind == AMOUNT and item.form == "times"), None
    )
    named = {item.english for p in phrases for item in p.items}
    if (
        verb
        and many is not None
        and many.english == "2x"
        and about == "sound"
        and not named & {"speed", "tempo"}
        and english != "loop"
    ):
        loud = [i for p in (*objects, *topics) for i in p.items if i.kind == THING and i.english not in _LOUDNESS]
        return [verb.as_("double the volume of"), *loud[:1]]  # 声を2倍に
    if "speed" in named and "half" in named:
        slowed = [
            i for p in phrases for i in p.items if i.kind in (THING, TYPED) and i.english not in ("speed", "half")
        ]
        return [phrases[0].items[0].before("make"), *slowed, phrases[0].items[0].before("half speed")]
    english = _told(english, objects, topics, rest, manner, about)
    things = _things(objects, topics)
    if english == "crossfade the two songs" and verb is not None:
        return [verb.as_(english)]
    if english == "loop":  # 3번 반복해줘
        for p in phrases:
            p.items = [i.as_(f"{i.english} times") if i.form in ("number", "order") else i for i in p.items]
            p.items = [replace(i, form="times_done") if i.english.endswith(" times") else i for i in p.items]
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
        long = any(item.english in ("shorter", "longer") for phrase in manner for item in phrase.items)
        said += [things[0].before("make"), *things] if long and things and things[0].kind == THING else things
    degrees = [p for p in manner if p.is_a(DEGREE)]
    looks = [p for p in manner if not p.is_a(DEGREE)]
    heard = [p for p in looks if p.head.english in ("smaller", "quieter")] if english == "add" and things else []
    for n, phrase in enumerate((*degrees, *(p for p in looks if p not in heard))):
        joint = [phrase.items[0].before("and")] if n > len(degrees) and phrase.is_a(MORE) else []
        said += [*joint, *(_bent(item, "put" if english == "put" else about) for item in noun_phrase(phrase))]
    said_of = [*things, *(i for p in phrases for i in p.items if i.kind == QUOTE)]
    longer = english == "lengthen" or any(item.english in ("longer", "shorter") for p in manner for item in p.items)
    for phrase in rest:
        if (
            longer
            and phrase.is_a(AMOUNT)
            and "seconds" in phrase.head.english
            and phrase.role not in ("into", "from", "until")
        ):
            said += [phrase.head.before("by"), *phrase.items]
            continue
        said += _placed(phrase, english, said_of, nudged=bool(degrees))
    return said + [phrase.items[0].before(", quiet") for phrase in heard]  # BGMに小さめで入れて


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
    if english == "join" and about == "sound":
        return "crossfade the two songs"
    if english == "add" and not any(p.is_a(QUOTE) for p in (*objects, *topics)):
        if any(item.english in ("longer", "shorter") for p in looks for item in p.items):
            return "make"  # あと2秒長く出して
        lasts = any(p.is_a(AMOUNT) and "seconds" in p.head.english for p in rest)
        if lasts and not objects and any(p.role == "topic" and p.is_a(THING) for p in topics):
            return "set"  # エンドカードは5秒表示して
    if english == "cut off" and "silences" in heads:
        return "remove"
    pair = any(item.form == "and" for p in (*objects, *topics) for item in p.items)
    if english == "change" and not into and ("order" in heads or (pair and about not in ("sound", "text"))):
        return "swap"
    if english == "add" and any(p.is_a(PLACE) for p in rest) and any(p.head.english == "smaller" for p in looks):
        return "put"  # 右下に小さく入れて
    if english in ("change", "create", "make"):
        if looks:
            return "make"
        if any(p.is_a(THING, TYPED, QUOTE) and _names(p.head) for p in into):
            return "change"
        if any(p.is_a(AMOUNT) for p in (*into, *rest)) and english != "create":
            return "make" if "small video" in heads else "set"
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
        english in ("lower", "raise", "put", "make {} bigger", "make {} smaller")
        and any(p.is_a(PLACE) for p in rest)
        and about != "sound"
        and english != "put"
    ):
        return "move"
    if (
        english == "put"
        and any(p.is_a(PLACE) and p.head.english in EDGES for p in rest)
        and not any(p.is_a(QUOTE) for p in (*objects, *topics))
    ):
        return "move"
    return english


def _names(item: Item) -> bool:
    """Is it what something may be changed to, and no instrument or mere number?"""
    return item.english not in INSTRUMENTS and not item.english.isdigit()


def _things(objects: list[Phrase], topics: list[Phrase]) -> list[Item]:
    """What the verb is done to: objects first, then what they belong to."""
    said: list[Item] = []
    if objects:
        for n, phrase in enumerate(objects):
            said += [*([phrase.items[0].before("and")] if n else []), *noun_phrase(phrase)]
        for phrase in topics:
            if phrase.role != "said" and not phrase.is_a(QUOTE):
                said.append(phrase.items[0].before("" if phrase.is_a(VERB) else "of"))
            said += noun_phrase(phrase)
        return said
    for phrase in topics:
        only = [phrase.items[0].before("only")] if phrase.role == "only" else []
        said += only + noun_phrase(phrase)
    return said


def _bent(item: Item, about: str) -> Item:
    swaps = {"bigger": "louder", "smaller": "quieter", "is too big": "is too loud"} if about == "sound" else {}
    if about == "put":
        swaps = {"smaller": "small", "bigger": "big"}
    return item.as_(swaps.get(item.english, item.english))


_EDGES = {"start": "the first", "end": "the last"}
_LENGTHS = frozenset({"shorten", "set", "make", "lengthen", "cut off", "change", "trim"})


_LOUDNESS = ("volume", "size", "sound")
_FADES = ("fade", "transition", "crossfade")


_TOWARDS = {"top": "up", "bottom": "down", "left": "to the left", "right": "to the right"}


def _placed(phrase: Phrase, verb: str, things: Sequence[Item], nudged: bool = False) -> list[Item]:
    """A phrase with the English preposition of its role; `nudged`: a bit that way."""
    items = noun_phrase(phrase)
    head = phrase.head
    first = phrase.items[0]

    def led(word: str) -> list[Item]:
        return [first.before(word), *items] if word else items

    if any(item.kind == RELATION for item in phrase.items) or head.kind == PHRASE:
        return items
    if phrase.role in ("from", "until"):
        return led(("from" if phrase.role == "from" else "to") + (" the" if head.kind == PLACE else ""))
    if head.kind == AMOUNT and "seconds" in head.english:
        edge = items[0].english in ("the first", "the last")
        if edge:
            return led("in") if (verb and phrase.role not in ("", "object")) or head.form == "lasting" else items
        if head.form == "lasting" or (verb == "set" and phrase.role == ""):
            return led("to" if verb == "set" else "for")
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
        if verb in ("move", "") and nudged and head.english in _TOWARDS:
            return [head.as_(_TOWARDS[head.english])]
        return led("to the" if verb == "move" else "at the")
    if (
        phrase.role == "into"
        and verb in ("add", "generate")
        and any(item.english in INSTRUMENTS for item in phrase.items)
    ):
        return led("with")
    if phrase.role == "into" and verb == "add" and head.english in ("music", "background music"):
        return led("as")
    if phrase.role == "into" and verb == "add" and any(item.kind == QUOTE for item in things):
        return led("on")
    return led({"into": "to", "at": "in"}.get(phrase.role, ""))
