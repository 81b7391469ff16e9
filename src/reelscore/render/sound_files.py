"""Sound to files, and its loudness measured on what was written.

A lossy encoder changes levels a little and raises peaks between samples. So the loudness that is promised is measured
on the decoded file; when it misses, the caller masters again with the gain and ceiling asked for, and the sound is
encoded anew. Rounds are few because the first usually fits.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from reelscore.errors import EncoderError, OutputError, one_of
from reelscore.render.arguments import local, raw_sound
from reelscore.render.destination import Draft, drafted
from reelscore.render.formats import SOUND_FORMATS, SoundFormat
from reelscore.render.run import Limits, decode_sound, encode
from reelscore.values.brief import LoudnessTarget
from reelscore.values.progress import Watch, unwatched
from reelscore.values.sound import SAMPLE_RATE, Loudness, Samples

TOLERANCE_LU = 0.3
MOST_ROUNDS = 3
_PEAK_MARGIN_DB = 0.1
_MOST_PADDING = 2048  # samples a codec may add or lose at the end; those in use are exact


@dataclass(frozen=True, slots=True)
class Tags:
    """What the file says about itself. Empty fields are left out; nothing here depends on the clock."""

    title: str = ""
    comment: str = ""

    def arguments(self) -> list[str]:
        pairs = (("title", self.title), ("comment", self.comment))
        clean = ((key, "".join(c if c.isprintable() else " " for c in text).strip()) for key, text in pairs)
        return [word for key, text in clean if text for word in ("-metadata", f"{key}={text}")]


@dataclass(frozen=True, slots=True)
class Aim:
    """A loudness to reach on the encoded file, and the way to get there.

    `remaster(gain_db, ceiling_dbtp)` gives the programme again: `gain_db` louder than the first one (in total, not
    on top of the last round), limited to `ceiling_dbtp`.
    """

    target: LoudnessTarget
    remaster: Callable[[float, float], Samples]


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it was written. `loudness` is measured on it, decoded."""

    path: Path
    loudness: Loudness
    rounds: int
    on_target: bool  # within TOLERANCE_LU and under the ceiling; True where no loudness was asked for
    picture_copied: bool = False
    picture: str = ""  # what was done with the picture, in a sentence
    notes: tuple[str, ...] = ()


def write_audio(
    samples: Samples,
    out: Path,
    watch: Watch = unwatched,
    *,
    aim: Aim | None = None,
    bitrate_kbps: int | None = None,
    tags: Tags | None = None,
    force: bool = False,
    limits: Limits | None = None,
) -> Written:
    """Write 48 kHz stereo float32, shape (frames, 2), in the format of the name's ending (`SOUND_FORMATS`).

    The file holds exactly the frames given and appears complete or not at all. Raises OutputError, EncoderError.
    """
    sound_format = format_of(out)
    with drafted(out, force=force) as draft:
        sound, loudness, rounds, reached = verified_sound(
            samples, draft, sound_format, watch, aim=aim, kbps=bitrate_kbps, tags=tags, limits=limits
        )
        os.replace(sound, draft.path)
    return Written(out, loudness, rounds, reached)


def format_of(out: Path) -> SoundFormat:
    """The sound format of a file name; OutputError with suggestions for an unknown one."""
    found = SOUND_FORMATS.get(out.suffix.lower())
    if found is None:
        raise OutputError(f'No sound format is called "{out.suffix}".', one_of(out.suffix, SOUND_FORMATS))
    return found


def verified_sound(
    samples: Samples,
    draft: Draft,
    sound_format: SoundFormat,
    watch: Watch,
    *,
    aim: Aim | None = None,
    kbps: int | None = None,
    tags: Tags | None = None,
    limits: Limits | None = None,
    encoded: Callable[[Path], None] = lambda path: None,
) -> tuple[Path, Loudness, int, bool]:
    """Encode into the draft's folder until the decoded loudness fits: (file, its loudness, rounds, reached).

    `encoded` hears of each file before it is measured: most first ones fit, so their use can begin.
    """
    from reelscore.values.loudness import measure  # its kernels take a while to load

    gain_db, ceiling = 0.0, aim.target.true_peak_dbtp if aim else 0.0
    best: tuple[tuple[bool, float], Path, Loudness] | None = None
    for done in range(1, MOST_ROUNDS + 1):
        path = draft.folder / f"sound{done}.{sound_format.muxer}"
        encode_sound(samples, path, sound_format, watch, kbps=kbps, tags=tags, limits=limits)
        encoded(path)
        heard = decoded(path)
        if abs(len(heard) - len(samples)) > _MOST_PADDING:
            raise EncoderError(f"The encoder wrote {len(heard)} of {len(samples)} samples.", "Try again.")
        loudness = measure(heard)
        if aim is None or not math.isfinite(loudness.integrated_lufs):
            return path, loudness, done, aim is None
        miss = aim.target.lufs - loudness.integrated_lufs
        over = loudness.true_peak_dbtp - aim.target.true_peak_dbtp
        rank = (over > 0, max(abs(miss), over))
        if best is None or rank < best[0]:
            best = (rank, path, loudness)
        if over <= 0 and abs(miss) <= TOLERANCE_LU:
            return path, loudness, done, True
        if done < MOST_ROUNDS:
            gain_db += miss
            ceiling -= over + _PEAK_MARGIN_DB if over > 0 else 0.0
            samples = aim.remaster(gain_db, ceiling)
    assert best is not None
    return best[1], best[2], MOST_ROUNDS, False


def encode_sound(
    samples: Samples,
    path: Path,
    sound_format: SoundFormat,
    watch: Watch = unwatched,
    *,
    kbps: int | None = None,
    tags: Tags | None = None,
    limits: Limits | None = None,
) -> None:
    """Encode to a path of our own, without the care a person's target needs."""
    encode(
        [*sound_arguments(sound_format, kbps=kbps, tags=tags), local(path)],
        Fraction(len(samples), SAMPLE_RATE),
        watch,
        feed=np.ascontiguousarray(_rounded(samples) if sound_format.lossless else samples, dtype="<f4").data,
        limits=limits,
    )


def _rounded(samples: Samples) -> Samples:
    """On the grid of 24-bit integers, to the nearest: the encoder would cut off, and another writer of the same sound
    would not."""
    steps = np.float32(1 << 23)
    return np.asarray(np.clip(np.rint(samples * steps), -steps, steps - 1) / steps, np.float32)


def sound_arguments(sound_format: SoundFormat, *, kbps: int | None = None, tags: Tags | None = None) -> list[str]:
    """The encoder's arguments from raw sound in the pipe to a file; its name comes last."""
    rate = ["-b:a", f"{kbps or sound_format.kbps}k"] if sound_format.kbps else []
    exact = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"]
    container = [*sound_format.options, "-f", sound_format.muxer]
    return [*raw_sound(), *sound_format.codec, *rate, *exact, *(tags or Tags()).arguments(), *container]


def decode_loudness(path: Path) -> Loudness:
    """Loudness of a written file's sound, measured after decoding it."""
    from reelscore.values.loudness import measure

    return measure(decoded(path))


def decoded(path: Path) -> Samples:
    """A written file's sound as 48 kHz stereo float32, shape (frames, 2)."""
    read_only = np.frombuffer(decode_sound(path), dtype="<f4")
    return read_only.astype(np.float32).reshape(-1, 2)  # a copy: the meter is compiled for sound that can be written


def fitted(samples: Samples, frames: int) -> Samples:
    """The same sound with exactly this many sample frames: silence added or the end cut off."""
    if len(samples) >= frames:
        return samples[:frames]
    return np.concatenate((samples, np.zeros((frames - len(samples), 2), dtype=np.float32)))
