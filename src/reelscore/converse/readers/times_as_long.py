"""How long something is by a factor of what it is: "double the length of the beach", "twice as long", "a third shorter"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from reelscore.converse.clause import Clause, seconds
from reelscore.converse.proportions import proportion
from reelscore.converse.reading import Reading, step
from reelscore.converse.sieves import Sieve

_SCORE = 0.965
_AS_LONG = Sieve(
    re.compile(
        r"(?<![a-z])(?:(?P<by>twice|two times|2x|double|three times|3x|triple|half|a third) (?:as long|the (?:length|duration|running time)|its length|longer)|(?P<verb>double|triple|halve) (?:the )?(?:length|duration|running time))(?![a-z])"
    )
)
_SLOWED = re.compile(r"(?<![a-z])(?:slow(?:ing|ed|er)?|speed(?:ing)?|faster|slow[- ]?mo(?:tion)?)(?![a-z])")
_DENIED = re.compile(r"(?<![a-z])(?:without|not|no|never)(?![a-z])|n't(?![a-z])")
_MULTIPLES: dict[str, Fraction | int] = {"twice": 2, "two": 2, "2x": 2, "double": 2, "three": 3, "3x": 3, "triple": 3, "half": Fraction(1, 2), "halve": Fraction(1, 2), "a": Fraction(1, 3)}  # fmt: skip


def times_as_long(c: Clause) -> Iterator[Reading]:
    """ "double the length of the beach by slowing it down": a clip, or the film, made longer or shorter by a factor."""
    if (beside := _beside_the_others(c)) is not None:
        yield beside
        return
    found = _AS_LONG.search(c.text) if "l" in c.text else None
    times = _MULTIPLES[(found["by"] or found["verb"]).split()[0]] if found else _part_of_it(c)
    if times is None or not c.scene.clips or _DENIED.search(c.text):
        return
    if not found and any(q.kind != "percent" for q in c.quantities):
        return
    named = [(m.said, m.things) for m in c.mentions if m.kind not in ("film", "all", "pronoun") or m.things]
    named = [one for one in named if c.mention("film", "all") is None or one[1] != c.scene.of("clip")]
    if c.mention("all") and len(named) == 1 and len(named[0][1]) > 1:
        named = []  # "shorten everything by 10%": the film
    if len(named) == 1 and len(named[0][1]) > 1 and {t.role for t in named[0][1]} <= {"clip"} and times < 1:
        cut = [step("trim", 1, which=t.segment.id, to=seconds(t.segment.duration * times)) for t in named[0][1]]
        yield Reading(tuple(one for made in cut for one in made.asked), _SCORE)  # "every photo 25% shorter"
        return
    if not named and c.mention("pronoun") and (thing := c.touched):
        named = [(thing.segment.id, (thing,))]
    if len(named) > 1 or any(len(things) != 1 or things[0].role not in ("clip", "text") for _, things in named):
        return
    whole = named[0][1][0].segment.duration if named else c.scene.duration
    if (
        not named
        and not c.mention("film", "all", "pronoun")
        and not (found and found["verb"] and not c.mentions and not c.around.focus)
    ):
        return
    to = whole * times
    how = "speed" if _SLOWED.search(c.text) else None
    which = named[0][0] if named else None
    if named and named[0][1][0].role == "text":
        yield step("text_duration", _SCORE, which=which, to=seconds(to))
    elif which and how is None and (to < whole or named[0][1][0] in c.scene.of("image")):
        yield replace(step("trim", _SCORE, which=which, to=seconds(to)), whole=_DRAGS.search(c.text) is not None)
    else:
        yield step("fit_duration", _SCORE, which=which, to=seconds(to), how=how)


_OTHERS = re.compile(
    r" as (?:long|the|that of) (?:as )?(?:all )?(?:of )?(?:the |each of the )?(?:others?|rest|remaining|other (?:ones|clips|photos|pictures|pics|shots|images))(?![a-z])"
)


def _beside_the_others(c: Clause) -> Reading | None:
    """ "the family photo twice as long as the others": by the length that the others have, where that is one."""
    found = _AS_LONG.search(c.text) if " as long as " in c.text else None
    if found is None or not found["by"] or not _OTHERS.match(c.text, found.end() - len(" as long")):
        return None
    clips = c.scene.of("clip")
    ahead = {m.things[0] for m in c.mentions if m.end <= found.start() and len(m.things) == 1}
    lengths = {t.segment.duration for t in clips if t not in ahead}
    if len(ahead) != 1 or not ahead <= set(clips) or len(lengths) != 1:
        return None
    to = lengths.pop() * _MULTIPLES[found["by"].split()[0]]
    return replace(step("trim", _SCORE, which=ahead.pop().segment.id, to=seconds(to)), whole=True)


_IN_HALF = Sieve(
    re.compile(
        r"(?<![a-z])(?:halve|cut|chop) (?:it|that|this|them)(?: (?:in|by) half)?(?: please| then)*[ .!]*|(?:砍|剪|去|减|缩)(?:掉|短)?(?:它)?一半(?:吧|了|就好)*"
    )
)
_DRAGS = re.compile(r"(?<![a-z])(?:too long|drags?|endless|goes on (?:forever|and on))(?![a-z])|太长|有点长|拖沓|太拖")


def _part_of_it(c: Clause) -> Fraction | None:
    """A share of its own length; "too long, cut it in half" divides nothing."""
    if _IN_HALF.fullmatch(c.text.strip()) and _DRAGS.search(c.plain.text, 0, c.span[0]):
        return Fraction(1, 2)
    return proportion(c.text, "length")
