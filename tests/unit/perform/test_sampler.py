"""The sampler: in tune, without clicks, as loud as asked, and the same every time."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from reelscore.perform.played_sounds import FONT
from reelscore.perform.sampler import Strike, choking, sound
from reelscore.perform.soundfont import SoundFont, open_font
from reelscore.values.sound import SAMPLE_RATE, Samples
from tests.unit.perform.fonts import SAMPLE, Font, Generators, Wave, sine, write_font

ATTACK, HOLD, DECAY, SUSTAIN, RELEASE, MODES = 34, 35, 36, 37, 38, 54
FILTER, VIBRATO, VIBRATO_RATE, MOD_ENV_PITCH, SCALE, FINE, PAN, ATTENUATION = 8, 6, 24, 7, 56, 52, 17, 48
LOOPED: tuple[int, int] = (MODES, 1)


@pytest.fixture(scope="module")
def shipped() -> SoundFont:
    return open_font(Path(str(files("reelscore.perform") / "sounds" / FONT)))


def font_of(tmp_path: Path, generators: Generators, wave: Wave | None = None) -> SoundFont:
    """One zone with a looped 440 Hz sine on A4."""
    zone = [*generators, (SAMPLE, 0)]
    return SoundFont(write_font(tmp_path / "test.sf2", Font([wave or sine(cycles_looped=220)], [[zone]])))


def played(font: SoundFont, strike: Strike, seconds: float = 1.0, preset: tuple[int, int] = (0, 0)) -> Samples:
    out = np.zeros((round(seconds * SAMPLE_RATE), 2), np.float32)
    sound(out, font, preset, strike)
    return out


def level_db(sounding: NDArray[np.float32]) -> float:
    return float(10 * np.log10(np.mean(np.square(sounding, dtype=np.float64)) + 1e-20))


def hertz(sounding: NDArray[np.float32]) -> float:
    """The strongest partial, by parabolic interpolation of a windowed spectrum."""
    spectrum = np.log(np.abs(np.fft.rfft(sounding * np.hanning(len(sounding)))) + 1e-12)
    top = int(spectrum.argmax())
    a, b, c = spectrum[top - 1 : top + 2]
    return float((top + 0.5 * (a - c) / (a - 2 * b + c)) * SAMPLE_RATE / len(sounding))


@pytest.mark.parametrize("key", [33, 57, 69, 70, 76, 93, 105])
def test_notes_are_in_tune_to_half_a_cent(tmp_path: Path, key: int) -> None:
    """Any key from one sample: pitch by ratio, up or down."""
    out = played(font_of(tmp_path, [LOOPED]), Strike(0, SAMPLE_RATE, key, 127))
    wanted = 440 * 2 ** ((key - 69) / 12)
    assert abs(1200 * np.log2(hertz(out[4800:, 0]) / wanted)) < 0.5


@pytest.mark.parametrize(("generator", "cents"), [((FINE, 25), 25.0), ((SCALE, 50), 150.0)], ids=["fine", "scale"])
def test_tuning_generators_move_the_pitch(tmp_path: Path, generator: tuple[int, int], cents: float) -> None:
    """Fine tuning adds; scale tuning stretches the distance from the root (here: 3 keys, or half of them)."""
    key = 72 if generator[0] == SCALE else 69
    out = played(font_of(tmp_path, [LOOPED, generator]), Strike(0, SAMPLE_RATE, key, 127))
    assert abs(1200 * np.log2(hertz(out[4800:, 0]) / 440) - cents) < 0.5


def test_pitching_up_folds_nothing_back(tmp_path: Path) -> None:
    """A 15 kHz partial two octaves up would be 60 kHz: it vanishes instead of returning as an alias."""
    high = Wave(sine(15_000).frames)
    plain = played(font_of(tmp_path, [], high), Strike(0, 9600, 69, 127), 0.2)
    up = played(font_of(tmp_path, [], high), Strike(0, 9600, 93, 127), 0.2)
    assert level_db(up[480:9600]) < level_db(plain[480:9600]) - 60


def test_interpolation_is_clean(tmp_path: Path) -> None:
    """A fifth up, a 440 Hz sine has no company above -70 dB."""
    out = played(font_of(tmp_path, [LOOPED]), Strike(0, SAMPLE_RATE, 76, 127))[9600:43200, 0]
    spectrum = np.abs(np.fft.rfft(out * np.blackman(len(out))))
    top = int(spectrum.argmax())
    rest = np.concatenate((spectrum[20 : top - 12], spectrum[top + 12 :]))
    assert 20 * np.log10(rest.max() / spectrum[top]) < -70


def test_a_loop_has_no_seam(tmp_path: Path) -> None:
    """Through dozens of loops a sine stays a sine: no sample differs from its neighbours' prediction."""
    font = font_of(tmp_path, [LOOPED], sine(seconds=0.1, cycles_looped=11))
    out = played(font, Strike(0, 2 * SAMPLE_RATE, 69, 127), 2.0)[480:, 0].astype(np.float64)
    turn = 2 * np.cos(2 * np.pi * 440 / SAMPLE_RATE)
    assert np.abs(out[2:] - turn * out[1:-1] + out[:-2]).max() < 2e-4


def test_a_release_does_not_click(tmp_path: Path) -> None:
    """Even the shortest release fades over some milliseconds; steps stay those of the sine itself."""
    out = played(font_of(tmp_path, [LOOPED]), Strike(0, 24_000, 69, 127))[:, 0]
    steepest = 2 * np.pi * 440 / SAMPLE_RATE * np.abs(out).max()
    assert np.abs(np.diff(out)).max() < 1.1 * steepest
    assert np.abs(out[24_000 + 2400 :]).max() < 1e-3


def test_velocity_and_attenuation_set_the_level(tmp_path: Path) -> None:
    """Velocity 40 to 110 spans 17.6 dB; 100 centibels of attenuation are 4 dB."""
    plain = font_of(tmp_path, [LOOPED])
    soft, loud = (level_db(played(plain, Strike(0, SAMPLE_RATE, 69, v))) for v in (40, 110))
    assert loud - soft == pytest.approx(40 * np.log10(110 / 40), abs=0.05)
    quiet = level_db(played(font_of(tmp_path, [LOOPED, (ATTENUATION, 100)]), Strike(0, SAMPLE_RATE, 69, 110)))
    assert loud - quiet == pytest.approx(4.0, abs=0.05)


@pytest.mark.parametrize(
    ("generators", "at_s", "fall_db"),
    [
        ([(ATTACK, 0)], 0.5, 6.02),
        ([(DECAY, 1200), (SUSTAIN, 1440)], 0.5, 25.0),
        ([(HOLD, 0), (DECAY, 0), (SUSTAIN, 1440)], 0.9, 0.0),
        ([(DECAY, -1200), (SUSTAIN, 200)], 0.8, 20.0),
    ],
    ids=["attack 1 s", "decay 2 s per 100 dB", "hold 1 s", "sustain -20 dB"],
)
def test_the_volume_envelope_has_its_written_shape(
    tmp_path: Path, generators: Generators, at_s: float, fall_db: float
) -> None:
    """Attack straight in amplitude, decay straight in dB."""
    full = played(font_of(tmp_path, [LOOPED]), Strike(0, 96_000, 69, 127))
    out = played(font_of(tmp_path, [LOOPED, *generators]), Strike(0, 96_000, 69, 127))
    place = slice(round((at_s - 0.01) * SAMPLE_RATE), round((at_s + 0.01) * SAMPLE_RATE))
    assert level_db(full[place]) - level_db(out[place]) == pytest.approx(fall_db, abs=0.3)


def test_the_filter_darkens(tmp_path: Path) -> None:
    """A cutoff an octave below a partial takes about 12 dB from it."""
    cents = round(1200 * np.log2(220 / 8.176))
    open_, closed = (
        level_db(played(font_of(tmp_path, [LOOPED, *g]), Strike(0, SAMPLE_RATE, 69, 127))[9600:43200])
        for g in ([], [(FILTER, cents)])
    )
    assert open_ - closed == pytest.approx(12.3, abs=1.0)


def test_vibrato_swings_around_the_pitch(tmp_path: Path) -> None:
    """50 cents at 5 Hz: the pitch visits both sides and its mean stays."""
    rate = round(1200 * np.log2(5 / 8.176))
    font = font_of(tmp_path, [LOOPED, (VIBRATO, 50), (VIBRATO_RATE, rate)])
    out = played(font, Strike(0, SAMPLE_RATE, 69, 127))[:, 0]
    pieces = [1200 * np.log2(hertz(out[i : i + 2400]) / 440) for i in range(4800, 43_200, 1200)]
    assert 30 < max(pieces) < 55
    assert -55 < min(pieces) < -30


def test_the_modulation_envelope_bends_the_pitch(tmp_path: Path) -> None:
    """With a full sustain it holds the pitch where it was sent."""
    out = played(font_of(tmp_path, [LOOPED, (MOD_ENV_PITCH, 200)]), Strike(0, SAMPLE_RATE, 69, 127))
    assert 1200 * np.log2(hertz(out[9600:43_200, 0]) / 440) == pytest.approx(200, abs=1)


@pytest.mark.parametrize(("pan", "side"), [(-500, 0), (500, 1)], ids=["left", "right"])
def test_pan_places_the_sound(tmp_path: Path, pan: int, side: int) -> None:
    """Hard left leaves the right silent, and the other way round."""
    out = played(font_of(tmp_path, [LOOPED, (PAN, pan)]), Strike(0, SAMPLE_RATE, 69, 127))
    assert np.abs(out[:, side]).max() > 0.3
    assert np.abs(out[:, 1 - side]).max() < 1e-6


def test_a_choked_hat_falls_silent(shipped: SoundFont) -> None:
    """Open and closed hats share an exclusive class; the second stops the first within 60 ms."""
    open_hat, closed_hat, kick = (choking(shipped, (128, 0), key, 100)[0] for key in (46, 42, 36))
    assert open_hat == closed_hat > 0 == kick
    hold = 10 * SAMPLE_RATE
    ringing = played(shipped, Strike(0, hold, 46, 100), 1.0, (128, 0))
    choked = played(shipped, Strike(0, hold, 46, 100, choke=4800), 1.0, (128, 0))
    assert np.array_equal(ringing[:4800], choked[:4800])
    assert level_db(choked[4800 + 2880 : 9600]) < level_db(ringing[4800 + 2880 : 9600]) - 40


@pytest.mark.parametrize("preset", [(0, 0), (0, 33), (0, 48), (0, 11), (0, 25), (0, 73)])
def test_louder_velocities_are_louder(shipped: SoundFont, preset: tuple[int, int]) -> None:
    """Across velocity layers, level never falls."""
    levels = [level_db(played(shipped, Strike(0, 24_000, 60, v), 0.6, preset)) for v in range(10, 128, 13)]
    assert levels == sorted(levels)
    assert levels[-1] - levels[0] > 20


@pytest.mark.parametrize("preset", [(0, 4), (0, 11), (0, 33), (0, 48), (0, 60), (0, 73)])
@pytest.mark.parametrize("key", [50, 57, 64, 69])
def test_shipped_instruments_are_in_tune(shipped: SoundFont, preset: tuple[int, int], key: int) -> None:
    """The fundamental of the sustained part lies within 12 cents (their recordings carry some vibrato)."""
    out = played(shipped, Strike(0, 96_000, key, 90), 2.0, preset)[14_400:86_400, 0]
    wanted = 440 * 2 ** ((key - 69) / 12)
    size = 1 << 19
    spectrum = np.abs(np.fft.rfft(out * np.hanning(len(out)), size))
    near = slice(int(wanted * 0.97 * size / SAMPLE_RATE), int(wanted * 1.03 * size / SAMPLE_RATE))
    found = (near.start + int(spectrum[near].argmax())) * SAMPLE_RATE / size
    assert abs(1200 * np.log2(found / wanted)) < 12


def test_what_falls_outside_the_buffer_is_dropped(tmp_path: Path) -> None:
    """A note at the very end or behind it neither raises nor writes elsewhere."""
    font = font_of(tmp_path, [LOOPED])
    assert np.count_nonzero(played(font, Strike(48_000, 100, 69, 127))) == 0
    tail = played(font, Strike(47_990, 4800, 69, 127))
    assert np.count_nonzero(tail[:47_990]) == 0
    assert np.count_nonzero(tail[47_991:]) > 0


def test_the_same_strike_gives_the_same_bytes(shipped: SoundFont) -> None:
    """Twice the same, bit for bit."""
    strike = Strike(100, 24_000, 64, 93)
    assert played(shipped, strike).tobytes() == played(shipped, strike).tobytes()
