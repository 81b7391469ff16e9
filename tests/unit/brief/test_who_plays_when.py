"""Who plays and when, told in words, as the score has it: times are no lengths, a swap is heard, a trio is three."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reelscore.brief.changed import changed
from reelscore.brief.make import make_brief
from reelscore.catalogue import vocabulary
from reelscore.compose.write import write_score
from reelscore.values.brief import Brief, Wishes
from reelscore.values.time import Span

KNOWN = vocabulary()
POP = make_brief("60 second happy pop with piano, guitar, bass and drums", Wishes(), KNOWN)


def brief_of(prompt: str) -> Brief:
    return make_brief(prompt, Wishes(), KNOWN)


def heard(brief: Brief) -> set[str]:
    """Who plays at all."""
    score = write_score(brief)
    return {player.instrument for player in score.players}


@pytest.mark.parametrize(
    "words",
    [
        "0:25到0:33只留贝斯",
        "25秒到33秒只留贝斯",
        "从25秒到33秒只留贝斯",
        "0:25-0:33 only bass",
        "only bass from 0:25 to 0:33",
    ],
)
def test_a_stretch_in_which_somebody_plays_alone_is_no_length(words: str) -> None:
    made = changed(POP, words, KNOWN)
    assert made.duration == POP.duration
    assert {e.within for e in made.exclusions} == {Span(Fraction(25), Fraction(33))}


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("0:15到0:25加弦乐", 15, 25),
        ("add strings from 0:15 to 0:25", 15, 25),
        ("0:25开始上弦乐", 25, 60),
        ("strings don't come in until 0:24", 24, 60),
        ("弦乐24秒之前不要进", 24, 60),
        ("strings at 0:25", 25, 60),
    ],
)
def test_somebody_comes_in_at_the_time_that_is_told(words: str, start: int, end: int) -> None:
    made = changed(POP, words, KNOWN)
    assert made.duration == POP.duration
    assert [(e.what, e.within) for e in made.entrances] == [("strings", Span(Fraction(start), Fraction(end)))]


@pytest.mark.parametrize("words", ["builds from 0:20", "build up from 0:20 to the drop", "从20秒开始慢慢推到高潮"])
def test_what_rises_from_a_moment_has_not_risen_by_then(words: str) -> None:
    curve = changed(POP, words, KNOWN).curve
    level = {point.at: point.energy for point in curve}
    assert level[Fraction(20)] == level[Fraction(0)] < max(level.values())


def test_epic_music_that_builds_to_a_climax_does_not_begin_at_its_peak() -> None:
    curve = brief_of("Epic trailer music with huge drums building to a massive climax").curve
    assert curve[0].energy + 0.3 < curve[-1].energy


@pytest.mark.slow
@pytest.mark.parametrize(("asked", "plays"), [("bongos", "latin_percussion"), ("手鼓", "folk_kit")])
def test_other_drums_in_the_place_of_the_drums_are_heard(asked: str, plays: str) -> None:
    band = heard(changed(POP, Wishes(without=("drums",), instruments=(asked,)), KNOWN))
    assert plays in band
    assert not {"pop_kit", "light_percussion"} & band


@pytest.mark.slow
@pytest.mark.parametrize(
    "prompt", ["jazz, only piano, bass and drums", "a jazz trio: piano, double bass, drums with brushes"]
)
def test_nobody_but_the_three_that_are_named_plays(prompt: str) -> None:
    assert heard(brief_of(prompt)) == {"grand_piano", "upright_bass", "brush_kit"}


@pytest.mark.slow
def test_a_break_that_is_spoken_of_is_there() -> None:
    score = write_score(brief_of("Trance anthem, long breakdown with no drums, then huge drop"))
    breaks = [section for section in score.sections if section.kind == "break"]
    drummers = {p.name for p in score.players if p.role in ("drums", "percussion")}
    assert breaks
    assert not any(part.player in drummers for section in breaks for part in section.parts)


@pytest.mark.parametrize(
    ("prompt", "genre"),
    [
        ("A 90s west coast hip hop beat", "hiphop"),
        ("Music for a yoga class with bamboo flute", "ambient"),
        ("茶室里的音乐，古琴为主", "chinese"),
    ],
)
def test_a_decade_is_no_length_and_an_instrument_leads_no_style_away(prompt: str, genre: str) -> None:
    made = brief_of(prompt)
    assert made.genre == genre
    assert made.duration == 60
