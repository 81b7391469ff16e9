"""Every synthesised voice: in tune, without aliasing or clicks, the same every time, and honest about its settings."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from reelscore.errors import DataError
from reelscore.perform.synths.wavetable import WAVES, hertz, level_of, tables
from reelscore.perform.voice import CONTROL_STEP, Take
from reelscore.perform.voices import VOICES
from reelscore.values.sound import SAMPLE_RATE, PlayedNote, Samples

pytestmark = pytest.mark.slow

KITS = tuple(name for name in VOICES if name.startswith("kit_"))
EFFECTS = ("riser", "noise_sweep", "reverse_cymbal", "impact", "sub_drop", "scrape", "vinyl_noise")
BASSES = (
    "sub_bass", "bass_808", "round_bass", "synth_bass", "reese_bass", "wobble_bass", "growl_bass", "acid_bass",
    "saw_bass", "rumble_bass", "log_drum", "triangle_bass",
)  # fmt: skip
COMPRESSED = ("amp_high_gain", "amp_chug")  # an amplifier that is driven hard evens out
PITCHED = tuple(name for name in VOICES if name not in KITS + EFFECTS)


def _note(at: float = 0.1, duration: float = 1.0, pitch: int = 69, velocity: int = 100) -> PlayedNote:
    return PlayedNote("x", Fraction(at).limit_denominator(1000), Fraction(duration), pitch, velocity)


def _play(name: str, *notes: PlayedNote, seconds: float = 2.0, seed: int = 1, **settings: float) -> Samples:
    take = Take(np.zeros((round(seconds * SAMPLE_RATE), 2), dtype=np.float32), seed)
    VOICES[name].render(notes, settings, take)
    return take.out


def _spectrum(samples: Samples) -> tuple[np.ndarray, np.ndarray]:
    mono = samples.sum(axis=1, dtype=np.float64)
    power = np.abs(np.fft.rfft(mono * np.blackman(len(mono)))) ** 2
    return np.arange(len(power)) * (SAMPLE_RATE / len(mono)), power


def _any_pitch(name: str) -> int:
    if name in KITS:
        return {"kit_shakers": 82, "kit_congas": 63}.get(name, 36)
    return 40 if name in BASSES else 64


@pytest.mark.parametrize("name", VOICES)
def test_sounds_finite_without_offset_and_dies(name: str) -> None:
    """A note makes sound between -40 and -3 dBFS, has no DC, and is silent before it and long after it."""
    out = _play(name, _note(0.5, 0.5, _any_pitch(name), 127), seconds=9)
    assert np.isfinite(out).all()
    assert 0.01 < np.abs(out).max() < 0.75
    assert np.abs(out[: round(0.45 * SAMPLE_RATE)]).max() < 1e-6  # -120 dBFS: a convolution by blocks leaves traces
    assert np.abs(out[-SAMPLE_RATE:]).max() < 0.002
    assert abs(out.mean()) < 0.002


@pytest.mark.parametrize("name", VOICES)
def test_same_seed_same_samples(name: str) -> None:
    """Equal input gives equal bytes, whatever was played in between."""
    notes = [_note(0.1, 0.5, _any_pitch(name)), _note(0.4, 0.3, _any_pitch(name) + 2, 80)]
    first = _play(name, *notes)
    _play(name, _note(pitch=_any_pitch(name) + 1), seed=2)
    assert _play(name, *notes).tobytes() == first.tobytes()


@pytest.mark.parametrize("name", VOICES)
def test_notes_outside_the_take_are_cut_not_fatal(name: str) -> None:
    """Notes before the start, over the end and far outside are dropped or cut."""
    pitch = _any_pitch(name)
    notes = [_note(-0.3, 0.5, pitch), _note(0.4, 5, pitch), _note(30, 1, pitch), _note(-60, 1, pitch)]
    out = _play(name, *notes, seconds=0.5)
    assert out.any()
    assert np.isfinite(out).all()


@pytest.mark.parametrize("name", [name for name in VOICES if name not in ("riser", "reverse_cymbal")])
def test_ends_without_a_click(name: str) -> None:
    """The last steps before silence are under a fiftieth of the peak."""
    out = _play(name, _note(0.1, 0.4, _any_pitch(name)), seconds=6)
    last = np.flatnonzero(np.abs(out).max(axis=1) > 0)[-1]
    steps = np.abs(np.diff(out[last - 24 : last + 2], axis=0))
    assert steps.max() < 0.02 * np.abs(out).max()


@pytest.mark.parametrize("name", [n for n in PITCHED if n not in ("bell", "bass_808")])
@pytest.mark.parametrize("pitch", [45, 64])
def test_in_tune(name: str, pitch: int) -> None:
    """The strongest partial near a harmonic of the written pitch is within 8 cents of it."""
    take = Take(np.zeros((4 * SAMPLE_RATE, 2), dtype=np.float32))
    still = {"tremolo_after_s": 0.0} if "tremolo_after_s" in VOICES[name].settings else {}
    VOICES[name].render([_note(0, 3.9, pitch)], still, take)
    f, power = _spectrum(take.out)
    tone = hertz(pitch)
    near = [h for h in (0.5, 1, 2, 3, 4) if power[np.abs(f - h * tone) < tone * 0.03].max() > 0.05 * power.max()]
    assert near, "no harmonic of the pitch is strong"
    for harmonic in near:
        window = np.abs(f - harmonic * tone) < harmonic * tone * 0.03
        centre = (f[window] * power[window]).sum() / power[window].sum()
        assert abs(1200 * np.log2(centre / (harmonic * tone))) < 8


@pytest.mark.parametrize("wave", WAVES)
def test_wavetables_hold_nothing_above_twenty_kilohertz(wave: str) -> None:
    """In every half octave, the highest harmonic of the highest note stays under the limit."""
    for pitch in range(24, 109, 7):
        table = tables(wave)[level_of(hertz(pitch))][:-1]
        strength = np.abs(np.fft.rfft(table.astype(np.float64)))
        highest = np.flatnonzero(strength > 1e-4 * strength.max())[-1]
        assert highest * hertz(pitch) < 20_100


@pytest.mark.parametrize("name", ["lead", "supersaw", "arp"])
def test_aliases_are_sixty_decibels_down(name: str) -> None:
    """Between the harmonics of a high note there is nothing: detune, drift and vibrato off, filter open."""
    still = {"unison": 1.0, "detune_cents": 0.0, "drift_cents": 0.0, "vibrato_cents": 0.0, "drive": 0.0, "sub": 0.0}
    take = Take(np.zeros((2 * SAMPLE_RATE, 2), dtype=np.float32))
    open_filter = {"cutoff_hz": 18_000.0, "wobble_octaves": 0.0, "resonance": 0.0, "sustain": 1.0}
    VOICES[name].render([_note(0, 2, 93)], {**still, **open_filter}, take)
    out = take.out
    f, power = _spectrum(out[SAMPLE_RATE // 2 : SAMPLE_RATE * 3 // 2])
    tone = hertz(93)
    between = (np.abs(f / tone - np.round(f / tone)) * tone > 60) & (f > 60)
    assert 10 * np.log10(power[between].max() / power.max()) < -60


def test_cutoff_closes_the_filter() -> None:
    """Cutoff 0.5 takes away highs that cutoff 1 has."""
    curves = [np.full(2 * SAMPLE_RATE // CONTROL_STEP + 1, value, dtype=np.float32) for value in (1.0, 0.5)]
    for name in ("supersaw", "warm_pad"):
        highs = []
        for curve in curves:
            take = Take(np.zeros((2 * SAMPLE_RATE, 2), dtype=np.float32), 1, curve)
            VOICES[name].render([_note()], {}, take)
            f, power = _spectrum(take.out)
            highs.append(power[f > 2000].sum())
        assert highs[1] < 0.1 * highs[0]


@pytest.mark.parametrize("name", [n for n in PITCHED if n not in COMPRESSED])
def test_harder_is_louder(name: str) -> None:
    """Velocity raises the level."""
    soft, hard = (_play(name, _note(pitch=52, velocity=v)) for v in (45, 120))
    assert np.sqrt(np.mean(hard**2)) > 1.6 * np.sqrt(np.mean(soft**2))


@pytest.mark.parametrize("name", ["warm_pad", "air_pad", "glass_pad", "string_pad", "supersaw"])
def test_wide_sounds_are_wide_and_survive_mono(name: str) -> None:
    """The two sides differ, and their sum keeps at least half the power."""
    out = _play(name, *(_note(pitch=p) for p in (57, 60, 64)), seconds=2)[SAMPLE_RATE // 2 : SAMPLE_RATE]
    assert np.asarray(np.corrcoef(out.T))[0, 1] < 0.85
    assert np.mean((out.sum(axis=1) / 2) ** 2) > 0.4 * np.mean(out**2)


@pytest.mark.parametrize("name", BASSES)
def test_basses_are_mono(name: str) -> None:
    """Both channels are the same."""
    out = _play(name, _note(pitch=38), _note(1.1, 0.5, 45))
    np.testing.assert_array_equal(out[:, 0], out[:, 1])


def test_the_808_glides_between_touching_notes() -> None:
    """Shortly after the second attack the pitch is still between the two notes."""
    out = _play("bass_808", _note(0, 1, 48), _note(1, 1, 36), seconds=2)[:, 0]
    first = out[round(1.005 * SAMPLE_RATE) : round(1.04 * SAMPLE_RATE)]
    later = out[round(1.5 * SAMPLE_RATE) : round(1.6 * SAMPLE_RATE)]
    rate = [np.count_nonzero(np.diff(np.sign(part))) / 2 / (len(part) / SAMPLE_RATE) for part in (first, later)]
    assert rate[0] > 1.15 * hertz(36)
    assert rate[1] == pytest.approx(hertz(36), rel=0.1)


def test_a_closed_hat_chokes_an_open_one() -> None:
    """The open hat's tail is gone once the foot comes down."""
    alone = _play("kit_909", _note(0.1, 0.1, 46))
    choked = _play("kit_909", _note(0.1, 0.1, 46), _note(0.2, 0.1, 44, 1))
    after = slice(round(0.23 * SAMPLE_RATE), None)
    assert np.sum(choked[after] ** 2) < 0.02 * np.sum(alone[after] ** 2)


def test_repeated_strokes_differ() -> None:
    """Two equal hits in a row are not the same samples."""
    out = _play("kit_pop", _note(0.0, 0.1, 38), _note(1.0, 0.1, 38))
    assert not np.array_equal(out[:4800], out[SAMPLE_RATE : SAMPLE_RATE + 4800])


def test_a_kit_ignores_what_it_does_not_have() -> None:
    """An unknown percussion pitch is silent."""
    assert not _play("kit_cinematic", _note(pitch=87)).any()


@pytest.mark.parametrize("name", ["riser", "reverse_cymbal"])
def test_what_announces_peaks_at_its_end(name: str) -> None:
    """Most of the energy lies in the last third, and nothing follows."""
    out = _play(name, _note(0, 2, 60), seconds=4)
    energy = (out.astype(np.float64) ** 2).sum(axis=1)
    assert energy[round(1.33 * SAMPLE_RATE) : 2 * SAMPLE_RATE].sum() > 0.6 * energy.sum()
    assert energy[2 * SAMPLE_RATE :].sum() == 0


@pytest.mark.parametrize("name", ["impact", "sub_drop"])
def test_what_marks_starts_at_once(name: str) -> None:
    """The first 100 ms hold a good part of the peak."""
    out = np.abs(_play(name, _note(0, 2, 60), seconds=4))
    assert out[:4800].max() > 0.5 * out.max()


def test_unknown_settings_are_named() -> None:
    """A misspelt setting is an error that suggests the right one."""
    with pytest.raises(DataError, match="cutoff_hz"):
        _play("lead", _note(), cuttoff_hz=1)
