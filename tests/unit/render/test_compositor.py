"""Frames of a timeline: what lies where, when, and that a chunk may begin anywhere.

Tolerances: flat colours within 2 code values; pictures SSIM >= 0.98 against the picture made another way.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import cv2
import numpy as np
import pytest

from reelscore.errors import MediaError
from reelscore.render.sources import Source, Sources
from reelscore.values.timeline import (
    FITS,
    TRANSITIONS,
    Aim,
    Box,
    Filter,
    Gap,
    Picture,
    Segment,
    Text,
    Track,
    Transition,
    Zoom,
)
from tests.unit.render.painting import (
    Image,
    frame_rgb,
    level_of,
    likeness,
    luma,
    numbered_film,
    pattern,
    shown,
    still,
    video,
)

WIDE = (96, 64)


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    folder = tmp_path_factory.mktemp("media")
    clear = np.zeros((64, 96, 4), np.uint8)
    clear[16:48, 24:72] = (255, 255, 255, 255)
    return {
        "film": numbered_film(folder / "film.mp4", 30, options={"g": "10"}),
        "picture": still(folder / "picture.png", pattern()),
        "large": still(folder / "large.png", pattern((384, 256))),
        "tall": still(folder / "tall.png", pattern((64, 96))),
        "clear": still(folder / "clear.png", clear),
    }


def part(media: str, frames: int = 30, start: int = 0, name: str = "", **how: Any) -> Segment:
    """A segment of this many frames from frame `start` of its source."""
    return Segment(name or media, Fraction(frames, 30), media, Fraction(start, 30), **how)


def look(media: Sources, picture: Picture, source: str = "picture", n: int = 0, size: tuple[int, int] = WIDE) -> Image:
    return frame_rgb(shown([video(part(source, picture=picture))], media, n, size=size)[0])


def numbers(frames: list[Image]) -> list[int]:
    return [round((luma(frame) - level_of(0)) / 6) for frame in frames]


def test_a_film_of_the_canvas_size_comes_through_untouched(media: Sources) -> None:
    frames = shown([video(part("film"))], media, 0, 30, size=(64, 48))
    assert all((frame[:48] == level_of(n)).all() and (frame[48:] == 128).all() for n, frame in enumerate(frames))


def test_nothing_is_the_background(media: Sources) -> None:
    frame = shown([video(Gap(Fraction(1)))], media, background="#ff0000")[0]
    assert np.abs(frame_rgb(frame).astype(int) - (255, 0, 0)).max() <= 3


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({}, [5, 6, 7, 8]),
        ({"speed": Fraction(2)}, [5, 7, 9, 11]),
        ({"speed": Fraction(1, 2)}, [5, 5, 6, 6]),
        ({"reverse": True}, [8, 7, 6, 5]),
        ({"reverse": True, "speed": Fraction(2)}, [11, 9, 7, 5]),
        ({"freeze": True}, [5, 5, 5, 5]),
    ],
    ids=["plain", "fast", "slow", "reverse", "fast reverse", "freeze"],
)
def test_speed_direction_and_freeze_choose_the_frames(media: Sources, how: dict[str, Any], expected: list[int]) -> None:
    assert numbers(shown([video(part("film", 4, start=5, **how))], media, 0, 4, size=(64, 48))) == expected


def test_segments_follow_each_other_to_the_frame(media: Sources) -> None:
    track = video(part("film", 3, name="a"), Gap(Fraction(2, 30)), part("film", 3, start=20, name="b"))
    frames = shown([track], media, 0, 8, size=(64, 48))
    assert numbers(frames[:3]) == [0, 1, 2]
    assert [luma(frame) for frame in frames[3:5]] == [16, 16]
    assert numbers(frames[5:]) == [20, 21, 22]


def busy(media: Sources) -> list[Track]:
    """A timeline that does a bit of everything."""
    zoomed = Picture(fit="cover", zoom=Zoom(Box(), Box(0.2, 0.2, 0.7, 0.7)), filters=(Filter("warm"), Filter("grain")))
    inset = Picture(scale=0.4, x=0.7, y=0.3, radius=0.2, opacity=0.8, rotation=7, fade_in=Fraction(1, 3))
    return [
        video(
            part("film", 12, name="a"),
            part("large", 14, name="b", picture=zoomed),
            part(
                "film", 14, start=8, name="c", reverse=True, picture=Picture(fit="blur", filters=(Filter("vintage"),))
            ),
            transitions=(Transition("b", "crossfade", Fraction(6, 30)), Transition("c", "zoom", Fraction(6, 30))),
        ),
        video(
            Gap(Fraction(5, 30)),
            part("film", 20, start=2, name="d", picture=inset),
            part("tall", 10, name="e", picture=Picture(scale=0.5, fade_out=Fraction(1, 5))),
            transitions=(Transition("e", "slide", Fraction(4, 30)),),
            name="w",
        ),
    ]


def test_a_chunk_may_begin_anywhere(media: Sources) -> None:
    """Every frame has the same bytes, whether it is rendered alone, from the middle, or in one go."""
    whole = shown(busy(media), media, 0, 40)
    for first, count in ((7, 1), (10, 8), (13, 3), (24, 16), (31, 2)):
        assert all(
            np.array_equal(a, b) for a, b in zip(shown(busy(media), media, first, count), whole[first:], strict=False)
        ), first


def test_frames_stay_as_they_were_given(media: Sources) -> None:
    """Nobody writes into a frame after handing it on."""
    from reelscore.render.compositor import Compositor
    from reelscore.values.timeline import Canvas, Timeline

    with Compositor(Timeline(Canvas(96, 64), tuple(busy(media))), media, WIDE) as compositor:
        kept = []
        for frame in compositor.frames(0, 40):
            kept.append((frame, frame.copy()))
    assert all(np.array_equal(frame, copy) for frame, copy in kept)


def test_a_shifted_slice_looks_the_same(media: Sources) -> None:
    """Later on the timeline, the same segments give the same pictures."""
    moved = [
        Track(t.id, t.kind, items=(Gap(Fraction(9, 30)), *t.items), transitions=t.transitions) for t in busy(media)
    ]
    for a, b in zip(shown(busy(media), media, 0, 40), shown(moved, media, 9, 40), strict=True):
        assert np.array_equal(a, b)


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


def test_fades_come_from_and_go_to_the_background(media: Sources) -> None:
    fading = Picture(fade_in=Fraction(10, 30), fade_out=Fraction(10, 30))
    white = Segment("w", Fraction(1), colour="#ffffff", picture=fading)
    levels = [luma(frame) for frame in shown([video(white)], media, 0, 30, background="#000000")]
    assert np.allclose(np.diff(levels[:10]), 21.9, atol=1.1)
    assert levels[10:20] == [235] * 10
    assert levels[20:] == levels[9::-1]


def test_a_fade_may_come_from_a_colour_and_go_to_another(media: Sources) -> None:
    third = Fraction(10, 30)
    fading = Picture(fade_in=third, fade_out=third, fade_in_colour="#ffffff", fade_out_colour="#808080")
    black = Segment("b", Fraction(1), colour="#000000", picture=fading)
    levels = [luma(frame) for frame in shown([video(black)], media, 0, 30, background="#000000")]
    assert levels[0] > 220
    assert np.allclose(np.diff(levels[:10]), -21.9, atol=1.1)
    assert levels[10:20] == [16] * 10
    assert levels[29] == pytest.approx(126 * 0.95 + 16 * 0.05, abs=2)


def test_transparent_pictures_show_what_is_below(media: Sources) -> None:
    tracks = [video(part("picture")), video(part("clear", picture=Picture(fit="stretch")), name="w")]
    found = frame_rgb(shown(tracks, media)[0])
    assert found[32, 48].min() > 250
    assert np.abs(found[4:12, 4:20].astype(int) - (220, 40, 40)).max() <= 6


def test_a_background_track_lies_below_and_hidden_tracks_are_not_seen(media: Sources) -> None:
    white = Segment("w", Fraction(1), colour="#ffffff")
    inset = part("film", picture=Picture(scale=0.5))
    below = [video(inset), video(white, name="b", role="background")]
    frame = shown(below, media)[0][:64]
    assert frame[0, 0] == 235
    assert frame[32, 48] == level_of(0)
    hidden = Track("b", "video", items=(white,), hidden=True)
    assert shown([video(inset), hidden], media)[0][0, 0] == 16


def test_text_lies_above_all_pictures(media: Sources) -> None:
    words = Segment("t", Fraction(1), text=Text("MMM", size=0.5))
    text = Track("t", "text", items=(words,))
    with_words = shown([text, video(part("film"))], media, size=(192, 108))[0][:108]
    assert (with_words > 230).sum() > 300


def test_missing_media_are_named(media: Sources) -> None:
    with pytest.raises(MediaError, match='"holiday" are missing'):
        shown([video(Segment("n", Fraction(1), "nothing", name="holiday"))], media)


def test_media_without_a_picture_are_refused(media: Sources) -> None:
    from dataclasses import replace

    deaf = Source(media["film"].path, replace(media["film"].info, video=None))
    with pytest.raises(MediaError, match="no picture"):
        shown([video(part("deaf"))], {"deaf": deaf})


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
