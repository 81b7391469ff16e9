"""Composed music as files, and back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from reelscore.errors import MediaError
from reelscore.values.piece import Piece
from reelscore.values.reading import AudioStream, MediaInfo
from reelscore.values.sound import SAMPLE_RATE, Samples


@dataclass(frozen=True, slots=True)
class MusicFiles:
    """Composed music as it is stored: `digest` (hex SHA-256 of `wav`) names both files."""

    digest: str
    wav: bytes  # 32-bit float: exactly the samples
    piece: str  # JSON
    info: MediaInfo


def pack(piece: Piece, music: Samples) -> MusicFiles:
    """Composed music as two files."""
    from reelscore.deliver.piece_json import piece_json
    from reelscore.deliver.wav import float_wav

    wav = float_wav(music)
    duration = Fraction(len(music), SAMPLE_RATE)
    stream = AudioStream(0, "pcm_f32le", SAMPLE_RATE, 2, Fraction(0), duration)
    info = MediaInfo("", "wav", len(wav), None, stream, 0, 1, False, duration)
    return MusicFiles(hashlib.sha256(wav).hexdigest(), wav, piece_json(piece), info)


def unpack_piece(text: str) -> Piece:
    """A stored piece. Raises DataError."""
    from reelscore.deliver.piece_json import read_piece_json

    return read_piece_json(text)


def unpack_music(path: Path) -> Samples:
    """The samples of stored music. Raises MediaError where the file is not what was stored."""
    import soundfile

    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, OSError) as fault:
        raise MediaError(f'The music "{path.name}" cannot be read: {fault}.', "Write it again.") from None
    if rate != SAMPLE_RATE or samples.shape[1] != 2:
        raise MediaError(f'The music "{path.name}" was changed by another program.', "Write it again.")
    return np.ascontiguousarray(samples, np.float32)
