"""Where something must not sound: in a section, everywhere but there, before it, or in a stretch of time."""

from __future__ import annotations

import re
from fractions import Fraction

from reelscore.brief.lexicon import Found
from reelscore.brief.marks import NAMES_SOUND, Marks
from reelscore.brief.measures import Clock, Length
from reelscore.brief.windows import Window, half_named, window_of

Place = str | Window  # a kind of section ("" for the whole piece; "!" before it: everywhere else), or a stretch of time
SECTIONS = ("intro", "theme", "build", "break", "lift", "ending")
IN_ORDER = ("intro", "theme", "build", "lift", "break", "ending")  # as they first come
ITEMS = (
    *NAMES_SOUND,
    "genre",
    "unwritten",
    "scene",
    "artist",
    "cannot",
    "mood",
    "tempo",
    "force",
    "shape",
    "loudness",
)


def section_of(marks: Marks, spent: set[Found], negation: Found, end: int, start: int) -> Place:
    """The section or the stretch of time an exclusion is meant for: named after it, or before it in its clause, or as a
    heading."""
    clause = list(marks.clause(negation))
    behind = [found for found in clause if found.first >= end]
    for i, found in enumerate(behind):
        if found.has("section"):
            spent.add(found)
            before = marks.text.words[found.first - 1].text if found.first else ""
            earlier = {marks.text.words[k].text for k in range(max(end, found.first - 3), found.first)}
            if (i and behind[i - 1].has("without_before")) or earlier & {"except", "除了"}:
                return "!" + (found.value("section") or "")
            if before in ("until", "till", "before") or earlier & {"until", "till", "before"}:
                return half_named(marks, found) or _until(marks, found) or "<" + (found.value("section") or "")
            return half_named(marks, found) or found.value("section") or ""
        if marks.words(found).lower() == "before":
            continue
        if found.has(*ITEMS) or (
            found.has("without_before") and marks.words(found).lower() not in ("except", "except for")
        ):
            break
    for found in reversed([found for found in clause if found.last <= start and found not in spent]):
        if found.has("section"):
            spent.add(found)
            return window_of(marks, negation) or half_named(marks, found) or found.value("section") or ""
        if found.has(*ITEMS):
            break
    here = window_of(marks, negation) or _from_there(marks, negation)
    return here or _heading(marks, spent, clause[0] if clause else negation)


def _from_there(marks: Marks, negation: Found) -> Window | None:
    """ "stop the drums at 0:50": from the moment that is named on."""
    for time in marks.quantities_of_clause(negation):
        told = _AT_A_TIME.search(marks.before(time)) or _THEREUPON.match(marks.after(time))
        if isinstance(time, (Length, Clock)) and told:
            return Window(time.at if isinstance(time, Clock) else time.low, None)
    return None


_THEREUPON = re.compile(r"\s*(?:的?时候)?[把就]")  # 0:15把鼓拿掉
_AT_A_TIME = re.compile(r"(?:\bat|@)\s*(?:the\s+|about\s+)?$", re.IGNORECASE)


def _until(marks: Marks, section: Found) -> Window | None:
    """ "until the drop at 0:20": from the beginning to the time that the section is given."""
    here = marks.text.words[section.last - 1].end
    for time in marks.quantities_of_clause(section):
        if isinstance(time, (Length, Clock)) and time.start >= here and _AT.search(marks.text.plain[here : time.start]):
            return Window(Fraction(0), time.at if isinstance(time, Clock) else time.low)
    return None


_AT = re.compile(r"^\s*(?:at|@|\()\s*(?:the\s+|about\s+)?$", re.IGNORECASE)


def edge_of(marks: Marks, only: Found) -> str:
    """The end of the piece that a clause speaks of: "starts with just piano", "ends on strings alone"."""
    shapes = {found.value("shape") for found in marks.clause(only) if found.last <= only.first}
    if shapes & {"starts", "soft_start"}:
        return "intro"
    return "ending" if shapes & {"ends", "soft_end"} else ""


def _heading(marks: Marks, spent: set[Found], first: Found) -> str:
    """ "Intro: no drums": a clause of its own that holds nothing but a section."""
    start = first.first
    while start > 0 and not marks.divided(start):
        start -= 1
    before = marks.at[start - 1] if start else None
    if before is None or not before.has("section"):
        return ""
    idle = ("small", "without_filler")
    others = [found for found in marks.clause(before) if found != before and not found.has(*idle)]
    if others or not re.search(r"[:,，：]", marks.text.words[start].gap):
        return ""
    spent.add(before)
    return before.value("section") or ""


def sections_meant(section: str) -> list[str]:
    """The kinds of sections: of "!lift" all but it, of "<lift" those that come before it."""
    if section.startswith("!"):
        return [part for part in SECTIONS if part != section[1:]]
    if section.startswith("<"):
        return [part for part in IN_ORDER[: IN_ORDER.index(section[1:])] if section[1:] in IN_ORDER] or ["intro"]
    return [section]
