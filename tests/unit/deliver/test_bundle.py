"""The bundle is complete, adds up, repeats byte for byte, and never stays half-written."""

from __future__ import annotations

import json
import math
import os
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import soundfile

from reelscore.deliver.bundle import Bundle, stem_names, write_bundle
from reelscore.deliver.provenance import hashed
from reelscore.deliver.wav import write_pcm24_wav
from reelscore.errors import CancelledError, OutputError
from reelscore.values.sound import Samples
from tests.unit.deliver.song import PROGRAMS, hits, mix, provenance, report, song

NULL_DB = -60.0  # the promise; float files reach far below


def bundle() -> Bundle:
    return Bundle(
        mix(), song(), Fraction(20), Fraction(25), PROGRAMS, report(), provenance(), hits(), (Fraction(5),), "film.mp4"
    )


def sound(path: Path) -> Samples:
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    assert rate == 48_000
    return np.asarray(samples, dtype=np.float32)


def level_db(samples: Samples) -> float:
    return 10 * math.log10(float(np.mean(np.square(samples.astype(np.float64)))) + 1e-30)


def test_everything_is_there(tmp_path: Path) -> None:
    files = write_bundle(tmp_path / "out", bundle())
    names = sorted(str(path.relative_to(tmp_path / "out")) for path in files)
    assert names == sorted(
        [
            *("mix.wav", "unmastered.wav", "music.mid", "markers.csv", "timeline.otio"),
            *("score.json", "report.json", "report.txt", "provenance.json"),
            *("stems/01 chords.wav", "stems/02 drums.wav", "stems/03 fx.wav"),
        ]
    )
    assert sorted(p for p in (tmp_path / "out").rglob("*") if p.is_file()) == sorted(files)


def test_the_written_stems_add_up_to_the_unmastered_mix(tmp_path: Path) -> None:
    write_bundle(tmp_path / "out", bundle())
    total = sum(sound(path) for path in sorted((tmp_path / "out" / "stems").iterdir()))
    whole = sound(tmp_path / "out" / "unmastered.wav")
    assert level_db(np.asarray(total - whole)) - level_db(whole) < NULL_DB
    assert float(np.abs(whole).max()) > 1.0  # it passes full scale, and nothing was clipped


def test_the_mix_is_the_mastered_music_in_24_bits(tmp_path: Path) -> None:
    write_bundle(tmp_path / "out", bundle())
    assert soundfile.info(tmp_path / "out" / "mix.wav").subtype == "PCM_24"
    np.testing.assert_allclose(sound(tmp_path / "out" / "mix.wav"), mix().samples, atol=2**-23)


def test_full_scale_does_not_wrap_around(tmp_path: Path) -> None:
    samples = np.array([[1.0, -1.0], [2.0, -2.0], [0.0, 0.5]], dtype=np.float32)
    write_pcm24_wav(tmp_path / "x.wav", samples)
    np.testing.assert_allclose(sound(tmp_path / "x.wav"), np.clip(samples, -1, 1), atol=2**-22)


def test_every_file_is_proven_by_its_hash(tmp_path: Path) -> None:
    write_bundle(tmp_path / "out", bundle())
    proof = json.loads((tmp_path / "out" / "provenance.json").read_text())
    listed = {entry["name"]: entry["sha256"] for entry in proof["outputs"]}
    assert "stems/01 chords.wav" in listed
    assert all(hashed(tmp_path / "out" / name).sha256 == digest for name, digest in listed.items())


def test_the_same_music_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_bundle(tmp_path / name, bundle())
    for path in sorted((tmp_path / "a").rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes(), path.name


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write_bundle(tmp_path / "out", bundle())
    assert (tmp_path / "out" / "mix.wav").is_file()


def test_a_bundle_is_replaced_only_when_told(tmp_path: Path) -> None:
    write_bundle(tmp_path / "out", bundle())
    (tmp_path / "out" / "old.txt").write_text("of the bundle before")
    with pytest.raises(OutputError, match="not empty"):
        write_bundle(tmp_path / "out", bundle())
    write_bundle(tmp_path / "out", bundle(), force=True)
    assert not (tmp_path / "out" / "old.txt").exists()


def test_a_folder_of_other_things_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "only-copy.jpg").write_text("precious")
    with pytest.raises(OutputError, match="other things"):
        write_bundle(tmp_path / "photos", bundle(), force=True)
    assert (tmp_path / "photos" / "only-copy.jpg").read_text() == "precious"


@pytest.mark.parametrize("place", ["missing/out", "file", "file/out", "n" * 300])
def test_places_that_cannot_hold_it_are_refused(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError):
        write_bundle(tmp_path / place, bundle())
    assert os.listdir(tmp_path) == ["file"]


def test_stopping_leaves_nothing(tmp_path: Path) -> None:
    def watch(stage: str, share: float) -> None:
        if share > 0.5:
            raise CancelledError

    with pytest.raises(CancelledError):
        write_bundle(tmp_path / "out", bundle(), watch)
    assert os.listdir(tmp_path) == []


def test_a_full_disk_leaves_nothing_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reelscore.deliver.bundle.write_float_wav", full)
    with pytest.raises(OutputError, match=r"no room left.*Free some space"):
        write_bundle(tmp_path / "out", bundle())
    assert os.listdir(tmp_path) == []


def test_stem_names_are_safe_everywhere() -> None:
    assert stem_names(["chords_2", "../évil\n:x"]) == ["stems/01 chords_2.wav", "stems/02 ----vil--x.wav"]
