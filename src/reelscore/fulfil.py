"""The music that a timeline asks for, written: one request after the other, each put in the segment that waits for it.

Music already there is changed, not replaced: what a request does not touch keeps its notes, and outside the bars that
were written again (and their ring) the recording keeps its very samples. The files live on a `Shelf`, which belongs to
the edges.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from reelscore.catalogue import vocabulary
from reelscore.edit.requests import fulfilled
from reelscore.edit.tracks import film_track
from reelscore.errors import BriefError
from reelscore.facts import film_reading
from reelscore.piece_changed import NewMusic, changed_piece, only_levels, seconds_of, wishes_of
from reelscore.values.brief import Brief, Hit, HitResult
from reelscore.values.levels import Levels
from reelscore.values.loudness import measure
from reelscore.values.piece import Piece
from reelscore.values.progress import Watch, part_of, unwatched
from reelscore.values.reading import Reading
from reelscore.values.score import Score
from reelscore.values.sound import SAMPLE_RATE, Samples
from reelscore.values.time import Seconds, Span
from reelscore.values.timeline import Media, Request, Segment, Timeline

if TYPE_CHECKING:
    from reelscore.perform.mix import Keep
    from reelscore.perform.played_sounds import Sounds
    from reelscore.perform.record import Recording


class Shelf(Protocol):
    """Where the files behind a timeline are kept, and what is known of them."""

    def reading(self, media: str) -> Reading | None:
        """What was seen and heard; None for media that were never read."""

    def piece(self, piece: str) -> Piece:
        """Composed music by its name. Raises DataError for an unknown one."""

    def sound(self, media: str) -> Samples:
        """The samples of music that was kept here."""

    def keep(self, piece: Piece, music: Samples, name: str) -> tuple[Media, str]:
        """Keep new music; its medium and the piece's name."""


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """The timeline without its requests, and what a person should know."""

    timeline: Timeline
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Revised:
    """A piece made from another. `differs`: the samples that may (first, behind the last); None: all."""

    brief: Brief
    score: Score
    recording: Recording
    differs: tuple[int, int] | None
    notes: tuple[str, ...]


def revise(
    piece: Piece,
    old: Samples,
    request: Request,
    watch: Watch = unwatched,
    stems: Keep | None = None,
    sounds: Sounds | None = None,
) -> Revised:
    """The piece with what the request asks of it. `old`: its recording, kept where nothing was written again;
    `stems`: keeps each stem as it comes (None: there are none); `sounds`: what it was played with, where that was not
    the package's. Raises BriefError."""
    from reelscore.perform.played_sounds import SHIPPED
    from reelscore.perform.record import in_memory, record

    if request.section and not only_levels(request):
        request = _located(request, piece)
    music = _revised(request, piece, old)
    brief, score = music.brief, music.score
    take = record(
        score, brief.duration, brief.loudness, (), None, watch, stems=stems is not None, keep=stems or in_memory,
        like=music.levels, sounds=sounds or SHIPPED, balance=music.balance,
    )  # fmt: skip
    joined, differs = _spliced(music, take.mix.samples)
    mix = replace(take.mix, samples=joined, loudness=measure(joined)) if differs else take.mix
    return Revised(brief, score, replace(take, mix=mix, programme=joined), differs, music.notes)


def _located(request: Request, piece: Piece) -> Request:
    """The request with its section's bars."""
    wanted = request.section.strip().lower()
    sections = piece.score.sections
    found = next((s for s in sections if wanted in (s.name.lower(), s.kind)), None)
    if found is None:
        known = ", ".join(
            dict.fromkeys(s.kind if s.name.lower() == s.kind else f"{s.name} ({s.kind})" for s in sections)
        )
        raise BriefError(f'The piece has no section "{request.section[:40]}".', f"It has {known}.")
    return replace(request, first_bar=found.first_bar, last_bar=found.first_bar + max(found.bars, 1) - 1)


def fulfil(timeline: Timeline, shelf: Shelf, watch: Watch = unwatched) -> Fulfilled:
    """Write what every request asks for. Raises BriefError where one cannot be met, CancelledError."""
    notes: list[str] = []
    requests = timeline.requests
    for n, request in enumerate(requests):
        place = timeline.find(request.segment)
        if place is None:  # its segment was removed since
            timeline = replace(timeline, requests=tuple(r for r in timeline.requests if r.id != request.id))
            continue
        shown = part_of(watch, "perform", n / len(requests), (n + 1) / len(requests))
        music = _written(timeline, request, place[1], place[2], shelf)
        samples, levels = _performed(music, shown)
        title = music.score.title
        medium, piece = shelf.keep(Piece(music.brief, music.score, levels), samples, title)
        timeline = fulfilled(timeline, request.id, medium, piece, title)
        notes += music.notes
    return Fulfilled(timeline, tuple(dict.fromkeys(notes)))


def _written(timeline: Timeline, request: Request, span: Span, segment: Segment, shelf: Shelf) -> NewMusic:
    from reelscore.compose.write import write_score

    wishes = dict(request.wishes)
    if request.kind == "generate" or not segment.piece:
        brief = _new_brief(timeline, request, span, wishes, shelf)
        return NewMusic(brief, write_score(brief), notes=brief.notes)
    piece, old = shelf.piece(segment.piece), shelf.sound(segment.media)
    if request.kind == "refit":
        return replace(_refitted(timeline, span, segment, wishes, piece, old, shelf), balance=piece.levels.balance)
    return _revised(request, piece, old)


def _revised(request: Request, piece: Piece, old: Samples) -> NewMusic:
    """The piece as a request wants it, whatever film it belongs to; who was made louder or quieter stays so."""
    music = _again(request, piece, old)
    return music if music.balance else replace(music, balance=piece.levels.balance)


def _again(request: Request, piece: Piece, old: Samples) -> NewMusic:
    from reelscore.compose.write import write_score

    wishes = dict(request.wishes)
    if request.kind == "change":
        return changed_piece(request, wishes, piece, old)
    if request.kind == "vary" and request.keep:
        from reelscore.compose.revise import vary

        return NewMusic(piece.brief, vary(piece.brief, piece.score, request.keep, request.seed))
    if request.kind == "regenerate" and request.first_bar >= 0:
        from reelscore.compose.revise import rewrite

        bars = request.first_bar, request.last_bar
        score = rewrite(piece.brief, piece.score, *bars, request.seed)
        return NewMusic(piece.brief, score, piece.levels, old, seconds_of(score, bars))
    brief = replace(piece.brief, seed=piece.brief.seed + request.seed)
    return NewMusic(brief, write_score(brief))


def _new_brief(timeline: Timeline, request: Request, span: Span, wishes: dict[str, str], shelf: Shelf) -> Brief:
    """A brief for the words, and for the film that is shown meanwhile."""
    from reelscore.brief.make import make_brief

    film = film_track(timeline)
    asked = replace(wishes_of(wishes, request.seed), marks=_marked(timeline, span, Fraction(0)))
    if film is None:
        return make_brief(request.words, replace(asked, duration=span.duration), vocabulary())
    reading = film_reading(timeline, film, shelf.reading, span)
    if reading.video is None:
        return make_brief(request.words, replace(asked, duration=span.duration), vocabulary())
    return make_brief(request.words, replace(asked, audio="replace"), vocabulary(), replace(reading, audio=None))


def _met(result: HitResult) -> str:
    """How well the music meets a moment that was marked on the timeline."""
    from reelscore.brief.asked import clock

    name = f"The hit at {clock(result.hit.at)}"
    if not result.kept:
        return f"{name} is not met: no beat could be brought there."
    article = "an" if result.target == "eighth" else "a"
    return f"{name} is met on {article} {result.target}, {float(result.error) * 1000:+.0f} ms."


def _marked(timeline: Timeline, span: Span, skipped: Seconds) -> tuple[Hit, ...]:
    """The timeline's own hit points within this stretch, in seconds of the music; `skipped`: of it not heard."""
    return tuple(
        Hit(marker.at - span.start + skipped, 1.0, "marker", marker.label)
        for marker in timeline.markers
        if marker.kind == "hit" and span.start <= marker.at < span.end
    )


def _refitted(
    timeline: Timeline, span: Span, segment: Segment, wishes: dict[str, str], piece: Piece, old: Samples, shelf: Shelf
) -> NewMusic:
    """The piece for the film as it is cut now, or for another length."""
    from reelscore.brief.from_video import read_film
    from reelscore.brief.refit import refitted
    from reelscore.compose.refit import refit

    to_marks = wishes.get("hits") == "marks"  # only a part of the piece may be heard: the rest of it stays
    length = Fraction(wishes["duration"]) if "duration" in wishes else span.duration
    length, skipped = (piece.brief.duration, segment.start) if to_marks else (length, Fraction(0))
    film = film_track(timeline)
    hits = tuple(result.hit for result in piece.brief.hits if result.hit.at < length and result.hit.kind != "marker")
    if film is not None and wishes.get("hits") == "cuts":
        reading = film_reading(timeline, film, shelf.reading, Span(span.start, span.start + length))
        own = tuple(hit for hit in hits if hit.asked)
        hits = (*own, *read_film(replace(reading, audio=None)).hits) if reading.video else hits
    marks = _marked(timeline, span if to_marks else Span(span.start, span.start + length), skipped)
    hits = (*(hit for hit in hits if all(hit.at != mark.at for mark in marks)), *marks)
    brief = refitted(piece.brief, hits, length)
    done = refit(piece.brief, piece.score, brief)
    told = tuple(note for note in brief.notes if note not in piece.brief.notes)
    notes = (*done.notes, *told, *(_met(result) for result in brief.hits if result.hit in marks))
    same_clock = brief.tempo_map == piece.brief.tempo_map and length == piece.brief.duration
    if same_clock and not done.rewritten:
        return NewMusic(brief, done.score, piece.levels, old, Span(Fraction(0), Fraction(0)), notes)
    if same_clock:
        bars = min(done.rewritten), max(done.rewritten)
        return NewMusic(brief, done.score, piece.levels, old, seconds_of(done.score, bars), notes)
    return NewMusic(brief, done.score, piece.levels, notes=notes)


def _performed(music: NewMusic, watch: Watch) -> tuple[Samples, Levels]:
    """The recording; of music that changed in some bars only, the old one with those bars new."""
    from reelscore.perform.record import record

    brief, score = music.brief, music.score
    take = record(
        score, brief.duration, brief.loudness, brief.speech, None, watch, stems=False, like=music.levels,
        balance=music.balance,
    )  # fmt: skip
    return _spliced(music, take.mix.samples)[0], take.levels


def _spliced(music: NewMusic, new: Samples) -> tuple[Samples, tuple[int, int] | None]:
    """The new recording, or the old one with the part that changed; what may differ from the old."""
    from reelscore.perform.splice import splice

    if music.old is None or music.part is None or len(music.old) != len(new):
        return new, None
    if not music.part.duration:
        return music.old, (0, 0)
    return splice(music.old, new, round(music.part.start * SAMPLE_RATE), round(music.part.end * SAMPLE_RATE))
