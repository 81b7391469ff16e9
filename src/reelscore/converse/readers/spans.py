"""An effect that is wanted for a stretch of time only: what lies there is divided first, and the effect is done to that.

"the last 4 seconds in black and white" is a split at the fourth last second and a filter on what comes after it.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, seconds
from reelscore.converse.mentions import mentions
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers.shares import share_in
from reelscore.converse.reading import Reading, says_when, step
from reelscore.converse.scene import Thing
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain, Step
from reelscore.values.message import Asked

_EFFECTS = ("filter", "speed", "flip", "rotate", "zoom", "crop", "reverse", "opacity", "mute", "volume")
_ONWARD = r"(?<![a-z])(?:on(?:wards?)?|onward|to the end|till the end|until the end)(?![a-z])|起|以后|之后|开始"
HALF = (
    r"(?<![a-z])(?:the |its )?(?:(?P<front>first)|second|last|latter) half(?![a-z])"
    r"|(?:(?P<front_zh>前面?一?半|上半(?=[段场程截]))|后面?一?半|下半(?=[段场程截]))(?:[段截场程]|部分)?(?!屏|圈|秒|分)"
)

_PART = Sieve(
    re.compile(  # which is no section by its name: about a quarter
        r"(?<![a-z])(?:(?P<front>first|opening|beginning)|last|final|closing) (?:part|bit|section|stretch) of (?:the |this |my )?(?:music|song|track|tune|piece)(?![a-z])"
    )
)


def scoped(c: Clause, reading: Reading) -> Reading:
    """The reading on the stretch of time that the clause names; the reading itself where it names none."""
    if (gone := _without(c, reading)) is not None:
        return gone
    made = [asked for asked in reading.asked if isinstance(asked, Step) and asked.command in _EFFECTS]
    if not made or len(made) != len(reading.asked) or c.quotes:
        return reading
    which = [dict(asked.args).get("which") for asked in made]
    all_of_it = made[0].command == "mute" and which in ([None], ["all"], ["all clips"])
    quite = _SILENCE.search(c.text) is not None and all(says_when(c, m) for m in c.mentions if m.things)
    nothing = all_of_it and (quite or not any(map(c.scene.sounds, c.scene.of("clip"))))
    if nothing and (silent := _all_silent(c, reading)):
        return silent
    if c.scene.of("music") and all(asked.command == "volume" for asked in made):
        which = [said or "music" for said in which]  # as `volume` does where nothing is named
    things = _things(c, which)
    span = stretch(c, things) if things else None
    if span is None:
        return reading
    first = next((q.start for q in c.quantities if q.kind in ("seconds", "timecode", "number")), 0)
    return on_stretch(reading, span, things, outside=_EXCEPTED.search(c.text[:first]) is not None)


def _all_silent(c: Clause, reading: Reading) -> Reading | None:
    """ "silence for the last 2 seconds", 第2秒到第4秒静音 where the film itself has no sound: all that sounds is silent
    there."""
    clips = c.scene.of("clip")
    span = stretch(c, clips) if clips else None
    if span is None:
        return None
    made: list[Asked] = []
    for role in ("clip", "music", "voice") if any(map(c.scene.sounds, clips)) else ("music", "voice"):
        there = tuple(t for t in c.scene.of(role) if t.span.start < span[1] and span[0] < t.span.end)
        if there:
            muted = Reading(step("mute", 1, which=role).asked, reading.score)
            made += on_stretch(muted, span, c.scene.of(role)).asked
    return Reading(tuple(made), reading.score) if made else None


_SILENCE = Sieve(
    re.compile(
        r"(?<![a-z])(?:silence (?:for|in|during|at|over|from|between)|(?:dead|total(?:ly)?|complete(?:ly)?|all|everything) (?:silence|silent|quiet|muted))(?![a-z])"
    )
)
_EXCEPTED = re.compile(
    r"(?<![a-z])(?:except|but not|apart from|aside from|other than|excluding)(?: for| from| between| at| the)* ?$"
)


_ONLY_SOUND = re.compile(
    r"(?:不要|去掉|关掉|别放|没有?)(?:背景)?(?:音乐|bgm|配乐)$|(?:背景)?(?:音乐|bgm|配乐)(?:都)?(?:不要了?|去掉|关掉)$"
)


def _without(c: Clause, reading: Reading) -> Reading | None:
    """湖那段的时候不要音乐: the music is silent there, and not taken away."""
    first = reading.asked[0] if len(reading.asked) == 1 else None
    which = dict(first.args).get("which") if isinstance(first, Step) and first.command == "remove" else None
    if isinstance(first, Step) and first.command == "cut_range" and _ONLY_SOUND.search(c.text):
        which = "music" if c.scene.music else None
    if which not in ("music", "voice") or not (c.range or any(says_when(c, m) for m in c.mentions)):
        return None
    silent = scoped(c, Reading(step("mute", 1, which=which).asked, reading.score))
    return silent if len(silent.asked) > 1 else None


def on_stretch(
    reading: Reading, span: tuple[Fraction, Fraction], things: tuple[Thing, ...], outside: bool = False
) -> Reading:
    """The reading, of what of these things lies between two moments, or `outside` them; the reading itself where that
    is all of them."""
    made = [asked for asked in reading.asked if isinstance(asked, Step)]
    which = [dict(asked.args).get("which") for asked in made]
    start, end = span
    cuts = [at for at in (start, end) if any(t.span.start < at < t.span.end for t in things)]
    refs = _after(things, cuts, start, end)
    if outside:
        pieces = len(things) + len(cuts)
        refs = [ref for n in range(1, pieces + 1) if (ref := f"{things[0].role} {n}") not in refs]
    if not refs or (not cuts and len(refs) == len(things)):
        return reading
    splits = [step("split", 1, at=seconds(at), which=_cut(things, at)).asked[0] for at in cuts]
    first = made[: max(1, len(made) // max(1, len({str(w) for w in which})))]
    rest: list[tuple[tuple[str, Plain], ...]] = [
        tuple((k, v) for k, v in asked.args if k != "which") for asked in first
    ]
    effects = [
        Step(asked.command, (("which", ref), *args)) for ref in refs for asked, args in zip(first, rest, strict=True)
    ]
    return Reading((*splits, *effects), reading.score)


def _things(c: Clause, which: list[Plain | None]) -> tuple[Thing, ...]:
    """Of which things a stretch is meant: the film's clips, or the music or voice that is named alone."""
    roles = set()
    for said in which:
        if said is None or said in ("all", "all clips", "clip", "film"):
            roles.add("clip")
            continue
        found = c.scene.find(str(said))
        named = (found,) if found else next((m.things for m in mentions(str(said).lower(), c.scene) if m.things), ())
        roles |= {thing.role for thing in named}
    return c.scene.of(roles.pop()) if len(roles) == 1 and roles <= {"clip", "music", "voice"} else ()


def stretch(c: Clause, things: tuple[Thing, ...]) -> tuple[Fraction, Fraction] | None:
    """From when to when, in seconds of the film, of what these things show or sound."""
    named = [t for m in c.mentions for t in m.things if len(m.things) == 1 and t in things]
    inner = named[0].span if len(named) == 1 and len(things) > 1 else None
    low, high = (inner.start, inner.end) if inner else (things[0].span.start, things[-1].span.end)
    if c.range:
        a, b = (q.value for q in c.range)
        assert isinstance(a, Fraction)
        assert isinstance(b, Fraction)
        if inner and a < b <= high - low and b <= low:
            return low + a, low + b  # counted within the clip
        return (a, b) if a < b <= high else None
    if half := patterns.search(HALF, c.text):
        middle = (low + high) / 2
        return (low, middle) if half["front"] or half["front_zh"] else (middle, high)
    if things[0].role == "music" and len(things) == 1 and (told := _PART.search(c.text)) is not None:
        quarter = (high - low) / 4
        return (low, low + quarter) if told["front"] else (high - quarter, high)
    if (share := share_in(c.text)) is not None:
        first, part = share
        return (low, low + (high - low) * part) if first else (high - (high - low) * part, high)
    if things[0].role != "clip" and (when := next((m for m in c.mentions if says_when(c, m) and m.things), None)):
        return max(low, when.things[0].span.start), min(high, when.things[-1].span.end)  # 徒步的时候音乐小点声
    times = c.every("seconds", "timecode")
    if len(times) == 2 and (lasting := _lasting(c, times[0], times[1])) is not None:
        return lasting if lasting[1] <= high else None
    if len(times) != 1 or isinstance(times[0].value, str):
        return None
    q, length = times[0], Fraction(times[0].value)
    if q.cue == "first" and length < high - low:
        return low, low + length
    if q.cue == "last" and length < high - low:
        return high - length, high
    lead = c.text[: q.start]
    if (
        q.cue in ("from", "at")
        and low < length < high
        and (patterns.search(_ONWARD, c.text[q.end :]) or patterns.search(r"(?<![a-z])(?:after|past) (?:the )?$", lead))
    ):
        return length, high
    if q.cue == "until" and low < length < high and patterns.search(r"(?<![a-z])(?:until|till|up to) (?:the )?$", lead):
        return low, length
    return None


def _lasting(c: Clause, at: Quantity, long: Quantity) -> tuple[Fraction, Fraction] | None:
    """ "at 7:12 for 2 seconds", "i cough at 7:12, mute two seconds there": from when to when."""
    if isinstance(at.value, str) or isinstance(long.value, str) or long.pair:
        return None
    between, behind = c.text[at.end : long.start], c.text[long.end :]
    there = _THERE.match(behind) or _THERE_ZH.search(between)
    if at.cue not in ("at", "from") and not (at.cue == "" and _THERE_ZH.search(between)):
        return None
    if long.cue != "for" and not there:
        return None
    return Fraction(at.value), Fraction(at.value) + Fraction(long.value)


_THERE = re.compile(r" ?(?:(?:right )?there|from there|of it|worth)(?![a-z])")
_THERE_ZH = re.compile(r"(?:处|那里|那儿|那|开始|起|的?(?:地方|时候|位置))[^,。]{0,8}$|静音|消一?下?音|哔")


def _cut(things: tuple[Thing, ...], at: Fraction) -> str | None:
    """What is divided, where it is no clip of the film."""
    thing = next(t for t in things if t.span.start < at < t.span.end)
    return None if thing.role == "clip" else thing.role


def _after(things: tuple[Thing, ...], cuts: list[Fraction], start: Fraction, end: Fraction) -> list[str]:
    """References to what lies between these moments once it is divided."""
    pieces: list[tuple[Fraction, Fraction]] = []
    for thing in things:
        edges = [thing.span.start, *[at for at in cuts if thing.span.start < at < thing.span.end], thing.span.end]
        pieces += list(pairwise(edges))
    word = things[0].role
    return [f"{word} {n}" for n, (a, b) in enumerate(pieces, 1) if a >= start and b <= end]
