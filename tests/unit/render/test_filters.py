"""Every picture filter: what it does to colours, that amount 0 is nothing, and that opacity stays.

Tolerances: code values within 2 where a value is known; else order and direction.
"""

from __future__ import annotations

import numpy as np
import pytest

from reelscore.errors import DataError
from reelscore.render.colour import decode, encode
from reelscore.render.filtering import filtered, filters, moving
from reelscore.render.planes import Planes
from reelscore.render.stills import from_rgba
from reelscore.values.timeline import FILTERS, SIGNED_FILTERS, Filter
from tests.unit.render.painting import Image, likeness, pattern, rgb

pytestmark = pytest.mark.slow


def planes_of(image: Image, alpha: int = 255) -> Planes:
    full = np.dstack((image, np.full(image.shape[:2], alpha, np.uint8)))
    found = from_rgba(full)
    return found if alpha < 255 else Planes(*found.colour)


def solid(red: int, green: int, blue: int) -> Planes:
    return planes_of(np.full((32, 32, 3), (red, green, blue), np.uint8))


def after(name: str, planes: Planes, amount: float = 1.0) -> Image:
    return rgb(filtered(planes, (Filter(name, amount),), 0))


def colour(name: str, of: tuple[int, int, int], amount: float = 1.0) -> tuple[float, float, float]:
    """What becomes of one colour, in the middle of the picture."""
    red, green, blue = after(name, solid(*of), amount)[12:20, 12:20].reshape(-1, 3).mean(axis=0)
    return float(red), float(green), float(blue)


def test_the_renderer_knows_the_whole_vocabulary() -> None:
    assert sorted(filters()) == sorted(FILTERS)
    assert all(one.help and (one.curves or one.grade or one.area) for one in filters().values())


@pytest.mark.parametrize("name", FILTERS)
def test_amount_zero_is_nothing(name: str) -> None:
    planes = planes_of(pattern())
    assert filtered(planes, (Filter(name, 0.0),), 0) is planes


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_changes_the_picture_but_not_what_it_shows(name: str) -> None:
    planes = planes_of(pattern())
    before = [plane.copy() for plane in planes.colour]
    found = filtered(planes, (Filter(name, 0.2 if name == "hue" else 1.0),), 0)
    assert any(not np.array_equal(a, b) for a, b in zip(found.colour, before, strict=True))
    assert all(np.array_equal(a, b) for a, b in zip(planes.colour, before, strict=True))
    if name != "invert":
        assert likeness(rgb(found), pattern()) > 0.35


@pytest.mark.parametrize("name", FILTERS)
def test_half_the_amount_does_less(name: str) -> None:
    planes = planes_of(pattern((288, 192)))
    whole = 0.3 if name == "hue" else 1.0
    plain = rgb(planes).astype(int)
    most, less = (np.abs(after(name, planes, k * whole).astype(int) - plain).mean() for k in (1.0, 0.4))
    assert 0 < less < most


@pytest.mark.parametrize("name", [name for name in FILTERS if name != "grain"])
def test_black_stays_dark_and_white_light(name: str) -> None:
    black, white = np.mean(colour(name, (0, 0, 0))), np.mean(colour(name, (255, 255, 255)))
    if name == "invert":
        black, white = white, black
    assert black < 45
    assert white > 165


@pytest.mark.parametrize("name", FILTERS)
def test_opacity_stays_and_colours_fit_it(name: str) -> None:
    found = filtered(planes_of(pattern(), alpha=100), (Filter(name),), 0)
    assert found.a is not None
    assert (found.a == 100).all()
    assert found.y.max() <= np.ceil(255 * 100 / 255)


@pytest.mark.parametrize("name", ["black_and_white", "noir"])
def test_black_and_white_has_no_colour(name: str) -> None:
    found = filtered(planes_of(pattern()), (Filter(name),), 0)
    assert np.abs(found.u.astype(int) - 128).max() <= 1
    assert np.abs(found.v.astype(int) - 128).max() <= 1


@pytest.mark.parametrize(
    ("name", "amount", "channel", "way"),
    [
        ("warm", 1, 0, 1), ("warm", 1, 2, -1), ("cool", 1, 2, 1), ("cool", 1, 0, -1), ("temperature", 1, 0, 1),
        ("temperature", -1, 2, 1), ("tint", 1, 1, -1), ("tint", -1, 1, 1), ("sepia", 1, 0, 1), ("sepia", 1, 2, -1),
    ],
)  # fmt: skip
def test_greys_take_on_the_tint(name: str, amount: float, channel: int, way: int) -> None:
    found = colour(name, (128, 128, 128), amount)
    assert way * (found[channel] - np.mean(found)) > 4


@pytest.mark.parametrize("name", [name for name in SIGNED_FILTERS if name not in ("hue", "temperature", "tint")])
def test_signed_filters_go_both_ways(name: str) -> None:
    """Each raises above 0 and lowers below what it is about."""

    def measure(amount: float) -> float:
        found = after(name, planes_of(pattern()), amount).astype(float)
        if name in ("brightness", "exposure"):
            return float(found.mean())
        if name == "saturation":
            return float(np.ptp(found, axis=2).mean())
        return float(found.mean(axis=2).std())

    assert measure(-0.6) < measure(0.0) - 3 < measure(0.0) + 3 < measure(0.6)


def test_a_whole_turn_of_hue_is_none() -> None:
    assert np.abs(np.array(colour("hue", (200, 60, 60), 1.0)) - (200, 60, 60)).max() < 4
    turned = colour("hue", (200, 60, 60), 1 / 3)
    assert int(np.argmax(turned)) != 0


def test_no_saturation_is_black_and_white() -> None:
    assert np.ptp(colour("saturation", (200, 40, 90), -1.0)) < 3


def test_blur_softens_and_sharpen_crispens_edges() -> None:
    planes = planes_of(pattern((384, 256)))

    def steepest(image: Image) -> float:
        return float(np.abs(np.diff(image.astype(float).mean(axis=2), axis=1)).mean(axis=0).max())

    plain = steepest(rgb(planes))
    assert steepest(after("blur", planes)) < 0.6 * plain
    assert (
        np.abs(np.diff(filtered(planes, (Filter("sharpen"),), 0).y.astype(int), axis=1)).max()
        > np.abs(np.diff(planes.y.astype(int), axis=1)).max()
    )


def test_a_vignette_darkens_the_corners_only() -> None:
    found = filtered(solid(200, 200, 200), (Filter("vignette"),), 0).y
    assert int(found[16, 16]) - int(found[0, 0]) > 40
    assert abs(int(found[16, 16]) - int(solid(200, 200, 200).y[0, 0])) <= 1


def test_grain_moves_but_is_the_same_for_the_same_frame() -> None:
    grey = solid(128, 128, 128)
    first, again, second = (filtered(grey, (Filter("grain"),), n).y for n in (3, 3, 4))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, second)
    assert 4 < first.astype(float).std() < 10
    assert moving((Filter("grain"),))
    assert not moving((Filter("warm"), Filter("grain", 0.0)))


def test_filters_in_a_row_act_in_their_order() -> None:
    """Two colour filters are one pass and give what they give one after the other."""
    planes = planes_of(pattern())
    chain = (Filter("vintage"), Filter("contrast", 0.5), Filter("warm", 0.7))
    once = rgb(filtered(planes, chain, 0)).astype(int)
    step = planes
    for one in chain:
        step = filtered(step, (one,), 0)
    assert np.abs(once - rgb(step)).mean() < 1.2
    other = rgb(filtered(planes, chain[::-1], 0)).astype(int)
    assert np.abs(once - other).mean() > 1


@pytest.mark.parametrize("name", [name for name, one in filters().items() if one.grade and not one.area])
def test_tables_give_what_the_formula_gives(name: str) -> None:
    """A smooth sweep of colours through the tables, against the grade itself on every one of them."""
    blend = np.linspace(0, 1, 128)
    image = np.zeros((128, 128, 3), np.uint8)
    image[..., 0] = np.round(255 * (0.2 + 0.6 * blend[None, :]))
    image[..., 1] = np.round(255 * (0.3 + 0.5 * blend[:, None]))
    image[..., 2] = np.round(255 * (0.75 - 0.5 * blend[None, :]))
    planes = planes_of(image)
    found = filtered(planes, (Filter(name, 0.6 if name != "hue" else 0.1),), 0)
    u, v = (np.repeat(np.repeat(p, 2, 0), 2, 1).astype(np.float32) for p in (planes.u, planes.v))
    grade = filters()[name].grade
    assert grade is not None
    red, green, blue = (np.clip(part, 0, 1) for part in decode(planes.y.astype(np.float32), u, v))
    changed = grade(red, green, blue, 0.6 if name != "hue" else 0.1)
    exact = encode(*(np.clip(part, 0, 1) for part in changed))
    off = [np.abs(found.y - exact[0]), np.abs(found.u - exact[1][::2, ::2]), np.abs(found.v - exact[2][::2, ::2])]
    assert max(float(part.mean()) for part in off) < 0.6
    assert max(float(np.percentile(part, 99)) for part in off) < 2.0


def test_an_unknown_filter_is_refused_with_near_names() -> None:
    with pytest.raises(DataError, match='Did you mean "vintage"'):
        filtered(planes_of(pattern()), (Filter("vintag"),), 0)
