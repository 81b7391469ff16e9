"""Moods are heard: each pulls mode, tempo, register, loudness, articulation, density and brightness its own way.

The cues and their directions are those of the table (moods.toml names its sources); here they are measured on scores
and compared with what the table asks for, mood by mood.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from statistics import mean

import numpy as np
import pytest

from reelscore.brief.make import make_brief
from reelscore.catalogue import vocabulary
from reelscore.compose.tables import Mood, genres, moods
from reelscore.compose.write import write_score
from reelscore.values.brief import Wishes
from reelscore.values.score import Note, Score

CUES = ("mode", "tempo", "register", "loudness", "articulation", "density", "brightness")
FEW = ("happy", "sad", "energetic", "calm", "dark", "playful", "epic", "dreamy")
OWN = {("horror", "articulation")}  # held clusters and short shocks, whatever the mood
FREE = {  # what a style does not leave to moods: the mode of a style that has one, the tempo of one that keeps it
    "mode": 0.5, "tempo": 0.5, "register": 0.35, "loudness": 0.8,
    "articulation": 0.15, "density": 0.6, "brightness": 0.9,
}  # fmt: skip


def wanted(mood: Mood) -> tuple[float, ...]:
    loud, busy = mood.dynamics + 0.3 * mood.arousal, mood.density + 0.2 * mood.arousal
    return (mood.major, mood.tempo, mood.register, loud, -mood.articulation, busy, mood.brightness)


def heard(style: str, mood: str, seed: int, seconds: int) -> tuple[float, ...]:
    brief = make_brief("", Wishes(genre=style, mood=mood, duration=Fraction(seconds), seed=seed), vocabulary())
    score = write_score(brief)
    every = [n for p in score.players if p.role != "fx" for n in score.notes_of(p.name)]
    tune = [n for p in score.players if p.role == "melody" for n in score.notes_of(p.name)]
    pitched = [n for p in score.players if p.role in ("chords", "arp", "pad") for n in score.notes_of(p.name)]
    return (
        float(not brief.key.minor),
        brief.tempo_map.mean_bpm,
        mean(n.pitch for n in tune or pitched or every),
        mean(n.velocity for n in every),
        _tied(score),
        len(every) / seconds,
        score.colour.brightness,
    )


def _tied(score: Score) -> float:
    """How much of the time to the next note a note sounds, over the moving parts."""
    shares = []
    for player in score.players:
        if player.role in ("melody", "bass", "arp", "chords"):
            shares += _shares(score.notes_of(player.name))
    return mean(shares) if shares else 0.0


def _shares(notes: tuple[Note, ...]) -> list[float]:
    return [min(1.3, float(a.beats / (b.at - a.at))) for a, b in pairwise(notes) if 0 < b.at - a.at <= 2]


def likeness(style: str, names: list[str], seeds: tuple[int, ...], seconds: int) -> dict[str, float]:
    """For each cue the correlation of what is heard with what the table asks for."""
    table = [wanted(moods()[name]) for name in names]
    sound = [np.mean([heard(style, name, seed, seconds) for seed in seeds], axis=0) for name in names]
    found = {}
    for k, cue in enumerate(CUES):
        ask, got = np.array([row[k] for row in table]), np.array([row[k] for row in sound])
        found[cue] = float(np.corrcoef(ask, got)[0, 1]) if got.std() > 1e-9 else float("nan")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("style", ["pop", "lofi"])
def test_eight_moods_are_eight_ways_to_play_a_style(style: str) -> None:
    for cue, like in likeness(style, list(FEW), (1,), 40).items():
        assert like > 0.6, f"{cue} follows the mood only by {like:.2f}"


@pytest.mark.slow
@pytest.mark.parametrize("style", sorted(genres()))
def test_all_moods_are_heard_in_every_style(style: str) -> None:
    modes = {mode for mode, _ in genres()[style].modes}
    low, _, high = genres()[style].tempo
    for cue, like in likeness(style, list(moods()), (1,), 24).items():
        if (cue == "mode" and len(modes) < 2) or (cue == "tempo" and high < low * 1.2) or (style, cue) in OWN:
            continue
        assert like > FREE[cue], f"{cue} follows the mood only by {like:.2f}"


def test_every_number_of_the_table_is_used() -> None:
    """A column that nothing reads is a promise not kept."""
    from importlib.resources import files

    sources = [f.read_text("utf-8") for stage in ("compose", "brief") for f in files(f"reelscore.{stage}").iterdir()
               if f.name.endswith(".py") and f.name != "tables.py"]  # fmt: skip
    text = "\n".join(sources)
    for column in Mood.__dataclass_fields__:
        if column not in ("name", "words"):
            assert f"mood.{column}" in text or f"feeling.{column}" in text or f"mood(brief.mood).{column}" in text, (
                column
            )
