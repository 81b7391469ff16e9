"""When players of the music come and go, told by what is seen: "drums in at the second clip", 湖那段加弦乐,
"nothing but the bass while the drone is on".

The composer knows times and no pictures: the clip, the text or the voice is told to the readers as its time.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from reelscore.converse.clause import Clause
from reelscore.converse.mention import Mention
from reelscore.converse.music_told_words import sections_in
from reelscore.converse.normalise import plain_of
from reelscore.converse.patterns import just_before
from reelscore.converse.readers.joins import JOIN
from reelscore.converse.readers.music_under import under_the_voice
from reelscore.converse.readers.struck import clock
from reelscore.converse.reading import Reading
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain, Step
from reelscore.values.time import Span

_LONGEST = 120  # letters
_SEEN = ("clip", "text", "overlay", "voice")
_PART = r"(?:'s)?(?: (?:clip|shot|part|scene|bit|section|video|footage|photo|picture|segment))?"
_LEAD = re.compile(
    r"(?<![a-z])(?:(?:right |just |exactly |only )*(?:(?P<until>until|till|before)|(?P<after>after)|(?P<from>from|starting (?:at|with|on|from))|(?P<at>at|when|once|as soon as|as|with|by)"
    r"|(?P<during>for|during|in|on|over|under|behind|while|throughout|on top of)))(?: we (?:see|get to|reach)| only)?(?: the (?:start|beginning) of)?(?: the| my| this| that)? ?$"
)
_COMES = re.compile(
    rf"{_PART}(?P<comes> (?:starts?|begins?|comes? (?:in|on|up)|appears?|shows? up|pops? up|arrives|hits|kicks in|enters|cuts in))?(?P<goes> (?:ends?|stops?|finish(?:es)?|disappears?|goes away|(?:is|are|has|have) (?:over|done|gone|finished|ended|stopped)))?"
    rf"(?P<on>(?:(?: is|'s)? (?:on|playing|plays|showing|shown|visible|running|talking|talks|speaking|speaks|there|up)(?: screen)?))?(?P<onward> on(?:wards)?| to the end)?(?![a-z])"
)
_NAMED_FROM = re.compile(r"(?P<lead>(?:from|after|before|until|till) (?:the |my )?)(?P<name>.+?)(?= on$|$)")
_LEAD_ZH = re.compile(r"(?:(?:一?直?到|等到?|在|从|当|给|把|让|就)?(?:出现)?)$")
_TAIL_ZH = re.compile(
    r"(?:那|这)?一?(?:个|段|张|条|部分|片段|镜头|画面|视频|照片|图片|场景|部份)*(?P<comes>开始|出来|出现|进来|切进来|一出|起)?的?(?:部分|地方|那段)?"
    r"(?:(?P<before>之前|以前|前)|(?P<after>之后|以后|后|结束)|(?P<while>时候?|期间|里面?|中)|处|那里|上|再|才)?"
)
_MOVES = Sieve(
    re.compile(
        r"(?<![a-z])(?:enters?|com(?:e|es|ing) (?:back )?in|kicks? in|joins?|starts?|begins?|bring(?:s|ing)?(?: [a-z]+){1,3} (?:back )?in|bring (?:back )?in|drops? (?:in|out)|stops?|cuts? out|goes? silent|returns?)(?![a-z])|[再才]?进(?!行|度)|加入|才[有响]|停|退出|起"
    )
)


def at_its_time(c: Clause) -> Clause | None:
    """The clause with the time of what is seen in its place; None where no player of the music is spoken of, or nothing
    that is seen says when."""
    of_music = c.mention("music") is not None or any(t.role == "music" for m in c.mentions for t in m.things)
    if (
        not (c.scene.composed or of_music)
        or c.quotes
        or len(c.text) > _LONGEST
        or c.mention("film")
        or not (c.wishes or of_music)
    ):
        return None
    if under_the_voice(c) is not None:
        return None  # "put some calm music under the voice": music of its own
    if (spoken := _while_spoken(c)) is not None:
        return spoken
    seen = [m for m in c.mentions if m.things and m.kind not in ("pronoun", "all") and m.things[0].role in _SEEN]
    if len({(m.start, m.end) for m in seen}) != 1 or (len(seen) == 1 and len(seen[0].things) > 1):
        return None
    place = replace(seen[0], things=tuple(t for m in seen for t in m.things))
    if any(a < place.end and place.start < b for _, a, b, _ in sections_in(c.text)):
        return None  # "no drums in the intro": of the music, though a clip is called so
    if any(w.kind in ("genre", "mood") and not w.idle and not place.start <= w.start < place.end for w in c.wishes):
        return None  # "calm piano under the beach": music of its own
    if JOIN.search(c.text):
        return None  # "dip to white before the last clip, on the beat"
    if any(not place.start <= q.start < place.end for q in c.every("seconds", "timecode", "percent")):
        return None
    players = [w for w in c.wishes if w.kind in ("instrument", "role") and not w.idle]
    if not (of_music or any(w.end <= place.start or place.end <= w.start for w in players)):
        return None
    han = re.search(r"[一-鿿]", c.text) is not None
    told = _in_chinese(c, place) if han else _in_english(c, place)
    if told is None:
        return None
    start, end, when = told
    text = f"{c.text[:start]}{when}{c.text[end:]}"
    return Clause(plain_of(text), (), (0, len(text)), c.around)


def _while_spoken(c: Clause) -> Clause | None:
    """The clause with the time of all speech in the place of "while she talks"; None where none is known."""
    found = _SPOKEN.search(c.text) if "ing" in c.text or "talk" in c.text or "spe" in c.text else None
    if found is None or c.quantities:
        return None
    spans = [t.span for t in c.scene.of("voice")] or [
        Span(low, high)
        for t in c.scene.of("clip")
        for told in c.known.facts.of(t.segment.media).speech
        if (low := t.span.start + max(told.start - t.segment.start, Fraction(0)) / t.segment.speed)
        < (high := min(t.span.end, t.span.start + (told.end - t.segment.start) / t.segment.speed))
    ]
    if not spans:
        return None
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    when = f"from {clock(float(start))} to {clock(float(end))}"
    text = f"{c.text[: found.start()]}{when}{c.text[found.end() :]}"
    return Clause(plain_of(text), (), (0, len(text)), c.around)


_TALKS = r"(?:talk|speak)(?:s|ing)?"
_SPOKEN = re.compile(
    rf"(?<![a-z])(?:(?:when(?:ever)?|while|as long as) (?:i|we|he|she|they|people|(?:some|any)(?:one|body)|the (?:woman|man|guy|lady|girl|boy|host|presenter|speaker|narrator))(?:'m|'s|'re| am| is| are)? {_TALKS}"
    rf"|(?:under|over|during|behind|below|beneath|underneath) (?:the |all the |her |his |my )?(?:talking|speech|speaking|dialogue|spoken (?:bits?|parts?)))(?![a-z])"
)


def of_the_music(c: Clause, reading: Reading | None) -> bool:
    """Is only the music that is there changed, or where it begins and ends?"""
    if reading is None or not reading.asked or not all(isinstance(one, Step) for one in reading.asked):
        return False
    names = {one.command for one in reading.asked if isinstance(one, Step)}
    if "trim" in names and _ALONG.search(c.text):
        return False  # "the music fades out with the last photo": as long as that lasts
    return names == {"change_music"} or (
        (names == {"move"} or (reading.whole and names <= {"trim", "fade_out", "fade_in"}))
        and all(_is_music(c, dict(one.args).get("which")) for one in reading.asked if isinstance(one, Step))
    )


_ALONG = re.compile(r"(?<![a-z])(?:with|over|during|throughout) (?:the |my )?(?!a )[a-z]")


def _is_music(c: Clause, which: Plain) -> bool:
    return which == "music" or any(
        m.said == which and m.things and all(t.role == "music" for t in m.things) for m in c.mentions
    )


def _span(place: Mention) -> tuple[str, str]:
    spans = [t.span for t in place.things]
    return clock(float(min(s.start for s in spans))), clock(float(max(s.end for s in spans)))


def _in_english(c: Clause, place: Mention) -> tuple[int, int, str] | None:
    named = _NAMED_FROM.match(c.text, place.start, place.end)  # "from the lake on" may be one name
    lead = just_before(_LEAD, c.text, named.end("lead") if named else place.start)
    tail = _COMES.match(c.text, named.end("name") if named else place.end)
    if lead is None:
        return None
    (start, end), moves = _span(place), _MOVES.search(c.text)
    if lead["until"]:
        when = f"until {end if tail and tail['goes'] else start}"
    elif lead["after"]:
        when = f"at {end}" if moves else f"from {end} on"
    elif tail and tail["goes"]:
        when = f"from {end} on" if lead["from"] else f"at {end}" if lead["at"] else f"until {end}"
    elif lead["from"] or (tail and tail["onward"]):
        when = f"from {start} on"
    elif (lead["at"] or moves or (tail and tail["comes"])) and not (tail and tail["on"]):
        when = f"at {start}"
    else:
        when = f"from {start} to {end}"
    return lead.start(), tail.end() if tail else place.end, when


def _in_chinese(c: Clause, place: Mention) -> tuple[int, int, str] | None:
    lead = just_before(_LEAD_ZH, c.text, place.start)
    tail = _TAIL_ZH.match(c.text, place.end)
    assert tail is not None
    if place.start and not (tail[0] or (lead and lead[0])):
        return None
    (start, end), rest = _span(place), c.text[tail.end() :]
    if tail["before"]:
        when = f"{start}之前"
    elif tail["after"]:
        when = f"{end}之后"
    elif tail["comes"] or (_MOVES.search(rest) and not tail["while"] and not ("段" in tail[0] and "停" in rest)):
        when = f"{start}再" if _MOVES.match(rest) else f"{start}开始"
    else:
        when = f"{start}到{end}"
    return lead.start() if lead else place.start, tail.end(), when
