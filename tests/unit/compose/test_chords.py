"""Numerals become the right notes, and voices move as a pianist's would."""

from __future__ import annotations

from itertools import pairwise

import pytest

from reelscore.compose.chords import harmony, key_scale, progression_cells
from reelscore.compose.genre import Genre
from reelscore.compose.tables import genres
from reelscore.compose.voicing import movement, muddy, voice
from reelscore.errors import DataError
from reelscore.values.brief import Key

A_MINOR, C_MAJOR = Key(9, "minor"), Key(0, "major")


@pytest.mark.parametrize(
    ("numeral", "key", "symbol", "classes"),
    [
        ("i9", A_MINOR, "Am9", (9, 0, 4, 7, 11)),
        ("V7b9", A_MINOR, "E7b9", (4, 8, 11, 2, 5)),
        ("VImaj7", A_MINOR, "Fmaj7", (5, 9, 0, 4)),
        ("bII", A_MINOR, "Bb", (10, 2, 5)),
        ("IVmaj9", C_MAJOR, "Fmaj9", (5, 9, 0, 4, 7)),
        ("iv6", C_MAJOR, "Fm6", (5, 8, 0, 2)),
        ("Vsus4", C_MAJOR, "Gsus4", (7, 0, 2)),
        ("I/3", C_MAJOR, "C/E", (0, 4, 7)),
        ("IV/T", C_MAJOR, "F/C", (5, 9, 0)),
        ("V/3", Key(7, "major"), "D/F#", (2, 6, 9)),
        ("viim7b5", C_MAJOR, "Bm7b5", (11, 2, 5, 9)),
    ],
)
def test_numerals_are_read_against_the_key(numeral: str, key: Key, symbol: str, classes: tuple[int, ...]) -> None:
    chord = harmony(numeral, key)
    assert chord.symbol == symbol
    assert chord.classes == classes


@pytest.mark.parametrize("text", ["", "H", "Iv", "V7/9", "imaj13", "b"])
def test_what_is_no_numeral_is_refused(text: str) -> None:
    with pytest.raises(DataError):
        harmony(text, C_MAJOR)


def test_the_scale_over_a_borrowed_chord_bends_to_it() -> None:
    """Over iv in major a melody uses the flat sixth, not the sixth it would rub against."""
    assert 8 in harmony("iv6", C_MAJOR).scale
    assert 9 not in harmony("iv6", C_MAJOR).scale
    assert set(harmony("IVmaj9", C_MAJOR).scale) == set(key_scale(C_MAJOR))


@pytest.mark.parametrize("style", genres().values(), ids=lambda g: g.name)
def test_voices_move_little_and_stay_clear(style: Genre) -> None:
    """Through every progression in every key: within range, no mud, under two semitones a voice on average."""
    moved: list[float] = []
    for progression in style.progressions:
        for tonic in range(12):
            key = Key(tonic, progression.family)
            before: tuple[int, ...] = ()
            chords = [n for cell in progression_cells(progression.chords) for n in cell]
            shapes = []
            for numeral in chords:
                before = voice(harmony(numeral, key), before, 50, 71)
                shapes.append(before)
            for numeral, shape in zip(chords, shapes, strict=True):
                fewest = len(harmony(numeral, key).classes)
                assert 50 <= shape[0] <= shape[-1] <= 71
                assert not muddy(shape)
                assert len(set(shape)) == len(shape) >= min(3, fewest)
            moved += [movement(a, b) / len(b) for a, b in pairwise(shapes)]
            assert max(abs(b[-1] - a[-1]) for a, b in pairwise(shapes)) <= 7
    assert sum(moved) / len(moved) < 2.0


def test_common_tones_are_kept() -> None:
    """C to Am shares C and E: both stay where they are."""
    first = voice(harmony("I", C_MAJOR), (), 52, 72, 3)
    second = voice(harmony("vi", C_MAJOR), first, 52, 72, 3)
    assert len(set(first) & set(second)) == 2
