"""Stretches of a piece named by time: "no drums until 0:16", "strings from 0:40", "in the second half", 前20秒不要鼓.

A window is read in the clause of the sound it is for; what it comes to in seconds is known once the length is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reelscore.brief.cue_ranges import CueRange
from reelscore.brief.lexicon import Found
from reelscore.brief.marks import Marks
from reelscore.brief.measures import Clock, Length, Quantity
from reelscore.brief.parts import is_part
from reelscore.values.time import Seconds, Span

_ABOUT = r"(?:the\s+|about\s+|around\s+|第)*$"
_FIRST = re.compile(rf"(?:\b(?:first|opening)|前面?|开头|头)\s*{_ABOUT}", re.IGNORECASE)
_AFTER_THE_FIRST = re.compile(r"\b(?:after|past|beyond)\s+the\s+(?:first|opening)\s*$", re.IGNORECASE)
_NOT_BEFORE = re.compile(
    r"(?:\bnot|n't|\bnever)\b[^,.;]*\b(?:before|until|till)\b|(?:不要|别|不)[^,，。]{0,8}(?:太早|早于)", re.IGNORECASE
)
_NOT_YET = re.compile(r"\s*[之以]?前\s*(?:都|先)?(?:不要|别|不)(?:进|上|加|出现|响|来)")  # 贝斯24秒之前不要进
_NOT_YET_SAID = re.compile(r"[\d秒分]" + _NOT_YET.pattern)
_LAST = re.compile(rf"(?:\b(?:last|final)|最后|末尾)\s*{_ABOUT}", re.IGNORECASE)
_UNTIL = re.compile(rf"(?:\b(?:until|till|before|up\s+to)|直到)\s*{_ABOUT}", re.IGNORECASE)
_UNTIL_AFTER = re.compile(r"\s*(?:之前|以前|前(?!奏))")
_FROM = re.compile(rf"(?:\b(?:from|after|since|past|starting(?:\s+at)?)|从|自)\s*{_ABOUT}", re.IGNORECASE)
_FROM_AFTER = re.compile(
    r"\s*(?:之后|以后|后(?!面|半)|起|开始|onwards?\b|on\b(?!\s+\w)|in\b\s*(?:$|[,.;]))", re.IGNORECASE
)
_BETWEEN = re.compile(r"(?:\b(?:between|from)|从|在)\s*(?:the\s+|about\s+|第)*$", re.IGNORECASE)
_TO = re.compile(r"\s*(?:to|and|until|till|-|–|—|~|到|至|和)\s*(?:the\s+|第)?", re.IGNORECASE)
_AT_AFTER = re.compile(r"\s*的?(?:时候|时(?!长)|处)")
_AT = re.compile(rf"(?:\bat|@|\bby|第|在|到)\s*{_ABOUT}", re.IGNORECASE)
_COMES = re.compile(
    r"\b(?:com(?:e|es|ing)\s+in|enter(?:s|ing)?|join(?:s|ing)?|kick(?:s|ing)?\s+in|start(?:s|ing)?|begin(?:s|ning)?|"
    r"drop(?:s)?\s+in|in\s+at|bring(?:s|ing)?|add(?:s|ing)?|arrive(?:s)?|appear(?:s)?)\b|进来|进入|加入|加(?![快强速重大油])|出现|响起|进|上(?=[鼓贝弦吉钢旋铜合打])",
    re.IGNORECASE,
)
ENTERS_AFTER = re.compile(  # behind a time, with nothing said before it: 16秒进鼓, 0:16鼓进来, "0:16 drums come in"
    r"\s*(?:的?时候|处|时)?\s*(?:再|才|就|开始)?(?:[^,，。;；的\d\sA-Za-z]{1,6}(?:再|才|就|开始|一起|全部?)?)??"
    r"(?:进来|进入|加入|加进来|出现|响起|进(?!度|行|阶|程)|加(?![快强速重大油长班])|上(?=[鼓贝弦吉钢旋铜合打]))"
    r"|\s*-?\s*(?:the\s+)?(?:[a-z]+\s+){1,3}(?:(?:come|comes|kick|kicks|drop|drops)\s+in|enters?|joins?|starts?)\b"
    r"|\s*-?\s*(?:add|bring\s+(?:in\s+)?(?:the|some|a|an)?)\s",
    re.IGNORECASE,
)
_STOPS = re.compile(
    r"\s*(?:part|line|section|should|must|will|then|suddenly|all|both|声|组|点|全部|都|突然)?\s*"
    r"(?:stop(?:s|ping)?|drop(?:s|ping)?\s+(?:out|away)|cut(?:s|ting)?\s+out|fall(?:s)?\s+away|go(?:es)?\s+silent|"
    r"disappear(?:s)?|pause(?:s)?|停|消失|撤掉|撤出|退出)(?![a-z])",
    re.IGNORECASE,
)
_RETURNS = re.compile(
    r"\b(?:return(?:s|ing)?|(?:come|comes|coming|kick|kicks|drop|drops)\s+(?:back|in\s+again)|back\s+(?:in\s+)?(?:at|from)|"
    r"re-?enter(?:s)?)\b|回来|再进|再加|再响|恢复|重新进|再次进",
    re.IGNORECASE,
)
_RESTED = re.compile(r"停|消失|撤|退出|静音")
_THEN_ENTERS = ("再进", "再加", "再响")  # 20秒弦乐再进: not before
_THEN = re.compile(
    r"(?:and\s+|but\s+)?(?:then|after\s+that|afterwards|next)\b|然后|接着|随后|之后|再|后面", re.IGNORECASE
)
_FOR = re.compile(r"\bfor\s+(?:about\s+)?$|停\s*$", re.IGNORECASE)
_LASTS = re.compile(r"\b(?:until|till|up\s+to)\b|直到|之前|以前", re.IGNORECASE)
_BESIDE = re.compile(
    r"\s*(?:only\s+)?(?:(?:in|for|during)\s+the\s+(?:first|last|final|opening)|from|after|since)\s+(?:about\s+)?\d|"
    r"\s*at\s+\d+(?::\d\d|\s*(?:s|secs?|seconds)\b)",
    re.IGNORECASE,
)
_TIME_BEFORE = re.compile(
    r"(?:秒|分钟|分|\d)\s*(?:之后|以后|后|起|开始)\s*(?:的|有|是|用)?\s*$|"
    r"\b(?:from|after)\s+[\d:.]+\s*(?:s|secs?|seconds?|mins?|minutes?)?\s*(?:on\s+)?(?:the\s+|a\s+|some\s+)?$",
    re.IGNORECASE,
)
_MIDDLE = ("halfway", "midway", "middle", "half way", "halfway through", "中间", "一半", "到一半", "一半的时候", "过半")
PARTS = {"first half": "first half", "second half": "second half", "first third": "first third"}
PARTS |= dict.fromkeys(("前面", "前半段", "前半部分"), "first half")
PARTS |= dict.fromkeys(("后面", "后半段", "后半部分", "后半"), "second half")
PARTS |= dict.fromkeys(("second third", "middle third", "中间三分之一"), "middle third") | {"前三分之一": "first third"}
PARTS |= dict.fromkeys(("last third", "final third", "third third", "最后三分之一", "后三分之一"), "last third")
_SHARES = {
    "first half": (Fraction(0), Fraction(1, 2)),
    "second half": (Fraction(1, 2), None),
    "first third": (Fraction(0), Fraction(1, 3)),
    "middle third": (Fraction(1, 3), Fraction(2, 3)),
    "last third": (Fraction(2, 3), None),
}


LONGEST_SILENCE = 20  # seconds: a longer one is a length of something else
BEAT_OF_SILENCE = Fraction(1)  # seconds: of a stop that nobody said how long


@dataclass(frozen=True, slots=True)
class Window:
    """From `start` to `end` (None: to the end of the piece): seconds, counted from its end, or shares of its length."""

    start: Fraction
    end: Fraction | None
    unit: str = "s"  # "s", "last" (end - start seconds before the end), "share"

    def span(self, duration: Seconds) -> Span | None:
        """The window in seconds; None where nothing of it lies in the piece."""
        start, end = self.start, self.end
        if self.unit == "share":
            start, end = start * duration, None if end is None else end * duration
        elif self.unit == "last":
            start, end = duration - self.start, None
        start, end = max(Fraction(0), start), duration if end is None else min(end, duration)
        return Span(start, end) if start < end else None


def half_named(marks: Marks, section: Found) -> Window | None:
    """The half of the piece that a section's name stands for; None for other sections."""
    typed = marks.words(section).lower()
    before = marks.text.plain[: marks.text.words[section.first].start]
    if typed in _MIDDLE and re.search(r"(?:until|till|before|到)\s*(?:the\s+)?$", before[-20:], re.IGNORECASE):
        return Window(Fraction(0), Fraction(1, 2), "share")
    if typed in _MIDDLE and _comes(marks, section):  # "the strings come in halfway through"
        return Window(Fraction(1, 2), None, "share")
    if typed == "后面" and (told := _after_the_part_before(marks, section)) is not None:
        return told
    part = PARTS.get(typed)
    return Window(*_SHARES[part], "share") if part else None


def around_the_middle(marks: Marks, section: Found) -> tuple[Window, ...]:
    """What lies before and behind "the middle", which is no kind of section; () for other names."""
    if marks.words(section).lower() not in _MIDDLE:
        return ()
    return Window(Fraction(0), Fraction(1, 3), "share"), Window(Fraction(2, 3), None, "share")


def window_of(marks: Marks, found: Found) -> Window | None:
    """The stretch of time named in a phrase's clause; None where its times name none."""
    cue = cue_of(marks, found)
    if cue:
        return Window(cue.start, cue.end)
    times = [q for q in marks.quantities_of_clause(found) if isinstance(q, (Length, Clock))]
    here = marks.text.words[found.first].start
    for k in sorted(range(len(times)), key=lambda k: (times[k].start < here, abs(times[k].start - here))):
        time = times[k]
        before, after = marks.before(time), marks.after(time)
        at = time.at if isinstance(time, Clock) else time.low
        if _AFTER_THE_FIRST.search(before):
            return Window(at, None)
        if isinstance(time, Length) and _FIRST.search(before) and time.low == time.high:
            return Window(Fraction(0), at)
        if is_part(marks, time):
            return Window(Fraction(0), at)
        if isinstance(time, Length) and _LAST.search(before) and time.low == time.high:
            return Window(at, None, "last")
        if isinstance(time, Length) and time.low < time.high and (_BETWEEN.search(before) or opens(marks, time)):
            return Window(time.low, time.high)
        if (between := _between(marks, times, k)) is not None:
            return between
        if (_NOT_BEFORE.search(before) or _NOT_YET.match(after)) and _comes(marks, found):  # "not in before 0:20"
            return Window(at, None)
        if _UNTIL.search(before) or (_UNTIL_AFTER.match(after) and not _FROM.search(before)):
            return Window(Fraction(0), at)
        if _FROM.search(before) or _FROM_AFTER.match(after):
            return Window(at, None)
        if (_AT.search(before) or _AT_AFTER.match(after) or ENTERS_AFTER.match(after)) and (
            _comes(marks, found) or _BESIDE.match(marks.after_word(found))
        ):
            return Window(at, None)
    return None


def _between(marks: Marks, times: Sequence[Length | Clock], k: int) -> Window | None:
    """From one time to the next, where this is the first or the second of them: 从0:15到0:25, "0:15-0:25 only bass"."""
    for pair in (times[k : k + 2], times[max(k - 1, 0) : k + 1]):
        if len(pair) < 2:
            continue
        first, last = pair
        start, end = (q.at if isinstance(q, Clock) else q.low for q in (first, last))
        linked = start < end and _TO.fullmatch(marks.text.plain[first.end : last.start])
        if linked and (_BETWEEN.search(marks.before(first)) or opens(marks, first)):
            return Window(start, end)
    return None


def opens(marks: Marks, quantity: Quantity) -> bool:
    """Does its clause begin with it?"""
    before = marks.before(quantity).rstrip()
    return not before or before[-1] in ",;，；、.。!！?？:：\n"


def _follows_its_time(marks: Marks, sound: Found) -> bool:
    """Does a sound stand right behind the time it comes in at: 30秒后大提琴, "from 0:30 strings"?"""
    start = sound.first
    while start > 0 and not marks.divided(start):
        start -= 1
    typed = marks.text.plain[marks.text.words[start].start : marks.text.words[sound.first].start]
    return _TIME_BEFORE.search(typed) is not None


def rest_of(marks: Marks, sound: Found) -> Window | None:
    """When a sound rests that is told to stop: "drums drop out at 0:30 and return at 0:40", 第30秒鼓停; else None."""
    last = sound
    while not _STOPS.match(gap := marks.text.plain[marks.text.words[last.last - 1].end :]):
        after = marks.following(last)
        if after is None or not (after.has("without_joins", "role", "family", "instrument")):
            return None
        last = after
    times = [q for q in marks.quantities if isinstance(q, (Length, Clock))]
    own = [q for q in marks.quantities_of_clause(sound) if isinstance(q, (Length, Clock))]
    here = marks.text.words[last.last - 1].end
    own.sort(key=lambda time: (time.start < here, time.start))
    stop = next((q for q in own if _AT.search(marks.before(q)) or _AT_AFTER.match(marks.after(q))), None)
    if stop is None or not _STOPS.match(gap):
        return None
    start = stop.at if isinstance(stop, Clock) else stop.low
    for time in times:
        if time.start <= stop.start:
            continue
        at = time.at if isinstance(time, Clock) else time.low
        if isinstance(time, Length) and _FOR.search(marks.before(time)):
            return Window(start, start + at)
        back = _RETURNS.search(marks.text.plain[max(here, stop.end) : time.end + 12])
        if at > start and (back or _UNTIL.search(marks.before(time))):
            return Window(start, at)
    return Window(start, None)


def silence_of(marks: Marks, silence: Found) -> Window | None:
    """When nothing sounds: between two times, from a moment for a while ("at 0:30 for 2 seconds", "2 seconds of silence
    at 0:30"), until a moment; None where no time tells how long."""
    times = [q for q in marks.quantities_of_clause(silence) if isinstance(q, (Length, Clock))]
    here = marks.text.words[silence.first].start
    moment = next(
        (
            q for q in times
            if _AT.search(marks.before(q))
            or _FROM.search(marks.before(q))
            or (_UNTIL.search(marks.before(q)) and q.end <= here)  # "rising till 0:40, then silence"
        ),
        None,
    )  # fmt: skip
    if moment is None:
        window = window_of(marks, silence)
        return window if window and (window.start or window.end or window.unit == "last") else None
    start = moment.at if isinstance(moment, Clock) else moment.low
    for time in times:
        at = time.at if isinstance(time, Clock) else time.low
        if time is not moment and isinstance(time, Length) and at < LONGEST_SILENCE:
            return Window(start, start + at)
        if time is not moment and at > start and _TO.search(marks.text.plain[moment.end : time.start]):
            return Window(start, at)
    return Window(start, start + BEAT_OF_SILENCE)


def comes_in(marks: Marks, sound: Found) -> bool:
    """Does a sound come in at a time of its clause: by a verb ("join at 0:20"), or named right before or after one
    ("strings from 0:40", "drums in the last 20 seconds")? What lasts until then ("calm piano until 0:20") need not."""
    if cue_of(marks, sound):
        return True
    clause = _clause_text(marks, sound)
    if (_NOT_BEFORE.search(clause) or _NOT_YET_SAID.search(clause)) and _comes(marks, sound):
        return True
    back = _RETURNS.search(clause)
    rested = _RESTED.search(marks.text.plain[: marks.text.words[sound.first].start])
    if _LASTS.search(clause) or (back and (rested or back.group() not in _THEN_ENTERS)):
        return False
    if _comes(marks, sound):
        return True
    gap = marks.text.plain[marks.text.words[sound.last - 1].end :]
    return _BESIDE.match(gap) is not None or _follows_its_time(marks, sound)


def follows_a_part(marks: Marks, sound: Found) -> Window | None:
    """From the end of the part before on: "piano for 15 seconds, then the strings come in", 前10秒钢琴，然后弦乐."""
    clause = _clause_text(marks, sound)
    if not _THEN.match(clause) or any(isinstance(q, (Length, Clock)) for q in marks.quantities_of_clause(sound)):
        return None
    return _after_the_part_before(marks, sound)


def _after_the_part_before(marks: Marks, sound: Found) -> Window | None:
    """From the end of the part on that was told how long: 前8秒只有吉他，后面再加鼓."""
    here = marks.text.words[sound.first].start
    earlier = [q for q in marks.quantities if isinstance(q, (Length, Clock)) and q.end <= here]
    if not earlier:
        return None
    last = earlier[-1]
    before, after = marks.before(last), marks.after(last)
    at = last.at if isinstance(last, Clock) else last.low
    if _FIRST.search(before) or _UNTIL.search(before) or _UNTIL_AFTER.match(after) or is_part(marks, last):
        return Window(at, None)
    return None


def _comes(marks: Marks, sound: Found) -> bool:
    """Is it told to come in, by its clause or, where that is a sound and its time alone, by the one before: "add bass
    at 0:08, synth at 0:16"?"""
    if _COMES.search(_clause_text(marks, sound)):
        return True
    opens = sound.first > 0 and marks.divided(sound.first)
    behind = marks.text.plain[marks.text.words[sound.last - 1].end :][:4].strip()
    return opens and bool(_AT.fullmatch(behind) and _COMES.search(_clause_around(marks, sound.first - 1, sound.first)))


def cue_of(marks: Marks, sound: Found) -> CueRange | None:
    """The range that a phrase stands beside: of its clause, or in brackets right behind it."""
    words = marks.text.words
    start, end = sound.first, sound.last
    while start > 0 and not marks.divided(start):
        start -= 1
    while not marks.divided(end):
        end += 1
    low, high = words[start].start, words[end - 1].end
    for cue in marks.cues:
        first, last = cue.quantities[0].start, cue.quantities[-1].end
        if first < high and last > low:
            return cue
        if cue.bracketed and high <= first and not marks.text.plain[high:first].strip(" ([（"):
            return cue
    return None


def _clause_text(marks: Marks, found: Found) -> str:
    return _clause_around(marks, found.first, found.last)


def _clause_around(marks: Marks, start: int, end: int) -> str:
    while start > 0 and not marks.divided(start):
        start -= 1
    while not marks.divided(end):
        end += 1
    return marks.text.between(start, end)
