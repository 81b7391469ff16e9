"""When who plays in the music that is there: "drums come in at 0:20", "a drop at 0:30", 前20秒不要鼓.

The composer reads such words itself; here it is only told apart from an edit of the film at that time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from reelscore.converse.clause import Clause, seconds
from reelscore.converse.music_assembled import name_of
from reelscore.converse.music_told_words import pattern_of, sections_in
from reelscore.converse.readers.spans import stretch
from reelscore.converse.readers.struck import clock
from reelscore.converse.reading import TEXT_KINDS, Reading, step
from reelscore.converse.sieves import Sieve
from reelscore.converse.vocabulary_words import Wish

_LONGEST = 90
_TIMES = ("seconds", "timecode")
_EVENTS = Sieve(
    re.compile(
        r"(?<![a-z])(?:drops?(?!(?: from| between)? \d[\d.:]* ?(?:s|secs?|seconds?)? ?(?:to|-|through|until|and) ?\d)(?! (?:everything|all|anything|whatever|what|it|this|that|the (?:first|last|final|opening|rest|start|beginning|end))(?![a-z]))|build(?:s|ing)?(?:[ -]?up)?|breakdown|break|climax|peak|crescendo|key change)(?![a-z])|高潮|渐强|铺垫|爆发"
    )
)
_COMING = re.compile(
    r"(?<![a-z])(?:no|without|only|just|solo|come(?:s|ing)? in|in at|enter(?:s|ing)?|start(?:s|ing)?|begin(?:s|ning)?|until|till|from|between|for the (?:first|last)|add|drop(?:s|ping)? out|stop(?:s|ping)?|return(?:s|ing)?|back in|a|the)(?![a-z])"
    r"|不要|没有|只[要有用留剩]|只保留|独奏|进|[再才](?:进|来|起|出|加)|加入|开始|出现|停|加"
)
_TUNE = Sieve(re.compile(r"(?<![a-z])(?:melody|tune|beat|rhythm)(?![a-z])|旋律|节奏|鼓点"))
_OPENS = Sieve(
    re.compile(
        r"\s*(?:please )?(?:start|begin|open)s? (?:it |the (?:music|song|track) )?with (?:just |only )?(?:the |a |an )?"
    )
)
_EXCEPT = Sieve(
    re.compile(  # "take everything out except the drums", 除了鼓都去掉: only the drums stay
        r"(?<![a-z])(?:take|drop|lose|mute|cut|strip|remove|pull|kill) (?:out |away )?everything (?:else )?(?:out |away )?(?:but|except|apart from)(?: for)? (?:the )?(?P<who>[a-z]+(?: and (?:the )?[a-z]+)?)(?![a-z])"
        r"|除了?(?P<who_zh>[^,。]{1,8}?)(?:以外|之外|外)?(?:其他|其它|其余|别的|全部?|都|统统)+(?:的)?(?:去掉|不要|拿掉|删掉|停掉?|撤掉?|静音|别响)"
    )
)
_ONLY_THERE = Sieve(
    re.compile(  # "the clarinet only in the chorus", 单簧管只在副歌出现
        r"(?<![a-z])(?:only|just) (?:in|at|on|during|for|from|enters?|comes? in|plays?|starts?|appears?)(?![a-z])|只[在到让有].{0,8}(?:出现|响|进|有|演?奏|用)?|才(?:进|出现|响|有)"
    )
)
_ENTERS = re.compile(
    r"(?<![a-z])(?:enters?|entering|com(?:e|es|ing) in|kicks? in|joins?|starts?|begins?|brings?|drops? in|until|till|before|from|in at)(?![a-z])|再?进[来入]?|加入|才|直到|之前"
)
_NTH_SECTION = Sieve(
    re.compile(
        r"(?P<lead>(?<![a-z])(?:at|from|in|on|with|by|when|until|till|before) (?:the )?)(?:(?P<nth>first|1st|second|2nd|third|3rd|last|final) )?(?P<name>chorus|verse|drop|hook|bridge|break|breakdown|build-?up|outro|refrain)(?: (?:hits|starts|begins|comes|arrives|on))?(?![a-z])"
        r"|(?P<lead_zh>从|到|在|等|直到)?(?:第?(?P<nth_zh>[一二三]|最后一?)[个段遍次]?)?(?P<name_zh>副歌|主歌|间奏|桥段|尾奏|高潮)(?:的?时候|那里|处|开始|起)?(?=再|才|就|之?前|进|加|开始)"
    )
)
_KINDS = {
    "chorus": "lift", "drop": "lift", "hook": "lift", "refrain": "lift", "副歌": "lift", "高潮": "lift", "verse": "theme", "主歌": "theme",
    "bridge": "break", "break": "break", "breakdown": "break", "间奏": "break", "桥段": "break", "outro": "ending", "尾奏": "ending",
}  # fmt: skip
_NTH = {
    "second": 1,
    "2nd": 1,
    "二": 1,
    "third": 2,
    "3rd": 2,
    "三": 2,
    "last": -1,
    "final": -1,
    "最后": -1,
    "最后一": -1,
}
_PLACED = Sieve(
    re.compile(
        r"(?<![a-z])(?:in the (?:middle|(?:first|second|last) half)|half ?way(?: through)?)(?![a-z])|中间|[前后]半段?|一半"
    )
)
_NOT_MUSIC = Sieve(
    re.compile(
        r"(?<![a-z])(?:cut|trim|split|marker|mark|locator|cue point|called|named|label|chapter|title|text|caption|volume|louder|quieter|fade|speed|clip|shot)(?![a-z])|剪|标题|字幕|音量|淡|声音|片段"
    )
)
_HEARD_THERE = Sieve(
    re.compile(  # what there is already: "5 seconds in there's a car horn"
        r"\W*(?:(?:at|around|about)? ?[\d:.]+ ?(?:s|secs?|seconds?|min|minutes?)?(?: mark)?(?: in| on)?,? )?(?:there'?s|there is|you can hear|i (?:can )?hear|we hear) (?:an?|some|this|my|someone|somebody) "
    )
)
_MUTES = Sieve(re.compile(r"(?<![a-z])(?:mute|silence)(?= (?:the |all )?[a-z])|静音"))


def read(c: Clause) -> Iterator[Reading]:
    """The clause as a wish for the composer."""
    if not c.scene.composed or c.quotes or len(c.text) > _LONGEST or _NOT_MUSIC.search(c.text):
        return
    if _HEARD_THERE.match(c.text):
        return
    if c.mention(*TEXT_KINDS, "name", "voice", *(("clip", "image") if c.scene.clips else ())):
        return
    players = [w for w in c.wishes if w.kind in ("instrument", "role") and not w.idle]
    if players and (alone := _EXCEPT.search(c.text)) and c.every(*_TIMES):
        who = c.said(*alone.span("who" if alone["who"] else "who_zh")).strip()
        lead = f"only {who} " if alone["who"] else f"只要{who}"
        before, after = c.said(0, alone.start()).strip(" ,，"), c.said(alone.end(), len(c.text)).strip()
        words = f"{before} {lead}{after}" if alone["who"] else f"{before}{lead}{after}"
        yield step("change_music", 0.99, prompt=" ".join(words.split()).replace("at ", "from ", 1))
        return
    if players and _MUTES.search(c.text) and c.range:
        start, end = (clock(float(Fraction(q.value))) for q in c.range)
        yield step("change_music", 0.99, prompt=f"no {', '.join(name_of(c, w) for w in players)} from {start} to {end}")
        return
    if players and (placed := _at_a_section(c)) is not None:
        yield step("change_music", 0.976, prompt=placed)
        return
    timed = bool(c.every(*_TIMES))
    if players and (silent := _left_out(c, players)) is not None:
        yield silent
        return
    played = players or _TUNE.search(c.text)
    if _course(c):
        yield replace(step("change_music", 0.965, prompt=c.said().strip(" ,.;，。；")), whole=True)
    exchange = len(players) > 1 and pattern_of("swap").search(c.text)  # which the edit names
    if timed and not exchange and (_EVENTS.search(c.text) or (played and _COMING.search(c.text))):
        yield step("change_music", 0.975, prompt=c.said().strip(" ,.;，。；"))
    elif players and (_OPENS.match(c.text) or (_PLACED.search(c.text) and _COMING.search(c.text))):
        yield step("change_music", 0.97, prompt=c.said().strip(" ,.;，。；"))


def _left_out(c: Clause, players: list[Wish]) -> Reading | None:
    """ "no drums in the first 8 seconds", and nothing else: who plays not, from when to when, where the bars are known."""
    music = c.scene.of("music")
    times = c.every("seconds")
    if len(music) != 1 or not times or len(c.quantities) != len(times):
        return None
    if ":" in c.text or c.plain.text.strip(" ,.;!?") != c.text.strip(" ,.;!?"):
        return None  # "..., then a big drop": the composer reads it all
    if len(c.known.facts.of(music[0].segment.media).downbeats) < 2 or (span := stretch(c, music)) is None:
        return None
    drawn = c.text
    for at, end, letter in sorted([(w.start, w.end, "X") for w in players] + [(q.start, q.end, "T") for q in times])[
        ::-1
    ]:
        drawn = f"{drawn[:at]}{letter}{drawn[end:]}"
    if not _OUT_THEN.fullmatch(drawn) or (("keep" in drawn or "leav" in drawn) and " out" not in drawn):
        return None  # "keep the drums until 16 seconds"
    low, high = (max(span[0], music[0].span.start), min(span[1], music[0].span.end))
    begins = None if low == music[0].span.start else seconds(low)
    ends = None if high == music[0].span.end else seconds(high)
    names = ", ".join(name_of(c, w) for w in players)
    return step("change_music", 0.98, without=names, start=begins, end=ends) if low < high else None


_OUT_THEN = re.compile(
    r"(?:please |pls |and |but |so |i want |can (?:we|you) |let'?s |have |with )*(?:no|without|leave out|leav(?:e|ing)|take out|take|lose|drop|cut|mute|remove|skip|keep) (?:the |any )?X(?:(?:,| and| or|, and) (?:the |any )?X)*(?: (?:out|away|at all|playing|in there))?"
    r"(?:,? (?:in|for|during|until|till|before|up to|over|from|between|after))?(?: the)?(?: (?:first|last|opening|final))? ?T(?: (?:to|and|until|till|-) T)?(?: (?:mark|on|onwards?))?[ .!]*(?:please|pls)?[ .!]*"
)
_LOUD = r"(?:big|bigger|huge|massive|epic|strong|loud|powerful|grand|triumphant)"
_SOFT = r"(?:quiet|soft|calm|gentle|slow|small|subtle|mellow)(?:ly)?"
_COURSE = Sieve(
    re.compile(  # "quiet start, big finish", "ends with a bang", 最后炸一下再结束
        rf"(?<![a-z])(?:{_LOUD}|{_SOFT}) (?:start|opening|beginning|finish|finale)(?![a-z])"
        rf"|(?<![a-z])(?:starts?|begins?|opens?) (?:off |out )?(?:very |really )?{_SOFT}(?![a-z])"
        rf"|(?<![a-z])(?:ends?|finish(?:es)?) (?:{_LOUD}|{_SOFT}|with a bang|on a high)(?![a-z])"
        r"|(?<![a-z])at first(?:,| and| but)+ (?:then |more |much )*[a-z]+ (?:at|in|towards|by|near) the (?:very )?end(?![a-z])"
        r"|(?<![a-z])builds?(?: up)?(?: slowly| gradually| steadily)?(?: and (?:slowly|gradually))? (?:to|towards) (?:the end|a (?:big |huge )?(?:climax|peak|finish|finale))(?![a-z])"
        r"|(?:结尾|最后|末尾)(?:要|再|能|得|来个|给我)?.{0,2}(?:炸一下|爆一下|炸开|爆发|震撼|有力|大高潮|高潮)|由[弱轻静]到[强重响]|越来越(?:激烈|强|燃|热烈)|慢慢(?:推起来|变强|推上去|起来)"
    )
)


_BEGINS = re.compile(rf"starts?|begins?|opens?|{_SOFT}")


def _course(c: Clause) -> bool:
    """Is the course of the whole piece told: "starts quiet and builds to a big finish"?"""
    if not _COURSE.may(c.text):
        return False
    found = [*_COURSE.finditer(c.text)]
    if not found or len(found) > 1 or not c.scene.clips:
        return bool(found)
    return c.mention("music") is not None and not _BEGINS.match(found[0][0])  # "the music should start softly": a fade


def _at_a_section(c: Clause) -> str | None:
    """The wish in the composer's words where somebody plays only in a section, or enters with it: at its time, where the
    piece's own sections are known; None where neither is said."""
    found = _NTH_SECTION.search(c.text)
    enters = found is not None and _ENTERS.search(c.text) is not None and _ALSO.search(c.text) is None
    enters = enters and bool(found and (found["nth"] or found["nth_zh"] or _FROM_THERE.search(c.text)))
    only = _ONLY_THERE.search(c.text) is not None and (found or sections_in(c.text))
    if not (enters or only):
        return None
    words = c.said().strip(" ,.;，。；")
    if found is None or not enters:
        return words
    start = section_starts(c, found["name"] or found["name_zh"], found["nth"] or found["nth_zh"] or "")
    if start is None:
        return words
    before, after = c.text[: found.start()], c.text[found.end() :]
    if found["name"]:
        return f"{before}{found['lead']}{clock(start)}{after}".replace("the 0:", "0:").strip()
    return f"{before}{found['lead_zh'] or '在'}{clock(start)}{after}".strip()


_FROM_THERE = re.compile(r"(?<![a-z])(?:only|until|till|before|from|not)(?![a-z])|才|再|等到|直到|之前|起")
_ALSO = re.compile(r"(?<![a-z])(?:add|with|more|put|drop out|louder|quieter)(?![a-z])|也|多")


def section_starts(c: Clause, name: str, nth: str) -> float | None:
    """When a section of the piece that is there begins, in seconds of the film; None where that is not known."""
    music = c.scene.of("music")
    if len(music) != 1:
        return None
    thing = music[0]
    kind = _KINDS.get(name.replace("-", ""), "build")
    inside = [
        thing.span.start + (p.span.start - thing.segment.start) / thing.segment.speed
        for p in c.known.facts.of(thing.segment.media).passages
        if p.kind == kind
    ]
    at = _NTH.get(nth, 0)
    return float(inside[at]) if -len(inside) <= at < len(inside) else None
