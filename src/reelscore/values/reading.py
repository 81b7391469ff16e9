"""What was seen and heard. Facts only; what to do about them is the brief's business.

Times are seconds from the first shown frame of the chosen video stream (or the first sample of an audio file).
Curves are sampled every `CURVE_STEP` seconds, from 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from reelscore.values.time import Seconds, Span

CURVE_STEP = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class VideoStream:
    """The picture as it is stored. `width` and `height` are as shown (after rotation and pixel aspect)."""

    index: int
    codec: str
    profile: str
    pixel_format: str
    width: int
    height: int
    coded_width: int
    coded_height: int
    rotation: int  # degrees clockwise to show it upright: 0, 90, 180, 270
    frame_rate: Fraction  # mean rate; exact for constant rate
    variable_rate: bool
    frame_count: int
    start: Seconds  # presentation time of the first frame, on the container's clock
    duration: Seconds  # first shown frame to the end of the last one
    bit_depth: int
    hdr: str  # "", "pq" or "hlg"
    interlaced: bool
    has_alpha: bool
    bit_rate: int  # bits per second, from packet sizes


@dataclass(frozen=True, slots=True)
class AudioStream:
    """One sound stream."""

    index: int
    codec: str
    sample_rate: int
    channels: int
    start: Seconds  # relative to the first shown frame (or 0 for an audio file); may be negative
    duration: Seconds


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """What a file is, by its content. `video` and `audio` are the streams chosen; the counts tell of others."""

    path: str
    container: str  # "mp4", "mov", "avi", "webm", "mkv", "gif", "webp", "mp3", "wav", ...
    size: int  # bytes
    video: VideoStream | None
    audio: AudioStream | None
    video_stream_count: int
    audio_stream_count: int
    cover_art: bool
    duration: Seconds
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shot:
    """From one cut to the next. `opening` says how it begins; confidence is about that opening."""

    span: Span
    opening: str  # "start", "cut", "dissolve", "fade"
    confidence: float  # 0..1
    change: float  # size of the change at the opening, 0..1
    motion: float  # mean motion of the shot, 0..1
    brightness: float  # mean 0..1


@dataclass(frozen=True, slots=True)
class MotionPeak:
    """A moment when something in the picture moves suddenly; a secondary hit point."""

    at: Seconds
    strength: float  # 0..1


@dataclass(frozen=True, slots=True)
class FocusPoint:
    """From `at` on, what the picture is about lies here, in shares of the upright picture. Every shot has a point at
    its start; where it has more, the subject moves evenly between them."""

    at: Seconds
    x: float
    y: float
    confidence: float  # 0..1; 0: nothing stands out, the point is the middle


@dataclass(frozen=True, slots=True)
class VideoReading:
    """The picture, read. Curves: one value per CURVE_STEP."""

    info: MediaInfo
    shots: tuple[Shot, ...]
    camera_motion: tuple[float, ...]  # 0..1
    subject_motion: tuple[float, ...]  # 0..1
    brightness: tuple[float, ...]  # 0..1
    saturation: tuple[float, ...]  # 0..1
    warmth: tuple[float, ...]  # share of warm hues, 0..1
    arousal: tuple[float, ...]  # -1..1
    valence: tuple[float, ...]  # -1..1
    peaks: tuple[MotionPeak, ...]
    still: bool  # a single picture, or nothing that moves
    focus: tuple[FocusPoint, ...] = ()  # in order; none in readings made before it was looked for

    @property
    def cuts(self) -> tuple[Shot, ...]:
        """The shots that open with a change of picture (all but the first)."""
        return tuple(shot for shot in self.shots if shot.opening != "start")


@dataclass(frozen=True, slots=True)
class AudioReading:
    """The sound, read. Spans are merged and ordered."""

    info: MediaInfo
    loudness_lufs: float  # integrated, ITU-R BS.1770-4; -inf for silence
    loudness_range_lu: float
    true_peak_dbtp: float
    energy: tuple[float, ...]  # per CURVE_STEP, 0..1
    speech: tuple[Span, ...] = ()
    singing: tuple[Span, ...] = ()
    music: tuple[Span, ...] = ()
    silent: bool = False
    beats: tuple[Seconds, ...] = ()  # heard in files without a picture
    downbeats: tuple[Seconds, ...] = ()  # those that begin a bar
    bpm: float = 0.0
    meter: int = 0  # beats in a bar
    beat_confidence: float = 0.0  # 0..1; low for speech, noise and music that floats


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is known about one file."""

    info: MediaInfo
    video: VideoReading | None = None
    audio: AudioReading | None = None
    notes: tuple[str, ...] = field(default=())
