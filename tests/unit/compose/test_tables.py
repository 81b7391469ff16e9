"""Genre, mood and orchestra tables: complete, consistent, and strict about mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from reelscore.compose.genre_file import read_genre
from reelscore.compose.schema import Table
from reelscore.compose.tables import genre, genre_entries, genres, mood, mood_entries, orchestra
from reelscore.errors import BriefError, DataError
from reelscore.values.brief import ROLES
from tests.unit.compose.briefs import GENRES

LOFI = (Path(__file__).parents[3] / "src/reelscore/compose/genres/lofi.toml").read_text(encoding="utf-8")


def read(tmp_path: Path, text: str) -> None:
    file = tmp_path / "lofi.toml"
    file.write_text(text, encoding="utf-8")
    read_genre("lofi", Table.load(file))


def test_every_genre_is_written_in_full() -> None:
    """Every style has harmony, tunes and a band."""
    assert {"ambient", "cinematic", "house", "lofi", "pop"} <= set(GENRES)
    for name, style in genres().items():
        assert len(style.progressions) >= 15
        assert len({p.family for p in style.progressions}) == 2
        assert len(style.melody.cells) >= 6
        assert {"melody", "chords", "pad", "bass"} <= set(genre_entries()[name].instruments)


def test_entries_show_the_brief_what_it_needs() -> None:
    """Words in English and Chinese, tempo in order, roles of the glossary."""
    for name, entry in genre_entries().items():
        assert entry.name == name
        assert entry.tempo[0] <= entry.tempo[1] <= entry.tempo[2]
        assert any(word.isascii() for word in entry.words)
        assert any(not word.isascii() for word in entry.words)
        assert set(entry.instruments) <= set(ROLES)
        assert entry.meters


def test_no_word_selects_two_moods() -> None:
    words = [word for entry in mood_entries().values() for word in entry.words]
    assert len(words) == len(set(words))


def test_every_instrument_of_a_genre_is_in_the_orchestra() -> None:
    for entry in genre_entries().values():
        for names in entry.instruments.values():
            assert set(names) <= set(orchestra())


def test_a_progression_exists_for_every_mode_a_genre_knows() -> None:
    """At least three fit each mode without borrowing from another."""
    for style in genres().values():
        for mode, _ in style.modes:
            family = "minor" if mode in ("minor", "dorian", "phrygian", "harmonic minor") else "major"
            fitting = [p for p in style.progressions if p.family == family and (not p.modes or mode in p.modes)]
            assert len(fitting) >= 3, (style.name, mode)


@pytest.mark.parametrize(
    ("change", "into", "says"),
    [
        ('title = "Lo-fi"', 'titel = "Lo-fi"', ["lofi.toml: title", "missing"]),
        ("arousal = -0.45", 'arousal = "low"', ["lofi.toml: arousal", "-1 to 1", "'low'"]),
        ('["dorian", 3]', '["dorain", 3]', ["modes", "dorain", '"dorian"', "Known"]),
        ("IVmaj9 | iii7 | ii9 | Imaj9", "IVmaj9 | iiix", ["progressions[0]", "iiix"]),
        ('kick = "8.........6....."', 'kick = "8........."', ["grooves[0]", "kick", "16 sixteenths"]),
        ('kick = "8.........6....."', 'kik = "8.........6....."', ["grooves[0]", "kik", "kick"]),
        ("section_seconds = 16", "section_seconds = 16\nspeed = 3", ["speed", "unknown key"]),
        ('patterns = ["lazy"', 'patterns = ["lasy"', ["chords", "lasy", "lazy"]),
        ("tempo = [68, 80, 92]", "tempo = [68, 92, 80]", ["tempo", "rise"]),
        ("title =", "title", ["lofi.toml", "not valid TOML"]),
    ],
)
def test_a_mistake_is_named_with_file_key_and_what_is_allowed(
    tmp_path: Path, change: str, into: str, says: list[str]
) -> None:
    assert change in LOFI
    with pytest.raises(DataError) as fault:
        read(tmp_path, LOFI.replace(change, into, 1))
    for text in says:
        assert text in str(fault.value)


def test_unknown_names_are_answered_with_near_ones() -> None:
    with pytest.raises(BriefError, match='Did you mean "lofi"'):
        genre("lofy")
    with pytest.raises(BriefError, match='Did you mean "calm"'):
        mood("calmm")
