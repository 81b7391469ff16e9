"""Who comes in where: "add strings in the chorus", "piano at the start", "drums from 0:20", 副歌加入弦乐."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reelscore.brief.leaving_out import LeftOut
from reelscore.brief.lexicon import Found
from reelscore.brief.marks import NAMES_SOUND, Marks, named_sound
from reelscore.brief.windows import Window, comes_in, cue_of, follows_a_part, half_named, window_of

_IN = re.compile(r"\b(?:in|into|during|for|on|at|from)\b|在|于|到", re.IGNORECASE)
_ADDS = re.compile(
    r"\b(?:with|add|adds|adding|bring|brings|bring in|has|have|featuring|plus|gets)\b|加|用|有|进|换", re.IGNORECASE
)
_COMES_THEN = re.compile(r"\s*(?:再|才|就|时|的?时候)*(?:进|加入|出现)")  # 鼓副歌再进


@dataclass(frozen=True, slots=True)
class Placed:
    """A sound (instrument, family or role) asked for in sections of one kind, or in a stretch of time."""

    value: str
    section: str  # "" where `window` says when
    words: str
    window: Window | None = None
    at_least: bool = False  # it may sound elsewhere too


def entrances_of(marks: Marks, out: LeftOut) -> tuple[Placed, ...]:
    """The sounds that are asked for in one place; what is left out or "only" there is read elsewhere."""
    found: dict[tuple[str, str], Placed] = {}
    for sound in marks.found:
        if sound in out.spent or sound in out.only or not sound.has(*NAMES_SOUND) or sound.has("vocals", "gone"):
            continue
        name = named_sound(marks, sound)
        section = _section(marks, sound, out) if name else None
        if name and section is not None:
            first, last = min(sound.first, section.first), max(sound.last, section.last)
            half = half_named(marks, section)
            kind = "" if half else section.value("section") or ""
            found.setdefault((name, kind), Placed(name, kind, marks.text.between(first, last), half))
        elif name and comes_in(marks, sound) and (window := window_of(marks, sound)):
            at_least = cue_of(marks, sound) is not None
            found.setdefault((name, ""), Placed(name, "", marks.words(sound), window, at_least))
        elif name and (window := follows_a_part(marks, sound)):
            found.setdefault((name, ""), Placed(name, "", marks.words(sound), window))
    return tuple(found.values())


def until_joined(alone: Window | None, entrances: Sequence[Placed]) -> Window | None:
    """Who is alone from the start on is so until the first other comes in: "0:00 piano only, drums at 0:15"."""
    if alone is None or alone.unit != "s" or alone.start or alone.end is not None:
        return alone
    come = [one.window.start for one in entrances if one.window and one.window.unit == "s" and one.window.start]
    return Window(Fraction(0), min(come)) if come else alone


def _section(marks: Marks, sound: Found, out: LeftOut) -> Found | None:
    clause = list(marks.clause(sound))
    for other in clause:
        if not other.has("section") or other in out.spent:
            continue
        if other.first >= sound.last:
            between = marks.text.between(sound.last, other.first) if other.first > sound.last else ""
            crossed = [f for f in clause if sound.last <= f.first < other.first and f.has("shape", "mood", "genre")]
            phrase = marks.words(other)
            if not crossed and (_IN.search(between) or _IN.match(phrase) or _COMES_THEN.match(marks.after_word(other))):
                return other
        elif other.last <= sound.first:
            between = marks.text.between(other.last, sound.first) if sound.first > other.last else ""
            if _ADDS.search(between) or (not between and marks.text.words[sound.first].han):  # 最后合唱
                return other
    return None
