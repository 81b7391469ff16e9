"""The critic hears planted faults, and finds none in what the composer hands over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reelscore.compose import write
from reelscore.compose.band import Chair, seat_band
from reelscore.compose.bars import read_ground
from reelscore.compose.form import plan_form
from reelscore.compose.harmony import write_harmony
from reelscore.compose.lint import faults
from reelscore.compose.players import Parts, write_parts
from reelscore.compose.scene import Scene, Seeds
from reelscore.compose.tables import genre, mood
from reelscore.values.score import Note
from tests.unit.compose.briefs import GENRES, bed


@pytest.fixture
def theme() -> tuple[Scene, tuple[Chair, ...], Parts]:
    """A pop theme as the composer wrote it."""
    brief = bed("pop")
    style, feeling = genre("pop"), mood("happy")
    ground = read_ground(brief)
    plans = plan_form(brief, style, feeling, ground)
    harmonies = write_harmony(brief, style, feeling, ground, plans)
    plan = next(p for p in plans if p.kind == "theme")
    scene = Scene(brief, style, feeling, ground, plan, None, harmonies, Seeds.of(brief.seed), brief.seed)
    band = seat_band(brief, style)
    return scene, band, write_parts(scene, band)


def kinds(scene: Scene, band: tuple[Chair, ...], parts: Parts) -> set[str]:
    return {fault.kind for fault in faults(scene, band, parts)}


def replaced(parts: Parts, player: str, notes: list[Note]) -> Parts:
    return parts | {player: (notes, parts[player][1])}


def test_a_good_take_passes(theme: tuple[Scene, tuple[Chair, ...], Parts]) -> None:
    assert kinds(*theme) == set()


def test_a_minor_ninth_on_a_strong_beat_is_heard(theme: tuple[Scene, tuple[Chair, ...], Parts]) -> None:
    scene, band, parts = theme
    index, measure = scene.measures[0]
    chord = scene.harmonies.at(index, 0)
    rub = next(c for c in chord.classes if (c + 1) % 12 not in chord.classes)
    wrong = Note(measure.start, measure.beat(4) - measure.start, 72 + (rub + 1) % 12, 90)
    assert "clash" in kinds(scene, band, replaced(parts, "melody", [wrong]))


def test_close_intervals_in_the_depths_are_heard(theme: tuple[Scene, tuple[Chair, ...], Parts]) -> None:
    scene, band, parts = theme
    at = scene.measures[0][1].start
    mud = [Note(at, scene.measures[0][1].end - at, pitch, 80) for pitch in (40, 44, 47)]
    assert "muddy" in kinds(scene, band, replaced(parts, "chords", mud))


def test_leaps_and_standing_still_are_heard(theme: tuple[Scene, tuple[Chair, ...], Parts]) -> None:
    scene, band, parts = theme
    tune = list(parts["melody"][0])
    jumped = [replace(n, pitch=88 if i % 2 else 67) for i, n in enumerate(tune)]
    still = [replace(n, pitch=tune[0].pitch) for n in tune]
    assert "leap" in kinds(scene, band, replaced(parts, "melody", jumped))
    assert "stuck" in kinds(scene, band, replaced(parts, "melody", still))


def test_a_tune_under_its_chords_is_heard(theme: tuple[Scene, tuple[Chair, ...], Parts]) -> None:
    scene, band, parts = theme
    low = [replace(n, pitch=n.pitch - 24) for n in parts["melody"][0]]
    assert {"buried"} <= kinds(scene, band, replaced(parts, "melody", low))


def test_notes_an_instrument_lacks_are_heard(theme: tuple[Scene, tuple[Chair, ...], Parts]) -> None:
    scene, band, parts = theme
    below = [replace(n, pitch=12) for n in parts["bass"][0]]
    assert "range" in kinds(scene, band, replaced(parts, "bass", below))


def test_an_empty_bar_is_heard(theme: tuple[Scene, tuple[Chair, ...], Parts]) -> None:
    scene, band, parts = theme
    second = scene.measures[1][1].start
    start = scene.measures[0][1].start
    first_bar = {
        name: ([replace(n, beats=second - start) for n in notes if n.at == start], controls)
        for name, (notes, controls) in parts.items()
    }
    assert "empty" in kinds(scene, band, first_bar)


def test_a_faulty_take_is_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """While the critic complains about the first take, a later one is handed over."""
    takes: list[int] = []

    def strict(scene: Scene, band: tuple[Chair, ...], parts: Parts) -> tuple[object, ...]:
        takes.append(scene.take)
        return ("fault",) if scene.take == 0 else ()

    plain = write.write_score(bed("pop", 30))
    monkeypatch.setattr(write, "faults", strict)
    assert write.write_score(bed("pop", 30)) != plain
    assert set(takes) == {0, 1}


@pytest.mark.parametrize("style", GENRES)
@pytest.mark.slow
def test_what_is_handed_over_has_no_faults(style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over several seeds and moods the last take of every section is clean, but for one note at most."""
    last: dict[tuple[int, int], int] = {}

    def listen(scene: Scene, band: tuple[Chair, ...], parts: Parts) -> tuple[object, ...]:
        found = faults(scene, band, parts)
        last[scene.brief.seed, scene.plan.index] = len(found)
        return found

    monkeypatch.setattr(write, "faults", listen)
    for seed, feeling in enumerate(("happy", "sad", "tense", "epic", "calm", "playful")):
        write.write_score(bed(style, 60, seed, feeling))
    assert sum(last.values()) <= 1


def test_a_bar_told_four_times_is_heard(theme: tuple[Scene, tuple[Chair, ...], Parts]) -> None:
    scene, band, parts = theme
    same = [Note(measure.beat(s), measure.beat(2) - measure.start, 72 + s // 4, 90)
            for _, measure in scene.measures for s in (0, 4, 8)]  # fmt: skip
    assert "same" in kinds(scene, band, replaced(parts, "melody", same))


def test_parts_a_semitone_apart_are_heard(theme: tuple[Scene, tuple[Chair, ...], Parts]) -> None:
    scene, band, parts = theme
    at = scene.measures[0][1].start
    tune, second = [Note(at, at + 4 - at, 73, 90)], [Note(at, at + 4 - at, 72, 80)]
    assert "rub" in kinds(scene, band, replaced(parts, "melody", tune) | {"counter": (second, [])})


def test_parallel_fifths_are_faults_only_where_the_style_minds(theme: tuple[Scene, tuple[Chair, ...], Parts]) -> None:
    scene, band, parts = theme
    starts = [measure.start for _, measure in scene.measures[:2]]
    tune = [
        Note(at, scene.measures[0][1].end - scene.measures[0][1].start, 71 + 2 * k, 90) for k, at in enumerate(starts)
    ]
    low = [replace(note, pitch=note.pitch - 31) for note in tune]
    both = replaced(parts, "melody", tune) | {"bass": (low, [])}
    strict = replace(scene, genre=replace(scene.genre, harmony=replace(scene.genre.harmony, strict=True)))
    assert "parallel" not in kinds(scene, band, both)
    assert "parallel" in kinds(strict, band, both)
