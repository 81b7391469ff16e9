"""Repeat something until a moment, or a number of times.

    before  | beach |              music ~~~~
    after   | beach | beach |      music ~~~~~~~~~~~~      2 times; until the film ends

Unsaid: the music, until the film ends. Music whose bars are known is repeated on whole bars.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reelscore.edit.amounts import plain_length
from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Command, Example, Noted, Param, Said
from reelscore.edit.film import film_length
from reelscore.edit.params import moment, which
from reelscore.edit.places import Place, label
from reelscore.edit.refusals import refuse
from reelscore.edit.segments import part, trimmed
from reelscore.edit.targets import many, sounding
from reelscore.edit.together import kept_together
from reelscore.edit.tracks import fresh_ids, swapped
from reelscore.values.facts import Facts
from reelscore.values.time import Seconds
from reelscore.values.timeline import Item, Segment, Timeline

MOST_PIECES = 1000


def loop(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    chosen = many(timeline, args.text("which")) if args.text("which") else sounding(timeline, "")
    track = chosen[0].track
    chosen = tuple(place for place in chosen if place.track.id == track.id)
    first, last = chosen[0], chosen[-1]
    pattern = [place.segment for place in chosen]
    if len(pattern) == 1 and first.role == "music":
        pattern = [_whole_bars(first, facts)]
    once = sum((segment.duration for segment in pattern), Fraction(0))
    if "times" in args:
        length = once * args.count("times")
    else:
        length = (args.exact("until") if "until" in args else film_length(timeline)) - first.span.start
    if length <= once:
        end, what = plain_length(last.span.end), label(last)
        raise refuse(
            "nothing_to_change",
            what=Said(f"{what.en} already lasts until {end}.", f"{what.zh}已经持续到 {end}。"),
            hint=Said("Say until when, or how many times.", "请说明循环到何时或循环几次。"),
        )
    if length > once * MOST_PIECES:
        raise refuse("outside", name="times", value=int(length / once), low=1, high=MOST_PIECES)
    return kept_together(timeline, _looped(timeline, chosen, pattern, length))


def _looped(timeline: Timeline, chosen: tuple[Place, ...], pattern: list[Segment], length: Seconds) -> Timeline:
    ids, at = fresh_ids(timeline), Fraction(0)
    pieces: list[Item] = []
    while at < length:
        for n, segment in enumerate(pattern):
            if at >= length:
                break
            rest = length - at
            piece = segment if segment.duration <= rest else part(segment, Fraction(0), rest)
            first = len(pieces) == n
            pieces.append(piece if first else replace(piece, id=next(ids)))
            at += piece.duration
    pieces[-1] = _fading_as(pieces[-1], chosen[-1].segment)
    for place in chosen[1:]:
        timeline = swapped(timeline, place.segment.id)
    return swapped(timeline, chosen[0].segment.id, *pieces)


def _fading_as(item: Item, last: Segment) -> Item:
    """The end fades as the original's end did."""
    if not isinstance(item, Segment) or not item.sound or not last.sound:
        return item
    return replace(item, sound=replace(item.sound, fade_out=last.sound.fade_out))


def _whole_bars(place: Place, facts: Facts) -> Segment:
    """As much of the music as ends on a bar line, where bars are known."""
    segment = place.segment
    bars = [at for at in facts.of(segment.media).downbeats if segment.start < at <= segment.source.end]
    if not bars or segment.reverse:
        return segment
    kept = (bars[-1] - segment.start) / segment.speed
    return trimmed(segment, Fraction(0), kept) if 0 < kept < segment.duration else segment


COMMAND = Command(
    name="loop",
    group="time",
    help=Said("Repeat something until a moment or a number of times", "循环到某一时刻，或循环若干次"),
    params=(
        which(),
        Param("times", "count", Said("how often it is heard or seen in all", "总共播放几次"), low=2, high=MOST_PIECES),
        moment("until", "until when; the film's end", "循环到何时；默认到影片结束"),
    ),
    words={
        "en": ("loop", "keep repeating", "play on repeat", "repeat until", "cycle"),
        "zh": ("循环", "重复播放", "循环播放", "反复"),
    },
    examples=(
        Example(
            "loop the beach clip 3 times", "把 beach 循环3次", {"which": "beach", "times": 3}, "added 2 clips", "clips"
        ),
        Example(
            "loop the music until 25 seconds",
            "音乐循环到25秒",
            {"which": "music", "until": 25},
            "added 2 pieces of music",
            "film",
        ),
    ),
    edit=loop,
)
