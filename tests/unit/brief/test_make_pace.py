"""Tempo, key and meter of a brief: named, or by mood, picture and genre."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from reelscore.brief.make import make_brief
from reelscore.brief.pulse import meter_for_cuts
from reelscore.catalogue import vocabulary
from reelscore.errors import BriefError
from reelscore.values.brief import Hit, Reason, Wishes
from reelscore.values.reading import Reading
from reelscore.values.time import Meter
from tests.unit.brief.briefs import brief, film, reason
from tests.unit.brief.small_vocabulary import SMALL
from tests.unit.brief.test_from_video import film as picture


class TestTempo:
    """Typical for the genre, moved by mood, words and picture, within what the genre can bear."""

    def test_words_move_it_within_the_genres_range(self) -> None:
        slow, plain, fast = (brief(f"{word} house music").bpm for word in ("slow", "", "very fast"))
        low, _, high = SMALL.genres["house"].tempo
        assert low * Fraction(85, 100) <= slow < plain < fast <= high * Fraction(115, 100)

    def test_a_number_is_kept_exactly(self) -> None:
        made = brief("lofi, 97 bpm")
        assert made.bpm == 97
        assert made.bpm_locked
        assert {step.seconds_per_beat for step in made.tempo_map.steps} == {Fraction(60, 97)}

    def test_a_window_is_kept(self) -> None:
        made = brief("house at 120-124 bpm")
        assert not made.bpm_locked
        assert all(Fraction(120) <= 60 / s.seconds_per_beat <= 124 for s in made.tempo_map.steps)
        assert 76 <= brief("andante, strings").bpm <= 106

    @pytest.mark.parametrize("bpm", [Fraction(39), Fraction(241), Fraction(0), Fraction(-90)])
    def test_impossible_tempi_are_refused(self, bpm: Fraction) -> None:
        with pytest.raises(BriefError, match="40 to 240"):
            brief(bpm=bpm)
        if bpm > 100:
            with pytest.raises(BriefError, match="40 to 240"):
                brief(f"{bpm} bpm")

    def test_an_unusual_tempo_is_noted(self) -> None:
        assert any("outside what Lo-fi usually plays" in note for note in brief("lofi, 150 bpm").notes)

    def test_a_lively_picture_pulls_it_up(self) -> None:
        lively, quiet = brief("pop", film(arousal=0.9)), brief("pop", film(arousal=-0.9))
        assert lively.bpm > quiet.bpm


class TestKey:
    """Named, or the mode by mood and genre and the tonic by the seed."""

    @pytest.mark.parametrize(
        ("wish", "key"),
        [
            *(("C", 0), ("F#m", 6), ("Bb major", 10), ("a minor", 9), ("Cmin", 0), ("降E大调", 3), ("D dorian", 2)),
            *(("g# harmonic minor", 8), ("F sharp minor", 6), ("Db", 1)),
        ],
    )
    def test_a_key_option_is_read(self, wish: str, key: int) -> None:
        assert brief(key=wish).key.tonic == key
        assert brief(key=wish).key_locked

    def test_a_key_that_nobody_asked_for_may_be_left(self) -> None:
        assert brief("ambient in D minor").key_locked
        assert not brief("ambient").key_locked

    @pytest.mark.parametrize("wish", ["H minor", "", "minor", "C##", "X", "🎵"])
    def test_an_unknown_key_is_refused(self, wish: str) -> None:
        with pytest.raises(BriefError, match="Write it like"):
            brief(key=wish)

    def test_sad_music_is_minor_and_happy_music_major(self) -> None:
        assert all(brief("sad pop", seed=seed).key.minor for seed in range(8))
        assert not any(brief("happy pop", seed=seed).key.minor for seed in range(8))

    def test_the_seed_draws_the_tonic(self) -> None:
        assert len({brief("pop", seed=seed).key.tonic for seed in range(12)}) > 3
        assert brief("pop", seed=3).key == brief("pop", seed=3).key

    def test_a_mode_alone_is_kept(self) -> None:
        assert brief("happy, in a minor key").key.mode == "minor"
        assert brief("house, dorian").key.mode == "dorian"


def test_a_meter_the_genre_lacks_is_told() -> None:
    """No silent change."""
    straight = replace(SMALL.genres["house"], meters=("4/4",))
    vocabulary = replace(SMALL, genres={"house": straight})
    made = make_brief("house music in 3/4", Wishes(), vocabulary)
    assert made.meter == Meter(4, 4)
    assert any("3/4" in note for note in made.notes)


@pytest.mark.parametrize(
    ("gap", "source", "meters", "meter"),
    [
        (2, "genre", ("4/4", "2/4"), "2/4"),
        (4, "genre", ("4/4", "2/4"), "4/4"),
        (2, "genre", ("4/4", "3/4"), "4/4"),
        (2, "prompt", ("4/4", "2/4"), "4/4"),
        (2, "option", ("4/4", "2/4"), "4/4"),
    ],
)
def test_fast_cuts_ask_for_half_bars(gap: int, source: str, meters: tuple[str, ...], meter: str) -> None:
    """Shots near a bar's length: 2/4, if the genre plays it and nobody named a meter."""
    hits = [Hit(Fraction(gap * k), 0.8, "cut") for k in range(1, 9)]
    given = Reason("meter", "4/4", source, "why")
    found, reason = meter_for_cuts(Meter(4, 4), given, meters, Fraction(110), hits)
    assert str(found) == reason.value == meter
    assert reason.source == ("picture" if meter == "2/4" else source)


def test_a_few_cuts_do_not_change_the_meter() -> None:
    """Three fast cuts say nothing about a film's pace."""
    hits = [Hit(Fraction(k), 0.8, "cut") for k in range(1, 4)]
    given = Reason("meter", "4/4", "genre", "why")
    assert meter_for_cuts(Meter(4, 4), given, ("4/4", "2/4"), Fraction(110), hits) == (Meter(4, 4), given)


def test_a_film_that_bars_of_four_serve_badly_gets_half_bars() -> None:
    """Shots of 2 to 6 s at a slow tempo, none of them a whole number of bars: 2/4, and the reason says why."""
    seen = picture(60, [3.1, 8.4, 12.2, 14.9, 20.3, 23.0, 27.7, 31.1, 36.8, 40.2, 43.1, 48.7, 52.5])
    reading = Reading(seen.info, seen, None)
    made = make_brief("", Wishes(genre="cinematic"), vocabulary(), reading)
    four = make_brief("", Wishes(genre="cinematic", meter="4/4"), vocabulary(), reading)
    assert four.fit
    assert made.fit
    assert (str(made.meter), reason(made, "meter")[0]) == ("2/4", "picture")
    assert made.fit.beat_rate >= min(0.9, four.fit.beat_rate)
    assert made.fit.downbeat_rate >= min(0.7, four.fit.downbeat_rate + 0.08)
