"""Hit points of the timeline: the composed music marks them, and only the bars around them are written again."""

from __future__ import annotations

import hashlib
from fractions import Fraction as F

import numpy as np
import pytest

from reelscore.edit.places import places
from reelscore.edit.samples import SAMPLES
from reelscore.fulfil import fulfil
from reelscore.values.piece import Piece
from reelscore.values.reading import Reading
from reelscore.values.score import Note
from reelscore.values.sound import SAMPLE_RATE, Samples
from reelscore.values.timeline import Media, Timeline
from tests.unit.edit.doing import do


class Memory:
    """A shelf that keeps what it is given."""

    def __init__(self) -> None:
        self.pieces: dict[str, Piece] = {}
        self.sounds: dict[str, Samples] = {}

    def reading(self, media: str) -> Reading | None:
        return None

    def piece(self, piece: str) -> Piece:
        return self.pieces[piece]

    def sound(self, media: str) -> Samples:
        return self.sounds[media]

    def keep(self, piece: Piece, music: Samples, name: str) -> tuple[Media, str]:
        digest = "sha256:" + hashlib.sha256(np.ascontiguousarray(music).tobytes()).hexdigest()
        self.pieces[digest], self.sounds[digest] = piece, music
        return Media(digest, "audio", f"{name}.wav", F(len(music), SAMPLE_RATE), has_sound=True), digest


@pytest.fixture(scope="module")
def scored() -> tuple[Timeline, Memory]:
    shelf = Memory()
    asked = do(SAMPLES["silent"](), "generate_music", prompt="upbeat electronic")
    return fulfil(asked, shelf).timeline, shelf


def piece_in(timeline: Timeline, shelf: Memory) -> Piece:
    return next(shelf.pieces[s.segment.piece] for s in places(timeline) if s.segment.piece)


def _notes(piece: Piece) -> list[tuple[str, Note]]:
    return [(p.name, note) for p in piece.score.players for note in piece.score.notes_of(p.name)]


def test_music_that_is_there_is_fitted_to_a_new_hit_point_alone(scored: tuple[Timeline, Memory]) -> None:
    timeline, shelf = scored
    old = piece_in(timeline, shelf)
    marked = do(timeline, "marker", at=6.4, kind="hit", label="logo")
    assert [(r.kind, r.wishes) for r in marked.requests] == [("refit", (("hits", "marks"),))]
    done = fulfil(marked, shelf)
    new = piece_in(done.timeline, shelf)
    met = next(result for result in new.brief.hits if result.hit.at == F(32, 5))
    assert met.hit.label == "logo"
    assert met.kept
    assert abs(met.error) < F(1, 24)
    assert any(note.startswith("The hit at 0:06.4 is met") for note in done.notes)
    before, after = ({*_notes(piece)} for piece in (old, new))
    assert before != after
    assert len(before & after) > len(before) / 2


def test_a_hit_point_taken_away_is_forgotten(scored: tuple[Timeline, Memory]) -> None:
    timeline, shelf = scored
    marked = fulfil(do(timeline, "marker", at=6.4, kind="hit"), shelf).timeline
    cleared = do(marked, "remove_marker", at=6.4)
    assert cleared.requests
    after = piece_in(fulfil(cleared, shelf).timeline, shelf)
    assert all(result.hit.kind != "marker" for result in after.brief.hits)


def test_new_music_marks_the_hit_points_that_are_there() -> None:
    shelf = Memory()
    marked = do(SAMPLES["silent"](), "marker", at=4.25, kind="hit")
    assert not marked.requests  # no music yet
    done = fulfil(do(marked, "generate_music", prompt="calm piano"), shelf).timeline
    met = [result for result in piece_in(done, shelf).brief.hits if result.hit.kind == "marker"]
    assert [(result.hit.at, result.kept) for result in met] == [(F(17, 4), True)]


def test_a_note_to_oneself_asks_nothing_of_the_music(scored: tuple[Timeline, Memory]) -> None:
    assert not do(scored[0], "marker", at=3, label="check").requests


def test_a_hit_point_in_trimmed_music_is_where_it_is_heard(scored: tuple[Timeline, Memory]) -> None:
    timeline, shelf = scored
    whole = piece_in(timeline, shelf).brief.duration
    trimmed = do(timeline, "trim", which="music", from_start=2)
    place = next(place for place in places(trimmed) if place.segment.piece)
    assert place.segment.start == F(2)
    assert place.span.start == F(2)
    done = fulfil(do(trimmed, "marker", at=6.4, kind="hit"), shelf).timeline
    after = piece_in(done, shelf).brief
    assert after.duration == whole  # what is not heard stays too
    assert next(place for place in places(done) if place.segment.piece).segment.start == F(2)
    assert [r.hit.at for r in after.hits if r.hit.kind == "marker"] == [F(32, 5) - place.span.start + 2]
