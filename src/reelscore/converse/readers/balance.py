"""One sound against another: more of this and less of that, what drowns what, what is too quiet beside another."""

from __future__ import annotations

import re

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.reading import SOUND_KINDS, Reading, step
from reelscore.converse.sieves import Sieve


def against(c: Clause) -> Reading | None:
    """What is said of sounds beside each other, or of more or less of one."""
    if (" more " in f" {c.text}" or " less " in f" {c.text}") and (wanted := _more_and_less(c)):
        return wanted
    return _more_of(c) or _masking(c)


def _more_and_less(c: Clause) -> Reading | None:
    """ "we need more music and less voice": how loud each should be."""
    said = [
        (match[1], next((m for m in c.mentions if m.start == match.end() and m.kind in SOUND_KINDS), None))
        for match in patterns.compiled(r"(?<![a-z])(more|less) (?:of )?(?:the )?").finditer(c.text)
    ]
    needing = patterns.match(
        r"\s*(?:we|i|it|this|you|they)(?:'d| would| could| should)? (?:need|needs|want|wants|use|like)(?![a-z])", c.text
    )
    if not said or not all(thing for _, thing in said) or not (len(said) > 1 or needing):
        return None
    made = [
        one
        for way, thing in said
        if thing
        for one in step("volume", 1, which=thing.said, step="louder" if way == "more" else "quieter").asked
    ]
    return Reading(tuple(made), 0.955)


def _more_of(c: Clause) -> Reading | None:
    """ "a bit more of the voice", "20% less music"."""
    if "no more" in c.text:
        return None
    amount = patterns.match(
        r"(?:[^,;]{0,16}? )??(?:(?P<bit>a bit|a little|a touch|a tad|slightly|a notch)|much|(?P<lot>a lot|way)|\d+ ?(?:%|percent)|(?:\d+|[a-z]+) ?db)? ?(?P<way>more|less) (?:of )?(?:the )?",
        c.text,
    )
    if amount is None:
        return None
    after = next((m for m in c.mentions if m.start <= amount.end() <= m.end and m.kind in SOUND_KINDS), None)
    if after is None or after.end < len(patterns.sub(r"(?:[ .!]|please|pls)+$", "", c.text)):
        return None
    sign = 1 if amount["way"] == "more" else -1
    if (how := c.quantity("percent", "decibels")) is not None:
        by = {"by" if how.kind == "percent" else "by_db": sign * how.number}
        return step("volume", 0.94, which=after.said, **by)
    bit = "a_bit_" if amount["bit"] else "much_" if amount["lot"] else ""
    return step("volume", 0.93, which=after.said, step=f"{bit}{'louder' if sign > 0 else 'quieter'}")


def _masking(c: Clause) -> Reading | None:
    """ "the music drowns the voice": the music is turned down. 旁白盖不过音乐: the voice is turned up."""
    masking = patterns.search(
        r"drown(?:s|ing|ed)?|overpower(?:s|ing|ed)?|盖过|盖住|盖掉|压过|压住|压不住|压不过|盖不过|盖不住|淹没|抢了",
        c.text,
    )
    over = masking and next((m for m in c.mentions if m.end <= masking.start() and m.kind in SOUND_KINDS), None)
    if masking is None or over is None:
        return None
    bit = "a_bit_" if c.has("a_bit") else ""
    if "不" in masking[0]:
        told = c.has("louder") or c.has("quieter")
        return step("volume", 0.95, which=over.said, step=f"{bit if told else ''}louder")
    if by := patterns.search(r"被(?:.{1,8})$", c.text[: masking.start()]):
        first = next((m for m in c.mentions if m.end <= by.start() and m.kind in SOUND_KINDS), None)
        if first and patterns.search(r"大|高|响", c.text[: by.start()]):
            return step("volume", 0.95, which=first.said, step=f"{bit}louder")
        over = next((m for m in c.mentions if m.start > by.start() and m.kind in SOUND_KINDS), over)
    return step("volume", 0.95, which=over.said, step="quieter")


def compared(c: Clause) -> Reading | None:
    """人声比音乐小太多: what is too quiet is turned up, what is too loud down."""
    than = _THAN.search(c.text)
    if than is None or patterns.search("[把将给]", c.text[than.end() :]) or c.quantity("percent", "decibels"):
        return None
    first = next((m for m in reversed(c.mentions) if m.end <= than.start() + 1 and m.kind in SOUND_KINDS), None)
    return step("volume", 0.945, which=first.said, step="louder" if than["less"] else "quieter") if first else None


_THAN = Sieve(
    re.compile(
        r"(?:的?(?:声音|音量)?)比[^,。]{1,8}?(?:的?(?:声音|音量))?(?:还|要|都|得|更)?(?:(?P<less>小|轻|低|弱)|大声?|响|高|吵)(?!声?[一点些]|[\d一二两三四五六七八九十])"
    )
)
