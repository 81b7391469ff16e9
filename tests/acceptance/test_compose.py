"""Words in, a finished track out, through the installed command."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import mido
import numpy as np
import pytest
import soundfile

from tests.acceptance.command import loudness, reelscore, sound

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("suffix", ["wav", "flac", "mp3", "m4a", "ogg", "opus"])
def test_a_track_in_every_format_is_as_long_and_as_loud_as_asked(suffix: str, tmp_path: Path) -> None:
    run = reelscore("compose", "short happy pop", "--duration", "12", "-o", f"track.{suffix}", "--json", cwd=tmp_path)
    assert run.code == 0, run.err
    track = tmp_path / f"track.{suffix}"
    level, peak = loudness(track)
    assert abs(level - -14.0) <= 0.3
    assert peak <= -1.0 + 0.05
    assert abs(len(sound(track)) / 48_000 - 12.0) < 0.08
    assert run.json["report"]["duration_s"] == 12.0


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_track(tmp_path: Path) -> None:
    digests = []
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        words = ("compose", "calm ambient", "--duration", "10", "--seed", str(seed))
        run = reelscore(*words, "-o", f"{name}.wav", "--bundle", name, cwd=tmp_path)
        assert run.code == 0, run.err
        files = [tmp_path / f"{name}.wav", *(tmp_path / name / file for file in ("score.json", "music.mid", "mix.wav"))]
        digests.append([hashlib.sha256(file.read_bytes()).hexdigest() for file in files])
    assert digests[0] == digests[1]
    assert all(a != c for a, c in zip(digests[0], digests[2], strict=True))


def test_the_bundle_holds_stems_that_sum_midi_markers_score_and_provenance(tmp_path: Path) -> None:
    run = reelscore("compose", "cinematic", "--duration", "15", "-o", "t.wav", "--bundle", "out", cwd=tmp_path)
    assert run.code == 0, run.err
    folder = tmp_path / "out"
    mix, _ = soundfile.read(folder / "unmastered.wav")
    total = sum(soundfile.read(stem)[0] for stem in sorted((folder / "stems").glob("*.wav")))
    null = np.sqrt(np.mean((total - mix) ** 2)) / np.sqrt(np.mean(mix**2))
    assert 20 * np.log10(null + 1e-12) < -60
    midi = mido.MidiFile(folder / "music.mid")
    assert any(message.type == "set_tempo" for message in midi.tracks[0])
    players = [stem for stem in (folder / "stems").glob("*.wav") if not stem.stem.endswith(" rooms")]
    assert len(midi.tracks) == 1 + len(players)
    score = json.loads((folder / "score.json").read_text())
    assert score["score"]["genre"] == "cinematic"
    provenance = json.loads((folder / "provenance.json").read_text())
    assert provenance["seed"] == 1
    assert {sound["licence"] for sound in provenance["sounds"]} <= {"MIT", "Apache-2.0"}
    assert (folder / "timeline.otio").is_file()
    assert (folder / "markers.csv").read_text().count("\n") > 3


def test_no_drums_means_no_drums(tmp_path: Path) -> None:
    run = reelscore("compose", "house", "--no", "drums", "--duration", "15", "-o", "t.wav", "--json", cwd=tmp_path)
    assert run.code == 0, run.err
    assert {"drums", "percussion"}.isdisjoint(player["role"] for player in run.json["report"]["players"])


def test_variations_are_several_files_that_differ(tmp_path: Path) -> None:
    run = reelscore("compose", "lofi", "--duration", "8", "--variations", "2", "-o", "v.wav", cwd=tmp_path)
    assert run.code == 0, run.err
    assert (tmp_path / "v-1.wav").read_bytes() != (tmp_path / "v-2.wav").read_bytes()


def test_a_chinese_prompt_is_understood(tmp_path: Path) -> None:
    run = reelscore("brief", "30秒的低保真，前奏不要鼓，90拍", "--json", cwd=tmp_path)
    assert run.code == 0, run.err
    assert run.json["genre"] == "lofi"
    assert run.json["duration"] == "30"
    assert run.json["bpm"] == "90"
    assert {"what": "drums", "section": "intro", "within": None} in run.json["exclusions"]


def test_without_a_name_the_track_gets_a_free_one(tmp_path: Path) -> None:
    for _ in range(2):
        assert reelscore("compose", "tiny lofi", "--duration", "5", cwd=tmp_path).code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tiny-lofi-2.wav", "tiny-lofi.wav"]
