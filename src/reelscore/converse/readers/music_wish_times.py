"""When new music starts and how long it is, where the wish tells; a moment at which something happens in it is neither."""

from __future__ import annotations

import re
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, seconds
from reelscore.converse.patterns import just_before
from reelscore.converse.quantities import Quantity
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain


def in_parts(c: Clause) -> bool:
    """Does a wish tell of several moments: "ten seconds of piano, then drums; the last five quiet"?"""
    times = c.every("seconds")
    return len(times) > 1 and patterns.search(r"[,;.。，；\n]|(?<![a-z])then(?![a-z])|然后|接着", c.text) is not None


_STRETCH = Sieve(
    re.compile(
        r"^(?:请|帮我|再|给|在|为|把|只有|只要|只|就)*(?:视频|影片|片子)?的?(?P<which>最后|结尾|前|开头)(?:的)?(?P<length>[^,。]{1,6}?秒钟?|[^,。]{1,4}?分钟)(?:里|的?画面|的?时候|的?部分)?(?:配|加|来|放|写|生成|用|铺|要|有)"
    )
)


_STRETCH_EN = Sieve(
    re.compile(  # "20 secs of music at the end", "music only over the first 10 secs"
        r"\W*(?:(?:please|pls|just|only|add|put|have|give me|i want|let'?s have|we need|some|the) )*(?:\S+(?: and a half)? ?(?:s|secs?|seconds?) (?:of )?(?:[a-z-]+ )?(?:music|bgm) (?:at|for|over|on|under) the (?P<edge>end|start|beginning)"
        r"|(?:music|bgm)(?: only| just)* (?:for|over|on|under|during|in) (?:only |just )?the (?P<edge2>first|last|final|opening) \S+(?: and a half)? ?(?:s|secs?|seconds?))(?: only| please| pls)*\W*"
    )
)


def stretch_of(c: Clause) -> tuple[Plain, Quantity] | None:
    """ "最后10秒配一段轻柔的钢琴": where music of its own for the beginning or the end of the film starts, and its length."""
    if (said := _STRETCH_EN.fullmatch(c.text)) and len(c.every("seconds")) == 1:
        (told,) = c.every("seconds")
        late = (said["edge"] or said["edge2"]) in ("end", "last", "final")
        at = c.scene.duration - Fraction(told.value) if late else Fraction(0)
        return seconds(max(Fraction(0), at)), told
    found = _STRETCH.match(c.text)
    length = next(
        (q for q in c.every("seconds") if found and found.start("length") <= q.start < found.end("length")), None
    )
    if found is None or length is None:
        return None
    whole = c.scene.duration
    last = found["which"] in ("最后", "结尾")
    return (seconds(max(Fraction(0), whole - Fraction(length.value))) if last else 0), length


def wanted_length(c: Clause) -> Quantity | None:
    """How long new music shall be; "80s synths" and "808s" are no lengths."""
    for q in c.every("seconds"):
        words, after = c.text[q.start : q.end], c.text[q.end :]
        decade = patterns.fullmatch(r"[4-9]0s", words) and patterns.match(
            r" (?!long|of|version|track|song|piece|music|loop|for)[a-z]", after
        )
        if (
            words == "808s"
            or decade
            or _ENTERS.match(after)
            or happens(c.text, q)
            or q.pair
            or q.cue in ("first", "last", "at", "from", "until", "over", "within", "off")
        ):
            continue
        return q
    return None


def happens(text: str, q: Quantity) -> bool:
    """Is it when something happens in the music: "swells at 1:00", "peaks around 8 seconds", 8秒左右到高潮?"""
    if _COMES_IN_ZH.match(text, q.end) and just_before(_FROM_ZH, text, q.start):
        return False  # 悬疑的bgm,从第4秒进
    return just_before(_HAPPENS_AT, text, q.start) is not None or _HAPPENS_THEN.match(text, q.end) is not None


_FROM_ZH = re.compile(r"从第?$")
_COMES_IN_ZH = re.compile(r"钟?(?:开始)?(?:再|才)?进来?(?:吧|就行|就好)?(?=$|[,。])")
_HAPPENS_AT = re.compile(
    r"(?<![a-z])(?:swells?|peaks?|builds?|drops?|climax(?:es)?|hits?|explodes?|enters?|joins?|comes? (?:in|up|back)|kicks? in|solo|fades?(?: out)?|stops?|changes?|grows?|rises?|breaks?|turns?|picks? up|calms? down|lifts?|opens? up|crescendos?|bursts?|bang|accent|silence|pause|starts? to [a-z]+|gets? [a-z]+|goes [a-z]+)"
    r"(?: (?:up|in|out|big|loud|quiet|wild|hard|just|right|down))*,? (?:at|by|around|about|on|from|near|after) (?:the |about |around )?$"
)
_HAPPENS_THEN = re.compile(
    r"(?:钟)?(?:左右|的?时候|处|那里|时|以?后)?(?:再|才|就|开始|要|有个?|来个?)*(?:到(?!尾|底|结)|进|推|爆|炸|高潮|起来|渐|收|停|转|变|安静|激烈|燃|来(?:一?[段个])|达到)"
)
_ENTERS = re.compile(  # 16秒进鼓, 8秒弦乐进来: when somebody comes in
    r"(?:的?时候|处|时)?(?:再|才|就|开始)?(?:[^,。;的\d\s]{1,6}?(?:再|才|就|开始|一起|全部?)?)??(?:进来|进入|加入|加进来|出现|响起|进(?!度|行|阶|程)|加(?![快强速重大油长班]))"
    r"| (?:the )?(?:[a-z]+ ){1,3}(?:(?:comes?|kicks?|drops?) in|enters?|joins?)(?![a-z])"
)
