"""One thing that is asked for: a stretch of the message with what was found in it, and what surrounds it.

Readers ask a clause for meanings ("is something louder?"), quantities, things of the timeline, colours, places and
quotations. All places are within `text`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import wraps
from itertools import pairwise, zip_longest
from typing import Any, TypeVar

from reelscore.converse import patterns
from reelscore.converse.anchors import anchor_of
from reelscore.converse.around import Around
from reelscore.converse.choice_words import longest_said
from reelscore.converse.computed import computed_once
from reelscore.converse.concepts import colour_names, colour_pattern
from reelscore.converse.findings import Findings
from reelscore.converse.mention import Mention
from reelscore.converse.mentions import mentions
from reelscore.converse.normalise import Plain
from reelscore.converse.quantities import Quantity
from reelscore.converse.quotes import Quoted
from reelscore.converse.scene import Thing
from reelscore.converse.to_stay import to_stay
from reelscore.converse.undivided import undivided
from reelscore.converse.vocabulary_words import Wish
from reelscore.values.command import Choice, Param, Step

_CODED = re.compile(r"(?: is|:| =|,|是|为|的)? ?\(?#[0-9a-f]{3}")  # "our blue is #1a4fa0": the code alone counts
_Placed = TypeVar("_Placed", Quantity, Mention, Wish)
_Read = TypeVar("_Read")


class Clause:
    """A stretch of a message, ready to be asked."""

    def __init__(
        self,
        plain: Plain,
        quotes: tuple[Quoted, ...],
        span: tuple[int, int],
        around: Around,
        found: Findings | None = None,
    ) -> None:
        self.span = span
        self.text = plain.text[span[0] : span[1]]
        self.around = around
        self.scene, self.known, self.context = around.scene, around.known, around.context
        self.plain = plain
        self.quotes = tuple(
            Quoted(q.start - span[0], q.end - span[0], q.words, q.marked)
            for q in quotes
            if span[0] <= q.start and q.end <= span[1]
        )
        self.targets: dict[tuple[tuple[str, ...], str | None, bool], list[str]] = {}  # found by `reading.targets`
        self.held: dict[Callable[[Clause], Any], tuple[Any, ...]] = {}  # what was read once, by who read it
        if found is None:
            found = Findings(self.text, self.scene, self.known.vocabulary)
            self.offset = 0
        else:
            self.offset = span[0]
        self.findings = found
        self._found = found.places(self.text)

    def reworded(self, text: str, start: int) -> Clause:
        """The clause from text[start] on, read with other words of the same length."""
        at = self.span[0] + start
        made = Clause(self.plain, (), (at, at + len(text)), self.around)
        made.text = text
        made.findings = Findings(text, self.scene, self.known.vocabulary)
        made._found = made.findings.places(text)
        return made

    @property
    def translated(self) -> bool:
        """Is `text` an English rendering, and not what was typed?"""
        return self.around.language not in ("en", "zh")

    def said(self, start: int = 0, end: int | None = None) -> str:
        """The words as they were typed."""
        end = len(self.text) if end is None else end
        return self.plain.said(self.span[0] + start, self.span[0] + end)

    @computed_once
    def told(self) -> frozenset[str]:
        """The meanings of which a word is here; nothing else needs to be looked for."""
        return self.around.concepts.told(self.text, self.findings.text)

    def find(self, name: str) -> re.Match[str] | None:
        """Where a meaning is first said."""
        if name not in self.told:
            return None
        if name in self._found:
            return self._found[name]
        pattern = self.around.concepts.pattern(name)
        found = self._found[name] = pattern.regex.search(self.text) if pattern else None
        return found

    def has(self, *names: str) -> bool:
        """Is any of these meant?"""
        return not self.told.isdisjoint(names) and any(map(self.find, names))

    @computed_once
    def quantities(self) -> tuple[Quantity, ...]:
        """Lengths, percents, numbers... in order; not what something was before, "from 80"."""
        return tuple(q for q in self.amounts if q.cue != "was")

    @computed_once
    def amounts(self) -> tuple[Quantity, ...]:
        """All quantities, with those that tell what something was."""
        return tuple(self._mine(self.findings.quantities))

    def _mine(self, found: Iterable[_Placed]) -> Iterator[_Placed]:
        start, end = self.offset, self.offset + len(self.text)
        for one in found:
            if start <= one.start and one.end <= end:
                yield replace(one, start=one.start - start, end=one.end - start) if start else one

    def quantity(self, *kinds: str, cue: tuple[str, ...] = ()) -> Quantity | None:
        """The first quantity of these kinds (and cues)."""
        if not self.quantities:
            return None
        return next((q for q in self.quantities if q.kind in kinds and (not cue or q.cue in cue)), None)

    def every(self, *kinds: str) -> list[Quantity]:
        return [q for q in self.quantities if q.kind in kinds]

    @computed_once
    def range(self) -> tuple[Quantity, Quantity] | None:
        """ "from 3 to 6 seconds"."""
        held = self.quantities
        return next(((a, b) for a, b in pairwise(held) if a.pair == 1 and b.pair == 2), None)

    @computed_once
    def mentions(self) -> tuple[Mention, ...]:
        """Things of the timeline that are spoken of, in order; in "its sound" the thing that has it."""
        found = tuple(self._mine(self.findings.mentions))
        pointing = any(m.kind == "pronoun" or self._points(m) for m in found)
        if not pointing or (owner := self._owner) is None:
            return found
        found = tuple(
            replace(m, kind="name", said=owner[0], things=(owner[1],))
            if self._points(m) and owner[1] in m.things
            else m
            for m in found
        )
        return tuple(
            one
            if one.kind != "pronoun" or one.every
            else replace(one, kind="name", said=owner[0], things=(owner[1],))
            if two is not None
            and owner[1].role in ("clip", "overlay")
            and two.kind in ("audio", "own")
            and self.text[one.end : two.start] in (" ", " own ", "的")
            else replace(one, said=owner[0], things=(owner[1],))
            if not self.around.made and self.around.focus
            else one
            for one, two in zip_longest(found, found[1:])
        )

    def _points(self, mention: Mention) -> bool:
        """Is it "that clip", "this title", of several?"""
        return (
            mention.bare
            and len(mention.things) > 1
            and self.text.startswith(("that ", "this ", "the same "), mention.start)
            and mention.kind not in ("film", "audio", "own", "all")
        )

    @computed_once
    def _owner(self) -> tuple[str, Thing] | None:
        """What was last spoken of, as a reference."""
        focus = self.around.focus
        thing = self.scene.find(focus) if focus else self.touched
        if thing is None and focus:
            thing = next((m.things[0] for m in mentions(focus.lower(), self.scene) if len(m.things) == 1), None)
        return (thing.segment.id, thing) if thing else None

    @property
    def spoken_of(self) -> Thing | None:
        """What the clause before was about, else the conversation."""
        return self._owner[1] if self._owner else None

    @computed_once
    def wishes(self) -> tuple[Wish, ...]:
        """Genres, moods and instruments that are named."""
        return tuple(self._mine(self.findings.wishes))

    @computed_once
    def whole(self) -> tuple[tuple[int, int], ...]:
        """What must not be divided: each quantity, and a range from its beginning to its end."""
        return undivided(self.text, self.quantities, self.mentions)

    def spared(self, mention: Mention) -> bool:
        """Is this said to stay as it is: "but keep the music", 旁白别动?"""
        return to_stay(self.text, self.mentions, mention)

    @computed_once
    def anchor(self) -> tuple[float, tuple[Mention, ...]] | None:
        """A moment that is named by clips: "before the drone", "between hiking and lake", lake开始的时候; and these."""
        return anchor_of(self.text, self.mentions, self.scene)

    def meant(self, mention: Mention) -> Thing | None:
        """The first thing of a mention; of "it", what the clause before spoke of."""
        if mention.kind != "pronoun":
            return next(iter(mention.things), None)
        focus = self.around.focus
        if not focus:
            return None
        return self.scene.find(focus) or next((t for m in mentions(focus.lower(), self.scene) for t in m.things), None)

    @computed_once
    def _mentioned(self) -> frozenset[str]:
        return frozenset(m.kind for m in self.mentions)

    def mention(self, *kinds: str) -> Mention | None:
        """The first thing of these kinds that is spoken of."""
        if self._mentioned.isdisjoint(kinds):
            return None
        return next((m for m in self.mentions if m.kind in kinds), None)

    @computed_once
    def colours(self) -> tuple[tuple[str, int, int], ...]:
        """Colours by the name the edit stage knows, with where they stand."""
        names = colour_names()
        return tuple(
            (m["hex"] or names[m["latin"] or m["eastern"]], *m.span())
            for m in colour_pattern().finditer(self.text)
            if m["hex"] or not _CODED.match(self.text, m.end())
        )

    def choice(self, param: Param, extra: Mapping[str, tuple[str, ...]] | None = None, start: int = 0) -> Choice | None:
        """The choice of a parameter that is named by the longest words."""
        return longest_said(param.choices, self.text[start:] if start else self.text, extra)

    def param(self, command: str, name: str) -> Param | None:
        entry = self.known.commands.get(command)
        return next((p for p in entry.params if p.name == name), None) if entry else None

    def chosen(self, command: str, name: str, extra: Mapping[str, tuple[str, ...]] | None = None) -> str | None:
        """The name of the choice that is said for a parameter."""
        param = self.param(command, name)
        choice = self.choice(param, extra) if param else None
        return choice.name if choice else None

    @computed_once
    def leaning(self) -> bool:
        """Does a short clause without a subject go on about what the conversation was about: "and italic", 再加粗?"""
        if not self.context.touched or len(self.text) > 26 or any(m.kind != "pronoun" for m in self.mentions):
            return False
        if self._was_of_the_film:
            return False
        return (
            patterns.search(
                r"^\s*(?:(?:hm+|um+|oh|ok|okay|well|yeah|yes|nice|good)[, ]+)*(?:and|also|now|then|a (?:little )?bit|bit|too|even|make that|to|no|but|maybe|slightly|停(?!止|掉|住)|持续|显示|出现|从第?[\d一二两三四五六七八九十]+秒钟?(?:开始|起|再|才)?(?:显示|出现|出来)|[\d一二两三四五六七八九十半]+秒钟?(?:之|以)?后(?:再)?(?:消失|出现|出来|不见)|再|也|还|改成|变成|换成|放到|移到|太|又|稍微|大|小|加|往|向|朝|靠|居中|移|挪|摆)(?![a-z])|(?<![a-z])(?:again|too|as well|instead)[.! ]*$",
                self.text,
            )
            is not None
        )

    @property
    def _was_of_the_film(self) -> bool:
        """Was the last edit one of all clips, and of no one of them?"""
        last = self.context.steps[-1] if self.context.steps else None
        if not isinstance(last, Step) or self.scene.clips < 2 or {"which", "media"} & {name for name, _ in last.args}:
            return False
        return self.touched is not None and self.touched.role == "clip"

    @computed_once
    def touched(self) -> Thing | None:
        """What the conversation was last about."""
        return next((thing for i in self.context.touched if (thing := self.scene.find(i))), None)


def once(reader: Callable[[Clause], Iterable[_Read]]) -> Callable[[Clause], tuple[_Read, ...]]:
    """A reader that reads each clause once, however often it is asked."""

    @wraps(reader)
    def held(c: Clause) -> tuple[_Read, ...]:
        found = c.held.get(reader)
        if found is None:
            found = c.held[reader] = tuple(reader(c))
        return found

    return held


def plain(q: Quantity) -> int | float | str:
    """A quantity as an argument."""
    if isinstance(q.value, str):
        return q.value
    if q.kind == "frames":
        return f"{q.number}f"
    return q.number


def seconds(value: Fraction | float) -> int | float:
    exact = Fraction(value)
    return int(exact) if exact.denominator == 1 else round(float(exact), 6)
