"""Sound files are exact, repeat byte for byte, and have the loudness that was asked for once they are encoded."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pyebur128
import pytest

from reelscore.errors import CancelledError, OutputError
from reelscore.render.formats import SOUND_FORMATS
from reelscore.render.run import Limits
from reelscore.render.sound_files import Aim, Tags, decode_loudness, decoded, write_audio
from reelscore.values.brief import LoudnessTarget
from reelscore.values.sound import Samples
from tests.unit.render.looking import click_times, clicks

pytestmark = pytest.mark.slow

LOSSLESS = {".wav", ".flac"}


def music(seconds: float = 3.0, level: float = 0.2) -> Samples:
    """Chords with struck attacks and some noise: dense enough for an encoder to work on."""
    t = np.arange(round(48_000 * seconds)) / 48_000
    tone = sum(np.sin(2 * np.pi * f * t) for f in (110, 220.5, 331, 440, 660, 1320, 2640))
    struck = tone * np.exp(-(t % 0.5) * 6) + np.random.default_rng(3).normal(0, 0.3, t.size)
    both = np.stack([struck, np.roll(struck, 40)], axis=1)
    return np.asarray(both * level / np.abs(both).max(), dtype=np.float32)


def limited(samples: Samples) -> Callable[[float, float], Samples]:
    """A plain master: gain, then clipping a little below the ceiling."""

    def remaster(gain_db: float, ceiling_dbtp: float) -> Samples:
        most = 10 ** ((ceiling_dbtp - 0.3) / 20)
        return np.asarray(np.clip(samples * np.float32(10 ** (gain_db / 20)), -most, most), dtype=np.float32)

    return remaster


def independent_lufs(path: Path) -> float:
    """Integrated loudness by libebur128."""
    samples = decoded(path)
    meter = pyebur128.R128State(2, 48_000, pyebur128.MeasurementMode.MODE_I)
    meter.add_frames(samples.ravel(), len(samples))
    return float(pyebur128.get_loudness_global(meter))


@pytest.mark.parametrize("suffix", sorted(SOUND_FORMATS))
def test_every_format_keeps_length_and_place(suffix: str, tmp_path: Path) -> None:
    """12345 samples: no multiple of any codec's frame."""
    samples = clicks(1.5 + 345 / 48_000, (0.0, 1.0))
    written = write_audio(samples, tmp_path / f"x{suffix}")
    found = decoded(written.path)
    assert len(found) == len(samples)
    assert click_times(found) == pytest.approx([0.0, 1.0], abs=1.5 / 48_000)
    if suffix in LOSSLESS:
        np.testing.assert_allclose(found, samples, atol=2**-23)


@pytest.mark.parametrize("suffix", sorted(SOUND_FORMATS))
def test_the_same_samples_give_the_same_bytes(suffix: str, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_audio(music(1.0), tmp_path / f"{name}{suffix}", tags=Tags("Tide", "seed 7"))
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


def test_lossless_files_have_24_bits(tmp_path: Path) -> None:
    for suffix in LOSSLESS:
        write_audio(music(0.5), tmp_path / f"x{suffix}")
        with av.open(str(tmp_path / f"x{suffix}")) as container:
            assert container.streams.audio[0].codec_context.format.bits in (24, 32)
        fine = np.full((4800, 2), 2.0**-22, dtype=np.float32)
        write_audio(fine, tmp_path / f"fine{suffix}")
        np.testing.assert_array_equal(decoded(tmp_path / f"fine{suffix}"), fine)


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".flac", ".ogg", ".opus", ".wav"])
def test_tags_are_written_without_a_date(suffix: str, tmp_path: Path) -> None:
    write_audio(music(0.5), tmp_path / f"x{suffix}", tags=Tags("Tide\nin", "seed = 7"))
    with av.open(str(tmp_path / f"x{suffix}")) as container:
        tags = {k.lower(): v for k, v in {**container.metadata, **container.streams[0].metadata}.items()}
    assert (tags["title"], tags.get("comment", tags.get("description"))) == ("Tide in", "seed = 7")
    assert not {"date", "creation_time"} & set(tags)


def test_the_measure_agrees_with_another_meter(tmp_path: Path) -> None:
    write_audio(music(4.0), tmp_path / "x.m4a")
    assert decode_loudness(tmp_path / "x.m4a").integrated_lufs == pytest.approx(
        independent_lufs(tmp_path / "x.m4a"), abs=0.05
    )


@pytest.mark.parametrize("suffix", [".m4a", ".mp3", ".opus", ".wav"])
def test_loudness_is_reached_on_the_encoded_file(suffix: str, tmp_path: Path) -> None:
    target = LoudnessTarget("youtube", -16.0, -1.0)
    first = music(4.0, 0.1)
    written = write_audio(first, tmp_path / f"x{suffix}", aim=Aim(target, limited(first)))
    assert written.on_target
    assert independent_lufs(written.path) == pytest.approx(-16.0, abs=0.3)
    assert decode_loudness(written.path).true_peak_dbtp <= -1.0
    assert 2 <= written.rounds <= 3


def test_what_fits_at_once_is_encoded_once(tmp_path: Path) -> None:
    samples = music(3.0)
    plain = write_audio(samples, tmp_path / "a.m4a")

    def never(gain_db: float, ceiling: float) -> Samples:
        raise AssertionError("it fitted")

    aim = Aim(LoudnessTarget("x", plain.loudness.integrated_lufs + 0.2, -1.0), never)
    written = write_audio(samples, tmp_path / "b.m4a", aim=aim)
    assert (written.rounds, written.on_target) == (1, True)


def test_peaks_that_the_encoder_raised_are_taken_down(tmp_path: Path) -> None:
    """A programme that touches the ceiling before encoding passes it afterwards, until it is mastered lower."""
    hard = np.sign(music(3.0)).astype(np.float32) * np.float32(0.88)
    loud = write_audio(hard, tmp_path / "a.mp3")
    assert loud.loudness.true_peak_dbtp > -1.0
    ceilings: list[float] = []

    def remaster(gain_db: float, ceiling_dbtp: float) -> Samples:
        ceilings.append(ceiling_dbtp)
        return (hard * np.float32(10 ** ((ceiling_dbtp + 1) / 20))).astype(np.float32)

    target = LoudnessTarget("x", loud.loudness.integrated_lufs, -1.0)
    written = write_audio(hard, tmp_path / "b.mp3", aim=Aim(target, remaster))
    assert written.loudness.true_peak_dbtp <= -1.0
    assert ceilings[0] < -1.0


def test_what_cannot_be_reached_is_said_and_the_best_try_kept(tmp_path: Path) -> None:
    samples = music(3.0)
    written = write_audio(samples, tmp_path / "x.m4a", aim=Aim(LoudnessTarget("x", -5.0), lambda gain, top: samples))
    assert (written.on_target, written.rounds) == (False, 3)
    assert written.path.is_file()


def test_silence_is_written_as_silence(tmp_path: Path) -> None:
    quiet = np.zeros((48_000, 2), dtype=np.float32)
    written = write_audio(quiet, tmp_path / "x.m4a", aim=Aim(LoudnessTarget(), lambda gain, top: quiet))
    assert written.loudness.integrated_lufs == -math.inf
    assert not written.on_target


def test_an_existing_file_is_overwritten_only_when_told(tmp_path: Path) -> None:
    out = tmp_path / "x.wav"
    out.write_text("mine")
    with pytest.raises(OutputError, match=r"exists already.*--force"):
        write_audio(music(0.2), out)
    assert out.read_text() == "mine"
    write_audio(music(0.2), out, force=True)
    assert out.stat().st_size > 20_000


def test_a_link_keeps_pointing_where_it_points(tmp_path: Path) -> None:
    (tmp_path / "real.wav").write_text("old")
    (tmp_path / "link.wav").symlink_to(tmp_path / "real.wav")
    write_audio(music(0.2), tmp_path / "link.wav", force=True)
    assert (tmp_path / "link.wav").is_symlink()
    assert (tmp_path / "real.wav").stat().st_size > 20_000


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("x.mp5", r'"\.mp5".*Did you mean "\.mp3"'),
        ("x", "Known"),
        ("folder.wav", "is a folder"),
        ("missing/x.wav", "no folder"),
        ("n" * 500 + ".wav", "too long"),
        ("file.txt/x.wav", "folder"),
        ("nul\0.wav", "cannot be written"),
    ],
    ids=lambda text: text[:12],
)
def test_places_that_cannot_take_it_are_refused_in_one_line(name: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "folder.wav").mkdir()
    (tmp_path / "file.txt").write_text("x")
    with pytest.raises(OutputError, match=said) as caught:
        write_audio(music(0.2), tmp_path / name)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300
    assert sorted(os.listdir(tmp_path)) == ["file.txt", "folder.wav"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_refused(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    with pytest.raises(OutputError, match="may be written"):
        write_audio(music(0.2), tmp_path / "closed" / "x.wav")


@pytest.mark.parametrize("suffix", [".wav", ".m4a"])
def test_a_full_disk_leaves_nothing_and_says_so(suffix: str, tmp_path: Path) -> None:
    """Simulated by a limit on the size of a file."""
    with pytest.raises(OutputError):
        write_audio(music(3.0), tmp_path / f"x{suffix}", limits=Limits(file_bytes=10_000))
    assert os.listdir(tmp_path) == []


def test_a_full_disk_keeps_the_file_that_was_there(tmp_path: Path) -> None:
    (tmp_path / "x.wav").write_text("mine")
    with pytest.raises(OutputError):
        write_audio(music(3.0), tmp_path / "x.wav", force=True, limits=Limits(file_bytes=10_000))
    assert (tmp_path / "x.wav").read_text() == "mine"


def test_stopping_leaves_nothing(tmp_path: Path) -> None:
    def watch(stage: str, share: float) -> None:
        if share >= 1.0:
            raise CancelledError

    with pytest.raises(CancelledError):
        write_audio(music(1.0), tmp_path / "x.m4a", watch)
    assert os.listdir(tmp_path) == []
