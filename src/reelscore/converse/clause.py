"""One thing that is asked for: a stretch of the message with what was found in it, and what surrounds it.

Readers ask a clause for meanings ("is something louder?"), quantities, things of the timeline, colours, places and
quotations. All places are within `text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise, zip_longest
from typing import TypeVar

from reelscore.converse import patterns
from reelscore.converse.concepts import Concepts, colour_names, colour_pattern
from reelscore.converse.findings import Findings
from reelscore.converse.known import Known
from reelscore.converse.mention import Mention
from reelscore.converse.mentions import mentions
from reelscore.converse.normalise import Plain
from reelscore.converse.quantities import Quantity
from reelscore.converse.quotes import Quoted
from reelscore.converse.scene import Scene, Thing
from reelscore.converse.sieves import Sieve
from reelscore.converse.vocabulary_words import Wish
from reelscore.values.command import Choice, Param
from reelscore.values.message import Asked, Context

_Placed = TypeVar("_Placed", Quantity, Mention, Wish)


_AT_MARKER = re.compile(
    r"标记(?:点|处|之前|以前|前面|之后|以后|后面|那里|那儿|那边|那|这里|的?(?:位置|地方|时候)|上)|(?<![a-z])(?:at|on|from) (?:the |my )?(?:[a-z]+ )?marker(?![a-z])"
)
_TOGETHER = re.compile(
    r"(?<![a-z])(?:(?:black|white) and (?:white|black)|drums? (?:and|&) bass|r and b|rock and roll|in and out|again and again|over and over|up and down"
    r"|(?:left|right|top|bottom) and (?:the )?(?:left|right|top|bottom)|back and forth|(?:start|beginning) and (?:the )?end|out and in|salt and pepper|now and then|little by little|louder and quieter|quieter and louder|faster and slower|slower and faster|brighter and darker|darker and brighter"
    r"|bigger and smaller|smaller and bigger|higher and lower|lower and higher|longer and shorter|shorter and longer)(?![a-z])"
    r"|(?<![a-z])(?:all|every|everything|each|everyone)(?![a-z])[^.;,]{0,40},? but (?:not |for )?(?:on |for |in |at )?(?:the |my )?(?!add|put|make|keep|leave|cut|export|fade|lower|raise|turn|set|then|also|please|do|don)[a-z0-9]+"
    r"|(?<![a-z])(?:keep|leave|leaving|keeping) (?:the |my )?[a-z -]{2,20} and (?:the |my )?(?!export|render|fade|mute|save|blur|loop|reverse|mirror|undo|duck|crop|zoom|flip)[a-z]{3,14}(?: (?:alone|as (?:it|they) (?:is|are)|untouched|unchanged))?(?=[.,;!]|$)"
    r"|(?<![a-z])(?:between|swap|switch) (?!places|them|both|positions|it )(?:the )?[\w. -]{1,30}? and (?:the )?[\w.-]+"
    r"|(?<![删去移清消解扣排])除(?:了|掉|去|开)?[^,。;]{1,24}, ?[^,。;]|(?:(?<![删去移清消解扣])除(?:了|掉|去)?|只(?:留|要|保留|剩|保)下?)[^,。;]{1,20}, ?(?:把|给|让)?(?:其他|其它|其余|别的|剩下|剩余|全|都|所有)"
    r"|(?:^|(?<=[,。;]))[^,。;]{1,14}?(?:不动|别动|不变|别变|不用动|不用改|不改|别改|不管|留着|留下|保持原样|保持不变)[,， ]*(?:但|就|把|给|让)*(?:其他|其它|其余|别的|剩下|另外)[^,。;]"
    r"|(?:人名条|名条|名牌)[^。;]{0,14}\ue000+[,， ]*(?:副标题|第二行|下面|头衔|职务|职位|身份|小字)?(?:是|写|:)*\ue000+"
    r"|[\w\u4e00-\u9fff.]{1,16}(?:和|与|跟)[\w\u4e00-\u9fff.]{1,16}?(?:之间|中间|换位置|互换|对调|调换)"
)
_BOUND = Sieve(_TOGETHER)
_AND = re.compile(r" ?(?:,|and|&|, and|plus|or) ?")


@dataclass(frozen=True, slots=True)
class Around:
    """What a clause is read in: the timeline, the commands, the conversation, and what the message said before."""

    scene: Scene
    known: Known
    concepts: Concepts
    context: Context
    language: str
    before: tuple[Asked, ...] = ()  # what the clauses before this one meant
    focus: str = ""  # what the clauses before spoke of, as a reference
    focus_kind: str = ""  # and what it is: "text", "clip", "music"...
    spared: bool = False  # it was named as what shall stay as it is
    several: tuple[str, ...] = ()  # all that the last clause spoke of: "both"
    made: str = ""  # what the last clause made: "the copy"
    parts: tuple[str, ...] = ()  # of what the last clause split: "the second half"


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

    @cached_property
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

    def near(self, name: str, start: int, end: int, reach: int = 12) -> bool:
        """Is this meant right beside text[start:end]?"""
        pattern = self.around.concepts.pattern(name)
        return bool(pattern and pattern.search(self.text[max(0, start - reach) : end + reach]))

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Lengths, percents, numbers... in order."""
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

    @cached_property
    def range(self) -> tuple[Quantity, Quantity] | None:
        """ "from 3 to 6 seconds"."""
        held = self.quantities
        return next(((a, b) for a, b in pairwise(held) if a.pair == 1 and b.pair == 2), None)

    @cached_property
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

    @cached_property
    def _owner(self) -> tuple[str, Thing] | None:
        """What was last spoken of, as a reference."""
        focus = self.around.focus
        thing = self.scene.find(focus) if focus else self.touched
        if thing is None and focus:
            thing = next((m.things[0] for m in mentions(focus.lower(), self.scene) if len(m.things) == 1), None)
        return (thing.segment.id, thing) if thing else None

    @cached_property
    def wishes(self) -> tuple[Wish, ...]:
        """Genres, moods and instruments that are named."""
        return tuple(self._mine(self.findings.wishes))

    @cached_property
    def whole(self) -> tuple[tuple[int, int], ...]:
        """What must not be divided: each quantity, and a range from its beginning to its end."""
        held = [(q.start, q.end) for q in self.quantities]
        pairs = pairwise(self.quantities)
        held += [m.span() for m in _BOUND.finditer(self.text)]
        held += [(m.start, m.end) for m in self.mentions if m.nth is not None]
        held += [  # "clips 1 and 3"
            (a.start, b.end)
            for a, b in pairwise(self.mentions)
            if b.nth is not None and self.text[b.start : b.end].isdigit() and _AND.fullmatch(self.text, a.end, b.start)
        ]
        held += [(m.start - 3, m.end) for m in self.mentions if m.kind == "spared"]  # "all but keep the lake"
        return tuple(held + [(a.start, b.end) for a, b in pairs if a.pair == 1 and b.pair == 2])

    def spared(self, mention: Mention) -> bool:
        """Is this said to stay as it is: "but keep the music", 旁白别动?"""
        last = next((m for m in reversed(self.mentions) if m.end <= mention.start), None)
        if (
            last is not None
            and patterns.fullmatch(r" (?:and|or|nor|plus|&)(?: the| my)? ?", self.text[last.end : mention.start])
            and patterns.fullmatch(
                r"(?: alone| as (?:they|it) (?:are|is)| untouched| unchanged| please)?[ .!,]*", self.text[mention.end :]
            )
        ):
            return self.spared(last)  # "keep the voice and the music"
        before, after = self.text[max(0, mention.start - 24) : mention.start], self.text[mention.end : mention.end + 8]
        return (
            bool(
                (
                    patterns.search(
                        r"(?<![a-z])(?:keep|leave|leaving|keeping|without touching|don't touch|not touch)(?: the| my| all)? *$|(?:保留|留着|(?<!停)留|只要|只留|只保留|不要动|别动|不动|别碰|不要碰|不改)$",
                        before,
                    )
                    and not patterns.search(r"^ (?:only|until|on |for |at |from)", after)
                )
                or patterns.search(r"^(?:的)?(?:别动|不动|不变|保留|保持|留着|不要动|别碰|不改)", after)
            )
            and len(self.mentions) > 0
        )

    @cached_property
    def anchor(self) -> tuple[float, tuple[Mention, ...]] | None:
        """A moment that is named by clips: "before the drone", "between hiking and lake", lake开始的时候; and these."""
        clips = [m for m in self.mentions if len(m.things) == 1 and m.things[0].role == "clip" and not m.every]
        for one, two in pairwise(clips):
            gap, lead, tail = self.text[one.end : two.start], self.text[: one.start], self.text[two.end : two.end + 4]
            between = patterns.search(r"(?<![a-z])between (?:the )?$", lead) and gap.strip() in ("and", "&", "and the")
            if between or (
                patterns.match(r"\s*(?:之间|中间|的?之间)", tail) and patterns.fullmatch(r"\s*(?:和|与|跟|、)\s*", gap)
            ):
                return float(max(one.things[0].span.start, two.things[0].span.start)), (one, two)
        if (marked := _AT_MARKER.search(self.text)) and not patterns.search(
            r"(?:删|去|移除|取消|清).{0,8}标记(?!之|以|前|后)", self.text
        ):
            held = [m for m in self.scene.timeline.markers if m.label and m.label.lower() in self.text]
            held = held or [m for m in self.scene.timeline.markers if m.kind == "user"]
            if len(held) == 1 and marked:
                return float(held[0].at), tuple(
                    m for m in self.mentions if m.kind == "name" and m.end <= marked.start()
                )
        for clip in clips:
            lead, tail = self.text[: clip.start], self.text[clip.end : clip.end + 22]
            span = clip.things[0].span
            said = patterns.search(
                r"(?<![a-z])(before|after|where|when|once|until|as soon as|right before|right after|in front of|(?<=[a-z] )(?:start|begin|come in|enter|kick in|appear|drop)(?:s|ing)? (?:together |right |exactly |along )?with) (?:the )?$",
                lead,
            )
            behind = patterns.match(
                r"\s*(?:的)?(之前|前面|前边|之后|后面|后边|开始|结束|出现|前|后)(?:的)?(?:时候?|处|地方)?", tail
            )
            if said:
                ends = patterns.match(r"\s*(?:clip |part |shot )?(?:ends|is over|finishes|stops)", tail)
                after = said[1] in ("after", "right after") or (
                    ends is not None and said[1] not in ("before", "right before", "in front of")
                )
                return float(span.end if after else span.start), (clip,)
            if behind and not patterns.match(r"\s*[前后]\s*[\d一二三四五六七八九十半]", tail):
                return float(span.end if behind[1] in ("之后", "后面", "后边", "结束", "后") else span.start), (clip,)
        return None

    def meant(self, mention: Mention) -> Thing | None:
        """The first thing of a mention; of "it", what the clause before spoke of."""
        if mention.kind != "pronoun":
            return next(iter(mention.things), None)
        focus = self.around.focus
        if not focus:
            return None
        return self.scene.find(focus) or next((t for m in mentions(focus.lower(), self.scene) for t in m.things), None)

    @cached_property
    def _mentioned(self) -> frozenset[str]:
        return frozenset(m.kind for m in self.mentions)

    def mention(self, *kinds: str) -> Mention | None:
        """The first thing of these kinds that is spoken of."""
        if self._mentioned.isdisjoint(kinds):
            return None
        return next((m for m in self.mentions if m.kind in kinds), None)

    @cached_property
    def colours(self) -> tuple[tuple[str, int, int], ...]:
        """Colours by the name the edit stage knows, with where they stand."""
        names = colour_names()
        return tuple(
            (m["hex"] or names[m["latin"] or m["eastern"]], *m.span()) for m in colour_pattern().finditer(self.text)
        )

    def choice(self, param: Param, extra: Mapping[str, tuple[str, ...]] | None = None, start: int = 0) -> Choice | None:
        """The choice of a parameter that is named by the longest words."""
        text = self.text[start:] if start else self.text
        said = [one for one in words_of(param.choices) if one[1] in text]
        if extra:
            said += [(len(w), w, c) for c in param.choices for w in extra.get(c.name, ()) if w in text]
            said.sort(key=lambda one: -one[0])
        return next((choice for _, word, choice in said if holds(text, word)), None)

    def param(self, command: str, name: str) -> Param | None:
        entry = self.known.commands.get(command)
        return next((p for p in entry.params if p.name == name), None) if entry else None

    def chosen(self, command: str, name: str, extra: Mapping[str, tuple[str, ...]] | None = None) -> str | None:
        """The name of the choice that is said for a parameter."""
        param = self.param(command, name)
        choice = self.choice(param, extra) if param else None
        return choice.name if choice else None

    @cached_property
    def leaning(self) -> bool:
        """Does a short clause without a subject go on about what the conversation was about: "and italic", 再加粗?"""
        if not self.context.touched or len(self.text) > 26 or any(m.kind != "pronoun" for m in self.mentions):
            return False
        return (
            patterns.search(
                r"^\s*(?:(?:hm+|um+|oh|ok|okay|well|yeah|yes|nice|good)[, ]+)*(?:and|also|now|then|a (?:little )?bit|bit|too|even|make that|to|no|but|maybe|slightly|再|也|还|改成|变成|换成|放到|移到|太|又|稍微|大|小|加|往|向|朝|靠|居中|移|挪|摆)(?![a-z])|(?<![a-z])(?:again|too|as well|instead)[.! ]*$",
                self.text,
            )
            is not None
        )

    @property
    def touched(self) -> Thing | None:
        """What the conversation was last about."""
        return next((thing for i in self.context.touched if (thing := self.scene.find(i))), None)

    def moment(self, *cues: str) -> str | float | int | None:
        """A point in time: a length with a cue such as "at", or the start, middle or end."""
        at = self.quantity("seconds", "timecode", cue=cues or ("at", "from"))
        if at is not None:
            return plain(at)
        if self.has("at_middle"):
            return "middle"
        return None


_MOST_CHOICES = 1024  # of which the words are remembered
_words_held: dict[int, tuple[tuple[Choice, ...], tuple[tuple[int, str, Choice], ...]]] = {}


def words_of(choices: tuple[Choice, ...]) -> tuple[tuple[int, str, Choice], ...]:
    """The words of each choice with their lengths, the longest first. Known again by identity: to compare is dear."""
    held = _words_held.get(id(choices))
    if held is None or held[0] is not choices:
        said = [
            (len(word), word, choice)
            for choice in choices
            for word in (choice.name, choice.name.replace("_", " "), *choice.en, *choice.zh)
        ]
        if len(_words_held) >= _MOST_CHOICES:
            _words_held.clear()
        held = _words_held[id(choices)] = choices, tuple(sorted(said, key=lambda one: -one[0]))
    return held[1]


def plain(q: Quantity) -> int | float | str:
    """A quantity as an argument."""
    if isinstance(q.value, str):
        return q.value
    if q.kind == "frames":
        return f"{q.number}f"
    return q.number


def holds(text: str, word: str) -> bool:
    """Is this word or phrase said? Latin words end at their edges; plurals and Chinese do not."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        before = text[at - 1] if at else " "
        after = text[end] if end < len(text) else " "
        if not word.isascii() or not ((before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum())):
            return True
        at = text.find(word, at + 1)
    return False


def seconds(value: Fraction | float) -> int | float:
    exact = Fraction(value)
    return int(exact) if exact.denominator == 1 else round(float(exact), 6)
