"""What must not sound: "no drums", "without vocals or strings", 前奏不要鼓, "piano only", "drums only at the end".

A negation reaches only the list of things right behind it: "no drums and a soft piano" leaves the piano, and a
section named with it keeps it there: "no drums in the intro" is no wish for the rest. What a negation takes is
spent, so nobody else reads "no rock" as rock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reelscore.brief.drums_named import PLAYED_BY, drum_named
from reelscore.brief.lexicon import Found
from reelscore.brief.marks import NAMES_SOUND, Marks
from reelscore.brief.where_left_out import ITEMS, Place, edge_of, section_of, sections_meant
from reelscore.brief.windows import Window, around_the_middle, rest_of, silence_of, window_of
from reelscore.values.brief import ROLES, Exclusion


@dataclass(frozen=True, slots=True)
class Refused:
    """A phrase that was negated: its sense, and whether only its excess ("not too fast")."""

    kind: str
    value: str
    words: str
    too_much: bool


@dataclass(slots=True)
class LeftOut:
    """What the negations of a prompt say. `spent` are the phrases they used up."""

    exclusions: list[tuple[Exclusion, str]] = field(default_factory=list)  # with the words that said so
    timed: list[tuple[str, Window, str]] = field(default_factory=list)  # what, when, and the words that said so
    refused: list[Refused] = field(default_factory=list)
    only: list[Found] = field(default_factory=list)
    only_section: str = ""  # "" for the whole piece, or where `only_window` says when
    only_window: Window | None = None
    no_vocals: str = ""  # the words that said so
    notes: list[str] = field(default_factory=list)  # what is not done
    spent: set[Found] = field(default_factory=set)


def left_out(marks: Marks) -> LeftOut:
    """Read every negation and every "only"."""
    out = LeftOut()
    for found in marks.found:
        if found in out.spent or (found.has("without_never") and not found.has("without_only")):
            continue
        if found.value("gone") == "everything":
            _read_silence(marks, out, found)
        elif found.has("gone"):
            _exclude(marks, out, found, "", marks.words(found))
        elif found.has("without_before"):
            _read_without(marks, out, found)
        if found.has("without_only"):
            _read_only(marks, out, found)
    for found in marks.found:
        if found.has(*NAMES_SOUND) and found not in out.spent:
            after = marks.following(found)
            denied = after and marks.words(after).lower() == "not" and marks.divided(after.last)  # "ukulele not"
            taken = after and _is_taken_out(marks, found, after)
            if after and (after.has("without_after") or denied or taken) and after not in out.spent:
                words = marks.text.between(found.first, after.last)
                _exclude(marks, out, found, section_of(marks, out.spent, found, after.last, found.first), words)
                out.spent.add(after)
            elif (rest := rest_of(marks, found)) is not None:
                out.timed.extend((what, rest, marks.words(found)) for what in meant_by(marks, found))
    return out


def _is_taken_out(marks: Marks, sound: Found, out: Found) -> bool:
    """ "take the flute out", "leave the drums out of it": a word of going behind what is told to go."""
    if marks.words(out).lower() != "out" or out.first != sound.last:
        return False
    return _TAKES.search(marks.text.plain[: marks.text.words[sound.first].start]) is not None


_TAKES = re.compile(
    r"\b(?:take|leave|cut|pull|keep|drop|fade|strip|get|kick)s?\s+(?:the\s+|that\s+|my\s+|all\s+)*$", re.IGNORECASE
)


def _read_silence(marks: Marks, out: LeftOut, silence: Found) -> None:
    """ "silence between 0:20 and 0:22", "everything stops at 0:30 for 2 seconds"; without a time it is a soft piece."""
    window = silence_of(marks, silence)
    if window is not None:
        out.spent.add(silence)
        out.timed.extend((role, window, marks.words(silence)) for role in ROLES)


def _read_without(marks: Marks, out: LeftOut, negation: Found) -> None:
    items, end, too_much = _list_after(marks, negation)
    if not items:
        return
    too_much = too_much or marks.words(negation).lower() in ("less", "fewer")
    out.spent.add(negation)
    held = (found for found in marks.clause(negation) if negation.last <= found.first < items[-1].last)
    out.spent.update(found for found in held if found.has("mood", "force", "tempo"))  # the big of "no big drums"
    words = marks.text.between(negation.first, items[-1].last)
    sounding = [item for item in items if item.has(*NAMES_SOUND) and not too_much]
    section = section_of(marks, out.spent, negation, end, negation.first) if sounding else ""
    for item in items:
        if item in sounding:
            _exclude(marks, out, item, section, words)
        else:
            kinds = (
                "genre",
                "unwritten",
                "scene",
                "artist",
                "mood",
                "tempo",
                "force",
                "shape",
                "loudness",
                *NAMES_SOUND,
            )
            out.refused.extend(
                Refused(sense.kind, sense.value, marks.text.between(negation.first, item.last), too_much)
                for sense in item.senses
                if sense.kind in kinds
            )
            out.spent.add(item)


def _list_after(marks: Marks, negation: Found) -> tuple[list[Found], int, bool]:
    """The things a negation takes, the word after the last of them, and was it only "too ..."?"""
    items: list[Found] = []
    cursor, too_much = negation.last, False
    while True:
        item, end, excess = _item_at(marks, cursor, first=not items)
        if not item:
            break
        too_much = too_much or excess
        items.append(item)
        after = marks.starting(end)
        while after and after.has("music") and not after.has(*NAMES_SOUND) and not marks.divided(end):
            end = after.last
            after = marks.starting(end)
        cursor = end
        onward = _joined_on(marks, end)
        if onward is None:
            break
        end = onward
        cursor_item, _, _ = _item_at(marks, onward, first=False)
        if not cursor_item:
            break
        cursor = onward
    return items, (items[-1].last if items else negation.last), too_much


def _item_at(marks: Marks, cursor: int, first: bool) -> tuple[Found | None, int, bool]:
    """The thing named at this word, past fillers; articles are fillers only right behind the negation."""
    excess = False
    start = cursor
    while True:
        found = marks.starting(cursor)
        if marks.divided(cursor) and (cursor > start or first):
            return None, cursor, False
        if not found:  # a word we do not know may stand in the list: "not cheesy or sad"
            if cursor >= len(marks.at) or marks.at[cursor] or marks.text.words[cursor].han:
                return None, cursor, False
            after = marks.starting(cursor + 1)
            if after and after.has(*NAMES_SOUND) and not marks.divided(cursor + 1):
                cursor += 1
                continue
            return Found(cursor, cursor + 1, ()), cursor + 1, False
        if found.has(*ITEMS):
            after = marks.following(found)
            if (
                after
                and after.has(*NAMES_SOUND, "shape")
                and found.has("mood", "force", "tempo")
                and not found.has(*NAMES_SOUND, "shape")
            ):
                cursor = found.last  # "no big drums" are drums
                continue
            return found, found.last, excess
        if not found.has("without_filler") or (not first and marks.words(found).lower() in ("a", "an")):
            return None, cursor, False
        excess = excess or found.has("without_degree")
        cursor = found.last


def _joined_on(marks: Marks, end: int) -> int | None:
    """The word at which a list goes on, or None: "and", "or", 、 go on; a comma does where an "or" closes the list."""
    after = marks.starting(end)
    if after and after.has("without_joins") and (not marks.divided(end) or marks.words(after).lower() in ("or", "nor")):
        return after.last
    if end >= len(marks.text.words):
        return None
    gap = marks.text.words[end].gap
    if "、" in gap or gap.strip() == "/":
        return end
    if gap.strip() != "," or not after or not after.has(*NAMES_SOUND):
        return None
    look = after.last
    while look < len(marks.text.words):
        here = marks.starting(look)
        if here and here.has("without_joins") and marks.words(here).lower() in ("or", "nor", "或", "或者"):
            return end
        if not (marks.text.words[look].gap.strip() == "," and here and here.has(*NAMES_SOUND)):
            return None
        look = here.last
    return None


def _exclude(marks: Marks, out: LeftOut, item: Found, section: Place, words: str) -> None:
    out.spent.add(item)
    if item.value("vocals", "gone") in ("sung", "vocals"):
        out.no_vocals = out.no_vocals or words
    if item.value("vocals") == "none":  # "not instrumental": nothing to leave out
        return
    if isinstance(section, Window):
        out.timed.extend((what, section, words) for what in meant_by(marks, item))
        return
    sections = sections_meant(section)
    out.exclusions.extend((Exclusion(what, part), words) for part in sections for what in meant_by(marks, item))


def meant_by(marks: Marks, item: Found) -> tuple[str, ...]:
    """The roles, families or instruments that a named sound stands for when it is left out."""
    gone = item.value("gone")
    if item.has("vocals") or gone == "vocals":
        return ("voices",)
    role, family = gone or item.value("role"), item.value("family")
    if role in PLAYED_BY and (drum := drum_named(marks.words(item))):
        return (drum,)
    if role:
        return {
            "drums": ("drums", "percussion"),
            "percussion": ("percussion", "drums"),
            "melody": ("melody", "counter"),
        }.get(role, (role,))
    if family:
        return ("strings", "brass", "winds") if family == "orchestra" else (family,)
    words = {word.text for word in marks.text.words[item.first : item.last]}
    named = [sense.value for sense in item.senses if sense.kind == "instrument"]
    typed = "".join(word.text for word in marks.text.words[item.first : item.last])
    instruments = marks.lexicon.vocabulary.instruments
    kin = [name for name in instruments if words <= set(name.split("_"))]
    if not typed.isascii():  # 钢琴 is any piano, 电钢琴 too
        kin = [name for name, entry in instruments.items() if any(word.endswith(typed) for word in entry.words)]
    return tuple(dict.fromkeys([*named, *kin]))


def _in_a_band(marks: Marks, solo: Found, players: list[Found]) -> bool:
    """A "guitar solo at 0:30" is played before its band, and so is one beside other players ("big drums and a guitar
    solo"); a "cello solo for the first 15 seconds" is not."""
    window = window_of(marks, solo)
    if window is not None and window.start == 0 and window.end is not None and window.unit == "s":
        return False
    times = any(True for _ in marks.quantities_of_clause(solo))
    named = [found for found in marks.clause(solo) if found.has(*NAMES_SOUND) and not found.has("vocals", "gone")]
    return (
        times
        or any(found not in players for found in named)
        or any(found.has("section") for found in marks.clause(solo))
    )


_ENTERS_ONLY = re.compile(
    r"\s*(?:enters?|com(?:e|es|ing) in|starts?|joins?|kicks? in|begins?|drops? in|plays? (?:from|after))\b",
    re.IGNORECASE,
)


def _read_only(marks: Marks, out: LeftOut, only: Found) -> None:
    """ "only piano and strings", "piano only", 纯钢琴; "drums only at the end"."""
    if _ENTERS_ONLY.match(marks.after_word(only)) and not any(f.has("section") for f in marks.clause(only)):
        return  # "the drums only enter at 0:24": then they come in, and nobody else goes
    forward, _, _ = _list_after(marks, only)
    items = [item for item in forward if item.has(*NAMES_SOUND) and item not in out.spent]
    backward: list[Found] = []
    before = marks.preceding(only)
    while before and (before.has(*NAMES_SOUND) or (backward and before.has("without_joins"))):
        if before.has(*NAMES_SOUND):
            backward.insert(0, before)
        before = marks.preceding(before)
    if backward and (not items or marks.following(only) is None):
        behind = [found for found in marks.clause(only) if found.first >= only.last and found.has("section")]
        if behind:
            for item in backward:
                around = around_the_middle(marks, behind[0])
                for place in around or ["!" + (behind[0].value("section") or "")]:
                    _exclude(marks, out, item, place, marks.words(item))
                out.spent.discard(item)
            out.spent.add(behind[0])
            return
        if marks.words(only).lower() in ("solo", "独奏") and _in_a_band(marks, only, backward):
            return
        items = backward
    items = [item for item in items if item.value("role") not in ("arp", "chords", "melody")] or items
    if items and not any(item.has("vocals") for item in items):
        first, last = min(i.first for i in [*items, only]), max(i.last for i in [*items, only])
        out.only.extend(items)
        place = section_of(marks, out.spent, only, last, first)
        if isinstance(place, Window):
            out.only_window = place
        else:
            out.only_section = place.lstrip("!") or edge_of(marks, only)
        out.spent.add(only)
