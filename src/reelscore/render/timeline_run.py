"""Runs a render plan: workers compose chunks side by side, finished chunks are kept, one pass joins them.

Nothing of the media is opened in this process: workers decode and compose under limits (`worker.py`), the encoder is
always a child. The result appears complete or not at all. With a `work` folder, finished chunks outlive the render:
one that was stopped goes on where it was, and one after an edit composes only what the edit touched.

Memory does not grow with duration. Each worker and its encoder need about half a gigabyte at 1080p, so there is one
worker for every two cores.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from reelscore.errors import EncoderError, OutputError
from reelscore.render.chunk_store import ChunkStore
from reelscore.render.chunks import Chunk, sound_key
from reelscore.render.destination import Draft, check_target, drafted
from reelscore.render.encoders import Encoder, choose, device_arguments, picture_arguments
from reelscore.render.films import check_shown, film_arguments
from reelscore.render.formats import SOUND_FORMATS
from reelscore.render.joining import animation, chunk_output, concat_list, joined, of_list, palette, still_picture
from reelscore.render.plan import FilmPlan, plan_film
from reelscore.render.run import cores, encode
from reelscore.render.smart_cut import smart_cut
from reelscore.render.sound_files import Tags, sound_arguments
from reelscore.render.sound_graph import LOUDEST_DB, PEAKS, loudest, sound_graph
from reelscore.render.sources import Source
from reelscore.render.timeline_plan import RenderPlan, composed
from reelscore.render.worker import Frames, Look, Sounds, cost, share_of
from reelscore.sandbox.child import MIB, Limits
from reelscore.sandbox.jobs import Job, run_jobs
from reelscore.values.progress import Watch, part_of, unwatched

_SUBJECT = "The media of this timeline"
_JOINING = 0.97  # share of the progress at which the pieces are joined
_CORES_PER_WORKER = 2


@dataclass(frozen=True, slots=True)
class Rendered:
    """A file as it was made. `way` is how in the end; `notes` tell what went another way than planned."""

    path: Path
    way: str  # "copy", "smart", "compose"
    frames: int
    samples: int
    composed: int  # frames composed in this run
    reused: int  # frames taken from chunks made before
    encoder: str  # "software", or a family of hardware; "" when nothing was encoded
    notes: tuple[str, ...] = ()


def render_timeline(
    plan: RenderPlan,
    out: Path,
    watch: Watch = unwatched,
    *,
    work: Path | None = None,
    workers: int | None = None,
    force: bool = False,
    tags: Tags | None = None,
    look: Look | None = None,
) -> Rendered:
    """Make the planned file. `work`: a folder for chunks that outlive this render; `workers`: at most so many at once.

    Raises OutputError (the place), MediaError (what is drawn on), EncoderError, CancelledError; then nothing is left
    but finished chunks in `work`.
    """
    if out.suffix.lower() != plan.target.suffix.lower():
        raise OutputError(f'"{out.name}" does not end in {plan.target.suffix}.', "Plan again for this name.")
    for source in plan.sources.values():
        check_target(out, {out.suffix.lower()}, force=force, source=source.path)
    with drafted(out, force=force) as draft:
        if work is not None:
            work.mkdir(parents=True, exist_ok=True)
        render = _Render(plan, draft, work or draft.folder, watch, workers, tags or Tags(), look or Look())
        return replace(render.run(), path=out)


def parts_of(plan: RenderPlan, work: Path) -> dict[str, int]:
    """The files a render of this plan composes in its `work` folder, and the frames in each (0: the sound).

    Nothing of a plan that copies, or that makes no film.
    """
    if plan.kind != "film" or plan.way != "compose":
        return {}
    render = _Render(plan, None, work, unwatched, None, Tags(), Look())
    chunks = {render._store.place(name).name: chunk.count for chunk, name in render._names("software").items()}
    return {**chunks, render._sound_file.name: 0} if plan.sound else chunks


def make_parts(plan: RenderPlan, work: Path, names: Collection[str], watch: Watch = unwatched) -> None:
    """Compose those of the plan's parts ahead of the render, here or on another machine. Those already there stay.

    Raises MediaError, EncoderError, CancelledError.
    """
    work.mkdir(parents=True, exist_ok=True)
    render = _Render(plan, None, work, watch, None, Tags(), Look())
    missing = render._store.missing(name for name in render._names("software").values())
    wanted = [name for name in missing if render._store.place(name).name in names]
    sounds = render._sounds() if plan.sound and render._sound_file.name in names else ()
    render._work(sounds, render._pieces("software", wanted), watch)


class _Render:
    """One run: its plan, its places, and what became of them."""

    def __init__(
        self,
        plan: RenderPlan,
        draft: Draft | None,
        work: Path,
        watch: Watch,
        workers: int | None,
        tags: Tags,
        look: Look,
    ) -> None:
        self.plan, self._draft, self.work, self.watch, self.tags, self.look = plan, draft, work, watch, tags, look
        self.workers = workers or max(1, cores() // _CORES_PER_WORKER)
        self.notes: list[str] = []

    @property
    def draft(self) -> Draft:
        assert self._draft is not None  # only parts of a render have none
        return self._draft

    def run(self) -> Rendered:
        if self.plan.kind == "sound":
            return self._sound()
        if self.plan.kind == "picture":
            return self._poster()
        if self.plan.kind == "animation":
            return self._animation()
        for way in (self._copy, self._smart):
            if way.__name__ == f"_{self.plan.way}" and (done := way()) is not None:
                return done
        return self._compose()

    # ---- the ways ---------------------------------------------------------------------------------------------------

    def _copy(self) -> Rendered | None:
        """The source's packets, with new sound. None when they cannot be copied after all."""
        source = self.plan.sources[self.plan.kept[0].media]
        film = replace(plan_film(source.info, self.plan.target.suffix.lower()), subtitles=False)
        graph = sound_graph(self.plan) if self.look == Look() and not self._sound_file.exists() else None
        if graph is not None and self._copied(source, film, graph, self.watch):
            peaks = self.draft.folder / PEAKS
            if peaks.exists() and loudest(peaks.read_text(errors="replace")) <= LOUDEST_DB:
                return self._rendered("copy")
        self._work(self._sounds(), (), part_of(self.watch, "render", 0.0, 0.7))
        if self._copied(source, film, self._sound_file, part_of(self.watch, "render", 0.7, 1.0)):
            return self._rendered("copy")
        return None

    def _copied(self, source: Source, film: FilmPlan, sound: Path | tuple[list[str], str], watch: Watch) -> bool:
        """Write the source's picture with this sound. False, and the plan is one to compose, when that fails."""
        arguments = film_arguments(source.path, source.info, sound, self.draft.path, film, self.tags)
        try:
            pictures = encode(arguments, film.duration, watch, folder=self.draft.folder)
            check_shown(self.draft.path, pictures, source.info, film)
        except EncoderError as fault:
            if isinstance(sound, Path):
                self._fall_back(fault.message)
            return False
        return True

    def _smart(self) -> Rendered | None:
        """Whole groups of pictures from the source, the rest composed. None when the source does not allow it."""
        picture = self.draft.folder / "picture.mp4"
        watch = part_of(self.watch, "render", 0.0, _JOINING)
        count, why = smart_cut(self.plan, picture, self._sounds(), self.look, watch)
        if why:
            self._fall_back(why)
            return None
        self._join(["-protocol_whitelist", "file", "-i", f"file:{picture}"])
        return self._rendered("smart", count, encoder="software")

    def _compose(self) -> Rendered:
        found = choose(self.plan.target.encoder, self.plan.codec, _try_out)
        self.notes += found.notes
        try:
            return self._compose_with(found)
        except EncoderError as fault:
            if found.family == "software":
                raise
            self.notes.append(f"{found.family} failed ({fault.message}), so software encoded the pictures")
        return self._compose_with(Encoder("software"))

    def _compose_with(self, encoder: Encoder) -> Rendered:
        sounds = self._sounds()
        listed, count = self._chunks(encoder.family, sounds)
        try:
            self._join(of_list(listed))
        except EncoderError:  # a chunk may have been damaged on the disk: once more, with new ones
            self._store.forget(self._names(encoder.family).values())
            listed, count = self._chunks(encoder.family, ())
            self._join(of_list(listed))
        self._store.prune({*self._names(encoder.family).values(), self._sound_file.stem})
        return self._rendered("compose", count, reused=self.plan.frames - count, encoder=encoder.family)

    def _animation(self) -> Rendered:
        listed, count = self._chunks("software", ())
        colours = self.draft.folder / "colours.png"
        encode(palette(listed, colours), self.plan.duration, part_of(self.watch, "render", 0.8, 0.9))
        pictures = encode(
            animation(listed, colours, self.draft.path), self.plan.duration, part_of(self.watch, "render", 0.9, 1.0)
        )
        if pictures != self.plan.frames:
            raise EncoderError(f"{pictures} instead of {self.plan.frames} pictures were written.", "Try again.")
        return self._rendered("compose", count, reused=self.plan.frames - count, encoder="software")

    def _poster(self) -> Rendered:
        after = tuple(still_picture(self.draft.path.suffix))
        piece = Frames(self.plan.first_frame, 1, (), after, str(self.draft.path))
        self._work((), (piece,), self.watch)
        return self._rendered("compose", 1, encoder="software")

    def _sound(self) -> Rendered:
        settings = tuple(sound_arguments(SOUND_FORMATS[self.plan.sound], tags=self.tags))
        piece = Sounds(self.plan.first_sample, self.plan.samples, settings, str(self.draft.path))
        self._work((piece,), (), self.watch)
        return self._rendered("compose")

    # ---- their parts ------------------------------------------------------------------------------------------------

    @property
    def _store(self) -> ChunkStore:
        return ChunkStore(self.work, ".webm" if self.plan.container == "webm" else ".mp4")

    def _names(self, family: str) -> dict[Chunk, str]:
        """Each chunk's name in the store; one made by another encoder never stands in."""
        return {chunk: f"{chunk.key}-{family}" for chunk in self.plan.chunks}

    @property
    def _sound_file(self) -> Path:
        """Where the film's sound is, or will be."""
        settings = " ".join(sound_arguments(SOUND_FORMATS[self.plan.sound]))
        plan = self.plan
        key = sound_key(plan.timeline, plan.first_sample, plan.samples, settings, plan.speech)
        return self.work / f"{key}{self.plan.sound}"

    def _sounds(self) -> tuple[Sounds, ...]:
        """The film's sound, as far as it is still to be made."""
        if self._sound_file.exists():
            return ()
        settings = tuple(sound_arguments(SOUND_FORMATS[self.plan.sound]))
        return (Sounds(self.plan.first_sample, self.plan.samples, settings, str(self._sound_file)),)

    def _chunks(self, family: str, sounds: tuple[Sounds, ...]) -> tuple[Path, int]:
        """Compose the chunks (and sound) that are not there yet: (list of all, frames composed)."""
        plan, names = self.plan, self._names(family)
        pieces = self._pieces(family, self._store.missing(names.values()))
        self._work(sounds, pieces, part_of(self.watch, "render", 0.0, self._until_joined))
        listed = self.draft.folder / "chunks.txt"
        listed.write_text(
            concat_list(((self._store.place(name), chunk.count) for chunk, name in names.items()), plan.frame_rate),
            encoding="utf-8",
        )
        return listed, sum(piece.count for piece in pieces)

    def _pieces(self, family: str, missing: Collection[str]) -> tuple[Frames, ...]:
        """How the chunks of these names are made."""
        plan = self.plan
        codec = plan.codec or "lossless"
        settings = picture_arguments(codec, family, plan.target.quality, float(plan.frame_rate))
        side_by_side = max(1, min(self.workers, len(missing)))
        threads = ["-threads", str(-(-3 * cores() // (2 * side_by_side)))] if side_by_side > 1 else []
        after = (*settings, *threads, *chunk_output(plan.container, plan.frame_rate))
        before = device_arguments(codec, family)
        return tuple(
            Frames(chunk.first, chunk.count, before, after, str(self._store.place(name)))
            for chunk, name in self._names(family).items()
            if name in missing
        )

    @property
    def _until_joined(self) -> float:
        return 0.8 if self.plan.kind == "animation" else _JOINING

    def _work(self, sounds: tuple[Sounds, ...], frames: tuple[Frames, ...], watch: Watch) -> None:
        """Share the pieces out to workers and wait for them."""
        plan = self.plan
        jobs: list[Job] = []
        for part in shared_out(frames, self.workers) or ([[]] if sounds else []):
            heard = sounds if not jobs else ()
            share = share_of(plan, self.look, heard, tuple(part))
            weight = cost(heard, tuple(part))
            limits = _limits(weight, plan.size)
            jobs.append(Job("reelscore.render.worker:work", share, _SUBJECT, weight, limits, "rendered", 0.0))
        if jobs:
            run_jobs(jobs, watch, "render")

    def _join(self, picture: list[str]) -> None:
        plan = self.plan
        arguments = joined(picture, self._sound_file, self.draft.path, plan.container, plan.frame_rate, self.tags)
        pictures = encode(arguments, plan.duration, part_of(self.watch, "render", _JOINING, 1.0))
        if pictures != plan.frames:
            raise EncoderError(f"{pictures} instead of {plan.frames} pictures were written.", "Try again.")

    def _fall_back(self, why: str) -> None:
        self.notes.append(f"The picture was composed after all: {why}")
        self.plan = composed(self.plan, why)

    def _rendered(self, way: str, count: int = 0, *, reused: int = 0, encoder: str = "") -> Rendered:
        plan = self.plan
        frames = 0 if plan.kind == "sound" else plan.frames
        return Rendered(self.draft.path, way, frames, plan.samples, count, reused, encoder, tuple(self.notes))


def shared_out(pieces: Sequence[Frames], workers: int) -> list[list[Frames]]:
    """Neighbouring pieces to each worker, about as many frames to every one."""
    total = sum(piece.count for piece in pieces)
    parts: list[list[Frames]] = [[] for _ in range(max(1, min(workers, len(pieces))))]
    done = 0
    for piece in pieces:
        middle = Fraction(2 * done + piece.count, 2 * total)
        parts[min(len(parts) - 1, int(middle * len(parts)))].append(piece)
        done += piece.count
    return [part for part in parts if part]


def _limits(weight: float, size: tuple[int, int]) -> Limits:
    """What a worker and each of its encoders may use: ample for honest work, an end for the rest."""
    megapixels = size[0] * size[1] / 1_000_000
    return Limits(
        address_space=(8192 + int(512 * megapixels)) * MIB,
        resident=(1024 + int(160 * megapixels)) * MIB,
        cpu_seconds=600 + int(weight * max(1.0, megapixels) * 2),
        file_size=1 << 40,
        stalled_seconds=120.0,
    )


def _try_out(arguments: Sequence[str]) -> None:
    encode(arguments, Fraction(1))
