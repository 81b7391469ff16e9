"""What "cover" shows when the focus has a path."""

from fractions import Fraction as F

import pytest

from reelscore.render.placement import aimed
from reelscore.values.timeline import Aim, Picture

PATH = Picture(fit="cover", path=(Aim(F(1), 0.2, 0.5), Aim(F(3), 0.6, 0.3), Aim(F(3), 0.9, 0.9), Aim(F(5), 0.9, 0.9)))


@pytest.mark.parametrize(
    ("at", "x", "y"),
    [(0, 0.2, 0.5), (1, 0.2, 0.5), (2, 0.4, 0.4), (F(299, 100), 0.598, 0.301), (3, 0.9, 0.9), (9, 0.9, 0.9)],
)  # fmt: skip
def test_the_focus_goes_evenly_from_aim_to_aim_and_jumps_where_two_share_a_moment(at: F, x: float, y: float) -> None:
    seen = aimed(PATH, F(at))
    assert (seen.focus_x, seen.focus_y) == pytest.approx((x, y))
    assert seen.path == ()


def test_without_a_path_the_focus_stays() -> None:
    assert aimed(Picture(focus_x=0.1), F(7)) == Picture(focus_x=0.1)
