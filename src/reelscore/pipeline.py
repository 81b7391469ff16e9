"""The whole flow on one page: what a person asks for goes in at the top, what they get comes out at the bottom.

    read -> brief -> compose -> perform -> write

Each stage is a folder; they know nothing of each other. Targets are checked before the work, so a name that cannot
be written costs nothing, and everything written appears whole or not at all. Stages are imported where they are used:
asking for help should not load an encoder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from reelscore.catalogue import vocabulary
from reelscore.errors import DataError, shown
from reelscore.handed_over import Delivery, deliver
from reelscore.takes import (
    Generated,
    Model,
    Order,
    Session,
    as_stage,
    free_name,
    nth_of,
    session,
    slug,
    sounds_of,
    stems_on_the_way,
    takes_of,
    varied,
)
from reelscore.values.brief import Brief
from reelscore.values.progress import Watch, unwatched
from reelscore.values.reading import Reading
from reelscore.values.sound import Samples

if TYPE_CHECKING:
    from reelscore.render.plan import FilmPlan
    from reelscore.values.timeline import Request

LOOPING = ("gif", "webp")
SHORTEST_LOOP = Fraction(4)  # seconds

__all__ = [
    "Delivery",
    "Generated",
    "Model",
    "Order",
    "brief_for",
    "compose_bed",
    "generate_bed",
    "inspect_media",
    "revise_bed",
    "score_video",
]


def inspect_media(path: Path, watch: Watch = unwatched) -> Reading:
    """What is seen and heard in a video or audio file. Raises MediaError."""
    from reelscore.understand.read import read_media

    return read_media(path, as_stage(watch, "read"))


def brief_for(order: Order, video: Path | None = None, watch: Watch = unwatched) -> Brief:
    """What would be written for these words, options and perhaps film, and why. Raises BriefError, MediaError."""
    from reelscore.brief.make import make_brief

    reading = inspect_media(video, watch) if video is not None else None
    if reading is not None and reading.video is not None:
        reading, _ = _planned(reading, order)
    return make_brief(order.prompt, order.wishes, vocabulary(), reading)


def compose_bed(order: Order, watch: Watch = unwatched) -> tuple[Delivery, ...]:
    """Words to finished tracks, one per variation. Raises BriefError, OutputError."""
    from reelscore.brief.make import make_brief
    from reelscore.render.formats import SOUND_FORMATS
    from reelscore.render.sound_files import write_audio

    with _getting_ready(watch) as first:
        first("brief", 0.0)
        brief = make_brief(order.prompt, order.wishes, vocabulary())
    output = order.output or free_name(Path(f"{slug(brief.title or order.prompt or brief.genre)}.wav"), order)
    takes = takes_of(order, output, SOUND_FORMATS)
    done: list[Delivery] = []
    for n, take in enumerate(takes):
        shown = nth_of(watch, n, len(takes))
        at_work = session(varied(brief, take, None), None, shown, take)
        with at_work.listening():
            written = write_audio(
                at_work.programme, take.place, as_stage(shown, "write"),
                aim=at_work.aim, tags=at_work.tags, force=order.force,
            )  # fmt: skip
        done.append(deliver(take, at_work, written, shown))
    return tuple(done)


def generate_bed(order: Order, model: Model, watch: Watch = unwatched) -> tuple[Generated, ...]:
    """Words to finished tracks by a trained model, fitted to the tempo the brief asks for. There is no score, so no
    stems and no MIDI. Raises BriefError (the licence, the wish), DataError (weights, packages), OutputError."""
    from reelscore.brief.make import make_brief
    from reelscore.compose.backend import backend
    from reelscore.compose.neural.render import render
    from reelscore.perform.master import finish
    from reelscore.render.formats import SOUND_FORMATS
    from reelscore.render.sound_files import write_audio

    chosen = backend(model.name)
    brief = make_brief(order.prompt, order.wishes, vocabulary())
    output = order.output or free_name(Path(f"{slug(brief.title or order.prompt or brief.genre)}.wav"), order)
    done: list[Generated] = []
    for n, take in enumerate(takes := takes_of(order, output, SOUND_FORMATS)):
        shown = nth_of(watch, n, len(takes))
        own = varied(brief, take, None)
        made = render(
            chosen, own, as_stage(shown, "perform"), weights=model.weights, device=model.device,
            accept_licence=model.accept_licence,
        )  # fmt: skip
        samples = made.samples.copy()
        finish(samples, own.loudness, fade=not own.loop)
        written = write_audio(samples, take.place, as_stage(shown, "write"), force=order.force)
        done.append(Generated(take.place, own, written.loudness, made.weights, made.aligned, made.notes))
    return tuple(done)


def score_video(video: Path, order: Order, watch: Watch = unwatched) -> tuple[Delivery, ...]:
    """A film to the same film with music, one per variation. Raises MediaError, BriefError, OutputError."""
    from reelscore.brief.make import make_brief
    from reelscore.render.films import write_film
    from reelscore.render.formats import FILM_CONTAINERS

    if order.output is not None:
        takes_of(order, order.output, FILM_CONTAINERS, video)
    with _getting_ready(watch, film=True) as first:
        reading = inspect_media(video, first)
    reading, plan = _planned(reading, order)
    output = order.output or free_name(video.with_name(f"{video.stem[:200]}-scored{plan.suffix}"), order)
    takes = takes_of(order, output, FILM_CONTAINERS, video)
    brief = make_brief(order.prompt, order.wishes, vocabulary(), reading)
    done: list[Delivery] = []
    with ThreadPoolExecutor(1) as pool:  # the film's own sound is read while its music is written
        original = _original(video, brief, reading, pool)
        for n, take in enumerate(takes):
            shown = nth_of(watch, n, len(takes))
            at_work = session(varied(brief, take, reading), original, shown, take)
            with at_work.listening():
                written = write_film(
                    video, reading.info, at_work.programme, take.place, plan, as_stage(shown, "write"),
                    aim=at_work.aim, tags=at_work.tags, force=order.force,
                )  # fmt: skip
            done.append(deliver(take, at_work, written, shown, reading, video))
    return tuple(done)


def revise_bed(bundle: Path, change: Request, order: Order, watch: Watch = unwatched) -> Delivery:
    """The music of a bundle, changed as asked; bars that are not meant keep their very samples. `order` says where it
    goes. Raises DataError, BriefError, OutputError."""
    from reelscore.editing import unpack_music, unpack_piece
    from reelscore.fulfil import revise
    from reelscore.render.formats import SOUND_FORMATS
    from reelscore.render.sound_files import write_audio

    output = order.output or free_name(bundle.with_name(f"{bundle.name}-revised.wav"), order)
    take = takes_of(order, output, SOUND_FORMATS)[0]
    try:
        text = (bundle / "piece.json").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise DataError(f"{shown(bundle)} holds no piece.json.", "Name a bundle that Reelscore wrote.") from None
    piece, old = unpack_piece(text), unpack_music(bundle / "mix.wav")
    watch("compose", 0.0)
    sounds = sounds_of(order)
    stems = stems_on_the_way(take, piece.brief.duration * len(piece.score.players))
    done = revise(piece, old, change, as_stage(watch, "perform"), stems, sounds)
    at_work = Session(done.brief, done.score, done.recording, sounds)
    aim = None if done.differs else at_work.aim
    written = write_audio(
        at_work.programme, take.place, as_stage(watch, "write"), aim=aim, tags=at_work.tags, force=order.force
    )
    return deliver(take, at_work, replace(written, notes=(*written.notes, *done.notes)), watch)


def _planned(reading: Reading, order: Order) -> tuple[Reading, FilmPlan]:
    """How the film will be written, and the reading with the length it will have.

    Stills last as long as asked; short animations, which loop by nature, are shown until there is room for music.
    """
    from reelscore.brief.make import make_brief
    from reelscore.render.plan import plan_film, still

    length = order.wishes.duration
    if length is None and still(reading.info):
        length = make_brief(order.prompt, order.wishes, vocabulary()).duration
    if length is None and reading.info.container in LOOPING and 0 < reading.info.duration < SHORTEST_LOOP:
        length = reading.info.duration * ceil(SHORTEST_LOOP / reading.info.duration)
    plan = plan_film(reading.info, order.output.suffix if order.output else "", length)
    stream = reading.info.video
    if reading.video is None or stream is None or plan.duration == stream.duration == reading.info.duration:
        return reading, plan
    info = replace(reading.info, duration=plan.duration, video=replace(stream, duration=plan.duration))
    return replace(reading, info=info, video=replace(reading.video, info=info)), plan


def _original(
    video: Path, brief: Brief, reading: Reading, pool: ThreadPoolExecutor
) -> Callable[[], Samples] | None:  # fmt: skip
    if brief.original_audio != "keep" or reading.audio is None:
        return None
    from reelscore.understand.original import read_original

    return pool.submit(read_original, video).result


@contextmanager
def _getting_ready(watch: Watch, film: bool = False) -> Iterator[Watch]:
    """While the film or the prompt is read, load what will score it: from the first step of progress on, when the
    readers have been started. What only some pieces need is loaded by those."""

    def load() -> None:
        from reelscore.brief import hit_points, make
        from reelscore.compose import write  # noqa: F401
        from reelscore.deliver import report  # noqa: F401
        from reelscore.perform import record

        record.ready()
        make.warm(vocabulary())
        if film:
            from reelscore.render import films  # noqa: F401
            from reelscore.understand import onsets  # noqa: F401

            hit_points.warm()

    with ThreadPoolExecutor(1) as pool:
        ready: Future[None] | None = None

        def first(stage: str, share: float, /) -> None:
            nonlocal ready
            ready = ready or pool.submit(load)
            watch(stage, share)

        yield first
        if ready:
            ready.result()
