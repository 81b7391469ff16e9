"""Music under speech: down before the first word, up after the last, as deep as promised, at the target's loudness."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from reelscore.perform.record import record
from reelscore.perform.under import ATTACK_S, BELOW_SPEECH_LU, RELEASE_S, duck, ducking_db, lay_under, speech_lufs
from reelscore.values.brief import LoudnessTarget
from reelscore.values.loudness import energies, integrated, lufs
from reelscore.values.sound import SAMPLE_RATE, Samples
from reelscore.values.time import Span

from .pieces import piece

SPEECH = (Span(Fraction(4), Fraction(8)),)


def _noise(seconds: float, level: float, seed: int = 1, low: float = 100, high: float = 6000) -> Samples:
    count = round(seconds * SAMPLE_RATE)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal((count, 2)), axis=0)
    f = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
    sound = np.fft.irfft(spectrum * ((f > low) & (f < high))[:, None], count, axis=0)
    return np.asarray(level * sound / np.sqrt(np.mean(sound**2)), dtype=np.float32)


def _voice(seconds: float, level: float) -> Samples:
    """Speech-like noise in SPEECH, nothing elsewhere."""
    sound = _noise(seconds, level, 2, 200, 4000)
    at = np.arange(len(sound)) / SAMPLE_RATE
    sound[(at < 4) | (at >= 8)] = 0
    return sound


def test_the_fader_is_down_before_the_first_word_and_comes_back_slowly() -> None:
    """Full depth at the onset, nothing 250 ms before it; up again between 400 and 800 ms after the end."""
    curve = ducking_db(SPEECH, 12 * SAMPLE_RATE, 10)
    assert 0.15 <= ATTACK_S <= 0.25
    assert 0.4 <= RELEASE_S <= 0.8
    assert curve[round(3.75 * SAMPLE_RATE)] == 0
    assert curve[4 * SAMPLE_RATE] == pytest.approx(-10)
    assert curve[4 * SAMPLE_RATE : 8 * SAMPLE_RATE].max() == pytest.approx(-10)
    assert curve[round(8.4 * SAMPLE_RATE)] < -1
    assert curve[round(8.8 * SAMPLE_RATE)] == 0
    assert np.abs(np.diff(curve)).max() < 0.01


def test_short_pauses_stay_down() -> None:
    """A second between two sentences is bridged; three seconds are not."""
    near = (Span(Fraction(1), Fraction(2)), Span(Fraction(3), Fraction(4)))
    far = (Span(Fraction(1), Fraction(2)), Span(Fraction(5), Fraction(6)))
    assert ducking_db(near, 8 * SAMPLE_RATE, 10)[round(2.5 * SAMPLE_RATE)] == pytest.approx(-10)
    assert ducking_db(far, 8 * SAMPLE_RATE, 10)[round(3.5 * SAMPLE_RATE)] == 0


def test_speech_at_the_edges() -> None:
    """Spans that reach over either end, or lie outside, are cut."""
    spans = (Span(Fraction(-1), Fraction(1, 2)), Span(Fraction(7, 2), Fraction(9)), Span(Fraction(20), Fraction(21)))
    curve = ducking_db(spans, 4 * SAMPLE_RATE, 9)
    assert len(curve) == 4 * SAMPLE_RATE
    assert curve[0] == pytest.approx(-9)
    assert curve[-1] == pytest.approx(-9)


def test_depth_and_the_window_for_the_voice() -> None:
    """The lows fall by the depth; 2 kHz by 5 dB more; before the speech nothing changes."""
    music = _noise(12, 0.1, 3, 50, 12_000)
    before = music.copy()
    duck(music, ducking_db(SPEECH, len(music), 10))
    np.testing.assert_allclose(music[: 3 * SAMPLE_RATE], before[: 3 * SAMPLE_RATE], atol=1e-6)

    def drop(low: float, high: float) -> float:
        part = slice(5 * SAMPLE_RATE, 7 * SAMPLE_RATE)
        f = np.fft.rfftfreq(2 * SAMPLE_RATE, 1 / SAMPLE_RATE)
        band = (f > low) & (f < high)
        power = [np.sum(np.abs(np.fft.rfft(sound[part, 0]))[band] ** 2) for sound in (music, before)]
        return float(10 * np.log10(power[0] / power[1]))

    assert drop(80, 200) == pytest.approx(-10, abs=0.5)
    assert drop(1900, 2100) == pytest.approx(-15, abs=0.5)


@pytest.mark.parametrize("level", [0.02, 0.1, 0.3])
def test_music_lies_fifteen_units_under_the_voice(level: float) -> None:
    """However loud the voice was recorded, within 2 LU; and the programme meets the target."""
    target = LoudnessTarget("default", -16, -1)
    music = _noise(12, 0.15, 1)
    voice = _voice(12, level)
    programme, reached, curve = lay_under(music, voice, SPEECH, target)
    assert curve is not None
    assert reached.integrated_lufs == pytest.approx(-16, abs=0.05)
    assert reached.true_peak_dbtp <= -1
    during = slice(5 * SAMPLE_RATE, 7 * SAMPLE_RATE)
    without, _, _ = lay_under(np.zeros_like(music), voice, SPEECH, target)
    said = lufs(float(energies(without[during]).mean()))
    share = np.linalg.lstsq(without[during].reshape(-1, 1), programme[during].reshape(-1), rcond=None)[0][0]
    under = lufs(float(energies(programme[during] - np.float32(share) * without[during]).mean()))
    assert said + 20 * math.log10(share) - under == pytest.approx(BELOW_SPEECH_LU + 1, abs=3)


def test_kept_ambience_stays_below_the_music() -> None:
    """Without speech the film's sound is heard, at least 6 LU under the music."""
    music = _noise(10, 0.1, 1, 100, 900)
    own = _noise(10, 0.4, 2, 3000, 6000)
    programme, reached, curve = lay_under(music, own, (), LoudnessTarget())
    assert curve is None
    assert reached.integrated_lufs == pytest.approx(-14, abs=0.05)
    f = np.fft.rfftfreq(len(programme), 1 / SAMPLE_RATE)
    spectrum = np.abs(np.fft.rfft(programme[:, 0])) ** 2
    ratio = 10 * np.log10(spectrum[(f > 100) & (f < 900)].sum() / spectrum[(f > 3000) & (f < 6000)].sum())
    assert 4 < ratio < 20


@pytest.mark.parametrize("seconds", [3, 20])
def test_the_films_sound_may_be_shorter_or_longer(seconds: int) -> None:
    """The programme is as long as the music."""
    programme, _, _ = lay_under(_noise(10, 0.1), _noise(seconds, 0.1, 2), (), LoudnessTarget())
    assert len(programme) == 10 * SAMPLE_RATE


def test_speech_loudness_is_measured_where_somebody_speaks() -> None:
    """Silence around the words does not count."""
    voice = _voice(12, 0.1)
    assert speech_lufs(voice, SPEECH) == pytest.approx(
        integrated(energies(voice[4 * SAMPLE_RATE : 8 * SAMPLE_RATE])), abs=0.3
    )
    assert speech_lufs(voice, ()) == -math.inf


@pytest.mark.slow
def test_recording_under_speech() -> None:
    """The mix stays whole, the programme ducks, and the curve is handed over."""
    take = record(piece(6), Fraction(12), LoudnessTarget(), SPEECH, _voice(12, 0.1))
    assert take.mix.ducking_db is not None
    assert take.mix.ducking_db.min() <= -8
    assert take.programme.shape == take.mix.samples.shape
    assert integrated(energies(take.programme)) == pytest.approx(-14, abs=0.05)
    plain = record(piece(6), Fraction(12), LoudnessTarget())
    assert plain.mix.samples.tobytes() == take.mix.samples.tobytes()
    assert plain.mix.ducking_db is None
    assert plain.programme is plain.mix.samples
