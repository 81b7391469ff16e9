"""Sound lies where the picture's clock says, at the right level, whatever the container did to it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from reelscore.errors import MediaError
from reelscore.understand.probe import probe
from reelscore.understand.samples import Resampler, iter_samples, read_samples
from reelscore.understand.sound import PIECE_SECONDS, read_sound
from reelscore.values.loudness import measure
from reelscore.values.reading import AudioReading
from reelscore.values.sound import SAMPLE_RATE, Samples
from tests.media.make import Factory, ffmpeg

RATE = SAMPLE_RATE
EXACT = ["wav", "flac", "m4a", "mp3", "ogg", "opus", "h264", "h264_mov", "h264_mkv", "vp9"]


def samples(path: Path) -> Samples:
    return read_samples(path, probe(path))


def heard(path: Path) -> AudioReading:
    return read_sound(path, probe(path))


def sine_offset(sound: NDArray[np.float32], start: float, end: float, hertz: float = 440.0) -> tuple[float, float]:
    """How many samples late a sine that began at 0 is between two seconds, and its amplitude."""
    n = np.arange(round(start * RATE), round(end * RATE))
    turn = np.mean(sound[n] * np.exp(-2j * np.pi * hertz * n / RATE)) * 1j
    return float(-np.angle(turn) / (2 * np.pi * hertz) * RATE), float(2 * abs(turn))


@pytest.mark.parametrize("name", EXACT)
def test_sound_starts_at_its_own_time_to_the_sample(media: Factory, name: str) -> None:
    """Encoder delay, priming and container offsets are undone: the tone's phase is that of a tone from 0."""
    sound = samples(media.path(name))
    assert sound.dtype == np.float32
    assert 2 * RATE <= len(sound) <= 2.0021 * RATE
    late, amplitude = sine_offset(sound[:, 0], 0.5, 1.5)
    assert abs(late) < 0.5
    assert amplitude == pytest.approx(1 / 8, rel=0.06)


def test_late_sound_is_preceded_by_silence(media: Factory) -> None:
    """Half a second late, cut where the film ends."""
    sound = samples(media.path("late_sound"))
    assert len(sound) == 2 * RATE
    assert not sound[: RATE // 2 - 2048].any()
    assert np.abs(sound[RATE // 2 + 100 :]).max() > 0.1


def test_sound_before_the_first_shown_frame_is_cut(media: Factory) -> None:
    """The edit list hides 0.4 s: the tone goes on as if it had begun 0.4 s ago."""
    sound = samples(media.path("trimmed"))
    assert len(sound) == 1.6 * RATE
    late, _ = sine_offset(sound[:, 0], 0.2, 1.2)
    period = RATE / 440
    assert abs((late + 0.4 * RATE + period / 2) % period - period / 2) < 1.5


def test_mono_sounds_from_both_sides_unchanged(media: Factory) -> None:
    """Not 3 dB softer."""
    sound = samples(media.path("wav"))
    np.testing.assert_array_equal(sound[:, 0], sound[:, 1])
    assert np.abs(sound).max() == pytest.approx(1 / 8, rel=0.01)


@pytest.mark.parametrize(
    ("channel", "left", "right"),
    [
        ("FL", 1.0, 0.0),
        ("FR", 0.0, 1.0),
        ("FC", 0.7071, 0.7071),
        ("LFE", 0.0, 0.0),
        ("BL", 0.7071, 0.0),
        ("BR", 0.0, 0.7071),
    ],
)
def test_surround_is_folded_by_bs_775(tmp_path: Path, channel: str, left: float, right: float) -> None:
    """Centre and surrounds at -3 dB, no LFE."""
    names = ["FL", "FR", "FC", "LFE", "BL", "BR"]
    pan = "|".join(f"{name}={'c0' if name == channel else '0*c0'}" for name in names)
    path = tmp_path / "surround.flac"
    ffmpeg("-f", "lavfi", "-i", "sine=f=440:r=48000:d=0.5", "-af", f"pan=5.1|{pan}", path)
    sound = samples(path)
    assert sine_offset(sound[:, 0], 0.1, 0.4)[1] * 8 == pytest.approx(left, abs=0.001)
    assert sine_offset(sound[:, 1], 0.1, 0.4)[1] * 8 == pytest.approx(right, abs=0.001)


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE"])
def test_every_sample_format_has_the_same_level(tmp_path: Path, subtype: str) -> None:
    """Whole numbers and floats of all sizes."""
    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE)
    path = tmp_path / "tone.wav"
    soundfile.write(path, np.stack((tone, -tone), axis=1), RATE, subtype=subtype)
    np.testing.assert_allclose(
        samples(path), np.stack((tone, -tone), axis=1), atol=0.009 if subtype == "PCM_U8" else 1e-4
    )


@pytest.mark.parametrize("source", [8_000, 16_000, 22_050, 44_100, 96_000])
def test_other_rates_come_at_48_khz_in_step(tmp_path: Path, source: int) -> None:
    """Length and phase after resampling."""
    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(2 * source) / source)
    path = tmp_path / "tone.wav"
    soundfile.write(path, tone, source)
    sound = samples(path)
    assert abs(len(sound) - 2 * RATE) <= 2
    late, amplitude = sine_offset(sound[:, 0], 0.5, 1.5)
    assert abs(late) < 0.01
    assert amplitude == pytest.approx(0.5, rel=1e-3)


def test_a_hole_in_the_sound_stays_a_hole(tmp_path: Path, media: Factory) -> None:
    """Packets missing for half a second: silence there, and what follows is in step."""
    path = tmp_path / "hole.mkv"
    ffmpeg("-i", media.path("h264_mkv"), "-c", "copy", "-bsf:a", "noise=drop='between(pts,500,1000)'", path)
    sound = samples(path)
    assert not sound[round(0.56 * RATE) : round(0.98 * RATE)].any()
    late, amplitude = sine_offset(sound[:, 0], 1.2, 1.8)
    assert abs(late) < RATE * 0.001
    assert amplitude == pytest.approx(1 / 8, rel=0.05)


def test_blocks_come_in_order_and_never_overlap(media: Factory) -> None:
    """Whoever reads block by block may write them straight to their place."""
    path = media.path("late_sound")
    place = 0
    for start, block in iter_samples(path, probe(path)):
        assert start >= place
        assert len(block) <= 2 * RATE
        place = start + len(block)
    assert place >= 2 * RATE


def test_resampling_in_pieces_is_resampling_in_one() -> None:
    """48 kHz to 16 kHz: the pieces' joins cannot be heard."""
    noise = np.random.default_rng(1).standard_normal((RATE, 1)).astype(np.float32)
    whole, parts = Resampler(RATE, 16_000, 1), Resampler(RATE, 16_000, 1)
    at_once = np.concatenate((whole.push(noise), whole.end()))
    in_parts = np.concatenate([*(parts.push(piece) for piece in np.array_split(noise, 7)), parts.end()])
    assert len(at_once) == 16_000
    np.testing.assert_allclose(at_once, in_parts, atol=1e-6)


def test_a_file_without_sound_says_so(media: Factory) -> None:
    """An error, not silence."""
    path = media.path("only_picture")
    with pytest.raises(MediaError, match="no sound"):
        read_samples(path, probe(path))


@pytest.mark.slow
def test_loudness_measured_in_pieces_is_that_of_the_whole(tmp_path: Path) -> None:
    """Across several pieces, within a hundredth of a LU and of a dB."""
    length = round(2.4 * PIECE_SECONDS * RATE)
    rng = np.random.default_rng(2)
    swell = 0.02 + 0.2 * np.abs(np.sin(np.arange(length) / RATE / 3))[:, None]
    noise = (rng.standard_normal((length, 2)) * swell * 0.5).clip(-0.99, 0.99).astype(np.float32)
    path = tmp_path / "noise.wav"
    soundfile.write(path, noise, RATE, subtype="FLOAT")
    reading, whole = heard(path), measure(noise)
    assert reading.loudness_lufs == pytest.approx(whole.integrated_lufs, abs=0.01)
    assert reading.loudness_range_lu == pytest.approx(whole.range_lu, abs=0.05)
    assert reading.true_peak_dbtp == pytest.approx(whole.true_peak_dbtp, abs=0.01)


def test_energy_follows_loudness_on_the_film_clock(media: Factory) -> None:
    """One value per half second: nothing before the late tone, then its level, -19 LUFS, on a scale from -50 to -10."""
    reading = heard(media.path("late_sound"))
    assert len(reading.energy) == 4
    assert reading.energy[0] < 0.05
    assert reading.energy[2] == pytest.approx((50 - 18.8) / 40, abs=0.02)


def test_silence_is_called_silent(media: Factory) -> None:
    """A sound stream with nothing in it."""
    reading = heard(media.path("silence"))
    assert reading.silent
    assert reading.loudness_lufs == -np.inf
    assert set(reading.energy) == {0.0}
