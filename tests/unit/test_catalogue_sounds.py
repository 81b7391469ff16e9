"""Sounds that lie on the machine besides the package's are found where people keep them."""

from __future__ import annotations

from pathlib import Path

import pytest

from reelscore import catalogue
from reelscore.catalogue import OWN_SOUNDS, found_sounds, health


def test_the_users_folder_comes_first_then_larger_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    system, home = tmp_path / "sf2", tmp_path / "home"
    system.mkdir()
    (system / "small.sf2").write_bytes(b"x")
    (system / "large.sf3").write_bytes(b"x" * 100)
    (system / "default.sf2").symlink_to(system / "large.sf3")
    (system / "dangling.sf2").symlink_to(system / "gone.sf2")
    (system / "readme.txt").write_text("no font")
    monkeypatch.setattr(catalogue, "SYSTEM_SOUNDS", (str(system), str(tmp_path / "not there")))
    assert [path.name for path in found_sounds(home)] == ["large.sf3", "small.sf2"]
    (home / OWN_SOUNDS).mkdir(parents=True)
    assert len(found_sounds(home)) == 2  # an empty folder holds no sounds
    (home / OWN_SOUNDS / "sounds.toml").write_text("")
    assert found_sounds(home)[0] == home / OWN_SOUNDS


def test_the_doctor_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "large.sf2").write_bytes(b"x")
    monkeypatch.setattr(catalogue, "SYSTEM_SOUNDS", (str(tmp_path),))
    assert any(check.name == "more sounds" and "large.sf2" in check.detail for check in health())
