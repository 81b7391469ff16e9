"""The same piece, changed: what is mentioned changes, everything else stays; and a film that is cut again."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from reelscore.brief.changed import changed
from reelscore.brief.make import make_brief
from reelscore.brief.refit import refitted
from reelscore.catalogue import vocabulary
from reelscore.compose.refit import refit
from reelscore.compose.write import write_score
from reelscore.errors import BriefError
from reelscore.values.brief import Brief, Exclusion, Hit, Key, Wishes
from reelscore.values.score import Score
from reelscore.values.time import Span

pytestmark = pytest.mark.slow

VOCABULARY = vocabulary()
POP = make_brief("upbeat pop in G major", Wishes(duration=Fraction(40), seed=3), VOCABULARY)
FIELDS = (
    "genre",
    "mood",
    "seed",
    "key",
    "meter",
    "bpm",
    "duration",
    "energy",
    "density",
    "loop",
    "instruments",
    "exclusions",
)


def differences(one: Brief, other: Brief) -> set[str]:
    return {name for name in FIELDS if getattr(one, name) != getattr(other, name)}


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("same but darker", {"mood", "key"}),
        ("a bit faster", {"bpm"}),
        ("slower please", {"bpm"}),
        ("without drums", {"exclusions"}),
        ("in D minor", {"key"}),
        ("longer", {"duration"}),
        ("45 seconds", {"duration"}),
        ("calmer", {"energy", "density"}),
        ("busier", {"density"}),
        ("add strings", {"instruments"}),
        ("in 3/4", {"meter"}),
        ("as house", {"genre", "bpm"}),
        ("更暗一点", {"mood", "key"}),
        ("快一点", {"bpm"}),
        ("不要鼓", {"exclusions"}),
        ("更长", {"duration"}),
        ("D小调", {"key"}),
    ],
)
def test_only_what_is_mentioned_changes(words: str, fields: set[str]) -> None:
    assert differences(POP, changed(POP, words, VOCABULARY)) == fields


def test_comparisons_go_the_right_way() -> None:
    def of(words: str) -> Brief:
        return changed(POP, words, VOCABULARY)

    moods = VOCABULARY.moods
    assert moods[of("darker").mood].valence < moods[POP.mood].valence < moods[of("brighter").mood].valence
    assert of("darker").key == Key(POP.key.tonic, "minor")
    assert of("slower").bpm < of("a bit slower").bpm < POP.bpm < of("faster").bpm < of("much faster").bpm
    assert of("shorter").duration < POP.duration < of("longer").duration == POP.duration * 3 / 2
    assert of("calmer").energy < POP.energy < of("more energetic").energy


def test_a_second_change_keeps_the_first() -> None:
    twice = changed(changed(POP, "without drums", VOCABULARY), "in D minor", VOCABULARY)
    assert Exclusion("drums") in twice.exclusions
    assert twice.key == Key(2, "minor")


def test_what_was_left_out_comes_back_when_asked_for() -> None:
    bare = changed(POP, "without strings", VOCABULARY)
    assert not changed(bare, "add strings", VOCABULARY).exclusions


def test_players_come_in_and_rest_at_a_second() -> None:
    rested = changed(POP, "no drums until 0:10", VOCABULARY)
    assert Exclusion("drums", within=Span(Fraction(0), Fraction(10))) in rested.exclusions
    joined = changed(POP, "strings come in at 0:20", VOCABULARY)
    assert [(e.what, e.within) for e in joined.entrances] == [("strings", Span(Fraction(20), POP.duration))]


def test_options_change_as_words_do() -> None:
    new = changed(POP, Wishes(key="Dm", bpm=Fraction(100), without=("drums",), energy=0.2), VOCABULARY)
    assert (new.key, new.bpm, new.bpm_locked, new.energy, new.seed) == (
        Key(2, "minor"),
        Fraction(100),
        True,
        0.2,
        POP.seed,
    )
    assert Exclusion("drums") in new.exclusions


def test_a_film_keeps_its_length() -> None:
    film = replace(POP, frame_rate=Fraction(25))
    new = changed(film, "longer and darker", VOCABULARY)
    assert new.duration == film.duration
    assert any("as long as the film" in note for note in new.notes)


def test_words_that_change_nothing_are_refused() -> None:
    with pytest.raises(BriefError, match="says what to change"):
        changed(POP, "the quick brown fox", VOCABULARY)


def kept_bars(old: Score, new: Score, first: int, last: int) -> bool:
    """Have these bars the same notes in both?"""
    start, end = old.tempo_map.bars[first].start, old.tempo_map.bars[last].end
    return all(
        [n for n in old.notes_of(p.name) if start <= n.at < end]
        == [n for n in new.notes_of(p.name) if start <= n.at < end]
        for p in old.players
    )


HITS = (Hit(Fraction("12.5"), 1.0, "user"), Hit(Fraction(30), 1.0, "user"))
FILM = replace(make_brief("upbeat pop", Wishes(duration=Fraction(40), hits=("12.5", "30")), VOCABULARY))


def test_the_same_hits_change_nothing() -> None:
    score = write_score(FILM)
    again = refit(FILM, score, refitted(FILM, HITS, FILM.duration))
    assert (again.score, again.rewritten) == (score, ())


def test_a_moved_hit_bends_the_tempo_and_keeps_the_notes() -> None:
    """12.5 s becomes 12.7 s: the same beat, reached a little later; hits elsewhere stay where they were."""
    moved = (replace(HITS[0], at=Fraction("12.7")), HITS[1])
    new = refitted(FILM, moved, FILM.duration)
    assert [(r.target, r.error) for r in new.hits] == [("downbeat", Fraction(0))] * 2
    assert any("bend" in note for note in new.notes)
    result = refit(FILM, write_score(FILM), new)
    assert kept_bars(write_score(FILM), result.score, 0, len(FILM.tempo_map.bars) - 2)


def test_a_new_hit_rewrites_only_its_bar() -> None:
    score = write_score(FILM)
    new = refitted(FILM, (*HITS, Hit(Fraction(20), 1.0, "user")), FILM.duration)
    result = refit(FILM, score, new)
    assert 1 <= len(result.rewritten) <= 2
    assert kept_bars(score, result.score, 0, min(result.rewritten) - 1)
    assert kept_bars(score, result.score, max(result.rewritten) + 1, len(FILM.tempo_map.bars) - 2)
    assert any("the others are unchanged" in note for note in result.notes)


@pytest.mark.parametrize("length", [26, 33, 50, 90])
def test_another_length_keeps_the_beginning(length: int) -> None:
    score = write_score(FILM)
    new = refitted(FILM, HITS, Fraction(length))
    result = refit(FILM, score, new)
    assert new.tempo_map.seconds_at(new.tempo_map.end) >= length
    assert kept_bars(score, result.score, 0, min(result.rewritten) - 1)
    assert min(result.rewritten) >= 8
    assert result.score.sections[-1].kind == "ending"
    assert result.score.final_beat > score.final_beat - 40 * (length < 40)
