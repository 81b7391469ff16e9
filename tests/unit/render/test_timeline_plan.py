"""The plan takes the cheapest way that is right, says why, and is as long as the timeline, to the frame and sample."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelscore.errors import MediaError, OutputError
from reelscore.render.targets import Target, preview
from reelscore.render.timeline_plan import RenderPlan, describe, plan_timeline
from reelscore.values.time import Span
from reelscore.values.timeline import Canvas, Filter, Gap, Picture, Segment, Sound, Timeline, Track, Transition
from tests.unit.render.timelines import FILM, SONG, shot, sources, timeline, words

WHOLE = shot("s1", 10)


def plan(edit: Timeline, target: Target | None = None) -> RenderPlan:
    return plan_timeline(edit, sources(), target)


def test_a_whole_untouched_film_is_copied() -> None:
    """A re-scored film keeps its picture; what is heard does not matter."""
    made = plan(timeline(replace(WHOLE, sound=Sound(muted=True)), sound=(Segment("m", Fraction(10), SONG),)))
    assert (made.way, made.frames, made.samples) == ("copy", 300, 480_000)
    assert describe(made) == (
        "MP4 with H.264 and AAC, 1920x1080 at 30 frames a second, 300 pictures (10.000 s). "
        "The picture is copied untouched, because it is one whole film without any edit."
    )


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (timeline(replace(WHOLE, picture=Picture(opacity=0.5))), "the picture is edited"),
        (timeline(replace(WHOLE, picture=Picture(filters=(Filter("warm"),)))), "the picture is edited"),
        (timeline(replace(WHOLE, picture=Picture(fade_in=Fraction(1)))), "the picture is edited"),
        (timeline(replace(WHOLE, speed=Fraction(2), duration=Fraction(5))), "the picture is edited"),
        (timeline(replace(WHOLE, reverse=True)), "the picture is edited"),
        (timeline(WHOLE, words=(words("t", 10),)), "words are drawn on the picture"),
        (timeline(Segment("c", Fraction(3), colour="#ff0000")), "the picture is edited"),
        (timeline(WHOLE, canvas=Canvas(1280, 720)), "the source is 1920x1080, the result 1280x720"),
        (timeline(WHOLE, canvas=Canvas(frame_rate=Fraction(25))), "the source has 30 frames a second, not 25"),
    ],
)  # fmt: skip
def test_an_edited_picture_is_composed_and_the_reason_told(edit: Timeline, why: str) -> None:
    made = plan(edit)
    assert (made.way, made.why) == ("compose", why)
    assert sum(chunk.count for chunk in made.chunks) == made.frames


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"codec": "hevc"}, "the source is HEVC, the result H.264"),
        ({"hdr": "pq", "bit_depth": 10, "pixel_format": "yuv420p10le"}, "8-bit 4:2:0"),
        ({"pixel_format": "yuvj420p"}, "8-bit 4:2:0"),
        ({"rotation": 90}, "turned"),
        ({"interlaced": True}, "interlaced"),
        ({"variable_rate": True}, "no constant frame rate"),
        ({"coded_width": 1440}, "1920x1080"),
    ],
)
def test_a_source_stored_otherwise_is_composed(changes: dict[str, object], why: str) -> None:
    made = plan_timeline(timeline(WHOLE), sources(**changes))
    assert made.way == "compose"
    assert why in made.why


def test_how_a_film_would_fit_another_canvas_does_not_matter_on_its_own() -> None:
    assert plan(timeline(replace(WHOLE, picture=Picture(fit="blur", focus_x=0.1)))).way == "copy"


def test_a_split_film_is_still_whole() -> None:
    """Two segments that go on in the source where the other ended show the film as it is."""
    assert plan(timeline(shot("a", 4), shot("b", 6, 4))).way == "copy"


def test_a_trimmed_film_is_cut_between_its_groups_of_pictures() -> None:
    made = plan(timeline(shot("a", 3, 1), shot("b", 4, 6)))
    assert made.way == "smart"
    assert [(k.first, k.count, k.source_first) for k in made.kept] == [(0, 90, 30), (90, 120, 180)]


def test_only_what_is_touched_is_composed() -> None:
    """A title over two seconds of a film leaves the rest to be copied, transitions leave what lies outside them."""
    made = plan(timeline(WHOLE, words=(Gap(Fraction(1)), words("t", 2))))
    assert [(k.first, k.count) for k in made.kept] == [(0, 30), (90, 210)]
    film = timeline(shot("a", 5), shot("b", 3, 6))
    track = replace(film.tracks[0], transitions=(Transition("b", "crossfade", Fraction(1)),))
    made = plan(replace(film, tracks=(track,)))
    assert [(k.first, k.count, k.source_first) for k in made.kept] == [(0, 135, 0), (165, 75, 195)]


def test_a_picture_above_composes_everything_and_hidden_tracks_nothing() -> None:
    film = timeline(WHOLE)
    above = Track("v2", "video", items=(Segment("p", Fraction(2), colour="#00ff00"),))
    assert plan(replace(film, tracks=(*film.tracks, above))).way == "compose"
    assert plan(replace(film, tracks=(*film.tracks, replace(above, hidden=True)))).way == "copy"


def test_music_that_outlasts_the_film_makes_the_result_longer() -> None:
    made = plan(timeline(shot("a", 4), sound=(Segment("m", Fraction(10), SONG),)))
    assert (made.frames, made.samples) == (300, 480_000)
    assert made.way != "copy"


@pytest.mark.parametrize(
    ("target", "size"),
    [
        (Target(), (1920, 1080)),
        (Target(resolution="720p"), (1280, 720)),
        (Target(resolution="480p"), (854, 480)),
        (Target(resolution="4k"), (3840, 2160)),
        (Target(resolution="1080p", shape="portrait"), (1080, 1920)),
        (Target(resolution="720p", shape="square"), (720, 720)),
        (Target(shape="vertical"), (1080, 1350)),
        (Target(size=(641, 361)), (640, 360)),
        (Target(suffix=".gif"), (480, 270)),
        (preview(), (640, 360)),
    ],
)
def test_sizes_are_even_and_follow_the_presets(target: Target, size: tuple[int, int]) -> None:
    made = plan(timeline(WHOLE), target)
    assert made.size == size
    assert (made.timeline.canvas.width, made.timeline.canvas.height) == size


def test_a_range_is_rendered_alone() -> None:
    """A preview covers every frame that the range touches, and the sound of just these."""
    made = plan(timeline(WHOLE), Target(span=Span(Fraction("2.01"), Fraction("3.99"))))
    assert (made.first_frame, made.frames, made.first_sample, made.samples) == (60, 60, 96_000, 96_000)


def test_a_poster_is_one_picture_and_a_sound_has_none() -> None:
    poster = plan(timeline(WHOLE), Target(".png", span=Span(Fraction(2), Fraction(2))))
    assert (poster.kind, poster.first_frame, poster.frames, poster.samples) == ("picture", 60, 1, 0)
    assert describe(poster) == "PNG of 1920x1080, as shown at 2.000 s."
    sound = plan(timeline(WHOLE), Target(".flac"))
    assert (sound.kind, sound.sound, sound.samples, sound.chunks) == ("sound", ".flac", 480_000, ())


@pytest.mark.parametrize(
    ("edit", "words_"),
    [
        (timeline(), "nothing on the timeline"),
        (timeline(shot("s", 0)), '"s" lasts 0 s'),
        (timeline(shot("s", -1), Gap(Fraction(3))), "lasts -1 s"),
        (timeline(Gap(Fraction(-2)), WHOLE), "a gap"),
        (timeline(shot("s", 10 * 3600), shot("t", 3 * 3600)), "lasts 13.0 hours"),
        (timeline(replace(WHOLE, speed=Fraction(0))), "at speed 0"),
        (timeline(replace(WHOLE, start=Fraction(-1))), "plays from -1 s"),
        (timeline(replace(WHOLE, picture=Picture(x=math.nan))), "no number for its x"),
        (timeline(replace(WHOLE, picture=Picture(filters=(Filter("warm", math.inf),)))), "no number for its amount"),
        (timeline(replace(WHOLE, sound=Sound(gain_db=-math.inf))), "no number for its gain_db"),
        (timeline(WHOLE, canvas=Canvas(100_000, 100)), "cannot be 100000x100"),
        (timeline(WHOLE, canvas=Canvas(frame_rate=Fraction(0))), "0 frames a second"),
    ],
)
def test_an_impossible_timeline_is_refused_with_its_reason(edit: Timeline, words_: str) -> None:
    with pytest.raises(OutputError, match=words_):
        plan(edit)


@pytest.mark.parametrize(
    ("target", "words_"),
    [
        (Target(".mpeg5"), "No format"),
        (Target(resolution="1080"), 'Did you mean "1080p"'),
        (Target(quality="best"), "No quality"),
        (Target(codec="av1"), "not written"),
        (Target(frame_rate=Fraction(1000)), "1000 frames"),
        (Target(size=(2, 2)), "cannot be 2x2"),
        (Target(span=Span(Fraction(5), Fraction(1))), "no part"),
        (Target(span=Span(Fraction(50), Fraction(60))), "ends at 10 s"),
    ],
)
def test_an_impossible_target_is_refused_with_its_reason(target: Target, words_: str) -> None:
    with pytest.raises(OutputError, match=words_):
        plan(timeline(WHOLE), target)


def test_lost_and_unfit_media_are_named() -> None:
    with pytest.raises(MediaError, match=r'"film\.mp4" of the timeline is not here'):
        plan_timeline(timeline(WHOLE), {})
    with pytest.raises(MediaError, match="has no picture"):
        plan(timeline(Segment("s", Fraction(1), SONG)))
    silent = {FILM: replace(sources()[FILM], info=replace(sources()[FILM].info, audio=None))}
    with pytest.raises(MediaError, match="has no sound"):
        plan_timeline(timeline(sound=(Segment("m", Fraction(1), FILM),)), silent)


RATES = st.sampled_from([Fraction(24), Fraction(25), Fraction(30), Fraction(60), Fraction(30_000, 1001)])
PARTS = st.tuples(st.booleans(), st.integers(1, 200), st.integers(0, 250))


@given(parts=st.lists(PARTS, min_size=1, max_size=12), rate=RATES, title=st.integers(0, 300), shift=st.integers(0, 99))
@settings(max_examples=150, deadline=None)
def test_every_plan_is_as_long_as_its_timeline(
    parts: list[tuple[bool, int, int]], rate: Fraction, title: int, shift: int
) -> None:
    """Frames and samples are the timeline's; chunks and kept stretches lie in order without gap or overlap."""
    items = [Gap(n / rate) if gap else shot(f"s{k}", n / rate, at / rate) for k, (gap, n, at) in enumerate(parts)]
    over = (Gap(shift / rate), words("t", title / rate)) if title and shift else ()
    edit = timeline(*items, shot("last", 5 / rate), words=over, canvas=Canvas(frame_rate=rate))
    made = plan_timeline(edit, sources(rate=rate))
    assert abs(made.frames / rate - edit.duration) < 1 / rate
    assert made.samples == round(edit.duration * 48_000)
    at = 0
    for chunk in made.chunks:
        assert chunk.first == at
        assert 1 <= chunk.count <= 8 * rate + 1
        at += chunk.count
    assert at == made.frames
    for kept, following in zip(made.kept, made.kept[1:], strict=False):
        assert kept.first + kept.count <= following.first
    assert all(kept.count > 0 and kept.first + kept.count <= made.frames for kept in made.kept)


@pytest.mark.slow
def test_ten_thousand_segments_are_planned_quickly() -> None:
    edit = timeline(*(shot(f"s{n}", Fraction(1), n % 9) for n in range(10_000)),
                    words=tuple(words(f"t{n}", 1) for n in range(5_000)))  # fmt: skip
    made = plan(edit)
    assert (made.frames, made.kept[0].first, made.way) == (300_000, 150_000, "smart")
