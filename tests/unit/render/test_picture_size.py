"""The size of a result in pixels."""

from __future__ import annotations

import pytest

from reelscore.render.targets import Target, picture_size


@pytest.mark.parametrize(
    ("canvas", "size"),
    [
        ((1920, 1080), (1920, 1080)),
        ((272, 484), (1080, 1920)),  # the even pixels nearest to 9:16
        ((480, 852), (1080, 1920)),
        ((854, 480), (1920, 1080)),
        ((640, 272), (2542, 1080)),
        ((1668, 1080), (1668, 1080)),
    ],
)
def test_1080p_of_a_usual_shape_is_of_the_usual_size(canvas: tuple[int, int], size: tuple[int, int]) -> None:
    assert picture_size(Target(resolution="1080p"), canvas) == size


def test_without_a_resolution_the_canvas_stays() -> None:
    assert picture_size(Target(), (272, 484)) == (272, 484)
