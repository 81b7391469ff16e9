"""Where the subject is, told from small frames: within a tenth of the picture, in any corner, on any ground."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import pairwise

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from reelscore.understand.focus import GRID, FocusMeter, focus_points
from reelscore.understand.motion import MotionMeter
from reelscore.values.reading import FocusPoint, MediaInfo, Shot, VideoStream
from reelscore.values.time import Span
from tests.unit.understand.seen import glimpses_of

pytestmark = pytest.mark.slow

Picture = NDArray[np.uint8]
WIDE, HIGH, RATE = 320, 180, 30
STREAM = VideoStream(
    0, "h264", "", "yuv420p", WIDE, HIGH, WIDE, HIGH, 0, Fraction(RATE), False, 60, Fraction(0), Fraction(2), 8, "",
    False, False, 0,
)  # fmt: skip
INFO = MediaInfo("", "mp4", 0, STREAM, None, 1, 0, False, Fraction(2))
WITHIN = 0.1


def plain(n: int) -> Picture:
    return np.full((HIGH, WIDE, 3), (120, 110, 100), np.uint8)


def noisy(n: int) -> Picture:
    """Another grain in every frame."""
    grain = np.random.default_rng(n).normal(0, 14, (HIGH, WIDE, 3))
    return np.clip(plain(n) + grain, 0, 255).astype(np.uint8)


@cache
def blotted() -> NDArray[np.float32]:
    """Blots of all sizes, twice as wide as a picture."""
    rng = np.random.default_rng(7)
    whole: NDArray[np.float32] = np.zeros((HIGH, 2 * WIDE), np.float32)
    for size in (6, 12, 24):
        blots = rng.normal(0, 1, (HIGH // size + 2, 2 * WIDE // size + 2)).astype(np.float32)
        whole += 14 * cv2.resize(blots, (2 * WIDE, HIGH), interpolation=cv2.INTER_CUBIC)
    return whole


def textured(n: int, shift: float = 0.0) -> Picture:
    """Blots; `shift` pans over them, in pixels."""
    move = np.array([[1, 0, -shift], [0, 1, 0]], np.float32)
    seen = cv2.warpAffine(blotted(), move, (WIDE, HIGH), flags=cv2.INTER_LINEAR)
    return np.clip(np.stack([seen + 110, seen + 112, seen + 104], axis=2), 0, 255).astype(np.uint8)


def panned(n: int) -> Picture:
    """The camera pans half a picture a second."""
    return textured(n, shift=n * 0.5 * WIDE / RATE)


def bright(picture: Picture, x: float, y: float) -> None:
    cv2.circle(picture, (round(x * WIDE), round(y * HIGH)), 22, (240, 244, 240), -1, cv2.LINE_AA)


def coloured(picture: Picture, x: float, y: float) -> None:
    cv2.ellipse(picture, (round(x * WIDE), round(y * HIGH)), (18, 30), 0, 0, 360, (60, 60, 200), -1, cv2.LINE_AA)


def checked(picture: Picture, x: float, y: float) -> None:
    """As bright as the ground in the mean: texture alone tells it."""
    rows, columns = np.mgrid[-24:24, -24:24]
    board = np.where((rows // 6 + columns // 6) % 2, 190, 40)
    top, left = round(y * HIGH) - 24, round(x * WIDE) - 24
    picture[top : top + 48, left : left + 48] = board[..., None]


def points_of(
    pictures: Iterator[Picture], seconds: Fraction = Fraction(2), info: MediaInfo = INFO
) -> tuple[FocusPoint, ...]:
    motion, focus = MotionMeter(), FocusMeter(info)
    for glimpse in glimpses_of(pictures):
        focus.add(glimpse, motion.add(glimpse))
    return focus_points(focus.sights, [Shot(Span(Fraction(0), seconds), "start", 1.0, 0.0, 0.0, 0.0)])


def film(ground: Callable[[int], Picture], thing: Callable[[Picture, float, float], None], *places: tuple[float, float],
         frames: int = 35) -> Iterator[Picture]:  # fmt: skip
    """The thing goes evenly from the first place to the last."""
    for n in range(frames):
        picture = ground(n)
        share = n / (frames - 1)
        x, y = (a + (b - a) * share for a, b in zip(places[0], places[-1], strict=True))
        thing(picture, x, y)
        yield picture


@pytest.mark.parametrize("place", [(0.18, 0.5), (0.8, 0.35), (0.5, 0.22), (0.7, 0.75)], ids=str)
@pytest.mark.parametrize("ground", [plain, noisy, textured, panned], ids=lambda g: str(g.__name__))
@pytest.mark.parametrize("thing", [bright, coloured, checked], ids=lambda t: str(t.__name__))
def test_what_stands_out_is_found(
    thing: Callable[[Picture, float, float], None], ground: Callable[[int], Picture], place: tuple[float, float]
) -> None:
    """Bright, coloured or textured; on a calm, grainy or busy ground; before a camera that pans along with it."""
    points = points_of(film(ground, thing, place))
    assert points[0].at == 0
    for point in points:
        assert point.x == pytest.approx(place[0], abs=WITHIN)
        assert point.y == pytest.approx(place[1], abs=WITHIN)
        assert point.confidence > 0.4


def test_a_subject_that_moves_is_followed() -> None:
    """Across the picture in four seconds: never further off than a tenth, once it has set out."""
    points = points_of(film(textured, bright, (0.15, 0.4), (0.85, 0.4), frames=120), Fraction(4))
    assert len(points) >= 2
    at = [float(point.at) for point in points]
    assert at == sorted(at)
    for now in (0.5, 1.0, 2.0, 3.0, 3.5):
        x = float(np.interp(now, at, [point.x for point in points]))
        assert x == pytest.approx(0.15 + 0.7 * now / 4, abs=WITHIN)


def test_a_subject_that_stays_has_one_point() -> None:
    """Grain and a camera's sway make no path."""
    swaying = film(lambda n: textured(n, shift=4 * np.sin(n / 5)), bright, (0.7, 0.5))
    assert len(points_of(swaying)) == 1


def test_what_moves_draws_more_than_what_stands() -> None:
    """Two alike, on either side; one of them rocks."""

    def both(picture: Picture, x: float, y: float) -> None:
        bright(picture, 0.22, 0.5)
        bright(picture, x, y)

    def pictures() -> Iterator[Picture]:
        for n in range(60):
            picture = textured(n)
            both(picture, 0.78, 0.5 + 0.06 * np.sin(n / 3))
            yield picture

    (point,) = points_of(pictures())
    assert point.x == pytest.approx(0.78, abs=WITHIN)


@pytest.mark.parametrize("ground", [plain, noisy], ids=["plain", "noisy"])
def test_nothing_to_see_is_the_middle(ground: Callable[[int], Picture]) -> None:
    (point,) = points_of(ground(n) for n in range(30))
    assert point.x == pytest.approx(0.5, abs=0.05)
    assert point.y == pytest.approx(0.5, abs=0.05)
    assert point.confidence < 0.2


@pytest.mark.parametrize(("turn", "place"), [(0, (0.2, 0.3)), (90, (0.7, 0.2)), (180, (0.8, 0.7)), (270, (0.3, 0.8))])
def test_points_are_of_the_upright_picture(turn: int, place: tuple[float, float]) -> None:
    """Stored with its top to the side, a film is shown turned clockwise by its rotation."""
    info = replace(INFO, video=replace(STREAM, rotation=turn))
    (point,) = points_of(film(textured, bright, (0.2, 0.3)), info=info)
    assert point.x == pytest.approx(place[0], abs=WITHIN)
    assert point.y == pytest.approx(place[1], abs=WITHIN)


def test_every_shot_has_a_point_at_its_start() -> None:
    """Each its own; the middle for one that no frame was seen of."""
    meter = FocusMeter(INFO)
    pictures = [*film(plain, bright, (0.2, 0.5), frames=60), *film(plain, bright, (0.8, 0.5), frames=60)]
    for glimpse in glimpses_of(pictures):
        meter.add(glimpse)
    ends = [Fraction(0), Fraction(2), Fraction(4), Fraction(5)]
    spans = [Span(a, b) for a, b in pairwise(ends)]
    points = focus_points(meter.sights, [Shot(span, "cut", 1.0, 1.0, 0.0, 0.0) for span in spans])
    assert [point.at for point in points] == [0, 2, 4]
    assert [point.x for point in points] == [pytest.approx(0.2, abs=WITHIN), pytest.approx(0.8, abs=WITHIN), 0.5]
    assert points[-1].confidence == 0


def test_a_single_picture_is_enough() -> None:
    meter = FocusMeter(INFO)
    for glimpse in glimpses_of(film(textured, bright, (0.25, 0.5), frames=2)):
        meter.add(glimpse)
        break
    (sight,) = meter.sights
    assert sight.map.shape == (GRID, GRID)
    assert sight.map[:, : GRID // 2].sum() > 3 * sight.map[:, GRID // 2 :].sum()
