"""A length for each of several: "3 seconds per photo, 4 for the family one", "every pic 6 seconds except the cake, 3 is
plenty", 第一张3秒,其余5秒. A whole message at once: every word of it is a thing, a length, or says nothing.

3 s per photo, 4 for the second | 4 s | 4 s | 4 s |   ->   | 3 s | 4 s | 3 s |
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.mentions import mentions
from reelscore.converse.quantities import Quantity, scan
from reelscore.converse.reading import Reading, step
from reelscore.converse.scene import Thing
from reelscore.converse.sieves import Sieve
from reelscore.values.message import Asked

_LONGEST = 130
_GATE = re.compile(r"\d|(?<![a-z])(?:two|three|four|five|six|seven|eight|ten)(?![a-z])|[一二两三四五六七八九十]秒")
_NUMBER = re.compile(
    r"\d+(?:[.:]\d+)?|(?<![a-z])(?:one|two|three|four|five|six|seven|eight|ten|half)(?![a-z])|[一二两三四五六七八九十半]"
)
_EXCEPT = re.compile(
    r"(?<![a-z])(?:except(?:ing)?(?: for)?|apart from|besides|other than|save for|but not)(?![a-z])|除了|除(?=[^,，]{1,8}[以之]?外)|[以之]外"
)
_REST = re.compile(
    r"(?<![a-z])(?:all |the )*(?:others?(?: ones| clips| photos| pics| pictures| shots)?|rest(?: of (?:them|the (?:clips|photos|pics|pictures)))?|remaining (?:ones|clips|photos|pics|pictures)|(?:two|three|four|ones|clips|photos) (?:in between|in the middle)|everything else)(?![a-z])"
    r"|(?:其他|其它|其余|剩下|别|另外)的?(?:所有|全部)?(?:片段|照片|图片|[几两三四]?[张段个])?"
)
_ALL = re.compile(
    r"(?<![a-z])(?:every|all(?: of)?(?: the| my)?|each|per)(?: single| one of the)? (?:clips?|photos?|pics?|pictures?|images?|shots?|stills?|slides?|one|of them)(?![a-z])|(?<![a-z])(?:everything|them all|all of them)(?![a-z])"
    r"|每一?[张段个](?:照片|片段|图片?|镜头)?|(?:所有|全部)的?(?:片段|照片|图片|镜头)|全部|所有"
)
_NOTHING = re.compile(
    r"(?<![a-z'])(?:please|pls|make|have|set|show|put|give|keep|hold|let|leave|trim|cut|bring|get|change|want|i|we|would|like|to|at|for|on|of|be|is|are|it|its|it's|that|this|should|can|could|lasts?|lasting|run|runs|stays?|gets?|only|just|about|around|long|each|apiece|both|a|an|the|my|one|ones|which|with|and|but|then|also|plenty|enough|will|do|ok|okay|fine|so|clips?|photos?|pics?|pictures?|images?|shots?|thanks|seconds?|secs?|s|duration|length|screen|up|down|there|instead|now|in|time|length|by|has|have|needs?|'s)(?![a-z'])"
    r"|请|麻烦|把|将|让|给|都|就|也|要|放|停留?|显示|持续|播放?|改|设|调|定|剪|成|为|到|是|的|[那这]一?[张段个]?|[张段个]|照片|片段|图片|时长|时间|长度|各|够了?|可以|行|好|了|吧|只|用|但是?|不过|单独|钟|左右|每"
)


def read(c: Clause) -> Iterator[Reading]:
    """The lengths, one trim for each clip in the order of the film."""
    if (made := _shared_out(c) or lengths_each(c) or _in_a_row(c)) is not None:
        yield Reading(made, 0.98, whole=True)


_EQUALLY = Sieve(
    re.compile(
        r"(?<![a-z])(?:(?:in )?equal (?:shares?|parts|lengths?|portions?|time)(?: (?:each|for (?:each|all|every)))?|(?:each|every|all)(?: the)? (?:clips?|photos?|pics?|pictures?|shots?|images?|one) (?:(?:is |are |be )?(?:equally long|the same length|the same time|as long as the others?)|(?:gets?|has|have) (?:an equal share|the same (?:time|length)))"
        r"|(?:all |split |divided |shared (?:out )?|spread )+(?:equally|evenly)(?: (?:long|among|between|over|across|for) ?(?:(?:all |the )*(?:clips|photos|pics|pictures|shots|images|ones))?)?)(?![a-z])"
    )
)
_IN_ALL = re.compile(
    r"(?<![a-z])(?:in all|in total|total|altogether|overall|all in all|whole|entire|film|video|movie|thing|of|it's|should|must|come|comes|out|with)(?![a-z])"
)


_OF_A_WHOLE = re.compile(r"(?<![a-z])(?:in all|total|altogether|overall|whole|entire|film|video|movie|it)(?![a-z])")


def _shared_out(c: Clause) -> tuple[Asked, ...] | None:
    """ "20 seconds in all, equal shares": as much of it for each clip."""
    clips, times = c.scene.of("clip"), c.every("seconds")
    equally = _EQUALLY.search(c.text) if len(times) == 1 == len(c.quantities) and len(clips) > 1 else None
    if equally is None or c.quotes or isinstance(times[0].value, str):
        return None
    if "same " in equally[0] and not _OF_A_WHOLE.search(c.text):
        return None  # "every clip the same length, 4 seconds": that of each
    rest = c.text
    for start, end in (equally.span(), (times[0].start, times[0].end)):
        rest = rest[:start] + " " * (end - start) + rest[end:]
    if re.search(r"[^\s,，.;!:-]", _NOTHING.sub("", _IN_ALL.sub("", rest))):
        return None
    share = seconds(times[0].value / len(clips))
    return tuple(one for t in clips for one in step("trim", 1, which=t.segment.id, to=share).asked)


def _in_a_row(c: Clause) -> tuple[Asked, ...] | None:
    """ "4s, 3s and 5s", of three clips: a length for each, in the order of the film."""
    clips, times = c.scene.of("clip"), c.every("seconds")
    if not 2 < len(clips) == len(times) == len(c.quantities) or c.mentions or c.quotes or _EXCEPT.search(c.text):
        return None
    if any(isinstance(q.value, str) or q.value <= 0 or q.cue not in ("", "for", "to") for q in times):
        return None
    free = list(c.text)
    for q in times:
        free[q.start : q.end] = " " * (q.end - q.start)
    if re.search(
        r"[^\s,，.;、]",
        re.sub(
            r"(?<![a-z])(?:and|then|make (?:it|them)|trim (?:it|them)?|to|for|please|和)(?![a-z])", "", "".join(free)
        ),
    ):
        return None
    return tuple(
        one for t, q in zip(clips, times, strict=True) for one in step("trim", 1, which=t.segment.id, to=plain(q)).asked
    )


def lengths_each(c: Clause) -> tuple[Asked, ...] | None:
    """The edits; None where the clause says anything else."""
    clips = c.scene.of("clip")
    if (
        len(clips) < 2
        or len(c.text) > _LONGEST
        or c.quotes
        or not _GATE.search(c.text)
        or len(_NUMBER.findall(c.text)) < 2
    ):
        return None
    found = _taken(c)
    if found is None:
        return None
    told: dict[str, Quantity] = {}
    rest: Quantity | None = None
    every: Quantity | None = None
    for group, amount in found:
        for one in group:
            if one == "all":
                every = amount
            elif one == "rest":
                rest = amount
            elif isinstance(one, Thing):
                told[one.segment.id] = amount
    other = rest or every
    if len(found) < 2 or not told or (other is None and len(told) < 2):
        return None
    made: list[Asked] = []
    for thing in clips:
        length = told.get(thing.segment.id) or other
        if length is not None:
            made += step("trim", 1, which=thing.segment.id, to=plain(length)).asked
    return tuple(made)


def _taken(c: Clause) -> list[tuple[list[Thing | str], Quantity]] | None:
    """What is spoken of, with its length: each length goes to what stands before it, or each to what stands behind."""
    text = _EXCEPT.sub(lambda m: " " * len(m[0]), c.text)
    marks: list[tuple[int, int, Thing | Quantity | str]] = []
    for pattern, word in ((_REST, "rest"), (_ALL, "all")):
        for match in pattern.finditer(text):
            if not any(a < match.end() and match.start() < b for a, b, _ in marks):
                marks.append((*match.span(), word))
    for a, b, _ in marks:
        text = text[:a] + " " * (b - a) + text[b:]
    clips = c.scene.of("clip")
    for m in mentions(text, c.scene):
        if m.kind in ("pronoun", "film") or (m.bare and m.kind in ("clip", "image") and len(m.things) != 1):
            continue
        if len(m.things) != 1 or m.things[0] not in clips:
            return None
        marks.append((m.start, m.end, m.things[0]))
    free = list(text)
    for a, b, _ in marks:
        free[a:b] = " " * (b - a)
    text = "".join(free)
    amounts = [q for q in scan(text) if q.kind in ("seconds", "number")]
    told = [q for q in amounts if q.kind == "seconds" or text[: q.start].endswith(" for ")]
    if not any(q.kind == "seconds" for q in amounts) and len(told) < max(2, len(amounts)):
        return None
    if any(isinstance(q.value, str) or q.value <= 0 for q in amounts):
        return None
    for q in amounts:
        free[q.start : q.end] = " " * (q.end - q.start)
        marks.append((q.start, q.end, q))
    if re.search(r"[^\s,，.;；、!。:：和&-]", _NOTHING.sub("", "".join(free))):
        return None
    order = [one for _, _, one in sorted(marks, key=lambda one: one[0])]
    if not order:
        return None
    if isinstance(order[0], Quantity):
        order.reverse()
    groups: list[tuple[list[Thing | str], Quantity]] = []
    group: list[Thing | str] = []
    for one in order:
        if not isinstance(one, Quantity):
            group.append(one)
        elif group:
            groups.append((group, one))
            group = []
        else:
            return None
    return None if group else groups
