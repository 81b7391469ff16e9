"""The music of a timeline as stems and notes: they add up, are those of the timeline, and leave nothing behind."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import soundfile

from reelscore import editing
from reelscore.edges.storage.project import Project
from reelscore.errors import OutputError
from reelscore.values.command import Plain

STEP = 1 / (1 << 23)  # of 24 bits; rounding is half of it


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = Project.create(tmp_path_factory.mktemp("music") / "song", [])
    steps: list[tuple[str, dict[str, Plain]]] = [("generate_music", {"prompt": "4-second lo-fi", "duration": "4s"})]
    made.edit(steps)
    return made


def test_the_stems_add_up_to_the_unmastered_music_and_the_mix_is_the_one_on_the_timeline(
    project: Project, tmp_path: Path
) -> None:
    out = tmp_path / "song.zip"
    done = editing.write_music_file(project.history.timeline, project, out)
    assert done.duration == Fraction(4)
    with zipfile.ZipFile(out) as packed:
        names = packed.namelist()
        sounds = {name: soundfile.read(io.BytesIO(packed.read(name)))[0] for name in names if name.endswith(".wav")}
        kinds = {soundfile.info(io.BytesIO(packed.read(name))).subtype for name in sounds}
    stems = [sound for name, sound in sounds.items() if name.startswith("stems/")]
    assert len(stems) >= 4
    assert kinds == {"PCM_24"}
    np.testing.assert_allclose(sum(stems), sounds["unmastered.wav"], atol=(len(stems) + 1) * STEP + 1e-6)
    segment = editing.composed(project.history.timeline)[0]
    np.testing.assert_allclose(sounds["mix.wav"], soundfile.read(project.path(segment.media))[0], atol=STEP)
    assert {"music.mid", "markers.csv", "score.json", "piece.json"} <= set(names)
    assert [path.name for path in tmp_path.iterdir()] == ["song.zip"]


def test_the_same_timeline_gives_the_same_bytes(project: Project, tmp_path: Path) -> None:
    first, second = tmp_path / "a.zip", tmp_path / "b.zip"
    for out in (first, second):
        editing.write_music_file(project.history.timeline, project, out)
    assert first.read_bytes() == second.read_bytes()


def test_notes_are_a_midi_file(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "song.mid"
    editing.write_music_file(project.history.timeline, project, out)
    assert out.read_bytes()[:4] == b"MThd"


def test_a_timeline_without_composed_music_has_nothing_to_hand_on(project: Project, tmp_path: Path) -> None:
    bare = replace(project.history.timeline, tracks=())
    with pytest.raises(OutputError, match="no music"):
        editing.write_music_file(bare, project, tmp_path / "song.zip")
    assert list(tmp_path.iterdir()) == []
