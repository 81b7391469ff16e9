"""What a film asks of its music: a mood point, an energy curve, cues, hit points, and what becomes of its own sound.

Everything here is a reading turned into a wish; the prompt may overrule all of it. Curves are per CURVE_STEP.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reelscore.values.brief import Cue, Hit, Reason
from reelscore.values.reading import Reading
from reelscore.values.time import Seconds, Span, merged


@dataclass(frozen=True, slots=True)
class FilmReading:
    """What the picture and its sound ask for."""

    duration: Seconds
    frame_rate: Fraction | None  # None: no picture
    valence: float  # -1..1
    arousal: float  # -1..1
    energy: float  # 0..1
    energy_curve: tuple[float, ...]  # 0..1
    cues: tuple[Cue, ...]
    hits: tuple[Hit, ...]
    speech: tuple[Span, ...]
    original_audio: str  # "none", "keep", "replace"
    reasons: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()


def read_film(reading: Reading) -> FilmReading:
    """Turn what was seen and heard into what the music should do."""
    video, audio = reading.video, reading.audio
    duration = video.info.duration if video and video.info.duration > 0 else reading.info.duration
    rate = video.info.video.frame_rate if video and video.info.video else None
    arousal = _mean(video.arousal) if video else 0.0
    valence = _mean(video.valence) if video else 0.0
    curve = tuple((a + 1) / 2 for a in video.arousal) if video else ()
    hits = tuple(
        Hit(
            shot.span.start,
            min(1.0, shot.confidence * (0.5 + 0.5 * shot.change)) * (1 if shot.opening == "cut" else 0.5),
            shot.opening,
        )
        for shot in (video.cuts if video else ())
        if 0 < shot.span.start < duration
    )
    speech = merged(audio.speech, Fraction(3, 10)) if audio else ()
    own = "none" if audio is None or audio.silent else ("keep" if speech or not audio.music else "replace")
    energy = (arousal + 1) / 2
    cue = Cue(Span(Fraction(0), duration), "", energy, valence)
    reasons = (Reason("mood", f"{valence:+.2f}/{arousal:+.2f}", "picture", f"{len(hits)} cuts"),)
    return FilmReading(duration, rate, valence, arousal, energy, curve, (cue,), hits, speech, own, reasons)


def _mean(values: tuple[float, ...]) -> float:
    return sum(values) / len(values) if values else 0.0
