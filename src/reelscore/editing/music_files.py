"""The composed music of a timeline for other programs: its notes as MIDI, its players one by one.

    music.mid   the score with its tempo map
    music.zip   mix.wav         the music as it is on the timeline
                unmastered.wav  the sum of the stems
                stems/NN name.wav, music.mid, markers.csv, score.json, piece.json

Sounds are 24-bit WAV, which every program reads; packed, a player who rests takes little. Of several pieces a .zip
holds one folder each. The stems are played anew from the score, so they are those of the notes that are on the timeline
now, whatever was changed since the first take. The same timeline gives the same bytes.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path

from reelscore.editing.files import Files
from reelscore.editing.music import unpack_music
from reelscore.errors import OutputError
from reelscore.values.piece import Piece
from reelscore.values.progress import Watch, unwatched
from reelscore.values.timeline import Segment, Timeline

MUSIC_FILES = (".mid", ".zip")
_NONE = OutputError("There is no music on the timeline that has notes to hand on.", "Ask for music first.")
_DATED = (1980, 1, 1, 0, 0, 0)  # what a .zip says of files that have no date


@dataclass(frozen=True, slots=True)
class MusicFile:
    """What was written. `duration` of all its music, in seconds."""

    duration: Fraction
    notes: tuple[str, ...] = ()


def composed(timeline: Timeline) -> tuple[Segment, ...]:
    """A segment of each piece of composed music, in the order in which they are heard. Raises OutputError for none."""
    placed = sorted(((at, segment) for _, at, segment in timeline.placed() if segment.piece), key=lambda one: one[0])
    first = {segment.piece: segment for _, segment in reversed(placed)}
    found = tuple(dict.fromkeys(first[segment.piece] for _, segment in placed))
    if not found:
        raise _NONE
    return found


def write_music_file(
    timeline: Timeline, files: Files, out: Path, watch: Watch = unwatched, *, force: bool = False
) -> MusicFile:
    """Write the .mid or .zip. Raises OutputError, DataError, CancelledError."""
    from reelscore.render.destination import drafted
    from reelscore.takes import nth_of

    segments = composed(timeline)
    pieces = [files.piece(segment.piece) for segment in segments]
    with drafted(out, force=force) as draft:
        if out.suffix.lower() == ".mid":
            draft.path.write_bytes(_midi(pieces[0]))
            more = len(pieces) - 1
            note = f"{more} more of the pieces on the timeline: a .zip holds the notes of them all." if more else ""
            return MusicFile(pieces[0].brief.duration, (note,) if note else ())
        with zipfile.ZipFile(draft.path, "w") as packed:
            for n, (segment, piece) in enumerate(zip(segments, pieces, strict=True)):
                folder = f"{n + 1:02d} {_plain(piece.score.title)}/" if len(pieces) > 1 else ""
                mix = files.path(segment.media)
                _pack(packed, folder, piece, mix, nth_of(watch, n, len(pieces)), out.parent)
    return MusicFile(sum((piece.brief.duration for piece in pieces), Fraction(0)))


def _pack(packed: zipfile.ZipFile, folder: str, piece: Piece, mix: Path, watch: Watch, spool: Path) -> None:
    """One piece's files into the archive; what waits for it lies in `spool`."""
    from reelscore.deliver.bundle import stem_names
    from reelscore.deliver.wav import peak, write_pcm24_wav
    from reelscore.perform.record import record
    from reelscore.takes import as_stage, spooled

    brief, score = piece.brief, piece.score
    take = record(
        score, brief.duration, brief.loudness, brief.speech, None, as_stage(watch, "perform"), stems=True,
        keep=partial(spooled, spool), like=piece.levels,
    )  # fmt: skip
    stems = take.mix.stems
    names = stem_names([stem.name for stem in stems])
    gain = 1 / max(1.0, *(peak(stem.samples, stem.gain) for stem in stems))  # one for all: they still sum
    sounds: dict[str, Callable[[Path], object]] = {
        "mix.wav": lambda path: write_pcm24_wav(path, unpack_music(mix)),
        "unmastered.wav": partial(write_pcm24_wav, samples=take.mix.unmastered, gain=gain),
        **{
            name: partial(write_pcm24_wav, samples=stem.samples, gain=stem.gain * gain)
            for name, stem in zip(names, stems, strict=True)
        },
    }
    with tempfile.TemporaryDirectory(prefix=".reelscore-", dir=spool) as place:
        for n, (name, write) in enumerate(sounds.items(), 1):
            write(Path(place) / "sound.wav")
            entry = packed.open(_dated(folder + name, zipfile.ZIP_DEFLATED), "w", force_zip64=True)
            with (Path(place) / "sound.wav").open("rb") as source, entry as file:
                shutil.copyfileobj(source, file, 1 << 20)
            watch("bundle", n / len(sounds))
    for name, held in _texts(piece).items():
        packed.writestr(_dated(folder + name), held)


def _texts(piece: Piece) -> Mapping[str, bytes]:
    from reelscore.deliver.markers import as_csv, marks_of
    from reelscore.deliver.piece_json import piece_json
    from reelscore.deliver.score_json import score_json

    brief, score = piece.brief, piece.score
    marks = marks_of(score.tempo_map, brief.duration, score, brief.hits, ())
    return {
        "music.mid": _midi(piece),
        "markers.csv": as_csv(marks, brief.frame_rate).encode(),
        "score.json": score_json(score).encode(),
        "piece.json": piece_json(piece).encode(),
    }


def _midi(piece: Piece) -> bytes:
    from reelscore.deliver.midi import midi_bytes
    from reelscore.perform.soundbanks import programs

    return midi_bytes(piece.score, programs(), piece.brief.hits)


def _dated(name: str, how: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _DATED)
    info.compress_type = how
    info.external_attr = 0o644 << 16
    return info


def _plain(title: str) -> str:
    return "".join(c if c.isalnum() or c in " -_" else "_" for c in title).strip()[:60] or "music"
