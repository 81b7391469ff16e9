"""Music that an edit asks for: put on the timeline as a request, and taken off when the pipeline has fulfilled it.

Until then old music keeps sounding; new music is a segment without media, which is silence of its length.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from reelscore.edit.amounts import plain_length
from reelscore.edit.arguments import Arguments
from reelscore.edit.film import film_length
from reelscore.edit.places import Place, label, label_with_time, places
from reelscore.edit.refusals import refuse
from reelscore.edit.segments import fades_fitted, sound_of
from reelscore.edit.settle import settled
from reelscore.edit.targets import many
from reelscore.edit.tracks import fresh_ids, swapped
from reelscore.values.facts import Facts
from reelscore.values.time import Seconds
from reelscore.values.timeline import Gap, Item, Media, Request, Timeline

DEFAULT_LENGTH = Fraction(30)
SECTIONS = {  # what people call a section: the kinds of the composer
    "intro": ("intro", "opening", "beginning", "前奏", "开头", "引子"),
    "theme": ("theme", "verse", "main part", "a part", "主歌", "主题", "主旋律"),
    "build": ("build", "build-up", "buildup", "pre-chorus", "铺垫", "推进"),
    "lift": ("lift", "chorus", "drop", "climax", "hook", "refrain", "副歌", "高潮"),
    "break": ("break", "bridge", "breakdown", "middle eight", "间奏", "桥段", "过渡"),
    "ending": ("ending", "outro", "end", "finale", "coda", "结尾", "尾奏", "尾声"),
}


def composed(timeline: Timeline, args: Arguments) -> Place:
    """The one composed (or awaited) piece that is meant. Raises EditError where there is none, or it is a file."""
    music = [place for place in places(timeline) if place.role == "music"]
    if not music:
        raise refuse("no_music")
    chosen = many(timeline, args.text("which") or "music", ("music",))
    own = [place for place in chosen if place.segment.piece or not place.segment.media]
    if not own:
        raise refuse("not_composed", what=label(chosen[0]))
    pieces = {place.segment.piece or place.segment.id for place in own}
    if len(pieces) > 1:
        raise refuse("ambiguous", map(label_with_time, own), ref=args.text("which") or "music", count=len(own))
    return own[0]


def requested(timeline: Timeline, request: Request) -> Timeline:
    """The timeline with this request; its id is the next free one."""
    return replace(timeline, requests=(*timeline.requests, replace(request, id=next(fresh_ids(timeline, "r")))))


def next_seed(timeline: Timeline, segment: str) -> int:
    """A seed that no earlier request for this segment had."""
    return 1 + max((r.seed for r in timeline.requests if r.segment == segment), default=0)


def bars_of(place: Place, facts: Facts, words: str) -> tuple[int, int]:
    """ "9-16" as first and last bar from 0. Raises EditError beyond the music's bars, where they are known."""
    first, last = (int(number) for number in words.split("-"))
    count = len(facts.of(place.segment.media).downbeats)
    if count and last > count:
        raise refuse("no_bars", ref=words, count=count)
    return first - 1, last - 1


def bars_between(place: Place, facts: Facts, start: Seconds, end: Seconds) -> tuple[int, int]:
    """The bars of the music that lie, by their greater part, between two moments of the film, counted from 0. Raises
    EditError where its bars are not known."""
    segment = place.segment
    bars = facts.of(segment.media).downbeats
    if len(bars) < 2:
        raise refuse("no_bars", ref=f"{plain_length(start)}-{plain_length(end)}", count=len(bars))
    low, high = ((at - place.span.start) * segment.speed + segment.start for at in (start, end))
    ends = (*bars[1:], 2 * bars[-1] - bars[-2])
    inside = [n for n, (a, b) in enumerate(zip(bars, ends, strict=True)) if low <= (a + b) / 2 < high]
    if not inside:
        inside = [max((n for n, a in enumerate(bars) if a <= low), default=0)]
    return inside[0], inside[-1]


def section_of(place: Place, facts: Facts, words: str) -> tuple[str, int, int]:
    """A section's name with its first and last bar (-1 where the music is not known). Raises EditError."""
    plain = words.strip().lower().removeprefix("the ").removeprefix("section ")
    kind = next((kind for kind, names in SECTIONS.items() if plain in names), plain)
    passages = facts.of(place.segment.media).passages
    for passage in passages:
        if kind in (passage.kind, passage.name.lower()):
            return passage.name, passage.first_bar, passage.first_bar + passage.bars - 1
    if passages or kind not in SECTIONS:
        known = [f"{p.name} ({p.kind})" if p.name != p.kind else p.name for p in passages] or list(SECTIONS)
        raise refuse("no_section", known, ref=words)
    return kind, -1, -1


def sections_alike(place: Place, facts: Facts, name: str) -> str:
    """What a section is called together with all others of its kind: the kind where there are more of it."""
    passages = facts.of(place.segment.media).passages
    kind = next((passage.kind for passage in passages if passage.name == name), name)
    return kind if sum(passage.kind == kind for passage in passages) > 1 else name


def wishes_of(args: Arguments, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The typed wishes that were given, in the order of the table."""
    return tuple((name, args.text(name).removesuffix(".0")) for name in names if args.text(name))


def marked(before: Timeline, after: Timeline) -> Timeline:
    """The timeline after hit points came or went: composed music that lies there is to be fitted to them."""
    moments = {m.at for m in {*before.markers} ^ {*after.markers} if m.kind == "hit"}
    waiting = {request.segment for request in after.requests if request.kind in ("generate", "refit")}
    for place in places(after):
        here = place.role == "music" and any(place.span.start <= at < place.span.end for at in moments)
        if here and place.segment.piece and place.segment.id not in waiting:
            after = requested(after, Request("", "refit", place.segment.id, wishes=(("hits", "marks"),)))
    return after


def default_length(timeline: Timeline) -> Seconds:
    return film_length(timeline) or DEFAULT_LENGTH


def fulfilled(timeline: Timeline, request_id: str, media: Media, piece: str, name: str = "") -> Timeline:
    """The timeline with the music that was asked for in its place, and the request gone.

    The segment keeps its id, volume and fades, and becomes as long as the new music where its length was asked for;
    what follows on its track stays where it is as far as it can. Raises EditError for an unknown request.
    """
    request = next((held for held in timeline.requests if held.id == request_id), None)
    place = timeline.find(request.segment) if request else None
    if request is None or place is None:
        raise refuse("no_such_segment", (r.id for r in timeline.requests), ref=request_id)
    segment = place[2]
    known = timeline.media if timeline.medium(media.id) else (*timeline.media, media)
    wanted = dict(request.wishes).get("duration")
    length = min(media.duration, Fraction(wanted) if wanted else max(segment.duration, Fraction(0)))
    if not segment.media and not wanted:
        length = min(media.duration, segment.duration)
    start = segment.start if segment.media and not wanted else Fraction(0)
    start = max(Fraction(0), min(start, media.duration - length))
    new = fades_fitted(replace(
        segment, start=start, duration=length, speed=Fraction(1), reverse=False, media=media.id, piece=piece,
        name=name or segment.name, sound=sound_of(segment),
    ))  # fmt: skip
    items: tuple[Item, ...] = (new,) if length >= segment.duration else (new, Gap(segment.duration - length))
    after = replace(timeline, media=known, requests=tuple(r for r in timeline.requests if r.id != request_id))
    return settled(swapped(after, segment.id, *items), timeline)


def with_media(timeline: Timeline, *media: Media) -> Timeline:
    """The timeline knowing these files too."""
    known = {medium.id for medium in timeline.media}
    new = {medium.id: medium for medium in media if medium.id not in known}
    return replace(timeline, media=(*timeline.media, *new.values())) if new else timeline
