"""Sound files made for the renderer's tests, and what they are heard to hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from reelscore.render.soundtrack import sound_blocks
from reelscore.render.sources import Source, Sources
from reelscore.understand.probe import probe
from reelscore.values.sound import Samples
from reelscore.values.time import Span
from reelscore.values.timeline import Gap, Segment, Sound, Timeline, Track, Transition

RATE = 48_000


def tone(hertz: float, seconds: float, rate: int = RATE, level: float = 0.5, channels: int = 2) -> Samples:
    """A sine in all channels, shape (n, channels)."""
    wave = level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)
    return np.asarray(np.repeat(wave[:, None], channels, axis=1), np.float32)


def write_sound(
    path: Path,
    samples: NDArray[np.float32],
    rate: int = RATE,
    layout: str = "stereo",
    codec: str = "",
    late: Fraction = Fraction(0),
) -> Source:
    """Encode (n, channels) in the format of the ending; `late` seconds after the beginning of the container's clock."""
    codec = (
        codec
        or {".wav": "pcm_f32le", ".flac": "flac", ".m4a": "aac", ".mp3": "libmp3lame", ".ogg": "libopus"}[path.suffix]
    )
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(codec, rate=rate)
        stream.layout = layout
        _encode(container, stream, samples, rate, layout, late)
    return Source(path, probe(path))


def _encode(container: Any, stream: Any, samples: Any, rate: int, layout: str, late: Fraction) -> None:
    resampler = av.AudioResampler(format=stream.format, layout=layout, rate=rate)
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples.T, np.float32), format="fltp", layout=layout)
    frame.sample_rate, frame.time_base, frame.pts = rate, Fraction(1, rate), round(late * rate)
    fifo = av.AudioFifo()
    for part in resampler.resample(frame):
        fifo.write(part)
    size = stream.codec_context.frame_size or 1024
    while piece := fifo.read(size, True):
        for packet in stream.encode(piece):
            container.mux(packet)
    for packet in stream.encode(None):
        container.mux(packet)


def part(media: str, seconds: float, start: float = 0.0, name: str = "", **how: Any) -> Segment:
    """A segment of a medium; keys of `Sound` go into its sound."""
    sound = Sound(**{key: how.pop(key) for key in list(how) if key in Sound.__dataclass_fields__})
    return Segment(name or media, Fraction(str(seconds)), media, Fraction(str(start)), sound=sound, **how)


def audio(*items: Segment | Gap, transitions: tuple[Transition, ...] = (), name: str = "a", **how: Any) -> Track:
    return Track(name, "audio", items=items, transitions=transitions, **how)


def heard(
    tracks: Sequence[Track],
    sources: Sources,
    seconds: float,
    first: int = 0,
    speech: Mapping[str, Sequence[Span]] | None = None,
) -> Samples:
    """The sound of a timeline of these tracks."""
    blocks = list(sound_blocks(Timeline(tracks=tuple(tracks)), sources, first, round(seconds * RATE), speech))
    assert all(block.dtype == np.float32 and block.shape[1] == 2 for block in blocks)
    return np.concatenate(blocks)


def rms(samples: Samples, start: float = 0.0, end: float | None = None) -> float:
    """Root mean square of both channels between two seconds."""
    cut = samples[round(start * RATE) : None if end is None else round(end * RATE)]
    return float(np.sqrt(np.mean(cut.astype(np.float64) ** 2)))


def pitch(samples: Samples, start: float = 0.0, end: float | None = None) -> float:
    """The strongest frequency in hertz."""
    cut = samples[round(start * RATE) : None if end is None else round(end * RATE), 0].astype(np.float64)
    spectrum = np.abs(np.fft.rfft(cut * np.hanning(len(cut)), 1 << 19))
    return float(spectrum.argmax() * RATE / (1 << 19))
