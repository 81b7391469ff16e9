"""Speech, singing and music are told apart, and found where they are."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from reelscore.understand import speech
from reelscore.understand.probe import probe
from reelscore.understand.samples import Resampler
from reelscore.understand.sound import read_sound
from reelscore.understand.speech import MUSIC, NO_MODEL, RATE, SPEECH, Events, Listener, spans

pytestmark = pytest.mark.slow

SENTENCE = "The quick brown fox jumps over the lazy dog, and then it goes home to sleep."


@pytest.fixture(scope="module")
def sentence() -> NDArray[np.float32]:
    """Somebody says one sentence: 16 kHz mono, about four seconds, quiet at both ends cut away."""
    pytest.importorskip("espeakng_loader", reason="needs the speech synthesiser of the development packages")
    from tests.media.voice import spoken

    said, rate = spoken(SENTENCE)
    to_rate = Resampler(rate, RATE, channels=1)
    mono = np.concatenate((to_rate.push(said[:, None]), to_rate.end()))[:, 0]
    loud = np.flatnonzero(np.abs(mono) > 0.02)
    return mono[loud[0] : loud[-1]]


def chords(seconds: float) -> NDArray[np.float32]:
    """Plucked chords, a change every half second: music to anyone."""
    t = np.arange(round(seconds * RATE)) / RATE
    sound = np.zeros_like(t)
    for n in range(round(seconds * 2)):
        for pitch in ((57, 60, 64), (53, 57, 60), (48, 55, 64), (55, 59, 62))[n % 4]:
            at = t - n / 2
            hertz = 440 * 2 ** ((pitch - 69) / 12)
            for partial in range(1, 5):
                sound += np.where(at >= 0, np.exp(-3 * at) * np.sin(2 * np.pi * hertz * partial * at) / partial, 0)
    return (0.1 * sound).astype(np.float32)


def heard(*parts: NDArray[np.float32]) -> Events:
    listener = Listener()
    for part in parts:
        listener.push(part)
    return listener.events()


def quiet(seconds: float) -> NDArray[np.float32]:
    return np.zeros(round(seconds * RATE), dtype=np.float32)


def test_speech_is_found_where_it_is(sentence: NDArray[np.float32]) -> None:
    """Two seconds of silence, a sentence, two seconds of silence: one span, within a fifth of a second."""
    events = heard(np.concatenate((quiet(2), sentence, quiet(2))))
    start, end = events.speech[0].start, events.speech[-1].end
    assert float(start) == pytest.approx(2, abs=0.2)
    assert float(end) == pytest.approx(2 + len(sentence) / RATE, abs=0.3)
    spoken = sum(span.duration for span in events.speech)
    assert float(spoken) > 0.85 * len(sentence) / RATE


def test_music_is_not_speech_and_silence_is_nothing() -> None:
    """Chords are music from end to end; silence is neither."""
    events = heard(chords(8))
    assert not events.speech
    assert sum(span.duration for span in events.music) > 6
    assert heard(quiet(5)) == Events()


def test_long_sound_heard_in_pieces_is_the_same(sentence: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch) -> None:
    """However it is pushed and cut, the spans stay within 50 ms."""
    sound = np.concatenate([quiet(3), sentence, quiet(1), chords(5), sentence, quiet(4)])
    whole = heard(sound)
    monkeypatch.setattr(speech, "PIECE_SECONDS", 5)
    pieces = heard(*np.array_split(sound, 9))
    for a, b in ((whole.speech, pieces.speech), (whole.music, pieces.music)):
        assert len(a) == len(b) > 0
        for one, other in zip(a, b, strict=True):
            assert abs(one.start - other.start) < Fraction(1, 20)
            assert abs(one.end - other.end) < Fraction(1, 20)


def test_short_gaps_are_closed_and_blips_are_dropped() -> None:
    """A gap of 200 ms within speech is no gap; 100 ms of it alone is nothing."""
    likelihood = np.zeros((1000, 3), dtype=np.float32)
    likelihood[100:300, 0] = 1
    likelihood[320:500, 0] = 1
    likelihood[700:710, 0] = 1
    likelihood[800:850, 2] = 1
    found = spans(likelihood, SPEECH)
    assert len(found) == 1
    assert abs(found[0].start - 1) <= Fraction(1, 100)
    assert abs(found[0].end - 5) <= Fraction(1, 100)
    assert spans(likelihood, MUSIC) == ()
    assert spans(likelihood[:0], SPEECH) == ()


def test_without_its_model_the_rest_is_still_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Loudness is measured, nobody speaks, and a note says why."""
    path = tmp_path / "chords.wav"
    soundfile.write(path, chords(2), RATE)
    monkeypatch.setattr(speech, "_load", lambda: None)
    reading = read_sound(path, probe(path))
    assert reading.speech == ()
    assert -40 < reading.loudness_lufs < -5
    assert NO_MODEL in reading.info.warnings


def test_very_short_sound_is_heard_without_fault() -> None:
    """A few milliseconds."""
    assert heard(np.full(50, 0.1, dtype=np.float32)).speech == ()
    assert heard(np.full(300, 0.1, dtype=np.float32)).speech == ()
