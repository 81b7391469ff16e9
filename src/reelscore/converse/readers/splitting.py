"""Dividing one thing: at a moment, or into so many pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.quantities import Quantity
from reelscore.converse.reading import PICTURE_KINDS, SOUND_KINDS, Reading, step, steps, target
from reelscore.converse.sieves import Sieve


def _in_pieces(c: Clause, each: Quantity) -> int:
    """How many pieces are "2 second pieces" of the one clip that is named, or of the only one; 0 where that is no whole number."""
    if isinstance(each.value, str) or not _PIECES.match(c.text, each.end):
        return 0
    clips = [t for m in c.mentions if len(m.things) == 1 for t in m.things if t.role == "clip"] or list(
        c.scene.of("clip")
    )
    count = clips[0].segment.duration / each.value if len(clips) == 1 and each.value else Fraction(0)
    return int(count) if count.denominator == 1 and 1 < count <= 100 else 0


_A_PART = re.compile(
    r"(?:就|作为|是|为|算|单独|,)*一(?:[段截份块]|部分)(?:[,，]?(?:后面|剩下|余下|其余)的?(?:部分)?(?:就|都|全|再|是|算|作为|归)*(?:另?一?[段截份块])?)?[。!吧]*"
)


def _first_part(c: Clause, length: Quantity) -> Reading | None:
    """采访切成两段,前2秒一段,剩下的一段: where the first of the two ends."""
    named = [m.things[0] for m in c.mentions if len(m.things) == 1]
    if isinstance(length.value, str) or not patterns.search(r"[前头]面?$", c.text[: length.start]):
        return None
    if len(c.every("seconds")) > 1 or len(set(named)) > 1 or not _A_PART.fullmatch(c.text.rstrip(), length.end):
        return None
    at = (named[0].span.start if named else Fraction(0)) + length.value
    return step("split", 0.97, at=seconds(at))


_PARTS_MADE = Sieve(
    re.compile(
        r"(?<![a-z])(?:make|want|need|give me|get|turn (?:it|this) into) (?:it )?(?:into )?(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) (?:equal |even )?(?:parts|pieces|segments|chunks|sections)(?: (?:of|out of|from|each|that)(?![a-z])|[ .!]*$)"
    )
)
_DIVIDED = re.compile(r"(?<![a-z])(?:split|divide|separate|slice|razor|blade|break)")
_PIECES = re.compile(
    r"[ -]?(?:long )?(?:pieces|parts|chunks|bits|segments|clips|sections|snippets)(?![a-z])|钟?(?:的)?一?(?:小)?[段截份块](?![前后])"
)


_MIDDLE = re.compile(r"中间|正中")


def split(c: Clause) -> Iterator[Reading]:
    """ "Split at 0:12", "cut the clip in three", "into 2 second pieces"."""
    if not (c.has("split") or _PARTS_MADE.search(c.text)) or (
        c.range and c.text.isascii() and not _DIVIDED.search(c.text)
    ):
        return  # "cut the ums at 4.5 to 5.2": what lies between goes
    thing = target(c, (*PICTURE_KINDS, *SOUND_KINDS))
    if thing == "clip":
        thing = None
    parts = c.quantity("parts")
    count = int(parts.number) if parts else None
    if count is None and patterns.search(
        r"in (?:half|two|halves)|(?:at|in|down) its (?:very )?(?:middle|centre|center|midpoint)|一分为二|对半|平分|两半|中间",
        c.text,
    ):
        count = 2
    if count is None and patterns.search(r"in(?:to)? (?:thirds|three)|三等分", c.text):
        count = 3
    at = c.quantity("seconds", "timecode", "frames")
    if at is not None and (first := _first_part(c, at)) is not None:
        yield replace(first, whole=True)
        return
    many = c.every("seconds", "timecode")
    if at is not None and (pieces := _in_pieces(c, at)):
        yield replace(step("split", 0.955, which=thing, parts=pieces), whole=True)
        return
    inside = patterns.search(r"(?:seconds?|secs?|s) in(?:to)? (?:the |that )?(?:clip|shot|it)(?![a-z])", c.text)
    held = next((t for m in c.mentions if len(m.things) == 1 for t in m.things), None)
    if inside and held and at is not None and len(many) == 1 and not isinstance(at.value, str):
        yield step("split", 0.945, at=seconds(held.span.start + at.value), which=thing)
        return
    if at is not None and not (parts and ("every" in at.cue or _PARTS_MADE.search(c.text))):
        made = [step("split", 0.93, at=plain(q), which=thing).asked[0] for q in (many or [at])]
        yield Reading(tuple(made), 0.93)
    elif count and patterns.search(r"每一?[个段条]|(?<![a-z])(?:each|every) (?:clip|shot)(?![a-z])", c.text):
        yield steps("split", 0.945, [t.segment.id for t in c.scene.of("clip")] or [None], parts=count)
    elif count == 2 and thing is None and c.scene.clips > 1 and _MIDDLE.search(c.text):
        yield step("split", 0.92, at="middle")
    elif count:
        several = [t.segment.id for m in c.mentions for t in m.things if t.role == "clip" and m.kind != "film"]
        many_of_them = len(set(several)) > 1 and all(m.kind == "name" for m in c.mentions)
        yield steps("split", 0.92, list(dict.fromkeys(several)) if many_of_them else [thing], parts=count)
    elif c.has("at_middle"):
        yield step("split", 0.92, which=thing, parts=2) if thing else step("split", 0.92, at="middle")
    elif c.anchor and ("marker" in c.text or any(m.kind in ("music", "voice") for m in c.mentions)):
        of = next((m.said for m in c.mentions if m.kind in ("music", "voice")), None)
        yield step("split", 0.955, at=c.anchor[0], which=of)
    elif found := patterns.search(r"(?<!\d)at (\d{1,3}(?:\.\d+)?)(?!\d)", c.text):
        yield step("split", 0.9, at=float(found[1]), which=thing)
