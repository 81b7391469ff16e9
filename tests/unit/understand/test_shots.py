"""Where shots begin: at cuts, dissolves and fades, and nowhere else."""

from fractions import Fraction

import pytest

from reelscore.understand.shots import Judge, Opening, settled, to_shots
from tests.media.scenes import RATE, random_shot
from tests.media.truth import Film, Piece, film, score, single_shots
from tests.unit.understand.seen import glimpses_of

pytestmark = pytest.mark.slow

SIZE = (320, 180)
SINGLE = single_shots(150, *SIZE)


def openings(of: Film) -> list[Opening]:
    judge = Judge(RATE)
    for glimpse in glimpses_of(of.pictures()):
        judge.add(glimpse)
    return settled(judge.finish())


def test_cuts_of_a_scripted_film_are_found_to_the_frame() -> None:
    """Jump cuts and cuts in motion included; flashes, whip pans and titles passed over."""
    truth = film(18, *SIZE)
    found = openings(truth)
    result = score(truth, [(opening.number, opening.kind) for opening in found])
    assert (result.false, result.missed) == ((), ())
    assert len(truth.cuts) >= 7
    assert {o.number for o in found if o.kind == "cut"} == set(truth.cuts)


@pytest.mark.parametrize("name", SINGLE)
def test_one_shot_stays_one_shot(name: str) -> None:
    """Nothing that happens within a shot opens another one."""
    assert openings(SINGLE[name]) == []


@pytest.mark.parametrize(("join", "kind"), [("dissolve", "dissolve"), ("black", "fade"), ("white", "fade")])
def test_gradual_changes_are_placed_in_their_middle(join: str, kind: str) -> None:
    """A dissolve or fade is one opening, of its own kind, never as sure as a cut."""
    truth = Film((Piece(random_shot(11), 60), Piece(random_shot(14), 60, join, 18)), *SIZE)
    (found,) = openings(truth)
    assert found.kind == kind
    assert abs(found.number - 69) <= 5
    assert found.confidence <= 0.85


def test_long_films_are_judged_in_blocks_without_a_seam() -> None:
    """A cut is found once, wherever the blocks meet."""
    pieces = tuple(Piece(random_shot(300 + n), 97) for n in range(12))
    truth = Film(pieces, 160, 90)
    assert truth.frames > 1100
    assert [opening.number for opening in openings(truth)] == list(truth.cuts)


def test_the_time_of_a_cut_is_that_of_its_first_frame() -> None:
    truth = Film((Piece(random_shot(1), 40), Piece(random_shot(2), 40)), 160, 90)
    (found,) = openings(truth)
    assert found.at == Fraction(40, RATE)
    assert found.confidence > 0.9
    assert 0 < found.change <= 1


def test_a_returning_picture_makes_a_change_none() -> None:
    """A frame seen before the run tells that the run began inside a flash."""
    shot = random_shot(5)
    flashed = list(glimpses_of(Film((Piece(shot, 50, flashes=(20,)),), 160, 90).pictures()))
    before = Judge(RATE)
    for glimpse in flashed[:20]:
        before.add(glimpse)
    informed = Judge(RATE, before._prints)
    for glimpse in flashed[20:]:
        informed.add(glimpse)
    assert informed.finish() == []


def test_of_two_openings_side_by_side_the_surer_stays() -> None:
    weak, strong = (Opening(n, Fraction(n, 25), "cut", sure, 0.5) for n, sure in ((10, 0.6), (12, 0.9)))
    assert settled([strong, weak]) == [strong]
    assert settled([strong, strong]) == [strong]


def test_shots_fill_the_film() -> None:
    """Each shot ends where the next begins; the first opens with the film, not with a cut."""
    cuts = [Opening(25 * n, Fraction(n), "cut", 0.9, 0.5) for n in (2, 5)]
    shots = to_shots(cuts, Fraction(8))
    spans = [(int(shot.span.start), int(shot.span.end), shot.opening) for shot in shots]
    assert spans == [
        (0, 2, "start"),
        (2, 5, "cut"),
        (5, 8, "cut"),
    ]
