"""What of a clause its reading holds: each quantity, quotation, colour, thing and instrument that is said must be among
the arguments, or be of a kind that goes without saying beside the command (`words/account.toml`).

What is left over was not understood, however well the rest was: to do the rest alone would be a wrong edit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from reelscore.converse.amounts_held import STEP, counted
from reelscore.converse.clause import Clause
from reelscore.converse.given import INSTEAD, Given, among, given_by, in_words
from reelscore.converse.mention import Mention
from reelscore.converse.named import kind_words
from reelscore.converse.patterns import just_before
from reelscore.converse.quotes import Quoted
from reelscore.converse.reading import measured_by, resulting, says_when
from reelscore.converse.scene import Thing
from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table
from reelscore.values.command import Step
from reelscore.values.message import Asked

_FREE = ("pronoun", "other", "film", "all", "own", "spared")  # mentions that need no argument of their own


@dataclass(frozen=True, slots=True)
class Left:
    """text[start:end] of a clause is not held by its reading. `kind`: of quantity, of thing, "quote", "colour"..."""

    start: int
    end: int
    kind: str


def left_over(c: Clause, asked: Sequence[Asked]) -> list[Left]:
    """What is said in a clause and is in none of the arguments; [] where questions are answered."""
    given = given_by(asked)
    if given is None:
        return []
    found = [
        Left(q.start, q.end, q.kind)
        for q in c.quantities
        if not counted(q, given, c) and not (q.kind == "seconds" and _REMARKED.match(c.text, q.end))
    ]
    found += _loose_digits(c, given)
    found += [Left(m.start, m.end, "place") for m in c.mentions if _where(m, given, c)]
    if "duck" not in given.commands:
        found += [Left(m.start, m.end, "when") for m in c.mentions if says_when(c, m) and not _then(m, given)]
    found += [Left(m.start, m.end, _kind(m)) for m in c.mentions if not _named(m, given, c)]
    found += [Left(q.start, q.end, "quote") for q in c.quotes if not _quoted(q, given, c)]
    found += [Left(a, b, "colour") for name, a, b in c.colours if not _coloured(name, a, b, given, c)]
    if given.commands <= _EFFECTS and (there := _THERE.search(c.text)) and not _told_before(c, there.start(1)):
        found.append(Left(*there.span(1), "part"))
    if given.commands <= _EFFECTS and given.steps == 1 and (some := _SOME_PART.search(c.text)) and not c.every(*_TIMES):
        found += [] if _taken(c, *some.span(1)) else [Left(*some.span(), "part")]
    if given.commands <= _EFFECTS | _TAKING and given.steps == 1 and (when := _WHILE.search(c.text)):
        told = any(m.start >= when.start() and m.things for m in c.mentions)
        found += [] if told or _taken(c, *when.span(1)) or c.every(*_TIMES) else [Left(*when.span(1), "when")]
    if given.commands & _WRITTEN and "at" not in given.words and (when := _WHILE.search(c.text)):
        found += [] if _taken(c, *when.span(1)) or c.every(*_TIMES) else [Left(*when.span(1), "when")]
    if given.commands <= _EFFECTS | _TAKING and not given.aimed and (part := _PART_WHERE.search(c.text)):
        found += [] if c.every(*_TIMES) else [Left(*part.span(), "part")]
    if given.commands <= _TAKING and c.mentions:
        found += [Left(*m.span(1), "thing") for m in _LISTED.finditer(c.text) if not _taken(c, *m.span(1))]
    if given.commands <= _EFFECTS and not any(m.nth is not None for m in c.mentions):
        found += [Left(*m.span(1), "ordinal") for m in _ON_THE_FIRST.finditer(c.text) if not _taken(c, *m.span(1))]
    if given.commands <= _EFFECTS and given.steps == 1 and (meanwhile := _MEANWHILE.search(c.text)):
        found.append(Left(*meanwhile.span(), "when"))
    if not (c.around.parts and resulting(c) in given.words):  # "split it and delete the second bit"
        found += [Left(*m.span(1), "ordinal") for m in _ORDINAL.finditer(c.text) if not _taken(c, m.start(1), m.end(1))]
    if "loop" in given.commands:
        found += [Left(w.start, w.end, "style") for w in c.wishes if not w.idle and not _taken(c, w.start, w.end)]
    if (
        "reorder" in given.commands
        and "position" in given.words
        and not _BESIDE_ANOTHER.search(c.text)
        and {1.0, -1.0} & set(given.numbers)
    ):
        found += [Left(m.start, m.end, "another") for m in c.mentions if m.kind == "name" and not _named(m, given, c)]
    if "change_music" in given.commands and len(c.wishes) > 1:
        found += _unplayed(c, asked)
    beside = [_beside(name) for name in given.commands]
    return sorted(
        (one for one in found if not any(one.kind in kinds for kinds in beside)), key=lambda one: (one.start, one.end)
    )


def unheard(clauses: Sequence[Clause], asked: Sequence[Asked]) -> str:
    """The words of a message that are in no clause and hold an amount that no step has; "" where there are none."""
    first = clauses[0]
    text, given = first.findings.text, given_by(asked)
    if given is None or len(text) != len(first.plain.text):
        return ""
    spans = sorted(clause.span for clause in clauses)
    for q in first.findings.quantities:
        if q.kind not in _AMOUNTS or q.cue == "was" or any(start <= q.start and q.end <= end for start, end in spans):
            continue
        start = max((end for _, end in spans if end <= q.start), default=0)
        end = min((start for start, _ in spans if start >= q.end), default=len(text))
        value = q.value if isinstance(q.value, str) else float(q.value)
        if isinstance(value, str) or among(value, given.numbers) or among(-value, given.numbers):
            continue
        if q.kind == "seconds" and any(
            among(float(t.span.start) + value, given.numbers) or among(float(t.segment.duration) - value, given.numbers)
            for t in first.scene.of("clip")
        ):
            continue  # counted within a clip, or from its end
        if q.kind == "seconds" and any(isinstance(one, Step) and "parts" in dict(one.args) for one in asked):
            continue  # 切成十段,每段一分钟: what the parts come to
        if q.kind == "number" and (not re.search(r"\w", text[start : q.start]) or STEP.search(text[start : q.start])):
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


_WRITTEN = frozenset(("title", "subtitle", "lower_third"))
_EFFECTS = frozenset(("volume", "mute", "filter", "speed", "opacity", "reverse", "flip"))
_TIMES = ("seconds", "timecode", "frames")


def _told_before(c: Clause, at: int) -> bool:
    """Is it said when or where "there" is?"""
    if c.every(*_TIMES) or c.span[0] or c.around.before:
        return True
    clips = [m for m in c.mentions if m.things and m.things[0].role == "clip" and m.end <= at]
    return any(_ANOTHER_WISH.search(c.text, m.end, at) for m in clips)


_ANOTHER_WISH = re.compile(r"[,;.!?]|(?<![a-z])(?:so|and|can|but|give|get|make)(?![a-z])")
_THERE = Sieve(
    re.compile(r"(?<! is)(?<! are)(?<! was) (?:right |just |only |over )?(there)(?: please| pls| too)?[.! ]*$")
)
_SOME_PART = Sieve(
    re.compile(  # how much of it is not told: "the music quieter at the start"
        r"(?<![a-z])(?:at|in|near|towards?|for|during) (?:the )?(?:very )?(start|beginning|end|middle|first (?:bit|part)|last (?:bit|part))(?= *(?:$|[,.;!?]| (?:of (?:the |my )?(?:video|film|movie|music|song|track|clip|it)|please|pls|only|and|quieter|louder|softer|darker|brighter|faster|slower|warmer|cooler)(?![a-z])))"
    )
)


_REMARKED = re.compile(r"钟?(?:的(?:视频|片子))?(?:有点|实在|还是)?(?:太长|太短|有点长|有点短)")  # how long it is now
_WHILE = Sieve(
    re.compile(  # when it is done is not known: "no music while my name is shown"
        r"(?<![a-z])(?:while|during|whenever|when(?= (?:nobody|no one|nothing|there'?s no))|as long as|as soon as) ((?!(?:you|we|i)(?:'re| are)? (?:at it|there))(?:the |my |his |her |our |an? )?[a-z][a-z' ]{3,60}?)[ .!]*$"
    )
)
_ON_THE_FIRST = re.compile(r"(?<![a-z])(?:on|for|to|in) the (first|last|second|third)(?: one)?(?=[,.;!]|$)")
_MEANWHILE = Sieve(re.compile(r"(?<![a-z])(?:meanwhile|in the meantime|during that(?: time)?|for that time)(?![a-z])"))
_LISTED = re.compile(  # "delete the title, the name and the subtitle": one of them is not known
    r"(?:(?<=, )|(?<= and )|(?<=, and ))(?:the|my) ([a-z]{3,12})(?=,| and |[ .!]*$)(?! and (?:fade|make|put|add))"
)
_PART_WHERE = Sieve(
    re.compile(  # which part is not known: "the part where he falls, in slow motion"
        r"(?<![a-z])(?:the |that )(?:part|bit|scene|moment|section|piece) (?:where|when|in which|with|of)(?![a-z])[^,.;]{3,40}"
    )
)
_ORDINAL = re.compile(  # "the second still": which one is meant is told, and not known
    r"(?:the|my) ((?:second|third|fourth|fifth|2nd|3rd|4th|5th) (?!time|thing|half|part|try|take|version|voice|line|beat|bar|verse|chorus|second|minute|one|of|to|from|and|is|at|place|position|level|row)[a-z]{3,})"
)


_BESIDE_ANOTHER = re.compile(
    r"(?<![a-z])(?:before|after|behind|in front|ahead|instead|between|ahead|next to|swap|with)(?![a-z])|[前間间]|(?<!最)后|换|调"
)


def _where(m: Mention, given: Given, c: Clause) -> bool:
    """Would a thing be taken away that only says where: "hide the badge during the drone shot"?"""
    if given.steps < 2 or not given.commands & _TAKING or m.said.lower() not in given.words:
        return False
    return _PLACE.search(c.text[max(0, m.start - 16) : m.start]) is not None


def _then(m: Mention, given: Given) -> bool:
    """Is it done when this is seen or heard?"""
    edges = [float(edge) for thing in m.things for edge in (thing.span.start, thing.span.end)]
    return not edges or any(among(edge, given.numbers) for edge in edges)


_TAKING = frozenset(("remove", "ripple_delete", "remove_text"))


_PLACE = re.compile(
    r"(?<![a-z])(?:in|from|(?<!rid )of|within|on|during|while|over|under|around|behind|throughout|when|before|after|near|until)(?: the| my)? ?$"
)


def _kind(m: Mention) -> str:
    if m.kind == "name":
        return m.things[0].role if m.things else "file"
    return m.kind


def _named(m: Mention, given: Given, c: Clause) -> bool:
    """Is this thing what is edited, or where it is done?"""
    if (
        m.kind in _FREE
        or (m.bare and m.kind in ("clip", "image"))
        or (m.kind == "name" and m.said.lower() in kind_words() and len(m.things) == 1)
        or (m.every and given.commands <= _OF_TEXTS and _PLACE.search(c.text[max(0, m.start - 16) : m.start]))
        or c.spared(m)
        or measured_by(c, m)
        or m.said.lower() in given.words
        or in_words(c, m.start, m.end, given)
        or (given.commands == {"fade_out"} and _GOES_OVER.search(c.text, 0, m.start))  # 第一首淡出再接第二首
    ):
        return True
    if INSTEAD.search(c.text[max(0, m.start - 14) : m.start]):
        return True
    if c.around.parts and resulting(c) in given.words:
        return True  # 湖边分成两段,后面那段加速
    if c.anchor and (m.kind == "marker" or (not m.things and m in c.anchor[1])) and among(c.anchor[0], given.numbers):
        return True  # a marker, by its name
    for thing in m.things:
        edges = (float(thing.span.start), float(thing.span.end))
        if _names(thing) & given.words or any(among(edge, given.numbers) for edge in edges):
            return True
    if given.commands <= _AT_A_MOMENT and any(
        float(t.span.start) <= at <= float(t.span.end) for t in m.things for at in given.numbers
    ):
        return True
    if not m.things and m.kind == "name":
        marks = (k for k in c.scene.timeline.markers if k.label and k.label.lower() == c.text[m.start : m.end])
        if any(among(float(mark.at), given.numbers) for mark in marks):
            return True  # 在sponsor那里打个字幕
    ids = {thing.segment.id for thing in m.things}
    return any(
        ids & {thing.segment.id for thing in other.things}
        for other in c.mentions
        if other is not m and other.said.lower() in given.words
    )


_GOES_OVER = re.compile(r"(?:再|然后|后)接?(?:上|到|着|进|放)?$")
_OF_TEXTS = frozenset(("text_style", "text_position", "text_animation"))  # "the captions in all clips": all of them
_AT_A_MOMENT = frozenset(
    ("freeze", "marker", "split", "title", "subtitle", "lower_third", "add")
)  # "freeze the lake at 20 seconds": it is what is seen then


def _names(thing: Thing) -> set[str]:
    text = thing.segment.text
    return {thing.segment.id, thing.segment.name.lower(), text.content.lower() if text else ""} - {""}


def _quoted(q: Quoted, given: Given, c: Clause) -> bool:
    words = q.words.lower()
    if words in given.all_words or any(one and one in words for one in given.words if len(one) > 2):
        return True
    return any(words in _names(thing) and thing.segment.id in given.words for thing in c.scene.things)


def _coloured(name: str, start: int, end: int, given: Given, c: Clause) -> bool:
    held = table("account")["coloured"]
    if any(m.start < end and start < m.end for m in c.mentions):
        return True
    if {"black_and_white", "noir", "sepia"} & given.words:
        return name in ("black", "white", "grey", "gray", "brown", "yellow") or "filter" not in given.commands
    if name in given.words or not given.commands & set(held["commands"]) or given.words & set(held["given"]):
        return True
    return bool(INSTEAD.search(c.text[max(0, start - 14) : start])) or in_words(c, start, end, given)


def _unplayed(c: Clause, asked: Sequence[Asked]) -> list[Left]:
    """More instruments are said than are added or taken away: "the marimba is annoying, use piano instead"."""
    named = [w for w in c.wishes if w.kind == "instrument" and not w.idle and w.words != "chorus"]
    named = [w for w in named if not (_ALONE.match(c.text, w.end) or just_before(_JUST, c.text, w.start))]
    given = [str(value) for one in asked for key, value in one.args if key in ("with", "without", "prompt")]
    if not given or sum(value.count(",") + 1 for value in given) >= len(named):
        return []
    told = " ".join(given).lower()
    return [Left(w.start, w.end, w.kind) for w in named if w.name not in told and c.text[w.start : w.end] not in told]


_ALONE = re.compile(r" (?:only|alone)(?![a-z])")  # nobody else plays: they are left out by their names
_JUST = re.compile(
    r"(?<![a-z])(?:only|just|nothing but)(?: the| an?)? $|[只就仅](?:想)?(?:要|留|有|用|剩|听|保留)(?:下)?$"
)


def _taken(c: Clause, start: int, end: int) -> bool:
    """Is any of this within a quantity, a thing, a quotation or a colour?"""
    spans = [(q.start, q.end) for q in c.amounts] + [(m.start, m.end) for m in c.mentions]
    spans += [(q.start, q.end) for q in c.quotes] + [(a, b) for _, a, b in c.colours]
    return any(a < end and start < b for a, b in spans)


def _loose_digits(c: Clause, given: Given) -> list[Left]:
    """Digits that are no quantity and in no name."""
    return [
        Left(*m.span(), "number")
        for m in _DIGITS.finditer(c.text)
        if not _taken(c, m.start(), m.end()) and m[0] not in given.all_words and not STEP.search(c.text[: m.start()])
    ]


_DIGITS = re.compile(r"(?<![\w.,:#-])\d+(?:[.,]\d+)?(?![\w:])")
