"""Bring the film, or one thing, to a length: by trimming, by speed, or by looping.

    before  | city city city city |
    after   | city city |                to 5 s, trimmed
    after   | ccttyycctt |               to 5 s, faster

    before  | city city | beach beach | interview interview |
    after   | city | beach | interview |                        to 6 s, a share of each

Unsaid: what is too long is trimmed at its end, or, where a whole clip would go, each clip gives its share; what is too
short is slowed down as far as half speed, else looped.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reelscore.edit.amounts import plain_length
from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Choice, Command, Example, Noted, Said
from reelscore.edit.commands.cut_last import cut_last
from reelscore.edit.commands.loop import loop
from reelscore.edit.commands.speed import speed
from reelscore.edit.film import film_length
from reelscore.edit.params import choice, length, which
from reelscore.edit.places import label
from reelscore.edit.refusals import refuse
from reelscore.edit.segments import trimmed
from reelscore.edit.targets import many
from reelscore.edit.together import kept_together
from reelscore.edit.tracks import film_track
from reelscore.values.facts import Facts
from reelscore.values.time import Seconds
from reelscore.values.timeline import Item, Segment, Timeline

SHORTEST = Fraction(1)  # seconds that a clip keeps when all give a share: less is hardly seen


def fit_duration(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    wanted, reference = args.exact("to"), args.text("which")
    places = many(timeline, reference) if reference else ()
    if not reference and film_track(timeline) is None:
        raise refuse("empty", what=Said("a clip", "片段"))
    now = places[-1].span.end - places[0].span.start if places else film_length(timeline)
    if abs(wanted - now) < timeline.canvas.frame / 2:
        return timeline  # it is that long already
    stills = _stills(timeline) if not places else ()
    how = args.text("how") or _best(now, wanted, bool(stills))
    if wanted < now and not places and (how == "share" or (not args.text("how") and _would_lose(timeline, wanted))):
        if (shared := _shared(timeline, now - wanted)) is not None:
            return shared
        if how == "share":
            raise refuse("nothing_left", what=Said("one of the clips", "其中的片段"), length=plain_length(now))
    if how == "loop" and wanted > now:
        return loop(timeline, Arguments({"which": reference or "all clips", "until": wanted}), facts)
    if how == "stills" and stills:
        return _stretched(timeline, stills, wanted - now)
    if how == "speed":
        factor = now / wanted
        if not Fraction(1, 16) <= factor <= 16:
            raise refuse("outside", name="speed", value=f"{float(factor):.2f}x", low="0.06x", high="16x")
        return speed(
            timeline, Arguments({"which": reference or "all clips", "factor": factor, "keep_pitch": True}), facts
        )
    if wanted >= now:
        what = label(places[0]) if places else Said("The film", "影片")
        raise refuse("no_source_left", what=what, length=plain_length(now))
    return cut_last(timeline, Arguments({"which": reference, "seconds": now - wanted}), facts)


def _best(now: Fraction, wanted: Fraction, stills: bool) -> str:
    if wanted <= now:
        return "trim"
    if stills:
        return "stills"
    return "speed" if wanted <= 2 * now else "loop"


def _would_lose(timeline: Timeline, wanted: Seconds) -> bool:
    """Would trimming the end take a whole clip away, or leave hardly anything of one?"""
    film = film_track(timeline)
    held = list(film.placed()) if film else []
    return len(held) > 1 and held[-1][0].start + held[-1][1].duration / 4 > wanted


def _shared(timeline: Timeline, less: Seconds) -> Timeline | Noted | None:
    """Each clip is shortened at its end in proportion to its length; None where one would hardly be seen."""
    film = film_track(timeline)
    assert film is not None
    frame = timeline.canvas.frame
    spare = {s.id: max(Fraction(0), s.duration - SHORTEST) for _, s in film.placed()}
    total = sum(spare.values(), Fraction(0))
    if total < less:
        return None
    items: list[Item] = []
    owed, taken = Fraction(0), Fraction(0)  # seconds to be given by what came so far, and given
    for item in film.items:
        if isinstance(item, Segment):
            owed += less * spare[item.id] / total
            given = round((owed - taken) / frame) * frame
            taken += given
            item = trimmed(item, Fraction(0), item.duration - given)
        items.append(item)
    tracks = tuple(replace(t, items=tuple(items)) if t is film else t for t in timeline.tracks)
    return kept_together(timeline, replace(timeline, tracks=tracks))


def _stills(timeline: Timeline) -> tuple[Segment, ...]:
    """The film's segments, when all of them can last as long as one likes."""
    film = film_track(timeline)
    held = [segment for _, segment in film.placed()] if film else []
    lasting = all(s.freeze or not s.media or (m := timeline.medium(s.media)) is None or m.kind == "image" for s in held)
    return tuple(held) if lasting else ()


def _stretched(timeline: Timeline, stills: tuple[Segment, ...], more: Fraction) -> Timeline:
    """Every still lasts longer in proportion."""
    film = film_track(timeline)
    assert film is not None
    total = sum((segment.duration for segment in stills), Fraction(0))
    factor = (total + more) / total
    items = tuple(replace(item, duration=item.duration * factor) for item in film.items)
    return replace(timeline, tracks=tuple(replace(t, items=items) if t is film else t for t in timeline.tracks))


COMMAND = Command(
    name="fit_duration",
    group="time",
    help=Said("Bring the film, or one thing, to a length", "把影片或某个内容调整到指定时长"),
    params=(
        length("to", "how long it shall be", "目标时长", required=True),
        which(),
        choice(
            "how",
            "by what",
            "方式",
            Choice("trim", ("cut", "trimming"), ("修剪", "剪")),
            Choice("share", ("a bit of each", "from every clip", "proportionally"), ("每段都剪一点", "按比例")),
            Choice("speed", ("faster", "slower", "speeding up", "slowing down"), ("变速", "加速", "减速")),
            Choice("loop", ("repeat", "looping"), ("循环", "重复")),
        ),
    ),
    words={
        "en": ("fit to", "make it exactly", "bring to", "fit into", "make the video", "total length"),
        "zh": ("调整到", "控制在", "适配到", "总长", "整体时长", "凑到"),
    },
    examples=(
        Example(
            "make it exactly 6 seconds",
            "把影片控制在6秒",
            {"to": 6},
            "city timelapse: 10s -> 6s; music: 10s -> 6s, fade out 0s -> 1.5s",
            "film",
        ),
        Example(
            "fit the film to 5 seconds by speeding up",
            "通过加速把影片调整到5秒",
            {"to": 5, "how": "speed"},
            "city timelapse: 10s -> 5s, speed 1x -> 2x",
            "silent",
        ),
        Example(
            "fit the film to 6 seconds, a bit of each",
            "把影片控制在6秒，按比例",
            {"to": 6, "how": "share"},
            "city timelapse: 4s -> 1.83s; beach: 4s -> 1.8s; interview: 6s -> 2.37s; "
            "music: 14s -> 6s, fade out 0s -> 1.5s",
            "clips",
        ),
        Example("make the slides last 12 seconds", "让幻灯片总长12秒", {"to": 12}, "2 clips: 3s -> 6s", "slides"),
    ),
    edit=fit_duration,
)
