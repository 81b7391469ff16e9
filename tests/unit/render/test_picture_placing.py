"""One picture on the canvas: how it meets another shape, turns, crops, zooms, stands and lets through.

Tolerances: flat colours within 2 code values; pictures SSIM >= 0.98 against the picture made another way.
"""

from __future__ import annotations

from fractions import Fraction

import cv2
import numpy as np
import pytest

from reelscore.render.sources import Sources
from reelscore.values.timeline import FITS, Aim, Box, Picture, Segment, Zoom
from tests.unit.render.painting import Image, frame_rgb, likeness, part, pattern, shown, small_media, video

WIDE = (96, 64)


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    return small_media(tmp_path_factory.mktemp("media"))


def look(media: Sources, picture: Picture, source: str = "picture", n: int = 0, size: tuple[int, int] = WIDE) -> Image:
    return frame_rgb(shown([video(part(source, picture=picture))], media, n, size=size)[0])


def test_contain_leaves_bars_and_cover_none(media: Sources) -> None:
    contained, covered = look(media, Picture(), "tall"), look(media, Picture(fit="cover"), "tall")
    assert contained[:, :20].max() < 4
    assert contained[:, -20:].max() < 4
    assert contained[:, 30:60].mean() > 50
    assert covered[:, :20].mean() > 30


def test_stretch_fills_the_canvas(media: Sources) -> None:
    found = look(media, Picture(fit="stretch"), "tall")
    expected = cv2.resize(pattern((64, 96)), WIDE, interpolation=cv2.INTER_LINEAR)
    assert likeness(found, np.asarray(expected, np.uint8)) > 0.9


def test_blurred_surroundings_are_dim_and_soft_and_the_picture_whole(media: Sources) -> None:
    plain, blurred = look(media, Picture(), "tall"), look(media, Picture(fit="blur"), "tall")
    assert np.abs(plain[:, 30:66].astype(int) - blurred[:, 30:66]).max() <= 2
    assert blurred[:, :20].mean() > 15
    assert np.abs(np.diff(blurred[:, :20].astype(int), axis=1)).max() < 40


def test_the_focus_stays_in_sight(media: Sources) -> None:
    top = look(media, Picture(fit="cover", focus_y=0.0), "tall")
    bottom = look(media, Picture(fit="cover", focus_y=1.0), "tall")
    assert top[10, 10].argmax() == 0  # red is above
    assert bottom[-10, 10].argmax() == 2  # blue is below


def test_a_path_of_the_focus_is_followed_on_the_sources_clock(media: Sources) -> None:
    """Down a tall picture within half a second, from the second second of the source on."""
    path = (Aim(Fraction(1), 0.5, 0.0), Aim(Fraction(3, 2), 0.5, 1.0))
    tracks = [video(part("tall", frames=30, start=30, picture=Picture(fit="cover", path=path)))]
    frames = [frame_rgb(frame) for frame in shown(tracks, media, 0, 30, size=WIDE)]
    top, bottom = (look(media, Picture(fit="cover", focus_y=y), "tall") for y in (0.0, 1.0))
    assert likeness(frames[0], top) > 0.98
    assert likeness(frames[15], bottom) > 0.98
    assert (frames[15] == frames[29]).all()
    alike = [likeness(frame, bottom) for frame in frames[2:15:4]]
    assert alike == sorted(alike)
    assert alike[0] < 0.9


def corners(image: Image) -> str:
    """Which colour is strongest in the four corners: clockwise from the top left; `w` for the grey ramp."""
    height, width = image.shape[:2]
    places = [
        (height // 4, width // 4),
        (height // 4, -width // 4),
        (-height // 4, -width // 4),
        (-height // 4, width // 4),
    ]
    found = ""
    for y, x in places:
        pixel = image[y, x].astype(int)
        found += "w" if np.ptp(pixel) < 30 else "rgb"[pixel.argmax()]
    return found


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        (Picture(), "rgwb"),
        (Picture(flip_horizontal=True), "grbw"),
        (Picture(flip_vertical=True), "bwgr"),
        (Picture(rotation=180.0), "wbrg"),
        (Picture(rotation=90.0, fit="stretch"), "brgw"),
        (Picture(rotation=-90.0, fit="stretch"), "gwbr"),
        (Picture(rotation=90.0, flip_horizontal=True, fit="stretch"), "wgrb"),
    ],
    ids=["as it is", "mirrored", "upside down", "half turn", "clockwise", "counter-clockwise", "mirrored, then turned"],
)
def test_flips_and_right_angles(media: Sources, picture: Picture, expected: str) -> None:
    assert corners(look(media, picture)) == expected


def test_a_small_tilt_that_covers_leaves_no_corner_empty(media: Sources) -> None:
    tilted = look(media, Picture(rotation=8.0, fit="cover"))
    assert tilted[:3, :3].max() > 30
    assert tilted[-3:, -3:].max() > 30
    assert corners(tilted) == "rgwb"


def test_a_tilt_that_is_contained_shows_its_own_edges(media: Sources) -> None:
    tilted = look(media, Picture(rotation=20.0))
    assert max(tilted[:3, :3].max(), tilted[-3:, -3:].max()) < 4
    assert tilted[24, 36].argmax() == 0
    assert tilted[26, 62].argmax() == 1
    assert tilted[42, 38].argmax() == 2


def test_a_crop_shows_its_part_only(media: Sources) -> None:
    found = look(media, Picture(crop=Box(0.0, 0.0, 0.5, 0.5), fit="stretch"))
    assert np.abs(found.astype(int) - (220, 40, 40)).max() <= 6


def test_a_zoom_moves_from_one_part_to_another(media: Sources) -> None:
    zoom = Zoom(Box(0.0, 0.0, 0.5, 0.5), Box(0.5, 0.0, 1.0, 0.5), easing="linear")
    first, last = (look(media, Picture(zoom=zoom, fit="cover"), "large", n=n) for n in (0, 29))
    assert np.median(first, axis=(0, 1)).argmax() == 0
    assert np.median(last, axis=(0, 1)).argmax() == 1


def test_a_slow_zoom_does_not_judder(media: Sources) -> None:
    """The edge between red and green moves on in steps of 1/15 pixel, each right to two of the warp's 1/32 pixels."""
    zoom = Zoom(Box(0.0, 0.0, 0.98, 0.98), Box(0.02, 0.0, 1.0, 0.98), easing="linear")
    track = video(part("large", 30, picture=Picture(zoom=zoom, fit="cover")))
    places = []
    for frame in shown([track], media, 0, 30):
        row = frame[16].astype(float)
        k = int(np.abs(np.diff(row)).argmax())
        low, high = row[k - 4 : k - 1].mean(), row[k + 3 : k + 6].mean()
        places.append(k - 4 + ((row[k - 4 : k + 6] - high) / (low - high)).sum())
    steps = np.diff(places)
    assert abs(steps.mean() + 0.02 / 0.98 * 96 / 29) < 0.01
    assert np.abs(steps - steps.mean()).max() < 0.075
    assert steps.max() <= 0


def test_scale_place_and_opacity(media: Sources) -> None:
    white = Segment("w", Fraction(1), colour="#ffffff", picture=Picture(scale=0.5, x=0.25, y=0.75, opacity=0.5))
    frame = shown([video(white)], media)[0][:64]
    assert np.abs(frame[40:60, 4:44].astype(int) - (16 + 219 // 2)).max() <= 1
    assert (frame[:30] == 16).all()
    assert (frame[:, 50:] == 16).all()


def test_round_corners_are_smooth(media: Sources) -> None:
    white = Segment("w", Fraction(1), colour="#ffffff", picture=Picture(radius=0.5))
    frame = shown([video(white)], media)[0][:64]
    assert frame[0, 0] == 16
    assert frame[32, 2] == frame[2, 48] == 235
    assert len(np.unique(frame[:20, :20])) > 8


@pytest.mark.parametrize("fit", FITS)
def test_draft_looks_alike(media: Sources, fit: str) -> None:
    from reelscore.render.compositor import Compositor
    from reelscore.values.timeline import Canvas, Timeline

    timeline = Timeline(Canvas(96, 64), (video(part("large", picture=Picture(fit=fit))),))
    found = []
    for draft in (False, True):
        with Compositor(timeline, media, WIDE, draft) as compositor:
            found.append(frame_rgb(next(compositor.frames(0, 1))))
    assert likeness(*found) > 0.97
