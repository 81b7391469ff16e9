"""Lengths of a part of the piece, said as if of the whole: "quiet intro 5 seconds, then full", "calm for 10 seconds,
then epic", 安静10秒然后爆发. What comes behind begins where the part ends."""

from __future__ import annotations

import re

from reelscore.brief.marks import NAMES_SOUND, Marks
from reelscore.brief.measures import Length, Quantity

_OPENING = r"(?:intro(?:duction)?|opening|start|beginning|lead-?in)"
_GOES_ON = re.compile(
    r"\bthen\b|\bfollowed\s+by\b|\bbefore\b|\bafter\s+that\b|\binto\b|然后|接着|再|之后|随后|转|到", re.IGNORECASE
)
_OPENS_AFTER = re.compile(
    rf"\s*-?(?:long\s+)?(?:of\s+)?(?:\w+\s+){{0,2}}{_OPENING}\b|\s*的?\w{{0,4}}(?:前奏|开头|开场)", re.IGNORECASE
)
_OPENS_BEFORE = re.compile(
    rf"{_OPENING}\s*(?:of|for|is|lasts|lasting|,|:|-)?\s*(?:about\s+)?$|(?:前奏|开头|开场)\s*(?:是|约|大概)?$",
    re.IGNORECASE,
)
_ENTERS_THEN = re.compile(r"\s*(?:再|才)(?:进|来|加|出现|响)")  # 贝斯12秒再进
_MOMENT = re.compile(r"第\s*$")  # 第8秒再进
_LASTS = re.compile(r"\bfor\s+(?:about\s+|around\s+)?$", re.IGNORECASE)
_OF = re.compile(r"\s*of\s+(?:\w+\s+)?\w+", re.IGNORECASE)


def is_part(marks: Marks, quantity: Quantity) -> bool:
    """Is it how long the first part lasts, with something told to follow it?"""
    if not isinstance(quantity, Length) or quantity.low != quantity.high:
        return False
    before, after = marks.before(quantity), marks.after(quantity)
    if not _GOES_ON.search(after) or _MOMENT.search(before) or _ENTERS_THEN.match(after):
        return False
    if _OPENS_AFTER.match(after) or _OPENS_BEFORE.search(before):
        return True
    return bool((_LASTS.search(before) or _OF.match(after) or _is_han(marks, quantity)) and _felt(marks, quantity))


def _is_han(marks: Marks, quantity: Quantity) -> bool:
    """安静10秒然后...: the feeling right before, the turn right behind."""
    after = marks.after(quantity)
    return re.match(r"[，,]?\s*(?:然后|接着|再|之后|随后|转)", after) is not None


def _felt(marks: Marks, quantity: Quantity) -> bool:
    """Is a feeling said in the same clause, before the turn?"""
    words = marks.text.words
    turn = _GOES_ON.search(marks.text.plain, quantity.end)
    until = turn.start() if turn else len(marks.text.plain)
    start = next((k for k, w in enumerate(words) if w.end > quantity.start), len(words) - 1)
    while start > 0 and not marks.divided(start):
        start -= 1
    low = words[start].start
    return any(
        f.has("mood", "force", "tempo", "genre", *NAMES_SOUND) and low <= words[f.first].start < until
        for f in marks.found
    )
