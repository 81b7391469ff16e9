"""What makes each electronic genre itself: the beat, the bass, the chords and the form a listener knows it by."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from reelscore.compose.genre import DRUMS
from reelscore.compose.tables import genre
from reelscore.compose.write import write_score
from reelscore.values.brief import Key
from reelscore.values.score import Note, Score, Section
from reelscore.values.time import Beats
from tests.unit.compose.briefs import bed

pytestmark = pytest.mark.slow

SEEDS = range(4)
BACKBEAT = ("synthpop", "disco", "dnb")
HALF_TIME = ("trap", "dubstep")


def piece(style: str, seed: int, seconds: int = 60) -> Score:
    return write_score(bed(style, seconds, seed, mood="confident", key=Key(9, "minor")))


def sections(score: Score, kind: str) -> list[Section]:
    return [section for section in score.sections if section.kind == kind]


def notes(section: Section, player: str) -> list[Note]:
    return [note for part in section.parts if part.player == player for note in part.notes]


def places(section: Section, drum: str, bars: int = 3) -> list[Beats]:
    """Where in the bar a drum is struck in the first bars of a section (the last one may hold a fill)."""
    struck = [n for n in notes(section, "drums") if n.pitch == DRUMS[drum] and n.at < section.start + 4 * bars]
    return [(n.at - section.start) % 4 for n in struck]


@pytest.mark.parametrize("style", ["techno", "edm", "disco"])
def test_four_on_the_floor(style: str) -> None:
    """A kick on every beat of a lift (a future-bass drop or a boogie kick may lean, most do not)."""
    steady = 0
    for seed in SEEDS:
        lift = sections(piece(style, seed), "lift")[0]
        kicks = places(lift, "kick")
        steady += all(kicks.count(Fraction(beat)) == 3 for beat in range(4))
    assert steady >= 2


@pytest.mark.parametrize("style", BACKBEAT)
def test_snares_on_two_and_four(style: str) -> None:
    for seed in SEEDS:
        lift = sections(piece(style, seed), "lift")[0]
        struck = places(lift, "snare") + places(lift, "clap")
        assert {Fraction(1), Fraction(3)} <= set(struck)
        assert Fraction(0) not in struck


@pytest.mark.parametrize("style", HALF_TIME)
def test_half_time_has_one_loud_snare_on_the_third_beat(style: str) -> None:
    """Drill may answer it late in the second bar; nobody strikes two and four."""
    for seed in SEEDS:
        lift = sections(piece(style, seed), "lift")[0]
        loud = [n for n in notes(lift, "drums") if n.pitch == DRUMS["snare"] and n.velocity >= 80]
        first = [(n.at - lift.start) for n in loud if n.at < lift.start + 4]
        assert first == [Fraction(2)]


def test_trap_hats_roll_over_an_808_that_slides() -> None:
    """Strokes nearer than a sixteenth in most seeds; bass notes that reach into the next one."""
    rolls = slides = 0
    for seed in SEEDS:
        score = piece("trap", seed)
        hats = sorted(n.at for n in score.notes_of("drums") if n.pitch == DRUMS["hat"])
        rolls += any(0 < b - a < Fraction(1, 4) for a, b in pairwise(hats))
        slides += any(n.articulation == "legato" for n in score.notes_of("bass"))
        assert score.player("bass").instrument == "bass_808"
    assert slides >= 2
    assert rolls >= 3


def test_techno_stays_where_it_is() -> None:
    """At most two chords in eight bars of a theme, and the filter opens through it."""
    for seed in SEEDS:
        score = piece("techno", seed)
        theme = sections(score, "theme")[0]
        roots = {c.symbol for c in theme.chords if c.at < theme.start + 28}
        assert len(roots) <= 2
        cutoffs = [c.value for part in theme.parts if part.player == "chords" for c in part.controls]
        assert cutoffs[-1] > cutoffs[0] + 0.2


def test_drum_and_bass_breaks_the_beat() -> None:
    """Fast, never four on the floor, and the bass stays below the pads in long notes."""
    assert genre("dnb").tempo[0] >= 160
    for seed in SEEDS:
        lift = sections(piece("dnb", seed), "lift")[0]
        kicks = places(lift, "kick")
        assert Fraction(1) not in kicks
        assert Fraction(3) not in kicks
        assert any(place.denominator > 1 for place in kicks)


def test_a_drop_is_built_up_to() -> None:
    """EDM: in most beds a build leads into the first lift; its wall of saws is not heard before."""
    built = 0
    for seed in range(6):
        score = piece("edm", seed)
        kinds = [section.kind for section in score.sections]
        built += kinds[kinds.index("lift") - 1] == "build"
        early = [n for s in score.sections if s.kind in ("intro", "theme", "break") for n in notes(s, "saws")]
        assert not early
        assert all(notes(lift, "saws") for lift in sections(score, "lift"))
    assert built >= 4


def test_in_a_dubstep_drop_two_basses_talk() -> None:
    """The wobble leads, the growl fills its holes; verses know neither."""
    for seed in SEEDS:
        score = piece("dubstep", seed)
        lift = sections(score, "lift")[0]
        asks, replies = notes(lift, "wobble"), notes(lift, "growl")
        assert asks
        assert replies
        apart = [r for r in replies if not any(a.at == r.at for a in asks)]
        assert len(apart) >= len(replies) / 2
        assert not [n for s in score.sections if s.kind in ("intro", "theme") for n in notes(s, "growl")]


def test_chiptune_chords_are_arpeggios_faster_than_the_hand() -> None:
    """Thirty-seconds that stand for chords, no room around them, bass on a triangle."""
    assert genre("chiptune").colour.space == 0
    for seed in SEEDS:
        score = piece("chiptune", seed)
        line = notes(sections(score, "theme")[0], "chip_chords")
        gaps = [b.at - a.at for a, b in pairwise(line) if b.at > a.at]
        assert min(gaps) == Fraction(1, 8)
        assert score.player("bass").instrument == "triangle_bass"


def test_disco_opens_its_hats_between_the_beats_and_jumps_octaves() -> None:
    jumps = 0
    for seed in SEEDS:
        score = piece("disco", seed)
        lift = sections(score, "lift")[0]
        assert Fraction(1, 2) in places(lift, "open")
        line = sorted(notes(lift, "bass"), key=lambda n: n.at)
        jumps += any(b.pitch - a.pitch == 12 for a, b in pairwise(line))
    assert jumps >= 3


def test_synthwave_drives_in_eighths_under_a_legato_lead() -> None:
    """At least eight bass strokes a bar in a lift; the lead's notes run together."""
    for seed in SEEDS:
        score = piece("synthwave", seed)
        lift = sections(score, "lift")[0]
        assert len(notes(lift, "bass")) >= 7.5 * lift.bars
        assert all(n.articulation == "legato" for n in notes(lift, "melody") if n.beats > 1)


def test_hip_hop_swings_its_sixteenths() -> None:
    """Every seed swings; the loop returns unchanged after two or four bars."""
    for seed in SEEDS:
        score = piece("hiphop", seed)
        assert score.feel.swing16 >= Fraction(11, 20)
        theme = sections(score, "theme")[0]
        assert len({c.symbol for c in theme.chords}) <= 6


def test_minimal_tech_is_soft_where_edm_is_loud() -> None:
    """Fewer drum strokes, no crash but on changes, and a drum kit of clicks."""
    soft, loud = piece("tech_minimal", 1), piece("edm", 1)

    def force(score: Score) -> float:
        kicks = [n.velocity for n in score.notes_of("drums") if n.pitch == DRUMS["kick"]]
        return sum(kicks) / len(kicks)

    assert force(soft) < force(loud) - 5
    assert soft.player("drums").instrument == "click_kit"
    assert genre("tech_minimal").colour.punch < genre("edm").colour.punch
