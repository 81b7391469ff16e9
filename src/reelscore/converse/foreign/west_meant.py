"""What a verb of a Latin language means by what stands beside it: "cortar" of a sound is to mute, "mettre" may be to add,
to move or to set.
"""

from __future__ import annotations

from reelscore.converse.foreign.items import (
    AMOUNT,
    DEGREE,
    INSTRUMENTS,
    LOOK,
    MORE,
    PLACE,
    QUOTE,
    THING,
    TYPED,
    Item,
    sense,
)  # fmt: skip
from reelscore.converse.foreign.west_words import NUMBER, ORDER, PRONOUN, SMALL

LIGHT = frozenset({"make", "put", "leave", "be", "last"})


def meant(english: str, rest: list[Item], about: str) -> tuple[str, list[Item]]:
    """The verb and what follows it, as English says them; `about`: "sound", "text" or else."""
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
    if (whole := _done_to(english, rest, about)) is not None:
        return whole
    kinds = {item.english for item in rest}
    if english in ("loop", "redo", "duplicate") and any(item.form == "times" for item in amounts):
        english = "loop"
        rest = [i.as_(i.english.removesuffix("x") + " times") if i.form == "times" else i for i in rest]
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
    rest = at_or_to(english, rest)
    if english in ("lower", "make {} smaller") and about == "text" and any(item.english == "half" for item in amounts):
        things = [item for item in rest if item.kind == THING or item.english == "the"]
        return "make", [*(things or [rest[0].before("it")]), rest[0].before("half as big")]
    if english in ("lower", "raise") and about != "sound" and any(item.kind == PLACE for item in rest):
        return "move", rest
    if about not in ("sound", "text") and any(item.form == "seconds" for item in amounts):
        english = {"lower": "shorten", "raise": "lengthen"}.get(english, english)
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


def _done_to(english: str, rest: list[Item], about: str) -> tuple[str, list[Item]] | None:
    """What is said otherwise in English of just these things: cuts and the beat, two songs, half of a clip, a pair."""
    kinds = {item.english for item in rest}
    if {"cuts", "beat"} <= kinds:
        return "snap the cuts to the beat", []
    if english == "join" and about == "sound" and not kinds & {"sound", "voice"}:
        lengths = [item for item in rest if item.kind == AMOUNT and item.form == "seconds"]
        return "crossfade the two songs", [part for one in lengths for part in (one.before("for"), one)]
    halves = next((n for n, item in enumerate(rest) if item.kind == AMOUNT and item.english == "half"), None)
    if english in ("shorten", "cut off") and about != "text" and halves is not None:
        kept = halves - 1 if halves and rest[halves - 1].kind == SMALL else halves
        return "shorten", [*rest[:kept], rest[halves].before("by"), *rest[halves:]]
    twice = next((item for item in rest if item.english in ("2x", "2x faster")), None)
    if english == "raise" and about == "sound" and twice is not None:  # "sube la voz al doble"
        heard = [item for item in rest if item.kind in (THING, PRONOUN) and item.english != "volume"]
        return "double the volume of", heard[:1]
    since = next((n for n, item in enumerate(rest[:-1]) if item.english == "from" and rest[n + 1].kind == AMOUNT), None)
    if english in ("remove", "mute") and since is not None and rest[since + 2 :] == [] and since:
        return english, [*rest, rest[since].before("on")]  # "a partir del segundo 12"
    if english == "reverse" and "and" in kinds:
        return "swap", rest  # "inverte o lago e o drone"
    return None


_TO_A_LENGTH = frozenset(
    {"lower", "raise", "shorten", "lengthen", "cut off", "change", "trim", "lower|shorten", *LIGHT}
)


_BY = ("lower", "raise", "shorten", "lengthen", "move", "rotate", "slow", "speed")


def at_or_to(english: str, rest: list[Item]) -> list[Item]:
    """ "à 5 secondes" is a place in time, where nothing is made as long; "de 2 secondes" is by how much."""
    if english in ("lengthen", "shorten"):  # "alarga la playa 2 segundos"
        rest = [
            part
            for n, one in enumerate(rest)
            for part in (
                [one.before("by"), one] if one.form == "seconds" and n and rest[n - 1].kind != SMALL else [one]
            )
        ]
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
