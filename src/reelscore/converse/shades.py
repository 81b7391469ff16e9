"""Another shade of the colour that a text was just given: "not that yellow, something softer", "a darker blue".

A shade is a colour by its own name ("light yellow") in the table of colours; where it has none, it is asked which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reelscore.converse.clause import Clause
from reelscore.converse.concepts import colour_names
from reelscore.converse.reading import Reading, step
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Said, Step
from reelscore.values.message import Option, Question

_GATE = Sieve(re.compile(r"(?<![a-z])(?:soft|light|gentl|mild|dark|deep|pale|pastel|muted)(?:e?r|e)?(?![a-z])"))
_SHADES = {"pale": ("light", "pale", "soft"), "dark": ("dark", "deep")}


def read(c: Clause, last: Step) -> Iterator[Reading]:
    """The colour of the last edit's text, paler or darker; a question where no such colour is known."""
    now = dict(last.args).get("colour") if last.command in ("text_style", "title", "subtitle", "lower_third") else None
    if now is None or c.quotes or c.quantities or len(c.text) > 70 or _GATE.search(c.text) is None:
        return
    match = _wanted().fullmatch(c.text.strip())
    text = c.touched if c.touched is not None and c.touched.role == "text" else None
    if match is None or text is None:
        return
    names = colour_names()
    of = names.get(match["of"] or "", str(now))
    words = _SHADES["dark" if match["dark"] else "pale"]
    plain = [word for word, name in names.items() if name == of and word.isascii()] or [of]
    found = next((names[f"{how} {word}"] for how in words for word in plain if f"{how} {word}" in names), None)
    which = dict(last.args).get("which") or text.segment.id
    if found is not None:
        yield step("text_style", 0.985, which=which, colour=found)
        return
    near = ("navy", "brown", "maroon") if match["dark"] else ("cream", "beige", "light grey")
    asked = (
        Option(Said(name, name), (Step("text_style", (("which", which), ("colour", names[name]))),)) for name in near
    )
    yield Reading((), 0.985, question=Question(Said("Which colour shall it be?", "换成什么颜色？"), tuple(asked)))


@cache
def _wanted() -> re.Pattern[str]:
    colours = "|".join(sorted((re.escape(word) for word in colour_names() if word.isascii()), key=len, reverse=True))
    return re.compile(
        rf"(?:(?:no+|nah|hm+|ok(?:ay)?|sorry|but|and|maybe|not (?:(?:that|this|such a|so|quite|as|the|too|much|bright|strong|harsh|loud|a)(?: |(?=[,.])))*(?:(?:{colours}|colou?r|shade|one)(?![a-z]))?|(?:it'?s |that'?s |way |a bit )*too (?:bright|strong|harsh|garish|loud|much|dark|pale|light))[,.!; ]+)*"
        rf"(?:(?:something|make (?:it|that|the title|the text)|go (?:for|with)|try|use|give me|i (?:want|need|meant?)|(?:can|could|should) (?:it|you|we) (?:be|make it|have|try)|an?|the|in|more|much|way|slightly|(?:a )?(?:little|tiny )?bit|rather|please|just) )*"
        rf"(?:(?P<pale>soft(?:er)?|light(?:er)?|paler?|gentler?|pastel|milder?|muted)|(?P<dark>dark(?:er)?|deep(?:er)?))(?: (?:and|,)? ?(?:softer|lighter|paler|gentler|darker|deeper))?"
        rf"(?: (?:(?:version|shade|tone) of )?(?:(?P<of>{colours})|colou?r|shade|tone|one|hue|tint))?(?: (?:please|pls|instead|then|maybe|though|for it|ok))*[.! ?]*"
    )
