"""What is left out: "all clips except the interview", "captions yellow apart from the last", "all but the music".

What is left of the whole is mentioned one by one; where it is open what is left, a mention says so. English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reelscore.converse import patterns
from reelscore.converse.counted import COUNT, TEXTS, each, pool
from reelscore.converse.mention import Mention
from reelscore.converse.patterns import compiled
from reelscore.converse.scene import Scene, Thing

SPARED = "spared"
"""The kind of a mention that only says what is left out."""
OPEN = "?"
"""What such a mention passes on where it is open what is left: "delete all but the music"."""


_STRONG = (
    r"except(?:ing)?(?: for)?(?: on| in)?|other than|apart from|aside from|besides|save for|excluding|with the exception of|not counting|not including|leaving out|outside of|barring"
    r"|(?:that|which) (?:isn'?t|aren'?t|is not|are not)"
)
_WEAK = r"(?:but|and|just|while|though)(?: please| just| do| make sure to)? (?:keep|leave|spare|don'?t (?:touch|remove|delete|mute))|but(?: not)?(?: for)?(?: on| in)?|minus|bar|save|without|just not|only not|not(?: on| in| for)?|leave out|skip"
_ORDINAL = rf"(?:the |my )?(?:very )?(?P<nth>first|second|third|fourth|fifth|sixth|last|final|\d{{1,2}}(?:st|nd|rd|th)?|number \d{{1,2}}|#\d{{1,2}})(?P<count> {COUNT})?(?: ones?)?(?![a-z0-9.%:])(?! ?(?:s|secs?|seconds?|minutes?|frames?|half)(?![a-z]))"
_MORE = r" ?(?:,|and|or|nor|&|,? and)+ (?:the |my )?"


def exceptions(text: str, found: tuple[Mention, ...], scene: Scene) -> tuple[Mention, ...]:
    """ "all clips except the interview", "the captions yellow apart from the last": what is left, one by one."""
    for match in _exception_forms().finditer(text):
        whole = _whole(match, text, found, scene) or _every_clip(match, text, found, scene)
        if whole is None:
            if match["strong"] and compiled(_A_STRETCH).match(text, match.end()) and not _KEPT.search(text):
                return (*found, Mention(match.start(), match.end(), SPARED, OPEN, 0))
            continue
        spared, end = _left_out(text, match.end(), found, whole, scene)
        if not spared:
            continue
        left = _without(whole, spared, text, scene)
        kept = [
            m for m in found
            if m is not whole and not match.start() <= m.start < end and not (m.kind == "pronoun" and m.every)
        ]  # fmt: skip
        made = each((whole.start, whole.end), left)
        said = Mention(match.start(), end, SPARED, "" if left else OPEN, 0)
        return tuple(sorted([*kept, *made, said], key=lambda m: m.start))
    return found


_A_STRETCH = r"(?:last|first|final|beginning|end|start|middle|ending|opening|part|bit|under|during|while|when|where|between|at|\d)(?![a-z])"
_KEPT = re.compile(r"(?<![a-z])(?:keep|cut|trim|remove|delete|throw|leave|export)")


def _exception_forms() -> re.Pattern[str]:
    return compiled(rf"(?<![a-z])(?:(?P<strong>{_STRONG})|(?P<weak>{_WEAK})) (?:the |my |for |on |in |of )*")


def _every_clip(match: re.Match[str], text: str, found: Sequence[Mention], scene: Scene) -> Mention | None:
    """ "black and white except the cake": of all clips, where a clip is left out and nothing else is named."""
    named = [m for m in found if m.things and m.kind not in ("pronoun", "film")]
    alone = bool(named) and all(m.start >= match.end() - 5 and {t.role for t in m.things} == {"clip"} for m in named)
    if not match["strong"] or not alone or scene.clips < 2 or _KEPT.search(text):
        return None
    return Mention(match.start(), match.start(), "film", "", things=scene.of("clip"))


def _whole(match: re.Match[str], text: str, found: Sequence[Mention], scene: Scene) -> Mention | None:
    """What it is an exception from."""
    if alone := compiled(r"(?<![a-z])all,? $").search(text[: match.start()]):  # "all but the first"
        return Mention(*alone.span(), "all", "all", every=True, things=scene.things)
    every = [m for m in found if m.every and m.kind != "pronoun"]
    before = [m for m in every if m.end <= match.start()]
    if before:
        return before[-1]
    if match["weak"]:
        return None
    if every:
        return every[0]
    bare = [
        m
        for m in found
        if m.bare and (m.kind == "film" or len(m.things) > 1) and m.kind in ("film", "clip", "image", "text", *TEXTS)
    ]
    near = [m for m in bare if m.end <= match.start()] or bare
    return near[-1] if near else None


def _left_out(text: str, at: int, found: Sequence[Mention], whole: Mention, scene: Scene) -> tuple[list[Thing], int]:
    """The things named from a place on, one after the other, and where they end."""
    spared: list[Thing] = []
    among = scene.of("clip") if whole.kind in ("all", "film") else pool(whole.kind, scene)
    while True:
        named = next((m for m in found if m.things and m is not whole and _stands_at(text, at, m)), None)
        there = [m for m in found if named is not None and (m.start, m.end) == (named.start, named.end)]
        ordinal = compiled(_ORDINAL).match(text, at)
        if named is not None and not (ordinal and ordinal.end() >= named.end):
            spared += [thing for m in there for thing in m.things]
            at = named.end
        elif ordinal and (things := _nth(ordinal, among)):
            spared += things
            at = ordinal.end()
        elif (
            pronoun := compiled(r"(?:it|that one|this one|that|this|those|these|them)(?![a-z'])").match(text, at)
        ) and (meant := [thing for i in scene.touched if (thing := scene.find(i))]):
            spared += meant
            at = pronoun.end()
        else:
            return spared, at
        more = compiled(_MORE).match(text, at)
        if more is None or not _goes_on(text, more.end(), found):
            return spared, at
        at = more.end()


def _goes_on(text: str, at: int, found: Sequence[Mention]) -> bool:
    """Does the list of what is left out go on here?"""
    ordinal = compiled(_ORDINAL).match(text, at)
    return ordinal is not None or any(m.things and not m.every and _stands_at(text, at, m) for m in found)


def _stands_at(text: str, at: int, mention: Mention) -> bool:
    """Is this what is named here, with one word before it at the most: "the first", "grandma's garden"?"""
    if at - 5 <= mention.start <= at < mention.end:
        return True
    return (
        at < mention.start <= at + 14
        and patterns.fullmatch(r"(?:[a-z]+'s|our|their|his|her|very|actual|whole|entire) ", text[at : mention.start])
        is not None
    )


def _nth(match: re.Match[str], among: Sequence[Thing]) -> list[Thing]:
    said = patterns.sub(r"[^a-z0-9]|(?<=\d)(?:st|nd|rd|th)|number", "", match["nth"])
    places = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "last": -1, "final": -1}
    nth = places.get(said) or int(said) if said in places or said.isdigit() else 0
    if match["count"]:
        words = match["count"].strip()
        n = {"two": 2, "three": 3, "four": 4, "five": 5}.get(words) or (int(words) if words.isdigit() else 2)
        return list(among[:n] if nth == 1 else among[-n:]) if nth in (1, -1) and n <= len(among) else []
    return [among[nth - 1 if nth > 0 else nth]] if nth and abs(nth) <= len(among) else []


HEARD = re.compile(
    r"(?<![a-z])(?:un)?(?:mute|silence|quiet|loud|volume|sound|audio|hear|lower(?! third)|raise|normali[sz]e|decibels?|db|turn [a-z ]{0,20}?(?:up|down))"
)


_TAKEN = re.compile(
    r"(?<![a-z])(?:remove|delete|cut|bin|trash|drop|lose|scrap|erase|wipe|clear|kill|ditch|throw|get rid|take (?:out|away))"
)


def _without(whole: Mention, spared: Sequence[Thing], text: str, scene: Scene) -> list[Thing]:
    ids = {thing.segment.id for thing in spared}
    role = spared[0].role
    if whole.kind == "all" and role != "clip" and _TAKEN.search(text):
        among: Sequence[Thing] = ()  # of the clips, the texts and the sounds, hardly all are meant
    elif whole.kind == "all" and role not in ("clip", "text"):
        among = [t for t in scene.things if scene.sounds(t)] if HEARD.search(text) else ()
    elif whole.kind == "all":
        among = [t for t in scene.things if t.role == role]
        if role == "clip" and HEARD.search(text):
            among = [t for t in scene.things if scene.sounds(t)]
    elif whole.kind == "film":
        among = scene.of("clip") if role == "clip" else ()
    else:
        among = whole.things
    return [t for t in among if t.segment.id not in ids]
