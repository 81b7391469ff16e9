"""Text on the picture: titles, subtitles, name tags; their words, place, look, animation and how long they stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.denied import denied, only_a_property
from reelscore.converse.mention import Mention
from reelscore.converse.readers.text_added import new_text
from reelscore.converse.readers.text_looks import styled
from reelscore.converse.readers.text_places import positioned
from reelscore.converse.readers.text_reworded import changed, reworded
from reelscore.converse.readers.text_timing import animated, kept_on, moved
from reelscore.converse.readers.texts import named_text, texts_meant
from reelscore.converse.reading import TEXT_KINDS, Reading, step, steps
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain, Step

_FILES = re.compile(r"(?:[A-Za-z0-9_().-]{1,80}|[\w\u4e00-\u9fff().-]{1,80})\.(?:srt|vtt|lrc)(?![a-z])")


def read(c: Clause) -> Iterator[Reading]:
    """All that concerns text."""
    yield from _captions(c)
    yield from reworded(c)
    yield from changed(c)
    yield from new_text(c)
    yield from _gone(c)
    yield from _in_capitals(c)
    if not (c.quotes and c.has("add")):
        ways, stays = list(animated(c)), list(kept_on(c))
        yield from ways
        yield from stays
        if len(ways) == len(stays) == 1 and ways[0].asked and stays[0].asked and _STAYS.search(c.text):
            yield Reading((*ways[0].asked, *stays[0].asked), max(ways[0].score, stays[0].score) + 0.005)
        yield from moved(c)
        yield from _placed_and_styled(c)


_STAYS = re.compile(r"(?<![a-z])(?:stays?|remains?|until|till)(?![a-z])|停留|直到|留到")  # besides how it comes


def _placed_and_styled(c: Clause) -> Iterator[Reading]:
    """Where a text stands and how it looks; both, where both are said: "the title at the bottom, in white"."""
    places, looks = list(positioned(c)), list(styled(c))
    yield from places
    yield from looks
    if len(places) == len(looks) == 1 and places[0].score > 0.9 and looks[0].score > 0.9 and not c.has("shadow"):
        yield Reading((*places[0].asked, *looks[0].asked), 0.935)


def _captions(c: Clause) -> Iterator[Reading]:
    if "." not in c.said() and not any("." in q.words for q in c.quotes):
        return
    found = (
        patterns.search(r"[A-Za-z0-9_().-]{1,80}\.(?:srt|vtt|lrc)(?![a-z])", c.said())
        or _FILES.search(c.said())
        or _FILES.search(next((q.words for q in c.quotes), ""))
    )
    if found is None:
        return
    shift = c.quantity("seconds", "frames")
    by: Plain = None
    if shift is not None:
        by = -shift.number if c.has("earlier") else shift.number
    keep = (
        True
        if patterns.search(r"keep (?:the )?(?:other|existing|old|current)|保留(?:已有|原有|现有)", c.text)
        else None
    )
    yield step("captions", 0.96, file=found[0], shift=by, keep=keep)


def _gone(c: Clause) -> Iterator[Reading]:
    if not c.has("remove") and not patterns.search(
        r"^\s*(?:(?:please|pls|just|and|but|ok|so),? )*no |without|不要(?!.{0,4}[色体])|没有(?=.{0,6}(?:标题|字幕|文字|字|人名|名条))",
        c.text,
    ):
        return
    if (
        not (c.mention(*TEXT_KINDS) or any(named_text(c, q) for q in c.quotes))
        or (c.has("add") and c.quotes)
        or c.has("animate", "no_box", "not_bold", "not_italic", "outline", "shadow", "box")
        or c.has("font")
        or only_a_property(c.text)
    ):
        return
    if c.quantity("seconds") or (c.mention("film") and c.mention("title") and c.has("rename")):
        return
    if any(
        {_of_texts(a), _of_texts(b)} == {True, False} and _AND.fullmatch(c.text, a.end, b.start)
        for a, b in pairwise(c.mentions)
    ):
        return  # "the voiceover and the subtitle": both go
    yield steps("remove_text", 0.94, texts_meant(c) or [None])


_CAPITALS = Sieve(
    re.compile(
        r"(?<!small )(?<!not )(?<!no )(?<!without )(?<![a-z])(?:in )?(?:all |block )?(?<!small )(?:capital letters|capitals|caps|upper[ -]?case)(?![a-z])|全部?大写|大写字母"
    )
)


def _in_capitals(c: Clause) -> Iterator[Reading]:
    """ "the title in capital letters": the same words, written so; not where other looks are told with it."""
    said = None if c.quotes or c.quantities or c.colours or c.has("add", "bold", "font") else _CAPITALS.search(c.text)
    if said is None or denied(c.text, r"(?:all )?(?:caps|capitals|capital letters|upper[ -]?case)"):
        return
    named = [m for m in c.mentions if m.kind in TEXT_KINDS and not said.start() <= m.start < said.end()]
    held = [(t.segment.id, t.segment.text.content) for m in named for t in m.things if t.segment.text]
    if held:
        made = (Step("change_text", (("which", which), ("text", words.upper()))) for which, words in held)
        yield Reading(tuple(made), 0.95)


_AND = re.compile(r"(?:,|and|&|plus| |the|my|that|this|both|all)+|[,、和与跟及]+")


def _of_texts(m: Mention) -> bool | None:
    """Is it a text that is named, or (False) another thing? None where nothing is known of it."""
    return all(t.role in ("text", *TEXT_KINDS) for t in m.things) if m.things and m.kind != "film" else None
