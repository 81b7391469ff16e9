"""Finished music changed from the command line: what is not meant stays, to the sample."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.acceptance.command import reelscore

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def track(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a bundle "a" of thirty seconds of lo-fi."""
    folder = tmp_path_factory.mktemp("revise")
    run = reelscore("compose", "calm lofi", "--duration", "30", "-o", "a.wav", "--bundle", "a", cwd=folder)
    assert run.code == 0, run.err
    return folder


def test_bars_are_written_again_and_nothing_else_changes(track: Path) -> None:
    run = reelscore("revise", "a", "--bars", "3-4", "-o", "b.wav", "--bundle", "b", cwd=track)
    assert run.code == 0, run.err
    old, new = (json.loads((track / name / "score.json").read_text())["score"] for name in "ab")
    bars = old["tempo_map"]["bars"]
    start, end = (_number(bars[n]["start"]) for n in (2, 4))
    notes = [_notes(score) for score in (old, new)]
    assert {n for n in notes[0] if not start <= n[1] < end} == {n for n in notes[1] if not start <= n[1] < end}
    assert notes[0] != notes[1]
    before, after = (soundfile.read(track / f"{name}.wav")[0] for name in "ab")
    differs = np.flatnonzero(np.abs(before - after).max(axis=1) > 0) / 48_000
    step = _number(old["tempo_map"]["steps"][0]["seconds_per_beat"])
    assert start * step - 0.15 < differs[0] < end * step
    assert differs[-1] < end * step + 6


def test_another_key_is_the_same_music_higher(track: Path) -> None:
    run = reelscore("revise", "a", "--transpose", "2", "-o", "c.wav", "--bundle", "c", cwd=track)
    assert run.code == 0, run.err
    old, new = (json.loads((track / name / "score.json").read_text())["score"] for name in "ac")
    drums = {player["name"] for player in old["players"] if player["role"] in ("drums", "percussion", "fx")}
    low = {(p, at, pitch) for p, at, pitch in _notes(old) if p not in drums}
    high = {(p, at, pitch) for p, at, pitch in _notes(new) if p not in drums}
    shifts = {(pitch - 2) % 12 for _, _, pitch in high} - {pitch % 12 for _, _, pitch in low}
    assert shifts == set()
    assert len(low) == len(high)


def test_words_change_what_they_name(track: Path) -> None:
    run = reelscore("revise", "a", "without drums", "-o", "d.wav", "--json", cwd=track)
    assert run.code == 0, run.err
    assert not any(p["role"] == "drums" for p in run.json["report"]["players"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("a",), "Nothing says what to change"),
        (("a", "--bars", "900-901"), "no bars"),
        (("a", "--bars", "x"), "no bars"),
        (("a", "--section", "fugue"), "no section"),
        (("a", "--keep", "silence"), "harmony"),
        (("a", "--transpose", "40"), "too far"),
        (("nowhere", "darker"), "piece.json"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(words: tuple[str, ...], said: str, track: Path) -> None:
    run = reelscore("revise", *words, "-o", "x.wav", "--quiet", cwd=track)
    assert run.code == 2
    assert said.lower() in run.err.lower()
    assert run.err.strip().count("\n") == 0
    assert not (track / "x.wav").exists()


def test_a_loop_closes(tmp_path: Path) -> None:
    """Whole bars; joined to itself nothing is heard of the seam."""
    run = reelscore("compose", "lofi", "--loop", "--duration", "12", "-o", "loop.wav", "--json", cwd=tmp_path)
    assert run.code == 0, run.err
    samples, rate = soundfile.read(tmp_path / "loop.wav")
    assert rate == 48_000
    twice = np.concatenate([samples, samples])
    steps = np.abs(np.diff(twice, axis=0)).max(axis=1)
    join = len(samples)
    assert steps[join - 24 : join + 24].max() <= np.percentile(steps, 99.99) + 0.05


def _number(text: str) -> float:
    top, _, bottom = str(text).partition("/")
    return int(top) / int(bottom or 1)


def _notes(score: dict[str, object]) -> set[tuple[str, float, int]]:
    return {
        (part["player"], _number(note["at"]), note["pitch"])
        for section in score["sections"]  # type: ignore[attr-defined]
        for part in section["parts"]
        for note in part["notes"]
    }
