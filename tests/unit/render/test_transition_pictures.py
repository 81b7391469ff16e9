"""What is seen while one clip leads into the next.

Tolerances: flat colours within 2 code values.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from reelscore.render.sources import Sources
from reelscore.values.timeline import TRANSITIONS, Picture, Segment, Transition
from tests.unit.render.painting import frame_rgb, level_of, likeness, luma, part, shown, small_media, video


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    return small_media(tmp_path_factory.mktemp("media"))


def flat(colour: str, frames: int = 20, name: str = "") -> Segment:
    return Segment(name or colour, Fraction(frames, 30), colour=colour)


@pytest.mark.parametrize("kind", TRANSITIONS)
def test_transitions_lead_from_one_picture_to_the_other(media: Sources, kind: str) -> None:
    """Outside its ten frames there is nothing of it; inside, from mostly the first to mostly the second."""
    track = video(part("picture", 20, name="a"), part("large", 20, name="b", picture=Picture(flip_horizontal=True)),
                  transitions=(Transition("b", kind, Fraction(10, 30)),))  # fmt: skip
    frames = [frame_rgb(frame) for frame in shown([track], media, 0, 40)]
    first, second = frames[0], frames[39]
    assert all(np.array_equal(frame, first) for frame in frames[:15])
    assert all(np.array_equal(frame, second) for frame in frames[25:])
    to_first = [likeness(frame, first) for frame in frames[15:25]]
    to_second = [likeness(frame, second) for frame in frames[15:25]]
    assert to_first[0] > 0.8
    assert to_second[-1] > 0.8
    assert to_first[0] > to_second[0]
    assert to_second[-1] > to_first[-1]


def test_crossfade_levels_are_even(media: Sources) -> None:
    track = video(flat("#000000"), flat("#ffffff"), transitions=(Transition("#ffffff", "crossfade", Fraction(10, 30)),))
    levels = [luma(frame) for frame in shown([track], media, 15, 10)]
    assert np.allclose(levels, 16 + 219 * (np.arange(10) + 0.5) / 10, atol=1)


def test_a_dip_passes_through_its_colour(media: Sources) -> None:
    dip = Transition("#00ff00", "dip", Fraction(10, 30), colour="#ffffff")
    levels = [
        luma(frame) for frame in shown([video(flat("#0000ff"), flat("#00ff00"), transitions=(dip,))], media, 15, 10)
    ]
    assert max(levels) > 225
    assert np.argmax(levels) in (4, 5)


@pytest.mark.parametrize("direction", ["left", "right", "up", "down"])
@pytest.mark.parametrize("kind", ["wipe", "slide"])
def test_the_new_picture_moves_the_way_it_is_told(media: Sources, kind: str, direction: str) -> None:
    how = Transition("#ffffff", kind, Fraction(10, 30), direction=direction)
    frame = shown([video(flat("#000000"), flat("#ffffff"), transitions=(how,))], media, 18, 1)[0][:64]
    sides = {"left": frame[:, -8:], "right": frame[:, :8], "up": frame[-8:], "down": frame[:8]}
    opposite = {"left": "right", "right": "left", "up": "down", "down": "up"}[direction]
    assert sides[direction].mean() > 225  # it comes from the other side of where it goes
    assert sides[opposite].mean() < 30


def test_transitions_use_the_handles_of_their_sources(media: Sources) -> None:
    """The first film runs on and the second has begun already while they overlap."""
    track = video(part("film", 10, name="a"), part("film", 10, start=15, name="b"),
                  transitions=(Transition("b", "crossfade", Fraction(4, 30)),))  # fmt: skip
    levels = [luma(frame) for frame in shown([track], media, 8, 4, size=(64, 48))]
    expected = [level_of(8 + k) * (1 - (k + 0.5) / 4) + level_of(13 + k) * (k + 0.5) / 4 for k in range(4)]
    assert np.allclose(levels, expected, atol=1)


def test_a_transition_above_leaves_the_film_below_alone(media: Sources) -> None:
    small = Picture(scale=0.25, x=0.2, y=0.2)
    above = video(Segment("a", Fraction(20, 30), colour="#ff0000", picture=small),
                  Segment("b", Fraction(20, 30), colour="#0000ff", picture=small),
                  transitions=(Transition("b", "slide", Fraction(10, 30)),), name="w")  # fmt: skip
    plain = shown([video(part("picture", 40))], media)[0]
    for frame in shown([video(part("picture", 40)), above], media, 15, 10):
        assert np.array_equal(frame[40:64], plain[40:64])
