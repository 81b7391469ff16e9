"""Stretches of one message, each read at most once, with what was said before them."""

from __future__ import annotations

import re
from dataclasses import replace

from reelscore.converse.around import Around
from reelscore.converse.clause import Clause
from reelscore.converse.elided import Spliced
from reelscore.converse.findings import Findings
from reelscore.converse.mentions import mentions
from reelscore.converse.normalise import Plain
from reelscore.converse.one_clause import Read, read_clause
from reelscore.converse.quotes import Quoted
from reelscore.converse.reading import COPY
from reelscore.converse.scene import Thing
from reelscore.converse.sieves import Sieve
from reelscore.converse.spoken import Spoken, spoken


class MessageReader:
    """Reads stretches of one message, each at most once."""

    def __init__(self, plain: Plain, quotes: tuple[Quoted, ...], around: Around) -> None:
        self.plain, self.quotes, self.around = plain, quotes, around
        self._found = Findings(plain.text, around.scene, around.known.vocabulary)
        self._held: dict[tuple[int, int, Spoken, bool], Read] = {}
        self._arounds: dict[Spoken, Around] = {Spoken(): around}
        self._clauses: dict[tuple[int, int, int], Clause] = {}

    def clause(self, start: int, end: int, around: Around | None = None) -> Clause:
        """The stretch as a clause: the same one for whoever asks, with all that was found in it."""
        around = around or self.around
        key = (start, end, id(around))  # all that are asked with are kept: `_arounds`, and in the clauses
        if key not in self._clauses:
            self._clauses[key] = Clause(self.plain, self.quotes, (start, end), around, self._found)
        return self._clauses[key]

    def bare(self, start: int, end: int) -> tuple[int, int]:
        """The stretch without the spaces and commas around it."""
        text = self.plain.text
        while start < end and text[start] in " ,":
            start += 1
        while start < end and text[end - 1] in " ,":
            end -= 1
        return start, end

    def _after(self, told: Spoken) -> Around:
        """What a clause is read in, after what was said."""
        if told not in self._arounds:
            self._arounds[told] = replace(
                self.around,
                spared=told.spared,
                before=told.before,
                focus=told.focus,
                focus_kind=told.kind,
                several=told.several,
                made=told.made,
                parts=told.parts,
            )
        return self._arounds[told]

    def read(self, start: int, end: int, done: list[Read], *, first: bool) -> Read:
        """The stretch, after what was done; `first`: it may lean on the message before."""
        text = self.plain.text
        start, end = self.bare(start, end)
        told = spoken(done, self.around.scene)
        key = (start, end, told, first)
        if key not in self._held:
            alone = bool(done) and done[-1].best is None and _IT.search(text[start:end])
            leaning = done and (alone or _RELATIVE.match(text, start, end))
            if leaning and (spared := _left_out(done[-1].clause)):
                told = replace(told, focus=spared.segment.id, kind=spared.role, several=())
            if _LISTED.search(text[:start][-12:]) and not _IT.search(text[start:end]):
                told = replace(told, focus="", kind="", several=())  # each line of a list is about what it names
            clause = self.clause(start, end, self._after(told))
            if told.made and (copy := re.search(COPY, clause.text)):  # "put the copy at the end"
                it = (
                    Spliced(self.plain).add(clause, 0, copy.start()).say("it").add(clause, copy.end(), len(clause.text))
                )
                clause = it.clause(clause.around)
            self._held[key] = read_clause(clause, first)
        return self._held[key]


_RELATIVE = re.compile(r"(?:and )?(?:which|that one|that (?:should|stays?|gets?|can|must))(?![a-z])")


def _left_out(c: Clause) -> Thing | None:
    """The thing that is named behind "except": "black and white except the garden, which should be vivid"."""
    spared = next((m for m in c.mentions if m.kind == "spared"), None)
    words = c.text[spared.start : spared.end] if spared else ""
    last = words.rsplit(" ", 2)[-1:] if words else []
    named = mentions(" ".join(last), c.scene)
    return named[0].things[0] if len(named) == 1 and len(named[0].things) == 1 else None


_LISTED = re.compile(r"(?:^|\n) *(?:[-*•>]|\(?\d{1,2}[.)])? *$|;  +$")

_IT = Sieve(re.compile(r"(?<![a-z])(?:it|its|that|them|this|these|those|the same|too|also|there|then)(?![a-z])"))
