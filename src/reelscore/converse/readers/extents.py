"""Time kept, cut, set or changed, by the one table of what a verb does and how far: (keep, cut, less, more) times
(the first N, to N, by N, from A to B, past A, before A).

The clause is `drawn` with one letter for each thing and each length. Only a clause that a form reads to its last word is
read here, so such a reading is sure of itself. English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.mentions import mentions
from reelscore.converse.readers import from_one_on
from reelscore.converse.readers.drawn import TIMES, Drawn
from reelscore.converse.readers.extent_forms import forms
from reelscore.converse.readers.times_as_long import times_as_long
from reelscore.converse.reading import Reading, step
from reelscore.converse.scene import Thing
from reelscore.converse.tables import table
from reelscore.values.command import Plain, Step

SCORE = 0.965
_LONGEST = 120  # letters
_A_GREETING = 12  # letters before a clause that hardly name anything
_WAYS = {"shorter": "less", "less": "less", "longer": "more", "more": "more"}


def read(c: Clause) -> Iterator[Reading]:
    """The clause as one extent of one thing."""
    if len(c.text) > _LONGEST or c.quotes:
        return
    if not any(q.kind in TIMES for q in c.quantities):
        yield from times_as_long(c)
        yield from from_one_on.read(c)
        return
    if not c.text.isascii():
        return
    drawn = Drawn.of(c)
    if drawn is None or (_ENOUGH.match(drawn.text) and not c.around.before):
        return
    for sense, pattern in forms():
        if match := pattern.fullmatch(drawn.text):
            held = {name: value for name, value in match.groupdict().items() if value}
            wish = _Wish(sense, held, drawn, c)
            made = wish.steps()
            if made:
                yield Reading(tuple(made), SCORE, whole=True)
                return


_ENOUGH = re.compile(r"(?:only )?Q (?:is |are |will be |would be )?(?:enough|plenty|all )")  # after another wish


@dataclass(frozen=True, slots=True)
class _Wish:
    """One extent that is wished for: `sense` of the verb, and what the form found."""

    sense: str
    held: dict[str, str]
    drawn: Drawn
    c: Clause

    def steps(self) -> list[Step]:
        """The edit; [] where it cannot be told of what."""
        if self.sense == "keep all":
            lengths = [Fraction(q.value) for q in self.drawn.lengths if not isinstance(q.value, str)]
            return self._part("keep", self._edge(), None, None, lengths[0]) if len(lengths) == 1 else []
        if "M" in self.drawn.text:
            if self.sense in ("keep", "cut") and not {"edge", "side"} & self.held.keys():
                return []
            things = [thing for m in self.drawn.things for thing in m.things]
            return [one for t in things for one in self._of(t, t.role, t.segment.id)]
        thing, kind, which = self._target()
        return self._of(thing, kind, which) if kind else []

    def _of(self, thing: Thing | None, kind: str, which: str | None) -> list[Step]:
        """The edit of one thing, or of the film."""
        sense, edge = self.sense or _WAYS[self.held["way"]], self._edge()
        times = [Fraction(q.value) for q in self.drawn.lengths if not isinstance(q.value, str)]
        length = thing.segment.duration if thing else self.c.scene.duration
        if sense in ("ends", "ends back", "keep ends"):
            return self._ends(sense, thing, which, times[::-1] if sense == "ends back" else times, length)
        if sense == "both":
            return self._ends("ends", thing, which, [*times, *times], length) if len(times) == 1 else []
        if sense in ("outside", "outside back"):
            return self._range("keep", thing, times[::-1] if sense == "outside back" else times)
        if "R" in self.drawn.text:
            return self._range(sense, thing, times)
        if sense == "to instead":  # how long it is, and how long it shall be
            return self._set(thing, kind, which, times[1], None, said=1) if len(times) == 2 else []
        if sense == "stretch back":  # "30 seconds starting at 2:00"
            sense, times = "stretch", times[::-1]
        if sense == "stretch":  # "the cough at 5:12, about 2 seconds"
            if len(times) != 2 or times[1] <= 0 or thing is not None:
                return []
            return _made("cut_range", start=seconds(times[0]), end=seconds(times[0] + times[1]))
        if len(times) != 1:
            return []
        n = times[0]
        if sense == "sooner":
            return _made("cut_last", seconds=self._plain()) if thing is None else []
        if sense == "skip":
            return self._skip(thing, which, n)
        if "middle" in self.held:
            return self._middle(sense, thing, which, n, length)
        if sense in ("keep", "cut"):
            if "later" in self.held or "sooner" in self.held:
                return self._open(sense, thing, which, n)
            return self._part(sense, edge, thing, which, n)
        if sense == "to":
            if "side" in self.held:
                return self._part("keep", edge, thing, which, n)
            if "side2" in self.held:
                return self._part("keep", "last" if edge == "first" else "first", thing, which, n)
            return self._set(thing, kind, which, n, None)
        change = n if sense == "more" else -n
        if sense == "less" and edge == ("first" if "side2" in self.held else "last"):
            return self._part("cut", "first", thing, which, n)
        return self._set(thing, kind, which, length + change, change)

    def _edge(self) -> str:
        word = next((self.held[name] for name in ("edge", "side", "side2") if name in self.held), "")
        if not word:
            return ""
        held = table("extents")["words"]
        return "first" if any(re.fullmatch(w, word) for w in (*held["first"], *held["start"])) else "last"

    def _target(self) -> tuple[Thing | None, str, str | None]:
        """What it is done to, its kind ("" where that is open), and the reference to it; None for the film."""
        c, scene = self.c, self.c.scene
        if self.drawn.things:
            thing, said = self.drawn.things[0].things[0], self.drawn.things[0].said
            return thing, thing.role, said or thing.segment.id
        if "P" in self.drawn.text and self.sense == "to" and c.context.steps and not c.around.focus:
            return None, "", None  # "make it 2 seconds" may be about the last edit
        said_of = c.around.focus and c.span[0] > 0 and self.sense in ("", "to", "less", "more") and _focused(c)
        if said_of and not set("FXPM") & set(self.drawn.text):
            return said_of, said_of.role, said_of.segment.id  # "...and one second longer"
        if "F" not in self.drawn.text and (c.around.focus or c.touched):
            if "P" not in self.drawn.text and c.around.focus_kind != "film" and not c.touched:
                return None, "", None
            found = _focused(c) if c.around.focus else c.touched
            return (found, found.role, found.segment.id) if found and "P" in self.drawn.text else (None, "", None)
        if "P" in self.drawn.text and c.span[0] > _A_GREETING:
            return None, "", None  # what stands before may say what "it" is
        if scene.clips:
            return None, "film", None
        music = scene.of("music")
        return (music[0], "music", "music") if len(music) == 1 else (None, "", None)

    def _range(self, sense: str, thing: Thing | None, times: list[Fraction]) -> list[Step]:
        if len(times) != 2 or times[0] >= times[1] or sense not in ("keep", "cut", "to"):
            return []
        if thing is not None:
            which = self.drawn.things[0].said if self.drawn.things else thing.segment.id
            return laid_from_to(thing, which, *times) if sense == "keep" else []
        start, end = map(seconds, times)
        return _made("cut_range" if sense == "cut" else "keep_range", start=start, end=end)

    def _ends(
        self, sense: str, thing: Thing | None, which: str | None, times: list[Fraction], length: Fraction
    ) -> list[Step]:
        """ "the first three and the last two seconds", cut away; or of the film kept, and the rest cut."""
        first, last = map(seconds, times)
        if sum(times) >= length:
            return []
        if sense == "keep ends":
            return _made("cut_range", start=first, end=seconds(length - times[1])) if thing is None else []
        if thing is not None:
            return _made("trim", which=which, from_start=first, from_end=last)
        return [*_made("cut_first", seconds=first), *_made("cut_last", seconds=last)]

    def _skip(self, thing: Thing | None, which: str | None, n: Fraction) -> list[Step]:
        """So much of its beginning left out: "start the lake 3 seconds in"; from a moment of its own, or the only clip."""
        if thing is None:
            return _made("cut_first", seconds=self._plain())
        alone = self.c.scene.clips == 1 and thing.span.start == 0
        if thing.role != "clip" or n >= thing.segment.duration:
            return []
        if ("only" in self.held and not alone) or ("own" in self.held and not alone and n > thing.span.start):
            return []
        return _made("trim", which=which, from_start=self._plain())

    def _middle(self, sense: str, thing: Thing | None, which: str | None, n: Fraction, length: Fraction) -> list[Step]:
        """The N seconds in the middle, kept or cut."""
        start = (length - n) / 2
        if start <= 0:
            return []
        if thing is not None:
            if sense == "keep":
                return _made("trim", which=which, from_start=seconds(start), from_end=seconds(start))
            at = thing.span.start + start
            return _made("cut_range", start=seconds(at), end=seconds(at + n)) if thing.role == "clip" else []
        return _made("keep_range" if sense == "keep" else "cut_range", start=seconds(start), end=seconds(start + n))

    def _open(self, sense: str, thing: Thing | None, which: str | None, at: Fraction) -> list[Step]:
        """Everything past a moment of the film, or before it."""
        later = "later" in self.held
        if thing is not None:
            left = at - thing.span.start
            if _its_own(at, thing):
                left = at  # "cut the selfie after 5 seconds": of the clip, which begins later
            if not 0 < left < thing.segment.duration:
                return []
            if later == (sense == "cut") and thing.role == "text":
                return _made("text_duration", which=which, until=self._plain())
            if thing.role == "music" and _SHOULD_END.search(self.drawn.text):
                return []  # how long a piece is, and where it is cut off, are two things
            if later == (sense == "cut"):
                return _made("trim", which=which, to=seconds(left))
            return _made("trim", which=which, from_start=seconds(left))
        moment = self._plain()
        if sense == "cut":
            return _made("cut_range", start=moment, end="end") if later else _made("cut_first", seconds=moment)
        return _made("keep_range", start=moment if later else 0, end="end" if later else moment)

    def _part(self, sense: str, edge: str, thing: Thing | None, which: str | None, n: Fraction) -> list[Step]:
        """The first or the last of a thing, kept or cut; where no end is told, its end is cut."""
        first = edge == "first"
        length = thing.segment.duration if thing else self.c.scene.duration
        over = length - n
        if sense == "cut" and thing is not None and "side" in self.held:
            return _made("trim", which=which, **{"from_start" if first else "from_end": self._plain()})
        if sense == "cut":
            return _made("cut_first" if first else "cut_last", seconds=self._plain(), which=which)
        if not edge or over <= 0:
            return []
        if thing is not None:
            return (
                _made("trim", which=which, to=self._plain())
                if first
                else _made("trim", which=which, from_start=seconds(over))
            )
        if first:
            return _made("keep_range", start=0, end=self._plain())
        return _made("keep_range", start=seconds(over), end="end")

    def _set(
        self, thing: Thing | None, kind: str, which: str | None, to: Fraction, by: Fraction | None, said: int = 0
    ) -> list[Step]:
        if to <= 0:
            return []
        length = seconds(to) if by is not None else plain(self.drawn.lengths[said])
        if thing is None:
            return _made("fit_duration", to=length)
        if by is not None and by < 0 and kind != "text" and self.c.scene.clips:
            return _made("trim", which=which, from_end=self._plain())
        if kind == "music" and (thing.segment.piece or not thing.segment.media):
            return _made("music_length", to=None if by is not None else length, by=None if by is None else seconds(by))
        if kind == "text":
            return _made("text_duration", which=which, to=length)
        return _made("trim", which=which, to=length)

    def _plain(self) -> Plain:
        return plain(self.drawn.lengths[0])


_LAID = ("music", "voice", "sound", "overlay")  # what lies at its own time beside the film


_SHOULD_END = re.compile(r"(?<![a-z])(?:should|must|needs to|has to) (?:end|stop|finish)(?![a-z])")


def laid_from_to(thing: Thing, which: str, start: Fraction, end: Fraction) -> list[Step]:
    """What sounds or is seen beside the film, heard or shown from one moment of it to another and no longer; [] where it
    is not there all that time. Music begins with its own beginning then; a voice stays with the picture."""
    before, behind = start - thing.span.start, thing.span.end - end
    if thing.role not in _LAID or min(before, behind) < 0:
        return []
    if thing.role == "music":
        begins = _made("move", which=which, to=seconds(start)) if before else []
        return [*begins, *_made("trim", which=which, to=seconds(end - start))]
    ends = {"from_start": seconds(before), "from_end": seconds(behind)}
    return _made("trim", which=which, **{name: off for name, off in ends.items() if off})


def _its_own(at: Fraction, thing: Thing) -> bool:
    """Is this moment no moment of the film at which the thing is seen, but one of the thing itself?"""
    return at <= thing.span.start and at < thing.segment.duration


def _focused(c: Clause) -> Thing | None:
    """What the clauses before this one spoke of."""
    focus = c.around.focus
    return c.scene.find(focus) or next((t for m in mentions(focus.lower(), c.scene) for t in m.things), None)


def _made(command: str, **args: Plain) -> list[Step]:
    return [one for one in step(command, 1, **args).asked if isinstance(one, Step)]
