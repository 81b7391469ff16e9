"""Spanish, French, German and Portuguese into English: their order is near, and what differs is put right.

Amounts and times are gathered ("del segundo 3 al 5"), comparisons made ("más grande"), numbers and adjectives put where
English has them, pronouns behind the verb, and a verb that comes last, or in two pieces as in German, to the front. What
a light verb means (poner, mettre, machen) is in what it makes of the thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reelscore.converse.foreign.amounts import amounts_of
from reelscore.converse.foreign.conjugation import PREFIXES, folded
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
from reelscore.converse.foreign.west_words import MODAL, NEG, NUMBER, PRONOUN, SMALL, UNIT, items_of, words_of

_SOUND = frozenset({"music", "background music", "volume", "sound", "voice", "song", "audio", "sound effect", "noise"})
_TEXT = frozenset({"title", "subtitle", "subtitles", "text", "lower third", "font", "logo", "caption"})
_BEFORE = frozenset({"music", "background music", "song", "filter", "transition", "melody", "rhythm"})  # "calm music"
_LIGHT = frozenset({"make", "put", "leave", "be", "last"})
_CONTENT = frozenset({VERB, THING, PLACE, LOOK, MORE, AMOUNT, QUOTE, TYPED, NUMBER})


def put_in_english(text: str, language: str) -> list[Item]:
    """The items of the message in English order."""
    items = _prefixed(items_of(text, language), text, language)
    items = _its(amounts_of(items))
    said: list[Item] = []
    about = ""
    for clause, joint in _clauses(items):
        ordered, about = _said(clause, about, language)
        said += ordered
        if joint is not None:
            said.append(joint)
    return said


def _prefixed(items: list[Item], text: str, language: str) -> list[Item]:
    """German verbs in two pieces: "schneide die Musik weg" > wegschneiden."""
    if language != "de":
        return items
    verbs = words_of("de").verbs
    made = list(items)
    for n, item in enumerate(items):
        word = folded(text[item.start : item.end])
        if word not in PREFIXES or made[n].kind == QUOTE:
            continue
        after = items[n + 1] if n + 1 < len(items) else None
        if (after is not None and after.kind not in (SIGN, SMALL)) or (
            after is not None and after.kind == SMALL and after.english not in ("and", "then")
        ):
            continue
        for k in range(n - 1, -1, -1):
            if items[k].kind == SIGN or made[k].english in ("and", "then"):
                break
            if items[k].kind == VERB and (english := verbs.get(word + items[k].form)):
                made[k] = items[k].as_(english)
                made[n] = Item(IDLE, "", item.start, item.end)
                break
            if items[k].kind == VERB:
                break
        else:
            k = -1
        verbless = not any(one.kind == VERB for one in made[max(k, 0) : n])
        if verbless and made[n].english in ("away", "off"):
            made[n] = Item(VERB, "remove" if item.english == "away" else "mute|turn off", item.start, item.end)
    return [item.as_("make") if item.kind == VERB and not item.english else item for item in made]


def _its(items: list[Item]) -> list[Item]:
    """An article that no noun follows is a pronoun: "agrandis-le", "la puedes bajar"."""
    made: list[Item] = []
    for n, item in enumerate(items):
        after = items[n + 1] if n + 1 < len(items) else None
        if item.english == "excess" and made and made[-1].kind == LOOK:
            if len(made) > 1 and made[-2].english == "be":
                made[-2] = Item(SMALL, "is too", made[-2].start, made[-2].end)
            continue
        if item.kind == SMALL and after is not None:
            if item.english == "this" and after.kind in (PLACE, LOOK, MORE, AMOUNT, "comparing"):
                item = Item(VERB, "be", item.start, item.end)
            elif item.english == "the" and after.kind == AMOUNT and after.form in ("bpm", "percent", "times"):
                item = item.as_("to")
        if (
            item.kind == SMALL
            and item.english == "the"
            and (
                after is None
                or after.kind in (SIGN, VERB, DEGREE, MORE, PLACE, "comparing")
                or (after.kind == SMALL and after.english not in ("all", "double", "half"))
            )
        ):
            before = made[-1] if made else None
            if (before is not None and before.kind in (VERB, MODAL, NEG)) or (
                after is not None and after.kind == VERB and after.english not in _LIGHT
            ):
                item = Item(PRONOUN, "it", item.start, item.end)
        made.append(item)
    return made


def _clauses(items: list[Item]) -> list[tuple[list[Item], Item | None]]:
    """The clauses, with what joins them: a sign, or "and" where a verb stands on both sides of it."""
    made: list[tuple[list[Item], Item | None]] = []
    now: list[Item] = []
    for n, item in enumerate(items):
        if item.kind == SIGN:
            made.append((now, item))
            now = []
        elif item.english == "and" and n + 1 < len(items) and items[n + 1].english == "then":
            continue
        elif item.english == "and" and _unread(now) and _wished(_rest(items, n + 1)[:1]):
            made.append((now, Item(SIGN, ".", item.start, item.end)))
            now = []
        elif (
            item.kind == SMALL
            and item.english in ("and", "then", "and then", "but")
            and _wished(now)
            and _wished(_rest(items, n + 1))
        ):
            made.append(
                (now, item.as_({"then": ", then", "and then": ", then", "but": ", but"}.get(item.english, "and")))
            )
            now = []
        else:
            now.append(item)
    made.append((now, None))
    return [(clause, joint) for clause, joint in made if clause or joint is not None]


def _rest(items: Sequence[Item], start: int) -> list[Item]:
    rest: list[Item] = []
    for item in items[start:]:
        if item.kind == SIGN or (item.kind == SMALL and item.english in ("and", "then")):
            break
        rest.append(item)
    return rest


def _unread(items: Sequence[Item]) -> bool:
    """Is there no verb that is known, but a word that may be one?"""
    kinds = {item.kind for item in items}
    return VERB not in kinds and TYPED in kinds and QUOTE not in kinds


def _wished(items: Sequence[Item]) -> bool:
    """Is something asked for: by a verb, by a fade, by how a thing shall look?"""
    if any(item.kind in (VERB, PHRASE) or item.english.startswith("fade") for item in items):
        return True
    return any(item.kind == THING for item in items) and any(item.kind in (LOOK, MORE, AMOUNT) for item in items)


def _said(clause: list[Item], about: str, language: str) -> tuple[list[Item], str]:
    about = _about(clause) or about
    clause = [item for item in clause if item.kind not in (MODAL,) and (item.english or item.kind in (QUOTE, TYPED))]
    clause = _compared(clause, about)
    clause = _nouns(clause)
    clause = to_black(_verbs(clause, about))
    return [_plain(item, about) for item in _articles(clause)], about


def _articles(clause: list[Item]) -> list[Item]:
    """One article where two would stand, "yet" at the end, and fades over a stretch, not in it."""
    fades = any(item.english.startswith("fade") for item in clause)
    made: list[Item] = []
    for n, item in enumerate(clause):
        after = clause[n + 1].english if n + 1 < len(clause) else ""
        if item.english == "the" and made and made[-1].english == "without":
            continue
        if fades and item.english == "in the" and after in _SOUND:
            item = item.as_("of the")
        if item.english == "a" and after.startswith("fade"):
            continue
        splits = any(one.english == "split" for one in clause)
        if after == "half" and item.kind == SMALL and not splits:
            item = item.as_("to" if item.english in ("in", "in the", "to the", "at the") else item.english)
        if after.startswith(("the ", "clip ")) and item.kind == SMALL:
            item = item.as_(item.english.removesuffix("the").strip())
        if (
            fades
            and item.english in ("in", "for", "to", "at")
            and after.startswith(("the first", "the last"))
            and clause[n + 2 : n + 3]
            and clause[n + 2].kind == AMOUNT
        ):
            item = item.as_("over")
        if item.english or item.kind in (QUOTE, TYPED):
            made.append(item)
    yet = [item for item in made if item.english == "yet" and item.kind == IDLE]
    return [item for item in made if item not in yet] + yet


def _about(clause: Sequence[Item]) -> str:
    for item in clause:
        if item.kind == THING:
            return "sound" if item.english in _SOUND else "text" if item.english in _TEXT else "else"
    return ""


_LESS = {
    "bigger": "smaller", "louder": "quieter", "faster": "slower", "brighter": "darker", "longer": "shorter", "higher": "lower",
    "quieter": "louder", "more energetic": "calmer", "happier": "sadder", "slower": "faster", "darker": "brighter",
}  # fmt: skip


def _compared(clause: list[Item], about: str) -> list[Item]:
    """ "más grande", "plus fort", "menos rápida": what is more or less so."""
    made: list[Item] = []
    for item in clause:
        before = made[-1] if made else None
        if item.kind == LOOK and before is not None and before.kind == "comparing":
            more = _last_part(item.english)
            if about == "sound":
                more = {"bigger": "louder", "higher": "louder", "smaller": "quieter", "lower": "quieter"}.get(
                    more, more
                )
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


def _nouns(clause: list[Item]) -> list[Item]:
    """ "música de piano tranquila" > "calm piano music"; "clip segundo" > "clip 2"."""
    made: list[Item] = []
    n = 0
    while n < len(clause):
        item = clause[n]
        owner = clause[n + 2 : n + 3]
        if (
            item.english == "text"
            and owner
            and owner[0].english in _TEXT
            and clause[n + 1].english in ("of the", "of", "to the")
        ):
            n += 2  # the text of the title is the title
            continue
        if item.kind == THING and item.english in _BEFORE:
            owned, n = _owned(clause, n + 1)
            definite = bool(made) and made[-1].english.endswith("the")
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
            and (
                after.kind == LOOK or (after.kind == THING and after.english not in _SOUND | _TEXT | {"video", "clip"})
            )
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


def _verbs(clause: list[Item], about: str) -> list[Item]:
    """The verb to the front, with "don't" before it and pronouns behind it, and the English that is meant."""
    places = [n for n, item in enumerate(clause) if item.kind == VERB]
    if not places:
        return _without_verb(_at_or_to("", clause) if any(item.kind == QUOTE for item in clause) else clause)
    heavy = [n for n in places if clause[n].english not in _LIGHT]
    main = (
        heavy[-1]
        if heavy and (len(heavy) == 1 or clause[heavy[0]].english in _LIGHT)
        else heavy[0]
        if heavy
        else places[0]
    )
    dropped = {n for n in places if n != main and clause[n].english in _LIGHT}
    verb = clause[main]
    negated = any(item.kind == NEG for item in clause)
    before = [item for n, item in enumerate(clause[:main]) if n not in dropped and item.kind != NEG]
    behind = [item for n, item in enumerate(clause) if n > main and n not in dropped and item.kind != NEG]
    pronouns = [item for item in before if item.kind == PRONOUN and item.english == "it"]
    before = [item for item in before if item.kind != PRONOUN]
    greeting = [item for item in before if item.kind == PHRASE or item.english == "but"]
    before = [item for item in before if item not in greeting]
    if any(item.kind in _CONTENT for item in before) and verb.english not in ("how long",):
        rest = [*_lean(before), *behind]
        before = []
    else:
        rest = behind
    if pronouns and not any(item.kind in (THING, QUOTE) and _an_object(rest, item) for item in rest):
        rest = [pronouns[0], *rest]
    rest = _one_object(rest)
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


def _lean(items: list[Item]) -> list[Item]:
    return [item for item in items if item.english not in ("that",)]


def _an_object(items: Sequence[Item], item: Item) -> bool:
    n = next(k for k, one in enumerate(items) if one is item)
    while (n and items[n - 1].english in ("the", "a")) or (n and items[n - 1].kind in (LOOK, "order")):
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
    parts = english.split("|")
    if len(parts) > 1:
        english = parts[0] if about == "sound" else parts[1] if about == "text" and len(parts) > 2 else parts[-1]
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
    if english.startswith("fade"):
        rest = [
            item
            for n, item in enumerate(rest)
            if not (
                item.english == "fade"
                or (item.english in ("in", "with", "a") and rest[n + 1 : n + 2] and rest[n + 1].english == "fade")
            )
        ]
    rest = _at_or_to(english, rest)
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
            if item.english in ("by", "in", "for") and n + 1 < len(rest) and rest[n + 1].kind == QUOTE
            else item
            for n, item in enumerate(rest)
        ]
    if english in ("put", "leave") and any(item.english == "in the background" for item in rest):
        return "add", [
            item.as_("at") if n + 1 < len(rest) and rest[n + 1].form == "percent" else item
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
    if english not in _LIGHT:
        return english, rest
    return _light(english, rest)


_TO_A_LENGTH = frozenset(
    {"lower", "raise", "shorten", "lengthen", "cut off", "change", "trim", "lower|shorten", *_LIGHT}
)
_BY = ("lower", "raise", "shorten", "lengthen", "move", "rotate", "slow", "speed")


def _at_or_to(english: str, rest: list[Item]) -> list[Item]:
    """ "à 5 secondes" is a place in time, where nothing is made as long; "de 2 secondes" is by how much."""
    made = list(rest)
    for n, item in enumerate(rest[:-1]):
        if rest[n + 1].kind == AMOUNT and rest[n + 1].form == "seconds":
            if item.english == "to" and english not in _TO_A_LENGTH:
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
        (n and (rest[n - 1].english.endswith("the") or rest[n - 1].kind == "order"))
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
            rest = [Item(IDLE, "it", rest[0].start, rest[0].start), *rest]
        return "make", rest
    if set_to or (english in ("be", "leave") and any(item.kind in (AMOUNT, NUMBER) for item in rest)):
        rest = [
            item.as_(item.english.removeprefix("for ")) if english == "be" and item.form == "for" else item
            for item in rest
        ]
        bare = next((n for n, item in enumerate(rest) if item.kind == AMOUNT and n and rest[n - 1].kind != SMALL), None)
        if not set_to and bare is not None:
            rest = [*rest[:bare], Item(IDLE, "to", rest[bare].start, rest[bare].start), *rest[bare:]]
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
    if any(item.kind == NEG for item in clause):
        rest = [item for item in clause if item.kind != NEG and not (item.kind == SMALL and item.english != "but")]
        start = next(item for item in clause if item.kind == NEG)
        but = [item for item in rest if item.english == "but"]
        return [*but, start.as_("not"), *(item for item in rest if item not in but)]
    return clause


def _plain(item: Item, about: str) -> Item:
    """The item with the English of its place: an adjective's first form, an order's number."""
    if item.kind == LOOK:
        return item.as_(item.english.partition("/")[0])
    if item.kind == MORE and about == "sound":
        return item.as_(
            {"bigger": "louder", "higher": "louder", "smaller": "quieter", "lower": "quieter"}.get(
                item.english, item.english
            )
        )
    if item.kind == PLACE or item.kind == SMALL:
        return item
    if item.kind == UNIT:
        return item.as_({"segundo": "seconds", "percent": "%"}.get(item.english, item.english))
    if item.kind == DEGREE:
        return replace(item)
    return item
