"""The whole flow on one page: what a person asks for goes in at the top, what they get comes out at the bottom.

    read -> brief -> compose -> perform -> write

Each stage is a folder; they know nothing of each other. Targets are checked before the work, so a name that cannot
be written costs nothing, and everything written appears whole or not at all. Stages are imported where they are used:
asking for help should not load an encoder.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from importlib import metadata
from itertools import count
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from reelscore.catalogue import version, vocabulary
from reelscore.values.brief import Brief, LoudnessTarget, Wishes
from reelscore.values.codec import dumps
from reelscore.values.progress import Watch, unwatched
from reelscore.values.reading import Reading
from reelscore.values.score import Score
from reelscore.values.sound import SAMPLE_RATE, Samples

if TYPE_CHECKING:
    from reelscore.deliver.report import Report
    from reelscore.perform.record import Recording
    from reelscore.render.plan import FilmPlan
    from reelscore.render.sound_files import Aim, Tags, Written

REPORT_SUFFIXES = (".json", ".txt")
# How a stage's own steps fill its share of the progress.
STEPS = {"perform": (0.0, 0.7), "mix": (0.7, 0.75), "master": (0.75, 1.0)}
LOOPING = ("gif", "webp")
SHORTEST_LOOP = Fraction(4)  # seconds
USED = ("av", "imageio-ffmpeg", "numba", "numpy", "scipy", "soundfile")


@dataclass(frozen=True, slots=True)
class Order:
    """What one call asks for: words, options, and where results go. Without `output` a free name is found."""

    prompt: str = ""
    wishes: Wishes = field(default_factory=Wishes)
    output: Path | None = None
    variations: int = 1
    bundle: Path | None = None
    report: Path | None = None
    force: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """One finished result, and everything known about it."""

    output: Path
    brief: Brief
    score: Score
    report: Report
    bundle: Path | None = None


def inspect_media(path: Path, watch: Watch = unwatched) -> Reading:
    """What is seen and heard in a video or audio file. Raises MediaError."""
    from reelscore.understand.read import read_media

    return read_media(path, _as_stage(watch, "read"))


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

    with _getting_ready():
        brief = make_brief(order.prompt, order.wishes, vocabulary())
    output = order.output or _free(Path(f"{_slug(brief.title or order.prompt or brief.genre)}.wav"), order)
    takes = _takes(order, output, SOUND_FORMATS)
    done: list[Delivery] = []
    for n, take in enumerate(takes):
        shown = _nth(watch, n, len(takes))
        session = _session(_varied(brief, take, None), None, shown, take.bundle is not None)
        with session.listening():
            written = write_audio(
                session.programme, take.place, _as_stage(shown, "write"),
                aim=session.aim, tags=session.tags, force=order.force,
            )  # fmt: skip
        done.append(_deliver(take, session, written, shown))
    return tuple(done)


def score_video(video: Path, order: Order, watch: Watch = unwatched) -> tuple[Delivery, ...]:
    """A film to the same film with music, one per variation. Raises MediaError, BriefError, OutputError."""
    from reelscore.brief.make import make_brief
    from reelscore.render.films import write_film
    from reelscore.render.formats import FILM_CONTAINERS

    if order.output is not None:
        _takes(order, order.output, FILM_CONTAINERS, video)
    with _getting_ready():
        reading = inspect_media(video, watch)
    reading, plan = _planned(reading, order)
    output = order.output or _free(video.with_name(f"{video.stem[:200]}-scored{plan.suffix}"), order)
    takes = _takes(order, output, FILM_CONTAINERS, video)
    brief = make_brief(order.prompt, order.wishes, vocabulary(), reading)
    original = _original(video, brief, reading)
    done: list[Delivery] = []
    for n, take in enumerate(takes):
        shown = _nth(watch, n, len(takes))
        session = _session(_varied(brief, take, reading), original, shown, take.bundle is not None)
        with session.listening():
            written = write_film(
                video, reading.info, session.programme, take.place, plan, _as_stage(shown, "write"),
                aim=session.aim, tags=session.tags, force=order.force,
            )  # fmt: skip
        done.append(_deliver(take, session, written, shown, reading, video))
    return tuple(done)


# --- one take -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Take:
    """One variation: its seed and its own places."""

    order: Order
    seed: int
    place: Path
    bundle: Path | None
    report: Path | None


@dataclass(slots=True)
class _Session:
    """Music composed and performed, on its way to a file."""

    brief: Brief
    score: Score
    recording: Recording
    heard_ms: tuple[float | None, ...] = ()

    @property
    def programme(self) -> Samples:
        return self.recording.programme

    @property
    def aim(self) -> Aim:
        """The loudness to prove on the file, and how the programme is mastered again when the encoder moved it."""
        from reelscore.perform.master import finish
        from reelscore.render.sound_files import Aim

        target = self.brief.loudness

        def remaster(gain_db: float, ceiling_dbtp: float) -> Samples:
            again = self.programme.copy()
            finish(again, LoudnessTarget(target.name, target.lufs + gain_db, ceiling_dbtp))
            return again

        return Aim(target, remaster)

    @property
    def tags(self) -> Tags:
        from reelscore.render.sound_files import Tags

        return Tags(self.score.title, f"Reelscore {version()}, seed {self.brief.seed}")

    @contextmanager
    def listening(self) -> Iterator[None]:
        """While the file is written, hear where the hits really sound."""
        if not self.brief.hits:
            yield
            return
        with ThreadPoolExecutor(1) as pool:
            heard: Future[tuple[float | None, ...]] = pool.submit(self._hear)
            yield
            self.heard_ms = heard.result()

    def _hear(self) -> tuple[float | None, ...]:
        import numpy as np

        from reelscore.understand.onsets import onset_errors, onsets

        errors = onset_errors(onsets(self.recording.mix.samples, SAMPLE_RATE), [r.hit.at for r in self.brief.hits])
        return tuple(round(float(error) * 1000, 2) if np.isfinite(error) else None for error in errors)


def _session(brief: Brief, original: Samples | None, watch: Watch, stems: bool) -> _Session:
    from reelscore.compose.write import write_score
    from reelscore.perform.record import record

    watch("compose", 0.0)
    score = write_score(brief)
    watch("compose", 1.0)
    return _Session(
        brief,
        score,
        record(score, brief.duration, brief.loudness, brief.speech, original, _as_stage(watch, "perform"), stems),
    )


def _varied(brief: Brief, take: _Take, reading: Reading | None) -> Brief:
    """The brief for this take's seed."""
    from reelscore.brief.make import make_brief

    if take.seed == brief.seed:
        return brief
    return make_brief(take.order.prompt, replace(take.order.wishes, seed=take.seed), vocabulary(), reading)


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


def _original(video: Path, brief: Brief, reading: Reading) -> Samples | None:
    if brief.original_audio != "keep" or reading.audio is None:
        return None
    from reelscore.understand.original import read_original

    return read_original(video)


def _deliver(
    take: _Take,
    session: _Session,
    written: Written,
    watch: Watch,
    reading: Reading | None = None,
    video: Path | None = None,
) -> Delivery:
    from reelscore.deliver.report import Rates, make_report

    brief, fit = session.brief, session.brief.fit
    hits = bool(brief.hits and fit)
    report = make_report(
        brief,
        session.score,
        result=take.place.name,
        loudness=written.loudness,
        reading=reading,
        heard_ms=session.heard_ms,
        chance=Rates(fit.chance_beat_rate, fit.chance_downbeat_rate) if fit and hits else None,
        fixed_120=Rates(fit.fixed_beat_rate, fit.fixed_downbeat_rate) if fit and hits else None,
        ducking_db=session.recording.mix.ducking_db,
        encoding_rounds=written.rounds,
        picture=written.picture,
        picture_copied=written.picture_copied,
        notes=(*written.notes, *_missed(written, brief)),
    )
    if take.bundle is not None:
        _write_bundle(take, session, report, reading, video, watch)
    if take.report is not None:
        _write_report(take.report, report, take.order.force)
    return Delivery(take.place, brief, session.score, report, take.bundle)


def _missed(written: Written, brief: Brief) -> tuple[str, ...]:
    if written.on_target:
        return ()
    reached = f"{written.loudness.integrated_lufs:.1f} LUFS, {written.loudness.true_peak_dbtp:.1f} dBTP"
    return (f"The loudness asked for ({brief.loudness.lufs:g} LUFS) could not be met: the file has {reached}.",)


def _write_bundle(
    take: _Take, session: _Session, report: Report, reading: Reading | None, video: Path | None, watch: Watch
) -> None:
    from reelscore.deliver.bundle import Bundle, write_bundle
    from reelscore.deliver.provenance import Software, Sound, hashed, make_provenance
    from reelscore.perform.soundbanks import banks_of, programs

    assert take.bundle is not None
    banks = banks_of(player.instrument for player in session.score.players)
    proof = make_provenance(
        session.brief,
        version(),
        inputs=[hashed(video, video.name)] if video else [],
        outputs=[hashed(take.place, take.place.name)],
        sounds=[Sound(bank.title, bank.licence, bank.source) for bank in banks],
        software=[Software(name, metadata.version(name)) for name in USED],
        command=_command(take, video),
    )
    cuts = tuple(shot.span.start for shot in reading.video.cuts) if reading and reading.video else ()
    bundle = Bundle(
        mix=session.recording.mix,
        score=session.score,
        duration=session.brief.duration,
        frame_rate=session.brief.frame_rate,
        programs=programs(),
        report=report,
        provenance=proof,
        hits=session.brief.hits,
        cuts=cuts,
        picture=take.place.name if video else "",
    )
    write_bundle(take.bundle, bundle, _as_stage(watch, "bundle"), force=take.order.force)


def _write_report(place: Path, report: Report, force: bool) -> None:
    from reelscore.deliver.report_text import as_text
    from reelscore.render.destination import drafted

    text = dumps(report) if place.suffix.lower() == ".json" else as_text(report)
    with drafted(place, force=force) as draft:
        draft.path.write_text(text, encoding="utf-8", newline="\n")


def _command(take: _Take, video: Path | None) -> list[str]:
    """The command line that makes this take again."""
    wishes, words = take.order.wishes, ["reelscore", "score" if video else "compose"]
    words += [video.name] if video else []
    words += [take.order.prompt] if take.order.prompt or not video else []
    options = {
        "--seed": take.seed,
        "--duration": None if wishes.duration is None else float(wishes.duration),
        "--bpm": None if wishes.bpm is None else float(wishes.bpm),
        "--key": wishes.key,
        "--genre": wishes.genre,
        "--mood": wishes.mood,
        "--instruments": ",".join(wishes.instruments) or None,
        "--no": ",".join(wishes.without) or None,
        "--loudness": wishes.loudness,
        "--output": take.place.name,
    }
    for name, value in options.items():
        words += [] if value is None else [name, str(value)]
    words += [word for hit in wishes.hits for word in ("--hit", hit)]
    words += [f"--{wishes.audio}-audio"] if wishes.audio else []
    return words


# --- places and progress --------------------------------------------------------------------------------------------


def _takes(order: Order, output: Path, suffixes: Collection[str], source: Path | None = None) -> list[_Take]:
    """Where every take goes, each place checked; raises OutputError before any work is done."""
    from reelscore.deliver.bundle import check_folder
    from reelscore.render.destination import check_target

    takes: list[_Take] = []
    for n in range(order.variations):

        def numbered(path: Path | None, n: int = n) -> Path | None:
            if path is None or order.variations == 1:
                return path
            return path.with_name(f"{path.stem}-{n + 1}{path.suffix}")

        place = numbered(output)
        assert place is not None
        take = _Take(order, order.wishes.seed + n, place, numbered(order.bundle), numbered(order.report))
        check_target(take.place, suffixes, force=order.force, source=source)
        if take.report is not None:
            check_target(take.report, REPORT_SUFFIXES, force=order.force, source=source)
        if take.bundle is not None:
            check_folder(take.bundle, force=order.force)
        takes.append(take)
    return takes


def _free(path: Path, order: Order) -> Path:
    """This name, or with a number the first that nothing has: what is already made is never overwritten unasked."""
    if order.force or order.variations > 1:
        return path
    names = (path if n == 1 else path.with_name(f"{path.stem}-{n}{path.suffix}") for n in count(1))
    return next(name for name in names if not name.exists())


def _slug(words: str) -> str:
    """A readable file name from any words."""
    return re.sub(r"[^\w]+", "-", words.lower())[:48].strip("-_") or "track"


def _as_stage(watch: Watch, stage: str) -> Watch:
    """A watch whose caller's own step names become shares of one stage."""

    def inner(step: str, share: float, /) -> None:
        start, end = STEPS.get(step, (0.0, 1.0)) if stage == "perform" else (0.0, 1.0)
        watch(stage, start + (end - start) * min(1.0, max(0.0, share)))

    return inner


def _nth(watch: Watch, n: int, total: int) -> Watch:
    """A watch for one take of several: their stages together are one long performance."""
    if total == 1:
        return watch
    parts = {"compose": (0.0, 0.1), "perform": (0.1, 0.7), "write": (0.7, 0.95), "bundle": (0.95, 1.0)}

    def inner(stage: str, share: float, /) -> None:
        start, end = parts.get(stage, (0.0, 1.0))
        watch("perform", (n + start + (end - start) * share) / total)

    return inner


@contextmanager
def _getting_ready() -> Iterator[None]:
    """While the film or the prompt is read, load what will score it."""

    def load() -> None:
        from reelscore.brief import hit_points, make  # noqa: F401
        from reelscore.compose import write  # noqa: F401
        from reelscore.deliver import report  # noqa: F401
        from reelscore.perform import record
        from reelscore.render import films  # noqa: F401
        from reelscore.understand import onsets  # noqa: F401

        record.warm()
        hit_points.warm()
        vocabulary()

    with ThreadPoolExecutor(1) as pool:
        ready = pool.submit(load)
        yield
        ready.result()
