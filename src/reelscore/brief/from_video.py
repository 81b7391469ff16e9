"""What a film asks of its music: a mood point, an energy curve, cues, hit points, and what becomes of its own sound.

Everything here is a reading turned into a wish; the prompt may overrule all of it. Curves are per CURVE_STEP.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import atanh, tanh

from reelscore.brief.cue_sheet import cue_sheet
from reelscore.brief.film_sound import own_sound_of, speech_of
from reelscore.brief.spotting import spot, stressed
from reelscore.values.brief import Cue, Hit, Reason
from reelscore.values.reading import AudioReading, Reading, VideoReading
from reelscore.values.time import Seconds, Span

SOUND_SHARE = 0.20  # of the film's own sound in arousal (Hanjalic & Xu 2005 join motion, cuts and sound)
ORDINARY_SOUND, ORDINARY_SPREAD = 0.45, 0.25  # of the energy curve
SMOOTH_STEPS = 4  # the sound's energy is averaged over so many curve steps on either side


@dataclass(frozen=True, slots=True)
class FilmReading:
    """What the picture and its sound ask for."""

    duration: Seconds
    frame_rate: Fraction | None  # None: no picture
    valence: float  # -1..1
    arousal: float  # -1..1
    energy: float  # 0..1
    energy_curve: tuple[float, ...]  # 0..1
    cues: tuple[Cue, ...]  # none without a picture
    hits: tuple[Hit, ...]
    speech: tuple[Span, ...]
    original_audio: str  # "none", "keep", "replace"
    reasons: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()


def read_film(reading: Reading) -> FilmReading:
    """Turn what was seen and heard into what the music should do."""
    video, audio = reading.video, reading.audio
    stream = reading.info.video if video else None
    duration = stream.duration if stream and stream.duration > 0 else reading.info.duration
    speech = speech_of(audio, duration) if audio else ()
    own, own_reason, notes = own_sound_of(audio, speech, duration)
    curve = _arousal(video, audio)
    arousal = _mean(curve)
    valence = round(_mean(video.valence), 3) if video else 0.0
    energies = tuple(round(0.5 + 0.5 * value, 3) for value in curve)
    cues: tuple[Cue, ...] = ()
    hits: tuple[Hit, ...] = ()
    reasons = [own_reason]
    if video:
        hits = spot(video, duration)
        cues = cue_sheet(energies, video.valence, {h.at: h.weight for h in hits if h.kind != "motion"}, duration)
        hits = stressed(hits, [cue.span.start for cue in cues[1:]])
        reasons = [*_reasons(video, hits, cues, valence, arousal), own_reason]
    return FilmReading(
        duration=duration,
        frame_rate=stream.frame_rate if stream else None,
        valence=valence,
        arousal=round(arousal, 3),
        energy=round(0.5 + 0.5 * arousal, 3),
        energy_curve=energies,
        cues=cues,
        hits=hits,
        speech=speech,
        original_audio=own,
        reasons=tuple(reasons),
        notes=notes,
    )


def _arousal(video: VideoReading | None, audio: AudioReading | None) -> tuple[float, ...]:
    """The picture's arousal with the sound's energy added, -1..1; the sound's alone where there is no picture."""
    heard = _smooth(audio.energy) if audio and not audio.silent else ()
    pull = [SOUND_SHARE * (value - ORDINARY_SOUND) / ORDINARY_SPREAD for value in heard]
    if video is None:
        return tuple(tanh(2 * value) for value in pull)
    pull += [pull[-1] if pull else 0.0] * (len(video.arousal) - len(pull))
    seen = [atanh(max(-0.999, min(0.999, value))) for value in video.arousal]
    return tuple(tanh(a + b) for a, b in zip(seen, pull, strict=False))


def _smooth(values: Sequence[float]) -> list[float]:
    reach = SMOOTH_STEPS
    return [_mean(values[max(0, i - reach) : i + reach + 1]) for i in range(len(values))]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _reasons(
    video: VideoReading, hits: Sequence[Hit], cues: Sequence[Cue], valence: float, arousal: float
) -> list[Reason]:
    reasons = [
        Reason("mood", f"valence {valence:+.2f}, arousal {arousal:+.2f}", "picture", _look(video, valence, arousal))
    ]
    if hits:
        reasons.append(Reason("hits", _counted(hits), "picture", "the music marks where the picture changes"))
    if len(cues) > 1:
        course = ", ".join(f"{cue.label or 'theme'} {float(cue.span.start):.0f} s" for cue in cues)
        reasons.append(Reason("cues", course, "picture", "where the film changes character"))
    return reasons


def _look(video: VideoReading, valence: float, arousal: float) -> str:
    """ "slow and warm: 2 cuts, little motion, bright"."""
    if video.still:
        return f"a still picture, {_tone(video, valence, arousal)}: {_light(video)}"
    pace = _word(arousal, (-0.45, "still"), (-0.12, "slow"), (0.2, "steady"), (0.5, "lively"), (9, "fast"))
    cuts = sum(shot.opening == "cut" for shot in video.cuts)
    soft = len(video.cuts) - cuts
    seen = [_many(cuts, "cut")] + ([_many(soft, "dissolve")] if soft else [])
    moving = 1 - (1 - 0.6 * _mean(video.camera_motion)) * (1 - _mean(video.subject_motion))
    seen.append(_word(moving, (0.15, "little motion"), (0.45, "some motion"), (0.7, "much motion"), (9, "wild motion")))
    return f"{pace} and {_tone(video, valence, arousal)}: {', '.join(seen)}, {_light(video)}"


def _tone(video: VideoReading, valence: float, arousal: float) -> str:
    if valence > 0.2:
        return "warm" if _mean(video.warmth) > 0.55 else "bright"
    if valence < -0.2:
        return "tense" if arousal > 0.1 else "sombre"
    return "even"


def _light(video: VideoReading) -> str:
    light = _word(_mean(video.brightness), (0.2, "dark"), (0.36, "dim"), (0.52, "mid-lit"), (9, "bright"))
    tint = _word(_mean(video.saturation), (0.1, "nearly grey"), (0.5, ""), (9, "colourful"))
    return f"{light}, {tint}" if tint else light


def _word(value: float, *steps: tuple[float, str]) -> str:
    return next(word for below, word in steps if value < below)


def _counted(hits: Sequence[Hit]) -> str:
    names = {"cut": "cut", "dissolve": "dissolve", "fade": "fade", "motion": "sudden move"}
    counts = [(sum(hit.kind == kind for hit in hits), name) for kind, name in names.items()]
    return ", ".join(_many(count, name) for count, name in counts if count)


def _many(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count or 'no'} {name}s"
