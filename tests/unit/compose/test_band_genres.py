"""What makes each genre of a played band itself: who leads, where the weight of the bar lies, how the bass moves."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from reelscore.compose.genre import DRUMS
from reelscore.compose.tables import genre, orchestra
from reelscore.compose.write import write_score
from reelscore.values.brief import Key
from reelscore.values.score import Note, Score, Section
from reelscore.values.time import Beats, Meter
from tests.unit.compose.briefs import bed

pytestmark = pytest.mark.slow

SEEDS = range(4)


def piece(style: str, seed: int, seconds: int = 60) -> Score:
    own = genre(style)
    return write_score(bed(style, seconds, seed, own.moods[0], Key(7, own.modes[0][0]), Meter(4, 4)))


def first(score: Score, *kinds: str) -> Section:
    return next(section for section in score.sections if section.kind in kinds)


def notes(section: Section, player: str) -> list[Note]:
    return [note for part in section.parts if part.player == player for note in part.notes]


def places(section: Section, player: str, drum: str = "", bars: int = 3) -> list[Beats]:
    """Where in the bar a player (or one of its drums) strikes in the first bars of a section: before any fill."""
    end = section.start + 4 * bars
    wanted = [n for n in notes(section, player) if n.at < end and (not drum or n.pitch == DRUMS[drum])]
    return sorted({(n.at - section.start) % 4 for n in wanted})


def test_jazz_walks_and_swings() -> None:
    """A new bass note on every beat of a lift, at most a third of the moves wider than a fourth; the offbeat late."""
    for seed in SEEDS:
        score = piece("jazz", seed)
        lift = first(score, "lift")
        assert score.feel.swing8 >= Fraction(3, 5)
        walked = sorted(notes(lift, "bass"), key=lambda n: n.at)
        assert set(map(Fraction, range(12))) <= {n.at - lift.start for n in walked}
        moves = [abs(b.pitch - a.pitch) for a, b in pairwise(walked)]
        assert sum(move > 5 for move in moves) <= len(moves) / 3


def test_jazz_chords_have_sevenths_and_leave_their_roots_to_the_bass() -> None:
    rootless = rooted = 0
    for seed in SEEDS:
        theme = first(piece("jazz", seed), "theme")
        assert sum(len(c.classes) >= 4 for c in theme.chords) >= 0.8 * len(theme.chords)
        for chord in theme.chords:
            struck = {n.pitch % 12 for n in notes(theme, "chords") if chord.at < n.at < chord.at + chord.beats - 1}
            rootless += bool(struck) and chord.root not in struck
            rooted += chord.root in struck
    assert rootless > rooted


def test_blues_goes_round_in_twelve_bars() -> None:
    """A chorus begins at home, goes to the fourth and the fifth degree, and shuffles."""
    for seed in SEEDS:
        score = piece("blues", seed, 90)
        assert score.feel.swing8 > Fraction(3, 5)
        chorus = next(section for section in score.sections if section.bars == 12)
        assert chorus.chords[0].root == chorus.key.tonic
        assert {0, 5, 7} <= {(c.root - chorus.key.tonic) % 12 for c in chorus.chords}
        assert notes(chorus, "boogie")
        assert notes(chorus, "boogie_top")


def test_reggae_leaves_the_first_beat_empty_and_skanks_on_the_off_beats() -> None:
    """One drop: kick on two and four; guitars between the beats. Steppers are the exception."""
    dropped = 0
    for seed in range(6):
        theme = first(piece("reggae", seed), "theme")
        kicks = places(theme, "drums", "kick")
        dropped += Fraction(0) not in kicks and {Fraction(1), Fraction(3)} <= set(kicks)
        guitar = places(theme, "chords")
        assert sum(at % 1 != 0 for at in guitar) >= max(1, len(guitar) - 1)
    assert dropped >= 2


def test_funk_gives_everything_to_the_one() -> None:
    """Kick and bass on every downbeat; damped strings and a bass that knows the sixteenths between."""
    for seed in SEEDS:
        lift = first(piece("funk", seed), "lift")
        assert Fraction(0) in places(lift, "drums", "kick")
        bass = notes(lift, "bass")
        assert len([n for n in bass if (n.at - lift.start) % 4 == 0]) >= lift.bars - 1
        assert any((n.at * 2).denominator != 1 for n in bass)
        assert any(n.articulation == "ghost" for n in notes(lift, "scratch"))


def test_country_goes_boom_and_chick() -> None:
    """The bass on one and three, the guitar's chords on two and four."""
    for seed in SEEDS:
        theme = first(piece("country", seed), "theme")
        assert {Fraction(0), Fraction(2)} <= set(places(theme, "bass"))
        assert {Fraction(1), Fraction(3)} <= set(places(theme, "chords"))


def test_rock_guitars_play_fifths_over_a_backbeat() -> None:
    for seed in SEEDS:
        lift = first(piece("rock", seed), "lift")
        together: dict[Beats, set[int]] = {}
        for note in notes(lift, "chords"):
            together.setdefault(note.at, set()).add(note.pitch % 12)
        assert {len(classes) for classes in together.values()} == {2}
        assert all((max(c) - min(c)) in (5, 7) for c in together.values())
        assert places(lift, "drums", "snare")


def test_metal_plays_one_riff_together() -> None:
    """Two guitars and the bass strike the same moments; the kick runs."""
    for seed in SEEDS:
        score = piece("metal", seed)
        theme, lift = first(score, "theme"), first(score, "lift")
        left, right, bass = (notes(theme, name) for name in ("chug", "chug_2", "bass"))
        assert [(n.at, n.pitch) for n in left] == [(n.at, n.pitch) for n in right]
        struck = {n.at for n in left}
        assert len(struck & {n.at for n in bass}) >= 0.9 * len(struck)
        assert len([n for n in notes(lift, "drums") if n.pitch == DRUMS["kick"]]) >= 5 * lift.bars


def test_metal_is_dark() -> None:
    modes = dict(genre("metal").modes)
    assert not {"major", "mixolydian", "lydian"} & set(modes)
    assert modes["phrygian"] >= max(modes.values())


def test_post_rock_rises() -> None:
    """The last lift has the wall and the tremolo of guitars that the opening lacks, and is louder."""
    for seed in SEEDS:
        score = piece("post_rock", seed, 90)
        opening, top = score.sections[0], [s for s in score.sections if s.kind == "lift"][-1]
        assert not notes(opening, "wall")
        assert notes(top, "wall")
        assert top.energy > opening.energy + 0.2
        tremolo = sorted(notes(top, "tremolo"), key=lambda n: n.at)
        assert min(b.at - a.at for a, b in pairwise(tremolo)) <= Fraction(1, 4)


def test_folk_is_made_of_wood_and_air() -> None:
    """Nothing electric in any seat; the thumb plays lower strings on the beat than the fingers between."""
    for seat in genre("folk").seats:
        assert "synth" not in {orchestra()[name].family for name in seat.instruments}
        assert not {"overdriven_guitar", "distortion_guitar", "clean_guitar"} & set(seat.instruments)
    theme = first(piece("folk", 1), "theme")
    picked = notes(theme, "picking")
    thumb = [n.pitch for n in picked if (n.at - theme.start).denominator == 1]
    fingers = [n.pitch for n in picked if (n.at - theme.start).denominator != 1]
    assert sum(thumb) / len(thumb) < sum(fingers) / len(fingers)


def test_ukulele_is_always_there_and_somebody_claps() -> None:
    for seed in SEEDS:
        score = piece("ukulele_happy", seed)
        assert "ukulele" in {p.instrument for p in score.players}
        struck = {n.pitch for p in ("drums", "percussion") for s in score.sections for n in notes(s, p)}
        assert {DRUMS["clap"], DRUMS["snap"]} & struck


def test_corporate_ticks_from_the_first_bar() -> None:
    """A plucked ostinato runs through every section; no chord of it is diminished."""
    for seed in SEEDS:
        score = piece("corporate", seed)
        for section in score.sections[:-1]:
            assert len(notes(section, "arp")) >= 4 * section.bars
        assert all("dim" not in c.symbol for s in score.sections for c in s.chords)


@pytest.mark.parametrize("style", ["jazz", "folk", "country", "blues", "funk", "ukulele_happy", "reggae"])
def test_bands_without_machines_have_no_drops(style: str) -> None:
    """No risers and no rolls of a dance floor."""
    assert "riser" not in dict(genre(style).fx)
    assert genre(style).roll == ""
