"""Music that an edit asks for: it takes its place when it is written, at the volume and length that were meant."""

# mypy: disable-error-code="comparison-overlap"
# (exact fractions are compared to plain numbers here)

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F

import pytest

from reelscore.edit.registry import command
from reelscore.edit.requests import fulfilled, with_media
from reelscore.edit.samples import FACTS, LOFI, SAMPLES
from reelscore.edit.summary import summary
from reelscore.edit.tracks import music_tracks
from reelscore.edit.wording import in_words
from reelscore.errors import EditError
from reelscore.values.time import Span
from reelscore.values.timeline import Media
from tests.unit.edit.doing import do

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


def test_music_that_is_still_to_be_written_does_not_fade() -> None:
    edited = command("cut_last").apply(SAMPLES["waiting"](), {"seconds": 2}, FACTS)
    assert in_words(edited.changes) == "city timelapse: 10s -> 8s; music: 10s -> 8s"
    assert edited.notes == ()


def test_a_change_between_two_moments_is_of_the_bars_there() -> None:
    asked = do(SAMPLES["film"](), "change_music", direction="calmer", start=4)
    request = asked.requests[0]
    assert (request.first_bar, request.last_bar, request.wishes) == (2, 4, (("calmer", "1"),))
    both = do(SAMPLES["film"](), "change_music", without="drums", start=2, end=6).requests[0]
    assert (both.first_bar, both.last_bar) == (1, 2)
    with pytest.raises(EditError):
        do(SAMPLES["film"](), "change_music", direction="calmer", start=8, end=4)


def test_music_that_is_being_written_gives_way_to_a_file_in_its_place() -> None:
    """It would take the person's own song away again when it is done."""
    brought = with_media(SAMPLES["film"](), NEW)
    asked = do(brought, "generate_music", prompt="dark techno")
    done = do(asked, "replace_media", which="music", media="new")
    assert (len(asked.requests), done.requests) == (1, ())
    assert "2. BGM: new (0-10s) 3. Title" in summary(done)


def test_a_song_beside_other_music_does_not_make_the_film_longer() -> None:
    brought = with_media(SAMPLES["film"](), replace(NEW, duration=F(60)))
    assert do(brought, "add", media="new").duration == 10
    assert do(brought, "add", media="new", at=4, duration=20).duration == 24  # unless that is said
