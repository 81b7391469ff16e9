"""A second line of a text, told with it: "a title that says Anna & Tom, and below it 14 June 2025", "\"Sale\" and under it
\"until Sunday\"", 标题“夏天”，下面写“2026”.

Both are the words of one text, line by line: as texts of their own they would lie upon each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reelscore.converse.normalise import Plain, blanked
from reelscore.converse.quotes import Quoted
from reelscore.converse.sieves import Sieve

_BELOW = (
    r"(?:right |just |directly )?(?:below|beneath|underneath|under)(?: (?:it|that|this|them|those|there|the (?:title|name|names|first line)))?"
    r"|(?:on|in|as) (?:the|a) (?:second|next|new) line"
)
_SMALL = r"(?:(?:in )?(?:a )?small(?:er)?(?: (?:letters|text|type|font|print))?[,:]? )?"
_WHAT = r"(?:(?:the (?:words?|text|line|date|year|place|subtitle|names?)|a line|another line) )?(?:saying |it says |that says )?"
_JOINT = re.compile(
    rf"[,;]? ?(?:(?:and|with|then|plus|also) )*(?:(?:put|write|add|have) )?(?:{_BELOW})(?![a-z])[,:]? ?(?:(?:put|write|add) )?{_SMALL}{_WHAT}"
    r"|[,;]? ?(?:再|然后|并|还|另外|同时)*(?:在)?(?:它|标题|名字|文字)?的?(?:下面|底下|下方|下边|下一行|第二行)(?:那行|一行)?(?:再|就|要|给我|用小字)*(?:写|加|放|是|来|配)?(?:上|个|一行|一句|小字|副标题)*:? ?",
)
_BEHIND = re.compile(rf" ?(?:{_BELOW})(?![a-z])")
_AND = re.compile(r"[,;]? ?(?:and|with|plus)(?: then| also)*(?: add| put| write)? |[,;]? ?(?:和|再加上?|加上?)")
_SPLIT = re.compile(
    rf"(?i)(?<=\w)[,;]? (?:(?:and|with|then|plus|also) )+(?:(?:put|write|add|have) )?(?:{_BELOW})(?![a-z])[,:]? (?:(?:put|write|add) )?{_SMALL}{_WHAT}(?=\S)"
    r"|(?<=\w)[,，;；](?:再|然后|并|还|另外)*(?:在)?(?:它|标题)?的?(?:下面|底下|下方|下一行|第二行)(?:再|就|要)*(?:写|加|放|是)+(?:上|个|一行|一句|小字)*[:：]?(?=\S)"
    r"|(?<=\w)[,，;； ] ?(?:副标题|小标题|第二行)(?:再|就|要)*(?:写上?|放|是|叫|用)[:： ]?(?=\S)"
)
_GATE = Sieve(
    re.compile(
        r"(?<![a-z])(?:below|beneath|underneath|under|second line|next line|new line)(?![a-z])|下面|底下|下方|下边|下一行|第二行|副标题|小标题"
    )
)


def lines_below(before: str, plain: Plain, quotes: Sequence[Quoted]) -> tuple[Plain, tuple[Quoted, ...]]:
    """The message with what stands below a text as its second line. `before`: its text before quotations were lifted."""
    if not quotes or not _GATE.search(before):
        return plain, tuple(quotes)
    if len(quotes) == 1:
        cut = _SPLIT.search(quotes[0].words)
        if cut is None:
            return _behind(plain, quotes[0])
        upper, lower = quotes[0].words[: cut.start()], quotes[0].words[cut.end() :]
        return plain, (replace(quotes[0], words=f"{upper.strip()}\n{lower.strip()}"),)
    first, second = quotes[0], quotes[1]
    if len(quotes) != 2 or second.start - first.end > 60:
        return plain, tuple(quotes)
    text = plain.text
    lead = next((m for m in _JOINT.finditer(text, first.end, second.start) if m.end() == second.start), None)
    behind = _BEHIND.match(text, second.end) if _AND.fullmatch(text, first.end, second.start) else None
    if lead is None and behind is None:
        return plain, tuple(quotes)
    start, end = (lead.start(), second.end) if lead else (first.end, behind.end())  # type: ignore[union-attr]
    joined = replace(first, words=f"{first.words}\n{second.words}")
    return plain.with_text(blanked(text, start, end)), (joined,)


def _behind(plain: Plain, first: Quoted) -> tuple[Plain, tuple[Quoted, ...]]:
    """片头写“安娜和汤姆”，下面写2025年6月14日: the second line is not quoted."""
    lower = _REST_ZH.match(plain.text, first.end)
    if lower is None:
        return plain, (first,)
    joined = replace(first, words=f"{first.words}\n{plain.said(*lower.span('words'))}")
    return plain.with_text(blanked(plain.text, first.end, lower.end())), (joined,)


_REST_ZH = re.compile(
    r" ?[,;] ?(?:再|然后|并|还|另外)*(?:在)?(?:它|标题)?的?(?:下面|底下|下方|下一行|第二行)(?:再|就|要)*(?:写|加|放|是)+(?:上|个|一行|一句|小字)*:? ?(?P<words>[^,。;!?\ue000-\ue6ff\n]{2,40})(?=$|[,。;!?\n])"
)
