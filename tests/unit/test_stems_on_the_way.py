"""Stems that wait for their bundle: on the disk the bundle goes to, and no stem changes on the way."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import soundfile

from reelscore import takes
from reelscore.errors import OutputError
from reelscore.pipeline import Order, compose_bed, revise_bed
from reelscore.takes import Take, stems_on_the_way
from reelscore.values.brief import Wishes
from reelscore.values.timeline import Request

SOUND = np.linspace(-1, 1, 9600, dtype=np.float32).reshape(-1, 2)


def take(bundle: Path | None) -> Take:
    return Take(Order(), 1, Path("track.wav"), bundle, None)


def test_without_a_bundle_there_are_no_stems() -> None:
    assert stems_on_the_way(take(None), Fraction(6000)) is None


def test_many_stems_wait_beside_their_bundle_in_files_without_a_name(tmp_path: Path) -> None:
    keep = stems_on_the_way(take(tmp_path / "bundle"), Fraction(6000))
    assert keep is not None
    held = keep("strings", SOUND)
    assert isinstance(held, np.memmap)
    np.testing.assert_array_equal(held, SOUND)
    assert list(tmp_path.iterdir()) == []


def test_a_few_short_stems_stay_in_memory(tmp_path: Path) -> None:
    keep = stems_on_the_way(take(tmp_path / "bundle"), Fraction(60))
    assert keep is not None
    assert keep("strings", SOUND) is SOUND


def test_a_folder_that_is_gone_is_said_so(tmp_path: Path) -> None:
    keep = stems_on_the_way(take(tmp_path / "gone" / "bundle"), Fraction(6000))
    assert keep is not None
    with pytest.raises(OutputError):
        keep("strings", SOUND)


def test_stems_composed_and_revised_on_the_disk_sum_to_the_mix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also those of a revision, which are as many and as long."""
    monkeypatch.setattr(takes, "_MOST_KEPT_S", 0)
    first, second = tmp_path / "first", tmp_path / "second"
    wishes = Wishes(genre="lofi", duration=Fraction(6))
    compose_bed(Order("", wishes, tmp_path / "a.wav", bundle=first))
    revise_bed(first, Request("revise", "change", "", "darker"), Order(output=tmp_path / "b.wav", bundle=second))
    for bundle in (first, second):
        stems = [soundfile.read(path)[0] for path in sorted((bundle / "stems").iterdir())]
        assert len(stems) > 3
        np.testing.assert_allclose(sum(stems), soundfile.read(bundle / "unmastered.wav")[0], atol=1e-5)
    assert {path.name for path in tmp_path.iterdir()} == {"a.wav", "b.wav", "first", "second"}
