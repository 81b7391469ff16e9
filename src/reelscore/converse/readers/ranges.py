"""Several stretches of the film that shall stay: what lies between them goes, from the end so that times stay true."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, seconds
from reelscore.converse.reading import Reading, step

_TO = r"(?:-|–|to|through|till|until|and|到|至)"
_CLOCK = r"\d{1,2}:\d{2}(?:\.\d+)?|\d{1,4}(?:\.\d+)?"
_STRETCH = (
    rf"(?<![\d:.])(?:from |第)?(?P<start>{_CLOCK}) ?(?:s|secs?|seconds?|秒)? ?{_TO} ?第?(?P<end>{_CLOCK}|(?:the )?(?:very )?end(?![a-z]))"
    r" ?(?:s|secs?|seconds?|秒)?(?![\d:.]|x|%)"
    r"|(?<![a-z])(?:the )?(?P<edge>first|last|opening|final) (?P<length>\d{1,3}(?:\.\d+)?) ?(?:s|secs?|seconds?)?(?![a-z\d])|(?P<side>前|最后|后)(?P<long>\d{1,3}(?:\.\d+)?)秒"
)


def kept_stretches(c: Clause) -> Reading | None:
    """ "keep 0-5 and 15-20", "keep only the first 3 and the last 4 seconds"; None where fewer than two are said."""
    whole = c.scene.duration
    found: list[tuple[Fraction, Fraction]] = []
    for match in patterns.compiled(_STRETCH).finditer(c.text):
        if edge := match["edge"] or match["side"]:
            length = Fraction(match["length"] or match["long"])
            front = edge in ("first", "opening", "前")
            found.append((Fraction(0), length) if front else (whole - length, whole))
        else:
            found.append((_clock(match["start"]), _until(match["end"], whole)))
    found.sort()
    if len(found) < 2 or any(start >= end for start, end in found):
        return None
    gaps: list[tuple[Fraction, Fraction]] = []
    at = Fraction(0)
    for start, end in found:
        if start > at:
            gaps.append((at, start))
        at = max(at, end)
    if at < whole:
        gaps.append((at, whole))
    made = [step("cut_range", 1, start=seconds(a), end=seconds(b)).asked[0] for a, b in reversed(gaps)]
    closed = _THE_REST_GOES.search(c.text) is not None
    return Reading(tuple(made), 0.955 if closed else 0.95, whole=closed) if made else None


_THE_REST_GOES = re.compile(
    r"\d ?(?:s|secs?|seconds?)?[, ]+(?:and |then )?(?:(?:trash|bin|cut|drop|lose|delete|remove|toss|ditch|forget|scrap|dump|skip|throw (?:out|away)|get rid of)(?: out| away)? )?(?:all )?(?:of )?(?:the (?:rest|others?|remainder)|everything else|nothing else)(?: (?:out|away|goes|can go))?(?: please)?[ .!]*$"
)


def _clock(words: str) -> Fraction:
    minutes, _, rest = words.rpartition(":")
    return 60 * Fraction(minutes or 0) + Fraction(rest)


def _edge(match: re.Match[str], whole: Fraction) -> tuple[Fraction, Fraction]:
    length = Fraction(match["length"])
    return (Fraction(0), length) if match["edge"] in ("first", "opening") else (whole - length, whole)


def _until(words: str, whole: Fraction) -> Fraction:
    return whole if words.endswith("end") else _clock(words)


def _in_words(c: Clause) -> list[tuple[Fraction, Fraction]]:
    """3分到3分20、5分10到5分25, from when to when each is."""
    return sorted(
        (one.value, two.value)
        for one, two in pairwise(c.quantities)
        if (one.pair, two.pair) == (1, 2) and not isinstance(one.value, str) and not isinstance(two.value, str)
    )


def cut_stretches(c: Clause) -> Reading | None:
    """ "lose 12 to 13 and 14 to 15": each is cut, the later ones where they then lie; None where fewer than two are said."""
    whole = c.scene.duration
    found = sorted(
        (_clock(match["start"]), _until(match["end"], whole)) if match["start"] else _edge(match, whole)
        for match in patterns.compiled(_STRETCH).finditer(c.text)
        if match["start"] or match["length"]
    )
    found = found if len(found) > 1 else _in_words(c)
    if len(found) < 2 or any(start >= end for start, end in found):
        return None
    gone = Fraction(0)
    made = []
    for start, end in found:
        made.append(step("cut_range", 1, start=seconds(start - gone), end=seconds(end - gone)).asked[0])
        gone += end - start
    return Reading(tuple(made), 0.95)
