"""The package's tables are read as they stand, whatever was kept of an earlier reading."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from reelscore.values.shipped_toml import shipped_toml


@pytest.fixture(autouse=True)
def _kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever Python itself was told to keep."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def test_a_table_is_read_alike_the_first_time_and_every_other(tmp_path: Path) -> None:
    file = tmp_path / "moods.toml"
    file.write_text('[calm]\nwords = ["calm", "静"]\nenergy = 0.2\ndrums = false\n', encoding="utf-8")
    first = shipped_toml(file)
    assert first == {"calm": {"words": ["calm", "静"], "energy": 0.2, "drums": False}}
    first["calm"]["words"].append("spoilt by whoever got it")
    assert shipped_toml(file) == tomllib.loads(file.read_text("utf-8"))


def test_a_table_that_was_changed_is_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "moods.toml"
    for energy in (0.2, 0.7):
        file.write_text(f"[calm]\nenergy = {energy}\n", encoding="utf-8")
        assert shipped_toml(file) == {"calm": {"energy": energy}}


@pytest.mark.parametrize("spoilt", [b"", b"short", b"\0" * 400], ids=["empty", "short", "zeros"])
def test_what_was_kept_and_spoilt_is_made_again(tmp_path: Path, spoilt: bytes) -> None:
    file = tmp_path / "moods.toml"
    file.write_text("energy = 0.2\n", encoding="utf-8")
    shipped_toml(file)
    kept = list((tmp_path / "__pycache__").iterdir())
    for one in kept:
        one.write_bytes(one.read_bytes()[:16] + spoilt)
    assert shipped_toml(file) == {"energy": 0.2}


def test_a_folder_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "moods.toml"
    file.write_text("day = 2026-01-02\n", encoding="utf-8")
    (tmp_path / "__pycache__").write_text("a file where the folder would be")
    assert str(shipped_toml(file)["day"]) == "2026-01-02"


def test_no_toml_is_said_so_every_time(tmp_path: Path) -> None:
    file = tmp_path / "moods.toml"
    file.write_text("energy = \n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(tomllib.TOMLDecodeError):
            shipped_toml(file)
