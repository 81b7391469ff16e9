"""Brief to Score: what every piece keeps, whatever the brief."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelscore.compose.backends.rules import BACKEND
from reelscore.compose.tables import moods, orchestra
from reelscore.compose.write import write_score
from reelscore.values.brief import MODES, Brief, Key
from reelscore.values.codec import dumps, from_json, to_json
from reelscore.values.score import Score
from reelscore.values.time import Meter
from tests.unit.compose.briefs import (
    GENRES,
    STYLES,
    attacks,
    bed,
    in_turn,
    notes_in,
    with_cues,
    with_hits,
    with_odd_bar,
    with_pickup,
    with_speech,
    without,
)

pytestmark = pytest.mark.slow

MIDDLES = ("melody", "counter", "arp")


def check(brief: Brief) -> Score:
    """What must hold for every score."""
    score = write_score(brief)
    names = {player.name for player in score.players}
    assert len(names) == len(score.players)
    for before, after in pairwise(score.sections):
        assert before.end == after.start
    assert score.sections[-1].kind == "ending"
    assert score.sections[-1].start <= score.final_beat < score.sections[-1].end
    end = brief.tempo_map.beat_at(brief.duration)
    assert score.final_beat < end
    for section in score.sections:
        assert section.chords
        assert 0 <= section.energy <= 1
        for part in section.parts:
            assert part.player in names
            known = orchestra()[score.player(part.player).instrument]
            for note in part.notes:
                assert 1 <= note.velocity <= 127
                assert note.beats > 0
                assert known.low <= note.pitch <= known.high
                assert note.at < end
    return score


def sounding(score: Score, bar_start: Fraction, bar_end: Fraction) -> bool:
    """Does anything but effects sound in this bar?"""
    fx = {player.name for player in score.players if player.role == "fx"}
    return any(
        note.at < bar_end and note.at + note.beats > bar_start
        for section in score.sections
        for part in section.parts
        if part.player not in fx
        for note in part.notes
    )


def whole(brief: Brief) -> None:
    """Valid, in range, and no bar before the final chord is silent."""
    score = check(brief)
    for bar in brief.tempo_map.bars:
        if bar.end <= score.final_beat:
            assert sounding(score, bar.start, bar.end), bar.index


BRIEFS = st.fixed_dictionaries(
    {
        "style": st.sampled_from(GENRES),
        "mood": st.sampled_from(sorted(moods())),
        "seed": st.integers(0, 2**63),
        "key": st.builds(Key, st.integers(0, 11), st.sampled_from(MODES)),
        "meter": st.sampled_from([Meter(), Meter(), Meter(3, 4), Meter(6, 8), Meter(2, 4)]),
    }
)


@settings(max_examples=12, deadline=None)
@given(wish=BRIEFS, seconds=st.integers(3, 100), energy=st.floats(0, 1))
def test_any_brief_becomes_a_whole_piece(wish: dict[str, Any], seconds: int, energy: float) -> None:
    """Every genre, mood, key, metre and length."""
    whole(replace(bed(duration=seconds, **wish), energy=energy))


@settings(max_examples=10, deadline=None)
@given(wish=BRIEFS, seconds=st.integers(100, 480))
def test_any_long_brief_becomes_a_whole_piece(wish: dict[str, Any], seconds: int) -> None:
    whole(bed(duration=seconds, **wish))


@pytest.mark.parametrize("style", STYLES)
def test_equal_briefs_give_equal_bytes(style: str) -> None:
    assert dumps(write_score(bed(style))) == dumps(write_score(bed(style)))


def test_a_score_survives_the_journey_through_json() -> None:
    score = write_score(bed())
    assert from_json(Score, to_json(score)) == score


@pytest.mark.parametrize("style", STYLES)
def test_two_seeds_differ_like_two_tracks_of_an_album(style: str) -> None:
    """Over eight seeds: several progressions, several bands, and no two tunes alike."""
    scores = [write_score(bed(style, 30, seed=seed)) for seed in range(8)]
    harmonies = {tuple(c.numeral for s in score.sections[:2] for c in s.chords) for score in scores}
    bands = {tuple(p.instrument for p in score.players) for score in scores}
    tunes = {tuple((n.at, n.pitch) for n in score.notes_of("melody")) for score in scores}
    assert len(harmonies) >= 4
    assert len(bands) >= 5
    assert len(tunes) == 8


def test_genres_differ_in_what_makes_them() -> None:
    """House has its kick on every beat, ambient has no drums, lo-fi swings, pop has claps, cinematic strings."""
    house = write_score(bed("house"))
    lift = next(s for s in house.sections if s.kind == "lift")
    kicks = {n.at for p in lift.parts if p.player == "drums" for n in p.notes if n.pitch == 36}
    beats = {lift.start + i for i in range(int(lift.end - lift.start) - 4)}
    assert len(beats & kicks) >= 0.95 * len(beats)
    assert "drums" not in {p.role for p in write_score(bed("ambient")).players}
    lofi = write_score(bed("lofi"))
    assert max(lofi.feel.swing8, lofi.feel.swing16) > Fraction(11, 20)
    assert "vinyl_noise" in {p.instrument for p in lofi.players}
    assert "staccato_strings" in {p.instrument for s in range(4) for p in write_score(bed("cinematic", seed=s)).players}
    assert lofi.colour.lofi > 0.4 > house.colour.lofi


@pytest.mark.parametrize("style", STYLES)
def test_layers_enter_one_after_another_above_a_floor(style: str) -> None:
    """The first bar already has three players; later sections have more; the lift has most."""
    score = write_score(bed(style))
    first = notes_in(score, Fraction(0), score.tempo_map.bars[0].end)
    lift = next(s for s in score.sections if s.kind == "lift")
    assert len(first) >= 3
    assert len(notes_in(score, lift.start, lift.end)) > len(first)


@pytest.mark.parametrize("style", STYLES)
def test_something_new_comes_at_least_every_eight_bars(style: str) -> None:
    """Between one window of eight bars and the next, players, chords or rhythm change."""
    score = write_score(bed(style, 120))
    bars = [bar for bar in score.tempo_map.bars if bar.end <= score.final_beat]
    windows = []
    for start in range(0, len(bars) - 8, 8):
        begin, end = bars[start].start, bars[start + 7].end
        notes = notes_in(score, begin, end)
        windows.append({name: tuple((n.at - begin, n.pitch) for n in own) for name, own in notes.items()})
    for before, after in pairwise(windows):
        shared = [name for name in before if name in after]
        assert sum(before[name] != after[name] for name in shared) >= len(shared) / 2


@pytest.mark.parametrize("style", STYLES)
def test_the_ending_is_written(style: str) -> None:
    """The final chord is the tonic (or its third-related home), struck by bass and chords, and rings to the end."""
    brief = bed(style)
    score = write_score(brief)
    end = brief.tempo_map.beat_at(brief.duration)
    ring = float(brief.duration - brief.tempo_map.seconds_at(score.final_beat))
    assert 0.8 <= ring <= 6.0
    assert score.tempo_map.bar_at(score.final_beat).start == score.final_beat
    assert {"bass", "chords"} <= attacks(score, score.final_beat)
    for player in score.players:
        late = [n for n in score.notes_of(player.name) if n.at > score.final_beat]
        assert not late, player.name
    held = [n for p in score.players if p.role in ("chords", "pad") for n in score.notes_of(p.name)]
    assert any(n.at == score.final_beat and n.at + n.beats == end for n in held)


@pytest.mark.parametrize(("style", "seconds"), in_turn([3, 4, 5, 7, 10, 15], 2))
def test_very_short_films_get_a_compact_form(style: str, seconds: int) -> None:
    score = check(bed(style, seconds))
    assert len(score.sections) <= 4
    assert len(notes_in(score, Fraction(0), Fraction(1))) >= 3


@pytest.mark.parametrize("style", STYLES)
def test_ten_minutes_keep_developing(style: str) -> None:
    """No stretch of a long bed is a copy of another: many sections, several materials, tunes that change."""
    score = check(bed(style, 600))
    assert len(score.sections) >= 20
    progressions = {tuple(c.numeral for c in s.chords[:4]) for s in score.sections}
    assert len(progressions) >= 6


@pytest.mark.parametrize("style", STYLES)
def test_kept_hits_are_struck_exactly(style: str) -> None:
    """Downbeats and inner beats, light and heavy: at least two roles attack on each, in every kind of section."""
    plain = bed(style)
    beats = {Fraction(b): w for b, w in ((4, 0.9), (9, 0.5), (14, 0.8), (20, 0.3), (27, 1.0), (35, 0.6), (38, 0.2))}
    brief = with_hits(plain, beats)
    score = check(brief)
    for beat in beats:
        assert len(attacks(score, beat)) >= 2, beat


def test_weighty_hits_change_the_chord() -> None:
    beats = {Fraction(b): 0.9 for b in (8, 18, 27)}
    score = write_score(with_hits(bed("pop"), beats))
    changes = {c.at: c.symbol for s in score.sections for c in s.chords}
    assert set(beats) <= set(changes)
    ordered = sorted(changes)
    for beat in beats:
        assert changes[beat] != changes[ordered[ordered.index(beat) - 1]]


def test_an_eighth_that_is_a_hit_is_written_so_that_swing_lands_it() -> None:
    """In swing an off-eighth sounds late; a kept hit there is written early by as much."""
    from reelscore.values.time import swung

    for seed in range(6):
        beat = Fraction(21, 2)
        score = write_score(with_hits(bed("lofi", seed=seed), {beat: 0.9}))
        swing = score.feel
        struck = [
            n for p in score.players for n in score.notes_of(p.name) if swung(n.at, swing.swing8, swing.swing16) == beat
        ]
        assert len(struck) >= 2


@pytest.mark.parametrize("genre", ["lofi", "pop", "jazz"])
def test_a_cut_between_the_eighths_is_caught_in_passing(genre: str) -> None:
    """Something is struck on its sixteenth, swing or not, and the chords stay as they were."""
    from reelscore.values.time import swung

    beat = Fraction(43, 4)
    plain = bed(genre)
    brief = with_hits(plain, {beat: 0.9})
    brief = replace(brief, hits=tuple(replace(r, target="sixteenth") for r in brief.hits))
    score = write_score(brief)
    swing = score.feel
    struck = [
        n for p in score.players for n in score.notes_of(p.name) if swung(n.at, swing.swing8, swing.swing16) == beat
    ]
    assert len(struck) >= 2
    assert {c.at for s in score.sections for c in s.chords} == {
        c.at for s in write_score(plain).sections for c in s.chords
    }


def test_missed_hits_do_not_move_the_music() -> None:
    """A hit that was not kept and targets nothing leaves the score as it was."""
    plain = bed("pop")
    missed = with_hits(plain, {Fraction(10): 0.9}, kept=False)
    nothing = replace(missed, hits=tuple(replace(r, target="none") for r in missed.hits))
    assert write_score(nothing) == write_score(plain)


def test_sections_begin_where_the_film_turns() -> None:
    """Cue boundaries near bar lines become section starts, loud cues lifts, quiet ones not."""
    brief = with_cues(bed("pop"), (0, 10, 0.3, ""), (10, 26, 0.5, ""), (26, 44, 0.95, ""), (44, 60, 0.4, ""))
    score = check(brief)
    starts = [float(score.tempo_map.seconds_at(s.start)) for s in score.sections]
    for wanted in (10, 26, 44):
        assert min(abs(start - wanted) for start in starts) < 1.2
    at_35 = score.tempo_map.beat_at(Fraction(35))
    assert next(s for s in score.sections if s.start <= at_35 < s.end).kind == "lift"


@pytest.mark.parametrize("style", STYLES)
def test_speech_thins_the_middle_while_the_groove_goes_on(style: str) -> None:
    """Under speech nobody plays melody, counter or arpeggio; drums and bass stay as they were."""
    plain, spoken = bed(style), with_speech(bed(style), (20, 40))
    score, silent = write_score(plain), write_score(spoken)
    start, end = plain.tempo_map.beat_at(Fraction(22)), plain.tempo_map.beat_at(Fraction(38))
    for player in silent.players:
        notes = [n for n in silent.notes_of(player.name) if start <= n.at < end]
        if player.role in MIDDLES:
            assert not notes, player.name
        if player.role in ("drums", "bass"):
            assert notes == [n for n in score.notes_of(player.name) if start <= n.at < end]
        if player.role == "chords" and player.name == "chords":
            usual = [n for n in score.notes_of(player.name) if start <= n.at < end]
            assert 0 < len(notes) <= len(usual)


@pytest.mark.parametrize("style", STYLES)
def test_a_change_in_one_bar_leaves_the_rest_alone(style: str) -> None:
    """A small hit in bar 9 changes bar 9 and nothing outside its phrase's section."""
    plain = bed(style, 90)
    bar = plain.tempo_map.bars[9]
    edited = with_hits(plain, {bar.start + 1: 0.5})
    before, after = write_score(plain), write_score(edited)
    assert before != after
    section = next(s for s in before.sections if s.start <= bar.start < s.end)
    for player in before.players:
        old = [n for n in before.notes_of(player.name) if not section.start <= n.at < section.end]
        new = [n for n in after.notes_of(player.name) if not section.start <= n.at < section.end]
        assert old == new, player.name
    for drums in ("drums", "percussion", "bass"):
        if drums in {p.name for p in before.players}:
            then = [(n.at, n.pitch) for n in before.notes_of(drums) if not bar.start - 1 <= n.at < bar.end]
            now = [(n.at, n.pitch) for n in after.notes_of(drums) if not bar.start - 1 <= n.at < bar.end]
            assert then == now


@pytest.mark.parametrize(
    ("style", "what"), in_turn(["drums", "bass", "melody", "pad", "strings", "electric_piano", "synth", "fx"], 3)
)
def test_exclusions_hold_everywhere(style: str, what: str) -> None:
    """No player of an excluded role, family or instrument, and still no silent bar."""
    for seed in range(3):
        brief = without(bed(style, 40, seed), what)
        score = check(brief)
        for player in score.players:
            assert what not in (player.role, player.instrument, orchestra()[player.instrument].family)
        if what == "drums":
            assert "percussion" not in {p.role for p in score.players}
        bars = [b for b in brief.tempo_map.bars if b.end <= score.final_beat]
        assert all(sounding(score, b.start, b.end) for b in bars)


@pytest.mark.parametrize("seconds", [12, 90])
@pytest.mark.parametrize("style", ["lofi", "pop", "cinematic", "house"])
def test_an_exclusion_can_name_a_section(style: str, seconds: int) -> None:
    """ "No drums in the intro" silences them there and nowhere else; even a short piece then has an intro."""
    brief = without(bed(style, seconds), "drums", "intro")
    score = check(brief)
    for section in score.sections:
        roles = {score.player(p.player).role for p in section.parts}
        if section.kind == "intro":
            assert not roles & {"drums", "percussion"}
        elif section.kind == "lift":
            assert "drums" in roles
    assert any(section.kind == "intro" for section in score.sections)


@pytest.mark.parametrize(
    ("style", "wished"),
    in_turn([("celesta",), ("grand_piano", "cello"), ("kit_808",), ("flute",), ("acoustic_guitar", "strings")]),
)
def test_wished_instruments_are_heard(style: str, wished: tuple[str, ...]) -> None:
    for seed in range(3):
        score = check(replace(bed(style, seed=seed), instruments=wished))
        assert set(wished) <= {player.instrument for player in score.players}
        assert not score.warnings


def test_moods_move_the_music() -> None:
    """Sad lies lower and plays softer than happy; scary chooses darker progressions than peaceful."""

    def middle(mood: str) -> float:
        notes = [n for seed in range(6) for n in write_score(bed("pop", 60, seed, mood)).notes_of("melody")]
        return sum(n.pitch for n in notes) / len(notes)

    def force(mood: str) -> float:
        notes = [n for seed in range(3) for n in write_score(bed("pop", 60, seed, mood)).notes_of("chords")]
        return sum(n.velocity for n in notes) / len(notes)

    assert middle("sad") < middle("happy") - 1.5
    assert force("sad") < force("energetic") - 4
    assert write_score(bed("pop", mood="sad")).colour.brightness < write_score(bed("pop")).colour.brightness


@pytest.mark.parametrize(("style", "index"), in_turn([3, 9, 14]))
def test_odd_bars_are_played_through(style: str, index: int) -> None:
    """A 2/4 bar in 4/4 holds its chord and keeps the groove within its bar lines."""
    brief = with_odd_bar(bed(style), index)
    score = check(brief)
    bar = brief.tempo_map.bars[index]
    assert sounding(score, bar.start, bar.end)
    assert bar.end in {c.at for s in score.sections for c in s.chords} | {score.final_beat}


@pytest.mark.parametrize("style", STYLES)
def test_a_pickup_leads_into_the_first_bar(style: str) -> None:
    """A short first bar belongs to the first section and its phrases count from the first whole bar."""
    brief = with_pickup(bed(style), 1, 0.25)
    score = check(brief)
    plain = write_score(bed(style))
    assert sounding(score, Fraction(0), Fraction(1))
    assert score.sections[0].bars % 2 == 1
    first = [c.numeral for c in score.sections[0].chords if c.at >= 1]
    if score.sections[0].kind == plain.sections[0].kind:  # a bar less may leave room for an intro, or none
        assert first[:3] == [c.numeral for c in plain.sections[0].chords][:3]


@pytest.mark.parametrize(("style", "meter"), in_turn([Meter(3, 4), Meter(6, 8)]))
def test_other_metres_have_their_own_patterns(style: str, meter: Meter) -> None:
    score = check(bed(style, 45, meter=meter))
    assert {chord.at for s in score.sections for chord in s.chords} >= {score.tempo_map.bars[0].start}


def test_density_and_energy_are_heard() -> None:
    """More energy and density: more notes and louder ones."""

    def count(energy: float, density: float) -> int:
        score = write_score(replace(bed("pop"), energy=energy, density=density))
        return sum(len(score.notes_of(p.name)) for p in score.players)

    assert count(0.2, 0.2) < count(0.6, 0.5) < count(0.95, 0.9)


def test_the_back_end_is_this_composer() -> None:
    brief = bed("lofi", 20)
    assert BACKEND.name == "rules"
    assert BACKEND.needs == ()
    assert BACKEND.compose is not None
    assert BACKEND.compose(brief) == write_score(brief)
