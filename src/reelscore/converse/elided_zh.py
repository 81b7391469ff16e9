"""A Chinese piece that leaves out what was just said: "9秒加字幕“哇”，13秒加“不会吧”", "hiking剪到5秒，drone 3秒".

The piece before is said once more with the lengths, quotations, things and colours of this one in place of its own.
"""

from __future__ import annotations

import re

from reelscore.converse.around import Around
from reelscore.converse.clause import Clause
from reelscore.converse.elided import SURELY, Spliced
from reelscore.converse.one_clause import Read, args_of, names_of, read_clause

_LITTLE = re.compile(r"[\s,，的了吧也就都再是则处时,、:在把给]|那里|那儿|地方|的时候|第")


_MOST = 24  # letters of a piece that leaves something out


_ALIKE = {"title": "text", "subtitle": "text", "lower_third": "text", "fit_duration": "trim"}


def completed(before: Read, alone: Read, around: Around) -> Read | None:
    """The piece read with what it leaves out; None where it stands for itself, or does not mean the same request."""
    was, now = before.clause, alone.clause
    if before.best is None or not before.best.asked or before.held or alone.held or len(now.text) > _MOST:
        return None
    names = set(names_of(before))
    if len(names) != 1 or names & {"", "export", "undo", "generate_music", "change_music", "reorder"}:
        return None
    name = next(iter(names))
    sure = alone.best is not None and alone.best.score >= SURELY and bool(alone.best.asked)
    if sure and not (
        _ALIKE.get(name, "") and {_ALIKE.get(one) for one in names_of(alone)} == {_ALIKE[name]} and alone.clause.quotes
    ):
        return None
    clause = _again(was, now, around)
    if clause is None:
        return None
    read = read_clause(clause)
    if read.best is None or read.held or read.best.score < SURELY or set(names_of(read)) != names:
        return None
    return read if args_of(read) != args_of(before) else None


def _parts(c: Clause) -> list[tuple[int, int, str]]:
    """What may differ from piece to piece, in order: (start, end, kind)."""
    found = [(q.start, q.end, q.kind) for q in c.quantities]
    found += [(q.start, q.end, "quote") for q in c.quotes]
    found += [(m.start, m.end, "thing") for m in c.mentions if m.kind not in ("pronoun", "other", "all", "film")]
    found += [(start, end, "colour") for _, start, end in c.colours]
    made: list[tuple[int, int, str]] = []
    for one in sorted(set(found), key=lambda part: (part[0], -part[1])):
        if not made or one[0] >= made[-1][1]:
            made.append(one)
    return made


def _again(was: Clause, now: Clause, around: Around) -> Clause | None:
    old, new = _parts(was), _parts(now)
    if not new or len(new) > len(old):
        return None
    rest = now.text
    for start, end, _ in reversed(new):
        rest = rest[:start] + rest[end:]
    if not set(_LITTLE.sub("", rest)) <= set(was.text) or _STAYS.fullmatch(rest.strip(" ,.。")):
        return None
    if {kind for _, _, kind in new} == {"thing"} and not re.search(r"也|同样|一样", now.text):
        return None
    instead: dict[int, tuple[int, int]] = {}
    at = 0
    for start, end, kind in new:
        place = next((n for n in range(at, len(old)) if n not in instead and _same(old[n][2], kind)), None)
        if place is None:
            place = next((n for n in range(len(old)) if n not in instead and _same(old[n][2], kind)), None)
        if place is None:
            return None
        instead[place] = (start, end)
        at = place + 1
    if len(old) - len(instead) > 1 and len(instead) < 2:
        return None
    made, end_before = Spliced(now.plain), 0
    for n, (start, end, _) in enumerate(old):
        made.add(was, end_before, start)
        made.add(now, *instead[n]) if n in instead else made.add(was, start, end)
        end_before = end
    return made.add(was, end_before, len(was.text)).clause(around)


def _same(one: str, other: str) -> bool:
    return one == other or {one, other} == {"seconds", "timecode"}


_STAYS = re.compile(r"(?:都|各|停留?|显示|持续|展示|放|出现|保持|留|时长|停个|待)+(?:是|为)?")
