"""A sound that shall change only where a clip is seen: "no music during the intro", "lower the music in the drone clip".

The clip is a place then, and nothing that changes. The clause is read without it, and what was read is done to the sound
for as long as the clip lasts. Chinese: `placed_zh`; the sounds of a clip itself are no such sounds.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from reelscore.converse.anchors import on_one_side
from reelscore.converse.clause import Clause, seconds
from reelscore.converse.mention import Mention
from reelscore.converse.normalise import blanked
from reelscore.converse.patterns import just_before
from reelscore.converse.placed_zh import beside_a_moment
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers.music_within import between
from reelscore.converse.readers.spans import on_stretch
from reelscore.converse.readers.struck import goes_somewhere
from reelscore.converse.reading import Reading, step
from reelscore.values.command import Said, Step

_SOUNDS = ("music", "voice", "sound", "overlay")
_LEAD = re.compile(
    r"(?<![a-z])(?P<not>as |than |like )?(?P<way>in|after|before|until|till|during|over|under|underneath|beneath|behind|for|while|when|throughout|within|across|on|at|out of|off)(?: just| only| all)?(?: of)?(?: the| my| this| that)? ?$"
)
_TAIL = re.compile(
    r"(?:(?:'s)? (?:clip|shot|part|scene|bit|section|video|footage|one|segment|photo|picture|name(?: ?tag)?)(?![a-z]))?(?:(?: is|'s| are)? (?:on(?! top)|playing|plays|showing|shown|shows|visible|running|runs|going|goes|lasts|talking|talks|speaking|speaks|heard|there|seen|up|displayed)(?: screen)?(?![a-z]))?"
)
_AND = re.compile(r",? ?(?:and |& )?(?:in |during |over )?(?:the |my )?")
_ONLY = re.compile(r"(?<![a-z])(?:only|just|nowhere but)(?![a-z])")
_OUT_OF = re.compile(r"(?<![a-z])(?P<verb>keep|take|pull|leave)(?: the| my| any)?(?: background)? ?$")
_EASTERN = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")
_SPEAKS = re.compile(r"(?:'s)? (?:is )?(?:speak|talk|say)")  # "when Anna speaks": she, and not her name
_AS_LONG_AS = ("while", "when", "during", "throughout", "under", "underneath", "behind")
_COURSE = re.compile(  # of the sound itself, which has a side of its own: "the music should stop when the drone begins"
    r"(?<![a-z])(?:start|begin|stop|end|finish|fade|come(?! (?:back )?(?:up|down)(?![a-z]))|kick|play|move|shift|cut|trim|enter|last|run|go|hit|drop(?! (?:the|my|it|to)(?![a-z]))|swell|build|add|write|compose|new)(?:s|ing|t?ed)?(?![a-z])"
)
_HIDES = re.compile(
    r"\s*(?:please |pls |just |only |can you |and )*(?:hide|mute|silence|lower|duck|dim|turn down|no|without)(?![a-z])"
)
_LOUDER = re.compile(r"(?<![a-z])(?:louder|quieter|softer|down|lower)(?![a-z])")
_QUIETENING = ("mute", "volume", "remove")


def _ducked(c: Clause) -> bool:
    """ "turn the music down once the narrator starts": it steps back for all that is said."""
    return c.has("duck") and c.has("quieter") and not c.quantities and _COMES_IN.search(c.text) is not None


_COMES_IN = re.compile(
    r"(?<![a-z])(?:when|once|as soon as) [a-z' -]{4,24} (?:comes? in|starts?|begins?|kicks? in|enters?)(?![a-z])"
)


def without_place(c: Clause) -> tuple[Clause, Mention, tuple[Fraction, Fraction]] | None:
    """The clause without where, the sound, and from when to when that is; None where no place is said."""
    if _EASTERN.search(c.text):
        return beside_a_moment(c)
    if c.quotes or goes_somewhere(c.text) or _ducked(c):
        return None
    sounds = [m for m in c.mentions if m.things and all(t.role in _SOUNDS for t in m.things)]
    talks = _while_it_talks(c, sounds)
    sounds = [m for m in sounds if m is not talks]
    if talks is not None and not sounds:
        return _of_a_clip(c, talks)
    if len(sounds) == 2 and sounds[0].things == sounds[1].things and _PART_OF.search(c.text[: sounds[1].start]):
        return None  # "remove the piano from the music" of a song that is called so
    if talks is None and len(sounds) == 2 and (beside := _beside_the_other(c, *sounds)) is not None:
        return beside
    if len(sounds) != 1 or c.spared(sounds[0]):
        return None
    if (timed := _timed(c, sounds[0])) is not None:
        return timed
    for m in c.mentions:
        if m not in sounds and (_clips(m) or _text(m)) and (side := on_one_side(c.text, m, c.scene)):
            span, start, end = side
            text = blanked(c.text, start, end)
            heard = any(map(c.scene.sounds, sounds[0].things))
            if not heard or _ONLY.search(text) or _COURSE.search(text):
                return None
            return c.reworded(text, 0), sounds[0], (span.start, span.end)
    places = [
        m
        for m in c.mentions
        if m not in sounds
        and (lead := just_before(_LEAD, c.text, m.start))
        and not lead["not"]
        and (lead["way"] != "at" or (_LOUDER.search(c.text) and not _COURSE.search(c.text[: m.start])))
        and (_clips(m) or m is talks or (_text(m) and lead["way"] in _AS_LONG_AS and not _SPEAKS.match(c.text, m.end)))
    ]
    if not places:
        return None
    last = places[0]
    for m in c.mentions:
        if _clips(m) and m not in places and _clips(places[0]):
            if not _AND.fullmatch(c.text[last.end : m.start]):
                return None
            last = m
    text = c.text
    lead = just_before(_LEAD, text, places[0].start)
    assert lead is not None
    tail = _TAIL.match(text, last.end)
    end = tail.end() if tail else last.end
    start = lead.start()
    if lead["way"] == "out of" and (kept := _OUT_OF.search(text[: sounds[0].start])):
        verb = "mute" if kept["verb"] in ("keep", "leave") else "lose"
        text = text[: kept.start()] + verb.ljust(kept.end() - kept.start()) + text[kept.end() :]
    elif only := _ONLY.search(text):
        if not _HIDES.match(text):
            return None
        text = blanked(text, *only.span())
    shown = [m for m in c.mentions if _clips(m)] if _clips(places[0]) else places
    spans = sorted({(t.span.start, t.span.end) for m in shown for t in m.things})
    if sum((b - a for a, b in spans), Fraction(0)) != spans[-1][1] - spans[0][0]:
        return None  # clips that lie apart
    first, last_ = spans[0][0], spans[-1][1]
    if lead["way"] in ("after", "before", "until", "till"):  # "no music after the lake"
        if not _NOT_HEARD.search(text) or not _clips(places[0]):
            return None
        first, last_ = (last_, c.scene.duration) if lead["way"] == "after" else (Fraction(0), first)
        if first >= last_:
            return None
    text = blanked(text, start, end)
    return c.reworded(text, 0), sounds[0], (first, last_)


_PART_OF = re.compile(r"(?<![a-z])(?:from|out of|off|in) (?:the |this |my )?$")


def _beside_the_other(
    c: Clause, sound: Mention, other: Mention
) -> tuple[Clause, Mention, tuple[Fraction, Fraction]] | None:
    """ "the music louder before the voice starts", "music louder after the voiceover ends"."""
    side = on_one_side(c.text, other, c.scene) if len(c.mentions) == 2 else None
    if side is None or ((text := blanked(c.text, side[1], side[2])) and _COURSE.search(text)):
        return None
    return c.reworded(text, 0), sound, (side[0].start, side[0].end)


def _timed(c: Clause, sound: Mention) -> tuple[Clause, Mention, tuple[Fraction, Fraction]] | None:
    """ "no music from 5 to 15 seconds", "no music in the first 5 seconds", "remove the music after 20 seconds"."""
    if any(_clips(m) or m.kind == "film" for m in c.mentions):
        return None
    times = [q for q in c.quantities if q.kind in ("seconds", "timecode", "frames", "number")]
    if c.range:
        (one, two), span = c.range, None
        if not isinstance(one.value, str) and not isinstance(two.value, str):
            span = Fraction(one.value), Fraction(two.value)
        lead = _FROM.search(c.text[: one.start])
    elif len(times) == 1 and c.scene.clips and _NOT_HEARD.search(c.text):
        one = two = times[0]
        lead = _AT.search(c.text[: one.start])
        span = _side(lead["side"] if lead else None, one, c)
    else:
        return None
    tail = _ONWARD.match(c.text, two.end)
    if span is None or span[0] >= span[1] or not lead:
        return None
    end = tail.end() if tail else two.end
    text = c.text[: lead.start()] + " " * (end - lead.start()) + c.text[end:]
    return c.reworded(text, 0), sound, span


_FROM = re.compile(r"(?:(?<![a-z])(?:from|between|for|in|at|during)(?: the| seconds?)* ?)?$")
_AT = re.compile(
    r"(?<![a-z])(?:(?:for|in|during|over) )?(?:(?P<side>from|after|past|before|until|till|up to|starting at)(?: the)? |(?:the )?(?:(?:very )?(?:first|last|opening|final) )?)$"
)
_ONWARD = re.compile(r" (?:on(?:wards?)?|to the end|till the end|until the end|mark|only)(?![a-z])")
_NOT_HEARD = re.compile(r"(?<![a-z])(?:no|without|remove|delete|kill|lose|drop|get rid of|don'?t want|mute)(?![a-z])")


def _side(word: str | None, q: Quantity, c: Clause) -> tuple[Fraction, Fraction] | None:
    """From when to when is "the first 5 seconds", "from 10 seconds on"; None where it is no stretch."""
    whole = c.scene.duration
    if isinstance(q.value, str) or not 0 < q.value < whole:
        return None
    at = Fraction(q.value)
    if q.cue in ("first", "last"):
        return (Fraction(0), at) if q.cue == "first" else (whole - at, whole)
    if word in ("after", "past", "starting at") or (word == "from" and _ONWARD.match(c.text, q.end)):
        return at, whole
    return (Fraction(0), at) if word in ("before", "until", "till", "up to") else None


_CUT_OUT = re.compile(
    r"(?<![a-z])(?:cut|kill|remove|lose|stop|delete|take out)(?: out)? (?:all )?(?:the |my )?(?:music|song|soundtrack)(?! (?:down|by|back|volume))(?![a-z])"
)
_NO_SOUND = re.compile(r"(?<![a-z])(?:no|without) (?:any |the |more )?(?:music|song|soundtrack)(?![a-z])")


def _while_it_talks(c: Clause, sounds: list[Mention]) -> Mention | None:
    """The voice in "music at 20% while the voice talks", the music in "the host quieter when the jingle plays". Where no
    level is told the music is ducked under a voice."""
    last = sounds[-1] if sounds and len(sounds) < 3 else None
    lead = just_before(_LEAD, c.text, last.start) if last else None
    levels = len(c.every("percent", "decibels", "number"))
    if last is None or lead is None or lead["way"] not in ("while", "when", "during") or levels > 1:
        return None
    if (
        len(sounds) == 2
        and {t.role for t in last.things} == {"voice"}
        and not c.quantity("percent", "decibels", "number")
        and not (c.has("mute") or _NO_SOUND.search(c.text) or _CUT_OUT.search(c.text))
    ):
        return None
    tail = _TAIL.match(c.text, last.end)
    told = tail is not None and tail[0].strip() != ""
    return last if told or (len(sounds) == 2 and lead["way"] != "when") else None


def _of_a_clip(c: Clause, talks: Mention) -> tuple[Clause, Mention, tuple[Fraction, Fraction]] | None:
    """The clause without while what a clip's own sound shall change, and all clips, of which one is named."""
    named = [m for m in c.mentions if m.end <= talks.start and m.kind != "pronoun"]
    lead = just_before(_LEAD, c.text, talks.start)
    if lead is None or len(named) != 1 or not _clips(named[0]) or len(named[0].things) != 1:
        return None
    of = named[0].things[0].span
    start = max(of.start, min(t.span.start for t in talks.things))
    end = min(of.end, max(t.span.end for t in talks.things))
    tail = _TAIL.match(c.text, talks.end)
    if start >= end or (start, end) == (of.start, of.end):
        return None
    text = blanked(c.text, lead.start(), tail.end() if tail else talks.end)
    return c.reworded(text, 0), replace(named[0], things=tuple(c.scene.of("clip"))), (start, end)


def _text(m: Mention) -> bool:
    """One text, while it is shown: "music down to 30 while Anna's name is up"."""
    return len(m.things) == 1 and m.kind != "pronoun" and m.things[0].role == "text"


def _clips(m: Mention) -> bool:
    return bool(m.things) and not m.bare and m.kind != "pronoun" and all(t.role == "clip" for t in m.things)


def there(reading: Reading, sound: Mention, span: tuple[Fraction, Fraction]) -> Reading | None:
    """What was read of the sound, between two moments; None where it is nothing that can be done in parts."""
    made = [asked for asked in reading.asked if isinstance(asked, Step)]
    if len(made) != 1 or len(reading.asked) != 1:
        return None
    if made[0].command == "change_music" and len(sound.things) == 1:
        return between(reading, sound.things[0], span)
    if made[0].command not in _QUIETENING:
        return None
    (start, end), things = span, sound.things
    inside = [t for t in things if t.span.start < end and start < t.span.end]
    if not inside:
        return Reading((), 0.96, missed=Said("That is not heard there.", "那里没有这个声音。"))
    if all(start <= t.span.start and t.span.end <= end for t in things):
        return replace(reading, score=max(reading.score, 0.95))
    if made[0].command == "remove":
        asked = tuple(
            step(
                "cut_range",
                1,
                start=seconds(max(start, t.span.start)),
                end=seconds(min(end, t.span.end)),
                which=sound.said if len(things) == 1 else t.segment.id,
            ).asked[0]
            for t in inside
        )
        return Reading(asked, 0.95)
    return replace(on_stretch(replace(reading, asked=tuple(made)), span, things), score=0.95)
