"""What each time in a prompt is for: how long the piece is, a moment to hit, or neither.

"60 seconds" is a length; "at 0:12", 第12秒, "drop at 12.5s" are moments; "the first 10 seconds", "every 4 seconds",
"5 minutes later", "a 24 hour race" are part of the story.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from reelscore.brief.lexicon import Found
from reelscore.brief.marks import NAMES_SOUND, Marks
from reelscore.brief.measures import Clock, Length, Quantity, Timecode
from reelscore.brief.numbers import number
from reelscore.brief.parts import is_part
from reelscore.brief.windows import ENTERS_AFTER, LONGEST_SILENCE, opens
from reelscore.values.time import Meter, Seconds

_AT = re.compile(r"(?:\bat|@|\bat\s+(?:about|around|the)|\bby|\bon|第|在|于)\s*(?:the\s+|第)?$", re.IGNORECASE)
_MARK = re.compile(
    r"\s*-?(?:mark\b|marker\b|in\b(?!\s+(?:[a-g]\b|a\s|the\s+key))|处|时(?!长)|的?时候|的?地方|位置|卡点|左右卡)",
    re.IGNORECASE,
)
_EDGE = re.compile(
    r"(?:\b(?:first|last|final|opening|every|each|after|within|until|till|before|from|since|initial)|前面?|后|从|最后|每|每隔|开头|开始的?|剩下)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?:\b(?:between|from)|从|在)\s*(?:[\d:.]+\s*s?\s*(?:and|to|until|till|-|–|到|至|和)\s*)?$", re.IGNORECASE
)
_STORY_AFTER = re.compile(
    r"\s*-?(?:later\b|ago\b|old\b|apart\b|early\b|late\b|before\b|delay|fade|break\b|build|countdown|timer|"
    r"开始(?!$|[,，。])|[把就](?=[^,，。]{1,8}(?:掉|停|撤|走|静音))|[之以]?后(?!面)|[之以]?前(?!奏)|以?内|[渐淡][入出]|的?(?:前奏|开头|结尾|间奏)|歌(?!曲)|race\b|shift\b|flight\b|drive\b|deal\b)",
    re.IGNORECASE,
)
_PIECE_AFTER = re.compile(
    r"\s*-?(?:countdown|timer|race|drive|flight|build|break)\s+(?:timer\s+)?(?:song|music|track|piece|tune|bgm|loop|cue)\b",
    re.IGNORECASE,
)
_PART_BEFORE_HAN = re.compile(r"(?:前奏|间奏|尾奏)\s*(?:的|是|有|约|大概)?\s*$")
_PART_AFTER = re.compile(r"\s*-?(?:long\s+)?(?:intro|outro|ending|opening)\b", re.IGNORECASE)
_PART_BEFORE = re.compile(r"(?:with|plus|and|has|have|include|includes|add|after|the)\s+(?:an?\s+)?$", re.IGNORECASE)
_STORY_BEFORE = re.compile(
    r"(?:\b(?:out|silent|silence|stops?|pauses?|rests?)\s+for|\b(?:in|under|past|per)\b|花了?|用了?)\s*(?:just\s+|only\s+|about\s+|under\s+)?$",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"\s*-?(?:long\b|of\s+(?:\w+\s+)?(?:music|sound|ambient|lofi)|loop\b|track\b|mix\b|total\b|in\s+total\b|overall\b|altogether\b|音乐|长|的?(?:音乐|配乐|bgm))",
    re.IGNORECASE,
)
_LONG_BEFORE = re.compile(
    r"(?:length|duration|long|lasts|lasting|时长|长度|长|总长|全长|total)\s*(?:of|is|[:=：为是])?\s*(?:about|around|大概|大约|约)?\s*$",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"(?:start(?:s|ing)?|begin(?:s|ning)?|end(?:s|ing)?|stop(?:s|ping)?|finish(?:es|ing)?|fad(?:e|es|ing)(?:\s+(?:out|in))?|loop(?:s|ing)?)\s*(?:\w+\s+)?(?:at|@|by)\s*(?:the\s+|about\s+)?$",
    re.IGNORECASE,
)
_ENDS_AT = re.compile(
    r"\b(?:(?:ends?|ending|finish(?:es)?|stops?)\s*(?:(?:with|on)\s+(?:\w+\s+){1,4}|\w+\s+)?(?:at|@|by)|(?:outro|fade\s+out|fades\s+out)\s+(?:until|till|to))\s*(?:the\s+|about\s+|exactly\s+)?$",
    re.IGNORECASE,
)
_BARS = re.compile(
    r"(?<![\w.-])(\d{1,3})[\s-]*(?:bars?(?!\s+(?:of\s+)?(?:blues|phrase|intro|verse|chorus|hook|drop|bridge|break|outro|solo|build|section|pre-?chorus)\w*)\b|measures?\b|小节(?!的?(?:前奏|主歌|副歌|间奏|尾奏|过渡)))",
    re.IGNORECASE,
)
_OF_A_SECTION = re.compile(
    r"(?:\b(?:intro|verse|chorus|hook|drop|bridge|break|breakdown|outro|solo|build(?:-?up)?|section|[ab])s?|前奏|主歌|副歌|间奏|尾奏|桥段)\s*(?:of|is|:|：|=|-|for|\(|x)?\s*$",
    re.IGNORECASE,
)
_ENTERS_THEN = re.compile(r"\s*(?:的?时候|处)?(?:再|才|就)?(?:进(?!度|行|阶|程)|加入|出现|响起)")  # 贝斯12秒再进
_LIST = re.compile(r"\s*(?:,|and|&|、|，|和|/|以及|plus|then)?\s*(?:and\s+|at\s+|@\s*|第|在)*", re.IGNORECASE)
_DIVIDED = re.compile(r"[,;，；、]")
LONGEST_STORYLESS = 3600  # seconds: beyond an hour a length must be named as one


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment to hit: seconds where known, else the timecode as typed."""

    at: Seconds | None
    timecode: str
    label: str  # the word that asked for it: "drop", "logo", ...; "" when only a time was given
    words: str


@dataclass(frozen=True, slots=True)
class Times:
    """What the times of a prompt are for."""

    duration: Seconds | None
    duration_words: str
    hits: tuple[Moment, ...]
    notes: tuple[str, ...]
    spare: tuple[Quantity, ...]  # times that are part of the story


def times_of(marks: Marks) -> Times:
    """Give every length, clock time and timecode its part."""
    cues = marks.cues
    named = {quantity for cue in cues for quantity in cue.quantities}
    lengths: list[Length | Clock] = []
    hits: list[Moment] = []
    spare: list[Quantity] = []
    previous: Quantity | None = None
    was_moment = False
    for quantity in marks.quantities:
        if not isinstance(quantity, (Length, Clock, Timecode)):
            continue
        if quantity in named:
            spare.append(quantity)
            previous, was_moment = quantity, False
            continue
        part = "length" if _ends_there(marks, quantity) else _part(marks, quantity)
        if previous is not None and was_moment and part in ("length", "moment"):
            gap = marks.text.plain[previous.end : quantity.start]
            listed = _LIST.fullmatch(gap) and _alike(previous, quantity) and not _LONG.match(marks.after(quantity))
            part = "moment" if listed and not _closes(marks, previous, quantity, lengths) else part
        if part == "moment":
            hits.append(_moment(marks, quantity))
        elif part == "length" and isinstance(quantity, (Length, Clock)):
            lengths.append(quantity)
        else:
            spare.append(quantity)
        previous, was_moment = quantity, part == "moment"
    times = _outlasted(marks, _settled(marks, lengths, hits, spare), lengths)
    if not cues or times.duration is not None:
        return times
    ends = [cue.end for cue in cues]
    ends += [
        q.at if isinstance(q, Clock) else q.high for q in spare if isinstance(q, (Clock, Length)) and q not in named
    ]
    later = [q for q in spare if isinstance(q, Length) and q not in named and q.low >= cues[-1].end]
    if any(_GOES_ON.match(marks.after(q)) for q in later):
        return times  # 25秒后全部爆发: nobody knows how long
    last = max([*ends, *(hit.at for hit in hits if hit.at is not None)])
    if last > max(ends):  # it goes on after the last moment, nobody knows how long
        return times
    return replace(times, duration=last, duration_words=cues[-1].quantities[-1].text.strip())


def in_bars(marks: Marks, times: Times, bpm: Fraction | None, meter: Meter | None) -> Times:
    """The same with a length told in bars ("108 bpm, 16 bars", 16小节), which needs a tempo to be one."""
    found = [
        bars for bars in _BARS.finditer(marks.text.plain) if not _OF_A_SECTION.search(marks.text.plain[: bars.start()])
    ]
    said = found[0] if found else None
    if said is None or bpm is None:
        return times
    beats = (meter or Meter(4, 4)).beats
    seconds = Fraction(number(said[1]) or 0) * beats * 60 / bpm
    return replace(times, duration=seconds, duration_words=said.group().strip()) if seconds >= 2 else times


def _alike(one: Quantity, other: Quantity) -> bool:
    """Are two times typed in one way, as in a list ("0:10, 0:20", "5s and 12s"; not "at 0:45, 1 minute")?"""
    if isinstance(one, Clock) or isinstance(other, Clock):
        return not isinstance(one, Length) and not isinstance(other, Length)
    units = [re.sub(r"[^a-z\u3400-\u9fff]", "", each.text.lower()).removesuffix("s") for each in (one, other)]
    return units[0][:1] == units[1][:1] and (len(units[0]) > 1) == (len(units[1]) > 1)


def _closes(marks: Marks, moment: Quantity, clock: Quantity, lengths: list[Length | Clock]) -> bool:
    """Is a last clock time the length, behind the only moment: "sax solo at 1:00, 2:30"? Not "hits at 0:10, 0:20"."""
    times = [q for q in marks.quantities if isinstance(q, (Length, Clock))]
    if lengths or times[-1] != clock or times[-2:-1] != [moment] or len(times) > 2 or not isinstance(clock, Clock):
        return False
    word = _hit_word(marks, moment)
    several = word is not None and marks.words(word).lower().endswith("s")
    return not several and marks.text.plain[moment.end : clock.start].strip() == ","


def _ends_there(marks: Marks, quantity: Quantity) -> bool:
    """Does the piece end then: "end at 1:00 quietly"? Not a player: "drums end at 1:00"."""
    if not isinstance(quantity, (Clock, Length)) or not _ENDS_AT.search(marks.before(quantity)):
        return False
    here = [f for f in marks.found if f.has(*NAMES_SOUND) and quantity in marks.quantities_of_clause(f)]
    return not here


def _part(marks: Marks, quantity: Quantity) -> str:
    before, after = marks.before(quantity), marks.after(quantity)
    if _CLOSES.search(before) or _of_silence(marks, quantity):
        return "story"
    if isinstance(quantity, Timecode):
        return "moment"
    if isinstance(quantity, Clock) and not quantity.at:
        return "story"
    if _LONG.match(after) or _LONG_BEFORE.search(before) or (_PIECE_AFTER.match(after) and not _EDGE.search(before)):
        return "length"
    if isinstance(quantity, Clock) and _RANGE.search(before) and not _AT.search(before):
        return "story"
    if isinstance(quantity, (Length, Clock)) and _of_players(marks, quantity):
        return "story"
    if re.search(r"(?:前面?|最后|开头|first|last)\s*(?:的|the)?\s*$", before, re.IGNORECASE):
        return "story"
    if _AT.search(before) or (_MARK.match(after) and not _EDGE.search(before)):
        return "moment"
    if _EDGE.search(before) or _STORY_AFTER.match(after):
        return "story"
    if (ENTERS_AFTER.match(after) and opens(marks, quantity)) or _ENTERS_THEN.match(after):
        return "moment"
    if is_part(marks, quantity) or _PART_BEFORE_HAN.search(before):
        return "story"
    if _PART_AFTER.match(after) and _PART_BEFORE.search(before):
        return "story"
    if isinstance(quantity, Clock):
        word = _hit_word(marks, quantity)
        return "moment" if word and not _DIVIDED.search(_between(marks, word, quantity)) else "length"
    if _STORY_BEFORE.search(before):
        return "story"
    if quantity.text and marks.text.plain[quantity.end : quantity.end + 1] in ("卡", "处"):
        return "moment"
    return "length"


def _of_players(marks: Marks, quantity: Length | Clock) -> bool:
    """Is it a stretch in which somebody plays, or not: "0:25-0:33 only bass", 15秒到25秒加弦乐?"""
    plain = marks.text.plain
    if isinstance(quantity, Length):
        ranged = quantity.low < quantity.high and plain[quantity.start : quantity.end].count("秒") > 1
    else:
        ranged = bool(_TO_A_CLOCK.match(plain, quantity.end) or _OF_A_CLOCK.search(plain[: quantity.start]))
    if not ranged:
        return False
    here = [f for f in marks.found if f.has(*NAMES_SOUND) and quantity in marks.quantities_of_clause(f)]
    return bool(here) and _PLAYED_THEN.search(plain) is not None


_GOES_ON = re.compile(r"\s*(?:[之以]?后(?!面)|开始|起)")
_TO_A_CLOCK = re.compile(r"\s*(?:-|–|—|~|to|到|至)\s*\d{1,2}:\d\d")
_OF_A_CLOCK = re.compile(r"\d{1,2}:\d\d\s*(?:-|–|—|~|to|到|至)\s*$")
_PLAYED_THEN = re.compile(
    r"\b(?:no|without|only|just|solo|add|bring|drop|mute|louder|quieter|takes?\s+over)\b|只|不要|没有|去掉|加|停|进|独奏|静音",
    re.IGNORECASE,
)


def _of_silence(marks: Marks, quantity: Quantity) -> bool:
    """Is it how long nothing sounds: "everything stops at 0:30 for 2 seconds"?"""
    if not isinstance(quantity, Length) or quantity.high > LONGEST_SILENCE or _AT.search(marks.before(quantity)):
        return False
    gone = (found for found in marks.found if found.value("gone") == "everything")
    return any(quantity in marks.quantities_of_clause(found) for found in gone)


def _settled(marks: Marks, lengths: list[Length | Clock], hits: list[Moment], spare: list[Quantity]) -> Times:
    notes: list[str] = []
    named: list[tuple[Length | Clock, Seconds]] = []
    for quantity in lengths:
        value = quantity.at if isinstance(quantity, Clock) else (quantity.low + quantity.high) / 2
        told = _LONG.match(marks.after(quantity)) or _LONG_BEFORE.search(marks.before(quantity))
        if value > LONGEST_STORYLESS and not told:
            spare.append(quantity)
            notes.append(_too_long(marks, quantity))
        else:
            named.append((quantity, value))
    if not named:
        return Times(None, "", tuple(hits), tuple(notes), tuple(spare))
    chosen = next((one for one in named if _named_length(marks, one[0])), named[0])
    for earlier, later in pairwise(named):
        if _correction_between(marks, earlier[0].end, later[0].start):
            chosen = later
    later_on = [q for q, value in named if isinstance(q, Clock) and q is not chosen[0] and value < chosen[1]]
    hits = sorted([*hits, *(_moment(marks, quantity) for quantity in later_on)], key=lambda hit: hit.at or 0)
    others = [q.text.strip() for q, value in named if value != chosen[1] and q not in later_on]
    if others and chosen == named[0]:
        notes.append(f"Two lengths were named; “{chosen[0].text.strip()}” was taken, not “{others[0]}”.")
    if isinstance(chosen[0], Length) and chosen[0].low != chosen[0].high:
        notes.append(f"“{chosen[0].text.strip()}”: the middle was taken, {_clock(chosen[1])}.")
    return Times(chosen[1], chosen[0].text.strip(), tuple(hits), tuple(notes), tuple(spare))


def _too_long(marks: Marks, quantity: Length | Clock) -> str:
    """Why more than an hour is no length."""
    said = quantity.text.strip()
    if _WANTED_BEFORE.search(marks.before(quantity)) or _MUSIC_AFTER.match(marks.after(quantity)):
        return f"“{said}”: a piece lasts an hour at most. Ask for 1 hour, or for a loop: it goes on without a seam."
    return f"“{said}” was read as part of the story, not as the length."


_WANTED_BEFORE = re.compile(r"\b(?:for|lasting|about|around)\s*$|^\s*$", re.IGNORECASE)
_MUSIC_AFTER = re.compile(r"\s*-?(?:\w+\s+){0,3}(?:music|mix|playlist|ambien\w+|sounds?|beats|set)\b", re.IGNORECASE)


def _named_length(marks: Marks, quantity: Length | Clock) -> bool:
    """Is it said to be the length: "2 minutes long", "total 1:40", "..., ends 1:00"?"""
    before = marks.before(quantity)
    if isinstance(quantity, Clock) and re.search(r"\bends\s+$", before, re.IGNORECASE):
        return True
    return bool(_LONG.match(marks.after(quantity)) or _LONG_BEFORE.search(before))


def _outlasted(marks: Marks, times: Times, lengths: list[Length | Clock]) -> Times:
    """A length that a moment lies beyond was meant for something else, unless it was named as the length."""
    at = [hit.at for hit in times.hits if hit.at is not None]
    if times.duration is None or not at or max(at) < times.duration:
        return times
    said = next((q for q in lengths if q.text.strip() == times.duration_words), None)
    if said is None or _LONG.match(marks.after(said)) or _LONG_BEFORE.search(marks.before(said)):
        return times
    note = f"“{times.duration_words}” was read as part of the story, not as the length."
    return replace(times, duration=None, duration_words="", notes=(*times.notes, note))


def _correction_between(marks: Marks, start: int, end: int) -> bool:
    words = marks.text.words
    return any(found.has("without_correct") and start <= words[found.first].start < end + 1 for found in marks.found)


def _moment(marks: Marks, quantity: Quantity) -> Moment:
    at = quantity.low if isinstance(quantity, Length) else quantity.at if isinstance(quantity, Clock) else None
    word = _hit_word(marks, quantity)
    label = marks.words(word) if word else ""
    return Moment(at, quantity.text if at is None else "", label, quantity.text.strip())


def _hit_word(marks: Marks, quantity: Quantity) -> Found | None:
    """The nearest word for a hit in the same sentence."""
    words = marks.text.words
    start = max((m.end() for m in re.finditer(r"[.;!?。；！？\n]\s", marks.text.plain[: quantity.start])), default=0)
    near = [f for f in marks.struck if start <= words[f.first].start < quantity.end + 60]
    earlier = [f for f in near if words[f.first].start <= quantity.start]

    def distance(found: Found) -> tuple[bool, bool, int]:
        """Words of the same clause first, then those before, then the nearest."""
        at = words[found.first].start
        apart = bool(_DIVIDED.search(_between(marks, found, quantity)))
        return apart, at > quantity.start, abs(at - quantity.start)

    return min([*earlier[-1:], *near[len(earlier) :][:1]], key=distance, default=None)


def _between(marks: Marks, found: Found, quantity: Quantity) -> str:
    at = marks.text.words[found.first].start
    return marks.text.plain[min(at, quantity.start) : max(at, quantity.start)]


def _clock(value: Fraction) -> str:
    whole = int(value)
    return f"{whole // 60}:{whole % 60:02d}"
