"""The bundle: everything beside the result, in one folder that appears whole or not at all.

mix.wav            the finished music, 24 bit
stems/NN name.wav  one dry file per player and one of the rooms around them all, 32-bit float, before mastering: added
                   up they are unmastered.wav
unmastered.wav     their sum, 32-bit float
music.mid          the score with its tempo map
markers.csv, timeline.otio
score.json, report.json, report.txt, provenance.json
piece.json         brief, score and levels: what it takes to change the music later
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from pathlib import Path

from reelscore.deliver.markers import as_csv, as_otio, marks_of
from reelscore.deliver.midi import Programs, midi_bytes
from reelscore.deliver.piece_json import piece_json
from reelscore.deliver.provenance import HashedFile, Provenance, hashed
from reelscore.deliver.report import Report
from reelscore.deliver.report_text import as_text
from reelscore.deliver.score_json import score_json
from reelscore.deliver.wav import write_float_wav, write_pcm24_wav
from reelscore.errors import OutputError, shown, unwritable
from reelscore.values.brief import HitResult
from reelscore.values.codec import dumps
from reelscore.values.piece import Piece
from reelscore.values.progress import Watch, unwatched
from reelscore.values.score import Score
from reelscore.values.sound import Mix
from reelscore.values.time import Seconds

_SIGN = "provenance.json"  # a folder that holds it is a bundle
Write = Callable[[Path], object]  # makes the file at this place


@dataclass(frozen=True, slots=True)
class Bundle:
    """What goes into the folder. `picture` is the film's file name as the timeline shall refer to it."""

    mix: Mix
    score: Score
    duration: Seconds
    frame_rate: Fraction | None
    programs: Programs
    report: Report
    provenance: Provenance
    hits: tuple[HitResult, ...] = ()
    cuts: tuple[Seconds, ...] = ()
    picture: str = ""
    piece: Piece | None = None


def check_folder(folder: Path, *, force: bool = False) -> None:
    """OutputError when no bundle can be put there. Cheap: call it before the work."""
    try:
        if folder.exists() and not folder.is_dir():
            raise OutputError(f"{shown(folder)} is a file.", "Name a folder for the bundle.")
        if not folder.absolute().parent.is_dir():
            raise OutputError(f"There is no folder to put {shown(folder)} in.", "Make the folder around it first.")
        if folder.is_dir() and any(folder.iterdir()):
            if not force:
                raise OutputError(
                    f"The folder {shown(folder)} is not empty.", "Choose another, or replace a bundle with --force."
                )
            if not (folder / _SIGN).is_file():
                raise OutputError(f"The folder {shown(folder)} holds other things than a bundle.", "Choose another.")
    except (OSError, ValueError) as fault:
        raise unwritable(folder, fault) from None


def write_bundle(folder: Path, bundle: Bundle, watch: Watch = unwatched, *, force: bool = False) -> tuple[Path, ...]:
    """Write the folder; gives the files' paths, sorted. An earlier bundle is replaced with `force`, nothing else is.

    Works in a hidden folder beside it and renames at the end; on any failure nothing stays. Raises OutputError.
    """
    check_folder(folder, force=force)
    target = Path(os.path.realpath(folder))
    draft = target.parent / f".reelscore-{os.getpid()}-{target.name[:80]}"
    try:
        draft.mkdir()
        try:
            names = _fill(draft, bundle, watch)
            _put_in_place(draft, target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except (OSError, ValueError) as fault:
        raise unwritable(folder, fault) from None
    watch("bundle", 1.0)
    return tuple(sorted(folder / name for name in names))


def _fill(draft: Path, bundle: Bundle, watch: Watch) -> list[str]:
    """Write every file, the sounds two at a time; gives their names relative to the folder."""
    watch("bundle", 0.0)
    (draft / "stems").mkdir()
    sounds = _sounds(bundle.mix)
    with ThreadPoolExecutor(2) as pool:
        written = {name: pool.submit(_put, draft, name, write) for name, write in sounds.items()}
        try:
            files = [_put(draft, name, write) for name, write in _texts(bundle).items()]
            for n, future in enumerate(written.values(), 1):
                files.append(future.result())
                watch("bundle", n / (len(written) + 1))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    files.sort(key=lambda file: file.name)
    proof = replace(bundle.provenance, outputs=(*bundle.provenance.outputs, *files))
    _put(draft, _SIGN, _text(dumps(proof)))
    return [*(file.name for file in files), _SIGN]


def _put(draft: Path, name: str, write: Write) -> HashedFile:
    """One file of the draft, on the disk for good."""
    write(draft / name)
    _sync(draft / name)
    return hashed(draft / name, name)


def _sounds(mix: Mix) -> dict[str, Write]:
    stems = zip(stem_names([stem.name for stem in mix.stems]), mix.stems, strict=True)
    return {
        "mix.wav": lambda path: write_pcm24_wav(path, mix.samples),
        "unmastered.wav": lambda path: write_float_wav(path, mix.unmastered),
        **{name: partial(write_float_wav, samples=stem.samples, gain=stem.gain) for name, stem in stems},
    }


def _text(text: str) -> Write:
    return lambda path: path.write_text(text, encoding="utf-8", newline="\n")


def _texts(bundle: Bundle) -> dict[str, Write]:
    score, report = bundle.score, bundle.report
    marks = marks_of(score.tempo_map, bundle.duration, score, bundle.hits, bundle.cuts)
    title = score.title or report.result
    texts = {
        "markers.csv": as_csv(marks, bundle.frame_rate),
        "timeline.otio": as_otio(marks, title, bundle.duration, bundle.frame_rate, bundle.picture),
        "score.json": score_json(score),
        "report.json": dumps(report),
        "report.txt": as_text(report),
        **({"piece.json": piece_json(bundle.piece)} if bundle.piece else {}),
    }
    midi = midi_bytes(score, bundle.programs, bundle.hits)
    return {"music.mid": lambda path: path.write_bytes(midi), **{name: _text(text) for name, text in texts.items()}}


def stem_names(players: Sequence[str]) -> list[str]:
    """File names for the stems, in the band's order and safe on every system."""
    clean = ("".join(c if c.isascii() and (c.isalnum() or c in "_-") else "-" for c in name)[:60] for name in players)
    return [f"stems/{n:02d} {name}.wav" for n, name in enumerate(clean, 1)]


def _put_in_place(draft: Path, target: Path) -> None:
    """Rename the draft to the target; an earlier bundle steps aside first and is removed after."""
    if not target.exists():
        os.rename(draft, target)
        return
    aside = draft.with_name(draft.name + "-old")
    os.rename(target, aside)
    try:
        os.rename(draft, target)
    except OSError:
        with suppress(OSError):
            os.rename(aside, target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
