"""What the edits mean: the same picture at the same moment, material that exists, music that keeps its beginning."""

# mypy: disable-error-code="comparison-overlap"
# (exact fractions are compared to plain numbers here)

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F

import pytest

from reelscore.edit.beats import beats_on
from reelscore.edit.captions import read_captions
from reelscore.edit.difference import differences
from reelscore.edit.registry import command
from reelscore.edit.requests import fulfilled, with_media
from reelscore.edit.samples import CITY, FACTS, INTERVIEW, LOFI, PHOTO, SAMPLES
from reelscore.edit.segments import part, trimmed
from reelscore.edit.settle import settled
from reelscore.edit.summary import summary
from reelscore.edit.tracks import film_track, music_tracks
from reelscore.edit.wording import in_words, worded
from reelscore.errors import EditError
from reelscore.values.facts import Facts
from reelscore.values.time import Span
from reelscore.values.timeline import (
    Box,
    Canvas,
    Gap,
    Media,
    Picture,
    Segment,
    Sound,
    Text,
    Timeline,
    Track,
    Transition,
    Zoom,
)  # fmt: skip


def do(timeline: Timeline, edit: str, /, **args: object) -> Timeline:
    return command(edit).apply(timeline, args, FACTS).timeline


def film(timeline: Timeline) -> list[tuple[str, F, F, F]]:
    """Every clip of the film: name, where it starts, how long it lasts, where in its file it starts."""
    track = film_track(timeline)
    assert track is not None
    return [(s.name, span.start, span.duration, s.start) for span, s in track.placed()]


def shown(segment: Segment, offset: F) -> F:
    """The moment of the source that is seen at an offset."""
    if segment.freeze:
        return segment.start
    return segment.source.end - offset * segment.speed if segment.reverse else segment.start + offset * segment.speed


@pytest.mark.parametrize("reverse", [False, True], ids=["forwards", "backwards"])
@pytest.mark.parametrize("speed", [F(1), F(2), F(1, 3)], ids=str)
def test_a_part_shows_what_the_whole_showed_there(reverse: bool, speed: F) -> None:
    whole = Segment("s", F(9), CITY.id, F(1), speed, reverse)
    kept = part(whole, F(2), F(5))
    assert kept.duration == 3
    for offset in (F(0), F(1), F(3)):
        assert shown(kept, offset) == shown(whole, offset + 2)


def test_a_part_keeps_fades_only_at_the_old_ends() -> None:
    whole = Segment(
        "s", F(9), sound=Sound(fade_in=F(1), fade_out=F(2)), text=Text("x", animation_in="pop", animation_out="fade")
    )
    first, last = part(whole, F(0), F(4)), part(whole, F(4), F(9))
    assert (first.sound, last.sound) == (Sound(fade_in=F(1)), Sound(fade_out=F(2)))
    assert first.text is not None
    assert (first.text.animation_in, first.text.animation_out) == ("pop", "")


def test_a_part_of_a_move_goes_on_where_the_other_ends() -> None:
    zoom = Zoom(Box(), Box(0.2, 0.2, 0.8, 0.8), "linear")
    whole = Segment("s", F(10), CITY.id, picture=Picture(zoom=zoom))
    first, last = trimmed(whole, F(0), F(5)), trimmed(whole, F(5), F(10))
    assert first.picture is not None
    assert last.picture is not None
    assert first.picture.zoom == Zoom(Box(), Box(0.1, 0.1, 0.9, 0.9), "linear")
    assert last.picture.zoom is not None
    assert last.picture.zoom.start == Box(0.1, 0.1, 0.9, 0.9)


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


def test_a_look_replaces_a_look_and_settings_add_up() -> None:
    after = do(do(do(SAMPLES["silent"](), "filter", name="warm"), "filter", name="brighter"), "filter", name="vintage")
    picture = next(s.picture for _, s in after.tracks[0].placed())
    assert picture is not None
    assert [(f.name, f.amount) for f in picture.filters] == [("brightness", 0.2), ("vintage", 1.0)]


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


CAPTIONS = {
    "srt": "1\n00:00:01,000 --> 00:00:02,500 X1:1\n<i>Hello</i>\nyou\n\n2\n"
    "00:00:02,000 --> 00:00:04,000\n{\\an8}Bye &amp; thanks\n",
    "vtt": "WEBVTT\n\nNOTE no\n\n00:01.000 --> 00:02.500 align:left\n<v Ann>Hello\nyou\n\nid\n"
    "00:02.000 --> 00:04.000\nBye & thanks\n",
}


@pytest.mark.parametrize("form", CAPTIONS)
def test_captions_are_read_without_tags_and_do_not_overlap(form: str) -> None:
    cues = read_captions(CAPTIONS[form].replace("\n", "\r\n"))
    assert [(c.start, c.end, c.words) for c in cues] == [(1, 2, "Hello\nyou"), (2, 4, "Bye & thanks")]


def test_lyrics_last_until_the_next_line_and_repeat() -> None:
    cues = read_captions("[ti:x]\n[offset:500]\n[00:01.50][00:10.00]La la\n[00:03.50]Home\n[00:05.00]\n")
    assert [(c.start, c.end, c.words) for c in cues] == [
        (1, 3, "La la"),
        (3, F(9, 2), "Home"),
        (F(19, 2), F(27, 2), "La la"),
    ]


@pytest.mark.parametrize(
    "text", ["", "hello", "-->", "00:00 --> x", "[00:01]", "9" * 10_000, "00:00:02,0 --> 00:00:01,0\nx"]
)
def test_what_holds_no_captions_is_refused(text: str) -> None:
    with pytest.raises(EditError, match="No captions can be read"):
        read_captions(text)


NEW = Media("sha256:" + "3" * 64, "audio", "new.wav", F(10), has_sound=True)


def test_music_that_was_asked_for_takes_its_place_and_keeps_its_volume() -> None:
    timeline = do(SAMPLES["film"](), "volume", to=35)
    asked = do(timeline, "generate_music", prompt="dark techno", bpm=128)
    request = asked.requests[0]
    assert (request.kind, request.words, request.wishes) == ("generate", "dark techno", (("bpm", "128"),))
    done = fulfilled(asked, request.id, NEW, "sha256:" + "4" * 64, "Techno")
    assert done.requests == ()
    assert "2. BGM: Techno (0-10s, 35%) 3. Title" in summary(done)


def test_rewritten_bars_leave_the_segment_where_it_is() -> None:
    asked = do(SAMPLES["film"](), "regenerate_music", bars="3-4", keep="melody")
    request = asked.requests[0]
    assert (request.first_bar, request.last_bar, request.keep, request.segment) == (2, 3, "melody", "s9")
    assert asked.tracks == SAMPLES["film"]().tracks
    done = fulfilled(asked, "r1", replace(NEW, duration=F(60)), "sha256:" + "5" * 64)
    place = done.find("s9")
    assert place is not None
    assert (place[1], place[2].media, place[2].start) == (Span(F(0), F(10)), NEW.id, 0)


def test_music_of_another_length_is_as_long_as_it_was_written() -> None:
    asked = do(SAMPLES["film"](), "music_length", to=20)
    done = fulfilled(asked, "r1", replace(NEW, duration=F(20)), "p")
    assert music_tracks(done)[0].duration == 20
    with pytest.raises(EditError):
        fulfilled(done, "r1", NEW, "p")


def test_each_new_try_has_a_seed_of_its_own() -> None:
    twice = do(do(SAMPLES["film"](), "vary_music"), "vary_music")
    assert [(request.id, request.seed) for request in twice.requests] == [("r1", 1), ("r2", 2)]


def test_removing_the_music_takes_back_what_was_asked_for_it() -> None:
    assert do(SAMPLES["waiting"](), "remove", which="music").requests == ()


def test_new_files_are_known_once() -> None:
    timeline = with_media(SAMPLES["film"](), NEW, NEW, LOFI)
    assert [m.name for m in timeline.media].count("new.wav") == 1
    assert with_media(timeline, NEW) is timeline


def test_equal_changes_share_a_clause_and_long_lists_end() -> None:
    edited = command("filter").apply(SAMPLES["clips"](), {"name": "warm"}, FACTS)
    assert in_words(edited.changes) == "3 clips: filters none -> warm"
    assert in_words(edited.changes, "zh") == "3 个片段：滤镜 无 → 暖色"
    timeline = SAMPLES["silent"]()
    for n in range(20):
        timeline = do(timeline, "subtitle", text=f"line {n}", at=n / 2, duration=0.5)
    words = in_words(command("remove_text").apply(timeline).changes)
    assert words.endswith("and 8 more changes")
    assert len(worded(command("remove_text").apply(timeline).changes)) == 20


def test_notes_tell_what_was_done_otherwise_than_asked() -> None:
    edited = command("title").apply(SAMPLES["film"](), {"text": "x", "at": 8, "duration": 5})
    assert [note.en for note in edited.notes] == ["It stays 2s: then the film ends."]
    assert edited.notes[0].zh == "只显示 2s：之后影片就结束了。"


def test_ducking_without_speech_is_done_and_said() -> None:
    edited = command("duck").apply(SAMPLES["film"](), {}, Facts())
    assert edited.changes
    assert "No speech is known" in edited.notes[0].en
    assert not command("duck").apply(replace(SAMPLES["talk"]()), {}, FACTS).notes
    assert INTERVIEW.id in FACTS.media


def test_the_sizes_of_styles_are_those_that_are_drawn() -> None:
    from reelscore.edit.texts import STYLE_SIZES, style_size
    from reelscore.render.text_styles import STYLES, style_of

    assert set(STYLE_SIZES) == set(STYLES)
    for name in STYLES:
        for canvas in (Canvas(), Canvas(1080, 1920), Canvas(1080, 1080)):
            drawn = style_of(name, (canvas.width, canvas.height)).size * min(canvas.width, canvas.height)
            assert style_size(name, canvas) * canvas.height == pytest.approx(drawn)


def test_letters_sized_by_hand_stay_as_large_on_the_shorter_side() -> None:
    sized = do(SAMPLES["film"](), "text_style", size=10)
    tall = do(sized, "aspect", ratio="9:16")
    text = next(s.text for _, _, s in tall.placed() if s.text)
    assert text.size * 1920 == pytest.approx(108, abs=0.01)


def test_everything_the_edit_offers_the_renderer_knows() -> None:
    from pathlib import Path

    import reelscore.render as render
    from reelscore.render.text_motion import ANIMATIONS as DRAWN
    from reelscore.values.timeline import ANIMATIONS, FILTERS, TRANSITIONS

    folder = Path(render.__path__[0])
    assert {path.stem for path in (folder / "filters").glob("*.py")} - {"__init__"} == set(FILTERS)
    assert {path.stem for path in (folder / "transitions").glob("*.py")} - {"__init__"} == set(TRANSITIONS)
    assert set(DRAWN) == set(ANIMATIONS)


def test_a_film_that_is_gone_leaves_its_music() -> None:
    edited = command("remove").apply(SAMPLES["film"](), {"which": "clip 1"}, FACTS)
    assert summary(edited.timeline) == 'Timeline (2 tracks): 1. BGM: Lo-fi (0-10s) 2. Title: "Urban Dreams" (0-3s)'
    assert edited.notes == ()


def test_what_leads_into_a_removed_clip_goes_without_a_word() -> None:
    edited = command("remove").apply(SAMPLES["slides"](), {"which": "clip 2"}, FACTS)
    assert in_words(edited.changes) == "removed sunset #2 (3-6s)"
    assert edited.timeline.tracks[0].transitions == ()


def test_music_that_is_still_to_be_written_does_not_fade() -> None:
    edited = command("cut_last").apply(SAMPLES["waiting"](), {"seconds": 2}, FACTS)
    assert in_words(edited.changes) == "city timelapse: 10s -> 8s; music: 10s -> 8s"
    assert edited.notes == ()


def lines(timeline: Timeline) -> list[tuple[str, F, F]]:
    return [(s.text.content, span.start, span.end) for _, span, s in timeline.placed() if s.text]


@pytest.fixture
def captioned() -> Timeline:
    """City 0-4, beach 4-8, interview 8-14; a line over each, one second after it begins."""
    timeline = SAMPLES["clips"]()
    for words, at in (("city", 1), ("sea", 5), ("talk", 9)):
        timeline = do(timeline, "subtitle", text=words, at=at, duration=2)
    return timeline


MOVES: dict[str, tuple[str, dict[str, object], list[tuple[str, F | int, F | int]]]] = {
    "removed": ("remove", {"which": "clip 1"}, [("city", 0, 2), ("sea", 2, 4), ("talk", 5, 7)]),
    "shorter": ("trim", {"which": "clip 2", "to": 2}, [("city", 1, 3), ("sea", 5, 7), ("talk", 7, 9)]),
    "later": ("trim", {"which": "clip 2", "from_start": 1}, [("city", 1, 3), ("sea", 4, 6), ("talk", 8, 10)]),
    "faster": ("speed", {"which": "clip 1", "factor": 2}, [("city", F(1, 2), F(5, 2)), ("sea", 3, 5), ("talk", 7, 9)]),
    "inserted": (
        "add", {"media": "sunset", "at": 2, "duration": 3}, [("city", 1, 3), ("sea", 8, 10), ("talk", 12, 14)]),
    "frozen": ("freeze", {"at": 6, "duration": 2}, [("city", 1, 3), ("sea", 5, 7), ("talk", 11, 13)]),
    "repeated": ("duplicate", {"which": "clip 1"}, [("city", 1, 3), ("sea", 9, 11), ("talk", 13, 15)]),
}  # fmt: skip


@pytest.mark.parametrize("name", MOVES)
def test_words_stay_over_the_picture_they_were_put_on(captioned: Timeline, name: str) -> None:
    edit, args, expected = MOVES[name]
    assert lines(do(captioned, edit, **args)) == expected


def test_music_does_not_move_with_the_clips(captioned: Timeline) -> None:
    after = do(captioned, "remove", which="clip 1")
    assert [span for span, _ in music_tracks(after)[0].placed()] == [Span(F(0), F(10))]


def test_an_id_used_again_is_not_taken_for_the_same_thing() -> None:
    titled = do(SAMPLES["silent"](), "title", text="Hello")
    added = do(SAMPLES["silent"](), "add", media="sunset")
    assert [s.id for _, s in titled.tracks[1].placed()] == [list(added.tracks[0].placed())[1][1].id]
    assert in_words(differences(titled, added)) == 'removed "Hello" (0-3s); added sunset (10-13s)'
