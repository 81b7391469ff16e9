"""Words without quotes that take themselves back: "rename the title to Urban Nights, no, Urban Lights".

What follows the sign is the text that is wanted, where it is about as long as what stands before it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from reelscore.converse.quotes import Quoted

_SIGN = re.compile(
    r"(?:,|\.{2,}|…|;| -)+ ?(?:(?:oh|uh|um|hm+|er),? )?(?:no|wait|sorry|i mean(?:t)?|actually|or rather|scratch that|make that|oops)(?:,? (?:no|wait|sorry|i mean(?:t)?|actually|make that|make it|rather))*,? (?=\S)",
    re.I,
)
_NO_WORDS = re.compile(r"(?:over|in|at|on|to|for|from|until|with|the|it|don'?t|make|put|not)(?![a-z])", re.I)


def put_right(quotes: tuple[Quoted, ...]) -> tuple[Quoted, ...]:
    """The quotations with the words that stand in the end."""
    return tuple(_put_right(one) for one in quotes)


def _put_right(quoted: Quoted) -> Quoted:
    sign = None if quoted.marked else _SIGN.search(quoted.words)
    if sign is None or not sign.start():
        return quoted
    before, after = quoted.words[: sign.start()], quoted.words[sign.end() :].strip(" .!")
    alike = abs(len(before.split()) - len(after.split())) <= 1
    return replace(quoted, words=after) if after and alike and not _NO_WORDS.match(after) else quoted
