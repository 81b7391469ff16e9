"""What a message of another language is made of once its words are known, and the English message made of it.

An item is a stretch of the typed text with its English and its kind. The English message keeps, letter by letter, the
place it came from; names, files and quotations stay as they were typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from reelscore.converse.normalise import Plain
from reelscore.converse.quotes import LAST_MARK, MARK, Quoted

# What an item is: a verb, a thing, a place, a look or manner, a comparison, a degree, a quantity, a quotation, a
# stretch left as typed, something that stands for itself, a sign between clauses, nothing at all.
VERB, THING, PLACE, LOOK, MORE, DEGREE, AMOUNT, QUOTE, TYPED, PHRASE, SIGN, IDLE = (
    "verb", "thing", "place", "look", "more", "degree", "amount", "quote", "typed", "phrase", "sign", "idle",
)  # fmt: skip


INSTRUMENTS = frozenset({
    "piano", "guitar", "acoustic guitar", "electric guitar", "drums", "strings", "violin", "bass", "synth", "flute", "trumpet",
    "saxophone", "ukulele", "orchestra", "choir", "vocals",
})  # fmt: skip


SOUND = frozenset(
    {"music", "background music", "volume", "sound", "voice", "song", "audio", "sound effect", "noise", "jingle"}
)
TEXT = frozenset({"title", "subtitle", "text", "lower third", "font", "logo", "caption"})
TEXTS = TEXT | {"subtitles"}
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True, slots=True)
class Item:
    """text[start:end] of the message as `english`. `form`: how it was bent or what stands behind it ("neg", "and")."""

    kind: str
    english: str
    start: int
    end: int
    form: str = ""

    def as_(self, english: str) -> Item:
        """The same place with other English."""
        return replace(self, english=english)

    def before(self, english: str, form: str = "") -> Item:
        """A word that English puts before this: "of", "to", "it"; nothing of it was typed."""
        return Item(IDLE, english, self.start, self.start, form)


def walk(items: list[Item], step: Callable[[list[Item], int], tuple[list[Item], int] | None]) -> list[Item]:
    """The items from left to right: where `step` gives others for those from a place on, and for how many, those."""
    made: list[Item] = []
    n = 0
    while n < len(items):
        found = step(items, n)
        if found is None:
            made.append(items[n])
            n += 1
        else:
            made += found[0]
            n += found[1]
    return made


def kinds_at(items: list[Item], n: int, *kinds: str) -> bool:
    """Are the items from a place on of these kinds?"""
    return len(items) >= n + len(kinds) and all(items[n + k].kind == kind for k, kind in enumerate(kinds))


def sense(english: str, about: str) -> str:
    """ "lower|make {} smaller|shorten": what a verb means of sounds, of texts, of anything else."""
    parts = english.split("|")
    if len(parts) == 1:
        return english
    if about == "sound":
        return parts[0]
    return parts[1] if about == "text" and len(parts) > 2 else parts[-1]


def to_black(clause: list[Item]) -> list[Item]:
    """A fade to black of nothing in particular is the film's."""
    alone = not any(item.kind in (THING, TYPED) and item.english != "fade to black" for item in clause)
    alone = alone and not any(item.english.startswith("between") for item in clause)
    words = "fade out the video to black"
    return [item.as_(words) if alone and item.english == "fade to black" else item for item in clause]


def made_so(items: list[Item]) -> list[Item]:
    """A message that only says how it shall be ("etwas heller") asks for it to be made so."""
    told = [item for item in items if item.kind not in (SIGN, IDLE) and item.english]
    if not told or any(item.kind not in (MORE, DEGREE) for item in told) or told[-1].kind != MORE:
        return items
    return items if told[-1].form == "too" else [told[0].before("make it"), *items]


def assembled(items: Iterable[Item], plain: Plain, quotes: tuple[Quoted, ...]) -> tuple[Plain, tuple[Quoted, ...]]:
    """The English message of the items in this order, with its quotations."""
    low, typed, _, begins = _woven(items, plain)
    moved = tuple(
        sorted(
            (
                replace(q, start=begins[q.start], end=begins[q.start] + q.end - q.start)
                for q in quotes
                if q.start in begins
            ),
            key=lambda q: q.start,
        )
    )
    english = "".join(typed)
    for q in moved:  # quotations are put back for who reads the message again
        words = (f'"{q.words}"' if q.marked else q.words).ljust(q.end - q.start)[: q.end - q.start]
        english = english[: q.start] + words + english[q.end :]
    return Plain("".join(low), english, tuple(range(len(english) + 1))), moved


def typed_for(words: str, items: Iterable[Item], plain: Plain) -> str:
    """What was typed for words of the English message; the whole message where they are not in it."""
    _, typed, at, _ = _woven(items, plain)
    start = "".join(typed).find(words)
    if start < 0 or not words:
        return plain.original.strip()
    places = at[start : start + len(words)]
    after = min((place for place in at if place > max(places)), default=len(plain.original))
    return plain.original[min(places) : after].strip()


def _woven(items: Iterable[Item], plain: Plain) -> tuple[list[str], list[str], list[int], dict[int, int]]:
    """The letters to match, those to keep, where each came from, and where each place of the message now is."""
    typed: list[str] = []
    low: list[str] = []
    at: list[int] = []
    begins: dict[int, int] = {}
    for item in items:
        words = item.english
        kept = item.kind in (QUOTE, TYPED)
        if not words and not kept:
            continue
        if typed and typed[-1] != " " and words[:1] not in (",", ".", "?", "!", ";"):
            typed.append(" ")
            low.append(" ")
            at.append(plain.at[item.start])
        for place in range(item.start, item.end) if kept else ():
            begins.setdefault(place, len(low))
            low.append(plain.text[place])
            letter = plain.original[plain.at[place] : plain.at[place] + 1]
            typed.append(
                letter if letter.lower() == plain.text[place] or MARK <= plain.text[place] <= LAST_MARK else low[-1]
            )
            at.append(plain.at[place])
        if not kept:
            typed += words
            low += words.lower()
            at += [plain.at[item.start]] * len(words)
    at.append(len(plain.original))
    return low, typed, at, begins
