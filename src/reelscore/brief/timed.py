"""When a step of the course begins: "builds from 0:20", "calm until 0:15, then loud", 20秒后逐渐激烈, 前20秒平静."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reelscore.brief.lexicon import Found
from reelscore.brief.marks import NAMES_SOUND, Marks
from reelscore.brief.measures import Clock, Length, Quantity
from reelscore.brief.parts import is_part
from reelscore.values.time import Seconds

_FROM = re.compile(
    r"(?:\bfrom|\bafter|\bsince|\bstarting\s+(?:at|from)|\bbeginning\s+at|\bpast|从|自)\s*(?:the\s+|about\s+|around\s+|第)?$",
    re.IGNORECASE,
)
_AT = re.compile(r"(?:\bat|@|\bby|第|在|到)\s*(?:the\s+|about\s+|around\s+|第)?$", re.IGNORECASE)
_UNTIL = re.compile(
    r"(?:\buntil|\btill|\bup\s+to|\b(?:for\s+)?(?:the\s+)?(?:first|opening)|直到|持续到|前面?|开头|头)\s*(?:about\s+|the\s+|第)?$",
    re.IGNORECASE,
)
_LAST = re.compile(r"(?:\b(?:last|final|closing)|最后|末尾)\s*(?:about\s+|的)?$", re.IGNORECASE)
_ONWARD = re.compile(
    r"\s*(?:之后|以后|过后|后|起|开始|onwards?\b|on\b(?!\s+\w+\s+bpm)|in\b(?=\s*(?:$|[,.;，。]|it\b|then\b))|mark\b)",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\s*(?:之前|以前|为止|内|里)", re.IGNORECASE)


CLIMAX = ("climax", "peak", "peaks", "climaxes", "high point", "big climax", "高潮", "顶点", "达到高潮")


@dataclass(frozen=True, slots=True)
class Beginning:
    """The second at which a segment begins; `firm` where the words can mean nothing else ("from", 后)."""

    at: Seconds
    firm: bool
    onward: bool = False  # "from" it: what rises there has not risen yet


def times_of_segments(
    marks: Marks, segments: Sequence[Sequence[Found]], duration: Seconds | None = None
) -> Mapping[int, Beginning]:
    """Segment -> the second it begins at, for those that name one ("the last 10 seconds": of a known duration)."""
    found: dict[int, Beginning] = {}
    cues = marks.cues
    for cue in cues:
        here = _nearest(marks, segments, cue.quantities[0], own=True)
        if cue.bracketed:
            words = marks.text.words
            earlier = [k for k, s in enumerate(segments) if words[s[-1].last - 1].end <= cue.quantities[0].start]
            here = next((k for k in reversed(earlier) if _tells(segments[k])), here)
        if here is not None:
            found.setdefault(here, Beginning(cue.start, True))
    named = {quantity for cue in cues for quantity in cue.quantities}
    for silence in (found for found in marks.found if found.value("gone") == "everything"):
        named |= set(marks.quantities_of_clause(silence))
    for quantity in marks.quantities:
        if quantity in named:
            continue
        if not isinstance(quantity, (Length, Clock)):
            continue
        at = quantity.at if isinstance(quantity, Clock) else quantity.low
        before, after = marks.before(quantity), marks.after(quantity)
        if is_part(marks, quantity) or _UNTIL.search(before) or (_BEFORE.match(after) and not _FROM.search(before)):
            here = _nearest(marks, segments, quantity, own=True)
            if here is None:  # "no drums in the first 10 seconds, then full": what is told next begins there
                behind = _nearest(marks, segments, quantity)
                if behind is not None and segments[behind][0].value("shape") == "then":
                    found.setdefault(behind, Beginning(at, True))
                continue
            if here is not None:
                onward = (k for k in range(here + 1, len(segments)) if _tells(segments[k]) or _goes_on(segments[k]))
                behind = next(onward, len(segments))  # perhaps behind the last: what follows is the rest
                last = behind == len(segments)
                if last and (found or (duration is not None and at >= duration)):
                    continue
                found.setdefault(behind, Beginning(at, True))
                if last:
                    found.setdefault(here, Beginning(Fraction(0), True))
        elif isinstance(quantity, Length) and _LAST.search(before):
            here = _nearest(marks, segments, quantity)
            if here is not None and duration is not None and at < duration:
                found[here] = Beginning(duration - at, True)
        elif _FROM.search(before) or _ONWARD.match(after):
            here = _nearest(marks, segments, quantity)
            if here is not None:
                found.setdefault(here, Beginning(at, True, onward=True))
        elif _AT.search(before):
            here = _climax(marks, segments, quantity)
            here = _nearest(marks, segments, quantity, own=True) if here is None else here
            if here is not None:
                struck = any(f.has("hit") for f in segments[here])
                told = any(_tells(segment) for segment in segments[:here])
                found.setdefault(here, Beginning(at, told and not struck))
    return found


def _tells(segment: Sequence[Found]) -> bool:
    """Does a segment say how it is to be, or how it goes on?"""
    return any(f.has("mood", "force", "tempo") or f.value("shape") not in (None, "then") for f in segment)


def _goes_on(segment: Sequence[Found]) -> bool:
    """ "then strings come in": another part begins, of which no feeling is said."""
    return segment[0].value("shape") == "then" and any(found.has(*NAMES_SOUND) for found in segment)


def _climax(marks: Marks, segments: Sequence[Sequence[Found]], quantity: Quantity) -> int | None:
    """The segment that names a climax in a time's own clause: "peak at 0:50"."""
    for k, segment in enumerate(segments):
        if any(marks.words(f).lower() in CLIMAX and quantity in marks.quantities_of_clause(f) for f in segment):
            return k
    return None


def _nearest(marks: Marks, segments: Sequence[Sequence[Found]], quantity: Quantity, own: bool = False) -> int | None:
    """The segment a time belongs to: in its own clause the nearest, else (but for `own`, where the clause says
    something else of the time) the one that follows."""
    words = marks.text.words
    place = next((k for k, word in enumerate(words) if word.start >= quantity.end), len(words))
    first = next((k for k, word in enumerate(words) if word.end > quantity.start), place)
    start, end = first, max(first + 1, place)
    while start > 0 and not marks.divided(start):
        start -= 1
    while not marks.divided(end):
        end += 1
    spans = [(segment[0].first, segment[-1].last) for segment in segments]
    telling = [k for k, segment in enumerate(segments) if _tells(segment)]
    inside = [k for k in telling if spans[k][0] < end and spans[k][1] > start]
    if inside:
        return min(inside, key=lambda k: (max(spans[k][0] - place, first - spans[k][1], 0), k))
    if own and any(start <= found.first < end and found.has(*NAMES_SOUND) for found in marks.found):
        return None
    return next((k for k in telling if spans[k][0] >= end), None)
