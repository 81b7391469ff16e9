"""A change of the music between two moments only: "calmer from 0:30", "more energy in the second half", 后半段激烈一点,
"livelier while the drone is shown"."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from reelscore.converse.clause import Clause, seconds
from reelscore.converse.readers.spans import stretch
from reelscore.converse.reading import Reading
from reelscore.converse.scene import Thing
from reelscore.values.command import Step

_LEAST = Fraction(1, 2)  # seconds
_SURE = 0.96  # where a stretch of the music is named
_WANTED = {"direction", "mood", "with", "without"}
_PLACED = {"section", "start", "end", "prompt"}
_WHILE = re.compile(
    r"(?<![a-z])(?:while|during|when(?:ever)?|as long as|for|over|under|behind|in|on|at) (?:we see |showing )?(?:the |my |this |that )?$"
)
_THE_WHILE_ZH = re.compile(r"(?:出现|进来|响起|说话)?的?(?:时候|期间|时)")
_ROUGHLY = (
    (re.compile(r"(?<![a-z])in the middle(?: part| section)?(?![a-z])|中间(?:那?一?段|部分)?"), Fraction(1, 3), Fraction(2, 3)),
    (re.compile(r"(?<![a-z])(?:in|at) the (?:very )?(?:beginning|start)(?![a-z])|开头|刚开始"), Fraction(0), Fraction(1, 4)),
    (re.compile(r"(?<![a-z])(?:towards|near|at|in) the (?:very )?end(?![a-z])|快结束|临近结尾"), Fraction(3, 4), Fraction(1)),
)  # fmt: skip
_ONWARD = re.compile(r"\s*(?:处|那里)?(?:起|以后|之后|往后|开始|后)")


def within(c: Clause, found: list[Reading]) -> list[Reading]:
    """The readings, best first: a change of the music on the stretch that the clause names stands first, also before new
    music in these very words; the same readings where none is named."""
    if _alike(found[0]) and len(found[0].asked) > 1 and (parts := _all_placed(c, found[0])) is not None:
        return [parts, *found[1:]]
    if _command(found[0]) == "regenerate_music" and (again := _rewritten(c, found[0])) is not None:
        return [again, *found]
    if _command(found[0]) not in ("change_music", "generate_music"):
        return found
    change = next((one for one in found if _command(one) == "change_music"), None)
    placed = _placed(c, change) if change else None
    return [placed, *(one for one in found if one is not change)] if placed else found


def _alike(reading: Reading) -> bool:
    return bool(reading.asked) and all(isinstance(a, Step) and a.command == "change_music" for a in reading.asked)


def _all_placed(c: Clause, reading: Reading) -> Reading | None:
    """ "darker and slower from 5 seconds on": each of the changes there; None where one of them cannot be."""
    placed = [_placed(c, replace(reading, asked=(one,))) for one in reading.asked]
    made = tuple(one.asked[0] for one in placed if one is not None)
    return replace(reading, asked=made) if len(made) == len(reading.asked) else None


def _command(reading: Reading) -> str:
    only = reading.asked[0] if len(reading.asked) == 1 else None
    return only.command if isinstance(only, Step) else ""


def _placed(c: Clause, reading: Reading) -> Reading | None:
    only = reading.asked[0]
    assert isinstance(only, Step)
    music = c.scene.of("music")
    args = dict(only.args)
    if len(music) != 1 or not args.keys() & _WANTED or args.keys() & _PLACED:
        return None
    shown = _shown(c)
    span = stretch(c, music) or _roughly(c, music[0]) or (shown and (shown.span.start, shown.span.end))
    if not span:
        return None
    start, end = max(span[0], music[0].span.start), min(span[1], music[0].span.end)
    told = [("start", start)] if start > music[0].span.start else []
    told += [("end", end)] if end < music[0].span.end else []
    if not told or end - start < _LEAST:
        return None
    if shown is not None and str(args.get("genre", "")).lower() in shown.segment.name.lower():
        args.pop("genre", None)  # "while the drone is shown" asks for no drone music
    args.update({name: seconds(at) for name, at in told})
    felt = args.get("direction") not in ("higher", "lower") and not c.has("volume")
    sure = max(reading.score, _SURE) if felt and (c.mention("music") or not c.scene.clips) else reading.score
    return replace(reading, asked=(replace(only, args=tuple(args.items())),), score=sure)


def between(reading: Reading, music: Thing, span: tuple[Fraction, Fraction]) -> Reading | None:
    """The change of the music from when to when, in seconds of the film; None where its place is told already."""
    args = dict(reading.asked[0].args)
    start, end = max(span[0], music.span.start), min(span[1], music.span.end)
    if not args.keys() & {*_WANTED, "genre"} or args.keys() & _PLACED or end - start < _LEAST:
        return None
    told = {"start": start} if start > music.span.start else {}
    told |= {"end": end} if end < music.span.end else {}
    if not told:
        return None
    args.update({name: seconds(at) for name, at in told.items()})
    return replace(reading, asked=(Step("change_music", tuple(args.items())),), score=max(reading.score, _SURE))


def _rewritten(c: Clause, reading: Reading) -> Reading | None:
    """ "the second half of the music, redo that part": the bars there; None where no stretch is named, or all of it, or
    its bars are not known."""
    only, music = reading.asked[0], c.scene.of("music")
    if not isinstance(only, Step) or dict(only.args).keys() & {"bars", "section"} or len(music) != 1:
        return None
    span = stretch(c, music) or _roughly(c, music[0])
    if span is None or (span[0] <= music[0].span.start and music[0].span.end <= span[1]):
        return None
    held, at = music[0].segment, music[0].span.start
    low, high = ((moment - at) * held.speed + held.start for moment in span)
    bars = c.known.facts.of(held.media).downbeats
    inside = [n for n, (a, b) in enumerate(pairwise(bars), 1) if low <= (a + b) / 2 < high]
    if not inside:
        return None
    args = (*only.args, ("bars", f"{inside[0]}-{inside[-1]}"))
    return replace(reading, asked=(replace(only, args=args),), score=max(reading.score, _SURE), whole=True)


def _roughly(c: Clause, music: Thing) -> tuple[Fraction, Fraction] | None:
    """ "in the middle", "towards the end"; from a moment on, whatever stands behind it."""
    low, length = music.span.start, music.span.duration
    times = c.every("seconds", "timecode")
    if len(times) == 1 and isinstance(at := times[0].value, Fraction):
        on = times[0].cue == "from" or _ONWARD.match(c.text, times[0].end)
        return (at, music.span.end) if on and low < at < music.span.end else None
    for pattern, start, end in _ROUGHLY:
        if not times and pattern.search(c.text):
            return low + length * start, low + length * end
    return None


def _shown(c: Clause) -> Thing | None:
    """The clip or text that is on the picture meanwhile."""
    named = [m for m in c.mentions if len(m.things) == 1 and m.things[0].role in ("clip", "text", "overlay", "voice")]
    if len(named) != 1:
        return None
    around = _WHILE.search(c.text[: named[0].start]) or _THE_WHILE_ZH.match(c.text, named[0].end)
    return named[0].things[0] if around else None
