"""One earlier edit taken back alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from reelscore.edit.history import History, begun, commit, with_timeline
from reelscore.edit.registry import command
from reelscore.edit.samples import FACTS, SAMPLES
from reelscore.edit.taking_back import taken_back
from reelscore.errors import EditError
from reelscore.values.command import Plain
from reelscore.values.timeline import Media, Timeline

Said = tuple[str, Mapping[str, Plain]]


def edited(on: str, *said: Said) -> History:
    history = begun(SAMPLES[on]())
    for name, args in said:
        history = commit(history, history.current, command(name).apply(history.timeline, dict(args), FACTS), name)
    return history


def without(history: History, number: int) -> Timeline:
    return taken_back(history, history.versions[number - 1], FACTS).timeline


YELLOW: Said = ("text_style", {"which": "title", "colour": "yellow"})
FASTER: Said = ("speed", {"which": "city", "factor": 2})
QUIETER: Said = ("volume", {"which": "music", "to": 50})


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_only_the_edit_is_gone(gone: int) -> None:
    said = [YELLOW, FASTER, QUIETER]
    left = [one for n, one in enumerate(said) if n != gone]
    assert without(edited("film", *said), gone + 2) == edited("film", *left).timeline


def test_it_is_a_version_of_its_own_that_an_undo_takes_back() -> None:
    history = edited("film", YELLOW, FASTER)
    after = taken_back(history, history.versions[1], FACTS, "undo the colour")
    assert after.current == "v4"
    assert after.now.parent == "v3"
    assert after.now.message == "undo the colour"


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(("text_style", {"which": "Hello", "colour": "red"}), id="of a thing that it made"),
        pytest.param(("split", {"at": 2}), id="at a time that means another place"),
    ],
)
def test_what_later_edits_stand_on_stays(later: Said) -> None:
    first: Said = (
        ("title", {"text": "Hello"}) if later[0] == "text_style" else ("speed", {"which": "city", "factor": 2})
    )
    history = edited("silent", first, later)
    with pytest.raises(EditError, match="Later edits stand on v2"):
        taken_back(history, history.versions[1], FACTS)


def test_an_edit_of_a_branch_that_was_left_is_refused() -> None:
    history = edited("film", YELLOW, FASTER)
    other = replace(history, current="v1")
    with pytest.raises(EditError, match="stand on v2"):
        taken_back(other, history.versions[1], FACTS)


def test_music_written_since_is_kept() -> None:
    darker: Said = ("change_music", {"direction": "darker"})
    history = edited("film", YELLOW, darker)
    song = Media("sha256:" + "5" * 64, "audio", "Dark.wav", Fraction(10), has_sound=True)
    waiting = history.timeline
    done = replace(waiting, requests=(), media=(*waiting.media, song))
    tracks = tuple(
        replace(t, items=tuple(replace(i, media=song.id) for _, i in t.placed())) if t.role == "music" else t
        for t in done.tracks
    )
    history = with_timeline(history, replace(done, tracks=tracks))
    after = without(history, 2)
    assert after.requests == ()
    assert [s.media for t, _, s in after.placed() if t.role == "music"] == [song.id]
