"""What the edits mean: the same picture at the same moment, material that exists, music that keeps its beginning."""

# mypy: disable-error-code="comparison-overlap"
# (exact fractions are compared to plain numbers here)

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F

import pytest

from reelscore.edit.beats import beats_on
from reelscore.edit.registry import command
from reelscore.edit.samples import FACTS, PHOTO, SAMPLES
from reelscore.edit.settle import settled
from reelscore.edit.summary import summary
from reelscore.edit.tracks import music_tracks
from reelscore.edit.wording import in_words
from reelscore.errors import EditError
from reelscore.values.time import Span
from reelscore.values.timeline import Canvas, Gap, Segment, Sound, Timeline, Track, Transition
from tests.unit.edit.doing import do, film


def test_splitting_loses_nothing_and_moves_nothing() -> None:
    after = do(SAMPLES["clips"](), "split", at=5)
    assert film(after)[1:3] == [("beach", 4, 1, 2), ("beach", 5, 3, 3)]
    assert after.duration == SAMPLES["clips"]().duration


def test_cutting_the_beginning_moves_texts_along_and_lets_the_music_begin_as_written() -> None:
    after = do(SAMPLES["talk"](), "cut_first", seconds=2)
    assert film(after) == [("interview", 0, 18, 2)]
    music = next(s for _, s in music_tracks(after)[0].placed())
    assert (music.start, music.duration) == (0, 18)
    line = next(span for span, s in after.tracks[3].placed())
    assert line == Span(F(0), F(1))
    voice = next(span for span, s in after.tracks[2].placed())
    assert voice == Span(F(0), F(8))


def test_cutting_the_music_too_is_asked_for() -> None:
    after = do(SAMPLES["film"](), "cut_first", seconds=2, cut_music=True)
    music = next(s for _, s in music_tracks(after)[0].placed())
    assert (music.start, music.duration, music.sound) == (2, 8, Sound())


def test_cutting_a_stretch_keeps_ids_so_that_later_edits_find_the_same_clip() -> None:
    after = do(SAMPLES["clips"](), "cut_range", start=3, end=5)
    assert [s.id for _, s in after.tracks[0].placed()] == ["s1", "s2", "s3"]
    assert film(after) == [("city timelapse", 0, 3, 2), ("beach", 3, 3, 3), ("interview", 6, 6, 5)]


def test_words_across_a_cut_become_shorter_not_two() -> None:
    after = do(SAMPLES["film"](), "cut_range", start=1, end=2)
    texts = [(span, s.text.content) for _, span, s in after.placed() if s.text]
    assert texts == [(Span(F(0), F(2)), "Urban Dreams")]


def test_markers_move_along_and_those_inside_go() -> None:
    timeline = do(do(do(SAMPLES["film"](), "marker", at=1), "marker", at=4), "marker", at=8, label="x")
    assert [m.at for m in do(timeline, "cut_range", start=3, end=6).markers] == [1, 5]


def test_a_longer_trim_brings_back_material_and_no_more_than_there_is() -> None:
    after = do(SAMPLES["clips"](), "trim", which="clip 2", to=6)
    assert film(after)[1] == ("beach", 4, 6, 2)
    with pytest.raises(EditError, match="only 6s of material"):
        do(SAMPLES["clips"](), "trim", which="clip 2", to=7)


def test_speed_keeps_the_material_and_whole_frames() -> None:
    after = do(SAMPLES["silent"](), "speed", factor=3)
    segment = next(s for _, s in after.tracks[0].placed())
    assert segment.duration * 30 == 100
    assert segment.source.end <= 10


def test_twice_as_fast_and_half_as_fast_is_as_before() -> None:
    before = SAMPLES["clips"]()
    assert film(do(do(before, "speed", factor=2), "speed", factor="half")) == film(before)


def test_freezing_shows_the_picture_of_that_moment_without_sound() -> None:
    after = do(SAMPLES["clips"](), "freeze", at=6, duration=2)
    pieces = [s for _, s in after.tracks[0].placed()][1:4]
    assert [(s.freeze, s.duration, s.start) for s in pieces] == [(False, 2, 2), (True, 2, 4), (False, 2, 4)]
    assert pieces[1].sound == Sound(muted=True)


def test_looped_music_is_repeated_on_whole_bars() -> None:
    timeline = do(SAMPLES["film"](), "trim", which="music", to=9)  # four bars of two seconds and a half one
    after = do(timeline, "loop", which="music", until=20)
    assert [(span.start, s.start) for span, s in music_tracks(after)[0].placed()] == [(0, 0), (8, 0), (16, 0)]
    assert music_tracks(after)[0].duration == 20


def test_a_clip_put_in_the_middle_divides_the_one_there() -> None:
    after = do(SAMPLES["film"](), "add", media="beach", at=4, duration=2)
    assert film(after) == [("city timelapse", 0, 4, 0), ("beach", 4, 2, 0), ("city timelapse", 6, 6, 4)]


def test_music_is_no_longer_than_the_film_and_a_voice_is_known_by_its_speech() -> None:
    after = do(do(SAMPLES["silent"](), "add", media="Lo-fi"), "add", media="voiceover")
    assert summary(after).endswith("2. BGM: Lo-fi (0-10s) 3. Voice: voiceover (0-12s)")


def test_a_second_title_at_the_same_time_gets_its_own_layer() -> None:
    after = do(SAMPLES["film"](), "title", text="Again", at=1)
    assert [track.name for track in after.tracks if track.kind == "text"] == ["Title", "Title"]


def test_muting_remembers_how_loud_it_was() -> None:
    timeline = do(SAMPLES["film"](), "volume", to=35)
    assert do(do(timeline, "mute", which="music"), "unmute") == timeline
    assert summary(do(timeline, "volume", to=0)).count("muted") == 1


def test_a_clip_with_its_own_sound_can_be_turned_down_and_one_without_cannot() -> None:
    after = do(SAMPLES["clips"](), "volume", which="clip 2", to=50)
    assert "beach: volume" in in_words(
        command("volume").apply(SAMPLES["clips"](), {"which": "clip 2", "to": 50}).changes
    )
    assert after != SAMPLES["clips"]()
    with pytest.raises(EditError, match="must be something with sound"):
        do(SAMPLES["clips"](), "volume", which="clip 1", to=50)


def test_another_shape_keeps_the_subject_where_it_is_known() -> None:
    after = do(SAMPLES["clips"](), "aspect", ratio="9:16", fill="crop")
    pictures = [s.picture for _, s in after.tracks[0].placed()]
    assert (after.canvas.width, after.canvas.height) == (1080, 1920)
    assert [(p.fit, p.focus_x, p.focus_y) for p in pictures if p] == [
        ("cover", 0.25, 0.5),
        ("cover", 0.5, 0.5),
        ("cover", 0.7, 0.4),
    ]


def test_there_and_back_is_the_canvas_from_before() -> None:
    there = do(SAMPLES["film"](), "aspect", ratio="9:16")
    assert do(there, "aspect", ratio="16:9").canvas == Canvas()


def test_another_frame_rate_puts_every_cut_on_a_frame() -> None:
    after = do(SAMPLES["offbeat"](), "frame_rate", fps=23.976)
    rate = F(24000, 1001)
    assert after.canvas.frame_rate == rate
    assert all((item.duration * rate).denominator == 1 for item in after.tracks[0].items)
    assert abs(after.tracks[0].duration - F(46, 5)) <= 1 / rate


def test_a_look_replaces_a_look_while_warmth_and_settings_add_up() -> None:
    after = SAMPLES["silent"]()
    for name in ("dreamy", "cool", "brighter", "warm", "vintage"):
        after = do(after, "filter", name=name)
    picture = next(s.picture for _, s in after.tracks[0].placed())
    assert picture is not None
    assert [(f.name, f.amount) for f in picture.filters] == [("brightness", 0.2), ("warm", 1.0), ("vintage", 1.0)]


def test_brighter_goes_on_from_how_bright_it_is() -> None:
    twice = do(do(SAMPLES["silent"](), "filter", name="brighter"), "filter", name="brighter")
    picture = next(twice.tracks[0].placed())[1].picture
    assert picture is not None
    assert [(f.name, f.amount) for f in picture.filters] == [("brightness", 0.4)]
    back = do(do(twice, "filter", name="darker"), "filter", name="darker")
    picture = next(back.tracks[0].placed())[1].picture
    assert picture is not None
    assert picture.filters == ()


def test_cuts_fall_on_beats() -> None:
    after = do(SAMPLES["clips"](), "cut_to_beat", every=3)
    beats = beats_on(after, FACTS)
    assert [start for _, start, _, _ in film(after)] == [0, F(3, 2), 3]
    assert all(start in beats for _, start, _, _ in film(after))


def test_beats_follow_the_music_where_it_lies_and_how_fast_it_is() -> None:
    timeline = do(do(SAMPLES["film"](), "speed", which="music", factor=2), "move", which="music", to=1)
    assert beats_on(timeline, FACTS, downbeats=True)[:3] == (1, 2, 3)


def test_snapping_rolls_the_cut_and_leaves_the_rest() -> None:
    after = do(SAMPLES["offbeat"](), "snap_to_beat")
    assert film(after) == [("city timelapse", 0, 4, 2), ("interview", 4, F(26, 5), F(24, 5))]


def test_transitions_are_no_longer_than_their_clips_allow() -> None:
    after = do(SAMPLES["clips"](), "transition", duration=6)
    assert [(t.into, t.duration) for t in after.tracks[0].transitions] == [("s2", 6), ("s3", 2)]
    gone = do(after, "remove", which="clip 2")
    assert [t.into for t in gone.tracks[0].transitions] == ["s3"]


def test_an_odd_timeline_is_put_in_order_once() -> None:
    items = (Gap(F(1)), Gap(F(1, 7)), Segment("a", F(1, 3), PHOTO.id), Segment("b", F(1, 900), PHOTO.id), Gap(F(3)))
    odd = Timeline(
        tracks=(Track("t", "video", items=items, transitions=(Transition("a", "wipe", F(1)),)),), media=(PHOTO,)
    )
    after = settled(odd)
    assert after.tracks[0].items == (Gap(F(34, 30)), replace(items[2], duration=F(10, 30)))
    assert after.tracks[0].transitions == ()
    assert settled(after) == after


def test_a_film_that_is_gone_leaves_its_music() -> None:
    edited = command("remove").apply(SAMPLES["film"](), {"which": "clip 1"}, FACTS)
    assert summary(edited.timeline) == 'Timeline (2 tracks): 1. BGM: Lo-fi (0-10s) 2. Title: "Urban Dreams" (0-3s)'
    assert edited.notes == ()


def test_sound_without_a_film_begins_where_it_began() -> None:
    """The first seconds of a recording are cut: nothing is seen that it would have to wait for."""
    made = SAMPLES["film"]()
    alone = replace(made, tracks=(made.tracks[1],))
    after = do(alone, "cut_first", seconds=4, which="music")
    ((span, segment),) = after.tracks[0].placed()
    assert (span.start, span.end, segment.start) == (0, 6, 4)
