"""A clause drawn for the forms of `extent_forms`: one letter for each thing and each length, without small words.

F the film, X one thing, M several, P a pronoun, Q a length, R a range: "trim X to Q".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from reelscore.converse.clause import Clause
from reelscore.converse.mention import Mention
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers.extent_forms import lead, small, tail

TIMES = ("seconds", "timecode", "frames")


@dataclass(frozen=True, slots=True)
class Drawn:
    """The clause with one letter for each thing and each length, and without small words."""

    text: str
    things: tuple[Mention, ...]
    lengths: tuple[Quantity, ...]

    @classmethod
    def of(cls, c: Clause) -> Drawn | None:
        marks: list[tuple[int, int, str]] = []
        lengths: list[Quantity] = []
        for q in c.quantities:
            if q.kind == "number" and (unit := _unit(q, c)) and not isinstance(q.value, str):
                q = replace(q, kind="seconds", value=q.value * unit)  # the unit is said with the other one
            q = _in_seconds(q, c)
            if q.kind not in TIMES or isinstance(q.value, str):
                return None
            codes = lengths and marks[-1][2] == "Q" and _TIMECODES.fullmatch(c.text, marks[-1][1], q.start)
            if q.pair == 2 or (codes and q.kind == "seconds" and _CODE.match(c.text, q.start)):
                marks[-1] = (marks[-1][0], q.end, "R")
            else:
                which_end = _AN_END.match(c.text, q.start)  # "the last second"
                sign = _SIGNED.match(c.text, max(0, q.start - 2))
                if sign and sign.end() == q.start:  # "hiking -2s"
                    marks.append((q.start - 1, q.end, f"{'minus' if sign[1] == '-' else 'plus'} Q"))
                    lengths.append(q)
                    continue
                further = "another " if c.text.startswith("another ", q.start) else ""
                marks.append((q.start, q.end, f"{which_end[0] if which_end else further}Q"))
            lengths.append(q)
        things: list[Mention] = []
        for m in c.mentions:
            if things and (m.start, m.end) == (things[-1].start, things[-1].end):
                marks[-1] = (m.start, m.end, "M")
                things.append(m)
                continue
            if any(start < m.end and m.start < end for start, end, _ in marks):
                return None
            letter = _letter(m, c)
            if letter:
                marks.append((m.start, m.end, letter))
            if letter in ("X", "M"):
                things.append(m)
        text, at = [], 0
        for start, end, letter in sorted(marks):
            text += [c.text[at:start], f" {letter} "]
            at = end
        words = "".join((*text, c.text[at:]))
        words = re.sub(r"(?<=[a-zA-Z])'s(?= )", " 's", words.replace("'s own", "'s"))
        words = small().sub(" ", re.sub(r"[!?.:;,()]+", lambda m: "," if m[0][0] in ";,." else " ", words))
        words = re.sub(r" *,[ ,]*", " , ", words)
        words = re.sub(r"Q {1,3}(more|extra) (?:seconds?|secs?|s|minutes?|mins?|frames?)(?= |$)", r"Q \1", words)
        words = _LISTED.sub("M", " ".join(words.split()).strip(" ,"))
        if sum(words.count(letter) for letter in "XM") > 1:
            return None
        words = re.sub(r"(?<= too) (?=(?:long|short|much)(?![a-z]))", "", words)  # no tail of what was said
        words = _SO_MUCH.sub("", words)
        words = lead().sub("", words)
        words = _ONLY.sub(r"only \1", words)
        words = tail().sub("", words)
        return cls(words, tuple(things), tuple(lengths))


def _in_seconds(q: Quantity, c: Clause) -> Quantity:
    """A timecode in seconds."""
    if q.kind == "timecode" and isinstance(q.value, str):
        hours, minutes, secs, frames = map(int, re.split(r"[:;]", q.value))
        at = hours * 3600 + minutes * 60 + secs + Fraction(frames) / c.scene.timeline.canvas.frame_rate
        return replace(q, kind="seconds", value=Fraction(at))
    return q


def _unit(q: Quantity, c: Clause) -> int:
    """How many seconds a bare number counts: those of the length said in the same clause; 0 where none is."""
    others = [one for one in c.quantities if one.kind == "seconds"]
    if others:
        near = min(others, key=lambda one: abs(one.start - q.start))
        return 60 if _MINUTES.search(c.text, near.start, near.end) else 1
    return 1 if q.cue in ("first", "last", "off") else 0


_MINUTES = re.compile(r"(?:minutes?|mins?|m)$")
_SO_MUCH = re.compile(
    r"(?<= )(?:(?:way|far|much|still|bit|little|tad|touch|kinda|kind of|somewhat|slightly|lot) )+(?=too(?:long|short|much)(?![a-z]))"
)
_ONLY = re.compile(r"^((?:from |between )?R) only$")
_CODE = re.compile(r"\d\d?:\d\d:\d\d[:;]\d")
_TIMECODES = re.compile(r" *(?:to|until|till|through|and|-|~) *")
_LISTED = re.compile(r"X(?: (?:, )?(?:and |& |plus )?(?:then )?X)+")
_SIGNED = re.compile(r" ([-+])")
_AN_END = re.compile(r"(?:first|last|final|opening|closing) ")


def _letter(m: Mention, c: Clause) -> str:
    if m.kind == "film" or (m.kind == "all" and _words(c, m) in ("it all", "all of it", "the whole thing")):
        return "F"
    if m.kind == "pronoun":
        return "" if m.every or _words(c, m) == "its" else "P"
    if m.kind in ("other", "spared") or m.kind == "all":
        return ""
    roles = {thing.role for thing in m.things}
    if len(m.things) == 1 and not m.every and roles != {"background"}:
        return "X"
    if (
        len(m.things) > 1
        and (not m.bare or _words(c, m).endswith("s"))
        and len(roles) == 1
        and roles <= {"clip", "text"}
    ):
        return "M"
    return "F" if m.bare and m.kind in ("clip", "image") and c.scene.clips == 1 else ""


def _words(c: Clause, m: Mention) -> str:
    return c.text[m.start : m.end]
