"""What of a clause its reading holds: each quantity, quotation, colour, thing and instrument that is said must be among
the arguments, or be of a kind that goes without saying beside the command (`words/account.toml`).

What is left over was not understood, however well the rest was: to do the rest alone would be a wrong edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations

from reelscore.converse.clause import Clause
from reelscore.converse.mention import Mention
from reelscore.converse.quantities import Quantity
from reelscore.converse.quotes import Quoted
from reelscore.converse.scene import Thing
from reelscore.converse.tables import table
from reelscore.values.message import Action, Asked

_NEAR = 0.02  # seconds, percents: nearer than this is the same
_TEXTS = ("prompt", "text", "topic", "name", "second_line", "label", "file", "media", "with", "key")
_FREE = ("pronoun", "other", "film", "all", "own", "spared")  # mentions that need no argument of their own
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_INSTEAD = re.compile(  # what is taken back, or was so before
    r"(?:(?<![a-z])(?:not|instead of|rather than|no longer|isn'?t|was)(?: at| for| in| to)? $|(?:不是|而不是|原来是?|不要) ?$)"
)
_STEP = re.compile(r"(?:步骤|step|no\.?|number|#|第) ?$")
_THINGS = re.compile(
    r" (?:small |little |quick |more )*(?:things?|changes?|edits?|points?|notes?|wishes|requests?|(?:half |semi)?tones?)(?![a-z])|(?:件事|点|处|个(?:要求|地方|修改|问题))"
)
_MANY = re.compile(r" (?:markers|titles|texts|lines|versions|exports)(?![a-z])")
_ALL = re.compile(r"(?:all|these|the|those|my|全部?|所有|这|那) ?$")
_BECOMES = re.compile(r" ?(?:->|=>|→)")


@dataclass(frozen=True, slots=True)
class Left:
    """text[start:end] of a clause is not held by its reading. `kind`: of quantity, of thing, "quote", "colour"..."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class _Given:
    """The arguments of a reading: as words, and as numbers."""

    words: frozenset[str]
    all_words: str
    texts: str  # of what is free text: a title's words, a wish for music
    numbers: tuple[float, ...]
    commands: frozenset[str]
    steps: int
    aimed: bool  # is a thing named among the arguments?


def left_over(c: Clause, asked: Sequence[Asked]) -> list[Left]:
    """What is said in a clause and is in none of the arguments; [] where questions are answered."""
    given = _given(asked)
    if given is None:
        return []
    found = [Left(q.start, q.end, q.kind) for q in c.quantities if not _counted(q, given, c)]
    found += _loose_digits(c, given)
    found += [Left(m.start, m.end, "place") for m in c.mentions if _where(m, given, c)]
    found += [Left(m.start, m.end, _kind(m)) for m in c.mentions if not _named(m, given, c)]
    found += [Left(q.start, q.end, "quote") for q in c.quotes if not _quoted(q, given, c)]
    found += [Left(a, b, "colour") for name, a, b in c.colours if not _coloured(name, a, b, given, c)]
    if "change_music" in given.commands and len(c.wishes) > 1:
        found += _unplayed(c, asked)
    beside = [_beside(name) for name in given.commands]
    return sorted(
        (one for one in found if not any(one.kind in kinds for kinds in beside)), key=lambda one: (one.start, one.end)
    )


def unheard(clauses: Sequence[Clause], asked: Sequence[Asked]) -> str:
    """The words of a message that are in no clause and hold an amount that no step has; "" where there are none."""
    first = clauses[0]
    text, given = first.findings.text, _given(asked)
    if given is None or len(text) != len(first.plain.text):
        return ""
    spans = sorted(clause.span for clause in clauses)
    for q in first.findings.quantities:
        if q.kind not in _AMOUNTS or any(start <= q.start and q.end <= end for start, end in spans):
            continue
        start = max((end for _, end in spans if end <= q.start), default=0)
        end = min((start for start, _ in spans if start >= q.end), default=len(text))
        value = q.value if isinstance(q.value, str) else float(q.value)
        if isinstance(value, str) or _among(value, given.numbers) or _among(-value, given.numbers):
            continue
        if q.kind == "number" and (not re.search(r"\w", text[start : q.start]) or _STEP.search(text[start : q.start])):
            continue  # "2. the title"
        if not _BESIDE_THE_POINT.search(text[start:end]):
            return first.plain.said(start, end).strip(" ,.;，。；、")
    return ""


_AMOUNTS = ("seconds", "timecode", "percent", "decibels", "factor", "degrees", "bpm", "number")
_BESIDE_THE_POINT = re.compile(
    r"(?<![a-z])(?:i have|i'?ve|we have|have got|is|are|was|were|it'?s|thanks?|not)(?![a-z])|[有是]|谢|不"
)


@cache
def _beside(command: str) -> frozenset[str]:
    held = table("account")["beside"]
    return frozenset((*held.get(command, ()), *held["any"]))


def _given(asked: Sequence[Asked]) -> _Given | None:
    """All arguments together; None where nothing is edited or exported."""
    names = frozenset(one.name if isinstance(one, Action) else one.command for one in asked)
    if all(isinstance(one, Action) and one.name != "export" for one in asked):
        return None
    values = [value for one in asked for _, value in one.args if value is not None]
    words = [str(value).lower() for value in (*values, *(key for one in asked for key, _ in one.args))]
    texts = "\n".join(str(value).lower() for one in asked for key, value in one.args if key in _TEXTS)
    numbers = tuple(
        number
        for one in asked
        for key, value in one.args
        if key not in ("which", "media") and key not in _TEXTS
        for number in _numbers(value)
    )
    aimed = any(key == "which" for one in asked for key, _ in one.args)
    if {"mp3", "wav"} & set(words):
        words += ["music", "audio"]
    return _Given(frozenset(words), "\n".join(words), texts, numbers, names, len(asked), aimed)


def _numbers(value: object) -> Iterator[float]:
    if isinstance(value, bool):
        return
    if isinstance(value, int | float | Fraction):
        yield float(value)
    elif isinstance(value, str) and len(value) < 24:
        yield from map(float, _NUMBER.findall(value))


def _in_words(c: Clause, start: int, end: int, given: _Given) -> bool:
    return c.text[start:end] in given.all_words


def _counted(q: Quantity, given: _Given, c: Clause) -> bool:
    """Is this quantity among the arguments, as it is or as what it comes to?"""
    before, after = c.text[max(0, q.start - 14) : q.start], c.text[q.end : q.end + 4]
    if c.text[q.start : q.end] in given.texts or _INSTEAD.search(before) or _BECOMES.match(after):
        return True
    if q.start and c.text[q.start - 1].isascii() and c.text[q.start - 1].isalpha():
        return True  # h264, line2
    if q.kind == "size" and q.value == "2160p" and "4k" in given.words:
        return True
    if q.kind == "number" and given.aimed and _part_of_a_name(c.text[q.start : q.end], c):
        return True
    if q.kind == "number" and (_STEP.search(before) or _THINGS.match(c.text, q.end) or _MANY.match(c.text, q.end)):
        return True
    if q.kind in ("seconds", "timecode") and (
        (given.commands == {"cut_range"} and given.steps > 1) or _when(q, given, c)
    ):
        return True
    if isinstance(q.value, str):
        numbers = [float(number) for number in _NUMBER.findall(q.value)]
        return q.value.lower() in given.all_words or all(_among(number, given.numbers) for number in numbers)
    value = float(q.value)
    if any(_among(abs(one), map(abs, given.numbers)) for one in _as_said(value, q.kind)):
        return True
    if q.kind in ("number", "parts", "times", "copies") and value in _counts(before, given, c):
        return True
    pairs = combinations(given.numbers, 2) if q.kind in ("seconds", "timecode", "frames", "number") else ()
    return any(
        ((a != b or q.kind != "number") and _near(a + b, value)) or _near(abs(a - b), value) for a, b in pairs
    ) or _of_a_length(q, given, c)


def _loose_digits(c: Clause, given: _Given) -> list[Left]:
    """Digits that are no quantity and in no name."""
    taken = [(q.start, q.end) for q in c.quantities] + [(m.start, m.end) for m in c.mentions]
    taken += [(q.start, q.end) for q in c.quotes]
    taken += [(start, end) for _, start, end in c.colours]
    return [
        Left(*m.span(), "number")
        for m in _DIGITS.finditer(c.text)
        if not any(start < m.end() and m.start() < end for start, end in taken)
        and m[0] not in given.all_words
        and not _STEP.search(c.text[: m.start()])
    ]


_DIGITS = re.compile(r"(?<![\w.,:#-])\d+(?:[.,]\d+)?(?![\w:])")


def _where(m: Mention, given: _Given, c: Clause) -> bool:
    """Would a thing be taken away that only says where: "hide the badge during the drone shot"?"""
    if given.steps < 2 or not given.commands & _TAKING or m.said.lower() not in given.words:
        return False
    return _PLACE.search(c.text[max(0, m.start - 16) : m.start]) is not None


_TAKING = frozenset(("remove", "ripple_delete", "remove_text"))
_PLACE = re.compile(
    r"(?<![a-z])(?:during|while|over|under|around|behind|throughout|when|before|after|near|until)(?: the| my)? ?$"
)


def _part_of_a_name(digits: str, c: Clause) -> bool:
    return len(digits) > 2 and any(digits in thing.segment.name for thing in c.scene.things)


def _when(q: Quantity, given: _Given, c: Clause) -> bool:
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
    turned = (1 / value,) if value > 1 and value == int(value) else ()
    return (value, part, value * 100, 100 - value, 1 - value, 1 + part, 1 - part, 100 + value, *turned)


_COUNTED_FROM = ("last", "off", "by", "more", "earlier", "later", "less", "at", "from", "first", "until")


def _of_a_length(q: Quantity, given: _Given, c: Clause) -> bool:
    """The last ten seconds, two seconds longer, at the third second of a clip: counted from where a thing is."""
    value = float(q.value)
    before = [number for one in c.context.steps for _, said in one.args for number in _numbers(said)]
    if any(_among(number + sign * value, given.numbers) for number in before for sign in (1, -1)):
        return True  # "cut another second"
    counted = q.cue in _COUNTED_FROM or not c.text.isascii()
    if q.kind not in ("parts", "factor") and not (q.kind in ("seconds", "timecode") and counted):
        return False
    things = [thing for m in c.mentions for thing in m.things]
    things += [thing for i in c.context.touched[:2] if (thing := c.scene.find(i))] if not things else []
    edges = [float(c.scene.timeline.duration)]
    edges += [float(at) for t in things for at in (t.span.start, t.span.end, t.segment.duration)]
    if any(_near(edge - sum(given.numbers), value) for edge in edges):
        return True  # the five seconds in the middle
    return any(
        _among(edge + sign * value, given.numbers) or _among(edge * value, given.numbers)
        for edge in edges
        for sign in (1, -1)
    )


def _counts(before: str, given: _Given, c: Clause) -> set[float]:
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


def _among(value: float, numbers: Iterable[float]) -> bool:
    return any(_near(value, number) for number in numbers)


def _near(a: float, b: float) -> bool:
    return abs(a - b) < _NEAR


def _kind(m: Mention) -> str:
    if m.kind == "name":
        return m.things[0].role if m.things else "file"
    return m.kind


def _named(m: Mention, given: _Given, c: Clause) -> bool:
    """Is this thing what is edited, or where it is done?"""
    if (
        m.kind in _FREE
        or (m.bare and m.kind in ("clip", "image"))
        or c.spared(m)
        or m.said.lower() in given.words
        or _in_words(c, m.start, m.end, given)
    ):
        return True
    if _INSTEAD.search(c.text[max(0, m.start - 14) : m.start]):
        return True
    for thing in m.things:
        edges = (float(thing.span.start), float(thing.span.end))
        if _names(thing) & given.words or any(_among(edge, given.numbers) for edge in edges):
            return True
    ids = {thing.segment.id for thing in m.things}
    return any(
        ids & {thing.segment.id for thing in other.things}
        for other in c.mentions
        if other is not m and other.said.lower() in given.words
    )


def _names(thing: Thing) -> set[str]:
    text = thing.segment.text
    return {thing.segment.id, thing.segment.name.lower(), text.content.lower() if text else ""} - {""}


def _quoted(q: Quoted, given: _Given, c: Clause) -> bool:
    words = q.words.lower()
    if words in given.all_words or any(one and one in words for one in given.words if len(one) > 2):
        return True
    return any(words in _names(thing) and thing.segment.id in given.words for thing in c.scene.things)


def _coloured(name: str, start: int, end: int, given: _Given, c: Clause) -> bool:
    held = table("account")["coloured"]
    if any(m.start < end and start < m.end for m in c.mentions):
        return True
    if {"black_and_white", "noir", "sepia"} & given.words:
        return name in ("black", "white", "grey", "gray", "brown") or "filter" not in given.commands
    if name in given.words or not given.commands & set(held["commands"]) or given.words & set(held["given"]):
        return True
    return bool(_INSTEAD.search(c.text[max(0, start - 14) : start])) or _in_words(c, start, end, given)


def _unplayed(c: Clause, asked: Sequence[Asked]) -> list[Left]:
    """More instruments are said than are added or taken away: "the marimba is annoying, use piano instead"."""
    named = [w for w in c.wishes if w.kind == "instrument" and not w.idle and w.words != "chorus"]
    given = [str(value) for one in asked for key, value in one.args if key in ("with", "without", "prompt")]
    if not given or sum(value.count(",") + 1 for value in given) >= len(named):
        return []
    told = " ".join(given).lower()
    return [Left(w.start, w.end, w.kind) for w in named if w.name not in told and c.text[w.start : w.end] not in told]
