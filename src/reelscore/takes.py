"""One take of the pipeline: its order, its places, its session. What is handed over at its end: `handed_over`.

`pipeline` tells the story; here is what every take does the same way, whether it ends as a film or as a track.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from reelscore.catalogue import found_sounds, version, vocabulary
from reelscore.errors import DataError, unwritable
from reelscore.values.brief import Brief, LoudnessTarget, Wishes
from reelscore.values.progress import Watch
from reelscore.values.reading import Reading
from reelscore.values.score import Score
from reelscore.values.sound import SAMPLE_RATE, Loudness, Samples
from reelscore.values.time import Seconds

if TYPE_CHECKING:
    from reelscore.perform.mix import Keep
    from reelscore.perform.played_sounds import Sounds
    from reelscore.perform.record import Recording
    from reelscore.render.sound_files import Aim, Tags

REPORT_SUFFIXES = (".json", ".txt")
# How a stage's own steps fill its share of the progress.
STEPS = {"perform": (0.0, 0.7), "mix": (0.7, 0.75), "master": (0.75, 1.0)}
_MOST_KEPT_S = 400  # seconds of stems that are held in memory


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
    sounds: str = ""  # a folder or font of the user's, "system" for the best one found; "": the package's


@dataclass(frozen=True, slots=True)
class Model:
    """A trained model that shall write the music: a back-end's name, its weights (folder or name), where it runs."""

    name: str
    weights: str = ""
    device: str = "auto"
    accept_licence: bool = False


@dataclass(frozen=True, slots=True)
class Generated:
    """A track that a trained model wrote. `aligned`: its beats lie on the brief's tempo map."""

    output: Path
    brief: Brief
    loudness: Loudness
    weights: str
    aligned: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Take:
    """One variation: its seed and its own places."""

    order: Order
    seed: int
    place: Path
    bundle: Path | None
    report: Path | None


@dataclass(slots=True)
class Session:
    """Music composed and performed, on its way to a file."""

    brief: Brief
    score: Score
    recording: Recording
    sounds: Sounds
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
            wanted = LoudnessTarget(target.name, target.lufs + gain_db, ceiling_dbtp)
            finish(again, wanted, fade=not self.score.loop)
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


def session(brief: Brief, original: Callable[[], Samples] | None, watch: Watch, take: Take) -> Session:
    from reelscore.compose.write import write_score
    from reelscore.perform.record import in_memory, record

    sounds = sounds_of(take.order)
    watch("compose", 0.0)
    score = write_score(brief)
    watch("compose", 1.0)
    keep = stems_on_the_way(take, brief.duration * len(score.players))
    recording = record(
        score, brief.duration, brief.loudness, brief.speech, original, as_stage(watch, "perform"),
        keep is not None, keep or in_memory, sounds=sounds,
    )  # fmt: skip
    return Session(brief, score, recording, sounds)


def sounds_of(order: Order) -> Sounds:
    """The sounds an order asks for. Raises DataError where there are none."""
    from reelscore.perform.played_sounds import SHIPPED

    if not order.sounds:
        return SHIPPED
    from reelscore.perform.sound_folder import load_sounds

    if order.sounds != "system":
        return load_sounds(Path(order.sounds))
    found = found_sounds()
    if not found:
        raise DataError("No fonts but the package's were found.", "Name a folder or font: --sounds PATH.")
    return load_sounds(found[0])


def stems_on_the_way(take: Take, seconds: Seconds) -> Keep | None:
    """Where the stems of a take, so many seconds in all, lie until its bundle is written; None where there is none.

    A dozen of a minute each would take half a gigabyte of memory, so more than a few wait on the disk that they go to
    anyway (the usual place for such files is memory, too, on many systems).
    """
    from reelscore.perform.record import in_memory

    if take.bundle is None:
        return None
    return partial(spooled, take.bundle.absolute().parent) if seconds > _MOST_KEPT_S else in_memory


def spooled(folder: Path, _: str, samples: Samples) -> Samples:
    """A stem in a file of this folder that has no name, and goes when the stem does. Raises OutputError."""
    import tempfile

    import numpy as np

    if not len(samples):
        return samples
    try:
        with tempfile.TemporaryFile(prefix=".reelscore-", dir=folder) as file:
            samples.tofile(file)
            return np.memmap(file, np.float32, "r", shape=samples.shape)
    except OSError as fault:
        raise unwritable(folder, fault) from None


def varied(brief: Brief, take: Take, reading: Reading | None) -> Brief:
    """The brief for this take's seed."""
    from reelscore.brief.make import make_brief

    if take.seed == brief.seed:
        return brief
    return make_brief(take.order.prompt, replace(take.order.wishes, seed=take.seed), vocabulary(), reading)


def takes_of(order: Order, output: Path, suffixes: Collection[str], source: Path | None = None) -> list[Take]:
    """Where every take goes, each place checked; raises OutputError before any work is done."""
    from reelscore.deliver.bundle import check_folder
    from reelscore.render.destination import check_target

    takes: list[Take] = []
    for n in range(order.variations):

        def numbered(path: Path | None, n: int = n) -> Path | None:
            if path is None or order.variations == 1:
                return path
            return path.with_name(f"{path.stem}-{n + 1}{path.suffix}")

        place = numbered(output)
        assert place is not None
        take = Take(order, order.wishes.seed + n, place, numbered(order.bundle), numbered(order.report))
        check_target(take.place, suffixes, force=order.force, source=source)
        if take.report is not None:
            check_target(take.report, REPORT_SUFFIXES, force=order.force, source=source)
        if take.bundle is not None:
            check_folder(take.bundle, force=order.force)
        takes.append(take)
    return takes


def free_name(path: Path, order: Order) -> Path:
    """This name, or with a number the first that nothing has: what is already made is never overwritten unasked."""
    if order.force or order.variations > 1:
        return path
    names = (path if n == 1 else path.with_name(f"{path.stem}-{n}{path.suffix}") for n in count(1))
    return next(name for name in names if not name.exists())


def slug(words: str) -> str:
    """A readable file name from any words."""
    return re.sub(r"[^\w]+", "-", words.lower())[:48].strip("-_") or "track"


def as_stage(watch: Watch, stage: str) -> Watch:
    """A watch whose caller's own step names become shares of one stage."""

    def inner(step: str, share: float, /) -> None:
        start, end = STEPS.get(step, (0.0, 1.0)) if stage == "perform" else (0.0, 1.0)
        watch(stage, start + (end - start) * min(1.0, max(0.0, share)))

    return inner


def nth_of(watch: Watch, n: int, total: int) -> Watch:
    """A watch for one take of several: their stages together are one long performance."""
    if total == 1:
        return watch
    parts = {"compose": (0.0, 0.1), "perform": (0.1, 0.7), "write": (0.7, 0.95), "bundle": (0.95, 1.0)}

    def inner(stage: str, share: float, /) -> None:
        start, end = parts.get(stage, (0.0, 1.0))
        watch("perform", (n + start + (end - start) * share) / total)

    return inner
