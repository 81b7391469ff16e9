"""A prompt with everything marked that we know: its words, quantities and phrases, for the readers of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reelscore.brief.cue_ranges import CueRange, cue_ranges
from reelscore.brief.lexicon import Found, Lexicon
from reelscore.brief.measures import Measure, Quantity
from reelscore.brief.text import Text

REACH = 100  # characters: what tells of a quantity stands this near
NAMES_SOUND = ("role", "family", "instrument", "missing", "vocals", "gone")


@dataclass(frozen=True, slots=True)
class Marks:
    """`found` in order, none overlapping, `struck` those that name a hit; `at[i]` is the phrase that holds word i.

    `closed` are the words of quantities.
    """

    text: Text
    quantities: tuple[Quantity, ...]
    found: tuple[Found, ...]
    struck: tuple[Found, ...]
    at: tuple[Found | None, ...]
    closed: frozenset[int]
    lexicon: Lexicon
    cues: tuple[CueRange, ...]  # the ranges of a cue sheet

    def words(self, found: Found) -> str:
        """The phrase as it was typed."""
        return self.text.between(found.first, found.last)

    def before(self, quantity: Quantity) -> str:
        """What was typed right before a quantity: as much as can tell what it is for, however long the prompt."""
        return self.text.plain[max(0, quantity.start - REACH) : quantity.start]

    def after(self, quantity: Quantity) -> str:
        """What was typed after a quantity."""
        return self.text.plain[quantity.end :]

    def after_word(self, found: Found) -> str:
        """What was typed after a phrase."""
        return self.text.plain[self.text.words[found.last - 1].end :]

    def divided(self, word: int) -> bool:
        """Does a clause begin at this word (or the text end)?"""
        return word >= len(self.text.words) or self.text.words[word].divided

    def following(self, found: Found) -> Found | None:
        """The phrase that starts right after this one, in the same clause."""
        return None if self.divided(found.last) else self.starting(found.last)

    def starting(self, word: int) -> Found | None:
        """The phrase whose first word this is."""
        if not 0 <= word < len(self.at):
            return None
        found = self.at[word]
        return found if found and found.first == word else None

    def preceding(self, found: Found) -> Found | None:
        """The phrase that ends right before this one, in the same clause."""
        return None if found.first == 0 or self.divided(found.first) else self.at[found.first - 1]

    def clause(self, found: Found) -> Iterator[Found]:
        """All phrases of this one's clause, in order."""
        start = found.first
        while start > 0 and not self.divided(start):
            start -= 1
        end = found.last
        while not self.divided(end):
            end += 1
        return (other for other in self.found if start <= other.first < end)

    def quantities_of_clause(self, found: Found) -> Iterator[Quantity]:
        """All quantities of this phrase's clause."""
        start = found.first
        while start > 0 and not self.divided(start):
            start -= 1
        end = found.last
        while not self.divided(end):
            end += 1
        words = self.text.words
        low, high = words[start].start, words[end - 1].end
        return (quantity for quantity in self.quantities if low <= quantity.start < high)


def mark(text: Text, quantities: tuple[Quantity, ...], lexicon: Lexicon) -> Marks:
    """Find the phrases of a text outside its quantities (years and decades may be part of a phrase)."""
    spans = [q for q in quantities if not (isinstance(q, Measure) and q.unit in ("year", "decade", "time of day"))]
    taken = bytearray(len(text.plain))
    for span in spans:
        taken[span.start : span.end] = b"\1" * (span.end - span.start)
    closed = frozenset(i for i, word in enumerate(text.words) if any(taken[word.start : word.end]))
    text = _whole(text, quantities)
    found = lexicon.match(text.words, closed)
    at: list[Found | None] = [None] * len(text.words)
    for phrase in found:
        for word in range(phrase.first, phrase.last):
            at[word] = phrase
    struck = tuple(phrase for phrase in found if phrase.has("hit"))
    return Marks(text, quantities, found, struck, tuple(at), closed, lexicon, cue_ranges(text.plain, quantities))


def _whole(text: Text, quantities: tuple[Quantity, ...]) -> Text:
    """The same text where no clause begins inside a quantity: the colon of "0:40" divides nothing."""
    inside = bytearray(len(text.plain))
    for quantity in quantities:
        inside[quantity.start + 1 : quantity.end] = b"\1" * (quantity.end - quantity.start - 1)
    words = (replace(word, gap="") if inside[word.start] and word.divided else word for word in text.words)
    return replace(text, words=tuple(words))


def named_sound(marks: Marks, found: Found) -> str | None:
    """What a sound's word names: an instrument of just that name, else a role or family ("drums"), else one by word."""
    typed = marks.words(found).lower()
    one = typed if typed == "violins" else typed.removesuffix("s")  # "violins" are a section, "trumpets" trumpets
    names = [sense.value for sense in found.senses if sense.kind == "instrument"]
    exact = next((name for name in names if name.replace("_", " ") in (typed, one)), None)
    return exact or found.value("role", "missing") or found.value("family") or found.value("instrument")
