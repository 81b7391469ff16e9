"""Is a quantity among the arguments of a reading, as it is said or as what it comes to?

Ten percent faster is a factor of 1.1, the last ten seconds begin at 23, and "both" only counts what there is.
"""

from __future__ import annotations

import re
from itertools import combinations

from reelscore.converse.clause import Clause
from reelscore.converse.given import INSTEAD, Given, among, near, numbers_in
from reelscore.converse.proportions import proportion
from reelscore.converse.quantities import Quantity

STEP = re.compile(r"(?:步骤|step|no\.?|number|#|第) ?$")


_THINGS = re.compile(
    r" (?:small |little |quick |more )*(?:things?|changes?|edits?|points?|notes?|wishes|requests?|(?:half |semi)?tones?)(?![a-z])|(?:件事|点|处|个(?:要求|地方|修改|问题))"
)


_MANY = re.compile(r" (?:markers|titles|texts|lines|versions|exports)(?![a-z])")


_ALL = re.compile(r"(?:all|these|the|those|my|全部?|所有|这|那) ?$")


_SOME_BARS = re.compile(r"(?<![\w.])\d+-\d+(?![\w.])")


_BECOMES = re.compile(r" ?(?:->|=>|→)")


def counted(q: Quantity, given: Given, c: Clause) -> bool:
    """Is this quantity among the arguments, as it is or as what it comes to?"""
    before, after = c.text[max(0, q.start - 14) : q.start], c.text[q.end : q.end + 4]
    if c.text[q.start : q.end] in given.texts or INSTEAD.search(before) or _BECOMES.match(after):
        return True
    if q.start and c.text[q.start - 1].isascii() and c.text[q.start - 1].isalpha():
        return True  # h264, line2
    if q.kind == "size" and q.value == "2160p" and "4k" in given.words:
        return True
    if q.kind == "number" and given.aimed and _part_of_a_name(c.text[q.start : q.end], c):
        return True
    if q.kind == "number" and (STEP.search(before) or _THINGS.match(c.text, q.end) or _MANY.match(c.text, q.end)):
        return True
    if q.kind in ("seconds", "timecode") and _LENGTH_IT_HAS.match(c.text, q.end) and _is_so_long(q, c):
        return True
    if q.kind in ("seconds", "timecode") and (
        (given.commands == {"cut_range"} and given.steps > 1) or _when(q, given, c)
    ):
        return True
    if isinstance(q.value, str):
        if q.kind == "bars" and _SOME_BARS.search(" ".join(given.words)):
            return True  # "the last 8 bars" are bars 25-32
        numbers = list(numbers_in(q.value))
        return q.value.lower() in given.all_words or all(among(number, given.numbers) for number in numbers)
    if given.commands == {"arrange"} and (
        (q.kind == "percent" and c.has("bigger", "smaller"))
        or (q.kind == "factor" and proportion(c.text, "size") is not None)
    ):
        return True  # larger by that much than it is now
    if (
        c.range
        and q in c.range
        and any(t.span.start == c.range[0].value and t.span.end == c.range[1].value for t in c.scene.of("clip"))
    ):
        return True  # 0到5秒加速2倍: just what that clip shows
    if q.cue == "from" and given.commands <= _OF_A_STRETCH and any(t.span.start == q.value for t in c.scene.of("clip")):
        return True  # "from 0:15 on at double speed", where a clip begins
    value = float(q.value)
    if q.kind == "percent" and given.commands <= _OF_LENGTHS and _its_share(value, given, c):
        return True  # 剪掉最后三分之一
    if given.commands == {"split"} and any(near(value * n, float(c.scene.duration)) for n in given.numbers):
        return True  # "three parts of 200 seconds each"
    if given.commands == {"trim"} and q.kind == "seconds" and near(sum(given.numbers), value):
        return True  # 前三段拼成15秒
    if any(among(abs(one), map(abs, given.numbers)) for one in _as_said(value, q.kind)):
        return True
    if q.kind in ("number", "parts", "times", "copies") and value in _counts(before, given, c):
        return True
    pairs = combinations(given.numbers, 2) if q.kind in ("seconds", "timecode", "frames", "number") else ()
    return any(
        ((a != b or q.kind != "number") and near(a + b, value)) or near(abs(a - b), value) for a, b in pairs
    ) or _of_a_length(q, given, c)


_LENGTH_IT_HAS = re.compile(r"钟?(?:长)?的(?!时候|地方|位置)")


def _its_share(percent: float, given: Given, c: Clause) -> bool:
    """Is a length that many hundredths of the film, or of a thing that is named? A third is told as 33."""
    wholes = [float(c.scene.duration), *(float(t.segment.duration) for m in c.mentions for t in m.things)]
    return any(abs(n - whole * percent / 100) <= 0.01 * whole for n in given.numbers for whole in wholes)


def _is_so_long(q: Quantity, c: Clause) -> bool:
    """把这10秒的视频放慢成15秒: does it only tell how long something is?"""
    lengths = [c.scene.duration, *(t.segment.duration for m in c.mentions for t in m.things)]
    return not isinstance(q.value, str) and any(abs(length - q.value) <= 1 for length in lengths)


def _part_of_a_name(digits: str, c: Clause) -> bool:
    return len(digits) > 2 and any(digits in thing.segment.name for thing in c.scene.things)


def _when(q: Quantity, given: Given, c: Clause) -> bool:
    """Does it say which thing is meant: "the subtitle at 26 s"?"""
    if q.cue not in ("at", "") or isinstance(q.value, str) or not given.commands & _OF_WHAT_IS:
        return False
    at = q.value
    return any(t.span.start <= at <= t.span.end and t.segment.text for m in c.mentions for t in m.things)


_OF_WHAT_IS = frozenset(
    ("change_text", "text_style", "text_position", "text_animation", "remove_text", "text_duration")
)


def _as_said(value: float, kind: str) -> tuple[float, ...]:
    """The values that a quantity may have become: 10% faster is a factor of 1.1."""
    if kind in ("seconds", "timecode", "frames", "decibels"):
        return (value,)
    part = value / 100
    turned: tuple[float, ...] = (1 / value,) if value > 1 and value == int(value) else ()
    if kind == "factor":
        turned += (100 * (value - 1),)  # 大一倍 is by 100%
    return (value, part, value * 100, 100 - value, 1 - value, 1 + part, 1 - part, 100 + value, *turned)


_OF_A_STRETCH = frozenset(("speed", "filter", "reverse", "mute", "flip", "zoom", "rotate", "opacity", "volume"))
_OF_LENGTHS = frozenset(("trim", "fit_duration", "text_duration", "cut_first", "cut_last", "keep_range"))
_COUNTED_FROM = ("last", "off", "by", "more", "earlier", "later", "less", "at", "from", "first", "until")


def _of_a_length(q: Quantity, given: Given, c: Clause) -> bool:
    """The last ten seconds, two seconds longer, at the third second of a clip: counted from where a thing is."""
    value = float(q.value)
    before = [number for one in c.context.steps for _, said in one.args for number in numbers_in(said)]
    if any(among(number + sign * value, given.numbers) for number in before for sign in (1, -1)):
        return True  # "cut another second"
    counted = q.cue in _COUNTED_FROM or not c.text.isascii()
    part = value / 100 if q.kind == "percent" else value if q.kind == "number" and 0 < value < 1 else None
    share = part is not None and given.commands <= _OF_LENGTHS
    if q.kind not in ("parts", "factor") and not share and not (q.kind in ("seconds", "timecode") and counted):
        return False
    things = [thing for m in c.mentions for thing in m.things]
    things += [c.spoken_of] if not things and c.around.focus and c.spoken_of else []
    things += [thing for i in c.context.touched[:2] if (thing := c.scene.find(i))] if not things else []
    edges = [float(c.scene.duration)]
    edges += [float(at) for t in things for at in (t.span.start, t.span.end, t.segment.duration)]
    if share and part is not None:  # a third is no exact percentage
        came = [edge * share_of for edge in edges for share_of in (part, 1 - part, 1 + part)]
        return any(abs(one - number) < 0.02 + 0.005 * one for one in came for number in given.numbers)
    if any(near(edge - sum(given.numbers), value) for edge in edges):
        return True  # the five seconds in the middle
    return any(
        among(edge + sign * value, given.numbers) or among(edge * value, given.numbers)
        for edge in edges
        for sign in (1, -1)
    )


def _counts(before: str, given: Given, c: Clause) -> set[float]:
    """Numbers that only count what there is: "both songs", "all four"."""
    return {
        float(count)
        for count in (
            given.steps if given.steps > 1 else 0,
            c.scene.clips if _ALL.search(before) else 0,
            *(len(m.things) for m in c.mentions),
            len(c.quotes),
        )
        if count > 1
    }
