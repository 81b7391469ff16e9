"""A share of a clip or of the film, cut away or kept: "drop the last third of the closeup", 特写后三分之一剪掉."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from reelscore.converse.clause import Clause, seconds
from reelscore.converse.numbers import value_of
from reelscore.converse.reading import Reading, step
from reelscore.converse.sieves import Sieve

_SHARE = Sieve(
    re.compile(
        r"(?<![a-z])(?P<edge>first|last|final|opening) (?P<part>(?:two )?thirds?|(?:three )?quarters?|fifth|tenth|[1-4]/[2-9]|\d{1,2} ?(?:%|percent))(?! of an?)(?![a-z])"
        r"|(?P<edge_zh>最后|后面?|末尾|结尾|前面?|开头)的?(?P<part_zh>[二三四五十]分之[一二三四])"
    )
)


def share(c: Clause) -> Iterator[Reading]:
    """The seconds that such a share comes to."""
    found = _SHARE.search(c.text) if "分之" in c.text or not c.every("seconds") else None
    gone = _OUT.search(c.text) is not None and not c.has("fade_out", "fade_in")
    cutting, keeping = gone or c.has("cut", "remove"), c.has("keep")
    if found is None or cutting == keeping or len(c.mentions) > 1 or c.quotes:
        return
    clip = next((m for m in c.mentions if len(m.things) == 1 and not m.every and m.things[0].role != "text"), None)
    if c.mentions and clip is None and not c.mention("film"):
        return
    whole = clip.things[0].segment.duration if clip else c.scene.duration
    first, length = _opens(found), whole * _share_of(found)
    which = clip.said if clip else None
    if cutting:
        yield step("cut_first" if first else "cut_last", 0.965, which=which, seconds=seconds(length))
    elif which:
        ends = {"to": seconds(length)} if first else {"from_start": seconds(whole - length)}
        yield step("trim", 0.965, which=which, **ends)
    else:
        start, end = (0, seconds(length)) if first else (seconds(whole - length), "end")
        yield step("keep_range", 0.965, start=start, end=end)


def share_in(text: str) -> tuple[bool, Fraction] | None:
    """Whether it is the first part, and which share of the whole: "the last third"; None where none is said."""
    found = _SHARE.search(text)
    return (_opens(found), _share_of(found)) if found else None


def _opens(found: re.Match[str]) -> bool:
    return (found["edge"] or found["edge_zh"]) in ("first", "opening", "前", "前面", "开头")


_OUT = Sieve(re.compile(r" (?:out|gone|away)[.! ]*$"))  # "last third of the music out"


def _share_of(found: re.Match[str]) -> Fraction:
    if zh := found["part_zh"]:
        return Fraction(int(value_of(zh[-1]) or 1), int(value_of(zh[0]) or 1))
    words = found["part"]
    if words[0].isdigit():
        return Fraction(words) if "/" in words else Fraction(words.rstrip("percnt %")) / 100
    count = 2 if words.startswith("two") else 3 if words.startswith("three ") else 1
    return count * Fraction(1, next(n for word, n in _NTHS.items() if word in words))


_NTHS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
