"""Frames of a timeline: what lies where, when, and that a chunk may begin anywhere.

Tolerances: flat colours within 2 code values.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from reelscore.errors import MediaError
from reelscore.render.sources import Source, Sources
from reelscore.values.timeline import Box, Filter, Gap, Picture, Segment, Text, Track, Transition, Zoom
from tests.unit.render.painting import Image, frame_rgb, level_of, luma, part, shown, small_media, video

WIDE = (96, 64)


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    return small_media(tmp_path_factory.mktemp("media"))


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
