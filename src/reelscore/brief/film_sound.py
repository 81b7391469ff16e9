"""What becomes of the film's own sound, and why, in words.

Speech stays and the music goes beneath it. The film's own music gives way to the new one, for two at once is noise.
The sounds of the place stay where they can be heard; a mere hiss does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reelscore.values.brief import Reason
from reelscore.values.reading import AudioReading
from reelscore.values.time import Seconds, Span, merged

FIELD = "own sound"
GAP = Fraction(3, 10)  # seconds: speech does not end in shorter pauses
WORD = Fraction(1, 5)  # seconds: less is no word
ENOUGH_SPEECH = Fraction(2, 5)  # seconds in all
ENOUGH_MUSIC = Fraction(3, 20)  # of the film
HISS_LUFS = -40.0
NAMED = 3  # places named at most


def speech_of(audio: AudioReading, duration: Seconds) -> tuple[Span, ...]:
    """Where somebody speaks, pauses closed, within the film."""
    inside = [Span(max(Fraction(0), s.start), min(duration, s.end)) for s in audio.speech if s.start < duration]
    return tuple(span for span in merged([s for s in inside if s.start < s.end], GAP) if span.duration >= WORD)


def own_sound_of(
    audio: AudioReading | None, speech: Sequence[Span], duration: Seconds
) -> tuple[str, Reason, tuple[str, ...]]:
    """ "none", "keep" or "replace", the reason, and what cannot be helped."""
    if audio is None or audio.silent:
        what = "it has no sound" if audio is None else "its sound is silent"
        return "none", Reason(FIELD, "none", "sound", what), ()
    music = merged([*audio.music, *audio.singing], Fraction(1))
    heard = sum((span.duration for span in music), Fraction(0))
    spoken = sum((span.duration for span in speech), Fraction(0))
    has_music = heard >= max(Fraction(1), duration * ENOUGH_MUSIC)
    if spoken >= ENOUGH_SPEECH:
        text = f"somebody speaks for {_length(spoken)} of {_length(duration)}; the music goes beneath"
        notes = [f"The film's own music ({_places(music)}) lies with the speech and stays."] if has_music else []
        return "keep", Reason(FIELD, "keep", "sound", text), tuple(notes)
    if has_music:
        voice = "a song" if audio.singing and _length_of(audio.singing) > heard / 4 else "music"
        text = f"it has {voice} of its own ({_places(music)}), which gives way to the new"
        return "replace", Reason(FIELD, "replace", "sound", text), ()
    if audio.loudness_lufs < HISS_LUFS:
        text = f"no speech, no music, and too quiet to miss ({audio.loudness_lufs:.0f} LUFS)"
        return "replace", Reason(FIELD, "replace", "sound", text), ()
    return "keep", Reason(FIELD, "keep", "sound", "the sounds of the place, without speech or music, stay beneath"), ()


def _length_of(spans: Sequence[Span]) -> Seconds:
    return sum((span.duration for span in spans), Fraction(0))


def _length(at: Seconds) -> str:
    return f"{float(at):.1f} s" if at < 60 else _clock(at)


def _clock(at: Seconds) -> str:
    whole = round(at)
    return f"{whole // 60}:{whole % 60:02d}"


def _places(spans: Sequence[Span]) -> str:
    named = ", ".join(f"{_clock(span.start)}-{_clock(span.end)}" for span in spans[:NAMED])
    return named + ("..." if len(spans) > NAMED else "")
