"""The report: what was seen, what was decided and why, and what was measured on the result.

`Report` is a value; its JSON (`values.codec.dumps`) has one key per field, times in seconds, errors in milliseconds
(music minus picture; negative is early). Loudness is that of the encoded file, decoded. `as_text` is for people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reelscore.values.brief import Brief, FitFigures, HitResult, Reason
from reelscore.values.reading import Reading
from reelscore.values.score import Score
from reelscore.values.sound import SAMPLE_RATE, Loudness, Samples
from reelscore.values.time import Seconds, TempoMap

SCHEMA = "reelscore.report/1"
_DEFAULT_FRAME_MS = 40.0  # without a picture


@dataclass(frozen=True, slots=True)
class SeenLine:
    """What was seen and heard in the film."""

    container: str
    picture: str  # codec, size and rate
    shots: int
    cuts: int
    motion: float  # mean over the film, 0..1
    arousal: float  # -1..1
    valence: float  # -1..1
    speech_s: float
    music_s: float
    loudness_lufs: float | None  # of the film's own sound


@dataclass(frozen=True, slots=True)
class TempoLine:
    """From this bar on, this tempo and meter."""

    at_s: float
    bar: int
    bpm: float
    meter: str


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One section of the form."""

    name: str
    kind: str
    start_s: float
    bars: int
    energy: float
    key: str


@dataclass(frozen=True, slots=True)
class PlayerLine:
    """Who plays what."""

    name: str
    role: str
    instrument: str


@dataclass(frozen=True, slots=True)
class HitLine:
    """One hit. `error_ms` on the written grid; `heard_ms` from the onset measured in the rendered sound."""

    at_s: float
    kind: str
    label: str
    weight: float
    landed_on: str
    error_ms: float
    heard_ms: float | None


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of the hits' weight within one frame of a beat, and of a downbeat: 0..1."""

    hit_rate: float
    downbeat_rate: float


@dataclass(frozen=True, slots=True)
class SpeechLine:
    """A stretch of speech and how far the music stepped back for it."""

    start_s: float
    end_s: float
    ducking_db: float


@dataclass(frozen=True, slots=True)
class StageTime:
    """How long a stage took, as measured by whoever holds the clock."""

    stage: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Report:
    """All of it. Fields that do not apply (no film, no hits) are null or empty."""

    schema: str
    result: str
    title: str
    duration_s: float
    prompt: str
    genre: str
    mood: str
    key: str
    meter: str
    bpm: float
    seed: int
    seen: SeenLine | None
    reasons: tuple[Reason, ...]
    notes: tuple[str, ...]
    tempo_map: tuple[TempoLine, ...]
    tempo_fit: FitFigures | None  # how far the tempo had to move for the hits
    form: tuple[SectionLine, ...]
    players: tuple[PlayerLine, ...]
    hits: tuple[HitLine, ...]
    hit_rate: float | None
    downbeat_rate: float | None
    heard_hit_rate: float | None  # share of hits with an onset within one frame in the rendered sound
    chance: Rates | None
    fixed_120: Rates | None
    original_audio: str
    speech: tuple[SpeechLine, ...]
    integrated_lufs: float | None
    loudness_range_lu: float | None
    true_peak_dbtp: float | None
    target_lufs: float
    target_true_peak_dbtp: float
    encoding_rounds: int
    picture: str
    picture_copied: bool
    stages: tuple[StageTime, ...] = ()


def make_report(
    brief: Brief,
    score: Score,
    *,
    result: str,
    loudness: Loudness,
    reading: Reading | None = None,
    heard_ms: Sequence[float | None] = (),
    chance: Rates | None = None,
    fixed_120: Rates | None = None,
    ducking_db: Samples | None = None,
    encoding_rounds: int = 1,
    picture: str = "",
    picture_copied: bool = False,
    notes: Sequence[str] = (),
    stages: Sequence[StageTime] = (),
) -> Report:
    """The report of one result.

    `loudness` is measured on the encoded file, `heard_ms` per hit of the brief in the rendered sound (None where no
    onset was found), `ducking_db` the gain under speech per sample at 48 kHz.
    """
    frame_ms = float(1000 / brief.frame_rate) if brief.frame_rate else _DEFAULT_FRAME_MS
    heard = [*heard_ms, *[None] * (len(brief.hits) - len(heard_ms))]
    rates = rates_of(brief.hits)
    found = [ms is not None and abs(ms) <= frame_ms for ms in heard]
    return Report(
        schema=SCHEMA,
        result=result,
        title=score.title,
        duration_s=_s(brief.duration),
        prompt=brief.prompt,
        genre=brief.genre,
        mood=brief.mood,
        key=str(brief.key),
        meter=str(brief.meter),
        bpm=round(score.tempo_map.mean_bpm, 3),
        seed=brief.seed,
        seen=_seen(reading) if reading else None,
        reasons=brief.reasons,
        notes=(*brief.notes, *(reading.notes if reading else ()), *score.warnings, *notes),
        tempo_map=_tempi(score.tempo_map),
        tempo_fit=brief.fit,
        form=_form(score),
        players=tuple(PlayerLine(p.name, p.role, p.instrument) for p in score.players),
        hits=tuple(_hit(hit, ms) for hit, ms in zip(brief.hits, heard, strict=False)),
        hit_rate=rates.hit_rate if rates else None,
        downbeat_rate=rates.downbeat_rate if rates else None,
        heard_hit_rate=round(sum(found) / len(found), 4) if found and heard_ms else None,
        chance=chance,
        fixed_120=fixed_120,
        original_audio=brief.original_audio,
        speech=tuple(_speech(brief, ducking_db)),
        integrated_lufs=_level(loudness.integrated_lufs),
        loudness_range_lu=_level(loudness.range_lu),
        true_peak_dbtp=_level(loudness.true_peak_dbtp),
        target_lufs=brief.loudness.lufs,
        target_true_peak_dbtp=brief.loudness.true_peak_dbtp,
        encoding_rounds=encoding_rounds,
        picture=picture,
        picture_copied=picture_copied,
        stages=tuple(stages),
    )


def rates_of(hits: Sequence[HitResult]) -> Rates | None:
    """Shares of the hits' weight kept on a beat (downbeats included) and on a downbeat; None without hits."""
    total = sum(result.hit.weight for result in hits)
    if not total:
        return None
    on_beat = sum(r.hit.weight for r in hits if r.kept and r.target in ("beat", "downbeat"))
    on_downbeat = sum(r.hit.weight for r in hits if r.kept and r.target == "downbeat")
    return Rates(round(on_beat / total, 4), round(on_downbeat / total, 4))


def _s(at: Seconds) -> float:
    return round(float(at), 6)


def _level(value: float) -> float | None:
    return round(value, 2) if np.isfinite(value) else None


def _seen(reading: Reading) -> SeenLine:
    info, video, audio = reading.info, reading.video, reading.audio
    stream = info.video
    shape = f"{stream.codec} {stream.width}x{stream.height}, {float(stream.frame_rate):.5g} frames/s" if stream else ""
    return SeenLine(
        container=info.container,
        picture=shape,
        shots=len(video.shots) if video else 0,
        cuts=len(video.cuts) if video else 0,
        motion=_mean(video.camera_motion + video.subject_motion) if video else 0.0,
        arousal=_mean(video.arousal) if video else 0.0,
        valence=_mean(video.valence) if video else 0.0,
        speech_s=round(sum(float(span.duration) for span in audio.speech), 3) if audio else 0.0,
        music_s=round(sum(float(span.duration) for span in audio.music), 3) if audio else 0.0,
        loudness_lufs=_level(audio.loudness_lufs) if audio else None,
    )


def _mean(curve: Sequence[float]) -> float:
    return round(float(np.mean(curve)), 3) if curve else 0.0


def _tempi(tempo_map: TempoMap) -> tuple[TempoLine, ...]:
    """A line for every bar at which tempo or meter change."""
    lines: list[TempoLine] = []
    for bar in tempo_map.bars:
        bpm = bar.meter.beats / (tempo_map.seconds_at(bar.end) - tempo_map.seconds_at(bar.start)) * 60
        line = TempoLine(_s(tempo_map.seconds_at(bar.start)), bar.index + 1, round(float(bpm), 3), str(bar.meter))
        if not lines or (line.bpm, line.meter) != (lines[-1].bpm, lines[-1].meter):
            lines.append(line)
    return tuple(lines)


def _form(score: Score) -> tuple[SectionLine, ...]:
    at = score.tempo_map.seconds_at
    return tuple(
        SectionLine(s.name, s.kind, _s(at(s.start)), s.bars, round(s.energy, 3), str(s.key)) for s in score.sections
    )


def _hit(result: HitResult, heard_ms: float | None) -> HitLine:
    hit = result.hit
    return HitLine(
        at_s=_s(hit.at),
        kind=hit.kind,
        label=hit.label,
        weight=round(hit.weight, 3),
        landed_on=result.target if result.kept else "none",
        error_ms=round(float(result.error) * 1000, 3),
        heard_ms=None if heard_ms is None else round(heard_ms, 2),
    )


def _speech(brief: Brief, ducking_db: Samples | None) -> list[SpeechLine]:
    lines = []
    for span in brief.speech:
        first, last = round(span.start * SAMPLE_RATE), round(span.end * SAMPLE_RATE)
        under = ducking_db[first:last] if ducking_db is not None else None
        depth = float(under.min()) if under is not None and len(under) else 0.0
        lines.append(SpeechLine(_s(span.start), _s(span.end), round(depth, 1)))
    return lines
