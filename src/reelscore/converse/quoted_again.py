"""Words without quotes that take themselves back: "rename the title to Urban Nights, no, Urban Lights".

What follows the sign is the text that is wanted, where it is about as long as what stands before it. The language that
is told before the words (改成中文的 大家好) is none of them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from reelscore.converse.quotes import Quoted

_SIGN = re.compile(
    r"(?:,|\.{2,}|…|;| -)+ ?(?:(?:oh|uh|um|hm+|er),? )?(?:no|wait|sorry|i mean(?:t)?|actually|or rather|scratch that|make that|oops)(?:,? (?:no|wait|sorry|i mean(?:t)?|actually|make that|make it|rather))*,? (?=\S)",
    re.I,
)
_TONGUE = re.compile(r"(?:中|英|日|韩|法|德|俄|西班牙)(?:文|语)(?:的(?=[ :：])|版的?(?=[ :：])|(?=[:：]))[ :：]*(?=\S)")
_NO_WORDS = re.compile(r"(?:over|in|at|on|to|for|from|until|with|the|it|don'?t|make|put|not)(?![a-z])", re.I)


def put_right(quotes: tuple[Quoted, ...]) -> tuple[Quoted, ...]:
    """The quotations with the words that stand in the end."""
    return tuple(_put_right(one) for one in quotes)


def _put_right(quoted: Quoted) -> Quoted:
    if not quoted.marked and (tongue := _TONGUE.match(quoted.words)):
        quoted = replace(quoted, words=quoted.words[tongue.end() :])
    sign = None if quoted.marked else _SIGN.search(quoted.words)
    if sign is None or not sign.start():
        return quoted
    if quoted.words[:3].lower() == "no " and sign[0].strip(" ,").lower() == "no":
        return quoted  # "no phones, no noise"
    before, after = quoted.words[: sign.start()], quoted.words[sign.end() :].strip(" .!")
    alike = abs(len(before.split()) - len(after.split())) <= 1
    return replace(quoted, words=after) if after and alike and not _NO_WORDS.match(after) else quoted
