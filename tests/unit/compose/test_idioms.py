"""What a style may ask for beyond the plain: walking basses, riffs, drones, voicings, rolls, ornaments, key changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest

from reelscore.compose import piece as pieces
from reelscore.compose.chords import TUNES, harmony, key_scale
from reelscore.compose.drums import rolled
from reelscore.compose.genre import Genre, Pattern, Seat
from reelscore.compose.patterns import Stroke, fine_strokes, retold, steps_of, strokes, weight_of
from reelscore.compose.piece import plan_piece, scenes_of
from reelscore.compose.scene import Seeds
from reelscore.compose.tables import genre
from reelscore.compose.voicing import muddy, shaped
from reelscore.compose.write import write_piece, write_score
from reelscore.values.brief import CurvePoint, Key
from reelscore.values.score import Note, Score
from reelscore.values.time import Meter
from tests.unit.compose.briefs import bed

POP = genre("pop")


@pytest.fixture
def pop_with(monkeypatch: pytest.MonkeyPatch) -> Callable[[Genre], None]:
    """Pop with other tables, for one test."""

    def change(style: Genre) -> None:
        monkeypatch.setattr(pieces, "genre", lambda name: style if name == "pop" else genre(name))

    return change


def seat(style: Genre, name: str, **changes: object) -> Genre:
    seats = tuple(replace(s, **changes) if s.name == name else s for s in style.seats)  # type: ignore[arg-type]
    return replace(style, seats=seats)


def with_pattern(style: Genre, name: str, pattern: str, **changes: object) -> Genre:
    """The style with one seat that plays one pattern."""
    own = Pattern("own", "4/4", ("light", "main", "full"), pattern)
    return seat(replace(style, patterns=(*style.patterns, own)), name, patterns=("own",), likely=1.0, **changes)


def sections_with(score: Score, player: str) -> Iterator[tuple[Key, list[Note]]]:
    for section in score.sections:
        for part in section.parts:
            if part.player == player:
                yield section.key, [n for n in part.notes if n.at < score.final_beat]


def test_a_walking_bass_moves_in_quarters_and_steps_into_the_next_root(pop_with: Callable[[Genre], None]) -> None:
    pop_with(with_pattern(POP, "bass", "w---w---w---w---"))
    score = write_score(bed("pop", 45))
    chords = {c.at: c for s in score.sections for c in s.chords}
    steps: list[int] = []
    for _, notes in sections_with(score, "bass"):
        assert len({n.pitch for n in notes}) >= min(5, len(notes) // 4)
        for before, after in pairwise(notes):
            if after.at in chords and after.at - before.at == 1:
                steps.append(abs(after.pitch - before.pitch))
    assert sum(step in (1, 2, 5, 7) for step in steps) > 0.85 * len(steps)


def test_a_riff_follows_the_chord_or_the_key(pop_with: Callable[[Genre], None]) -> None:
    pop_with(with_pattern(POP, "arp", "1.1.3.5.8.5.3.1.", writes="riff", degrees="key", instruments=("pluck",)))
    score = write_score(bed("pop", 30))
    for key, notes in sections_with(score, "arp"):
        assert {n.pitch % 12 for n in notes} <= set(key_scale(key))


def test_a_drone_stays_on_tonic_and_fifth(pop_with: Callable[[Genre], None]) -> None:
    pop_with(seat(POP, "pad", writes="drone"))
    score = write_score(bed("pop", 30))
    for key, notes in sections_with(score, "pad"):
        assert {n.pitch % 12 for n in notes} == {key.tonic, (key.tonic + 7) % 12}


@pytest.mark.parametrize("numeral", ["Imaj7", "ii7", "V13", "vi9", "viim7b5"])
def test_voicings_have_the_shape_they_are_called_by(numeral: str) -> None:
    chord = harmony(numeral, Key(2, "major"))
    power = shaped("power", chord, (), 40, 64, 3)
    assert [p - power[0] for p in power] == [0, (chord.fifth - chord.root) % 12, 12]
    shell = shaped("shell", chord, (), 48, 72, 4)
    assert {p % 12 for p in shell} == {chord.third, chord.seventh}
    triad = shaped("triad", chord, (), 48, 72, 4)
    assert {p % 12 for p in triad} == {chord.root, chord.third, chord.fifth}
    rootless = {p % 12 for p in shaped("rootless", chord, (), 48, 72, 4)}
    assert chord.root not in rootless or len(chord.classes) < 5  # only a ninth takes its place
    assert chord.third in rootless  # else a thirteenth is the minor chord on its fifth
    cluster = shaped("cluster", chord, (), 60, 84, 3)
    assert cluster[-1] - cluster[0] <= 5
    grip = shaped("grip", chord, (), 40, 71, 5)
    assert grip[0] % 12 == chord.bass
    assert len(grip) >= 4
    assert not muddy(grip)
    for style in ("quartal", "pentatonic", "octaves", "fifths"):
        shape = shaped(style, chord, (), 52, 80, 4)
        assert list(shape) == sorted(set(shape))
        assert shape[0] >= 52


def test_a_chord_without_a_third_is_not_turned_over() -> None:
    for numeral in ("Isus2/3", "Vsus4/3"):
        chord = harmony(numeral, Key(0, "major"))
        assert chord.bass == chord.root


def test_a_walking_bass_carries_the_chord_where_the_beat_is_strong() -> None:
    """Ninths and thirteenths pass between the beats; on the third beat most notes are the triad's."""
    strong = [
        (chord, n.pitch % 12)
        for seed in range(1, 9)
        for score in (write_score(bed("jazz", 30, seed=seed)),)
        for section in score.sections
        for chord in section.chords
        for n in score.notes_of("bass")
        if n.at == chord.at + 2 and chord.beats == 4 and len(chord.classes) > 4
    ]
    triads = [pitch in chord.classes[:3] for chord, pitch in strong]
    assert len(triads) > 40
    assert sum(triads) > 0.85 * len(triads)


def test_a_figure_of_one_family_stays_in_its_keys() -> None:
    for mode, foreign in (("minor", {4, 9}), ("major", set())):
        score = write_score(bed("blues", 30, key=Key(7, mode), mood="confident"))
        sung = {
            (n.pitch - chord.root) % 12
            for section in score.sections
            for chord in section.chords
            if chord.numeral == "i7"
            for n in score.notes_of("boogie_top")
            if chord.at <= n.at < chord.at + chord.beats
        }
        assert not sung & foreign
        assert bool(sung) == (mode == "minor")


def test_tunes_keep_to_the_scale_of_the_style(pop_with: Callable[[Genre], None]) -> None:
    steps = TUNES["pentatonic"]
    pop_with(replace(POP, melody=replace(POP.melody, scale={"major": steps[0], "minor": steps[1]})))
    score = write_score(bed("pop", 45))
    for key, notes in sections_with(score, "melody"):
        allowed = {(key.tonic + s) % 12 for s in steps[key.minor]}
        inside = sum(n.pitch % 12 in allowed for n in notes)
        assert inside >= 0.97 * len(notes)


def test_grace_notes_come_just_before_and_are_softer(pop_with: Callable[[Genre], None]) -> None:
    plain = write_score(bed("pop", 30)).notes_of("melody")
    pop_with(replace(POP, melody=replace(POP.melody, grace=1.0)))
    graced = write_score(bed("pop", 30)).notes_of("melody")
    assert len(graced) > len(plain)
    for before, after in pairwise(graced):
        if before.beats == Fraction(1, 10):
            assert after.at == before.at + before.beats
            assert before.velocity < after.velocity
            assert 1 <= abs(before.pitch - after.pitch) <= 5


def test_the_last_lift_may_rise_and_everybody_rises_with_it(pop_with: Callable[[Genre], None]) -> None:
    """Chords, tune and ending are in the new key; the bar before turns the corner with its dominant."""
    pop_with(replace(POP, forms=("theme2 lift1 theme1 lift1", "theme2 lift2 break1 lift1"),
                     harmony=replace(POP.harmony, lift_key=2, lift_key_likely=1.0)))  # fmt: skip
    score = write_score(bed("pop", 60))
    keys = [s.key for s in score.sections]
    assert len(set(keys)) == 2
    turn = next(i for i, (a, b) in enumerate(pairwise(keys)) if a != b)
    assert (keys[turn + 1].tonic - keys[turn].tonic) % 12 == 2
    assert score.sections[turn + 1].kind == "lift"
    assert keys[-1] == keys[turn + 1]
    assert score.sections[turn].chords[-1].root == (keys[-1].tonic + 7) % 12
    assert score.sections[-1].chords[-1].root in key_scale(keys[-1])


def test_blues_choruses_are_twelve_bars(pop_with: Callable[[Genre], None]) -> None:
    pop_with(replace(POP, section_bars=12))
    *sections, ending = write_score(bed("pop", 120)).sections
    choruses = [s.bars for s in sections if s.kind != "intro"]
    choruses[-1] += ending.bars - 1  # its last two bars lead to the final chord
    assert all(bars in (12, 13, 14, 15) for bars in choruses)


def test_a_course_from_bright_to_dark_turns_to_the_relative_key() -> None:
    points = (
        CurvePoint(Fraction(0), 0.6, 0.8),
        CurvePoint(Fraction(30), 0.6, 0.8),
        CurvePoint(Fraction(30), 0.5, -0.6),
    )
    score = write_score(replace(bed("pop", 60), curve=points))
    keys = list(dict.fromkeys(section.key for section in score.sections))
    assert [str(key) for key in keys] == ["G major", "E minor"]


def test_rolls_fill_their_length_and_flams_come_early() -> None:
    piece = plan_piece(bed("pop", 30))
    scene = scenes_of(piece, Seeds.of(1))[1]
    first = scene.plan.first
    assert len(rolled(scene, first, Stroke(4, 4, "e"), "snare")) == 8
    assert len(rolled(scene, first, Stroke(4, 4, "E"), "hat")) == 6
    grace, main = rolled(scene, first, Stroke(4, 1, "x"), "snare")
    assert grace.at < main.at
    assert grace.velocity < main.velocity


def test_patterns_read_faster_or_slower_fill_the_bar() -> None:
    text = "0.1.2.3.4.3.2.1."
    fast = fine_strokes(text, 0, 16, Fraction(2))
    assert [s.step for s in fast[:3]] == [0, 1, 2]
    assert len(fast) == 16
    triplets = fine_strokes("0123", 0, 16, Fraction(3, 2))
    assert triplets[1].step == Fraction(2, 3)
    assert len(triplets) == 24
    slow = [fine_strokes("0.......1.......", bar, 16, Fraction(1, 2)) for bar in (0, 1)]
    assert [len(bar) for bar in slow] == [1, 1]


def test_a_stroke_may_be_tied_into_the_next() -> None:
    first, second = strokes("R-------/-------".replace("/-------", "--/8----"), 0, 16)[:2]
    assert first.tied
    assert first.step + first.steps == second.step


@pytest.mark.parametrize("meter", ["3/4", "6/8", "12/8", "5/4"])
def test_what_is_written_in_four_is_told_in_other_meters(meter: str) -> None:
    """The backbeat survives: the kick on one, something on a later group, every bar full."""
    told = retold("9.......8.......", meter)
    assert len(told) == steps_of(meter)
    assert told[0] == "9"
    assert retold("....9.......9...", meter).count("9") >= 1
    assert weight_of(meter, 0) == 3


@pytest.mark.parametrize("meter", ["3/4", "6/8", "12/8", "5/4", "7/8", "2/4"])
def test_every_meter_gives_a_whole_piece(meter: str) -> None:
    count, unit = (int(part) for part in meter.split("/"))
    brief = bed("pop", 30, meter=Meter(count, unit))
    score = write_score(brief)
    assert {"drums", "bass", "chords", "melody"} <= {p.role for p in score.players}
    for bar in score.tempo_map.bars:
        if bar.end <= score.final_beat:
            assert any(bar.start <= n.at < bar.end for p in score.players for n in score.notes_of(p.name))


def test_a_seat_is_described_by_what_it_is_not_asked() -> None:
    """Every idiom is optional: a seat that asks for none has the plain ones."""
    plain = POP.seats[0]
    assert isinstance(plain, Seat)
    assert (plain.voicing, plain.speed, plain.gate, plain.octaves, plain.tremolo) == (
        "close",
        Fraction(1),
        1.0,
        False,
        0,
    )
    assert write_piece(plan_piece(bed("pop", 8)), Seeds.of(1)) == write_score(bed("pop", 8))


def test_a_picking_hand_pinches_and_damps(pop_with: Callable[[Genre], None]) -> None:
    """`h` plucks two strings at once, `x` is a short stroke softer than the notes around it."""
    pop_with(with_pattern(POP, "arp", "h...3...x...3...", from_root=True, instruments=("nylon_guitar",)))
    score = write_score(bed("pop", 30))
    bar_starts = {bar.start for bar in score.tempo_map.bars}
    notes = [n for _, own in sections_with(score, "arp") for n in own]
    together = [sum(m.at == n.at for m in notes) for n in notes if n.at in bar_starts]
    assert together
    assert set(together) == {2}
    damped = [n for n in notes if n.articulation == "ghost"]
    assert damped
    assert max(n.beats for n in damped) < min(n.beats for n in notes if n not in damped)
