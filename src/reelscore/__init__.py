"""Reelscore: music composed to picture.

    import reelscore
    take = reelscore.score("holiday.mp4", "upbeat pop", output="scored.mp4")
    take = reelscore.compose("60-second lo-fi, no drums in the intro", output="track.wav")
    reading = reelscore.inspect("holiday.mp4")

All three return values; nothing is printed. Errors are `ReelscoreError`s that say what to do. `watch` is called often
with a stage's name and the share of it that is done (0..1); raise `CancelledError` from it to stop.
"""

from __future__ import annotations

import os as _os
from fractions import Fraction as _Fraction
from pathlib import Path as _Path
from typing import TYPE_CHECKING as _TYPE_CHECKING

import reelscore.compose  # noqa: F401  (bound now, so that the function below keeps the name)
from reelscore.errors import BriefError, CancelledError, MediaError, OutputError, ReelscoreError
from reelscore.values.brief import Wishes as _Wishes
from reelscore.values.progress import Watch, unwatched
from reelscore.values.reading import Reading
from reelscore.values.time import exactly as _exactly

if _TYPE_CHECKING:
    from reelscore.handed_over import Delivery

_AnyPath = str | _os.PathLike[str]

__all__ = [
    "BriefError",
    "CancelledError",
    "Delivery",
    "MediaError",
    "OutputError",
    "Reading",
    "ReelscoreError",
    "Watch",
    "compose",
    "inspect",
    "score",
]


def score(
    video: _AnyPath,
    prompt: str = "",
    *,
    output: _AnyPath | None = None,
    audio: str | None = None,
    seed: int = 1,
    bpm: float | None = None,
    key: str | None = None,
    genre: str | None = None,
    mood: str | None = None,
    instruments: tuple[str, ...] = (),
    without: tuple[str, ...] = (),
    hits: tuple[float | str, ...] = (),
    meter: str | None = None,
    curve: str | None = None,
    energy: float | None = None,
    density: float | None = None,
    loudness: str | float | None = None,
    duration: float | None = None,
    bundle: _AnyPath | None = None,
    report: _AnyPath | None = None,
    force: bool = False,
    watch: Watch = unwatched,
) -> Delivery:
    """Score a film: the same picture with music composed to it.

    `output` None writes beside the film under a free name. `audio` is "keep" or "replace" for the film's own sound
    (None: kept when somebody speaks). `hits` are seconds or timecodes the music must mark; `bpm` in quarter notes a
    minute; `curve` says how the music goes ("calm, builds from 0:20"); `energy` and `density` are 0..1; `loudness` in
    LUFS or a preset's name; `duration` in seconds, for a still picture only. Raises MediaError, BriefError,
    OutputError.
    """
    from reelscore.pipeline import Order, score_video

    wishes = _Wishes(
        seed, *_amounts(duration, bpm), key, genre, mood, tuple(instruments), tuple(without), *_texts(loudness, hits),
        audio, meter, energy, density, curve,
    )  # fmt: skip
    return score_video(_Path(video), Order(prompt, wishes, *_places(output, bundle, report), force), watch)[0]


def compose(
    prompt: str,
    *,
    output: _AnyPath | None = None,
    duration: float | None = None,
    seed: int = 1,
    bpm: float | None = None,
    key: str | None = None,
    genre: str | None = None,
    mood: str | None = None,
    instruments: tuple[str, ...] = (),
    without: tuple[str, ...] = (),
    hits: tuple[float | str, ...] = (),
    meter: str | None = None,
    curve: str | None = None,
    energy: float | None = None,
    density: float | None = None,
    loop: bool | None = None,
    loudness: str | float | None = None,
    bundle: _AnyPath | None = None,
    report: _AnyPath | None = None,
    force: bool = False,
    watch: Watch = unwatched,
) -> Delivery:
    """Compose a track from words and write it as .wav, .flac, .mp3, .m4a, .ogg or .opus.

    Arguments as in `score`; `duration` in seconds (None: as the prompt says, else 60); a `loop` is whole bars that
    close without a seam. Raises BriefError, OutputError.
    """
    from reelscore.pipeline import Order, compose_bed

    wishes = _Wishes(
        seed, *_amounts(duration, bpm), key, genre, mood, tuple(instruments), tuple(without), *_texts(loudness, hits),
        None, meter, energy, density, curve, loop,
    )  # fmt: skip
    return compose_bed(Order(prompt, wishes, *_places(output, bundle, report), force), watch)[0]


def inspect(media: _AnyPath, *, watch: Watch = unwatched) -> Reading:
    """What is seen and heard in a video or audio file: shots, motion, mood, speech, loudness. Raises MediaError."""
    from reelscore.pipeline import inspect_media

    return inspect_media(_Path(media), watch)


def _places(
    output: _AnyPath | None, bundle: _AnyPath | None, report: _AnyPath | None
) -> tuple[_Path | None, int, _Path | None, _Path | None]:
    """Output, number of variations, bundle and report, as an Order wants them."""
    made, folder, told = (None if path is None else _Path(path) for path in (output, bundle, report))
    return made, 1, folder, told


def _amounts(duration: float | None, bpm: float | None) -> tuple[_Fraction | None, _Fraction | None]:
    """Length and tempo as the decimals they were meant as."""
    length = None if duration is None else _exactly(duration, "The length")
    return length, None if bpm is None else _exactly(bpm, "The tempo")


def _texts(loudness: str | float | None, hits: tuple[float | str, ...]) -> tuple[str | None, tuple[str, ...]]:
    return None if loudness is None else str(loudness), tuple(str(hit) for hit in hits)


def __getattr__(name: str) -> object:
    if name == "Delivery":
        from reelscore.handed_over import Delivery

        return Delivery
    raise AttributeError(f"module 'reelscore' has no attribute {name!r}")
